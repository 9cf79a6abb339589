//! A record in, findings out: one question per row of `table`, grouped as *seen, recognisable, followed, judged, reliable*.
//!
//! [`run_all`] hands every audit nothing but the evidence that it declares, and answers itself where there is none.
//! Deliberately not here: words (`report::wording`), an overall score (there is none), footage.

mod audit;
mod decide;
mod evidence;
mod finding;
mod run;
mod table;
mod thresholds;

pub use audit::{Group, Limit, Side, Threshold, ThresholdSource};
pub use finding::{Finding, Verdict};
pub use run::{ids, run_all};
pub use table::AuditId;
// Printed beside the finding that uses it.
pub use thresholds::LOITERING_SECONDS;
