//! Words in and around charts.

use crate::formats::english as formats;
use crate::wording::{ChartText, DistributionText, PlacesText};
use vsa_record::estimate::Unit;

/// People over time.
#[must_use]
pub fn occupancy(
    item: &str,
    width_seconds: f64,
    busiest: Option<(&str, &str)>,
    withheld: usize,
) -> ChartText {
    let width = formats::duration(width_seconds);
    let shown = match busiest {
        Some((span, value)) => {
            format!("The fullest stretch is {span}\u{202f}s, with {value} people per frame.")
        }
        None => "No stretch may be shown.".into(),
    };
    let hidden = if withheld > 0 {
        format!(
            " Stretches withheld, because too few people stand behind them: {}.",
            formats::count(withheld as u64)
        )
    } else {
        String::new()
    };
    ChartText {
        title: format!("People reported in {item}, over time"),
        description: format!("Mean number of people per frame in stretches of {width}. {shown}{hidden}"),
        caption: format!(
            "Mean over stretches of {width}, counted in full: no interval. People whom the detector missed are not \
             counted; things that it took for people are.{hidden}"
        ),
        value_axis: "People per frame".into(),
        other_axis: "Seconds from the start".into(),
    }
}

/// Where people were seen.
#[must_use]
pub fn places(item: &str, most: u64, withheld: usize) -> PlacesText {
    let hidden = if withheld > 0 {
        format!(
            " Cells withheld, because one to ten people (or as many as the rule says) stand behind them: {}.",
            formats::count(withheld as u64)
        )
    } else {
        String::new()
    };
    PlacesText {
        title: format!("Where in the picture of {item} people can be seen"),
        description: format!(
            "The picture in square cells, each with the number of tracks that set foot in it. The most in one cell: {}.{hidden}",
            formats::count(most)
        ),
        caption: format!(
            "The whole picture, cut into cells; the picture itself is not kept. A cell tells how many tracks set foot in \
             it, however long they stayed: counted in full, no interval. One person may be several tracks. A place \
             without a mark is one where nobody was reported, not one where nobody was.{hidden}"
        ),
    }
}

/// Head of the first column of the data of places.
pub const PLACE_ROW: &str = "Row";
/// Legend of an empty cell.
pub const PLACE_NOBODY: &str = "nobody";

/// `1 track`, `3–5 tracks`.
#[must_use]
pub fn visits(low: u64, high: u64) -> String {
    match (low, high) {
        (1, 1) => "1 track".to_owned(),
        (low, high) if low == high => format!("{} tracks", formats::count(low)),
        (low, high) => format!("{}–{} tracks", formats::count(low), formats::count(high)),
    }
}

/// Frames by number of people.
#[must_use]
pub fn frames_by_people(most_common: Option<(&str, &str)>) -> ChartText {
    let shown = match most_common {
        Some((people, frames)) => format!("The most frequent number is {people}, in {frames} frames."),
        None => "No column may be shown.".into(),
    };
    ChartText {
        title: "How many people a frame holds".into(),
        description: format!("Number of frames by the number of people reported in them. {shown}"),
        caption: "Counted in full: no interval. A person hidden behind another, or missed by the detector, is not counted; a thing that it took for a person is.".into(),
        value_axis: "Frames".into(),
        other_axis: "People reported in the frame".into(),
    }
}

/// Heights of faces.
#[must_use]
pub fn face_heights(
    most_common: Option<(&str, &str)>,
    assumed_width: f64,
    sized: &str,
    sightings: &str,
) -> ChartText {
    let shown = match most_common {
        Some((height, count)) => {
            format!("The fullest column is that of faces {height} pixels high, with {count} sightings.")
        }
        None => "No column may be shown.".into(),
    };
    ChartText {
        title: "How high the reported faces are, in pixels".into(),
        description: format!(
            "Number of face sightings by height in pixels. {shown} Lines mark the width in pixels that DORI levels \
             ask of a face."
        ),
        caption: format!(
            "Sightings of faces that were measured: {sized}; reported in all: {sightings}. Each counts, in full: no \
             interval. Some may be no faces. The columns differ in width. A line stands at the width of a face of {} at \
             that level; faces are higher than wide, so that a face to the left of a line does not reach it, while one to \
             the right may.",
            formats::metres(assumed_width)
        ),
        value_axis: "Face sightings".into(),
        other_axis: "Height of the face in pixels".into(),
    }
}

