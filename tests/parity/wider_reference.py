"""Small label files of WIDER FACE's kind, detections, and the benchmark's figures for them, for
src/scoring/wider_parity.rs. The figures are computed with the steps of the benchmark's eval_tools (wider_eval.m,
norm_score.m, evaluation.m, image_evaluation.m, VOCap.m), written out here in numpy.

    python3 tests/parity/wider_reference.py tests/parity/wider_tiny      (numpy 2.4.6, scipy 1.17.1)
"""
import json, os, sys
import numpy as np
import scipy.io

OUT = sys.argv[1]
random = np.random.default_rng(3226)
EVENTS = {"0--Parade": 6, "1--Handshaking": 5, "2--Demonstration": 5}
SETS = ["easy", "medium", "hard"]


def make():
    events = []
    for event, pictures in EVENTS.items():
        names, faces, found, kept = [], [], [], {s: [] for s in SETS}
        for at in range(pictures):
            n = int(random.integers(1, 9))
            size = random.choice([8, 14, 30, 60, 150], n)
            box = np.stack([random.uniform(0, 800, n), random.uniform(0, 600, n), size, size * 1.3], 1).round()
            names.append(f"{event.split('--')[0]}_{event.split('--')[1]}_{event.split('--')[0]}_{at}")
            faces.append(box)
            for name, least in zip(SETS, [50, 25, 10]):
                kept[name].append(np.flatnonzero(size >= least) + 1)
            rows = []
            for b, s in zip(box, size):
                for _ in range(int(random.choice([0, 1, 1, 1, 2]))):
                    rows.append([*(b + random.normal(0, 0.07, 4) * s).round(1), round(float(random.beta(5, 2)), 4)])
            for _ in range(int(random.integers(0, 4))):
                rows.append([*random.uniform(0, 600, 2).round(1), 25.0, 32.0, round(float(random.beta(2, 5)), 4)])
            found.append(np.array(sorted(rows, key=lambda r: -r[4])).reshape(-1, 5))
        events.append((event, names, faces, kept, found))
    return events


def cell(values):
    out = np.empty((len(values), 1), dtype=object)
    for at, value in enumerate(values):
        out[at, 0] = value
    return out


def write(events):
    for name in SETS:
        scipy.io.savemat(f"{OUT}/wider_{name}_val.mat", {
            "event_list": cell([e[0] for e in events]),
            "file_list": cell([cell(e[1]) for e in events]),
            "face_bbx_list": cell([cell(e[2]) for e in events]),
            "gt_list": cell([cell([k.reshape(-1, 1).astype(np.uint8) for k in e[3][name]]) for e in events]),
        }, do_compression=True)
    for event, names, _, _, found in events:
        for name, rows in zip(names, found):
            os.makedirs(f"{OUT}/detections/{event}", exist_ok=True)
            with open(f"{OUT}/detections/{event}/{name}.txt", "w") as file:
                file.write(f"{name}\n{len(rows)}\n" + "".join(" ".join(f"{v:g}" for v in r) + "\n" for r in rows))


def overlap(a, b):
    across = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0]) + 1
    down = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1]) + 1
    if across <= 0 or down <= 0:
        return 0.0
    return across * down / ((a[2] + 1) * (a[3] + 1) + (b[2] + 1) * (b[3] + 1) - across * down)


def figure(events, name):
    scores = np.concatenate([rows[:, 4] for e in events for rows in e[4]])
    low, high = scores.min(), scores.max()
    curve, count = np.zeros((1000, 2)), 0
    for _, _, faces, kept, found in events:
        for box, keep, rows in zip(faces, kept[name], found):
            count += len(keep)
            if len(rows) == 0:
                continue
            ignore = np.ones(len(box), bool)
            ignore[keep - 1] = False
            recalled, proposal, recall = np.zeros(len(box)), np.ones(len(rows)), np.zeros(len(rows))
            for at, row in enumerate(rows):
                overlaps = [overlap(row, b) for b in box]
                best = int(np.argmax(overlaps))
                if overlaps[best] >= 0.5:
                    if ignore[best]:
                        recalled[best] = -1
                        proposal[at] = -1
                    elif recalled[best] == 0:
                        recalled[best] = 1
                recall[at] = (recalled == 1).sum()
            score = (rows[:, 4] - low) / (high - low)
            for t in range(1000):
                there = np.flatnonzero(score >= 1 - (t + 1) / 1000)
                if len(there):
                    last = there[-1]
                    curve[t] += [(proposal[: last + 1] == 1).sum(), recall[last]]
    precision = np.divide(curve[:, 1], curve[:, 0], out=np.zeros(1000), where=curve[:, 0] > 0)
    rec = np.concatenate([[0], curve[:, 1] / count, [1]])
    pre = np.concatenate([[0], precision, [0]])
    for at in range(len(pre) - 1, 0, -1):
        pre[at - 1] = max(pre[at - 1], pre[at])
    moves = np.flatnonzero(rec[1:] != rec[:-1])
    return float(((rec[moves + 1] - rec[moves]) * pre[moves + 1]).sum())


events = make()
write(events)
json.dump({f"wider_{name}": figure(events, name) for name in SETS}, open(f"{OUT}/figures.json", "w"), indent=1)
print(open(f"{OUT}/figures.json").read())
