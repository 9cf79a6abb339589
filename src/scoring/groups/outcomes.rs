//! Tables of outcomes, without boxes: one row per case with what is so and what was said (a classifier of faces), or one row
//! per group with its counts (a published table). In: CSV. Out: [`GroupScores`].

use super::{Case, Tables};
use crate::error::EvaluateError;
use crate::ground_truth::rows;
use crate::ground_truth::rows::{BadRow, Rows};
use std::path::PathBuf;
use vsa_base::{digest, outside};
use vsa_record::disclosure::DisclosurePolicy;
use vsa_record::facts::ToolFacts;
use vsa_record::groups::{GroupMeasure, GroupScores, SCHEMA};
use vsa_record::scores::RowFault;

/// What to read from a table of outcomes.
#[derive(Clone, Debug)]
pub struct OutcomesRequest {
    /// The CSV file.
    pub table: PathBuf,
    /// Columns to group by.
    pub by: Vec<String>,
    /// Which columns hold the outcome.
    pub outcome: OutcomeColumns,
    /// Leave bad rows out, and count them.
    pub skip_bad_rows: bool,
    /// The rule for small cells.
    pub disclosure: DisclosurePolicy,
}

/// Where the outcome is.
#[derive(Clone, Debug)]
pub enum OutcomeColumns {
    /// A hit is a row in which both columns say the same.
    Compared {
        /// What is so.
        truth: String,
        /// What was said.
        said: String,
    },
    /// Each row counts hits among cases.
    Counted {
        /// Hits.
        hits: String,
        /// Cases.
        cases: String,
    },
}

/// Shares of each group of a table of outcomes, with differences and tests.
///
/// # Errors
/// [`EvaluateError`], where the file cannot be read, a column is missing, or a row is wrong.
pub fn evaluate_outcomes(request: &OutcomesRequest) -> Result<GroupScores, EvaluateError> {
    if request.by.is_empty() {
        return Err(EvaluateError::Options(
            "say by which columns to group with --by".to_owned(),
        ));
    }
    let text = rows::text(&request.table)?;
    let (head, records) = rows::table(&request.table, &text, true)?;
    let head: Vec<String> = head.iter().map(str::to_owned).collect();
    let column = |name: &String| {
        head.iter().position(|known| known == name).ok_or_else(|| {
            let reason = format!(
                "there is no column {}; there are: {}",
                outside::quoted(name),
                outside::list(head.iter().map(String::as_str))
            );
            rows::malformed(&request.table, 1, reason)
        })
    };
    let by = request
        .by
        .iter()
        .map(column)
        .collect::<Result<Vec<usize>, EvaluateError>>()?;
    let (first, second, measure) = match &request.outcome {
        OutcomeColumns::Compared { truth, said } => (column(truth)?, column(said)?, GroupMeasure::Accuracy),
        OutcomeColumns::Counted { hits, cases } => (column(hits)?, column(cases)?, GroupMeasure::HitRate),
    };
    let mut bad = Rows::new(request.skip_bad_rows);
    let mut cases = Vec::new();
    for record in records {
        let (line, record) = record?;
        let parsed = outcome(&record, first, second, measure, head.len());
        if let Some((hits, all)) = bad.keep(&request.table, line, parsed)? {
            let value = |at: &usize| record.get(*at).filter(|text| !text.is_empty()).map(str::to_owned);
            cases.push(Case {
                values: by.iter().map(value).collect(),
                hits,
                cases: all,
                strata: Vec::new(),
                person: None,
                cluster: None,
            });
        }
    }
    Ok(GroupScores {
        schema: SCHEMA.to_owned(),
        tool: ToolFacts::this(),
        sha256: digest::of_bytes(&rows::bytes(&request.table)?),
        rows_skipped: bad.skipped.values().sum(),
        disclosure: request.disclosure.clone(),
        tables: Tables {
            attributes: &request.by,
            confounders: &[],
            measure,
            draws: None,
            policy: &request.disclosure,
        }
        .of(&cases),
    })
}

/// Hits and cases of one row.
fn outcome(
    record: &csv::StringRecord,
    first: usize,
    second: usize,
    measure: GroupMeasure,
    columns: usize,
) -> Result<(u64, u64), BadRow> {
    if record.len() != columns {
        let reason = format!("{} fields, but the head has {columns}", record.len());
        return Err(BadRow::missing(reason));
    }
    let field = |at: usize| {
        record
            .get(at)
            .filter(|text| !text.is_empty())
            .ok_or_else(|| BadRow::new(RowFault::MissingField, "the outcome is empty"))
    };
    let (one, other) = (field(first)?, field(second)?);
    if measure == GroupMeasure::Accuracy {
        return Ok((u64::from(one == other), 1));
    }
    let count = |text: &str, what: &str| {
        let number = rows::whole(text, what)?;
        u64::try_from(number)
            .map_err(|_negative| BadRow::new(RowFault::NegativeSize, format!("{what} is {number}")))
    };
    let (hits, cases) = (
        count(one, "the number of hits")?,
        count(other, "the number of cases")?,
    );
    if hits > cases {
        let reason = format!("{hits} hits among {cases} cases");
        return Err(BadRow::new(RowFault::NegativeSize, reason));
    }
    Ok((hits, cases))
}
