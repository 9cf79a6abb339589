//! Error rates: what the registry and this project know of each model's, on which data, and how like this footage those
//! data are. Deliberately not here: measuring them (see `vsa-scoring`); footage without labels has no error rate.

use super::measured::{MEASURED, MeasuredModel};
use super::parts;
use super::tables::{points, range, table, value_with_interval};
use crate::document::{Block, Section, Table};
use crate::formats::Numerals as _;
use crate::wording::say;
use vsa_base::language::Language;
use vsa_record::Record;
use vsa_record::facts::ModelFacts;

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
    let any = record
        .models
        .iter()
        .any(|model| MEASURED.of(model, record).is_some());
    if any {
        blocks.push(Block::Table(likeness(language, record)));
    }
    let same = record
        .items
        .iter()
        .any(|item| item.sha256 == MEASURED.data.sha256);
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
    let rows = record
        .models
        .iter()
        .map(|model| {
            let ours = MEASURED.of(model, record).map_or_else(
                || say!(language, NOT_MEASURED_BY_US).to_owned(),
                |measured| of_ours(language, measured, model),
            );
            vec![
                model.name.clone(),
                model.training_data.clone(),
                model
                    .published_figure
                    .clone()
                    .unwrap_or_else(|| say!(language, NOT_IN_REGISTRY).to_owned()),
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

fn of_ours(language: Language, measured: &MeasuredModel, model: &ModelFacts) -> String {
    let data = &MEASURED.data;
    let figures = [
        &measured.recall,
        &measured.precision,
        &measured.false_positives_per_picture,
    ];
    say!(
        language,
        measured_detector(
            &data.name,
            data.frames,
            data.people,
            model.score_threshold,
            MEASURED.overlap,
            &figures.map(|figure| range(language, figure)),
            &MEASURED.version,
        )
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
    #[expect(clippy::cast_precision_loss, reason = "thousands")]
    let labelled = MEASURED.data.people as f64 / MEASURED.data.frames as f64;
    let rows = vec![
        vec![
            frame,
            say!(language, frame_size(MEASURED.data.width, MEASURED.data.height)),
            sizes.join(", "),
        ],
        vec![
            frames,
            language.count(MEASURED.data.frames),
            language.count(looked_at),
        ],
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
        say!(
            language,
            likeness_caption(
                &MEASURED.data.name,
                &MEASURED.data.sha256,
                &MEASURED.data.labels_sha256
            )
        ),
        &say!(language, LIKENESS_COLUMNS),
        &[false; 3],
        rows,
    )
}
