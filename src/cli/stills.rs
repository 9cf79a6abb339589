//! The redacted stills of an audit's report. In: the plan, the record with the length of each piece of footage, how many; or
//! the folder of an earlier run. Out: stills evenly spread over all of it; or those of the folder, if they are unchanged.

use super::error::CommandError;
use super::frames::Frames;
use super::redact::command_error;
use super::terminal::Terminal;
use vsa_base::digest;
use vsa_base::environment::Environment;
use vsa_custody::bundle::Bundle;
use vsa_custody::manifest;
use vsa_custody::manifest::Role;
use vsa_plan::Plan;
use vsa_record::Record;
use vsa_record::facts::ItemKind;
use vsa_record::redacted_still::StillFormat;
use vsa_record::stills::{FILE, StillsFacts};
use vsa_report::stills::{MOST, Still, Stills};
use vsa_room::{RedactPlan, redacted_stills};

/// As wide as a printed page shows.
const WIDEST: u32 = 1280;

/// Makes them; none: none were asked for.
pub(super) fn of(
    plan: &Plan,
    record: &Record,
    wanted: u8,
    environment: &Environment,
    terminal: &mut Terminal,
) -> Result<Option<Stills>, CommandError> {
    let wanted = usize::from(wanted).min(MOST);
    let mut made = Vec::new();
    let mut masked = None;
    for (item, times) in spread(record, wanted) {
        let footage = &plan.footage[item];
        let Some(redacting) = RedactPlan::of(plan, footage) else {
            return Err(CommandError::Usage("--stills needs --decoder ffmpeg".to_owned()));
        };
        masked = Some(redacting.what);
        let in_file: Vec<f64> = times.iter().map(|time| time * pace(plan, record, item)).collect();
        let pictures = redacted_stills(
            &redacting,
            &in_file,
            StillFormat::Png,
            WIDEST,
            environment,
            &mut Frames::on(terminal),
        )
        .map_err(command_error)?;
        made.extend(times.into_iter().zip(pictures).map(|(seconds, picture)| Still {
            label: footage.label.clone(),
            seconds,
            picture,
        }));
    }
    if wanted > 0 && made.is_empty() {
        terminal.warn("there are no stills: images that do not follow each other are not shown");
    }
    Ok(masked.map(|what| Stills { what, stills: made }))
}

/// Those of an earlier run's folder, held to the digests that its manifest lists; none: it has none.
pub(super) fn of_bundle(bundle: &Bundle) -> Result<Option<Stills>, CommandError> {
    let Some(bytes) = bundle.get(FILE) else {
        return missing(bundle);
    };
    let refused = |error: String| CommandError::Usage(format!("{FILE}: {error}"));
    let manifest = bundle.get(manifest::FILE).ok_or_else(|| {
        refused("the folder has no manifest.json, by which stills are told from other pictures".to_owned())
    })?;
    let manifest = manifest::read(manifest).map_err(|error| refused(error.to_string()))?;
    let listed = |name: &str| {
        let mut outputs = manifest.entries.iter().filter(|entry| entry.role == Role::Output);
        outputs
            .find(|entry| entry.name == name)
            .map(|entry| entry.sha256.as_str())
    };
    if listed(FILE) != Some(digest::of_bytes(bytes).as_str()) {
        return Err(refused(
            "it was changed: its SHA-256 is not the one that the manifest lists; restore it from the sealed folder".to_owned(),
        ));
    }
    let facts: StillsFacts = serde_json::from_slice(bytes).map_err(|error| refused(error.to_string()))?;
    let stills = Stills::of_bundle(&facts, |name| (bundle.get(name), listed(name)))
        .map_err(|error| CommandError::Usage(error.to_string()))?;
    Ok(Some(stills))
}

/// There is no list: then the manifest lists none, either.
fn missing(bundle: &Bundle) -> Result<Option<Stills>, CommandError> {
    let lists = |bytes: &[u8]| {
        manifest::read(bytes).is_ok_and(|manifest| {
            let mut entries = manifest.entries.iter();
            entries.any(|entry| entry.role == Role::Output && entry.name == FILE)
        })
    };
    if bundle.get(manifest::FILE).is_some_and(lists) {
        return Err(CommandError::Usage(format!(
            "{FILE} is missing from the folder, and its manifest lists it: restore it from the sealed folder"
        )));
    }
    Ok(None)
}

/// Seconds of the file for one second of the record: they differ where the scene says at what rate its camera took frames.
fn pace(plan: &Plan, record: &Record, item: usize) -> f64 {
    let declared = record.items[item].declared_frame_rate;
    match (plan.scene.frame_rate(), declared) {
        (Some(taken), Some(declared)) if declared > 0.0 => taken / declared,
        _ => 1.0,
    }
}

/// The middles of `wanted` equal parts of all the footage: which piece, and the seconds in it.
fn spread(record: &Record, wanted: usize) -> Vec<(usize, Vec<f64>)> {
    let lengths: Vec<f64> = record
        .items
        .iter()
        .map(|item| {
            if item.kind == ItemKind::Stills {
                0.0
            } else {
                item.duration_seconds
            }
        })
        .collect();
    let whole: f64 = lengths.iter().sum();
    let mut found: Vec<(usize, Vec<f64>)> = Vec::new();
    for at in (0..wanted).filter(|_| whole > 0.0) {
        // Whole tenths of a second: nobody looks a still up more finely.
        let mut place = ((at as f64 + 0.5) / wanted as f64 * whole * 10.0).floor() / 10.0;
        for (item, length) in lengths.iter().enumerate() {
            if place < *length {
                match found.last_mut() {
                    Some((last, times)) if *last == item => times.push(place),
                    _ => found.push((item, vec![place])),
                }
                break;
            }
            place -= length;
        }
    }
    found
}
