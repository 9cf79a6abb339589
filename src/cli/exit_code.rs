//! Exit codes. They are public names: scripts branch on them, and a test holds their list still.

use std::process::ExitCode;

/// One row for each way in which a run ends: documentation, name, code, and its meaning on the help pages.
macro_rules! outcomes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal: $meaning:literal;)+) => {
        /// How a run ended.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Outcome {
            $($(#[doc = $doc])+ $name = $code,)+
        }

        impl Outcome {
            /// Every outcome with its meaning, for the help pages.
            pub const ALL: &'static [(Self, &'static str)] = &[$((Self::$name, $meaning)),+];
        }
    };
}

outcomes! {
    /// The run did what was asked. Findings, also bad ones, are not errors.
    Done = 0: "done; findings, also bad ones, are not errors";
    /// Something is wrong on our side: please report it.
    Internal = 1: "internal error: please report it";
    /// The command line or a plan file is wrong.
    Usage = 2: "the command line or a plan file is wrong";
    /// The footage, or labels or detections, cannot be read.
    Footage = 3: "the footage, or labels or detections, cannot be read";
    /// A model cannot be loaded or run.
    Model = 4: "a model cannot be loaded or run";
    /// A file could not be obtained, or its digest is not the registered one.
    Supply = 5: "a file could not be obtained, or its digest is not the registered one";
    /// The output folder was refused or cannot be written.
    Output = 6: "the output folder was refused or cannot be written";
    /// The machine lacks something, such as ffmpeg.
    Environment = 7: "the machine lacks something, such as ffmpeg";
    /// `verify`, `seal` or `reproduce` ran, and a file is missing or differs.
    NotVerified = 8: "verify, seal or reproduce ran, and a file is missing or differs";
    /// With `--strict`: a claim was untestable as worded, or not supported.
    ClaimsNotHeld = 9: "claims --strict: a claim is untestable as worded, or is not supported";
    /// Ended by Ctrl-C or SIGTERM; nothing was left under a final name.
    Interrupted = 130: "ended by Ctrl-C or SIGTERM; nothing was left under a final name";
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
