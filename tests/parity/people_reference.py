#!/usr/bin/env python3
"""Reference numbers for the person detectors, from implementations that are not ours.

In: the model files, the clip vtest.avi, ffmpeg. Out: people.json beside this script.

    python3 people_reference.py MODELS_FOLDER vtest.avi

Decoding follows the publishers' own demonstration code (YOLOX: yolox/utils/demo_utils.py; NanoDet: nanodet/model/head,
`distance2bbox` and `Integral`); SSDLite is decoded by the TensorFlow graph itself, into which the tensors are fed.
Resizing is OpenCV's, as in the demonstrations. Nothing here was written from the Rust code.
"""

import hashlib
import json
import pathlib
import subprocess
import sys

import cv2
import numpy as np
import onnx
import onnxruntime
import tensorflow as tf
from google.protobuf import json_format

WIDTH, HEIGHT, FRAMES = 768, 576, (0, 200, 400)
KEPT = 25


def drawn(shape, columns, seed):
    """A tensor by formula: a linear congruential generator, its upper 24 bits as a share of one, then low + span * share
    with the pair of the value's column (the last axis). All steps are exact or rounded once to single precision."""
    count, state, shares = int(np.prod(shape)), seed, []
    for _ in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        shares.append((state >> 8) / 2**24)
    shares = np.array(shares, np.float32).reshape(-1, len(columns))
    low = np.array([c[0] for c in columns], np.float32)
    span = np.array([c[1] for c in columns], np.float32)
    return (low + span * shares).astype(np.float32).reshape(shape)


def best(boxes, scores, threshold, limit=KEPT):
    order = np.argsort(-scores, kind="stable")
    return [[float(v) for v in boxes[i]] + [float(scores[i])] for i in order if scores[i] >= threshold][:limit]


def nms(boxes, scores, iou):
    """Greedy, as in YOLOX's demo_utils.nms, without its +1 pixel."""
    x1, y1, x2, y2 = boxes.T
    areas, order, keep = (x2 - x1) * (y2 - y1), scores.argsort()[::-1], []
    while order.size > 0:
        i = order[0]
        keep.append(i)
        w = np.maximum(0.0, np.minimum(x2[i], x2[order[1:]]) - np.maximum(x1[i], x1[order[1:]]))
        h = np.maximum(0.0, np.minimum(y2[i], y2[order[1:]]) - np.maximum(y1[i], y1[order[1:]]))
        inter = w * h
        order = order[np.where(inter / (areas[i] + areas[order[1:]] - inter) <= iou)[0] + 1]
    return keep


# --- YOLOX -----------------------------------------------------------------------------------------------------------

