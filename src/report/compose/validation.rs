//! Error rates: what the registry and this project know of each model's, on which data, and how like this footage those
//! data are. Deliberately not here: measuring them (see `vsa-scoring`); footage without labels has no error rate.

use super::measured::{MEASURED, MeasuredModel};
use super::parts;
use super::provenance::declared;
use super::tables::{each_once, heading, paragraph, points, range, table_block, value_with_interval};
use crate::document::{Block, Section};
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
        blocks.push(models(language, record));
    }
    blocks.push(heading(say!(language, LIKENESS_HEADING)));
    let any = record
        .models
        .iter()
        .any(|model| MEASURED.of(model, record).is_some());
    if any {
        blocks.push(likeness(language, record));
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
    blocks.push(paragraph(text));
    parts::section(say!(language, section_validation()), blocks)
}

fn models(language: Language, record: &Record) -> Block {
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
                declared(language, &model.training_data),
                model.published_figure.as_deref().map_or_else(
                    || say!(language, NOT_IN_REGISTRY).to_owned(),
                    |figure| declared(language, figure),
                ),
                ours,
            ]
        })
        .collect();
    let caption = say!(language, ERRORS_CAPTION);
    table_block(caption, &say!(language, ERROR_COLUMNS), &[false; 4], rows)
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

fn likeness(language: Language, record: &Record) -> Block {
    let [frame, frames, people, scene] = say!(language, LIKENESS_ROWS).map(str::to_owned);
    let data = &MEASURED.data;
    let size = |width, height| say!(language, frame_size(width, height));
    let sizes = each_once(record.items.iter().map(|item| size(item.width, item.height)));
    let looked_at: u64 = record.items.iter().map(|item| item.frames.looked_at).sum();
    let here = record
        .measurements
        .presence
        .measured()
        .map(|presence| &presence.people_per_frame);
    #[expect(clippy::cast_precision_loss, reason = "thousands")]
    let labelled = data.people as f64 / data.frames as f64;
    let rows = vec![
        vec![frame, size(data.width, data.height), sizes.join(", ")],
        vec![frames, language.count(data.frames), language.count(looked_at)],
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
    let caption = say!(
        language,
        likeness_caption(&data.name, &data.sha256, &data.labels_sha256)
    );
    table_block(caption, &say!(language, LIKENESS_COLUMNS), &[false; 3], rows)
}
