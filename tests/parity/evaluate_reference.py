"""Numbers of the reference implementations for src/scoring/parity.rs.

Run: python3 -m pip install -r tests/parity/evaluate_requirements.txt
     python3 tests/parity/evaluate_reference.py <folder known-answers> > tests/parity/evaluate.json

pycocotools: the twelve statistics, and AP50 with each label's height in place of its area. Its ranges hold both ends; no
label of this set has a height at an edge (checked below), so that half-open bands are the same.
fairlearn: accuracy by group.
TrackEval: HOTA, CLEAR and Identity on MOT17-05 with preprocessing, on the two TUD sequences as MOT15, and on both together.
"""
import contextlib, csv, io, json, os, shutil, sys, tempfile
import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
import trackeval
from fairlearn.metrics import MetricFrame

KNOWN = sys.argv[1]
EDGES = [0, 4, 10, 20, 40, 80, 1e5]


def coco():
    with contextlib.redirect_stdout(io.StringIO()):
        gt = COCO(f"{KNOWN}/coco/instances_val2014_100.json")
        dt = gt.loadRes(f"{KNOWN}/coco/instances_val2014_fakebbox100_results.json")
        run = COCOeval(gt, dt, "bbox")
        run.evaluate(); run.accumulate(); run.summarize()
    names = ["ap", "ap50", "ap75", "ap_small", "ap_medium", "ap_large",
             "ar1", "ar10", "ar100", "ar_small", "ar_medium", "ar_large"]
    return dict(zip(names, map(float, run.stats)))


def heights():
    with contextlib.redirect_stdout(io.StringIO()):
        gt = COCO(f"{KNOWN}/coco/instances_val2014_100.json")
        dt = gt.loadRes(f"{KNOWN}/coco/instances_val2014_fakebbox100_results.json")
        for one in (gt, dt):
            for ann in one.anns.values():
                ann["area"] = ann["bbox"][3]
                assert ann["area"] not in EDGES
        run = COCOeval(gt, dt, "bbox")
        run.params.areaRng = [[a, b] for a, b in zip(EDGES, EDGES[1:])]
        run.params.areaRngLbl = [str(a) for a in EDGES[:-1]]
        run.params.iouThrs = np.array([0.5])
        run.evaluate(); run.accumulate()
    result = {}
    for at, low in enumerate(EDGES[:-1]):
        values = run.eval["precision"][0, :, :, at, 2]
        if (values > -1).any():
            result[f"ap50_of_heights_{low}"] = float(values[values > -1].mean())
    return result


