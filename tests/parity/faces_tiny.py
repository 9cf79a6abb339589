#!/usr/bin/env python3
"""Makes faces_tiny/*.onnx: networks of a few kilobytes with the inputs and outputs of detector exports that we do not
have, for the tests of src/room/detect/identify.rs. Their weights are zero: they detect nothing. Needs onnx 1.23."""
import pathlib

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

FOLDER = pathlib.Path(__file__).parent / "faces_tiny"


class Net:
    def __init__(self, shape):
        self.input = helper.make_tensor_value_info("picture", TensorProto.FLOAT, shape)
        self.nodes, self.weights, self.outputs, self.channels = [], [], [], shape[1]
        self.extra = []

    def weight(self, array):
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(array, name))
        return name

    def node(self, op, inputs, **attributes):
        name = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, inputs, [name], **attributes))
        return name

    def map(self, stride, channels):
        weight = self.weight(np.zeros((channels, self.channels, 1, 1), np.float32))
        return self.node("Conv", ["picture", weight], kernel_shape=[1, 1], strides=[stride, stride])

    def table(self, stride, columns, per_cell=1):
        rows = self.node("Transpose", [self.map(stride, columns * per_cell)], perm=[0, 2, 3, 1])
        return self.node("Reshape", [rows, self.weight(np.array([1, -1, columns], np.int64))])

    def levels(self, levels, columns):
        tables = [self.table(stride, columns, per_cell) for stride, per_cell in levels]
        return self.node("Concat", tables, axis=1)

    def transposed(self, name):
        return self.node("Transpose", [name], perm=[0, 2, 1])

    def save(self, name, outputs):
        # No declared output shapes, as some exporters leave them: they must be worked out.
        infos = [helper.make_tensor_value_info(o, TensorProto.FLOAT, None) for o in outputs]
        graph = helper.make_graph(self.nodes, name, [self.input] + self.extra, infos, self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
        FOLDER.mkdir(exist_ok=True)
        save(model, str(FOLDER / f"{name}.onnx"))


ANY = ["batch", 3, "height", "width"]

net = Net(ANY)
net.save("yunet_dynamic_reordered", [net.table(s, c) for s in (32, 8, 16) for c in (10, 1, 4, 1)])
net = Net([1, 3, 640, 640])
levels = [(8, 3), (16, 2), (32, 2), (64, 3)]
net.save("yunet_2022", [net.levels(levels, c) for c in (14, 2, 1)])
net = Net([1, 3, 480, 640])
net.save("ultraface_640x480_boxes_first", [net.levels(levels, c) for c in (4, 2)])
net = Net(ANY)
net.save("retinaface_dynamic_reordered", [net.levels([(8, 2), (16, 2), (32, 2)], c) for c in (10, 4, 2)])
net = Net([1, 3, 544, 960])
net.save("centerface_960x544", [net.map(4, c) for c in (1, 2, 2, 10)])
net = Net([1, 3, 640, 640])
net.save("yolox_640_four_classes", [net.levels([(8, 1), (16, 1), (32, 1)], 9)])
net = Net(ANY)
net.save("yolox_dynamic_one_class", [net.levels([(8, 1), (16, 1), (32, 1)], 6)])
net = Net([1, 3, 416, 416])
# 416 is no multiple of 64: the convolution's rounding up gives 7x7 cells, as the real network has.
net.save("nanodet_plus_416", [net.levels([(8, 1), (16, 1), (32, 1), (64, 1)], 112)])
net = Net([1, 3, 320, 320])
net.save("nanodet_in_parts_three_classes", [net.table(s, c) for c in (32, 3) for s in (8, 16, 32)])
net = Net([1, 3, 640, 640])
net.save("yolov8_640", [net.transposed(net.levels([(8, 1), (16, 1), (32, 1)], 84))])
net = Net([1, 3, 640, 640])
net.save("yolov5_640", [net.levels([(8, 3), (16, 3), (32, 3)], 85)])
net = Net([1, 1, 640, 640])
net.save("refused_grey", [net.levels([(8, 1), (16, 1), (32, 1)], 85)])
net = Net([1, 3, 640, 640])
net.extra = [helper.make_tensor_value_info("shape", TensorProto.FLOAT, [1, 2])]
net.save("refused_two_inputs", [net.levels([(8, 1), (16, 1), (32, 1)], 85)])
