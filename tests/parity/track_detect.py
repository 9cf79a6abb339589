"""Detections for track_evaluate.py, by ONNX Runtime and numpy: an implementation independent of ours.

    python3 track_detect.py yolox  yolox_nano.onnx    vtest.avi yolox.txt
    python3 track_detect.py nanodet nanodet_m_320.onnx vtest.avi nanodet.txt

Writes lines of `frame,-1,left,top,width,height,score` (frames from 1) for people with a score of at least 0.1, after
suppression at IoU 0.6. Needs onnxruntime, numpy and opencv-python-headless.
"""
import sys

import cv2
import numpy as np
import onnxruntime

LEAST_SCORE, NMS = 0.1, 0.6


def grid(size, strides):
    cells, steps = [], []
    for stride in strides:
        y, x = np.mgrid[0 : size // stride, 0 : size // stride]
        cells.append(np.stack([x, y], -1).reshape(-1, 2).astype(np.float32))
        steps.append(np.full((cells[-1].shape[0], 1), stride, np.float32))
    return np.concatenate(cells), np.concatenate(steps)


def yolox(session, picture, size=416):
    height, width = picture.shape[:2]
    ratio = min(size / height, size / width)
    resized = cv2.resize(picture, (int(width * ratio), int(height * ratio)), interpolation=cv2.INTER_LINEAR)
    padded = np.full((size, size, 3), 114, np.uint8)
    padded[: resized.shape[0], : resized.shape[1]] = resized
    out = session.run(None, {session.get_inputs()[0].name: padded.transpose(2, 0, 1)[None].astype(np.float32)})[0][0]
    cells, steps = grid(size, (8, 16, 32))
    centre, sides = (out[:, :2] + cells) * steps, np.exp(out[:, 2:4]) * steps
    return np.concatenate([centre - sides / 2, centre + sides / 2], 1) / ratio, out[:, 4] * out[:, 5]


def nanodet(session, picture, size=320):
    height, width = picture.shape[:2]
    mean, std = np.array([103.53, 116.28, 123.675]), np.array([57.375, 57.12, 58.395])
    scaled = (cv2.resize(picture, (size, size)).astype(np.float32) - mean) / std
    outs = session.run(None, {session.get_inputs()[0].name: scaled.transpose(2, 0, 1)[None].astype(np.float32)})
    outs = [out.reshape(-1, out.shape[-1]) for out in outs]
    boxes, scores = [], []
    for classes, bins in zip((o for o in outs if o.shape[1] == 80), (o for o in outs if o.shape[1] == 32)):
        side = int(round(len(classes) ** 0.5))
        stride = size // side
        y, x = np.mgrid[0:side, 0:side]
        centre = np.stack([x, y], -1).reshape(-1, 2) * stride + (stride - 1) / 2
        share = np.exp(bins.reshape(-1, 4, 8) - bins.reshape(-1, 4, 8).max(-1, keepdims=True))
        share /= share.sum(-1, keepdims=True)
        reach = (share * np.arange(8)).sum(-1) * stride
        boxes.append(np.concatenate([centre - reach[:, :2], centre + reach[:, 2:]], 1))
        scores.append(classes[:, 0])
    return np.concatenate(boxes) * np.array([width, height, width, height]) / size, np.concatenate(scores)


def suppress(boxes, scores):
    order, kept = np.argsort(-scores, kind="stable"), []
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    while len(order):
        best, rest = order[0], order[1:]
        kept.append(best)
        left_top, right_bottom = np.maximum(boxes[best, :2], boxes[rest, :2]), np.minimum(boxes[best, 2:], boxes[rest, 2:])
        common = np.prod(np.maximum(right_bottom - left_top, 0), 1)
        order = rest[common / (area[best] + area[rest] - common) <= NMS]
    return kept


def main(family, model, video, out):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.log_severity_level = 1, 3
    session = onnxruntime.InferenceSession(model, options)
    detect = {"yolox": yolox, "nanodet": nanodet}[family]
    capture, frame = cv2.VideoCapture(video), 0
    with open(out, "w") as file:
        while True:
            there, picture = capture.read()
            if not there:
                break
            frame += 1
            boxes, scores = detect(session, picture)
            boxes, scores = boxes[scores >= LEAST_SCORE], scores[scores >= LEAST_SCORE]
            for at in suppress(boxes, scores):
                left, top, right, bottom = boxes[at]
                file.write(f"{frame},-1,{left:.2f},{top:.2f},{right - left:.2f},{bottom - top:.2f},{scores[at]:.4f}\n")
    print(f"{frame} frames, onnxruntime {onnxruntime.__version__}, opencv {cv2.__version__}")


if __name__ == "__main__":
    main(*sys.argv[1:])
