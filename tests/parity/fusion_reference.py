"""Boxes of two detectors joined by the reference implementation of weighted boxes fusion (Solovyev, Wang and Gabruseva, 2021), for
src/room/detect/fuse.rs: writes fusion.json.

    python3 -m venv venv && venv/bin/pip install ensemble-boxes==1.0.9 numpy
    venv/bin/python fusion_reference.py

Boxes are drawn by a fixed generator and are written into the file; no model and no picture is needed. Scores are mapped here as the
module documents it, before the reference sees them: the reference knows nothing of thresholds.
"""
import json
import pathlib
from importlib import metadata

import numpy as np
from ensemble_boxes import weighted_boxes_fusion

SIDE = 1000.0
COMMON = 0.5


def mapped(score, threshold):
    if score <= threshold:
        return COMMON * score / threshold
    return COMMON + (1.0 - COMMON) * (score - threshold) / (1.0 - threshold)


def drawn(generator, people, seen, wrong, spread):
    """What one detector draws of these people, and around nobody."""
    boxes = []
    for left, top, width, height in people:
        if generator.random() < seen:
            moved = generator.normal(0.0, spread, 4) * (width, height, width, height)
            edges = np.array([left, top, left + width, top + height]) + moved
            boxes.append([*edges, 0.05 + 0.9 * generator.random()])
    for _ in range(wrong):
        left, top = generator.random(2) * 800.0
        width, height = 10.0 + generator.random(2) * (60.0, 150.0)
        boxes.append([left, top, left + width, top + height, 0.05 + 0.3 * generator.random()])
    boxes = np.clip(np.array(boxes).reshape(-1, 5), 0.0, [SIDE] * 4 + [1.0])
    # As single precision holds them, so that nobody starts from other numbers.
    boxes = boxes.astype(np.float32).astype(float)
    return sorted(boxes.tolist(), key=lambda box: -box[4])


def fused(both, thresholds, weights, overlap):
    edges = [[[edge / SIDE for edge in box[:4]] for box in boxes] for boxes in both]
    scores = [[mapped(box[4], threshold) for box in boxes] for boxes, threshold in zip(both, thresholds)]
    labels = [[0] * len(boxes) for boxes in both]
    found, confidence, _ = weighted_boxes_fusion(
        edges, scores, labels, weights=weights, iou_thr=overlap, skip_box_thr=0.0, conf_type="avg", allows_overflow=False
    )
    return [[*(float(edge) * SIDE for edge in box), float(score)] for box, score in zip(found, confidence)]


def case(name, seed, thresholds, weights, overlap, people=12, seen=(0.8, 0.7), wrong=(6, 9), spread=0.06):
    generator = np.random.default_rng(seed)
    places = np.column_stack([generator.random((people, 2)) * 850.0, 30.0 + generator.random((people, 2)) * (60.0, 110.0)])
    both = [drawn(generator, places, *one, spread) for one in zip(seen, wrong)]
    return {
        "name": name,
        "thresholds": thresholds,
        "weights": weights,
        "overlap": overlap,
        "boxes": both,
        "fused": fused(both, thresholds, weights, overlap),
    }


cases = [
    case("two of like strength", 1, [0.3, 0.4], [1.0, 1.0], 0.55),
    case("a low threshold and twice the weight", 2, [0.2, 0.3], [2.0, 1.0], 0.55),
    case("a crowd, in which boxes of one detector are joined as well", 3, [0.3, 0.3], [1.0, 1.0], 0.4, people=120, wrong=(20, 30)),
    case("one of the two finds nobody", 4, [0.25, 0.5], [1.0, 1.0], 0.55, seen=(1.0, 0.0), wrong=(3, 0)),
    case("neither finds anybody", 5, [0.25, 0.5], [1.0, 1.0], 0.55, seen=(0.0, 0.0), wrong=(0, 0)),
]
written = {
    "made_by": "fusion_reference.py",
    "versions": {name: metadata.version(name) for name in ["ensemble-boxes", "numpy"]},
    "cases": cases,
}
target = pathlib.Path(__file__).with_name("fusion.json")
target.write_text(json.dumps(written, indent=1) + "\n")
print(target, [len(one["fused"]) for one in cases])
