"""Scores our tracker by two independent judges, py-motmetrics and TrackEval, and prints the tables of track_evaluate.md.

    python3 track_evaluate.py --shared SHARED_DATA --yolox yolox.txt --nanodet nanodet.txt [--sensitivity]
    python3 track_evaluate.py --shared SHARED_DATA --exported NAME:THRESHOLD:FOLDER ... [--bodies MODEL] [--change NAME=VALUE,...] ...

`yolox.txt` and `nanodet.txt` are made by track_detect.py. Without them those rows are named as left out. IoU 0.5; labels of
weight 0, or of another class than people, are dropped. Needs motmetrics, trackeval, numpy and scipy; run it from anywhere in
the repository.

With --exported, the table of the program's own detectors: FOLDER holds what `vsa-audit audit vtest.avi MOT17-02-FRCNN/img1
MOT17-05-FRCNN/img1 MOT17-10-FRCNN/img1 --sequence-fps 30 --models NAME --data-basis public --export-objects --out FOLDER` wrote,
THRESHOLD is the model's own. --bodies FILE;torchreid or FILE;zoo: a model that describes bodies, run on the clip of PETS (which
VSA_AUDIT_TEST_FRAMES names) as a run does. Each --change gives a table with settings of the tracker changed.
"""
import argparse
import collections
import importlib.metadata
import os
import pathlib
import subprocess
import sys
import tempfile
import warnings

import numpy as np
import scipy.optimize

warnings.filterwarnings("ignore")
import motmetrics  # noqa: E402
from trackeval.metrics import CLEAR, HOTA, Identity  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
SENSITIVITY = {
    "high_score": (0.4, 0.6), "low_score": (0.2,), "begin_score": (0.2, 0.4), "convincing_score": (0.45, 0.55),
    "still_score": (0.6, 0.7), "still_seconds": (2, 5), "still_wander": (0.15, 0.4), "evidence": (1, 2.5),
    "overlap": (0.1, 0.3), "doubtful_overlap": (0.3, 0.5), "duplicate_overlap": (0.5, 0.75), "gate": (8, 14),
    "motion_weight": (0.15, 0.5), "widening": (0.5, 1.5), "widest": (0.2, 0.5), "patience": (1, 2),
    "place_noise": (0.045, 0.08), "size_noise": (0.075, 0.14), "doubt": (1, 3), "speed": (0.6, 1.1),
    "acceleration": (0.15, 0.3), "size_acceleration": (0.03, 0.08), "window": (2, 6), "reach": (0.2, 0.5),
    "reach_growth": (0.2, 0.6), "height_ratio": (1.25, 1.5), "end_piece": (0.5, 1.2), "bridge": (1, 3),
}


def spoilt(path, seed, folder):
    """A worse detector: a fifth of the boxes lost, the others moved, resized and scored anew."""
    random, rows = np.random.default_rng(seed), np.loadtxt(path, delimiter=",")
    rows = rows[random.random(len(rows)) > 0.2]
    height, count = rows[:, 5].copy(), len(rows)
    rows[:, 2] += random.normal(0, 0.04, count) * height
    rows[:, 3] += random.normal(0, 0.06, count) * height
    rows[:, 4] *= np.exp(random.normal(0, 0.1, count))
    rows[:, 5] *= np.exp(random.normal(0, 0.07, count))
    rows[:, 6] = np.clip(rows[:, 6] + random.normal(0, 0.1, count), 0.05, 1)
    out = folder / f"spoilt{seed}.txt"
    np.savetxt(out, rows, fmt=["%d", "%d"] + ["%.4f"] * 5, delimiter=",")
    return out


def made_of_labels(path, seed, folder, name):
    """Sequences whose detections nobody published: labels with a quarter lost, the others unsteady, and one false box a frame."""
    random, rows = np.random.default_rng(seed), np.loadtxt(path, delimiter=",")
    rows = rows[(rows[:, 6] != 0) & ((rows[:, 7] == 1) if name == "MOT17-05" else True)]
    truth = folder / f"{name}.gt.txt"
    np.savetxt(truth, rows, fmt="%g", delimiter=",")
    last = int(rows[:, 0].max())
    # What is hidden for more than 70 % no detector finds (MOT17 says how much can be seen).
    rows = rows[rows[:, 8] > 0.3] if name == "MOT17-05" else rows
    rows = rows[random.random(len(rows)) > 0.25]
    height, count = rows[:, 5], len(rows)
    sizes = rows[:, 4:6] * np.exp(random.normal(0, 1, (count, 2)) * [0.1, 0.06])
    places = rows[:, 2:4] + random.normal(0, 1, (count, 2)) * [0.04, 0.05] * height[:, None]
    scores = np.clip(random.normal(0.7, 0.15, count), 0.15, 0.98)
    found = np.column_stack([rows[:, 0], -np.ones(count), places, sizes, scores])
    tall = random.choice(height, last)
    false = np.column_stack([random.integers(1, last + 1, last), -np.ones(last), random.random(last) * 600,
                             random.random(last) * 350, tall * 0.4, tall, random.uniform(0.1, 0.6, last)])
    out = folder / f"{name}.det.txt"
    np.savetxt(out, np.concatenate([found, false]), fmt=["%d", "%d"] + ["%.3f"] * 5, delimiter=",")
    return out, last, truth


