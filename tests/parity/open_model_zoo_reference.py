#!/usr/bin/env python3
"""Reference numbers for the models of people of Intel's Open Model Zoo, from an implementation that is not ours.

In: the folder with their files, the clip vtest.avi, ffmpeg. Out: open_model_zoo.json beside this script.

    python3 open_model_zoo_reference.py MODELS_FOLDER vtest.avi

The networks run on OpenVINO's Python package, which reads the files itself. Pictures are prepared and outputs read as the zoo's own
pages say (models/intel/person-detection-0303/README.md, -0200/README.md, person-reidentification-retail-0277/README.md). Resizing is
OpenCV's, for the networks of bodies Pillow's. Nothing here was written from the Rust code. No embedding of a person is stored: those
that are compared number by number come from a picture drawn by a formula.
"""

import hashlib
import json
import pathlib
import subprocess
import sys

import cv2
import numpy as np
import openvino
from PIL import Image

WIDTH, HEIGHT, FRAMES = 768, 576, (0, 200, 400)


def atss(outputs, size, person):
    """[left, top, right, bottom, score] in pixels of the input; labels beside them."""
    boxes = next(o for o in outputs if o.ndim == 2)
    labels = next(o for o in outputs if o.ndim == 1)
    return [[float(v) for v in row] for row, label in zip(boxes, labels) if label == person]


def detection_output(outputs, size, person):
    """[picture, label, score, left, top, right, bottom], edges as shares; a negative picture ends the list."""
    rows = []
    for image, label, score, left, top, right, bottom in outputs[0].reshape(-1, 7):
        if image < 0:
            break
        if label == person:
            corners = np.array([left, top, right, bottom], np.float32) * np.array(size * 2, np.float32)
            rows.append([float(v) for v in corners] + [float(score)])
    return rows


DECODERS = {"atss": atss, "detection_output": detection_output}


def best(rows, threshold):
    return sorted((row for row in rows if row[4] >= threshold), key=lambda row: -row[4])


def decode_vectors():
    random = np.random.default_rng(20261130)
    vectors = []

    def add(name, family, size, person, tensors, threshold):
        found = best(DECODERS[family](tensors, size, person), threshold)
        scores = np.concatenate([t[..., 4].ravel() if family == "atss" else t[..., 2].ravel() for t in tensors if t.ndim > 1])
        assert np.abs(scores - threshold).min() > 1e-5, name
        vectors.append({
            "name": name, "family": family, "input": list(size), "person_class": person, "threshold": threshold,
            "tensors": [{"shape": list(t.shape), "values": [round(float(v), 6) for v in t.ravel()]} for t in tensors],
            "count": len(found), "boxes": found,
        })

    def rounded(values):
        return np.round(values, 6).astype(np.float32)

    corners = random.uniform(0, 90, (60, 4))
    boxes = rounded(np.concatenate([corners, random.uniform(0, 1, (60, 1))], 1))
    labels = random.integers(0, 2, 60).astype(np.float32)
    add("atss_two_labels_of_which_the_first_is_wanted", "atss", (128, 64), 0, [boxes, labels], 0.2)
    add("atss_labels_before_boxes_and_the_second_wanted", "atss", (128, 64), 1, [labels, boxes], 0.2)

    rows = np.concatenate([np.zeros((80, 1)), random.integers(0, 2, (80, 1)), random.uniform(0, 1, (80, 1)),
                           random.uniform(-0.1, 1.1, (80, 4))], 1)
    rows[70, 0] = -1
    add("detection_output_that_ends_before_its_last_row", "detection_output", (96, 160), 1, [rounded(rows)[None, None]], 0.2)
    return vectors


