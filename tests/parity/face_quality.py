#!/usr/bin/env python3
"""Reference numbers for the quality of faces, from NumPy and OpenCV: writes face_quality.json beside this file.

    python3 -m venv venv && venv/bin/pip install numpy==2.4.6 opencv-python-headless==5.0.0.93
    venv/bin/python face_quality.py

The formulas are those of OFIQ 1.0.3 (BSI-OFIQ/OFIQ-Project, commit a16a990e4c55597d1206bbfa699086be946ae1b3): Luminance.cpp,
UnderExposurePrevention.cpp, OverExposurePrevention.cpp, DynamicRange.cpp, InterEyeDistance.cpp, Sharpness.cpp (the first of
its features with an aperture of 1), image_utils.cpp, and the parameters of data/ofiq_config.jaxn. The region is ours: the
hull of the canonical face model's jaw and brows, seen as five points say; it is filled here pixel by pixel, by the signs of
cross products, and there row by row.
"""
import json, math, pathlib

import cv2
import numpy as np

HERE = pathlib.Path(__file__).parent

# Eyes, nose, corners of the mouth; right, down, away from the camera, in millimetres (MediaPipe's canonical face model).
FACE = np.array([[-31.51, -26.25, -34.66], [31.51, -26.25, -34.66], [0, 11.27, -74.76],
                 [-24.56, 43.43, -42.84], [24.56, 43.43, -42.84]])
OUTLINE = np.array([[-77.43, -23.65, 20.05], [-76.64, -6.73, 24.36], [-75.42, 10.49, 24.31], [-72.71, 28.91, 22.52],
                    [-67.20, 47.89, 17.45], [-59.41, 62.24, 6.31], [-50.85, 71.79, -7.15], [-40.69, 79.93, -19.25],
                    [-32.11, 85.33, -28.02], [-23.09, 89.74, -36.09], [-12.93, 92.96, -40.94], [0, 94.03, -42.64],
                    [-57.21, -42.55, -28.31], [-49.86, -48.02, -37.52], [-39.87, -51.09, -44.66],
                    [-27.60, -51.01, -50.16], [-13.96, -50.12, -53.16]])
OUTLINE = np.concatenate([OUTLINE, OUTLINE * [-1, 1, 1]])


