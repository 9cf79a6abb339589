"""ONNX Runtime in Python: clip, folder of models, workers, way (threads | bound | processes). Prints frames, seconds, boxes."""
import json
import multiprocessing
import queue
import sys
import threading
import time
import cv2
import numpy as np
import onnxruntime as ort

ort.set_default_logger_severity(3)
from boxes import Faces, People, models


class Network:
    """A session of one thread; `bound`: inputs and outputs stay where they are."""

    def __init__(self, model, family, bound):
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self.family, self.bound = family, bound
        self.name = self.session.get_inputs()[0].name
        if bound:
            self.outputs = self.session.run(None, {self.name: family.tensor})
            self.binding = self.session.io_binding()
            self.input = ort.OrtValue.ortvalue_from_numpy(family.tensor)
            self.binding.bind_input(self.name, "cpu", 0, np.float32, family.tensor.shape, family.tensor.ctypes.data)
            for value, array in zip(self.session.get_outputs(), self.outputs):
                self.binding.bind_output(value.name, "cpu", 0, np.float32, array.shape, array.ctypes.data)

    def boxes(self, frame):
        tensor = self.family.prepare(frame)
        if self.bound:
            self.session.run_with_iobinding(self.binding)
            return self.family.boxes(self.outputs)
        return self.family.boxes(self.session.run(None, {self.name: tensor}))


def networks(folder, bound):
    people, faces = models(folder)
    return [Network(people, People(), bound), Network(faces, Faces(), bound)]


def in_threads(clip, folder, workers, bound):
    frames = queue.Queue(3 * workers)
    found = [0] * workers

    failed = []

    def work(at, pair):
        while (frame := frames.get()) is not None:
            try:
                found[at] += sum(len(network.boxes(frame)) for network in pair)
            except Exception as error:  # Frames go on being taken, so that the reader does not wait for ever.
                failed.append(error)

    threads = [threading.Thread(target=work, args=(at, networks(folder, bound))) for at in range(workers)]
    for thread in threads:
        thread.start()
    reader, count = cv2.VideoCapture(clip), 0
    while True:
        good, frame = reader.read()
        if not good:
            break
        frames.put(frame)
        count += 1
    for _ in threads:
        frames.put(None)
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return count, sum(found)


def part(clip, folder, workers, at):
    """Every process decodes all frames and looks at its own: cheaper than to send pictures from one to the other."""
    pair = networks(folder, True)
    reader, count, found = cv2.VideoCapture(clip), 0, 0
    while reader.grab():
        if count % workers == at:
            _, frame = reader.retrieve()
            found += sum(len(network.boxes(frame)) for network in pair)
        count += 1
    return count, found


def main():
    clip, folder, workers, way = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    if way == "processes":
        with multiprocessing.get_context("fork").Pool(workers) as pool:
            began = time.perf_counter()
            parts = pool.starmap(part, [(clip, folder, workers, at) for at in range(workers)], 1)
            seconds = time.perf_counter() - began
        count, found = parts[0][0], sum(found for _, found in parts)
    else:
        began = time.perf_counter()
        count, found = in_threads(clip, folder, workers, way == "bound")
        seconds = time.perf_counter() - began
    print(json.dumps({"frames": count, "seconds": seconds, "boxes": found}))


main()
