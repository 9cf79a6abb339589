"""Small TensorFlow.js graph models, and what TensorFlow itself makes of them: reference numbers for `vsa_engine::tfjs`.

    pip install tensorflow-cpu==2.21.0
    python tfjs_graphs.py > tfjs_graphs.json

Each case is built with `tf.raw_ops`, run by TensorFlow, and then written as the converter of TensorFlow.js writes it: constants
moved to a manifest, layers fused with what follows them (`fused`). Cases with `other` are run a second time at another size of
the input: there TensorFlow's own graph is built anew, so that the sizes it holds are right by its own arithmetic.
"""

import base64
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from google.protobuf import json_format  # noqa: E402

R = tf.raw_ops
NUMBERS = np.random.default_rng(20260)


class Weights:
    """The same numbers at every size: drawn once, by name."""

    def __init__(self):
        self.known = {}

    def __call__(self, name, *shape, low=-1.0, high=1.0):
        if name not in self.known:
            self.known[name] = NUMBERS.uniform(low, high, shape).astype(np.float32)
        return tf.constant(self.known[name], name=name)


def placeholder(shape, first=False):
    sides = [1, 3, *shape] if first else [1, *shape, 3]
    return tf.compat.v1.placeholder(tf.float32, sides, name="input_1")


def convolutions(x, w, size):
    conv = R.Conv2D(input=x, filter=w("a", 3, 3, 3, 8), strides=[1, 2, 2, 1], padding="SAME", name="conv")
    y = R.Relu6(features=R.AddV2(x=conv, y=w("b", 8), name="sum"), name="six")
    y = R.DepthwiseConv2dNative(input=y, filter=w("c", 3, 3, 8, 1), strides=[1, 1, 1, 1], padding="SAME", name="deep")
    y = R.Mul(x=y, y=w("d", 8), name="scaled")
    y = R.AddV2(x=y, y=w("e", 8), name="moved")
    y = R.Relu(features=y, name="relu")
    z = R.Conv2D(input=y, filter=w("f", 1, 1, 8, 4), strides=[1, 1, 1, 1], padding="VALID", name="fuse_conv")
    z = R.BiasAdd(value=z, bias=w("g", 4), name="fuse_bias")
    z = R.LeakyRelu(features=z, alpha=0.1, name="fuse_leaky")
    d = R.DepthwiseConv2dNative(input=z, filter=w("h", 3, 3, 4, 2), strides=[1, 1, 1, 1], padding="VALID", name="fuse_deep")
    d = R.BiasAdd(value=d, bias=w("i", 8), name="fuse_deep_bias")
    d = R.Relu6(features=d, name="fuse_deep_six")
    e = R.Conv2D(
        input=d, filter=w("j", 3, 3, 8, 5), strides=[1, 1, 1, 1], padding="EXPLICIT",
        explicit_paddings=[0, 0, 2, 1, 0, 2, 0, 0], dilations=[1, 1, 1, 1], name="explicit",
    )
    # What the sum of a convolution is, and the convolution itself: it must not be changed for the second.
    both = R.AddV2(x=e, y=w("k", 5), name="plus")
    return [R.Identity(input=both, name="out_0"), R.Identity(input=e, name="out_1"), R.Identity(input=d, name="out_2")]