def cases(options, folder):
    shared = pathlib.Path(options.shared)
    pets, tud = shared / "footage/pets09-s2l1", shared / "known-answers/tud/TUD-Stadtmitte"
    of_pets = lambda name, path, full, stride: (name, path, full, 795, stride, 7, (768, 576), pets / "gt.txt")
    found, left_out = [], []
    if options.yolox:
        found += [of_pets(f"PETS, YOLOX-nano{end}", options.yolox, 1, stride) for stride, end in
                  ((1, ""), (2, ", every 2nd frame"), (3, ", every 3rd frame"))]
        for seed in (1, 2, 3):
            path = spoilt(options.yolox, seed, folder)
            found += [of_pets(f"PETS, YOLOX-nano spoilt ({seed})", path, 1, 1),
                      of_pets(f"PETS, YOLOX-nano spoilt ({seed}), every 2nd frame", path, 1, 2)]
    else:
        left_out.append("YOLOX-nano")
    if options.nanodet:
        found += [of_pets("PETS, NanoDet-m 320", options.nanodet, 1, 1),
                  of_pets("PETS, NanoDet-m 320, every 2nd frame", options.nanodet, 1, 2)]
    else:
        left_out.append("NanoDet")
    found += [of_pets("PETS, public ACF", pets / "det.acf.txt", 100, 1),
              of_pets("PETS, public ACF, every 2nd frame", pets / "det.acf.txt", 100, 2),
              ("TUD-Stadtmitte, public ACF", tud / "det.acf.txt", 100, 179, 1, 25, (640, 480), tud / "gt.txt"),
              ("TUD-Stadtmitte, public ACF, every 3rd frame", tud / "det.acf.txt", 100, 179, 3, 25, (640, 480), tud / "gt.txt")]
    answers = shared / "known-answers"
    for name, path, fps in (("TUD-Campus", answers / "tud/TUD-Campus/gt.txt", 25), ("TUD-Stadtmitte", tud / "gt.txt", 25),
                            ("MOT17-05", answers / "mot17-05/MOT17-05.gt.txt", 14)):
        path, last, truth = made_of_labels(path, 1, folder, name)
        found += [(f"{name}, made of labels{end}", path, 1, last, stride, fps, (640, 480), truth)
                  for stride, end in ((1, ""), (2, ", every 2nd frame"))]
    for name in left_out:
        print(f"LEFT OUT: {name} (no detections given)", file=sys.stderr)
    return found


def exported(options, folder):
    """The program's own detections on the development sequences. Those of MOT17-mini last a sixth of a second at their own rate,
    less than anybody has to be seen: two of the three are played at 10 frames a second."""
    footage = pathlib.Path(options.shared) / "footage"
    found = []
    for model in options.exported:
        name, threshold, place = model.split(":", 2)
        file = lambda item: pathlib.Path(place) / f"people-detections-item-{item}.txt"
        pets = footage / "pets09-s2l1/gt.txt"
        found.append((f"{name}, PETS", file(1), 1, 795, 1, 10, (768, 576), pets, threshold))
        for item, (sequence, last, fps, size) in enumerate(
                (("02", 4, 10, (1920, 1080)), ("05", 6, 14, (640, 480)), ("10", 5, 10, (1920, 1080))), 2):
            rows = np.loadtxt(footage / f"mot17-mini/MOT17-{sequence}-FRCNN/gt/gt.txt", delimiter=",")
            truth = folder / f"mot17-mini-{sequence}.txt"
            np.savetxt(truth, rows[(rows[:, 6] != 0) & (rows[:, 7] == 1)], fmt="%g", delimiter=",")
            found.append((f"{name}, MOT17-{sequence}", file(item), 1, last, 1, fps, size, truth, threshold))
    return found


