//! Two records in, a table of what differs out, with the likely cause. In: the old and the new record, and the machines.
//! A cause is named only where the records or the machines show it.

use crate::cli::error::CommandError;
use serde_json::Value;
use vsa_record::Record;
use vsa_record::disclosure::Disclosable as _;
use vsa_record::facts::ModelFacts;
use vsa_record::json::{JsonError, Layout};
use vsa_record::run::HostFacts;

/// More rows than this tell nothing more.
const MOST_SHOWN: usize = 40;

/// The rows, the last ones being likely causes.
pub(super) fn table(
    recorded: &Record,
    again: &Record,
    then: Option<&HostFacts>,
    now: &HostFacts,
) -> Result<Vec<String>, CommandError> {
    let value = |record: &Record| {
        serde_json::from_str::<Value>(&record.to_json(Layout::Line)?).map_err(JsonError::Malformed)
    };
    let mut rows = Vec::new();
    walk("", &value(recorded)?, &value(again)?, &mut rows);
    let all = rows.len();
    rows.truncate(MOST_SHOWN);
    if all > MOST_SHOWN {
        rows.push(format!("… and {} more", all - MOST_SHOWN));
    }
    rows.extend(
        causes(recorded, again, then, now)
            .into_iter()
            .map(|cause| format!("likely cause: {cause}")),
    );
    Ok(rows)
}

/// One row for each leaf that differs: its place, then, now. What only one of them has is null in the other.
fn walk(place: &str, then: &Value, now: &Value, rows: &mut Vec<String>) {
    match (then, now) {
        (Value::Object(a), Value::Object(b)) => {
            let mut keys: Vec<&String> = a.keys().chain(b.keys()).collect();
            keys.sort();
            keys.dedup();
            for key in keys {
                let place = if place.is_empty() {
                    key.clone()
                } else {
                    format!("{place}.{key}")
                };
                walk(&place, &then[key], &now[key], rows);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            for at in 0..a.len().max(b.len()) {
                walk(&format!("{place}[{at}]"), &then[at], &now[at], rows);
            }
        }
        _ if then == now => {}
        _ => rows.push(format!("{place}: recorded {then}, now {now}")),
    }
}

/// What could explain the differences, the most telling first.
fn causes(recorded: &Record, again: &Record, then: Option<&HostFacts>, now: &HostFacts) -> Vec<String> {
    let mut causes = Vec::new();
    let mut compare = |what: &str, old: &str, new: &str| {
        if old != new {
            causes.push(format!("{what}: {old} then, {new} now"));
        }
    };
    for (old, new) in recorded.items.iter().zip(&again.items) {
        compare(
            &format!("other footage ({})", old.label),
            &old.sha256,
            &new.sha256,
        );
        compare(
            &format!("another version of the decoder ({})", old.label),
            &old.decoder,
            &new.decoder,
        );
    }
    for (old, new) in recorded.models.iter().zip(&again.models) {
        compare(
            &format!("another model file ({})", old.name),
            &old.sha256,
            &new.sha256,
        );
        let weights = |model: &ModelFacts| model.weights_sha256.clone().unwrap_or_else(|| "none".to_owned());
        compare(
            &format!("another file of weights ({})", old.name),
            &weights(old),
            &weights(new),
        );
    }
    compare(
        "another version of the program",
        &recorded.tool.version,
        &again.tool.version,
    );
    let engine = |record: &Record| {
        let engine = &record.engine;
        format!("{} {} {}", engine.name, engine.version, engine.precision)
    };
    compare("another engine", &engine(recorded), &engine(again));
    if let Some(then) = then {
        compare("another processor family", &then.arch, &now.arch);
        compare("another operating system", &then.os, &now.os);
        let cpu = |host: &HostFacts| host.cpu.clone().unwrap_or_else(|| "unknown".to_owned());
        compare(
            "another processor, which may round differently in the last digits",
            &cpu(then),
            &cpu(now),
        );
    }
    if causes.is_empty() {
        causes.push(
            "none that the record shows: the record may have been changed after it was written".to_owned(),
        );
    }
    causes
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_leaf_that_differs_has_a_row_and_no_other() {
        let then = json!({"a": 1, "b": [1, 2], "c": {"d": "x"}, "e": null});
        let now = json!({"a": 1, "b": [1, 3, 4], "c": {"d": "y"}, "f": true});
        let mut rows = Vec::new();
        walk("", &then, &now, &mut rows);
        assert_eq!(
            rows,
            [
                "b[1]: recorded 2, now 3",
                "b[2]: recorded null, now 4",
                "c.d: recorded \"x\", now \"y\"",
                "f: recorded null, now true"
            ]
        );
    }
}
