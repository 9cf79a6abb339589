//! The stamped passport: what may leave, and the rule for small cells.
//!
//! Every published cell knows how many distinct people (tracks, after fragments are joined) stand behind it. A cell
//! backed by 1 to 10 people is withheld; nobody at all may show as zero. The threshold can be raised by anyone and
//! lowered only with a reason, or for a dataset declared public or consented.
//! Source of the rule: CMS cell-size suppression policy (no cell of 1 to 10 shown, none derivable, percentages
//! included; resdac.org node/1506).
//!
//! In: a value and the people behind it. Out: a [`Cell`], which has no other maker than a [`DisclosurePolicy`].
//! How cells that add up are kept from giving each other away is in [`partition`](super::partition).

use crate::json::{JsonError, Layout};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[doc(hidden)]
pub mod sealed {
    /// Who gives it to a type writes one more line that `tests/tidy.rs` holds as a list.
    pub trait Sealed {}
}

/// What may be written. Sealed: each type of this house that has the passport says so beside its definition, by
/// [`passport`](crate::passport), and `tests/tidy.rs` holds the list.
pub trait Disclosable: sealed::Sealed + Serialize {
    /// As JSON with sorted keys, without an end of line.
    ///
    /// # Errors
    /// [`JsonError::NotFinite`], [`JsonError::Write`].
    fn to_json(&self, layout: Layout) -> Result<String, JsonError>;
}

/// Stamps the passport of a type: it may be written. What writes it is compiled with the type, once, and not again in every
/// crate that writes one.
#[macro_export]
macro_rules! passport {
    ($($type:ty),+ $(,)?) => {$(
        impl $crate::disclosure::sealed::Sealed for $type {}
        impl $crate::disclosure::Disclosable for $type {
            fn to_json(&self, layout: $crate::json::Layout) -> Result<String, $crate::json::JsonError> {
                $crate::json::write(self, layout)
            }
        }
    )+};
}

/// Cells with 1 to `DEFAULT_MIN_CELL - 1` people behind them are withheld.
pub const DEFAULT_MIN_CELL: u32 = 11;

crate::named! {
    /// On what ground the footage is processed.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
    pub enum DataBasis {
        /// Nothing was declared: the strictest rule holds.
        Undeclared = "undeclared",
        /// A dataset published for research or testing.
        Public = "public",
        /// Everyone in view has consented.
        Consented = "consented",
    }
}

/// Why cells below [`DEFAULT_MIN_CELL`] people may be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "ground", rename_all = "snake_case", deny_unknown_fields)]
pub enum LoweredBecause {
    /// The footage was declared a public dataset.
    PublicDataset,
    /// Everyone in view was declared to have consented.
    Consent,
    /// The user gave this reason.
    Stated {
        /// In the user's words.
        reason: String,
    },
}

/// Why a rule for small cells was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DisclosureError {
    /// A threshold of 0.
    #[error("a smallest cell of 0 people means nothing: give 1 (nothing is withheld) or 3 and more")]
    Zero,
    /// A threshold of 2.
    #[error(
        "a smallest cell of 2 people hides nobody, since every withheld cell would be one person: give 3 or more"
    )]
    Two,
    /// Lowered without a reason.
    #[error(
        "a smallest cell of {asked} people is below {DEFAULT_MIN_CELL}: give a reason, or declare the footage a public \
         dataset or consented to"
    )]
    LoweredWithoutReason {
        /// What was asked for.
        asked: u32,
    },
    /// Single people may be exported from public or consented datasets alone.
    #[error(
        "boxes of single people can be exported only from a dataset declared public or consented: add --data-basis \
         public (or consented), if that is the case"
    )]
    ExportNotAllowed,
    /// A written policy that contradicts itself.
    #[error(
        "the rule for small cells contradicts itself: smallest cell {min_cell}, reason for lowering {reason}"
    )]
    Contradiction {
        /// What it says.
        min_cell: u32,
        /// `given` or `missing`.
        reason: &'static str,
    },
}