def channels_first(x, w, size):
    """As onnx-tf writes: everything channels first, turned around before and behind each convolution, shapes from lists."""
    last, first = [0, 2, 3, 1], [0, 3, 1, 2]
    y = R.Pad(input=x, paddings=[[0, 0], [0, 0], [1, 1], [1, 1]], name="pad")
    y = R.Transpose(x=y, perm=last, name="turn")
    y = R.Conv2D(input=y, filter=w("a", 3, 3, 3, 8), strides=[1, 1, 1, 1], padding="VALID", name="conv")
    y = R.Transpose(x=y, perm=first, name="back")
    y = R.Add(x=y, y=w("b", 1, 8, 1, 1), name="sum")
    y = R.LeakyRelu(features=y, alpha=0.1, name="leaky")
    p = R.PadV2(input=y, paddings=[[0, 0], [0, 0], [0, 1], [0, 1]], constant_values=-np.inf, name="low")
    p = R.Transpose(x=p, perm=last, name="turn_low")
    p = R.MaxPool(input=p, ksize=[1, 3, 3, 1], strides=[1, 2, 2, 1], padding="VALID", name="most")
    h, v = int(p.shape[1]), int(p.shape[2])
    big = R.ResizeBilinear(images=p, size=[2 * h, 2 * v], half_pixel_centers=True, name="big")
    big = R.Transpose(x=big, perm=first, name="back_big")
    low = R.ResizeNearestNeighbor(images=p, size=[2 * h, 2 * v], name="coarse")
    low = R.Transpose(x=low, perm=first, name="back_coarse")
    both = R.ConcatV2(values=[big, low], axis=1, name="both")
    parts = R.SplitV(value=both, size_splits=[4, 12], axis=1, num_split=2, name="parts")
    cells = 4 * h * v
    shape = R.AddV2(
        x=R.SparseToDense(sparse_indices=[[1], [2]], output_shape=[3], sparse_values=[12, cells], default_value=0, name="s"),
        y=tf.constant([1, 0, 0]), name="shape",
    )
    flat = R.Reshape(tensor=R.Sigmoid(x=parts[1], name="share"), shape=shape, name="flat")
    return [R.Identity(input=R.Transpose(x=flat, perm=[0, 2, 1], name="rows"), name="out_0"),
            R.Identity(input=parts[0], name="out_1")]


def pools(x, w, size):
    y = R.MaxPool(input=x, ksize=[1, 3, 3, 1], strides=[1, 2, 2, 1], padding="SAME", name="most")
    z = R.AvgPool(value=x, ksize=[1, 3, 3, 1], strides=[1, 2, 2, 1], padding="SAME", name="mean_of_windows")
    both = R.ConcatV2(values=[y, z], axis=3, name="both")
    kept = R.Mean(input=both, axis=[1, 2], keep_dims=True, name="kept")
    gone = R.Mean(input=both, axis=[1, 2], keep_dims=False, name="gone")
    product = R.MatMul(a=gone, b=w("a", 6, 5), name="fuse_product")
    product = R.BiasAdd(value=product, bias=w("b", 5), name="fuse_product_bias")
    turned = R.MatMul(a=gone, b=w("c", 4, 6), transpose_b=True, name="turned")
    soft = R.Softmax(logits=both, name="soft")
    sums = R.Sum(input=soft, axis=[2], keep_dims=False, name="sums")
    most = R.Max(input=both, axis=[3], keep_dims=False, name="largest")
    least = R.Min(input=both, axis=[-1], keep_dims=True, name="least")
    outputs = [kept, product, turned, soft, sums, most, least]
    return [R.Identity(input=value, name=f"out_{at}") for at, value in enumerate(outputs)]


def arithmetic(x, w, size):
    y = R.Sub(x=x, y=w("a", 3), name="minus")
    y = R.Mul(x=tf.constant(0.5, name="half"), y=y, name="halved")
    y = R.RealDiv(x=y, y=w("b", 1, 1, 1, low=2.0, high=3.0), name="quotient")
    y = R.SquaredDifference(x=y, y=x, name="squares")
    y = R.Sqrt(x=y, name="root")
    y = R.Sub(x=tf.constant(2.0, name="two"), y=y, name="from_two")
    y = R.Maximum(x=y, y=R.Abs(x=x, name="size_of"), name="more")
    y = R.Minimum(x=y, y=tf.constant(6.0, name="six"), name="less")
    y = R.Rsqrt(x=R.AddV2(x=R.Square(x=y, name="square"), y=tf.constant(1.0, name="one"), name="plus"), name="inverse")
    y = R.Tanh(x=R.Neg(x=y, name="negative"), name="tanh")
    y = R.Elu(features=y, name="elu")
    y = R.Exp(x=y, name="exp")
    y = R.Softplus(features=R.Floor(x=R.Log(x=y, name="log"), name="floor"), name="softplus")
    turned = R.Transpose(x=x, perm=[0, 2, 1, 3], name="turned")
    # One tensor beside another that lies turned, and one with fewer axes.
    back = R.Transpose(x=R.Relu(features=turned, name="relu"), perm=[0, 2, 1, 3], name="back")
    y = R.AddV2(x=y, y=back, name="with_turned")
    column = R.Max(input=x, axis=[0, 1], keep_dims=False, name="column")
    y = R.Mul(x=y, y=column, name="with_column")
    return [R.Identity(input=y, name="out_0")]


