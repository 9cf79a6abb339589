//! What this project measured of the person detectors' errors with labels made by people: `models/measured.json`, written by
//! `scripts/measure-models`, in; the measurement that fits a run out. Deliberately not here: the words.

use super::plan;
use serde::Deserialize;
use std::sync::LazyLock;
use vsa_record::Record;
use vsa_record::estimate::Estimate;
use vsa_record::facts::ModelFacts;

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Measured {
    pub(super) data: Data,
    /// Of this program, when it measured.
    pub(super) version: String,
    /// Overlap (IoU) from which a box counts as a label's.
    pub(super) overlap: f64,
    models: Vec<MeasuredModel>,
}

/// The labelled footage.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Data {
    pub(super) name: String,
    pub(super) sha256: String,
    pub(super) labels_sha256: String,
    pub(super) frames: u64,
    /// Labels of people, one for each frame in which somebody was labelled.
    pub(super) people: u64,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// One detector, with one threshold and one way of cutting the frame.
#[derive(Debug, Deserialize)]
pub(super) struct MeasuredModel {
    sha256: String,
    /// Where the model is two files.
    #[serde(default)]
    weights_sha256: Option<String>,
    score_threshold: f64,
    tiles: (u32, u32),
    /// As a plan writes it.
    input_size: String,
    pub(super) recall: Estimate,
    pub(super) precision: Estimate,
    pub(super) false_positives_per_picture: Estimate,
}

/// The file, read once.
pub(super) static MEASURED: LazyLock<Measured> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../models/measured.json"))
        .expect("a test reads models/measured.json")
});

impl Measured {
    /// The measurement of this model as it ran: the same files, threshold, tiles and input.
    pub(super) fn of(&self, model: &ModelFacts, record: &Record) -> Option<&MeasuredModel> {
        // What one of two that are joined reaches alone is no figure of both.
        if record
            .plan
            .fusions
            .iter()
            .any(|fusion| fusion.subject == model.subject)
        {
            return None;
        }
        let ran = &record.plan.person_tiles;
        self.models.iter().find(|measured| {
            measured.sha256 == model.sha256
                && measured.weights_sha256 == model.weights_sha256
                // Scores are stored as the number that a plan says, rounded to single precision on the way.
                && (measured.score_threshold - model.score_threshold).abs() < 1e-6
                && measured.tiles == (ran.columns, ran.rows)
                && measured.input_size == plan::input_size(model)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vsa_supply::ModelRegistry;

    const NAMES: [&str; 5] = [
        "ssdlite-pedestrian",
        "yolox-nano",
        "nanodet-g",
        "nanodet-m-320",
        "person-rpi",
    ];

    #[test]
    fn what_was_measured_is_of_the_registry_s_files_and_every_figure_has_its_interval_and_sample() {
        let registry = ModelRegistry::builtin().unwrap();
        assert!(MEASURED.models.len() >= 3);
        for model in &MEASURED.models {
            let name = *NAMES
                .iter()
                .find(|name| registry.get(name).unwrap().entry.checksum.digits() == model.sha256)
                .expect("a model of the registry");
            for figure in [
                &model.recall,
                &model.precision,
                &model.false_positives_per_picture,
            ] {
                let interval = &figure.interval;
                assert!(
                    interval.low < figure.value && figure.value < interval.high,
                    "{name}: {figure:?}"
                );
                assert!(figure.sample.n > 1000, "{name}: {figure:?}");
            }
        }
    }
}
