//! Exit codes. They are public names: scripts branch on them, and a test holds their list still.

use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// The run did what was asked. Findings, also bad ones, are not errors.
    Done = 0,
    /// Something is wrong on our side: please report it.
    Internal = 1,
    /// The command line or a plan file is wrong.
    Usage = 2,
    /// The footage, or labels or detections, cannot be read.
    Footage = 3,
    /// A model cannot be loaded or run.
    Model = 4,
    /// A file could not be obtained, or its digest is not the registered one.
    Supply = 5,
    /// The output folder was refused or cannot be written.
    Output = 6,
    /// The machine lacks something, such as ffmpeg.
    Environment = 7,
    /// `verify`, `seal` or `reproduce` ran, and a file is missing or differs.
    NotVerified = 8,
    /// With `--strict`: a claim was untestable as worded, or not supported.
    ClaimsNotHeld = 9,
    /// Ended by Ctrl-C or SIGTERM; nothing was left under a final name.
    Interrupted = 130,
}

impl Outcome {
    /// Every outcome with its meaning, for the help pages.
    pub const ALL: &'static [(Self, &'static str)] = &[
        (Self::Done, "done; findings, also bad ones, are not errors"),
        (Self::Internal, "internal error: please report it"),
        (Self::Usage, "the command line or a plan file is wrong"),
        (
            Self::Footage,
            "the footage, or labels or detections, cannot be read",
        ),
        (Self::Model, "a model cannot be loaded or run"),
        (
            Self::Supply,
            "a file could not be obtained, or its digest is not the registered one",
        ),
        (Self::Output, "the output folder was refused or cannot be written"),
        (Self::Environment, "the machine lacks something, such as ffmpeg"),
        (
            Self::NotVerified,
            "verify, seal or reproduce ran, and a file is missing or differs",
        ),
        (
            Self::ClaimsNotHeld,
            "claims --strict: a claim is untestable as worded, or is not supported",
        ),
        (
            Self::Interrupted,
            "ended by Ctrl-C or SIGTERM; nothing was left under a final name",
        ),
    ];
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(outcome as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exit_codes_are_public_names_and_stay_as_they_are() {
        let codes: Vec<_> = Outcome::ALL
            .iter()
            .map(|(outcome, _)| (format!("{outcome:?}"), *outcome as u8))
            .collect();
        let names: Vec<_> = codes
            .iter()
            .map(|(name, code)| format!("{code} {name}"))
            .collect();
        assert_eq!(
            names,
            [
                "0 Done",
                "1 Internal",
                "2 Usage",
                "3 Footage",
                "4 Model",
                "5 Supply",
                "6 Output",
                "7 Environment",
                "8 NotVerified",
                "9 ClaimsNotHeld",
                "130 Interrupted",
            ]
        );
    }
}