def track(sequences, benchmark):
    """sequences: name -> (gt file, length, tracker file)."""
    with tempfile.TemporaryDirectory() as work:
        split = f"{benchmark}-train"
        data = f"{work}/trackers/{split}/T/data"
        os.makedirs(data)
        os.makedirs(f"{work}/gt/seqmaps")
        with open(f"{work}/gt/seqmaps/{split}.txt", "w") as file:
            file.write("name\n" + "".join(f"{name}\n" for name in sequences))
        for name, (gt, length, tracks) in sequences.items():
            folder = f"{work}/gt/{split}/{name}"
            os.makedirs(f"{folder}/gt")
            shutil.copy(gt, f"{folder}/gt/gt.txt")
            shutil.copy(tracks, f"{data}/{name}.txt")
            with open(f"{folder}/seqinfo.ini", "w") as file:
                file.write(f"[Sequence]\nname={name}\nseqLength={length}\n")
        with contextlib.redirect_stdout(io.StringIO()):
            dataset = trackeval.datasets.MotChallenge2DBox({
                "GT_FOLDER": f"{work}/gt", "TRACKERS_FOLDER": f"{work}/trackers", "BENCHMARK": benchmark,
                "PRINT_CONFIG": False})
            metrics = [trackeval.metrics.HOTA(), trackeval.metrics.CLEAR(), trackeval.metrics.Identity()]
            run = trackeval.Evaluator({"PRINT_RESULTS": False, "PRINT_CONFIG": False, "OUTPUT_SUMMARY": False,
                                       "OUTPUT_DETAILED": False, "PLOT_CURVES": False, "TIME_PROGRESS": False,
                                       "LOG_ON_ERROR": None})
            result, _ = run.evaluate([dataset], metrics)
    result = result["MotChallenge2DBox"]["T"]["COMBINED_SEQ"]["pedestrian"]
    hota, clear, identity = result["HOTA"], result["CLEAR"], result["Identity"]
    numbers = {
        "hota": hota["HOTA"].mean(), "det_a": hota["DetA"].mean(), "ass_a": hota["AssA"].mean(),
        "det_re": hota["DetRe"].mean(), "det_pr": hota["DetPr"].mean(), "ass_re": hota["AssRe"].mean(),
        "ass_pr": hota["AssPr"].mean(), "loc_a": hota["LocA"].mean(), "owta": hota["OWTA"].mean(),
        "hota0": hota["HOTA(0)"], "loc_a0": hota["LocA(0)"], "hota_loc_a0": hota["HOTALocA(0)"],
        "mota": clear["MOTA"], "motp": clear["MOTP"], "moda": clear["MODA"], "smota": clear["sMOTA"],
        "clear_recall": clear["CLR_Re"], "clear_precision": clear["CLR_Pr"],
        "clear_true_positives": clear["CLR_TP"], "clear_false_positives": clear["CLR_FP"],
        "clear_false_negatives": clear["CLR_FN"], "identity_switches": clear["IDSW"],
        "fragmentations": clear["Frag"], "mostly_tracked": clear["MT"], "partly_tracked": clear["PT"],
        "mostly_lost": clear["ML"], "idf1": identity["IDF1"], "id_precision": identity["IDP"],
        "id_recall": identity["IDR"], "id_true_positives": identity["IDTP"],
    }
    return {name: float(value) for name, value in numbers.items()}


def last_frame(path):
    return max(int(float(line.split(",")[0])) for line in open(path) if line.strip())


def tud(name):
    folder = f"{KNOWN}/tud/{name}"
    length = max(last_frame(f"{folder}/gt.txt"), last_frame(f"{folder}/test.txt"))
    return {name: (f"{folder}/gt.txt", length, f"{folder}/test.txt")}


def fairface():
    """Accuracy of the gender classifier by group: fairlearn's MetricFrame. Keys: attributes, then values, joined by |."""
    rows = list(csv.DictReader(open(f"{KNOWN}/fairface/fairface_label_val_expanded.csv")))
    truth = [row["gender"] for row in rows]
    said = [row["predicted_gender"] for row in rows]
    accuracy = lambda a, b: float(np.mean(np.asarray(a) == np.asarray(b)))
    result = {}
    for by in (["gender"], ["race"], ["gender", "race"]):
        frame = MetricFrame(metrics=accuracy, y_true=truth, y_pred=said,
                            sensitive_features={name: [row[name] for row in rows] for name in by})
        for group, value in frame.by_group.items():
            group = group if isinstance(group, tuple) else (group,)
            result["|".join(by + list(group))] = float(value)
        result["|".join(by + ["difference"])] = float(frame.difference())
        result["|".join(by + ["ratio"])] = float(frame.ratio())
        result["|".join(by + ["overall"])] = float(frame.overall)
    return result


mot17 = {"MOT17-05-DPM": (f"{KNOWN}/mot17-05/MOT17-05.gt.txt", 837, f"{KNOWN}/mot17-05/MOT17-05-DPM.MPNTrack.txt")}
campus, stadtmitte = tud("TUD-Campus"), tud("TUD-Stadtmitte")
print(json.dumps({
    "coco": coco(),
    "fairface": fairface(),
    "coco_heights": heights(),
    "mot17_05": track(mot17, "MOT17"),
    "tud_campus": track(campus, "MOT15"),
    "tud_stadtmitte": track(stadtmitte, "MOT15"),
    "tud_combined": track({**campus, **stadtmitte}, "MOT15"),
}, indent=1, sort_keys=True))
