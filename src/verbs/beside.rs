//! What a report says besides its record: case, language, a vendor's claims, figures of cost, redacted stills, the sandbox.
//! In: what a user brought, or what an earlier folder keeps ([`super::kept`]). Out: one value, for `render` and `publish`.

use vsa_base::language::Language;
use vsa_claims::ClaimsReport;
use vsa_custody::case::Case;
use vsa_record::bench::BenchFacts;
use vsa_record::run::ConfinementFacts;
use vsa_report::stills::Stills;

/// The file of a folder that keeps the examined claims.
pub const CLAIMS_FILE: &str = "claims.json";

/// What stands beside the record in a report. All of it may be left out: [`Beside::default`] is an English report of the
/// record alone.
#[derive(Debug, Default)]
pub struct Beside {
    /// The exhibit's number, who asked, who operated, which question; and the language of the report.
    pub case: Case,
    /// Redacted pictures, made by [`super::stills()`].
    pub stills: Option<Stills>,
    /// A vendor's claims, held against this record.
    pub claims: Option<ClaimsReport>,
    /// What `vsa-audit bench` measured on the machine that the report speaks of.
    pub bench: Option<BenchFacts>,
    /// What the kernel held the run to that made the record, as its `run.json` says; none: not known. It is no part of the record,
    /// which is the same on every kernel.
    pub confinement: Option<ConfinementFacts>,
}

impl Beside {
    /// Nothing but a language.
    #[must_use]
    pub fn in_language(language: Language) -> Self {
        Self {
            case: Case::default().in_language(Some(language)),
            ..Self::default()
        }
    }

    /// The language of the report: the case's, or English.
    #[must_use]
    pub fn language(&self) -> Language {
        self.case.language.unwrap_or_default()
    }
}
