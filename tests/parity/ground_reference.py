"""What the measures on the ground plane have to find on PETS 2009 S2.L1, computed from the labels' own metres.

The labels (MOTChallenge `gt.txt`) hold, besides each box, the place on the ground in metres (columns 8 and 9). The
program under test never sees them: it is given boxes and the camera file. Here everything is computed from the metres,
with plain loops, another inverse of the camera (rays are intersected with the ground) and without smoothing, so that the two have nothing in common but the definitions.

    python3 ground_reference.py FOLDER > ground_reference.json

FOLDER holds `gt.txt` and `View_001.xml`. Only numbers about all people together are written. Versions: requirements.txt.
"""

import json
import math
import sys
import xml.etree.ElementTree as ElementTree

import numpy as np

FPS = 7.0
TOGETHER_METRES, TOGETHER_SECONDS, GAP_SECONDS = 1.5, 5.0, 1.0
GROUND = [[60, 200], [700, 150], [740, 430], [180, 560]]
ZONE = [[230, 170], [480, 160], [560, 330], [210, 340]]
LINE = ([380, 380], [380, 120])
ARROW = ([100, 300], [600, 300])


def camera(path):
    tags = {element.tag: {k: v for k, v in element.attrib.items()} for element in ElementTree.parse(path).getroot()}
    g, i, e = ({k: float(v) for k, v in tags[name].items()} for name in ("Geometry", "Intrinsic", "Extrinsic"))
    def about(axis, angle):
        c, s = math.cos(angle), math.sin(angle)
        return {
            "x": np.array([[1, 0, 0], [0, c, -s], [0, s, c]]),
            "y": np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]]),
            "z": np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]]),
        }[axis]
    rotation = about("z", e["rz"]) @ about("y", e["ry"]) @ about("x", e["rx"])
    translation = np.array([e["tx"], e["ty"], e["tz"]])
    centre = -rotation.T @ translation
    def to_ground(pixel):
        d = np.array([(pixel[0] - i["cx"]) * g["dpx"] / i["sx"], (pixel[1] - i["cy"]) * g["dpy"]])
        u = d * (1 + i["kappa1"] * (d @ d))
        ray = rotation.T @ np.array([u[0], u[1], i["focal"]])
        return (centre - ray * centre[2] / ray[2])[:2] / 1000.0
    return to_ground


def inside(polygon, place):
    hit = False
    for (ax, ay), (bx, by) in zip(polygon, polygon[1:] + polygon[:1]):
        if (ay > place[1]) != (by > place[1]) and place[0] < ax + (place[1] - ay) / (by - ay) * (bx - ax):
            hit = not hit
    return hit


def edge_distance(polygon, place):
    best = math.inf
    for a, b in zip(polygon, polygon[1:] + polygon[:1]):
        a, b, p = map(np.asarray, (a, b, place))
        at = np.clip((p - a) @ (b - a) / ((b - a) @ (b - a)), 0, 1)
        best = min(best, float(np.hypot(*(a + at * (b - a) - p))))
    return best


def shoelace(polygon):
    x, y = np.array(polygon).T
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2


def laid(to_ground, polygon, pieces=200):
    out = []
    for a, b in zip(polygon, polygon[1:] + polygon[:1]):
        for k in range(pieces):
            out.append(tuple(to_ground(np.array(a) + k / pieces * (np.array(b) - np.array(a)))))
    return out