/// The rule that was applied to every cell of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DisclosurePolicy {
    /// Declared by the user or by the sample's registry entry.
    data_basis: DataBasis,
    /// Cells with 1 to `min_cell - 1` people behind them are withheld. 1 withholds nothing.
    min_cell: u32,
    /// Why `min_cell` is lower than 11, where it is.
    lowered_because: Option<LoweredBecause>,
    /// Whether boxes of single people were exported by the door for public and consented datasets.
    objects_exported: bool,
}

impl DisclosurePolicy {
    /// The strictest rule.
    #[must_use]
    pub fn strict() -> Self {
        Self {
            data_basis: DataBasis::Undeclared,
            min_cell: DEFAULT_MIN_CELL,
            lowered_because: None,
            objects_exported: false,
        }
    }

    /// A rule: `min_cell` where given; otherwise 1 for public and consented footage and 11 for all other.
    ///
    /// # Errors
    /// [`DisclosureError`] for a threshold that cannot protect, or that is lowered on no ground.
    pub fn new(
        data_basis: DataBasis,
        min_cell: Option<u32>,
        reason: Option<String>,
    ) -> Result<Self, DisclosureError> {
        let from_basis = match data_basis {
            DataBasis::Undeclared => None,
            DataBasis::Public => Some(LoweredBecause::PublicDataset),
            DataBasis::Consented => Some(LoweredBecause::Consent),
        };
        let min_cell = min_cell.unwrap_or(if from_basis.is_some() { 1 } else { DEFAULT_MIN_CELL });
        let stated = reason
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
            .map(|reason| LoweredBecause::Stated { reason });
        let policy = Self {
            data_basis,
            min_cell,
            lowered_because: stated
                .or(from_basis)
                .filter(|_ground| min_cell < DEFAULT_MIN_CELL),
            objects_exported: false,
        };
        if min_cell < DEFAULT_MIN_CELL && policy.lowered_because.is_none() && min_cell != 0 && min_cell != 2 {
            return Err(DisclosureError::LoweredWithoutReason { asked: min_cell });
        }
        policy.check()?;
        Ok(policy)
    }

    /// Whether this policy could have been made by [`DisclosurePolicy::new`]; asked of every policy that is read back.
    ///
    /// # Errors
    /// [`DisclosureError`], where it could not.
    pub fn check(&self) -> Result<(), DisclosureError> {
        match self.min_cell {
            0 => return Err(DisclosureError::Zero),
            2 => return Err(DisclosureError::Two),
            _ => {}
        }
        let lowered = self.min_cell < DEFAULT_MIN_CELL;
        let ground_fits = match &self.lowered_because {
            None => !lowered,
            Some(LoweredBecause::PublicDataset) => lowered && self.data_basis == DataBasis::Public,
            Some(LoweredBecause::Consent) => lowered && self.data_basis == DataBasis::Consented,
            Some(LoweredBecause::Stated { reason }) => lowered && !reason.trim().is_empty(),
        };
        if self.objects_exported && self.data_basis == DataBasis::Undeclared {
            Err(DisclosureError::ExportNotAllowed)
        } else if ground_fits {
            Ok(())
        } else {
            let reason = if self.lowered_because.is_some() {
                "given"
            } else {
                "missing"
            };
            Err(DisclosureError::Contradiction {
                min_cell: self.min_cell,
                reason,
            })
        }
    }

    /// On what ground the footage is processed.
    #[must_use]
    pub fn data_basis(&self) -> DataBasis {
        self.data_basis
    }

    /// Cells with 1 to `min_cell - 1` people behind them are withheld; 1 withholds nothing.
    #[must_use]
    pub fn min_cell(&self) -> u32 {
        self.min_cell
    }

    /// Why small cells are shown, where they are.
    #[must_use]
    pub fn lowered_because(&self) -> Option<&LoweredBecause> {
        self.lowered_because.as_ref()
    }

    /// Whether boxes of single people were exported.
    #[must_use]
    pub fn objects_exported(&self) -> bool {
        self.objects_exported
    }

