//! The second verb: a record in, a verdict for every question out.
//!
//! `cargo run --example audit -- [RECORD]`. Without one, the sample's record is audited.

#![expect(
    clippy::disallowed_macros,
    reason = "a program of its own: what it prints is its answer"
)]

use std::error::Error;
use std::path::PathBuf;
use vsa_audit::audits::Verdict;
use vsa_audit::record::json;

fn main() -> Result<(), Box<dyn Error>> {
    let given = std::env::args_os().nth(1).map(PathBuf::from);
    let path = given.unwrap_or_else(|| "samples/record.json".into());
    let record = json::read_record(&std::fs::read(path)?)?;
    for finding in vsa_audit::audit(&record) {
        let verdict = match finding.verdict {
            Verdict::NotMeasured { missing } => format!("not measured ({missing:?})"),
            decided => format!("{decided:?}"),
        };
        println!("{:45} {verdict}", finding.id.name());
    }
    Ok(())
}
