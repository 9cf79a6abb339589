//! The third verb: a record in, the report in a language out, as four files in a folder that is whole or absent.
//!
//! `cargo run --example render -- OUT [RECORD [LANGUAGE]]`. Without a record, the sample's is drawn; `fr` is French.

#![expect(
    clippy::disallowed_macros,
    reason = "a program of its own: what it prints is its answer"
)]

use std::error::Error;
use std::path::PathBuf;
use vsa_audit::Beside;
use vsa_audit::base::folder::OutputFolder;
use vsa_audit::base::language::Language;
use vsa_audit::record::json;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let out = arguments
        .next()
        .ok_or("name a folder for the report, such as target/report")?;
    let path = arguments
        .next()
        .map_or_else(|| PathBuf::from("samples/record.json"), PathBuf::from);
    let language = match arguments.next() {
        Some(name) if name == "fr" => Language::French,
        _ => Language::English,
    };
    let folder = OutputFolder::prepare(out.as_ref(), false)?;

    let record = json::read_record(&std::fs::read(path)?)?;
    let findings = vsa_audit::audit(&record);
    let report = vsa_audit::render(&record, &findings, &Beside::in_language(language))?;

    let files: Vec<(&str, &[u8])> = report
        .files
        .iter()
        .map(|file| (file.name, file.bytes.as_slice()))
        .collect();
    folder.publish(&files)?;
    for (name, bytes) in files {
        println!("{name}: {} bytes", bytes.len());
    }
    Ok(())
}