def drawn(width, height, square, low, high, seed):
    columns, rows = -(-width // square), -(-height // square)
    state, values = seed, []
    for _ in range(columns * rows * 3):
        state = (state * 1664525 + 1013904223) % 2**32
        values.append(low + (state >> 24) * (high - low) // 255)
    squares = np.array(values, np.uint8).reshape(rows, columns, 3)
    return np.ascontiguousarray(squares.repeat(square, 0).repeat(square, 1)[:height, :width])


def seen(yaw, pitch, roll, scale, x, y):
    """Five points of a face that is turned so (degrees), so many pixels for a millimetre, the eyes' middle near (x, y)."""
    a, b, c = map(math.radians, (yaw, pitch, roll))
    turn_yaw = np.array([[math.cos(a), 0, -math.sin(a)], [0, 1, 0], [math.sin(a), 0, math.cos(a)]])
    turn_pitch = np.array([[1, 0, 0], [0, math.cos(b), -math.sin(b)], [0, math.sin(b), math.cos(b)]])
    turn_roll = np.array([[math.cos(c), -math.sin(c)], [math.sin(c), math.cos(c)]])
    flat = (turn_pitch @ (turn_yaw @ FACE.T))[:2]
    points = scale * (turn_roll @ flat).T + [x, y]
    return np.float32(np.round(points, 3))


def sigmoid(x, centre, width):
    return 1 / (1 + math.exp((centre - x) / width))


def points_of(quality):
    return min(max(math.floor(quality + 0.5), 0), 100)


def assess(rgb, points):
    points = points.astype(float)
    height, width = rgb.shape[:2]
    # The view: least squares over all coordinates, both rows at once.
    view = np.linalg.lstsq(np.c_[FACE, np.ones(5)], points, rcond=None)[0]
    across, down = view[:3, 0], view[:3, 1]
    sight = np.cross(across / np.linalg.norm(across), down / np.linalg.norm(down))
    yaw = math.atan2(sight[0], sight[2])
    pitch = math.atan2(sight[1], math.hypot(sight[0], sight[2]))
    frontal = abs(math.degrees(yaw)) <= 30 and abs(math.degrees(pitch)) <= 30

    hull = cv2.convexHull((np.c_[OUTLINE, np.ones(len(OUTLINE))] @ view).astype(np.float32)).reshape(-1, 2).astype(float)
    if (hull < 0).any() or (hull > [width - 1, height - 1]).any():
        return None, frontal
    ys, xs = np.mgrid[0:height, 0:width]
    sides = [(b[0] - a[0]) * (ys - a[1]) - (b[1] - a[1]) * (xs - a[0]) for a, b in zip(hull, np.roll(hull, -1, 0))]
    mask = np.all(np.array(sides) >= 0, 0) | np.all(np.array(sides) <= 0, 0)
    if mask.sum() < 16:
        return None, frontal

    share = rgb[mask] / 255
    linear = np.where(share > 0.04045, ((share + 0.055) / 1.055) ** 2.4, share / 12.92)
    luminance = np.floor(linear @ [0.2126, 0.7152, 0.0722] * 255 + 0.5).astype(int)
    histogram = np.bincount(luminance, minlength=256) / len(luminance)
    levels = np.arange(256) / 255
    mean = float(histogram @ levels)
    variance = float(histogram @ (levels - mean) ** 2)
    dark, light = float(histogram[:26].sum()), float(histogram[247:].sum())
    there = histogram[histogram > 0]
    entropy = -float(there @ np.log2(there))

    grey = cv2.GaussianBlur(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), (3, 3), 0)
    laplacian = np.abs(cv2.Laplacian(grey, cv2.CV_64F, ksize=1))
    contrast = cv2.meanStdDev(laplacian, mask=mask.astype(np.uint8))[0].item()

    eyes = float(np.linalg.norm(points[1] - points[0])) / math.cos(yaw)
    return [points_of(100 * sigmoid(eyes, 70, 20)),
            points_of(100 * sigmoid(mean, 0.2, 0.05) * (1 - sigmoid(mean, 0.8, 0.05))),
            points_of(100 * math.sin(60 * variance / (60 * variance + 1) * math.pi)),
            points_of(120 * (0.832 - sigmoid(dark, 0.92, 0.05))),
            points_of(1 / (light + 0.01)),
            points_of(12.5 * entropy),
            contrast], frontal


def main():
    cases = []

    def case(name, pose, **picture):
        found = seen(*pose)
        components, frontal = assess(drawn(**picture), found)
        cases.append({"name": name, "picture": picture, "points": [[round(float(v), 3) for v in p] for p in found],
                      "components": components, "frontal": bool(frontal)})

    size = dict(width=320, height=240)
    case("large, towards the camera", (0, 0, 0, 1, 160, 110), **size, square=5, low=0, high=255, seed=1)
    case("turned by 25 degrees, head tilted", (25, 5, 15, 0.9, 160, 110), **size, square=3, low=0, high=255, seed=2)
    case("turned by 45 degrees", (-45, 0, 0, 0.8, 150, 120), **size, square=4, low=20, high=200, seed=3)
    case("looks down", (0, 35, -10, 0.7, 160, 120), **size, square=7, low=40, high=160, seed=4)
    case("small", (5, -5, 3, 0.12, 100, 80), **size, square=2, low=0, high=255, seed=5)
    case("dark", (10, 0, 0, 0.5, 100, 90), **size, square=3, low=0, high=90, seed=6)
    case("nearly all dark", (0, 0, 0, 0.5, 100, 90), **size, square=3, low=0, high=95, seed=16)
    case("light", (0, 10, 0, 0.5, 200, 130), **size, square=3, low=235, high=255, seed=7)
    case("flat", (0, 0, 0, 0.6, 160, 120), **size, square=400, low=90, high=140, seed=8)
    case("at the very edge of the picture", (0, 0, 0, 0.6, 47, 120), **size, square=2, low=0, high=255, seed=9)
    case("beyond the edge of the picture", (0, 0, 0, 0.6, 40, 120), **size, square=2, low=0, high=255, seed=10)
    case("too small", (0, 0, 0, 0.02, 160, 120), **size, square=2, low=0, high=255, seed=11)
    made = {"by": "face_quality.py", "opencv": cv2.__version__, "numpy": np.__version__}
    text = json.dumps({"made": made, "cases": cases}, indent=1)
    (HERE / "face_quality.json").write_text(text + "\n", encoding="utf-8")
    for one in cases:
        print(one["name"], one["components"], one["frontal"])


main()
