//! Frigate's events. In: the JSON array that its `/api/events` gives, saved to a file. Out: [`Labels`] with one box for each
//! event, as shares of the picture, at the time at which the event began. Source: docs.frigate.video, HTTP API, `events`.
//!
//! An event tells times, not frames: the rate and the time of the first frame are needed. It keeps one box, its best, so
//! that only an event's beginning can be held to labels; of the path between only centres are kept, which are no boxes.

use super::ReadOptions;
use super::rows::{self, BadRow, Rows};
use crate::error::EvaluateError;
use crate::labels::{Class, LabelBox, Labels, Numbering, Sequence};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::path::Path;
use vsa_record::scores::{LabelFormat, RowFault};

#[derive(Deserialize)]
struct Event {
    camera: String,
    label: String,
    start_time: f64,
    top_score: Option<f64>,
    #[serde(rename = "box")]
    older_box: Option<Vec<f64>>,
    data: Option<Data>,
}

#[derive(Deserialize)]
struct Data {
    #[serde(rename = "box")]
    place: Option<Vec<f64>>,
    score: Option<f64>,
    top_score: Option<f64>,
}

pub(super) fn read(path: &Path, options: &ReadOptions, rows: &mut Rows) -> Result<Labels, EvaluateError> {
    let (Some(rate), Some(start)) = (options.frames_per_second, options.clock_start) else {
        return Err(EvaluateError::Options(
            "events tell times instead of frames: give --fps and the time of the first frame with --clock-start".to_owned(),
        ));
    };
    let text = rows::text(path)?;
    let events: Vec<&RawValue> = serde_json::from_str(&text).map_err(|error| {
        let reason = format!("not a JSON array of events: {error}");
        rows::malformed(path, error.line() as u64, reason)
    })?;
    let mut labels = Labels::new(LabelFormat::FrigateEvents);
    labels.normalised = true;
    let mut cameras = Numbering::default();
    for raw in events {
        let offset = raw.get().as_ptr() as usize - text.as_ptr() as usize;
        let line = rows::line_at(text.as_bytes(), offset);
        let parsed = serde_json::from_str::<Event>(raw.get())
            .map_err(|error| BadRow::missing(format!("the event cannot be read: {error}")));
        let placed = parsed.and_then(|event| {
            let label = place(&event)?;
            Ok((frame_number((event.start_time - start) * rate)?, event, label))
        });
        let Some((number, event, label)) = rows.keep(path, line, placed)? else {
            continue;
        };
        let sequence = cameras.of(&event.camera, &mut labels.sequences, || {
            Sequence::in_time(&event.camera, Some(rate))
        });
        let picture = labels.frame(sequence, number);
        labels.add(picture, line, (Class::named(event.label), label));
    }
    Ok(labels)
}

/// The frame, counted from 1, that is `frames` after the first one: an event centuries from the footage is a row at fault.
fn frame_number(frames: f64) -> Result<i64, BadRow> {
    /// Beyond it a number of 64 bits no longer tells one frame from the next.
    const COUNTABLE: f64 = 9_007_199_254_740_992.0;
    if frames.abs() >= COUNTABLE {
        let reason = "the event's `start_time` is too far from the footage to be a frame of it";
        return Err(BadRow::new(RowFault::BeyondTheSequence, reason));
    }
    #[expect(clippy::cast_possible_truncation, reason = "within the countable numbers")]
    Ok(frames.round() as i64 + 1)
}

fn place(event: &Event) -> Result<LabelBox, BadRow> {
    let data = event.data.as_ref();
    let place = data
        .and_then(|data| data.place.as_ref())
        .or(event.older_box.as_ref());
    let Some([left, top, width, height]) = place.map(Vec::as_slice) else {
        return Err(BadRow::missing("the event has no `box` of four numbers"));
    };
    let score = data
        .and_then(|data| data.top_score.or(data.score))
        .or(event.top_score);
    let score = score.ok_or_else(|| BadRow::missing("the event has no score"))?;
    if !event.start_time.is_finite() {
        let reason = "the event's `start_time` is not finite";
        return Err(BadRow::new(RowFault::NotFinite, reason));
    }
    let region = rows::region(*left, *top, *width, *height)?;
    Ok(LabelBox {
        score: Some(score),
        ..LabelBox::of(region)
    })
}
