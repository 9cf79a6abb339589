"""Reference poses: MoveNet Lightning on ONNX Runtime, on people of the PETS clip. Writes poses.json beside this file.

    pip install onnxruntime==1.31.1 opencv-python-headless==4.11.0.86 numpy scipy
    python poses.py movenet-lightning.onnx vtest.avi gt.txt

The model is that of movenet_to_onnx.py. Crops are cut here by SciPy's `map_coordinates` (order 1), not by our code.
"""

import hashlib
import json
import pathlib
import sys

import cv2
import numpy as np
import onnxruntime
import scipy
from scipy.ndimage import map_coordinates

SIDE = 192
ROOM = 1.25


def crop(frame, left, top, width, height):
    """The box in the middle of a square a quarter larger; edges in pixels, centres half a pixel after them."""
    across = ROOM * max(width, height)
    scale = across / SIDE
    at = np.arange(SIDE) + 0.5
    columns = left + width / 2 - across / 2 + at * scale - 0.5
    rows = top + height / 2 - across / 2 + at * scale - 0.5
    grid = np.meshgrid(rows, columns, indexing="ij")
    channels = [map_coordinates(frame[:, :, c].astype(np.float64), grid, order=1, cval=0.0) for c in range(3)]
    return np.floor(np.stack(channels, axis=-1) + 0.5).clip(0, 255)


def main(model, clip, truth):
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    wanted = {0, 30, 60, 90}
    people = [list(map(float, line.split(",")[:6])) for line in open(truth)]
    reader = cv2.VideoCapture(clip)
    rows = []
    for number in range(max(wanted) + 1):
        frame = reader.read()[1][:, :, ::-1]
        if number not in wanted:
            continue
        for _, _, left, top, width, height in sorted(p for p in people if int(p[0]) == number + 1):
            # Crops larger than the input are averaged by us and not by SciPy.
            if ROOM * max(width, height) > SIDE:
                continue
            picture = crop(frame, left, top, width, height)[None].astype(np.int32)
            joints = session.run(None, {name: picture})[0][0, 0]
            rows.append({
                "frame": number,
                "box": [left, top, left + width, top + height],
                "joints": [[round(float(x), 5), round(float(y), 5), round(float(c), 5)] for y, x, c in joints],
            })
    result = {
        "made_with": {
            "onnxruntime": onnxruntime.__version__,
            "opencv": cv2.__version__,
            "scipy": scipy.__version__,
        },
        "model_sha256": hashlib.sha256(pathlib.Path(model).read_bytes()).hexdigest(),
        "people": rows,
    }
    path = pathlib.Path(__file__).with_name("poses.json")
    path.write_text(json.dumps(result) + "\n")
    print(len(rows), "people")


if __name__ == "__main__":
    main(*sys.argv[1:])
