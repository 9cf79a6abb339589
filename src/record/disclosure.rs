//! The stamped passport: what may leave, and the rule for small cells.
//!
//! Every published cell knows how many distinct people (tracks, after fragments are joined) stand behind it. A cell
//! backed by 1 to 10 people is withheld; nobody at all may show as zero. The threshold can be raised by anyone and
//! lowered only with a reason, or for a dataset declared public or consented.
//! Source of the rule: CMS cell-size suppression policy (no cell of 1 to 10 shown, none derivable).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

mod sealed {
    pub trait Sealed {}
    impl Sealed for crate::record::Record {}
    impl Sealed for crate::report::Document {}
}

/// What may be written. Sealed: only this crate decides what gets the passport.
pub trait Disclosable: sealed::Sealed + Serialize {}

impl Disclosable for crate::record::Record {}
impl Disclosable for crate::report::Document {}

/// Cells with 1 to `DEFAULT_MIN_CELL - 1` people behind them are withheld.
pub const DEFAULT_MIN_CELL: u32 = 11;

/// On what ground the footage is processed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DataBasis {
    /// Nothing was declared: the strictest rule holds.
    Undeclared,
    /// A dataset published for research or testing.
    Public,
    /// Everyone in view has consented.
    Consented,
}

/// The rule that was applied to every cell of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DisclosurePolicy {
    /// Declared by the user or by the sample's registry entry.
    pub data_basis: DataBasis,
    /// Cells with 1 to `min_cell - 1` people behind them are withheld. 1 withholds nothing.
    pub min_cell: u32,
    /// Why `min_cell` is lower than [`DEFAULT_MIN_CELL`], where it is.
    pub lowered_because: Option<String>,
    /// Whether boxes of single people were exported by the door for public and consented datasets.
    pub objects_exported: bool,
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

    /// `value`, if `people` may be shown; withheld otherwise.
    #[must_use]
    pub fn cell<T>(&self, value: T, people: u64) -> Cell<T> {
        if people == 0 || people >= u64::from(self.min_cell) {
            Cell::Shown {
                value,
                people: self.people(people),
            }
        } else {
            Cell::Withheld {
                because: Withholding::FewPeople,
            }
        }
    }

    fn people(&self, people: u64) -> u64 {
        people
    }
}

/// Why a cell is empty although something was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Withholding {
    /// Between 1 and `min_cell - 1` people stand behind it.
    FewPeople,
    /// Shown, it would let a withheld neighbour be derived.
    Complementary,
}

/// A published value that knows how many people stand behind it, or the reason why it is withheld.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum Cell<T> {
    /// May be shown.
    Shown {
        /// The value.
        value: T,
        /// Distinct people behind it, as far as the tracker could tell.
        people: u64,
    },
    /// May not be shown.
    Withheld {
        /// The reason.
        because: Withholding,
    },
}

impl<T> Cell<T> {
    /// The value, where it may be shown.
    #[must_use]
    pub fn shown(&self) -> Option<&T> {
        match self {
            Self::Shown { value, .. } => Some(value),
            Self::Withheld { .. } => None,
        }
    }
}
