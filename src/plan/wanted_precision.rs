//! The wanted precision of a written plan, checked. In: the plan and its models. Out: target and seed, or why there can be
//! none. Deliberately not here: how frames are drawn for it (see `adaptive_sampling.rs`).

use super::written::{PlanError, RobustnessExtent, WrittenPlan, require};
use super::{ModelChoice, Role};
use vsa_record::drawn::PrecisionFacts;

impl WrittenPlan {
    /// The wanted precision, which decides by itself which frames are looked at.
    pub(super) fn check_precision(
        &self,
        models: &[ModelChoice],
    ) -> Result<Option<PrecisionFacts>, PlanError> {
        let Some(target) = self.precision_target else {
            require(
                self.precision_seed.is_none(),
                "precision_seed",
                "given",
                "left out where there is no precision_target",
            )?;
            return Ok(None);
        };
        let possible = target > 0.0 && target < 1.0;
        require(
            possible,
            "precision_target",
            target,
            "between 0 and 1, such as 0.05",
        )?;
        require(
            self.sample_fps.is_none(),
            "sample_fps",
            "given",
            "left out where there is a precision_target: that decides which frames are looked at",
        )?;
        let degraded = self
            .robustness
            .is_some_and(|extent| extent != RobustnessExtent::None);
        require(
            !degraded,
            "robustness",
            "asked for",
            "left out where there is a precision_target: frames drawn one by one show nobody's way",
        )?;
        let describing = models.iter().any(|model| model.role != Role::Find);
        require(
            !describing,
            "models",
            "one that describes those found",
            "models that find, where there is a precision_target: frames drawn one by one show nobody's way",
        )?;
        require(
            self.face.every.unwrap_or(1) == 1,
            "face.every",
            self.face.every.unwrap_or(1),
            "1 where there is a precision_target",
        )?;
        Ok(Some(PrecisionFacts {
            target,
            seed: self.precision_seed.unwrap_or(0),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_together_with_a_wanted_precision_is_refused_by_name() {
        let checked = |text: &str| {
            let plan: WrittenPlan = toml::from_str(text).unwrap();
            plan.check_precision(&[]).map_err(|error| error.to_string())
        };
        assert_eq!(checked(""), Ok(None));
        let facts = PrecisionFacts {
            target: 0.05,
            seed: 7,
        };
        assert_eq!(
            checked("precision_target = 0.05\nprecision_seed = 7"),
            Ok(Some(facts))
        );
        for (text, named) in [
            ("precision_target = 0.0", "precision_target"),
            ("precision_target = 1.5", "precision_target"),
            ("precision_seed = 1", "precision_seed"),
            ("precision_target = 0.05\nsample_fps = 2.0", "sample_fps"),
            ("precision_target = 0.05\nrobustness = \"full\"", "robustness"),
            ("precision_target = 0.05\n[face]\nevery = 2", "face.every"),
        ] {
            let refusal = checked(text).unwrap_err();
            assert!(refusal.contains(named), "{text}: {refusal}");
        }
    }
}
