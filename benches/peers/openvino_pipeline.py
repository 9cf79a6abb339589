"""OpenVINO in Python: clip, folder of models, workers, way (async | processes), precision (f32 | bf16)."""
import json
import multiprocessing
import sys
import time
import cv2
import openvino as ov
from boxes import Faces, People, models


def settings(precision, workers, way):
    if way == "async":
        return {"PERFORMANCE_HINT": "THROUGHPUT", "INFERENCE_PRECISION_HINT": precision, "INFERENCE_NUM_THREADS": workers}
    return {
        "INFERENCE_PRECISION_HINT": precision,
        "NUM_STREAMS": 1,
        "INFERENCE_NUM_THREADS": 1,
        "ENABLE_CPU_PINNING": False,
    }


def compiled(folder, config):
    core = ov.Core()
    return [core.compile_model(core.read_model(model), "CPU", config) for model in models(folder)]


def asynchronous(clip, folder, workers, precision):
    found = [0]
    queues = []
    for model, family in zip(compiled(folder, settings(precision, workers, "async")), (People, Faces)):
        jobs = ov.AsyncInferQueue(model, 0)
        families = [family() for _ in range(len(jobs))]

        def done(request, which, count=len(model.outputs)):
            found[0] += len(which.boxes([request.get_output_tensor(at).data for at in range(count)]))

        jobs.set_callback(done)
        queues.append((jobs, families))
    reader, count = cv2.VideoCapture(clip), 0
    while True:
        good, frame = reader.read()
        if not good:
            break
        for jobs, families in queues:
            at = jobs.get_idle_request_id()
            which = families[at]
            jobs[at].set_input_tensor(ov.Tensor(which.prepare(frame), shared_memory=True))
            jobs.start_async(userdata=which)
        count += 1
    for jobs, _ in queues:
        jobs.wait_all()
    return count, found[0]


def part(clip, folder, workers, at, precision):
    pairs = []
    for model, family in zip(compiled(folder, settings(precision, 1, "processes")), (People(), Faces())):
        request = model.create_infer_request()
        request.set_input_tensor(ov.Tensor(family.tensor, shared_memory=True))
        pairs.append((request, family, len(model.outputs)))
    reader, count, found = cv2.VideoCapture(clip), 0, 0
    while reader.grab():
        if count % workers == at:
            _, frame = reader.retrieve()
            for request, family, outputs in pairs:
                family.prepare(frame)
                request.infer()
                found += len(family.boxes([request.get_output_tensor(k).data for k in range(outputs)]))
        count += 1
    return count, found


def main():
    clip, folder, workers, way, precision = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4], sys.argv[5]
    if way == "processes":
        with multiprocessing.get_context("spawn").Pool(workers) as pool:
            pool.map(abs, range(workers))
            began = time.perf_counter()
            parts = pool.starmap(part, [(clip, folder, workers, at, precision) for at in range(workers)], 1)
            seconds = time.perf_counter() - began
        count, found = parts[0][0], sum(found for _, found in parts)
    else:
        began = time.perf_counter()
        count, found = asynchronous(clip, folder, workers, precision)
        seconds = time.perf_counter() - began
    print(json.dumps({"frames": count, "seconds": seconds, "boxes": found}))


if __name__ == "__main__":
    main()
