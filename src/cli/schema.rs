//! `vsa-audit schema`: the JSON Schema of an output file, on stdout.

use super::terminal::Terminal;
use clap::{Args, ValueEnum};

/// Options of `schema`.
#[derive(Debug, Args)]
pub(super) struct SchemaArguments {
    /// Which file.
    file: SchemaFile,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SchemaFile {
    /// record.json
    Record,
    /// report.json
    Report,
    /// run.json
    Run,
    /// bench.json
    Bench,
    /// scores.json
    Scores,
    /// groups.json
    Groups,
    /// OUT.redaction.json
    Redaction,
    /// stills.json
    Stills,
    /// comparison.json
    Comparison,
    /// claims.json
    Claims,
}

pub(super) fn run(arguments: &SchemaArguments, terminal: &mut Terminal) {
    let schema = match arguments.file {
        SchemaFile::Record => schemars::schema_for!(vsa_record::Record),
        SchemaFile::Report => schemars::schema_for!(vsa_report::Document),
        SchemaFile::Run => schemars::schema_for!(vsa_record::run::RunFacts),
        SchemaFile::Bench => schemars::schema_for!(vsa_record::bench::BenchFacts),
        SchemaFile::Groups => schemars::schema_for!(vsa_record::groups::GroupScores),
        SchemaFile::Redaction => schemars::schema_for!(vsa_record::redaction::RedactionReport),
        SchemaFile::Stills => schemars::schema_for!(vsa_record::stills::StillsFacts),
        SchemaFile::Comparison => schemars::schema_for!(vsa_record::comparison::Comparison),
        SchemaFile::Scores => schemars::schema_for!(vsa_record::scores::Scores),
        SchemaFile::Claims => schemars::schema_for!(vsa_claims::ClaimsReport),
    };
    // By way of `Value`, whose maps are sorted: as the schemas in `samples/` are shipped.
    let mut schema = schema.to_value();
    schema.sort_all_objects();
    let text = serde_json::to_string_pretty(&schema).expect("a schema is plain JSON");
    terminal.json(text.as_bytes());
}