def frames(clip):
    raw = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", clip, "-vf", "select=not(mod(n\\,20))", "-fps_mode", "passthrough",
         "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], check=True, stdout=subprocess.PIPE).stdout
    pictures = np.frombuffer(raw, np.uint8).reshape(-1, HEIGHT, WIDTH, 3)
    return {index: pictures[index // 20] for index in FRAMES}


# Left, top, width, height in whole pixels: smaller and larger than the network's input, narrow and wide.
BODIES = [(498, 158, 32, 75), (258, 218, 34, 78), (40, 50, 300, 500), (300, 200, 120, 90)]


def drawn():
    """Waves of three colours, fine and coarse."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    waves = [((0.11, 0.05), 0.3), ((0.031, 0.17), 1.1), ((0.07, 0.013), 2.3)]
    channels = [np.sin(x * a + y * b + c) * np.cos(0.02 * x - 0.03 * y + 2 * c) for (a, b), c in waves]
    return np.floor(127.5 + 127.5 * np.stack(channels, -1) + 0.5).clip(0, 255).astype(np.uint8)


def bodies(folder):
    picture, results = drawn(), []
    for files in (["person-reidentification-retail-0277-fp16.xml", "person-reidentification-retail-0277-fp16.bin"],
                  ["person-reidentification-retail-0287.onnx"]):
        core = openvino.Core()
        core.set_property("CPU", {"INFERENCE_PRECISION_HINT": "f32"})
        paths = [folder / file for file in files]
        network = core.compile_model(core.read_model(*paths), "CPU")
        found = []
        for left, top, width, height in BODIES:
            crop = Image.fromarray(picture[top:top + height, left:left + width]).resize((128, 256), Image.BILINEAR)
            tensor = np.asarray(crop, np.float32)[:, :, ::-1].transpose(2, 0, 1)[None]
            values = np.array(list(network(np.ascontiguousarray(tensor)).values())[0], np.float64).ravel()
            values /= np.linalg.norm(values)
            found.append({"box": [left, top, left + width, top + height], "embedding": [round(float(v), 7) for v in values]})
        results.append({"files": files, "sha256": [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths],
                        "bodies": found})
    return results


def whole_models(folder, pictures):
    results = []
    for file, family, size, person, threshold in (
        ("person-detection-0303-int8", "atss", (1280, 720), 0, 0.2),
        ("person-detection-0200", "detection_output", (256, 256), 0, 0.3),
    ):
        paths = [folder / f"{file}.{ending}" for ending in ("xml", "bin")]
        core = openvino.Core()
        core.set_property("CPU", {"INFERENCE_PRECISION_HINT": "f32"})
        network = core.compile_model(core.read_model(*paths), "CPU")
        wanted = network.inputs[0].element_type.to_dtype()
        found = {}
        for index, rgb in pictures.items():
            picture = cv2.resize(rgb[:, :, ::-1], size).transpose(2, 0, 1)[None]
            outputs = [np.array(value) for value in network(picture.astype(wanted)).values()]
            scale = np.array([WIDTH / size[0], HEIGHT / size[1]] * 2)
            rows = best(DECODERS[family](outputs, size, person), threshold)
            found[str(index)] = [[float(v) for v in np.array(row[:4]) * scale] + [row[4]] for row in rows]
        digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]
        results.append({"file": file, "sha256": digests[0], "weights_sha256": digests[1], "family": family,
                        "input": list(size), "person_class": person, "threshold": threshold, "frames": found})
    return results


def main():
    folder, clip = pathlib.Path(sys.argv[1]), sys.argv[2]
    document = {
        "made_by": "tests/parity/open_model_zoo_reference.py",
        "versions": {"python": sys.version.split()[0], "numpy": np.__version__, "opencv": cv2.__version__,
                     "openvino": openvino.__version__},
        "clip_sha256": hashlib.sha256(pathlib.Path(clip).read_bytes()).hexdigest(),
        "decode": decode_vectors(),
        "models": whole_models(folder, frames(clip)),
        "bodies": bodies(folder),
    }
    target = pathlib.Path(__file__).with_name("open_model_zoo.json")
    target.write_text(json.dumps(document) + "\n")


if __name__ == "__main__":
    main()
