//! Which detectors are joined, and how. In: a table `fusion` of a written plan, and the models that find the same. Out: a
//! [`Fusion`], or why there is none. Deliberately not here: joining boxes (see the room).

use super::written::{PlanError, WrittenSearch, require};
use super::{ModelChoice, Role, Subject};
use serde::Deserialize;

/// Boxes of two detectors of one subject are joined, and what is counted are joined boxes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fusion {
    /// What both look for.
    pub subject: Subject,
    /// How much the scores of the first and of the second weigh.
    pub weights: [f32; 2],
    /// From this overlap (intersection over union) on, boxes are of one person.
    pub overlap: f32,
    /// Joined boxes below this score are not counted; they may continue a track.
    pub score_threshold: f32,
}

impl Fusion {
    /// The score to which each detector's own threshold is mapped before scores are joined: scores of families cannot be
    /// compared as they are.
    pub const COMMON_THRESHOLD: f32 = 0.5;

    /// For people chosen on three labelled sets (`models/README.md`); two that find faces are trusted alike, since no labelled faces
    /// were at hand.
    #[must_use]
    pub const fn of(subject: Subject) -> Self {
        Self {
            subject,
            weights: match subject {
                // The first of a set is the one that finds more on streets; where people fill the picture the second's say counts.
                Subject::Person => [3.0, 2.0],
                Subject::Face => [1.0, 1.0],
            },
            // Above the limit of any model's own suppression: what one detector holds for two people stays two.
            overlap: 0.65,
            // Below the common threshold: a box that one of the two draws alone keeps that one's share of its score, and counts
            // where this one is very sure, be it the one that weighs less.
            score_threshold: 0.38,
        }
    }
}

/// How boxes are joined, as written; what is left out is as [`Fusion::of`] says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenFusion {
    /// How much the first and the second weigh.
    pub weights: Option<[f32; 2]>,
    /// From which overlap on boxes are of one person.
    pub overlap: Option<f32>,
    /// From which score on joined boxes count.
    pub score_threshold: Option<f32>,
}

/// The fusions of a plan: how people and how faces are looked for, the models, and the second detectors.
pub(super) fn check_fusions(
    [person, face]: [&WrittenSearch; 2],
    models: &[ModelChoice],
    seconds: &[ModelChoice],
) -> Result<Vec<Fusion>, PlanError> {
    let written = [
        (Subject::Person, "person", person.fusion),
        (Subject::Face, "face", face.fusion),
    ];
    let asked = written
        .into_iter()
        .filter_map(|(subject, name, fusion)| Some((subject, name, fusion?)));
    asked
        .map(|(subject, name, fusion)| fusion.check(subject, name, models, seconds))
        .collect()
}

impl WrittenFusion {
    /// The fusion of what looks for `subject`. `name` is how an error calls it.
    fn check(
        self,
        subject: Subject,
        name: &str,
        models: &[ModelChoice],
        seconds: &[ModelChoice],
    ) -> Result<Fusion, PlanError> {
        let finds = |model: &ModelChoice| model.role == Role::Find && model.subject == subject;
        require(
            models.iter().any(finds) && seconds.iter().any(finds),
            &format!("{name}.fusion"),
            "given",
            "left out where there are not two detectors to join: name another one in `second_detectors`",
        )?;
        let usual = Fusion::of(subject);
        let fusion = Fusion {
            subject,
            weights: self.weights.unwrap_or(usual.weights),
            overlap: self.overlap.unwrap_or(usual.overlap),
            score_threshold: self.score_threshold.unwrap_or(usual.score_threshold),
        };
        for weight in fusion.weights {
            require(
                weight.is_finite() && weight > 0.0,
                &format!("{name}.fusion.weights"),
                weight,
                "two numbers above 0",
            )?;
        }
        for (limit, value) in [
            ("overlap", fusion.overlap),
            ("score_threshold", fusion.score_threshold),
        ] {
            let what = format!("{name}.fusion.{limit}");
            require((0.0..=1.0).contains(&value), &what, value, "between 0 and 1")?;
        }
        // Scores are mapped by the thresholds: one of 0 or 1 leaves nothing to map.
        for model in models.iter().chain(seconds).filter(|model| finds(model)) {
            require(
                model.score_threshold > 0.0 && model.score_threshold < 1.0,
                &format!("the score threshold of {}", model.name),
                model.score_threshold,
                "above 0 and below 1 where boxes are joined",
            )?;
        }
        Ok(fusion)
    }
}

#[cfg(test)]
mod tests {
    use super::super::second_detectors::tests::model;
    use super::*;
    use crate::WrittenPlan;

    fn checked(text: &str, seconds: &[&str]) -> Result<Fusion, String> {
        let written: WrittenPlan = toml::from_str(text).map_err(|error| error.to_string())?;
        let person = |name: &&str| model(name, Subject::Person, Role::Find);
        let seconds: Vec<ModelChoice> = seconds.iter().map(person).collect();
        let fusion = written.person.fusion.expect("a fusion");
        let first = [person(&"first")];
        fusion
            .check(Subject::Person, "person", &first, &seconds)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn what_a_plan_leaves_open_is_as_it_was_chosen_and_what_it_says_is_as_it_says() {
        assert_eq!(
            checked("[person.fusion]", &["second"]),
            Ok(Fusion::of(Subject::Person))
        );
        let said = checked(
            "[person.fusion]\nweights = [2, 1.0]\noverlap = 0.55\nscore_threshold = 0.3",
            &["second"],
        );
        let wanted = Fusion {
            subject: Subject::Person,
            weights: [2.0, 1.0],
            overlap: 0.55,
            score_threshold: 0.3,
        };
        assert_eq!(said, Ok(wanted));
    }

    #[test]
    fn a_fusion_that_cannot_be_is_refused_with_what_would_do() {
        for (text, seconds, said) in [
            (
                "[person.fusion]",
                &[][..],
                "name another one in `second_detectors`",
            ),
            (
                "[person.fusion]\nweights = [0.0, 1.0]",
                &["second"],
                "person.fusion.weights is 0, but must be two numbers above 0",
            ),
            (
                "[person.fusion]\noverlap = 1.5",
                &["second"],
                "person.fusion.overlap is 1.5, but must be between 0 and 1",
            ),
            ("[person.fusion]\nweight = 1", &["second"], "unknown field"),
        ] {
            let error = checked(text, seconds).unwrap_err();
            assert!(error.contains(said), "{error}");
        }
        let silent = ModelChoice {
            score_threshold: 0.0,
            ..model("second", Subject::Person, Role::Find)
        };
        let first = [model("first", Subject::Person, Role::Find)];
        let error = WrittenFusion::default()
            .check(Subject::Person, "person", &first, &[silent])
            .unwrap_err();
        assert!(
            error.to_string().contains("the score threshold of second"),
            "{error}"
        );
    }
}
