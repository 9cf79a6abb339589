"""Evaluation against the reference tools, in one interleaved run: each round runs every program once, in turn.

    python3 -m venv venv && venv/bin/pip install -r benches/peers/evaluate_requirements.txt
    cargo build --release
    venv/bin/python benches/peers/evaluate.py target/release/vsa-audit WORK_FOLDER [ROUNDS]

Every program runs as a process of its own, from reading the files to its last figure: time, processor time (of user and
system, all threads and child processes together) and greatest memory are those of the process. Processor time is what can be
compared on a machine that others use too. Before the first round each program runs once, unmeasured, so that its files are in
the cache. Ours makes an interval for every figure besides (100 resamples, the least that it allows); the others make none.
What is measured:

  coco    5,000 pictures, 80 classes, 36,000 labels, 500,000 detections, seeded: the twelve figures.
          Ours with --only detection, which also makes AP by height, VOC's AP, miss rates, calibration and three curves.
  mot     7 sequences of the lengths of MOT17 train, about 110,000 labels: HOTA, CLEAR and identity.
  groups  100,000 labels of four groups: AP by group, 10,000 resamples. There is no peer.

Prints JSON: the machine, every time, the medians and their ratios.
"""
import json, os, platform, statistics, subprocess, sys, tempfile, time
import numpy as np

BINARY, WORK = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 3


def coco():
    """Boxes of COCO's sizes; 80 % of the labels are found, with jitter; the rest of 100 boxes a picture lie anywhere."""
    if os.path.exists(f"{WORK}/coco_results.json"):
        return
    random = np.random.default_rng(2017)
    images, annotations, results = [], [], []
    share = random.dirichlet(np.full(80, 0.5))
    per_image = random.multinomial(36_000, np.full(5_000, 1 / 5_000))
    for image, labels in enumerate(per_image, 1):
        images.append({"id": image, "width": 640, "height": 480, "file_name": f"{image:012}.jpg"})
        classes = random.choice(80, labels, p=share) + 1
        for at in range(labels):
            w, h = np.exp(random.normal(4.0, 1.0, 2)).clip(4, 400)
            x, y = random.uniform(0, 640 - w), random.uniform(0, 480 - h)
            annotations.append({"id": len(annotations) + 1, "image_id": image, "category_id": int(classes[at]),
                                "bbox": [round(float(v), 2) for v in (x, y, w, h)],
                                "area": round(float(w * h * random.uniform(0.5, 1.0)), 2),
                                "iscrowd": int(random.random() < 0.012)})
            if random.random() < 0.8:
                jitter = random.normal(0, 0.1, 4) * [w, h, w, h]
                box = [x + jitter[0], y + jitter[1], max(w + jitter[2], 1), max(h + jitter[3], 1)]
                results.append((image, int(classes[at]), box, random.beta(4, 2)))
        found = len(results) - (image - 1) * 100
        for _ in range(100 - found):
            w, h = np.exp(random.normal(4.0, 1.0, 2)).clip(4, 400)
            kind = classes[random.integers(labels)] if labels and random.random() < 0.4 else random.choice(80, p=share) + 1
            results.append((image, int(kind), [random.uniform(0, 640 - w), random.uniform(0, 480 - h), w, h],
                            random.beta(1, 6)))
    json.dump({"images": images, "annotations": annotations,
               "categories": [{"id": k, "name": f"class {k}"} for k in range(1, 81)]},
              open(f"{WORK}/coco_truth.json", "w"))
    json.dump([{"image_id": i, "category_id": k, "bbox": [round(float(v), 2) for v in b], "score": round(float(s), 5)}
               for i, k, b, s in results], open(f"{WORK}/coco_results.json", "w"))


