//! In: the registry of models and what the store holds of it. Out: the lines of `models list` and `models show`.
//! Deliberately not here: having models here, and adding one's own (`models`).

use super::models::{Format, json, state};
use super::progress::megabytes;
use super::terminal::Terminal;
use serde::Serialize;
use vsa_plan::{Family, InputSize, Role, Subject};
use vsa_supply::{Checksum, Digest, LongDigest, ModelEntry, ModelRegistry, Store, card};

#[derive(Serialize)]
struct Listed<'m> {
    name: &'m str,
    title: &'m str,
    subject: Subject,
    role: Role,
    family: Family,
    input_size: [u32; 2],
    input: InputSize,
    sets: Vec<&'m str>,
    bytes: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<&'m str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha384: Option<&'m str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weights_sha256: Option<&'m str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weights_sha384: Option<&'m str>,
    /// Where nobody of this project had the files: how many public sources state their digests.
    #[serde(skip_serializing_if = "Option::is_none")]
    digest_sources: Option<u32>,
    licence: &'m str,
    training_data: &'m str,
    own: bool,
    state: &'static str,
}

/// One word for what the store holds of a model: of several files, the worst.
fn state_of_all(store: &Store, model: &ModelEntry) -> &'static str {
    let states: Vec<_> = model.files().map(|file| state(store, file)).collect();
    let worst = ["damaged", "absent"]
        .into_iter()
        .find(|state| states.contains(state));
    worst.unwrap_or("here")
}

pub(super) fn list(registry: &ModelRegistry, store: &Store, format: Format, terminal: &mut Terminal) {
    let listed: Vec<Listed<'_>> = registry
        .all()
        .iter()
        .map(|model| Listed {
            name: model.entry.name.as_str(),
            title: &model.entry.title,
            subject: model.subject,
            role: model.role,
            family: model.family,
            input_size: [model.input_size.0, model.input_size.1],
            input: model.input,
            sets: registry.sets_of(model.entry.name.as_str()),
            bytes: model.bytes(),
            sha256: model.entry.checksum.sha256().map(Digest::as_str),
            sha384: model.entry.checksum.sha384().map(LongDigest::as_str),
            weights_sha256: of_weights(model).and_then(Checksum::sha256).map(Digest::as_str),
            weights_sha384: of_weights(model)
                .and_then(Checksum::sha384)
                .map(LongDigest::as_str),
            digest_sources: model.digest_sources,
            licence: &model.entry.licence,
            training_data: &model.training_data,
            own: model.own,
            state: state_of_all(store, model),
        })
        .collect();
    if format == Format::Json {
        terminal.json(json(&listed).as_bytes());
        return;
    }
    terminal.data(&format!(
        "{:<24} {:<14} {:<16} {:<11} {:<9} {:>8}  {:<8} {}",
        "NAME", "DOES", "FAMILY", "INPUT", "SET", "SIZE", "FILE", "LICENCE"
    ));
    for model in &listed {
        let input = match model.input {
            InputSize::Model => format!("{}x{}", model.input_size[0], model.input_size[1]),
            other => other.to_string(),
        };
        let set = if model.own {
            "own".to_owned()
        } else {
            model.sets.join(",")
        };
        let not_run = model.digest_sources.map_or("", |_| " (not run by us)");
        terminal.data(&format!(
            "{:<24} {:<14} {:<16} {input:<11} {set:<9} {:>8}  {:<8} {}{not_run}",
            model.name,
            does(model.role, model.subject),
            model.family.name(),
            megabytes(model.bytes),
            model.state,
            model.licence
        ));
    }
}

fn of_weights(model: &ModelEntry) -> Option<&Checksum> {
    model.weights.as_ref().map(|weights| &weights.checksum)
}

/// What is known of files that nobody of this project had.
fn not_run(sources: u32) -> String {
    let stated = match sources {
        1 => "one public source states their digests".to_owned(),
        several => format!("{several} public sources state their digests"),
    };
    format!(
        "no: its files could not be had where it was registered; {stated}, which are checked when it is fetched"
    )
}

pub(super) fn show(model: &ModelEntry, registry: &ModelRegistry, store: &Store, terminal: &mut Terminal) {
    let entry = &model.entry;
    let (width, height) = model.input_size;
    let published = model.published_figure.as_deref().unwrap_or("none known");
    let mut rows = vec![
        ("name", entry.name.to_string()),
        ("title", entry.title.clone()),
        ("does", does(model.role, model.subject)),
        ("family", model.family.name().to_owned()),
        ("input", format!("{width}x{height}")),
        ("looks at", model.input.to_string()),
        ("person class", model.person_class.to_string()),
        ("score threshold", model.score_threshold.to_string()),
        ("NMS IoU", model.nms_iou.to_string()),
        ("licence", entry.licence.clone()),
        ("training data", model.training_data.clone()),
        ("published", published.to_owned()),
        ("sets", registry.sets_of(entry.name.as_str()).join(", ")),
        (entry.checksum.algorithm(), entry.checksum.digits().to_owned()),
        ("bytes", entry.bytes.to_string()),
        ("file", state(store, entry).to_owned()),
        ("trial", model.trial.clone().unwrap_or_else(|| "none".to_owned())),
    ];
    if let Some(weights) = &model.weights {
        rows.extend([
            ("weights' digest", weights.checksum.to_string()),
            ("weights' bytes", weights.bytes.to_string()),
            ("weights' file", state(store, weights).to_owned()),
        ]);
    }
    rows.extend(
        model
            .digest_sources
            .map(|sources| ("run by us", not_run(sources))),
    );
    // Of built-in models the cards say what was measured.
    let told = rows
        .into_iter()
        .filter(|(label, _)| *label != "trial" || model.own);
    for (label, value) in told {
        terminal.data(&format!("{label:<16} {value}"));
    }
    for source in model.files().flat_map(|file| &file.sources) {
        terminal.data(&format!("{:<16} {}", "source", source.describe()));
    }
    if let Some(card) = card(entry.name.as_str()) {
        terminal.data("");
        terminal.text(card);
    }
}

/// What a model does, in a word or two.
fn does(role: Role, subject: Subject) -> String {
    match role {
        Role::Find => format!("find {subject}"),
        other => other.name().replace('_', " "),
    }
}
