//! WIDER FACE's figures held to the benchmark's own steps (`tests/parity/wider_reference.py`), from MATLAB files that scipy
//! wrote, and the MATLAB reader held to files that are broken.

use super::{EvaluateRequest, evaluate};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use vsa_record::disclosure::{DataBasis, DisclosurePolicy};
use vsa_record::scores::{Figured, LabelFormat};

fn tiny() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/parity/wider_tiny")
}

fn request(truth: PathBuf) -> EvaluateRequest {
    EvaluateRequest {
        disclosure: DisclosurePolicy::new(DataBasis::Public, None, None).unwrap(),
        resamples: 100,
        ..EvaluateRequest::new(truth, tiny().join("detections"))
    }
}

#[test]
fn the_easy_medium_and_hard_figures_are_those_of_the_benchmarks_steps() {
    let text = std::fs::read_to_string(tiny().join("figures.json")).unwrap();
    let wanted: BTreeMap<String, f64> = serde_json::from_str(&text).unwrap();
    assert_eq!(wanted.len(), 3);
    let scores = evaluate(&request(tiny())).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(scores.truth.format, LabelFormat::WiderFaceMat);
    for (name, value) in wanted {
        let figure = scores
            .figures
            .iter()
            .find(|figure| serde_json::to_value(figure.name).unwrap() == name.as_str())
            .unwrap_or_else(|| panic!("{name} is missing"));
        let Figured::Measured { estimate } = &figure.value else {
            panic!("{name} is not measured")
        };
        let estimate = estimate.shown().unwrap();
        assert!(
            (estimate.value - value).abs() < 1e-12,
            "{name}: {} and not {value}",
            estimate.value
        );
        assert!(
            estimate.interval.low < estimate.value && estimate.value < estimate.interval.high,
            "{name}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test writes the files that are read")]
    fn a_matlab_file_cut_or_changed_anywhere_is_refused_or_read_and_never_panics(
        cut in 0.0f64..1.0, at in 0.0f64..1.0, byte in any::<u8>(), cuts in any::<bool>(),
    ) {
        let mut bytes = std::fs::read(tiny().join("wider_easy_val.mat")).unwrap();
        let place = |share: f64, bytes: &[u8]| (share * bytes.len() as f64) as usize;
        if cuts {
            bytes.truncate(place(cut, &bytes));
        } else {
            let at = place(at, &bytes);
            bytes[at] = byte;
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wider_easy_val.mat");
        std::fs::write(&path, bytes).unwrap();
        if let Err(error) = evaluate(&request(path)) {
            prop_assert!(error.to_string().contains("wider_easy_val.mat") || error.to_string().contains("detections"), "{error}");
        }
    }
}
