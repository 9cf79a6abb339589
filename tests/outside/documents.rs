//! Every document that the program writes fits the JSON Schema that it prints for it, and the schema refuses what is in none:
//! a member more, at every level at which the schema names the members. In: what was written on the way to the court.

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use vsa_test_outside::{documents, program, root};

/// What the way to the court writes, by the names that `vsa-audit schema` knows, and how many of each at least. Groups stand in
/// scores there; a file of their own comes of outcomes without boxes.
const KINDS: &[(&str, usize)] = &[
    ("bench", 1),
    ("claims", 1),
    ("comparison", 1),
    ("groups", 0),
    ("record", 2),
    ("redaction", 1),
    ("report", 5),
    ("run", 2),
    ("scores", 2),
    ("stills", 1),
];

fn json(path: &Path) -> Value {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn printed(kind: &str) -> Vec<u8> {
    let printed = Command::new(program())
        .args(["schema", kind])
        .output()
        .expect("the program can be started");
    assert!(printed.status.success(), "schema {kind}: {printed:?}");
    printed.stdout
}

fn schema(kind: &str) -> Value {
    serde_json::from_slice(&printed(kind)).expect("a schema is JSON")
}

/// The documents of the walk by kind: `scores/scores.json` is one of `scores`, `redacted.mp4.redaction.json` of `redaction`.
fn written() -> BTreeMap<String, Vec<(String, Value)>> {
    fn walk(folder: &Path, found: &mut BTreeMap<String, Vec<(String, Value)>>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            if path.is_dir() {
                walk(&path, found);
            } else if let Some(stem) = name.strip_suffix(".json") {
                let kind = stem.rsplit('.').next().unwrap_or(stem);
                let place = (path.display().to_string(), json(&path));
                found.entry(kind.to_owned()).or_default().push(place);
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(&documents(), &mut found);
    let record = root().join("samples/record.json");
    let sample = ("samples/record.json".to_owned(), json(&record));
    found.entry("record".to_owned()).or_default().push(sample);
    found
}

/// Each object of a document, as the way to it.
fn objects(value: &Value, way: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            found.push(way.to_owned());
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                objects(member, &format!("{way}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                objects(item, &format!("{way}/{i}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_document_fits_its_schema() {
    let written = written();
    for (kind, least) in KINDS {
        let documents = written.get(*kind).map_or(&[][..], Vec::as_slice);
        assert!(
            documents.len() >= *least,
            "{} documents of the kind {kind}, not {least}",
            documents.len()
        );
        let schema = schema(kind);
        let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
        for (place, document) in documents {
            let faults: Vec<String> = validator
                .iter_errors(document)
                .map(|fault| format!("{}: {fault}", fault.instance_path()))
                .collect();
            assert!(faults.is_empty(), "{place}: {faults:#?}");
        }
    }
}

#[test]
fn a_member_more_is_refused() {
    let written = written();
    for kind in ["record", "report", "redaction"] {
        let schema = schema(kind);
        let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
        let (place, document) = written[kind].first().expect("one of each kind");
        let mut ways = Vec::new();
        objects(document, "", &mut ways);
        let refused = ways.iter().filter(|way| {
            let mut more = document.clone();
            let object = more.pointer_mut(way).and_then(Value::as_object_mut);
            object
                .expect("an object")
                .insert("boxes".to_owned(), serde_json::json!([]));
            !validator.is_valid(&more)
        });
        let (refused, all) = (refused.count(), ways.len());
        assert!(
            refused == all,
            "{place}: {} objects take a member more",
            all - refused
        );
    }
}

#[test]
fn every_kind_of_schema_has_its_documents() {
    let help = Command::new(program())
        .args(["schema", "--help"])
        .output()
        .expect("the program can be started");
    let help = String::from_utf8(help.stdout).expect("text");
    let known: Vec<&str> = help
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- ")?.split_once(':'))
        .map(|(kind, _)| kind)
        .collect();
    assert_eq!(known.len(), KINDS.len(), "{known:?}");
    assert!(
        known
            .iter()
            .all(|kind| KINDS.iter().any(|(name, _)| name == kind))
    );
}

#[test]
fn the_shipped_schemas_are_those_that_the_program_prints() {
    for kind in ["record", "report"] {
        let shipped =
            std::fs::read(root().join(format!("samples/{kind}.schema.json"))).expect("it is shipped");
        assert!(
            shipped == printed(kind),
            "write it anew and review: `cargo run -- schema {kind} > samples/{kind}.schema.json`"
        );
    }
}
