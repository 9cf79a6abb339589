//! The redacted stills of a report. In: the plan, the record with the length of each piece of footage, how many. Out: pictures
//! evenly spread over all of it, in which everybody found is masked. They leave the room by its door for redacted frames.

use vsa_base::environment::Environment;
use vsa_plan::Plan;
use vsa_record::Record;
use vsa_record::facts::ItemKind;
use vsa_record::redacted_still::StillFormat;
use vsa_report::stills::{MOST, Still, Stills};
use vsa_room::{RedactError, RedactPlan, Watcher, redacted_stills};

/// As wide as a printed page shows.
const WIDEST: u32 = 1280;

/// Why there are no stills.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MakeStillsError {
    /// Another decoder does not go to a moment.
    #[error("--stills needs --decoder ffmpeg")]
    Decoder,
    /// The room refused, or was asked to stop.
    #[error(transparent)]
    Redact(#[from] RedactError),
}

/// Makes `wanted` stills, [`MOST`] at most, for [`Beside::stills`](super::Beside). None: none were wanted, or the footage holds no
/// images that follow each other.
///
/// # Errors
/// [`MakeStillsError`].
pub fn stills(
    plan: &Plan,
    record: &Record,
    wanted: u8,
    environment: &Environment,
    watcher: &mut dyn Watcher,
) -> Result<Option<Stills>, MakeStillsError> {
    let wanted = usize::from(wanted).min(MOST);
    let mut made = Vec::new();
    let mut masked = None;
    for (item, times) in spread(record, wanted) {
        let footage = &plan.footage[item];
        let Some(redacting) = RedactPlan::of(plan, footage) else {
            return Err(MakeStillsError::Decoder);
        };
        masked = Some(redacting.what);
        let in_file: Vec<f64> = times.iter().map(|time| time * pace(plan, record, item)).collect();
        let pictures = redacted_stills(
            &redacting,
            &in_file,
            StillFormat::Png,
            WIDEST,
            environment,
            &mut *watcher,
        )?;
        made.extend(times.into_iter().zip(pictures).map(|(seconds, picture)| Still {
            label: footage.label.clone(),
            seconds,
            picture,
        }));
    }
    Ok(masked.map(|what| Stills { what, stills: made }))
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