def places(x, w, size):
    rows, columns = size
    maps = R.Conv2D(input=x, filter=w("a", 3, 3, 3, 4), strides=[1, 1, 1, 1], padding="SAME", name="maps")
    flat = R.Reshape(tensor=maps, shape=[rows * columns, 4], name="flat")
    best = R.ArgMax(input=flat, dimension=0, output_type=tf.int32, name="best")
    row = R.FloorDiv(x=best, y=tf.constant(columns), name="row")
    column = R.Sub(x=best, y=R.Mul(x=row, y=tf.constant(columns), name="rows"), name="column")
    joint = tf.constant(np.arange(4, dtype=np.int32), name="joint")
    first = tf.constant(np.zeros(4, dtype=np.int32), name="first")
    where = R.Pack(values=[first, row, column, joint], axis=1, name="where")
    found = R.GatherNd(params=maps, indices=where, name="found")
    real = R.Cast(x=R.Pack(values=[row, column], axis=1, name="pair"), DstT=tf.float32, name="real")
    halves = R.Split(axis=3, value=maps, num_split=2, name="halves")
    one = R.Unpack(value=halves[1], num=2, axis=3, name="one")
    longer = R.ExpandDims(input=one[1], axis=1, name="longer")
    shorter = R.Squeeze(input=longer, axis=[0], name="shorter")
    return [R.Identity(input=found, name="out_0"), R.Identity(input=real, name="out_1"),
            R.Identity(input=halves[0], name="out_2"), R.Identity(input=shorter, name="out_3")]


