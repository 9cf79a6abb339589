#!/usr/bin/env python3
"""Reference numbers for heads whose weights this project neither ships nor fetches. In: nothing. Out: heads.json and heads_tiny/.

    python3 heads_reference.py

heads_tiny/*.onnx are networks of one or two convolutions with drawn weights and the outputs of these heads: they detect nothing, but
what they answer depends on every channel of every pixel, so that colour order, normalisation, layout and decoding all show. ONNX
Runtime runs them; decoding follows the publishers' code (Ultralytics' non_max_suppression and v10postprocess, transformers'
post_process_object_detection, PaddleDetection's picodet_openvino.cpp, MMDetection's distance2bbox). Nothing here was written from
the Rust code."""

import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

HERE = pathlib.Path(__file__).parent
FOLDER = HERE / "heads_tiny"
KEPT = 25
IMAGENET_MEAN, IMAGENET_STD = np.array([123.675, 116.28, 103.53]), np.array([58.395, 57.12, 57.375])


def shares(count, seed):
    """The upper 24 bits of a linear congruential generator, as a share of one."""
    state, found = seed, []
    for _ in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        found.append((state >> 8) / 2**24)
    return np.array(found, np.float32)


def drawn(spec):
    """A tensor by formula: low + span * share with the pair of the value's column (the last axis)."""
    columns = np.array(spec["columns"], np.float32)
    values = shares(int(np.prod(spec["shape"])), spec["seed"]).reshape(-1, len(columns))
    return (columns[:, 0] + columns[:, 1] * values).astype(np.float32).reshape(spec["shape"])


def sigmoid(x):
    return 1 / (1 + np.exp(-x.astype(np.float64)))


def corners(xywh):
    x, y, w, h = xywh.T
    return np.stack([x - w / 2, y - h / 2, x + w / 2, y + h / 2], axis=1)


# --- the publishers' decoding: outputs, (height, width), index of the class -> corners in input pixels, scores ---------

def yolov5(outputs, size, person):
    # Older exports give the raw maps beside the boxes: five axes.
    rows = next(output[0] for output in outputs if output.ndim == 3)
    return corners(rows[:, :4]), rows[:, 4] * rows[:, 5 + person]


def yolov8(outputs, size, person):
    # Beside prototypes of masks, the coefficients of masks follow the classes.
    rows = next(output[0] for output in outputs if output.ndim == 3)
    # non_max_suppression asks for columns first; exports for other engines have them last.
    if rows.shape[0] < rows.shape[1]:
        rows = rows.T
    return corners(rows[:, :4]), rows[:, 4 + person]


def yolov10(outputs, size, person):
    rows = outputs[0][0]
    rows = rows[np.rint(rows[:, 5]) == person]
    return rows[:, :4], rows[:, 4]


def detr(outputs, size, person):
    boxes, logits = sorted((output[0] for output in outputs), key=lambda table: table.shape[1] != 4)
    height, width = size
    return corners(boxes) * np.array([width, height, width, height]), sigmoid(logits)[:, person]


