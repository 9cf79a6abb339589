//! Claims as an auditor writes them. In: TOML, one claim or many. Out: checked [`Claim`]s, or an error that shows the
//! line, the column and the line itself.
//! Deliberately not here: words that are missing. They make a claim untestable, which is a result and no fault of the
//! file (see [`testable`](super::testable)).

use super::claim::{Claim, ClaimedQuantity, Comparator, Conditions, Published, Scale, Source, TestedBy};
use super::figures;
use serde::Deserialize;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;
use vsa_base::{Reason, digest};

/// Why a file of claims cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClaimError {
    /// It cannot be read.
    #[error("cannot read the claims {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// As the system says.
        source: std::io::Error,
    },
    /// It is not understood, or a value in it makes no sense.
    #[error("the claims {path} are not understood:\n{reason}")]
    Parse {
        /// The file.
        path: PathBuf,
        /// With line, column and the line itself.
        reason: String,
    },
}

/// Reads a file of claims.
///
/// # Errors
/// [`ClaimError`], with the faulty place.
pub fn read(path: &Path) -> Result<Vec<Claim>, ClaimError> {
    let text = std::fs::read_to_string(path).map_err(|source| ClaimError::Read {
        path: path.to_owned(),
        source,
    })?;
    parse(&text).map_err(|Reason(reason)| ClaimError::Parse {
        path: path.to_owned(),
        reason,
    })
}