def mot():
    """The lengths and mean numbers of people of MOT17's seven training sequences; tracks break, swap and miss."""
    if os.path.exists(f"{WORK}/mot/trackers/MOT17-train/T/data/MOT17-13.txt"):
        return
    random = np.random.default_rng(17)
    names = {"MOT17-02": (600, 31), "MOT17-04": (1050, 45), "MOT17-05": (837, 8), "MOT17-09": (525, 10),
             "MOT17-10": (654, 20), "MOT17-11": (900, 10), "MOT17-13": (750, 16)}
    data = f"{WORK}/mot/trackers/MOT17-train/T/data"
    os.makedirs(data, exist_ok=True)
    os.makedirs(f"{WORK}/mot/gt/seqmaps", exist_ok=True)
    open(f"{WORK}/mot/gt/seqmaps/MOT17-train.txt", "w").write("name\n" + "".join(f"{n}\n" for n in names))
    for name, (length, people) in names.items():
        truth, tracks = [], []
        next_track = 1
        for person in range(1, people * 4):
            start = int(random.integers(1, length)); stay = min(int(random.exponential(length / 4)) + 20, length - start + 1)
            x, y, h = random.uniform(0, 1800), random.uniform(0, 800), random.uniform(60, 300)
            dx, dy = random.normal(0, 2, 2); w = h * 0.4; track = next_track; next_track += 1
            for frame in range(start, start + stay):
                x, y = x + dx, y + dy
                truth.append((frame, person, x, y, w, h))
                if random.random() < 0.02:
                    track = next_track; next_track += 1
                if random.random() < 0.75:
                    j = random.normal(0, 0.05, 4) * h
                    tracks.append((frame, track, x + j[0], y + j[1], max(w + j[2], 2), max(h + j[3], 2)))
            if random.random() < 0.3:
                for frame in range(start, start + stay // 3):
                    tracks.append((frame, next_track, random.uniform(0, 1800), random.uniform(0, 800), w, h))
                next_track += 1
        folder = f"{WORK}/mot/gt/MOT17-train/{name}"
        os.makedirs(f"{folder}/gt", exist_ok=True)
        seen, rows = set(), []
        for row in sorted(tracks):
            if row[:2] not in seen:
                seen.add(row[:2]); rows.append(row)
        with open(f"{folder}/gt/gt.txt", "w") as file:
            for f, i, x, y, w, h in sorted(truth):
                file.write(f"{f},{i},{x:.2f},{y:.2f},{w:.2f},{h:.2f},1,1,1\n")
        with open(f"{data}/{name}.txt", "w") as file:
            for f, i, x, y, w, h in rows:
                file.write(f"{f},{i},{x:.2f},{y:.2f},{w:.2f},{h:.2f},1,-1,-1,-1\n")
        open(f"{folder}/seqinfo.ini", "w").write(
            f"[Sequence]\nname={name}\nimDir=img1\nframeRate=30\nseqLength={length}\nimWidth=1920\nimHeight=1080\n")


def groups():
    """100,000 faces in 20,000 pictures, two attributes crossed: four groups. 150,000 detections."""
    if os.path.exists(f"{WORK}/groups.csv"):
        return
    random = np.random.default_rng(10)
    annotations, results, rows = [], [], ["annotation_id,gender,skin"]
    for at in range(100_000):
        image = at // 5 + 1
        h = float(np.exp(random.normal(3.5, 0.8)).clip(4, 300)); x, y = random.uniform(0, 1600), random.uniform(0, 900)
        gender, skin = random.choice(["f", "m"]), random.choice(["dark", "light"], p=[0.3, 0.7])
        rows.append(f"{at + 1},{gender},{skin}")
        annotations.append({"id": at + 1, "image_id": image, "category_id": 1, "bbox": [x, y, h, h], "area": h * h, "iscrowd": 0})
        if random.random() < (0.85 if skin == "light" else 0.78):
            j = random.normal(0, 0.08, 4) * h
            results.append({"image_id": image, "category_id": 1, "score": float(random.beta(5, 2)),
                            "bbox": [x + j[0], y + j[1], max(h + j[2], 1), max(h + j[3], 1)]})
    while len(results) < 150_000:
        h = float(np.exp(random.normal(3.2, 0.8)).clip(4, 300))
        results.append({"image_id": int(random.integers(1, 20_001)), "category_id": 1, "score": float(random.beta(1, 4)),
                        "bbox": [random.uniform(0, 1600), random.uniform(0, 900), h, h]})
    json.dump({"images": [{"id": i, "width": 1920, "height": 1080, "file_name": f"{i}.jpg"} for i in range(1, 20_001)],
               "categories": [{"id": 1, "name": "face"}], "annotations": annotations}, open(f"{WORK}/groups_truth.json", "w"))
    json.dump(results, open(f"{WORK}/groups_results.json", "w"))
    open(f"{WORK}/groups.csv", "w").write("\n".join(rows) + "\n")


PYCOCOTOOLS = """
import sys
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
gt = COCO(sys.argv[1]); run = COCOeval(gt, gt.loadRes(sys.argv[2]), 'bbox')
run.evaluate(); run.accumulate(); run.summarize(); print('AP', repr(float(run.stats[0])))
"""
HOTCOCO = """
import sys
from hotcoco import COCO, COCOeval
gt = COCO(sys.argv[1]); run = COCOeval(gt, gt.load_res(sys.argv[2]), 'bbox')
run.evaluate(); run.accumulate(); run.summarize(); print('AP', repr(float(run.stats[0])))
"""
TRACKEVAL = """
import sys, trackeval
data = trackeval.datasets.MotChallenge2DBox({'GT_FOLDER': sys.argv[1] + '/gt', 'TRACKERS_FOLDER': sys.argv[1] + '/trackers',
    'BENCHMARK': 'MOT17', 'PRINT_CONFIG': False})
run = trackeval.Evaluator({'PRINT_RESULTS': False, 'PRINT_CONFIG': False, 'OUTPUT_SUMMARY': False, 'OUTPUT_DETAILED': False,
    'PLOT_CURVES': False, 'TIME_PROGRESS': False, 'LOG_ON_ERROR': None, 'USE_PARALLEL': @ASIDE@, 'NUM_PARALLEL_CORES': 2})
result, _ = run.evaluate([data], [trackeval.metrics.HOTA(), trackeval.metrics.CLEAR(), trackeval.metrics.Identity()])
of = result['MotChallenge2DBox']['T']['COMBINED_SEQ']['pedestrian']
print('HOTA', repr(float(of['HOTA']['HOTA'].mean())), 'IDF1', repr(float(of['Identity']['IDF1'])))
"""


def ours(*arguments):
    return [BINARY, "evaluate", "--data-basis", "public", "--format", "json", "--jobs", "2", *arguments]


def timed(command):
    """Wall seconds, processor seconds, greatest memory in MB, output. What is said to stderr goes to a file: a pipe that
    nobody reads would stop a talkative program."""
    with tempfile.TemporaryFile() as errors:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors)
        out = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        if status:
            errors.seek(0)
            sys.exit(f"{command[:3]} ended with {status}: {errors.read().decode()[-400:]}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024, out.decode()


def said(name, text):
    """The figure by which it is seen that both computed the same."""
    if name.startswith("ours"):
        scores = json.loads(text)
        figures = {f["name"]: f["value"]["estimate"]["value"]["value"] for f in scores["figures"]
                   if f["value"]["outcome"] == "measured" and "heights" not in f}
        groups = [g["average_precision"]["value"]["value"] for t in scores["precision_by_group"] for g in t["groups"]]
        return {k: figures[k] for k in ("ap", "hota", "idf1") if k in figures} or {"ap_by_group": groups}
    return text.strip().splitlines()[-1]


def main():
    os.makedirs(WORK, exist_ok=True)
    coco(); mot(); groups()
    truth, results = f"{WORK}/coco_truth.json", f"{WORK}/coco_results.json"
    python = sys.executable
    runs = {
        "ours coco": ours("--truth", truth, "--detections", results, "--resamples", "100", "--only", "detection"),
        "hotcoco": [python, "-c", HOTCOCO, truth, results],
        "pycocotools": [python, "-c", PYCOCOTOOLS, truth, results],
        "ours mot": ours("--truth", f"{WORK}/mot/gt/MOT17-train", "--detections", f"{WORK}/mot/trackers/MOT17-train/T/data",
                         "--resamples", "100", "--only", "tracking"),
        "trackeval": [python, "-c", TRACKEVAL.replace("@ASIDE@", "False"), f"{WORK}/mot"],
        "trackeval, 2 processes": [python, "-c", TRACKEVAL.replace("@ASIDE@", "True"), f"{WORK}/mot"],
        "ours groups": ours("--truth", f"{WORK}/groups_truth.json", "--detections", f"{WORK}/groups_results.json",
                            "--groups", f"{WORK}/groups.csv", "--resamples", "10000", "--only", "groups"),
    }
    for command in runs.values():
        timed(command)
    walls, processor = ({name: [] for name in runs} for _ in range(2))
    memory, answers = {}, {}
    for _ in range(ROUNDS):
        for name, command in runs.items():
            wall, own, megabytes, text = timed(command)
            walls[name].append(round(wall, 3))
            processor[name].append(round(own, 3))
            memory[name] = max(memory.get(name, 0), megabytes)
            answers[name] = said(name, text)
            print(name, walls[name][-1], "s", processor[name][-1], "CPU s", memory[name], "MB", answers[name],
                  file=sys.stderr, flush=True)

    def ratio(peer, own):
        of = lambda seconds: {"of_medians": round(statistics.median(seconds[peer]) / statistics.median(seconds[own]), 2),
                              "least": round(min(a / b for a, b in zip(seconds[peer], seconds[own])), 2),
                              "greatest": round(max(a / b for a, b in zip(seconds[peer], seconds[own])), 2)}
        return {"wall": of(walls), "processor": of(processor)}

    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "")
    medians = lambda seconds: {name: statistics.median(values) for name, values in seconds.items()}
    json.dump({
        "date": time.strftime("%Y-%m-%d"), "cpu": cpu, "threads": os.cpu_count(), "system": platform.platform(),
        "python": platform.python_version(), "load_average_at_end": os.getloadavg(), "rounds": ROUNDS,
        "wall_seconds": walls, "processor_seconds": processor,
        "median_wall_seconds": medians(walls), "median_processor_seconds": medians(processor),
        "greatest_memory_megabytes": memory, "answers": answers,
        "times_faster_than": {"pycocotools": ratio("pycocotools", "ours coco"), "hotcoco": ratio("hotcoco", "ours coco"),
                              "trackeval": ratio("trackeval", "ours mot"),
                              "trackeval, 2 processes": ratio("trackeval, 2 processes", "ours mot")},
    }, sys.stdout, indent=2)
    print()


main()
