"""What detections give, beside what the labels' metres give: a table for the model cards.

    python3 ground_compare.py record.json [ground_reference.json]

The record is that of `vsa-audit audit vtest.avi --scene … --data-basis public`, with the scene of
`src/room/measure/ground_truth.rs` and `frame_rate = 7`.
"""

import json
import pathlib
import sys

record = json.load(open(sys.argv[1]))
reference = json.load(open(sys.argv[2] if len(sys.argv) > 2 else pathlib.Path(__file__).with_name("ground_reference.json")))
rows = {row["capability"]: row["outcome"] for row in record["measurements"]["capabilities"]}
hours = reference["frames"] / reference["fps"] / 3600


def estimate(cell):
    state = cell["value"] if cell and cell["state"] == "shown" else None
    return state and (state["value"], state["interval"]["low"], state["interval"]["high"])


def figure(capability, name, at=None):
    for figure in rows[capability].get("figures", []):
        if figure["name"] == name and figure["at"] == at and figure["of"] in (None, "crossing", "kerb"):
            return estimate(figure["estimate"])


def quantile(capability, name, at):
    for spread in rows[capability].get("distributions", []):
        if spread["name"] == name:
            for quantile in spread["quantiles"]:
                if quantile["at"] == at:
                    return estimate(quantile["estimate"])


def line(what, ours, theirs, scale=1.0):
    told = "–" if ours is None else "{:.3f} ({:.3f} to {:.3f})".format(*(value * scale for value in ours))
    print(f"| {what} | {told} | {theirs * scale:.3f} |")


print("| | from detections (95 % interval) | from the labels' metres |\n|---|---|---|")
for at in ("0.25", "0.5", "0.75"):
    line(f"speed, quantile {at}, m/s", quantile("pace", "speed", float(at)), reference["pace"]["quantiles"][at])
line("share faster than 2 m/s", figure("pace", "faster_than_share", 2.0), reference["pace"]["faster"]["2.0"])
for at in ("1.0", "1.5", "2.0"):
    line(f"time within {at} m of somebody", figure("groups", "nearer_than_share", float(at)), reference["groups"]["nearer"][at])
line("distance to the nearest, median, m", quantile("groups", "nearest_distance", 0.5), reference["groups"]["median_nearest"])
line("share in a group", figure("groups", "in_group_share"), reference["groups"]["in_group"])
line("gatherings per hour", figure("groups", "gathering_rate", 3.0), reference["groups"]["gatherings"] / hours)
line("people per 100 square metres of ground", figure("density", "people_per_area"), reference["density"]["mean"], 100)
zone = reference["intrusion"]
line("entries per hour", figure("intrusion", "zone_entry_rate"), zone["visits"] / hours)
line("share of people who entered", figure("intrusion", "zone_visitor_share"), zone["visitors"])
line("frames with somebody inside", figure("intrusion", "zone_occupied_share"), zone["occupied"])
line("median stay, s", quantile("intrusion", "zone_stay", 0.5), zone["median_stay"])
line("crossings forward per hour", figure("intrusion", "line_forward_rate"), zone["forward"] / hours)
line("crossings backward per hour", figure("intrusion", "line_backward_rate"), zone["backward"] / hours)
line("share against the arrow", figure("direction", "against_direction_share"), reference["direction"]["against"])
line("movements against it per hour", figure("direction", "counter_flow_rate"), reference["direction"]["events"] / hours)