def held(truth, tracked, fps):
    """Tracks per person, share of tracks with more than one person, tracks that hold nobody. A track holds a person with whom it goes
    for half a second, or, where it is shorter, in half of its sightings."""
    together = collections.Counter()
    for _, people, tracks, overlap in aligned(truth, tracked):
        for a, b in zip(*scipy.optimize.linear_sum_assignment(-np.where(overlap >= 0.5, overlap, 0))):
            if overlap[a, b] >= 0.5:
                together[people[a], tracks[b]] += 1
    length = collections.Counter(int(row[1]) for rows in tracked.values() for row in rows)
    holds = [pair for pair, count in together.items() if count >= min(0.5 * fps, 0.5 * length[pair[1]])]
    of_person, of_track = collections.Counter(a for a, _ in holds), collections.Counter(b for _, b in holds)
    mixed = sum(count > 1 for count in of_track.values())
    return len(holds) / max(len(of_person), 1), mixed, len(of_track), len(length) - len(of_track)


def table_of_exported(options, folder):
    found = exported(options, folder)
    changes = options.change or [""]
    jobs, outs = [], {}
    for change in changes:
        for at, (name, path, full, last, stride, fps, size, _, threshold) in enumerate(found):
            out = outs[change, at] = folder / f"{len(jobs)}.txt"
            # `absolute`: scores as they are written, whatever the detector; `motion`: looks are left out.
            words = [word for word in change.split(",") if word]
            settings = [] if "absolute" in words else [f"threshold={threshold}"]
            settings = ",".join(settings + [word for word in words if word not in ("absolute", "motion")])
            bodies = options.bodies if options.bodies and name.endswith("PETS") and "motion" not in words else ""
            jobs.append("|".join(map(str, (path, full, last, stride, fps, *size, settings, bodies, out))))
    run(jobs, folder)
    for change in changes:
        print(f"\n### {change or 'default'}\n")
        print("| detector, sequence | tracks | tracks per person | tracks with several people | tracks with nobody | switches | "
              "MOTA | IDF1 | HOTA |\n|---|---|---|---|---|---|---|---|---|")
        for at, case in enumerate(found):
            truth, tracked = read(case[7], 1, True), read(outs[change, at], 1, False)
            count = len({int(row[1]) for rows in tracked.values() for row in rows})
            per_person, mixed, holding, nobody = held(truth, tracked, case[5])
            mota, idf1, hota, switches = by_trackeval(truth, tracked)
            print(f"| {case[0]} | {count} | {per_person:.2f} | {mixed} of {holding} | {nobody} | {int(switches)} | {mota:.3f} | "
                  f"{idf1:.3f} | {hota:.3f} |", flush=True)


def run(jobs, folder):
    listing = folder / "jobs"
    listing.write_text("\n".join(jobs))
    done = subprocess.run(
        ["cargo", "test", "--quiet", "--package", "vsa-room", "--lib", "the_jobs_of_the_evaluation_script_are_run", "--", "--ignored"],
        cwd=ROOT, env=dict(os.environ, VSA_AUDIT_TRACK_JOBS=str(listing)), capture_output=True, text=True)
    if done.returncode or "1 passed" not in done.stdout:
        sys.exit(done.stdout + done.stderr)


def read(path, stride, labels):
    rows = np.loadtxt(path, delimiter=",", ndmin=2)
    rows = rows.reshape(-1, rows.shape[1] if rows.size else 10)
    if labels:
        rows = rows[rows[:, 6] != 0]
    frames = {}
    for row in rows[(rows[:, 0] - 1) % stride == 0]:
        frames.setdefault(int(row[0]), []).append(row)
    return {frame: np.array(boxes) for frame, boxes in frames.items()}


def overlaps(one, other):
    a, b = one[:, None, 2:6], other[None, :, 2:6]
    sides = np.minimum(a[..., :2] + a[..., 2:], b[..., :2] + b[..., 2:]) - np.maximum(a[..., :2], b[..., :2])
    common = np.prod(np.maximum(sides, 0), -1)
    return common / (np.prod(a[..., 2:], -1) + np.prod(b[..., 2:], -1) - common)


def aligned(truth, tracked):
    nobody = np.zeros((0, 10))
    for frame in sorted(set(truth) | set(tracked)):
        a, b = truth.get(frame, nobody), tracked.get(frame, nobody)
        yield frame, a[:, 1].astype(int), b[:, 1].astype(int), overlaps(a, b)


