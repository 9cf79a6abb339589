"""The networks alone, one process of one thread for each worker, on one prepared frame: folder, workers, engine
(onnxruntime | openvino), precision, models (both | people | faces), rounds. What no pipeline on that engine can beat."""
import json
import multiprocessing
import sys
import time
import numpy as np
from boxes import FACES, PEOPLE, models


def part(folder, engine, precision, which, rounds):
    picked = {"both": (0, 1), "people": (0,), "faces": (1,)}[which]
    runs = []
    for at in picked:
        model, (width, height) = models(folder)[at], (PEOPLE, FACES)[at]
        tensor = np.random.default_rng(1).uniform(0, 255, (1, 3, height, width)).astype(np.float32)
        if engine == "onnxruntime":
            import onnxruntime as ort

            ort.set_default_logger_severity(3)

            options = ort.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
            name = session.get_inputs()[0].name
            runs.append(lambda session=session, name=name, tensor=tensor: session.run(None, {name: tensor}))
        else:
            import openvino as ov

            core = ov.Core()
            config = {"INFERENCE_PRECISION_HINT": precision, "NUM_STREAMS": 1, "INFERENCE_NUM_THREADS": 1, "ENABLE_CPU_PINNING": False}
            request = core.compile_model(core.read_model(model), "CPU", config).create_infer_request()
            request.set_input_tensor(ov.Tensor(tensor, shared_memory=True))
            runs.append(request.infer)
    for run in runs:
        run()
    began = time.perf_counter()
    for _ in range(rounds):
        for run in runs:
            run()
    return time.perf_counter() - began


if __name__ == "__main__":
    folder, workers, engine, precision, which, rounds = sys.argv[1], int(sys.argv[2]), *sys.argv[3:6], int(sys.argv[6])
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        pool.map(abs, range(workers))
        seconds = pool.starmap(part, [(folder, engine, precision, which, rounds)] * workers, 1)
    print(json.dumps({"frames": rounds * workers, "seconds": max(seconds), "boxes": 0}))