    /// The same rule, with the note that boxes of single people were exported.
    ///
    /// # Errors
    /// [`DisclosureError::ExportNotAllowed`], unless the dataset is declared public or consented.
    pub fn with_objects_exported(self) -> Result<Self, DisclosureError> {
        match self.data_basis {
            DataBasis::Public | DataBasis::Consented => Ok(Self {
                objects_exported: true,
                ..self
            }),
            DataBasis::Undeclared => Err(DisclosureError::ExportNotAllowed),
        }
    }

    /// Whether a group of so many people may be spoken of: nobody at all, or enough.
    #[must_use]
    pub fn permits(&self, people: u64) -> bool {
        people == 0 || people >= u64::from(self.min_cell)
    }

    /// `value`, if `people` may be shown; withheld otherwise.
    #[must_use]
    pub fn cell<T>(&self, value: T, people: u64) -> Cell<T> {
        self.cell_about(value, &[people])
    }

    /// `value`, if every one of the `groups` of people that can be derived from it may be spoken of. A share, for
    /// instance, speaks about those behind it and about those behind its complement.
    #[must_use]
    pub fn cell_about<T>(&self, value: T, groups: &[u64]) -> Cell<T> {
        if groups.iter().all(|&people| self.permits(people)) {
            let people = groups.iter().copied().max().unwrap_or(0);
            Cell(CellState::Shown {
                value,
                people_at_least: self.vouched(people),
            })
        } else {
            self.withheld()
        }
    }

    /// A cell that is withheld because others that add up with it are.
    #[must_use]
    pub fn withheld<T>(&self) -> Cell<T> {
        Cell(CellState::Withheld {
            because: Withholding::FewPeople,
        })
    }

    /// The exact number would let one cell be derived from another (the people behind a share of sightings are the
    /// numerator of a share of people), so that only what was checked is said: nobody, or at least `min_cell`.
    fn vouched(&self, people: u64) -> u64 {
        if self.min_cell == 1 {
            people
        } else {
            people.min(u64::from(self.min_cell))
        }
    }
}

/// Why a cell is empty although something was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Withholding {
    /// Between 1 and `min_cell - 1` people stand behind it, or behind a cell that could be derived from it. Which of
    /// the two is deliberately not said: it would narrow the neighbours down.
    FewPeople,
}

/// A published value that knows how many people stand behind it, or the reason why it is withheld.
/// Only a [`DisclosurePolicy`] makes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Cell<T>(CellState<T>);

/// What a [`Cell`] says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum CellState<T> {
    /// May be shown.
    Shown {
        /// The value.
        value: T,
        /// Distinct people behind it: at least so many, as far as the tracker could tell; exact where nothing is
        /// withheld (`min_cell` 1).
        people_at_least: u64,
    },
    /// May not be shown.
    Withheld {
        /// The reason.
        because: Withholding,
    },
}

impl<T> Cell<T> {
    /// What it says.
    #[must_use]
    pub fn state(&self) -> &CellState<T> {
        &self.0
    }