def by_motmetrics(truth, tracked):
    events = motmetrics.MOTAccumulator()
    for frame, people, tracks, overlap in aligned(truth, tracked):
        events.update(people, tracks, np.where(overlap >= 0.5, 1 - overlap, np.nan), frameid=frame)
    names = ["mota", "idf1", "num_switches", "num_false_positives", "num_misses", "mostly_tracked", "num_unique_objects"]
    return motmetrics.metrics.create().compute(events, metrics=names, name="it").iloc[0]


def by_trackeval(truth, tracked):
    frames = list(aligned(truth, tracked))
    number = lambda side: {old: new for new, old in enumerate(sorted({i for f in frames for i in f[side]}))}
    people, tracks = number(1), number(2)
    data = {
        "num_timesteps": len(frames), "num_gt_ids": len(people), "num_tracker_ids": len(tracks),
        "gt_ids": [np.array([people[i] for i in f[1]], int) for f in frames],
        "tracker_ids": [np.array([tracks[i] for i in f[2]], int) for f in frames],
        "similarity_scores": [f[3] for f in frames],
        "num_gt_dets": sum(len(f[1]) for f in frames), "num_tracker_dets": sum(len(f[2]) for f in frames),
    }
    quiet = {"PRINT_CONFIG": False}
    clear, identity = CLEAR(quiet).eval_sequence(data), Identity(quiet).eval_sequence(data)
    return clear["MOTA"], identity["IDF1"], float(np.mean(HOTA().eval_sequence(data)["HOTA"])), clear["IDSW"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", required=True)
    parser.add_argument("--yolox")
    parser.add_argument("--nanodet")
    parser.add_argument("--sensitivity", action="store_true")
    parser.add_argument("--exported", action="append", default=[])
    parser.add_argument("--bodies")
    parser.add_argument("--change", action="append", default=[])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        if options.exported:
            return table_of_exported(options, folder)
        found = cases(options, folder)
        changes = [""]
        if options.sensitivity:
            changes += [f"{key}={value}" for key, values in SENSITIVITY.items() for value in values]
        jobs, outs = [], {}
        for change in changes:
            for at, (_, path, full, last, stride, fps, size, _) in enumerate(found):
                out = outs[change, at] = folder / f"{len(jobs)}.txt"
                jobs.append("|".join(map(str, (path, full, last, stride, fps, *size, change, "", out))))
        run(jobs, folder)
        truths = [read(case[7], case[4], True) for case in found]
        versions = [f"{package} {importlib.metadata.version(package)}" for package in ("motmetrics", "trackeval", "numpy")]
        print(f"Judges: {', '.join(versions)}. IoU 0.5.\n")
        print("| sequence and detections | MOTA | IDF1 | TrackEval: MOTA | IDF1 | HOTA | switches | false | missed | mostly tracked | tracks |")
        print("|---|---|---|---|---|---|---|---|---|---|---|")
        for at, case in enumerate(found):
            tracked = read(outs["", at], 1, False)
            one, other = by_motmetrics(truths[at], tracked), by_trackeval(truths[at], tracked)
            assert abs(one.mota - other[0]) < 0.01 and abs(one.idf1 - other[1]) < 0.001, "the judges disagree"
            count = len({int(row[1]) for rows in tracked.values() for row in rows})
            print(f"| {case[0]} | {one.mota:.3f} | {one.idf1:.3f} | {other[0]:.3f} | {other[1]:.3f} | {other[2]:.3f} | "
                  f"{int(one.num_switches)} | {int(one.num_false_positives)} | {int(one.num_misses)} | "
                  f"{int(one.mostly_tracked)} of {int(one.num_unique_objects)} | {count} |")
        if options.sensitivity:
            print("\n| one setting changed | mean MOTA | mean IDF1 | lowest IDF1 | first row: MOTA | IDF1 |\n|---|---|---|---|---|---|")
            for change in changes:
                scores = []
                for at in range(len(found)):
                    row = by_motmetrics(truths[at], read(outs[change, at], 1, False))
                    scores.append((row.mota, row.idf1))
                table = np.array(scores)
                print(f"| {change or 'none'} | {table[:, 0].mean():.3f} | {table[:, 1].mean():.3f} | {table[:, 1].min():.3f} | "
                      f"{table[0, 0]:.3f} | {table[0, 1]:.3f} |", flush=True)


if __name__ == "__main__":
    main()
