//! Claims beside an audit: files of claims in; once the record is there, the claims examined against it out.

use super::{check_unique, input};
use crate::cli::error::CommandError;
use crate::cli::key::read_bytes;
use crate::verbs::kept;
use std::path::{Path, PathBuf};
use vsa_claims::claim::Claim;
use vsa_claims::decide::Monitoring;
use vsa_claims::examine::{Material, examine};
use vsa_claims::examined::Input;
use vsa_claims::{ClaimsReport, parse};
use vsa_record::Record;
use vsa_record::facts::ToolFacts;

/// The usual chance that any of the verdicts is wrong.
const ERROR: f64 = 0.05;

/// Claims that were read, with the digests of their files.
pub(in crate::cli) struct GivenClaims {
    pub(super) claims: Vec<Claim>,
    pub(super) inputs: Vec<Input>,
}

impl GivenClaims {
    /// Reads and checks files of claims.
    pub(in crate::cli) fn read(files: &[PathBuf]) -> Result<Self, CommandError> {
        let mut given = Self {
            claims: Vec::new(),
            inputs: Vec::new(),
        };
        for file in files {
            given.claims.extend(parse::read(file)?);
            given.inputs.push(input("claims", file)?);
        }
        check_unique(&given.claims)?;
        Ok(given)
    }

    /// Holds them against a record, whose file has this digest.
    pub(in crate::cli) fn examine(&self, record: &Record, record_sha256: String) -> ClaimsReport {
        let material = Material {
            record: Some(record),
            ..Material::default()
        };
        let mut inputs = self.inputs.clone();
        inputs.push(Input {
            role: "record".to_owned(),
            sha256: record_sha256,
        });
        examine(
            &self.claims,
            &material,
            ERROR,
            Monitoring::Once,
            ToolFacts::this(),
            inputs,
        )
    }
}

/// Claims that were examined before, from a file of the user's.
pub(in crate::cli) fn read(path: &Path) -> Result<ClaimsReport, CommandError> {
    Ok(kept::claims_of(&read_bytes(path)?, &path.display().to_string())?)
}