    /// The value, where it may be shown.
    #[must_use]
    pub fn shown(&self) -> Option<&T> {
        match &self.0 {
            CellState::Shown { value, .. } => Some(value),
            CellState::Withheld { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_to_ten_people_are_withheld_and_nobody_or_eleven_shown() {
        let policy = DisclosurePolicy::strict();
        for (people, shown) in [(0, true), (1, false), (10, false), (11, true), (500, true)] {
            assert_eq!(policy.cell(7, people).shown().is_some(), shown, "{people} people");
        }
        assert!(
            policy.cell_about(0.9, &[30, 3]).shown().is_none(),
            "the complement of a share counts too"
        );
    }

    #[test]
    fn a_shown_cell_does_not_tell_the_exact_number_of_people_unless_nothing_is_withheld() {
        let strict = DisclosurePolicy::strict().cell(7, 19);
        assert_eq!(
            strict.state(),
            &CellState::Shown {
                value: 7,
                people_at_least: 11
            }
        );
        let open = DisclosurePolicy::new(DataBasis::Public, None, None)
            .unwrap()
            .cell(7, 3);
        assert_eq!(
            open.state(),
            &CellState::Shown {
                value: 7,
                people_at_least: 3
            }
        );
    }

    #[test]
    fn the_rule_is_raised_freely_and_lowered_only_on_a_ground() {
        let new =
            |basis, min, reason: Option<&str>| DisclosurePolicy::new(basis, min, reason.map(str::to_owned));
        use DataBasis::{Consented, Public, Undeclared};
        assert_eq!(new(Undeclared, None, None).unwrap(), DisclosurePolicy::strict());
        assert_eq!(new(Undeclared, Some(30), None).unwrap().min_cell(), 30);
        assert_eq!(
            new(Undeclared, Some(5), None),
            Err(DisclosureError::LoweredWithoutReason { asked: 5 })
        );
        assert_eq!(
            new(Undeclared, Some(5), Some("  ")),
            Err(DisclosureError::LoweredWithoutReason { asked: 5 })
        );
        let stated = new(Undeclared, Some(5), Some("staff only, told by notice")).unwrap();
        assert!(matches!(
            stated.lowered_because(),
            Some(LoweredBecause::Stated { .. })
        ));
        assert_eq!(new(Public, None, None).unwrap().min_cell(), 1);
        assert_eq!(
            new(Consented, None, None).unwrap().lowered_because(),
            Some(&LoweredBecause::Consent)
        );
        assert_eq!(new(Public, Some(11), None).unwrap().lowered_because(), None);
        assert_eq!(new(Public, Some(0), None), Err(DisclosureError::Zero));
        assert_eq!(new(Public, Some(2), None), Err(DisclosureError::Two));
    }

    #[test]
    fn a_written_rule_that_could_not_have_been_made_is_found_out() {
        let lowered = DisclosurePolicy {
            min_cell: 1,
            ..DisclosurePolicy::strict()
        };
        assert!(matches!(
            lowered.check(),
            Err(DisclosureError::Contradiction { .. })
        ));
        let exported = DisclosurePolicy {
            objects_exported: true,
            ..DisclosurePolicy::strict()
        };
        assert_eq!(exported.check(), Err(DisclosureError::ExportNotAllowed));
        assert!(DisclosurePolicy::strict().with_objects_exported().is_err());
    }

    #[test]
    fn a_ground_for_lowering_holds_only_where_it_is_the_case_and_the_rule_is_lowered() {
        use DataBasis::{Consented, Public, Undeclared};
        use LoweredBecause::{Consent, PublicDataset, Stated};
        let stated = |reason: &str| Stated {
            reason: reason.to_owned(),
        };
        for (ground, data_basis, min_cell, sound) in [
            (PublicDataset, Public, 10, true),
            (PublicDataset, Public, 11, false),
            (PublicDataset, Undeclared, 10, false),
            (PublicDataset, Consented, 10, false),
            (Consent, Consented, 10, true),
            (Consent, Consented, 11, false),
            (Consent, Undeclared, 10, false),
            (Consent, Public, 10, false),
            (stated("staff only"), Undeclared, 10, true),
            (stated("staff only"), Undeclared, 11, false),
            (stated(" "), Undeclared, 10, false),
        ] {
            let policy = DisclosurePolicy {
                data_basis,
                min_cell,
                lowered_because: Some(ground),
                objects_exported: false,
            };
            let reason = "given";
            let found = Err(DisclosureError::Contradiction { min_cell, reason });
            let wanted = if sound { Ok(()) } else { found };
            assert_eq!(policy.check(), wanted, "{policy:?}");
        }
    }

    #[test]
    fn an_export_of_single_people_is_noted_and_changes_nothing_else() {
        for basis in [DataBasis::Public, DataBasis::Consented] {
            let before = DisclosurePolicy::new(basis, Some(3), None).unwrap();
            assert!(!before.objects_exported());
            let after = before.clone().with_objects_exported().unwrap();
            assert!(after.objects_exported());
            assert_eq!(after.check(), Ok(()));
            assert_eq!((after.data_basis(), after.min_cell()), (basis, 3));
            assert_eq!(after.lowered_because(), before.lowered_because());
        }
    }
}
