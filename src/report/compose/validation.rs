//! Error rates: what the registry and this project know of each model's, on which data, and how like this footage those
//! data are. Deliberately not here: measuring them (see `observe::evaluate`); footage without labels has no error rate.

use super::parts;
use super::tables::{points, table, value_with_interval};
use crate::language::Language;
use crate::record::Record;
use crate::record::facts::ModelFacts;
use crate::report::document::{Block, Section, Table};
use crate::report::wording::say;
use crate::supply::ModelRegistry;

/// What this project measured with labels: the numbers of the card in `models/`, which says how.
struct Measured {
    /// Of the model's file.
    sha256: &'static str,
    average_precision: f64,
    false_boxes: u64,
    /// The least score, which has to be that of the run.
    score: f64,
}

/// Name, digest and size of the footage that all of [`MEASURED`] speaks of.
const DATA: &str = "PETS 2009 S2.L1";
const DATA_SHA256: &str = "45cddc9490be69345cbdab64ca583be65987e864ca408038e648db99e10516cf";
const DATA_FRAME: (u32, u32) = (768, 576);
const DATA_FRAMES: u64 = 40;
const DATA_PEOPLE: u64 = 232;
const MEASURED: [Measured; 1] = [Measured {
    sha256: "7a23982e5825c809853351c9c3e7f7dc05891513ad79b4eded4eea93198cc47a",
    average_precision: 0.773,
    false_boxes: 67,
    score: 0.3,
}];

fn measured(model: &ModelFacts) -> Option<&'static Measured> {
    // Scores are stored as the number that a plan says, rounded to single precision on the way.
    let same_score = |m: &Measured| (m.score - model.score_threshold).abs() < 1e-6;
    MEASURED
        .iter()
        .find(|m| m.sha256 == model.sha256 && same_score(m))
}

pub(super) fn section(language: Language, record: &Record) -> Section {
    let mut blocks = vec![points([
        say!(language, ERRORS_HERE),
        say!(language, ERRORS_BY_GROUP),
    ])];
    if !record.models.is_empty() {
        blocks.push(Block::Table(models(language, record)));
    }
    blocks.push(Block::Heading {
        text: say!(language, LIKENESS_HEADING).to_owned(),
    });
    let any = record.models.iter().any(|model| measured(model).is_some());
    if any {
        blocks.push(Block::Table(likeness(language, record)));
    }
    let same = record.items.iter().any(|item| item.sha256 == DATA_SHA256);
    let text = match (any, same) {
        (false, _) => say!(language, NOTHING_MEASURED),
        (true, true) => say!(language, SAME_CLIP),
        (true, false) => say!(language, OTHER_CLIP),
    };
    blocks.push(Block::Paragraph {
        text: text.to_owned(),
    });
    parts::section(say!(language, section_validation()), blocks)
}

fn models(language: Language, record: &Record) -> Table {
    let registry = ModelRegistry::builtin().ok();
    let published = |model: &ModelFacts| {
        registry
            .iter()
            .filter_map(|registry| registry.get(&model.name).ok())
            .find(|entry| entry.entry.sha256.to_string() == model.sha256)
            .map_or_else(
                || say!(language, NOT_IN_REGISTRY).to_owned(),
                |entry| entry.published_figure.clone(),
            )
    };
    let rows = record
        .models
        .iter()
        .map(|model| {
            let ours = measured(model).map_or_else(
                || say!(language, NOT_MEASURED_BY_US).to_owned(),
                |m| {
                    say!(
                        language,
                        measured_detector(
                            DATA,
                            DATA_FRAMES,
                            DATA_PEOPLE,
                            m.average_precision,
                            m.false_boxes,
                            m.score,
                        )
                    )
                },
            );
            vec![
                model.name.clone(),
                model.training_data.clone(),
                published(model),
                ours,
            ]
        })
        .collect();
    table(
        say!(language, ERRORS_CAPTION).to_owned(),
        &say!(language, ERROR_COLUMNS),
        &[false; 4],
        rows,
    )
}

fn likeness(language: Language, record: &Record) -> Table {
    let [frame, frames, people, scene] = say!(language, LIKENESS_ROWS).map(str::to_owned);
    let mut sizes: Vec<String> = Vec::new();
    for item in &record.items {
        let size = say!(language, frame_size(item.width, item.height));
        if !sizes.contains(&size) {
            sizes.push(size);
        }
    }
    let looked_at: u64 = record.items.iter().map(|item| item.frames.looked_at).sum();
    let here = record
        .measurements
        .presence
        .measured()
        .map(|presence| &presence.people_per_frame);
    #[expect(clippy::cast_precision_loss, reason = "hundreds")]
    let labelled = DATA_PEOPLE as f64 / DATA_FRAMES as f64;
    let rows = vec![
        vec![
            frame,
            say!(language, frame_size(DATA_FRAME.0, DATA_FRAME.1)),
            sizes.join(", "),
        ],
        vec![frames, language.count(DATA_FRAMES), language.count(looked_at)],
        vec![
            people,
            say!(language, labelled_per_frame(labelled)),
            say!(language, reported_per_frame(&value_with_interval(language, here))),
        ],
        vec![
            scene,
            say!(language, PETS_SCENE).to_owned(),
            say!(language, SCENE_NOT_DESCRIBED).to_owned(),
        ],
    ];
    table(
        say!(language, likeness_caption(DATA)),
        &say!(language, LIKENESS_COLUMNS),
        &[false; 3],
        rows,
    )
}