/// Reads the text of a file of claims.
///
/// # Errors
/// What is wrong, with line, column and the line itself.
pub fn parse(text: &str) -> Result<Vec<Claim>, Reason> {
    let file: WrittenFile = toml::from_str(text).map_err(Reason::of)?;
    if file.claim.is_empty() {
        return Err("there is no claim in it: write one below a line `[[claim]]`".into());
    }
    let mut claims: Vec<Claim> = Vec::with_capacity(file.claim.len());
    for written in file.claim {
        let id = written.id.clone();
        let claim = check(written, &file.defaults).map_err(|fault| shown(text, &fault))?;
        if claims.iter().any(|other| other.id == claim.id) {
            let what = format!("two claims have the id `{}`: give each its own", claim.id);
            return Err(shown(text, &Fault::at(&id, what)));
        }
        claims.push(claim);
    }
    Ok(claims)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFile {
    #[serde(default)]
    claim: Vec<WrittenClaim>,
    #[serde(default)]
    defaults: Defaults,
}

/// What holds for every claim of the file that does not say otherwise.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Defaults {
    vendor: Option<String>,
    product: Option<String>,
    version: Option<String>,
    source: Option<Spanned<Source>>,
    population: Option<String>,
    operating_point: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenClaim {
    id: Spanned<String>,
    vendor: Option<String>,
    product: Option<String>,
    version: Option<String>,
    says: Spanned<String>,
    source: Option<Spanned<Source>>,
    quantity: Option<ClaimedQuantity>,
    figure: Option<Spanned<String>>,
    comparator: Option<Comparator>,
    value: Option<Spanned<f64>>,
    unit: Option<Spanned<WrittenUnit>>,
    margin: Option<Spanned<f64>>,
    reference: Option<String>,
    share: Option<Spanned<f64>>,
    event: Option<String>,
    population: Option<String>,
    #[serde(default)]
    conditions: Conditions,
    operating_point: Option<String>,
    tested: Option<TestedBy>,
    published: Option<Spanned<WrittenPublished>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPublished {
    /// A share between 0 and 1.
    share: Option<f64>,
    /// Or counts.
    hits: Option<u64>,
    of: Option<u64>,
    source: Source,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum WrittenUnit {
    Share,
    Percent,
    PerCameraHour,
    PerCameraDay,
    PerCameraWeek,
    Seconds,
    Minutes,
    AsRecorded,
}

impl WrittenUnit {
    /// The scale, and how many of it one of this unit is.
    fn scale(self) -> (Scale, f64) {
        match self {
            Self::Share => (Scale::Share, 1.0),
            Self::Percent => (Scale::Share, 0.01),
            Self::PerCameraHour => (Scale::PerCameraHour, 1.0),
            Self::PerCameraDay => (Scale::PerCameraHour, 1.0 / 24.0),
            Self::PerCameraWeek => (Scale::PerCameraHour, 1.0 / 168.0),
            Self::Seconds => (Scale::Seconds, 1.0),
            Self::Minutes => (Scale::Seconds, 60.0),
            Self::AsRecorded => (Scale::AsRecorded, 1.0),
        }
    }
}

struct Fault {
    span: Range<usize>,
    what: String,
}

impl Fault {
    fn at<T>(value: &Spanned<T>, what: impl Into<String>) -> Self {
        Self {
            span: value.span(),
            what: what.into(),
        }
    }
}

/// The fault in the manner of the TOML reader: place, line, mark, what is wrong.
fn shown(text: &str, fault: &Fault) -> Reason {
    let start = fault.span.start.min(text.len());
    let before = &text[..start];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    let number = before.matches('\n').count() + 1;
    let column = text[line_start..start].chars().count();
    let length = text[start
        ..fault
            .span
            .end
            .clamp(start, line_start + line.len().max(start - line_start))]
        .chars()
        .count()
        .max(1);
    let gutter = " ".repeat(number.to_string().len());
    Reason(format!(
        "TOML parse error at line {number}, column {}\n{gutter} |\n{number} | {line}\n{gutter} | {}{}\n{}\n",
        column + 1,
        " ".repeat(column),
        "^".repeat(length),
        fault.what
    ))
}

fn check(written: WrittenClaim, defaults: &Defaults) -> Result<Claim, Fault> {
    let id = written.id.get_ref().trim();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if id.is_empty() || !id.chars().all(fits) {
        return Err(Fault::at(
            &written.id,
            "an id is made of letters, digits, `-`, `_` and `.`",
        ));
    }
    if written.says.get_ref().trim().is_empty() {
        return Err(Fault::at(
            &written.says,
            "quote the sentence that is to be tested, word for word",
        ));
    }
    let Some(vendor) = written.vendor.or_else(|| defaults.vendor.clone()) else {
        return Err(Fault::at(
            &written.id,
            "nobody is named who says it: add `vendor`, here or below `[defaults]`",
        ));
    };
    let scale = check_unit(written.quantity, written.unit.as_ref())?;
    let value = check_value(written.value.as_ref(), scale, "value")?;
    let margin = check_value(written.margin.as_ref(), scale, "margin")?;
    if let (Some(written), Some(margin)) = (&written.margin, margin)
        && margin <= 0.0
    {
        return Err(Fault::at(written, "a margin must be above 0"));
    }
    if let (Some(figure), true) = (&written.figure, written.quantity != Some(ClaimedQuantity::Figure)) {
        return Err(Fault::at(
            figure,
            "`figure` goes with `quantity = \"figure\"` only",
        ));
    }
    if let Some(figure) = &written.figure {
        check_figure(figure, id)?;
    }
    let source = written.source.or_else(|| defaults.source.clone());
    if let Some(source) = &source {
        check_digest(source)?;
    }
    Ok(Claim {
        id: id.to_owned(),
        vendor,
        product: written.product.or_else(|| defaults.product.clone()),
        version: written.version.or_else(|| defaults.version.clone()),
        says: written.says.get_ref().trim().to_owned(),
        source: source.map(Spanned::into_inner),
        quantity: written.quantity,
        figure: written.figure.map(Spanned::into_inner),
        comparator: written.comparator,
        value,
        scale: scale.map(|(scale, _)| scale),
        margin,
        reference: written.reference,
        share: check_share(written.share.as_ref())?,
        event: written.event,
        population: written.population.or_else(|| defaults.population.clone()),
        conditions: written.conditions,
        operating_point: written
            .operating_point
            .or_else(|| defaults.operating_point.clone()),
        tested: written.tested,
        published: written.published.as_ref().map(check_published).transpose()?,
    })
}

/// That a record or scores can have such a figure: else the claim could be tested on no footage. None is a missing word.
fn check_figure(written: &Spanned<String>, id: &str) -> Result<(), Fault> {
    let name = written.get_ref();
    match figures::instead_of(name) {
        Some(near) if near.contains(name) => Err(Fault::at(
            written,
            format!(
                "the claim `{id}` names `{name}` without what follows it, such as a quantile, a limit or a level: write the name \
                 as report.json or scores.json has it"
            ),
        )),
        Some(near) if !name.trim().is_empty() => Err(Fault::at(
            written,
            format!(
                "the claim `{id}` names the figure `{name}`, which neither a record nor scores can have; the nearest are `{}` \
                 (report.json and scores.json name all that were measured)",
                near.join("`, `")
            ),
        )),
        _ => Ok(()),
    }
}

fn check_unit(
    quantity: Option<ClaimedQuantity>,
    unit: Option<&Spanned<WrittenUnit>>,
) -> Result<Option<(Scale, f64)>, Fault> {
    let Some(written) = unit else { return Ok(None) };
    let scale = written.get_ref().scale();
    let wanted = match quantity {
        Some(ClaimedQuantity::FalseAlarmRate) => (
            Scale::PerCameraHour,
            "per-camera-hour, per-camera-day or per-camera-week",
        ),
        Some(ClaimedQuantity::DelayToAlert | ClaimedQuantity::MeanDelay) => {
            (Scale::Seconds, "seconds or minutes")
        }
        Some(ClaimedQuantity::Figure) => (Scale::AsRecorded, "as-recorded"),
        Some(quantity) if quantity.is_share_of_events() || quantity == ClaimedQuantity::Accuracy => {
            (Scale::Share, "share or percent")
        }
        _ => return Ok(Some(scale)),
    };
    if scale.0 == wanted.0 {
        Ok(Some(scale))
    } else {
        let what = format!("this quantity is counted in {}", wanted.1);
        Err(Fault::at(written, what))
    }
}

fn check_value(
    written: Option<&Spanned<f64>>,
    scale: Option<(Scale, f64)>,
    what: &str,
) -> Result<Option<f64>, Fault> {
    let Some(written) = written else { return Ok(None) };
    let value = *written.get_ref();
    if !value.is_finite() {
        return Err(Fault::at(written, format!("{what} must be a number")));
    }
    let Some((scale, factor)) = scale else {
        return Ok(Some(value));
    };
    // A percentage is divided, not multiplied, so that 95 becomes the float nearest to 0.95.
    let value = if factor < 1.0 {
        value / (1.0 / factor).round()
    } else {
        value * factor
    };
    match scale {
        Scale::Share if !(0.0..=1.0).contains(&value) => Err(Fault::at(
            written,
            format!("{what} is a share: between 0 and 1 as a `share`, between 0 and 100 as `percent`"),
        )),
        Scale::PerCameraHour | Scale::Seconds if value < 0.0 => {
            Err(Fault::at(written, format!("{what} cannot be below 0")))
        }
        _ => Ok(Some(value)),
    }
}

fn check_share(written: Option<&Spanned<f64>>) -> Result<Option<f64>, Fault> {
    match written {
        Some(share) if !(*share.get_ref() > 0.0 && *share.get_ref() < 1.0) => Err(Fault::at(
            share,
            "`share` is the share of alerts that come within the time: above 0 and below 1",
        )),
        share => Ok(share.map(|share| *share.get_ref())),
    }
}

fn check_digest(source: &Spanned<Source>) -> Result<(), Fault> {
    if source.get_ref().sha256.as_deref().is_none_or(digest::is_digest) {
        Ok(())
    } else {
        Err(Fault::at(
            source,
            "`sha256` is 64 digits and small letters a to f",
        ))
    }
}

fn check_published(written: &Spanned<WrittenPublished>) -> Result<Published, Fault> {
    let given = written.get_ref();
    let share = match (given.share, given.hits, given.of) {
        (Some(share), None, _) if (0.0..=1.0).contains(&share) => share,
        (None, Some(hits), Some(of)) if of > 0 && hits <= of => hits as f64 / of as f64,
        _ => {
            return Err(Fault::at(
                written,
                "give either `share` (0 to 1), or `hits` and `of` with no more hits than there are",
            ));
        }
    };
    Ok(Published {
        share,
        of: given.of.filter(|of| *of > 0),
        source: given.source.clone(),
    })
}

#[cfg(test)]
mod tests;
