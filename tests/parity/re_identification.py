#!/usr/bin/env python3
"""How well networks of bodies tell the labelled people of PETS 2009 S2.L1 apart, by an implementation that is not ours.

In: the folder with OSNet and, below it, the folder omz with Intel's; the clip vtest.avi; its labels (gt.txt); ffmpeg. Out:
re_identification.json beside this script.

    python3 re_identification.py MODELS_FOLDER vtest.avi gt.txt

OpenVINO's Python package runs all three. Pairs are those of appearance_reference.py. Pictures are prepared as torchreid's transforms
do it (OSNet), and as the zoo's own pages say (blue first, values as they are). Nothing is kept but counts and rates.
"""

import hashlib
import json
import pathlib
import sys

import numpy as np
import openvino
import PIL
from PIL import Image

from appearance_reference import by_labels, frames, unit

NETWORKS = {
    "osnet-x0-25": ("osnet_x0_25_msmt17_smorodov.onnx",),
    "reidentification-0287": ("omz/person-reidentification-retail-0287.onnx",),
    "reidentification-0277": ("omz/person-reidentification-retail-0277-fp16.xml", "omz/person-reidentification-retail-0277-fp16.bin"),
}
MEAN, DEVIATION = np.array([0.485, 0.456, 0.406], np.float32), np.array([0.229, 0.224, 0.225], np.float32)


def embedder(name, paths):
    core = openvino.Core()
    core.set_property("CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    network = core.compile_model(core.read_model(*paths), "CPU")

    def embed(crop):
        tensor = np.asarray(Image.fromarray(crop).resize((128, 256), Image.BILINEAR), np.float32)
        tensor = (tensor / 255 - MEAN) / DEVIATION if name == "osnet-x0-25" else tensor[:, :, ::-1]
        return unit(list(network(np.ascontiguousarray(tensor.transpose(2, 0, 1)[None])).values())[0])

    return embed


def main():
    folder, clip, truth = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    pictures, labels = frames(clip), np.loadtxt(truth, delimiter=",")
    found = {"versions": {"numpy": np.__version__, "openvino": openvino.__version__, "pillow": PIL.__version__}}
    for name, files in NETWORKS.items():
        paths = [folder / file for file in files]
        found[name] = {"sha256": [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths],
                       **by_labels(embedder(name, paths), pictures, labels)}
    target = pathlib.Path(__file__).with_name("re_identification.json")
    target.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