def main(folder):
    rows = [[float(v) for v in line.split(",")] for line in open(f"{folder}/gt.txt")]
    to_ground = camera(f"{folder}/View_001.xml")
    errors = [math.dist(to_ground((r[2] + r[4] / 2, r[3] + r[5])), r[7:9]) for r in rows]
    people = {}
    for r in rows:
        people.setdefault(int(r[1]), {})[int(r[0])] = np.array(r[7:9])
    frames = int(max(r[0] for r in rows))
    out = {"numpy": np.__version__, "frames": frames, "people": len(people), "fps": FPS}
    out["calibration_metres"] = {
        "root_mean_square": float(np.sqrt(np.mean(np.square(errors)))),
        "largest": max(errors),
    }

    # Pace: the way of 7 frames.
    typical, kept_up = [], []
    for path in people.values():
        speeds = {f: math.dist(path[f], path[f + 7]) for f in path if f + 7 in path}
        if speeds:
            ordered = sorted(speeds.values())
            typical.append(ordered[(len(ordered) - 1) // 2])
        runs = [min(speeds[f + k] for k in range(8)) for f in speeds if all(f + k in speeds for k in range(8))]
        if runs:
            kept_up.append(max(runs))
    out["pace"] = {
        "quantiles": {q: float(np.quantile(typical, float(q), method="inverted_cdf")) for q in ("0.25", "0.5", "0.75")},
        "faster": {t: sum(v >= float(t) for v in kept_up) / len(kept_up) for t in ("2.0", "3.0")},
        "people": len(kept_up),
    }

    # Distances and groups, in every frame.
    ids = sorted(people)
    nearest, near_frames = [], {}
    for f in range(1, frames + 1):
        here = [i for i in ids if f in people[i]]
        for i in here:
            distances = [math.dist(people[i][f], people[j][f]) for j in here if j != i]
            nearest.append(min(distances, default=math.inf))
            for j in here:
                if i < j and math.dist(people[i][f], people[j][f]) < TOGETHER_METRES:
                    near_frames.setdefault((i, j), []).append(f)
    runs = []
    for pair, hits in near_frames.items():
        start = last = hits[0]
        for f in hits[1:] + [10**9]:
            if f - last > (GAP_SECONDS + 0.5) * FPS:
                if (last - start) / FPS >= TOGETHER_SECONDS:
                    runs.append((pair, start, last))
                start = f
            last = f
    largest, gatherings, before = dict.fromkeys(ids, 1), 0, set()
    for f in range(1, frames + 2):
        parent = {i: i for i in ids}
        def root(i):
            return i if parent[i] == i else root(parent[i])
        for (i, j), a, b in runs:
            if a <= f <= b:
                parent[root(i)] = root(j)
        groups = {}
        for i in ids:
            groups.setdefault(root(i), set()).add(i)
        now = set()
        for group in groups.values():
            for i in group:
                largest[i] = max(largest[i], len(group))
            if len(group) >= 3:
                gatherings += not (group & before)
                now |= group
        before = now
    out["groups"] = {
        "nearer": {t: sum(d < float(t) for d in nearest) / len(nearest) for t in ("1.0", "1.5", "2.0")},
        "in_group": sum(v > 1 for v in largest.values()) / len(ids),
        "sizes": {str(s): sum(v == s for v in largest.values()) for s in sorted(set(largest.values())) if s > 1},
        "gatherings": gatherings,
        "median_nearest": float(np.median([d for d in nearest if d < math.inf])),
    }

    # Density on the ground, laid through the camera.
    polygon = laid(to_ground, GROUND)
    area = shoelace(polygon)
    per_frame = [sum(inside(polygon, p[f]) for p in people.values() if f in p) for f in range(1, frames + 1)]
    out["density"] = {"square_metres": area, "mean": float(np.mean(per_frame)) / area}

    # A zone and a line, with a guard of a tenth of 1.7 m.
    polygon = laid(to_ground, ZONE)
    visits, visitors = [], 0
    for path in people.values():
        start, mine, last = None, 0, None
        for f in sorted(path):
            clear = edge_distance(polygon[::20], path[f]) >= 0.17
            within = inside(polygon, path[f])
            if start is None and within and clear:
                start = f
            elif start is not None and not within and clear:
                if (last - start) / FPS >= 1.0:
                    visits.append((last - start) / FPS)
                    mine += 1
                start = None
            last = f
        if start is not None and (last - start) / FPS >= 1.0:
            visits.append((last - start) / FPS)
            mine += 1
        visitors += mine > 0
    occupied = [any(inside(polygon, p[f]) for p in people.values() if f in p) for f in range(1, frames + 1)]
    a, b = (to_ground(p) for p in LINE)
    picture_right = to_ground((LINE[0][0] + 50, (LINE[0][1] + LINE[1][1]) / 2))
    def off(p):
        (x, y), (u, v) = b - a, p - a
        return float((x * v - y * u) / np.hypot(x, y))
    right = math.copysign(1.0, off(picture_right))
    crossed = {1: 0, -1: 0}
    for path in people.values():
        side, place = None, None
        for f in sorted(path):
            d = off(path[f]) * right
            if abs(d) < 0.17:
                continue
            now = 1 if d > 0 else -1
            if side is not None and now != side:
                u, v = off(place), off(path[f])
                meet = place + u / (u - v) * (path[f] - place)
                if 0 <= (meet - a) @ (b - a) / ((b - a) @ (b - a)) <= 1:
                    crossed[now] += 1
            side, place = now, path[f]
    out["intrusion"] = {
        "visits": len(visits),
        "visitors": visitors / len(people),
        "occupied": float(np.mean(occupied)),
        "median_stay": float(np.median(visits)),
        "forward": crossed[1],
        "backward": crossed[-1],
    }

    # Against the arrow.
    arrow = to_ground(ARROW[1]) - to_ground(ARROW[0])
    arrow /= np.hypot(*arrow)
    movers, against, events = 0, 0, 0
    for path in people.values():
        ordered = sorted(path)
        if math.dist(path[ordered[0]], path[ordered[-1]]) < 2.0:
            continue
        movers += 1
        mine, length = 0, 0
        for f in ordered + [10**9]:
            step = path[f + 7] - path[f] if f in path and f + 7 in path else None
            hit = step is not None and np.hypot(*step) >= 0.3 and step @ arrow <= -math.sqrt(0.5) * np.hypot(*step)
            length = length + 1 if hit else 0
            mine += length == 8
        against += mine > 0
        events += mine
    out["direction"] = {"movers": movers, "against": against / movers, "events": events}
    json.dump(out, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main(sys.argv[1])
