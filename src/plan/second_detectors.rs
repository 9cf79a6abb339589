//! Second detectors, checked. In: the models of a plan and those that shall be compared with them. Out: nothing, or why they
//! cannot be compared.

use super::written::PlanError;
use super::{Fusion, ModelChoice, Role, Subject};

/// Each is another model than the one of its subject that counts, one for each subject at most, and none where frames are
/// drawn for a wanted precision, unless it is joined with the first: two drawn series are not compared.
pub(super) fn check_second_detectors(
    models: &[ModelChoice],
    seconds: &[ModelChoice],
    drawn: bool,
    fusions: &[Fusion],
) -> Result<(), PlanError> {
    for (at, second) in seconds.iter().enumerate() {
        let refused = |because: &str| PlanError::SecondDetector {
            name: second.name.clone(),
            because: because.to_owned(),
        };
        if second.role != Role::Find {
            return Err(refused(
                "it describes what others find: name a model that finds people or faces",
            ));
        }
        let what = match second.subject {
            Subject::Person => "people",
            Subject::Face => "faces",
        };
        let same_subject = |model: &&ModelChoice| model.role == Role::Find && model.subject == second.subject;
        let Some(first) = models.iter().find(same_subject) else {
            return Err(refused(&format!(
                "no model of the plan finds {what}, so that there is nothing to compare it with: add one with --models"
            )));
        };
        if first.name == second.name || same_files(first, second) {
            return Err(refused(&format!(
                "it is the model that finds {what} already: name another one"
            )));
        }
        if let Some(earlier) = seconds[..at].iter().find(same_subject) {
            let earlier = &earlier.name;
            return Err(refused(&format!(
                "{earlier} is already compared for {what}: name one for each"
            )));
        }
        let is_joined = fusions.iter().any(|fusion| fusion.subject == second.subject);
        if drawn && !is_joined {
            return Err(refused(
                "frames are drawn for a wanted precision of the first one's counts: leave the precision target out",
            ));
        }
    }
    Ok(())
}

/// Whether two models are the same, whatever they are called. One graph with other weights is another model.
fn same_files(one: &ModelChoice, other: &ModelChoice) -> bool {
    let weights = |model: &ModelChoice| {
        let file = model.weights.as_ref();
        file.map(|file| file.sha256.to_ascii_lowercase())
    };
    one.sha256.eq_ignore_ascii_case(&other.sha256) && weights(one) == weights(other)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::{Family, InputSize, Means, Plan, VideoDecoder, WrittenFootage, WrittenPlan};
    use std::path::PathBuf;

    pub(crate) fn model(name: &str, subject: Subject, role: Role) -> ModelChoice {
        ModelChoice {
            name: name.to_owned(),
            path: PathBuf::from("tested.onnx"),
            sha256: name.to_owned(),
            weights: None,
            family: Family::Yolox,
            subject,
            role,
            input_size: (10, 10),
            input: InputSize::Model,
            colour: None,
            mean: None,
            std: None,
            person_class: 0,
            score_threshold: 0.3,
            nms_iou: 0.5,
            licence: "unknown".to_owned(),
            training_data: "unknown".to_owned(),
            published_figure: None,
        }
    }

    fn checked(precision: Option<f64>, seconds: Vec<ModelChoice>) -> Result<Plan, String> {
        let written = WrittenPlan {
            footage: vec![WrittenFootage {
                path: PathBuf::from("footage.avi"),
                label: None,
                sequence_fps: None,
            }],
            precision_target: precision,
            ..WrittenPlan::default()
        };
        let models = vec![model("first", Subject::Person, Role::Find)];
        let means = Means {
            second_detectors: seconds,
            ..Means::new(models, VideoDecoder::Ffmpeg(PathBuf::from("ffmpeg")))
        };
        written.check(means).map_err(|error| error.to_string())
    }

    #[test]
    fn one_graph_with_other_weights_is_another_detector_and_with_none_it_is_the_same() {
        let named = |weights: Option<&str>| ModelChoice {
            sha256: "FIRST".to_owned(),
            weights: weights.map(|sha256| crate::CheckedFile {
                path: PathBuf::from("tested.bin"),
                sha256: sha256.to_owned(),
            }),
            ..model("b", Subject::Person, Role::Find)
        };
        assert!(checked(None, vec![named(Some("ab"))]).is_ok());
        let why = checked(None, vec![named(None)]).unwrap_err();
        assert!(why.contains("it is the model"), "{why}");
        assert!(same_files(&named(Some("ab")), &named(Some("AB"))));
    }

    #[test]
    fn a_second_detector_is_another_finder_of_what_a_first_finds() {
        let person = |name| model(name, Subject::Person, Role::Find);
        assert_eq!(
            checked(None, vec![person("b")]).unwrap().second_detectors.len(),
            1
        );
        assert!(checked(None, Vec::new()).unwrap().second_detectors.is_empty());
        for (precision, seconds, said) in [
            (
                None,
                vec![person("first")],
                "it is the model that finds people already",
            ),
            (
                None,
                vec![model("f", Subject::Face, Role::Find)],
                "no model of the plan finds faces",
            ),
            (
                None,
                vec![model("o", Subject::Person, Role::BodyEmbedding)],
                "it describes what others find",
            ),
            (
                None,
                vec![person("b"), person("c")],
                "b is already compared for people",
            ),
            (Some(0.1), vec![person("b")], "leave the precision target out"),
        ] {
            let error = checked(precision, seconds).unwrap_err();
            assert!(error.contains(said), "{error}");
        }
        // Joined, it is a part of what counts.
        let first = [person("first")];
        let joined = [Fusion::of(Subject::Person)];
        assert!(check_second_detectors(&first, &[person("b")], true, &joined).is_ok());
        assert!(check_second_detectors(&first, &[person("b")], true, &[]).is_err());
    }
}
