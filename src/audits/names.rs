//! The public names of audits and caveats, held still: readers of records and reports rely on them.

use super::finding::AuditId;
use super::run_order;
use crate::record::Caveat;
use crate::record::disclosure::DisclosurePolicy;
use std::collections::BTreeSet;

#[test]
fn the_names_of_audits_are_these_and_in_this_order() {
    let names: Vec<String> = run_order()
        .iter()
        .map(|id| serde_json::to_value(id).unwrap().as_str().unwrap().to_owned())
        .collect();
    let expected = [
        "somebody-is-usually-in-view",
        "faces-reach-recognition",
        "faces-reach-identification",
        "bodies-reach-observation",
        "everyone-unrecognisable",
        "people-can-be-followed-through-the-view",
        "loitering-is-observable",
        "footage-is-intact",
    ];
    assert_eq!(names, expected);
    let distinct: BTreeSet<AuditId> = run_order().into_iter().collect();
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
        "cells-withheld",
        "faulty-footage",
        "few-tracks",
        "frames-sampled",
        "intervals-speak-of-this-scene",
        "levels-from-secondary-sources",
        "missing-frames",
        "no-ground-truth",
        "people-counted-by-tracks",
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