def picodet(outputs, size, person):
    boxes, scores = [], []
    for stride in (8, 16, 32, 64):
        high, wide = -(-size[0] // stride), -(-size[1] // stride)
        of_level = [output[0] for output in outputs if output.shape[1] == high * wide]
        distribution = next(table for table in of_level if table.shape[1] == 32)
        classes = next(table for table in of_level if table.shape[1] != 32)
        for at in range(high * wide):
            row, column = divmod(at, wide)
            x, y = (column + 0.5) * stride, (row + 0.5) * stride
            bins = distribution[at].astype(np.float64).reshape(4, 8)
            weights = np.exp(bins - bins.max(axis=1, keepdims=True))
            distance = (weights / weights.sum(axis=1, keepdims=True)) @ np.arange(8) * stride
            boxes.append([x - distance[0], y - distance[1], x + distance[2], y + distance[3]])
            scores.append(classes[at, person])
    return np.array(boxes), np.array(scores)


def rtmdet(outputs, size, person):
    boxes, scores = [], []
    for stride in (8, 16, 32):
        high, wide = -(-size[0] // stride), -(-size[1] // stride)
        of_level = [output[0] for output in outputs if output.shape[2:] == (high, wide)]
        distance = next(table for table in of_level if table.shape[0] == 4)
        classes = next(table for table in of_level if table.shape[0] != 4)
        # MlvlPointGenerator with offset 0: the corner of each cell.
        y, x = np.meshgrid(np.arange(high) * stride, np.arange(wide) * stride, indexing="ij")
        boxes.append(np.stack([x - distance[0], y - distance[1], x + distance[2], y + distance[3]], -1).reshape(-1, 4))
        scores.append(sigmoid(classes[person]).reshape(-1))
    return np.concatenate(boxes), np.concatenate(scores)


DECODERS = {"yolov5": yolov5, "yolov8": yolov8, "yolov10": yolov10, "rtdetr": detr, "rfdetr": detr, "picodet": picodet,
            "rtmdet": rtmdet}


# --- what goes in: a picture (rows, columns, red green blue) that is no larger than the input ---------------------------

def filled(picture, size, grey):
    whole = np.full((*size, 3), grey, np.uint8)
    whole[: picture.shape[0], : picture.shape[1]] = picture
    return whole


CONTRACTS = {
    "yolov5": lambda picture, size: filled(picture, size, 114) / 255,
    "yolov8": lambda picture, size: filled(picture, size, 114) / 255,
    "yolov10": lambda picture, size: filled(picture, size, 114) / 255,
    "rtdetr": lambda picture, size: picture / 255,
    "rfdetr": lambda picture, size: (picture - IMAGENET_MEAN) / IMAGENET_STD,
    "picodet": lambda picture, size: (picture - IMAGENET_MEAN) / IMAGENET_STD,
    "rtmdet": lambda picture, size: (filled(picture, size, 114)[:, :, ::-1] - IMAGENET_MEAN[::-1]) / IMAGENET_STD[::-1],
}


def reference(boxes, scores, threshold, every=1):
    """The best boxes and every n-th, with a gap around the threshold that rounding cannot cross."""
    assert np.abs(scores - threshold).min() > 2e-5
    order = np.argsort(-scores, kind="stable")
    chosen = [i for i in order if scores[i] >= threshold]
    rows = [[float(v) for v in boxes[i]] + [float(scores[i])] for i in chosen]
    return len(rows), rows[:KEPT] + rows[KEPT::max(1, len(rows) // KEPT)]


# --- tensors by formula -------------------------------------------------------------------------------------------------

PIXELS = [[0, 96], [0, 64], [1, 60], [1, 40]]
SHARE, LOGIT, BINS = [[0, 1]], [[-4, 8]], [[-3, 6]] * 32


def tensors():
    """Of an input of 96x64: 126 cells at three strides, 128 at four."""
    def spec(seed, shape, columns):
        return {"shape": shape, "columns": columns, "seed": seed}

    yield "yolov5_three_anchors", "yolov5", 1, 0.3, [spec(40, [1, 378, 8], PIXELS + SHARE * 4)]
    yield "yolov5_four_strides_one_class", "yolov5", 0, 0.3, [spec(41, [1, 384, 6], PIXELS + SHARE * 2)]
    yield "yolov5_beside_raw_maps", "yolov5", 0, 0.3, [spec(90, [1, 3, 8, 12, 7], LOGIT * 7),
                                                       spec(91, [1, 378, 7], PIXELS + SHARE * 3),
                                                       spec(92, [1, 3, 4, 6, 7], LOGIT * 7)]
    # Objectness and three classes, then 32 coefficients.
    yield "yolov5_with_masks", "yolov5", 2, 0.3, [spec(93, [1, 378, 40], PIXELS + SHARE * 4 + LOGIT * 32),
                                                  spec(94, [1, 32, 16, 24], LOGIT)]
    yield "yolov8_with_masks", "yolov8", 1, 0.5, [spec(95, [1, 39, 126], SHARE), spec(96, [1, 32, 16, 24], LOGIT)]
    # The last axis counts cells: one column for all, so that shares serve as pixels too.
    yield "yolov8_columns_first", "yolov8", 2, 0.5, [spec(42, [1, 9, 126], SHARE)]
    yield "yolov8_columns_last", "yolov8", 0, 0.5, [spec(43, [1, 126, 84], PIXELS + SHARE * 80)]
    yield "yolov10_list", "yolov10", 1, 0.5, [spec(44, [1, 300, 6], PIXELS + SHARE + [[0.6, 0.8]])]
    yield "rtdetr_logits_first", "rtdetr", 0, 0.5, [spec(45, [1, 300, 80], LOGIT), spec(46, [1, 300, 4], SHARE)]
    yield "rfdetr_boxes_first", "rfdetr", 1, 0.5, [spec(47, [1, 200, 4], SHARE), spec(48, [1, 200, 91], LOGIT)]
    cells = (96, 24, 6, 2)
    yield "picodet", "picodet", 1, 0.5, [spec(50 + i, [1, n, 3], SHARE) for i, n in enumerate(cells)] + [
        spec(60 + i, [1, n, 32], BINS) for i, n in enumerate(cells)]
    maps = ([8, 12], [4, 6], [2, 3])
    yield "rtmdet", "rtmdet", 2, 0.5, [spec(70 + i, [1, 3, *m], LOGIT) for i, m in enumerate(maps)] + [
        spec(80 + i, [1, 4, *m], [[0, 40]]) for i, m in enumerate(maps)]


def decode_vectors():
    vectors = []
    for name, family, person, threshold, specs in tensors():
        boxes, scores = DECODERS[family]([drawn(s) for s in specs], (64, 96), person)
        count, rows = reference(boxes, scores, threshold)
        vectors.append({"name": name, "family": family, "input": [96, 64], "person_class": person, "threshold": threshold,
                        "tensors": specs, "count": count, "boxes": rows})
    return vectors


# --- tiny exports -------------------------------------------------------------------------------------------------------

class Net:
    """One convolution a map; the weights of a map are drawn, and scaled so that its values spread as `columns` say."""

    def __init__(self, size, seed):
        self.size, self.seed, self.nodes, self.weights, self.outputs = size, seed, [], [], []

    def constant(self, array):
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(array, name))
        return name

    def node(self, op, inputs, name=None, **attributes):
        name = name or f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, inputs, [name], **attributes))
        return name

    def map(self, stride, channels, low, high):
        """Between low and high: a sigmoid of weighted pixels. Each value looks at the first pixels of its cell."""
        self.seed += 1
        weight = (shares(channels * 3 * 4, self.seed) * 4 - 2).reshape(channels, 3, 2, 2).astype(np.float32)
        answer = self.node("Conv", ["picture", self.constant(weight)], kernel_shape=[2, 2], strides=[stride, stride],
                           pads=[0, 0, 1, 1])
        share = self.node("Sigmoid", [answer])
        scaled = self.node("Mul", [share, self.constant(np.float32(high - low))])
        return self.node("Add", [scaled, self.constant(np.float32(low))])

    def table(self, map_name, columns):
        rows = self.node("Transpose", [map_name], perm=[0, 2, 3, 1])
        return self.node("Reshape", [rows, self.constant(np.array([1, -1, columns], np.int64))])

    def beside(self, maps, axis=1):
        return self.node("Concat", maps, axis=axis)

    def boxes_then(self, stride, rest):
        """Centres, sizes, and what follows them."""
        width, height = self.size
        place = [self.map(stride, 1, 0, width), self.map(stride, 1, 0, height), self.map(stride, 1, 4, 60),
                 self.map(stride, 1, 4, 40)]
        return self.beside(place + rest)

    def out(self, name, value):
        self.outputs.append(self.node("Identity", [value], name))

    def save(self, name):
        width, height = self.size
        picture = helper.make_tensor_value_info("picture", TensorProto.FLOAT, [1, 3, height, width])
        infos = [helper.make_tensor_value_info(o, TensorProto.FLOAT, None) for o in self.outputs]
        graph = helper.make_graph(self.nodes, name, [picture], infos, self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
        FOLDER.mkdir(exist_ok=True)
        path = FOLDER / f"{name}.onnx"
        onnx.save(model, str(path))
        assert path.stat().st_size < 100_000, path
        return path


SIZE = (96, 64)


def of_yolov5():
    net = Net(SIZE, 100)
    tables = [net.table(net.boxes_then(stride, [net.map(stride, 1 + 80, 0, 1)]), 85)
              for stride in (8, 16, 32) for _ in range(3)]
    net.out("output0", net.beside(tables))
    return "yolov5", net


def of_yolov8(columns_last):
    net = Net(SIZE, 200)
    tables = [net.table(net.boxes_then(s, [net.map(s, 80, 0, 1)]), 84) for s in (8, 16, 32)]
    whole = net.beside(tables)
    net.out("output0", whole if columns_last else net.node("Transpose", [whole], perm=[0, 2, 1]))
    return "yolov8", net


def of_yolov10():
    net = Net(SIZE, 300)
    # 25 rows for each of 24 cells; the list is the first 300.
    rows = []
    for _ in range(25):
        place = [net.map(16, 1, 0, 40), net.map(16, 1, 0, 30), net.map(16, 1, 41, 96), net.map(16, 1, 31, 64)]
        label = net.node("Floor", [net.map(16, 1, 0, 2.999)])
        rows.append(net.table(net.beside(place + [net.map(16, 1, 0, 1), label]), 6))
    whole = net.beside(rows)
    start, end, axes = (net.constant(np.array([v], np.int64)) for v in (0, 300, 1))
    net.out("output0", net.node("Slice", [whole, start, end, axes]))
    return "yolov10", net


def of_detr(family, names, labels):
    net = Net(SIZE, 400 + labels)
    tables = {"logits": net.table(net.map(8, labels, -4, 4), labels), "boxes": net.table(net.map(8, 4, 0.05, 0.95), 4)}
    for name, table in names:
        net.out(name, tables[table])
    return family, net


def of_picodet():
    net = Net(SIZE, 600)
    for kind, columns, low, high in (("scores", 80, 0, 1), ("distances", 32, -3, 3)):
        for stride in (8, 16, 32, 64):
            net.out(f"{kind}_{stride}", net.table(net.map(stride, columns, low, high), columns))
    return "picodet", net


def of_rtmdet():
    net = Net(SIZE, 700)
    for kind, columns, low, high in (("cls_score", 80, -4, 4), ("bbox_pred", 4, 2, 40)):
        for stride in (8, 16, 32):
            net.out(f"{kind}_{stride}", net.map(stride, columns, low, high))
    return "rtmdet", net


EXPORTS = [
    ("yolov5", 3, of_yolov5),
    ("yolov8_columns_first", 2, lambda: of_yolov8(False)),
    ("yolov8_columns_last", 2, lambda: of_yolov8(True)),
    ("yolov10", 1, of_yolov10),
    ("rtdetr", 3, lambda: of_detr("rtdetr", [("logits", "logits"), ("pred_boxes", "boxes")], 80)),
    ("rfdetr", 1, lambda: of_detr("rfdetr", [("dets", "boxes"), ("labels", "logits")], 91)),
    ("picodet", 0, of_picodet),
    ("rtmdet", 0, of_rtmdet),
]

# Lower than the input where the rest is filled up, so that nothing is resized: 96 pixels remain 96.
PICTURE_HEIGHT = {"yolov5": 40, "yolov8": 40, "yolov10": 40, "rtmdet": 40}


def exports():
    found = []
    for number, (name, person, build) in enumerate(EXPORTS):
        family, net = build()
        path = net.save(name)
        width, height = SIZE[0], PICTURE_HEIGHT.get(family, SIZE[1])
        seed = 1000 + number
        picture = np.floor(shares(3 * width * height, seed) * 256).astype(np.uint8).reshape(height, width, 3)
        tensor = CONTRACTS[family](picture, (SIZE[1], SIZE[0])).astype(np.float32).transpose(2, 0, 1)[None]
        outputs = onnxruntime.InferenceSession(str(path)).run(None, {"picture": np.ascontiguousarray(tensor)})
        boxes, scores = DECODERS[family](outputs, (SIZE[1], SIZE[0]), person)
        threshold = 0.55
        count, rows = reference(boxes, scores, threshold)
        found.append({"file": path.name, "family": family, "input": list(SIZE), "person_class": person,
                      "picture": {"width": width, "height": height, "seed": seed}, "threshold": threshold,
                      "count": count, "boxes": rows})
    return found


def main():
    document = {
        "made_by": "tests/parity/heads_reference.py",
        "versions": {"python": sys.version.split()[0], "numpy": np.__version__, "onnx": onnx.__version__,
                     "onnxruntime": onnxruntime.__version__},
        "decode": decode_vectors(),
        "exports": exports(),
    }
    (HERE / "heads.json").write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    main()