def yolox_postprocess(outputs, img_size):
    grids, expanded_strides = [], []
    strides = [8, 16, 32]
    hsizes = [img_size[0] // stride for stride in strides]
    wsizes = [img_size[1] // stride for stride in strides]
    for hsize, wsize, stride in zip(hsizes, wsizes, strides):
        xv, yv = np.meshgrid(np.arange(wsize), np.arange(hsize))
        grid = np.stack((xv, yv), 2).reshape(1, -1, 2)
        grids.append(grid)
        expanded_strides.append(np.full((*grid.shape[:2], 1), stride))
    grids, expanded_strides = np.concatenate(grids, 1), np.concatenate(expanded_strides, 1)
    outputs = outputs.copy()
    outputs[..., :2] = (outputs[..., :2] + grids) * expanded_strides
    outputs[..., 2:4] = np.exp(outputs[..., 2:4]) * expanded_strides
    return outputs


def yolox_boxes(outputs, img_size, person):
    predictions = yolox_postprocess(outputs, img_size)[0]
    boxes = predictions[:, :4]
    xyxy = np.ones_like(boxes)
    xyxy[:, 0] = boxes[:, 0] - boxes[:, 2] / 2.0
    xyxy[:, 1] = boxes[:, 1] - boxes[:, 3] / 2.0
    xyxy[:, 2] = boxes[:, 0] + boxes[:, 2] / 2.0
    xyxy[:, 3] = boxes[:, 1] + boxes[:, 3] / 2.0
    return xyxy, predictions[:, 4] * predictions[:, 5 + person]


def yolox_preprocess(img, size):
    padded = np.ones((size[0], size[1], 3), dtype=np.uint8) * 114
    r = min(size[0] / img.shape[0], size[1] / img.shape[1])
    resized = cv2.resize(img, (int(img.shape[1] * r), int(img.shape[0] * r)), interpolation=cv2.INTER_LINEAR)
    padded[: resized.shape[0], : resized.shape[1]] = resized
    return np.ascontiguousarray(padded.transpose(2, 0, 1), dtype=np.float32)[None], r


# --- NanoDet ---------------------------------------------------------------------------------------------------------

def nanodet_boxes(scores, distances, img_size, strides, offset, person):
    """scores and distances: one array [cells, columns] for each stride."""
    boxes, persons = [], []
    for cls, dis, stride in zip(scores, distances, strides):
        h, w = int(np.ceil(img_size[0] / stride)), int(np.ceil(img_size[1] / stride))
        y, x = np.meshgrid(np.arange(h), np.arange(w), indexing="ij")
        cx, cy = (x.flatten() + offset) * stride, (y.flatten() + offset) * stride
        bins = dis.reshape(-1, 4, dis.shape[1] // 4).astype(np.float64)
        weights = np.exp(bins - bins.max(axis=2, keepdims=True))
        weights /= weights.sum(axis=2, keepdims=True)
        d = (weights * np.arange(bins.shape[2])).sum(axis=2) * stride
        boxes.append(np.stack([cx - d[:, 0], cy - d[:, 1], cx + d[:, 2], cy + d[:, 3]], axis=1))
        persons.append(cls[:, person])
    return np.concatenate(boxes), np.concatenate(persons)


def nanodet_preprocess(img, size):
    r = min(size[0] / img.shape[0], size[1] / img.shape[1])
    resized = cv2.resize(img, (int(img.shape[1] * r), int(img.shape[0] * r)), interpolation=cv2.INTER_LINEAR)
    padded = np.zeros((size[0], size[1], 3), dtype=np.uint8)
    padded[: resized.shape[0], : resized.shape[1]] = resized
    mean, std = np.array([103.53, 116.28, 123.675]), np.array([57.375, 57.12, 58.395])
    return ((padded - mean) / std).astype(np.float32).transpose(2, 0, 1)[None], r


# --- SSDLite ---------------------------------------------------------------------------------------------------------

class Ssdlite:
    def __init__(self, path):
        graph_def = tf.compat.v1.GraphDef()
        graph_def.ParseFromString(path.read_bytes())
        self.graph = tf.Graph()
        with self.graph.as_default():
            tf.import_graph_def(graph_def, name="")
        self.session = tf.compat.v1.Session(graph=self.graph)
        names = [op.name for op in self.graph.get_operations()]
        self.decoded = next(n for n in names if n.endswith("Postprocessor/raw_box_locations"))
        self.scores = next(n for n in names if n.endswith("convert_scores"))

    def decode(self, boxes, logits):
        """The graph's own box coder and anchors, on tensors of ours. Boxes as shares: y, x, y, x."""
        blank = np.zeros((1, 300, 300, 3), np.uint8)
        feed = {"concat:0": boxes, "concat_1:0": logits, "image_tensor:0": blank}
        return self.session.run([self.decoded + ":0", self.scores + ":0"], feed)

    def detect(self, rgb):
        """The whole graph, its own suppression included."""
        resized = cv2.resize(rgb, (300, 300))
        out = self.session.run(["detection_boxes:0", "detection_scores:0"], {"image_tensor:0": resized[None]})
        return out[0][0], out[1][0]


# --- NanoDet-g, a graph model of TensorFlow.js ---------------------------------------------------------------------------

class GraphModel:
    """TensorFlow runs the graph as it is; weights in half precision are widened."""

    def __init__(self, path):
        model = json.loads(path.read_text())
        raw, at, known = path.with_suffix(".bin").read_bytes(), 0, {}
        for weight in (w for group in model["weightsManifest"] for w in group["weights"]):
            kind = np.dtype(weight.get("quantization", weight)["dtype"])
            values = np.frombuffer(raw, kind, int(np.prod(weight["shape"])), at)
            at += values.nbytes
            known[weight["name"]] = values.reshape(weight["shape"]).astype(weight["dtype"])
        for node in model["modelTopology"]["node"]:
            for value in node.setdefault("attr", {}).values():
                # The converter made 64-bit numbers 32-bit ones.
                if value.get("type") == "DT_INT64":
                    value["type"] = "DT_INT32"
            if node["op"] == "Const":
                tensor = json_format.MessageToDict(tf.make_tensor_proto(known[node["name"]]))
                node["attr"]["value"] = {"tensor": tensor}
        graph_def = tf.compat.v1.GraphDef()
        json_format.ParseDict({"node": model["modelTopology"]["node"]}, graph_def)
        graph = tf.Graph()
        with graph.as_default():
            tf.import_graph_def(graph_def, name="")
        self.session = tf.compat.v1.Session(graph=graph)
        self.outputs = sorted(model["signature"]["outputs"])

    def __call__(self, x):
        return self.session.run(self.outputs, {"input_1:0": x})


# --- the two parts ---------------------------------------------------------------------------------------------------

def decode_vectors(ssdlite):
    vectors = []

    def add(name, family, size, person, tensors, boxes, scores, threshold):
        # A strict gap around the threshold, so that rounding cannot move a box across it.
        assert np.abs(scores - threshold).min() > 1e-5, name
        vectors.append({
            "name": name, "family": family, "input": [size[1], size[0]], "person_class": person,
            "threshold": threshold, "tensors": tensors, "count": int((scores >= threshold).sum()),
            "boxes": best(boxes, scores, threshold),
        })

    size, columns = (64, 96), [[0, 1]] * 2 + [[-1, 2.5]] * 2 + [[0, 1]] * 4
    spec = {"shape": [1, 126, 8], "columns": columns, "seed": 1}
    raw = drawn(spec["shape"], columns, 1)
    add("yolox_raw_not_square_three_classes", "yolox", size, 1, [spec], *yolox_boxes(raw, size, 1), 0.25)

    tensors, scores, distances = [], [], []
    for kind, cells in (("c", 96), ("c", 24), ("c", 6), ("d", 96), ("d", 24), ("d", 6)):
        columns = [[0, 1]] * 2 if kind == "c" else [[-3, 6]] * 32
        spec = {"shape": [1, cells, len(columns)], "columns": columns, "seed": 10 + len(tensors)}
        tensors.append(spec)
        (scores if kind == "c" else distances).append(drawn(spec["shape"], columns, spec["seed"])[0])
    boxes, persons = nanodet_boxes(scores, distances, size, (8, 16, 32), 0.5, 1)
    add("nanodet_separate_outputs", "nanodet", size, 1, tensors, boxes, persons, 0.5)

    size, strides = (100, 130), (8, 16, 32, 64)
    cells = [int(np.ceil(size[0] / s)) * int(np.ceil(size[1] / s)) for s in strides]
    columns = [[0, 1]] * 3 + [[-3, 6]] * 32
    spec = {"shape": [1, sum(cells), 35], "columns": columns, "seed": 20}
    rows = np.split(drawn(spec["shape"], columns, 20)[0], np.cumsum(cells)[:-1])
    boxes, persons = nanodet_boxes([r[:, :3] for r in rows], [r[:, 3:] for r in rows], size, strides, 0.0, 0)
    add("nanodet_plus_one_output_size_not_a_multiple", "nanodet", size, 0, [spec], boxes, persons, 0.5)

    boxes_spec = {"shape": [1, 1917, 1, 4], "columns": [[-8, 16]] * 4, "seed": 30}
    logits_spec = {"shape": [1, 1917, 2], "columns": [[-6, 8]] * 2, "seed": 31}
    decoded, scores = ssdlite.decode(*(drawn(s["shape"], s["columns"], s["seed"]) for s in (boxes_spec, logits_spec)))
    boxes = decoded.reshape(1917, 4)[:, [1, 0, 3, 2]] * 300
    scores = scores.reshape(1917, -1)[:, 1]
    # Every hundredth anchor too: the best ones alone would not reach every layer.
    add("ssdlite_300", "ssdlite", (300, 300), 0, [boxes_spec, logits_spec], boxes, scores, 0.5)
    hundredth = [[float(v) for v in boxes[i]] + [float(scores[i])] for i in range(0, 1917, 100) if scores[i] >= 0.5]
    vectors[-1]["boxes"] += [b for b in hundredth if b not in vectors[-1]["boxes"]]
    return vectors


def frames(clip):
    raw = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", clip, "-vf", "select=not(mod(n\\,20))", "-fps_mode", "passthrough",
         "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], check=True, stdout=subprocess.PIPE).stdout
    pictures = np.frombuffer(raw, np.uint8).reshape(-1, HEIGHT, WIDTH, 3)
    return {index: pictures[index // 20] for index in FRAMES}


def whole_models(folder, ssdlite, pictures):
    threshold, results = 0.3, []

    def add(file, family, size, iou, detect):
        digest = hashlib.sha256((folder / file).read_bytes()).hexdigest()
        found = {}
        for index, rgb in pictures.items():
            boxes, scores = detect(rgb)
            candidates = scores >= threshold
            boxes, scores = boxes[candidates], scores[candidates]
            keep = nms(boxes, scores, iou)
            found[str(index)] = best(boxes[keep], scores[keep], threshold, 100)
        results.append({"file": file, "sha256": digest, "family": family, "input": list(size),
                        "threshold": threshold, "nms_iou": iou, "frames": found})

    def session(file, size):
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        # The same network for pictures of another size: what the file declares of tensors within holds for its own.
        network = onnx.load(str(folder / file))
        for at, side in ((2, size[1]), (3, size[0])):
            network.graph.input[0].type.tensor_type.shape.dim[at].dim_value = side
        for output in network.graph.output:
            output.type.tensor_type.ClearField("shape")
        del network.graph.value_info[:]
        model = onnxruntime.InferenceSession(network.SerializeToString(), options)
        return lambda x: model.run(None, {model.get_inputs()[0].name: x})

    for file, size in (("yolox_nano.onnx", (416, 416)), ("yolox_nano.onnx", (768, 576)), ("person_rpi_cpu.onnx", (192, 192))):
        run = session(file, size)

        def detect(rgb, run=run, size=size):
            x, r = yolox_preprocess(rgb[:, :, ::-1], size[::-1])
            boxes, scores = yolox_boxes(run(x)[0], size[::-1], 0)
            return boxes / r, scores
        add(file, "yolox", size, 0.5, detect)

    run = session("nanodet_m_320.onnx", (320, 320))

    def detect(rgb):
        x, r = nanodet_preprocess(rgb[:, :, ::-1], (320, 320))
        out = [o[0] for o in run(x)]
        boxes, scores = nanodet_boxes(out[:3], out[3:], (320, 320), (8, 16, 32), 0.5, 0)
        return boxes / r, scores
    add("nanodet_m_320.onnx", "nanodet", (320, 320), 0.5, detect)

    run_g = GraphModel(folder / "nanodet.json")

    def detect_g(rgb):
        x, r = nanodet_preprocess(rgb[:, :, ::-1], (416, 416))
        out = [o[0] for o in run_g(x)]
        boxes, scores = nanodet_boxes(out[:3], out[3:], (416, 416), (8, 16, 32), 0.5, 0)
        return boxes / r, scores
    add("nanodet.json", "nanodet", (416, 416), 0.5, detect_g)

    def detect_ssdlite(rgb):
        boxes, scores = ssdlite.detect(rgb)
        return boxes[:, [1, 0, 3, 2]] * np.array([WIDTH, HEIGHT, WIDTH, HEIGHT]), scores
    add("frozen_inference_graph.pb", "ssdlite", (300, 300), 0.5, detect_ssdlite)
    return results


def main():
    folder, clip = pathlib.Path(sys.argv[1]), sys.argv[2]
    ssdlite = Ssdlite(folder / "frozen_inference_graph.pb")
    document = {
        "made_by": "tests/parity/people_reference.py",
        "versions": {"python": sys.version.split()[0], "numpy": np.__version__, "opencv": cv2.__version__,
                     "onnx": onnx.__version__, "onnxruntime": onnxruntime.__version__, "tensorflow": tf.__version__},
        "clip_sha256": hashlib.sha256(pathlib.Path(clip).read_bytes()).hexdigest(),
        "decode": decode_vectors(ssdlite),
        "models": whole_models(folder, ssdlite, frames(clip)),
    }
    target = pathlib.Path(__file__).with_name("people.json")
    target.write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main()
