//! The public names of audits and caveats, held still: readers of records and reports rely on them.

use super::finding::AuditId;
use super::ids;
use std::collections::BTreeSet;
use vsa_record::Caveat;
use vsa_record::disclosure::DisclosurePolicy;

#[test]
fn the_names_of_audits_are_these_and_in_this_order() {
    let names: Vec<String> = ids()
        .iter()
        .map(|id| {
            let written = serde_json::to_value(id).unwrap();
            assert_eq!(
                written.as_str(),
                Some(id.name()),
                "one name, however it is written"
            );
            id.name().to_owned()
        })
        .collect();
    let expected = [
        "somebody-is-usually-in-view",
        "crowds-are-dense",
        "faces-reach-recognition",
        "faces-reach-identification",
        "bodies-reach-observation",
        "everyone-unrecognisable",
        "faces-can-be-told-apart",
        "clothing-singles-people-out",
        "people-can-be-followed-through-the-view",
        "people-can-be-found-again",
        "people-can-be-found-again-without-faces",
        "gait-is-usable",
        "loitering-is-observable",
        "running-is-observable",
        "people-are-seen-in-groups",
        "attribute-labels-flip",
        "left-objects-would-be-reported",
        "counter-flow-would-be-reported",
        "zone-entries-would-be-reported",
        "falls-would-be-reported",
        "crowd-movements-would-be-reported",
        "people-are-found-in-poor-pictures",
        "footage-is-intact",
    ];
    assert_eq!(names, expected);
    let distinct: BTreeSet<AuditId> = ids().into_iter().collect();
    assert_eq!(distinct.len(), names.len(), "an audit runs once");
}

#[test]
fn the_codes_of_caveats_are_these() {
    // From the schema, so that a new variant cannot be forgotten here.
    let schema = serde_json::to_value(schemars::schema_for!(Caveat)).unwrap();
    let code = |variant: &serde_json::Value| {
        variant["properties"]["code"]["const"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let codes: BTreeSet<String> = schema["oneOf"].as_array().unwrap().iter().map(code).collect();
    let expected = [
        "assumed-sizes",
        "calibration-unchecked",
        "cells-withheld",
        "faulty-footage",
        "few-tracks",
        "frame-rate-given",
        "frames-sampled",
        "intervals-speak-of-this-scene",
        "levels-from-secondary-sources",
        "missing-frames",
        "no-ground-truth",
        "not-calibrated",
        "people-counted-by-tracks",
        "scene-does-not-fit",
        "scripted-engine",
        "short-footage",
        "small-faces",
        "stills-not-tracked",
        "variable-frame-rate",
    ];
    assert_eq!(codes, expected.map(str::to_owned).into());
    assert_eq!(
        DisclosurePolicy::strict().min_cell(),
        11,
        "the smallest cell is a public promise, too"
    );
}