def enlarged(x, w, size):
    rows, columns = size
    outputs = [
        R.ResizeBilinear(images=x, size=[2 * rows, 2 * columns], align_corners=True, name="corners"),
        R.ResizeBilinear(images=x, size=[2 * rows, 3 * columns], name="plain"),
        R.ResizeBilinear(images=x, size=[rows // 2, columns // 2], half_pixel_centers=True, name="smaller"),
        R.ResizeNearestNeighbor(images=x, size=[2 * rows, 2 * columns], name="nearest"),
        R.ResizeNearestNeighbor(images=x, size=[3 * rows, 2 * columns], half_pixel_centers=True, name="nearest_half"),
    ]
    return [R.Identity(input=value, name=f"out_{at}") for at, value in enumerate(outputs)]


FUSED = {"Conv2D": "_FusedConv2D", "DepthwiseConv2dNative": "FusedDepthwiseConv2dNative", "MatMul": "_FusedMatMul"}


def fuse(nodes):
    """Layers named `fuse_…` take in what follows them, as the converter's optimiser has it."""
    by_name = {node["name"]: node for node in nodes}
    readers = {}
    for node in nodes:
        for name in node.get("input", []):
            readers.setdefault(name.split(":")[0], []).append(node)
    gone = set()
    for node in nodes:
        if not node["name"].startswith("fuse_") or node["op"] not in FUSED:
            continue
        chain, at = [], node
        while len(readers.get(at["name"], [])) == 1 and readers[at["name"]][0]["name"].startswith("fuse_"):
            after = readers[at["name"]][0]
            if after["op"] in FUSED:
                break
            chain.append(after)
            at = after
        names = [base64.b64encode(link["op"].encode()).decode() for link in chain]
        for link in chain:
            if link["op"] == "BiasAdd":
                node["input"].append(link["input"][1])
            if link["op"] == "LeakyRelu":
                node["attr"]["leakyrelu_alpha"] = link["attr"]["alpha"]
            gone.add(link["name"])
        last = chain[-1]["name"]
        node["attr"]["fused_ops"] = {"list": {"s": names}}
        node["attr"]["num_args"] = {"i": "1"}
        node["op"] = FUSED[node["op"]]
        gone.discard(last)
        by_name[last].clear()
        by_name[last].update(node, name=last)
        gone.add(node["name"])
    return [node for node in nodes if node["name"] not in gone]


def smaller(values, how):
    """Numbers as they are stored, and as they are read again."""
    if how == "float16" and values.dtype == np.float32 and np.isfinite(values).all():
        stored = values.astype(np.float16)
        return stored, {"dtype": "float16", "original_dtype": "float32"}, stored.astype(np.float32)
    if how == "uint8" and values.dtype == np.float32 and values.size > 1:
        low, high = float(values.min()), float(values.max())
        scale = (high - low) / 255 or 1.0
        stored = np.round((values - low) / scale).astype(np.uint8)
        return stored, {"dtype": "uint8", "min": low, "scale": scale}, (stored * scale + low).astype(np.float32)
    return values, None, values


def run(build, size, picture, weights, first):
    graph = tf.Graph()
    with graph.as_default():
        outputs = build(placeholder(size, first), weights, size)
    with tf.compat.v1.Session(graph=graph) as session:
        return graph, session.run(outputs, {"input_1:0": picture})


def case(name, build, size, other=None, first=False, how="float32"):
    weights = Weights()
    # Drawn, and made smaller before TensorFlow sees them.
    with tf.Graph().as_default():
        build(placeholder(size, first), weights, size)
    kept = {}
    for key, values in weights.known.items():
        stored, quantization, read = smaller(values, how)
        weights.known[key] = read
        kept[key] = (stored, quantization)

    def picture(sides):
        shape = [1, 3, *sides] if first else [1, *sides, 3]
        return NUMBERS.uniform(-1, 1, shape).astype(np.float32)

    inputs = picture(size)
    graph, results = run(build, size, inputs, weights, first)
    nodes = json_format.MessageToDict(graph.as_graph_def())["node"]
    manifest, raw = [], b""
    for node in nodes:
        for value in node.get("attr", {}).values():
            if value.get("type") == "DT_INT64":
                value["type"] = "DT_INT32"
        if node["op"] != "Const":
            continue
        values = tf.make_ndarray(json_format.ParseDict(node["attr"].pop("value")["tensor"], tf.compat.v1.AttrValue().tensor))
        if values.dtype == np.int64:
            values = values.astype(np.int32)
        stored, quantization = kept.get(node["name"], (values, None))
        entry = {"name": node["name"], "shape": list(values.shape), "dtype": str(values.dtype)}
        if quantization:
            entry["quantization"] = quantization
        manifest.append(entry)
        raw += np.ascontiguousarray(stored).tobytes()
    outputs = {f"out_{at}:0": {"name": f"out_{at}:0"} for at in range(len(results))}
    model = {
        "format": "graph-model",
        "modelTopology": {"node": fuse(nodes)},
        "signature": {"outputs": outputs},
        "weightsManifest": [{"paths": ["weights.bin"], "weights": manifest}],
    }

    def looked_at(inputs, results):
        # Channels first, as every engine is fed.
        laid = inputs if first else inputs.transpose(0, 3, 1, 2)
        return {
            "width": laid.shape[3],
            "height": laid.shape[2],
            "picture": [float(v) for v in laid.ravel()],
            "outputs": [{"shape": list(r.shape), "values": [float(v) for v in r.ravel()]} for r in results],
        }

    runs = [looked_at(inputs, results)]
    if other:
        inputs = picture(other)
        runs.append(looked_at(inputs, run(build, other, inputs, weights, first)[1]))
    return {"name": name, "model": model, "weights": base64.b64encode(raw).decode(), "runs": runs}


CASES = [
    case("convolutions", convolutions, (8, 10), other=(12, 16)),
    case("convolutions in half precision", convolutions, (8, 10), how="float16"),
    case("convolutions in steps of a byte", convolutions, (8, 10), how="uint8"),
    case("channels first", channels_first, (8, 12), other=(16, 8), first=True),
    case("pools, means and products", pools, (7, 9), other=(10, 12)),
    case("arithmetic", arithmetic, (4, 5), other=(6, 7)),
    case("places", places, (6, 8)),
    case("enlarged maps", enlarged, (4, 6), other=(6, 8)),
]


def short(value):
    """Floats with as many digits as single precision has."""
    if isinstance(value, float):
        return float(np.format_float_positional(np.float32(value), unique=True)) if np.isfinite(value) else value
    if isinstance(value, dict):
        return {key: short(item) for key, item in value.items()}
    if isinstance(value, list):
        return [short(item) for item in value]
    return value


made = {
    "made_by": f"tests/parity/tfjs_graphs.py with TensorFlow {tf.__version__}, numpy {np.__version__}",
    "cases": [dict(entry, runs=short(entry["runs"])) for entry in CASES],
}
json.dump(made, sys.stdout, separators=(",", ":"))
print()