/// Shares of people (or sightings) at each level.
#[must_use]
pub fn levels(
    from_bodies: bool,
    of_people: bool,
    assumed_metres: f64,
    counted: &str,
    summary: &str,
) -> ChartText {
    let (what, assumed) = if from_bodies {
        (
            "bodies",
            format!("every person is {} tall", formats::metres(assumed_metres)),
        )
    } else {
        (
            "faces",
            format!("every face is {} wide", formats::metres(assumed_metres)),
        )
    };
    let of = if of_people {
        "tracks, each at its best moment"
    } else {
        "sightings"
    };
    ChartText {
        title: format!("How many reach each level of pixel density, by their {what}"),
        description: format!("Share of {of} at or above each level of two scales. {summary}"),
        caption: format!(
            "Share of {of}, if {assumed}. Counted: {counted}. Dot: estimate; bar: its 95\u{202f}% interval. The levels \
             name what a person at a screen is expected to manage; software may need more or fewer pixels."
        ),
        value_axis: "Share at or above the level".into(),
        other_axis: "".into(),
    }
}

/// How long people can be followed.
#[must_use]
pub fn time_followed(summary: &str) -> ChartText {
    ChartText {
        title: "How long a track lasts".into(),
        description: format!("Quantiles of the length of tracks, in seconds. {summary}"),
        caption: "Dot: estimate; bar: its 95\u{202f}% interval. A track ends where the person leaves, where the tracker \
                  loses the person, or where the footage ends: people may be in view for longer than their tracks last. \
                  Where two people were taken for one, for less long."
            .into(),
        value_axis: "Seconds".into(),
        other_axis: "".into(),
    }
}

/// How many stay longer than a threshold.
#[must_use]
pub fn stays(summary: &str) -> ChartText {
    ChartText {
        title: "How many tracks last longer than a loitering alarm waits".into(),
        description: format!("Estimated share of tracks that last longer than each of several times. {summary}"),
        caption: "Dot: estimate; bar: its 95\u{202f}% interval (Kaplan–Meier: tracks that the footage cuts off are taken \
                  into account). Nobody's reason for staying is in the picture."
            .into(),
        value_axis: "Share of tracks".into(),
        other_axis: "".into(),
    }
}

/// Tracks by their length.
#[must_use]
pub fn stay_lengths(most_common: Option<(&str, &str)>) -> ChartText {
    let shown = match most_common {
        Some((seconds, tracks)) => {
            format!("The fullest column is that of {seconds} seconds, with {tracks} tracks.")
        }
        None => "No column may be shown.".into(),
    };
    ChartText {
        title: "Tracks by their length".into(),
        description: format!("Number of tracks by their length in seconds. {shown}"),
        caption: "Counted in full: no interval. A track that the footage cuts off counts with the part that was seen. The \
                  columns differ in width."
            .into(),
        value_axis: "Tracks".into(),
        other_axis: "Length of the track in seconds".into(),
    }
}

/// Label of a row of a chart of levels.
#[must_use]
pub fn level_row(standard: &str, level: &str) -> String {
    format!("{standard} {level}")
}

/// Label of a row of a chart of stays.
#[must_use]
pub fn longer_than_row(seconds: f64) -> String {
    format!("longer than {}", formats::seconds(seconds))
}

/// Label of an open bin: `80 or more`.
#[must_use]
pub fn or_more(low: f64) -> String {
    format!("{}+", formats::plain(low))
}

/// One sentence that names a row and its value.
#[must_use]
pub fn row_summary(label: &str, value: &str) -> String {
    format!("{label}: {value}.")
}

/// A distribution that a measure read.
#[must_use]
pub fn spread(
    text: &DistributionText,
    of: Option<&str>,
    unit: Unit,
    fullest: Option<&(String, String)>,
) -> ChartText {
    let title = match of {
        Some(of) => format!("{} ({of})", text.title),
        None => text.title.to_owned(),
    };
    let shown = match fullest {
        Some((label, count)) => format!("The fullest column is {label}, with {count}."),
        None => "No column may be shown.".to_owned(),
    };
    ChartText {
        description: format!("{title}. Number of {} in each column. {shown}", text.counted),
        title,
        caption: format!("{} Counted in full: no interval.", text.limit),
        value_axis: capitalised(text.counted),
        other_axis: match unit {
            Unit::Ratio | Unit::People => text.axis.to_owned(),
            unit => format!("{} ({})", text.axis, super::unit(unit)),
        },
    }
}

/// Several shares of one kind.
#[must_use]
pub fn curve(capability: &str, summary: &str) -> ChartText {
    ChartText {
        title: format!("{capability}: how the share depends on the threshold"),
        description: format!("Shares with their 95\u{202f}% intervals. {summary}"),
        caption: "The bar is the 95\u{202f}% interval. What the detector missed is not counted.".into(),
        value_axis: "Share".into(),
        other_axis: String::new(),
    }
}

/// Head of the first column of a curve's data.
pub const CURVE_HEAD: &str = "Threshold";

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
