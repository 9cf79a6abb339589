//! Words for single things: levels, methods, units, reasons for an absence.

use crate::record::disclosure::{Cell, DataBasis};
use crate::record::estimate::{Estimate, IntervalMethod, SampleSize, SampledThing, Unit};
use crate::record::facts::ItemKind;
use crate::record::measurements::{DensityStandard, Level, Missing};
use crate::report::formats;

/// In place of a number that may not be shown.
pub const WITHHELD: &str = "withheld";
/// In place of a number that there is not.
pub const NONE: &str = "not estimated";
/// In place of the interval of a number that has none.
pub const NO_INTERVAL: &str = "none";
/// Column label in a chart where there was nothing to measure.
pub const NOT_MEASURED: &str = "not measured";

/// A level's name.
#[must_use]
pub fn level(level: Level) -> &'static str {
    match level {
        Level::Monitor => "monitor",
        Level::Detect => "detect",
        Level::Observe => "observe",
        Level::Recognise => "recognise",
        Level::Identify => "identify",
        Level::Overview => "overview",
        Level::Outline => "outline",
        Level::Discern => "discern",
        Level::Perceive => "perceive",
        Level::Characterise => "characterise",
        Level::Validate => "validate",
        Level::Scrutinise => "scrutinise",
    }
}

/// A standard's name.
#[must_use]
pub fn standard(standard: DensityStandard) -> &'static str {
    match standard {
        DensityStandard::Dori => "DORI",
        DensityStandard::Oodpcvs => "OODPCVS",
    }
}

/// What was missing, as the end of “not measured: …”.
#[must_use]
pub fn missing(missing: Missing) -> &'static str {
    match missing {
        Missing::NoFrames => "no frame could be decoded",
        Missing::NoPersonModel => "no model that finds people was run",
        Missing::NoFaceModel => "no model that finds faces was run",
        Missing::NoSequence => "the images have no order in time, so that nobody can be followed",
        Missing::NobodyFound => "nobody was reported, or nobody for long enough to be followed",
        Missing::NotImplementedYet => "this version has no measure for it",
        Missing::NoOpenModel => "no open model of known quality is registered for it",
        Missing::DamageNotCounted => {
            "the decoder conceals damage within frames, so that faulty ones cannot be counted"
        }
        Missing::NotInFootage => "this footage cannot show it",
        Missing::NotWatchedLongEnough => "nobody was watched for so long",
        Missing::NoExpectedCount => "the file does not say how many frames it should have",
    }
}

/// As [`missing`], where faces were looked for.
#[must_use]
pub fn missing_face(why: Missing) -> &'static str {
    match why {
        Missing::NobodyFound => "no face was reported, or none for long enough to be followed",
        other => missing(other),
    }
}

/// How an interval was made, in a few words.
#[must_use]
pub fn method(method: IntervalMethod) -> &'static str {
    match method {
        IntervalMethod::Wilson => "Wilson score interval",
        IntervalMethod::BlockBootstrap => "moving-block bootstrap over time",
        IntervalMethod::TrackBootstrap => "bootstrap over tracks",
        IntervalMethod::OrderStatistics => "order statistics",
        IntervalMethod::GreenwoodLogLog => "Kaplan–Meier with Greenwood's variance",
        IntervalMethod::CompleteCount => "counted in full",
        IntervalMethod::ClusterBootstrap => "bootstrap over whole sequences or pictures",
        IntervalMethod::ClopperPearson => "Clopper–Pearson interval",
        IntervalMethod::RuleOfThree => "rule of three",
        IntervalMethod::Newcombe => "Newcombe's interval for a difference",
        IntervalMethod::LogRatio => "interval for a ratio on the logarithmic scale",
    }
}

/// How an interval was made, for the list of methods.
#[must_use]
pub fn method_explained(method: IntervalMethod) -> &'static str {
    match method {
        IntervalMethod::Wilson => {
            "For a share of tracks. It stays between none and all, and is sound for few cases (Wilson 1927)."
        }
        IntervalMethod::BlockBootstrap => {
            "For means over frames. Neighbouring frames resemble each other, so that whole stretches of footage are \
             drawn again and again, not single frames (Künsch 1989)."
        }
        IntervalMethod::TrackBootstrap => {
            "For shares of sightings. Whole tracks are drawn again and again, since sightings of one person resemble \
             each other (Efron 1979)."
        }
        IntervalMethod::OrderStatistics => {
            "For medians and other quantiles. It assumes no particular shape of the distribution."
        }
        IntervalMethod::GreenwoodLogLog => {
            "For the share of people who stay longer than a given time. It takes into account that some stays began \
             before the footage or went on after it (Kalbfleisch and Prentice 1980)."
        }
        IntervalMethod::CompleteCount => {
            "The footage was counted from end to end. Nothing was sampled, so there is no interval."
        }
        IntervalMethod::ClusterBootstrap => {
            "For scores against labels. Whole sequences or pictures are drawn again and again, since boxes in one picture \
             resemble each other (Efron 1979; Hesterberg 2015)."
        }
        IntervalMethod::ClopperPearson => {
            "For a share of independent cases. It is exact: never too narrow (Clopper and Pearson 1934)."
        }
        IntervalMethod::RuleOfThree => {
            "For something that did not happen once: it may still happen in up to 3 of as many cases as were watched \
             (Hanley and Lippman-Hand 1983)."
        }
        IntervalMethod::Newcombe => {
            "For the difference of two shares of independent cases (Newcombe 1998, method 10)."
        }
        IntervalMethod::LogRatio => {
            "For the ratio of two shares of independent cases (Katz and others 1978)."
        }
    }
}

/// A unit, for the column of a table.
#[must_use]
pub fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Ratio => "share",
        Unit::Pixels => "pixels",
        Unit::PixelsPerMetre => "pixels per metre",
        Unit::Seconds => "seconds",
        Unit::PeoplePerFrame => "people per frame",
        Unit::FacesPerFrame => "faces per frame",
        Unit::Frames => "frames",
        Unit::PerHour => "per hour",
        Unit::Fragments => "fragments",
        Unit::People => "people",
        Unit::Boxes => "boxes",
        Unit::Events => "events",
        Unit::PerPicture => "per picture",
    }
}

/// `19 tracks`.
#[must_use]
pub fn sample(sample: SampleSize) -> String {
    let n = formats::count(sample.n);
    match (sample.of, sample.n) {
        (SampledThing::Frames, 1) => format!("{n}\u{a0}frame"),
        (SampledThing::Frames, _) => format!("{n}\u{a0}frames"),
        (SampledThing::Tracks, 1) => format!("{n}\u{a0}track"),
        (SampledThing::Tracks, _) => format!("{n}\u{a0}tracks"),
        (SampledThing::Sightings, 1) => format!("{n}\u{a0}sighting"),
        (SampledThing::Sightings, _) => format!("{n}\u{a0}sightings"),
        (SampledThing::Labels, 1) => format!("{n}\u{a0}label"),
        (SampledThing::Labels, _) => format!("{n}\u{a0}labels"),
        (SampledThing::Detections, 1) => format!("{n}\u{a0}detection"),
        (SampledThing::Detections, _) => format!("{n}\u{a0}detections"),
    }
}

/// `42 % (95 % interval 23–64 %)`.
#[must_use]
pub fn with_interval(estimate: &Estimate) -> String {
    format!("{} ({})", formats::figures(estimate).value, interval(estimate))
}

/// `95 % interval 23–64 %`.
#[must_use]
pub fn interval(estimate: &Estimate) -> String {
    match estimate.interval.method {
        IntervalMethod::CompleteCount => "counted in full".to_owned(),
        _ => format!(
            "{} interval {}",
            formats::percent(estimate.interval.level),
            formats::figures(estimate).interval
        ),
    }
}

/// A count, or that it is withheld.
#[must_use]
pub fn counted(cell: &Cell<u64>) -> String {
    cell.shown()
        .map_or_else(|| WITHHELD.to_owned(), |n| formats::count(*n))
}

/// The ground on which footage is processed.
#[must_use]
pub fn data_basis(basis: DataBasis) -> &'static str {
    match basis {
        DataBasis::Undeclared => "none was declared",
        DataBasis::Public => "declared a public dataset",
        DataBasis::Consented => "everyone in view is declared to have consented",
    }
}

/// A kind of footage.
#[must_use]
pub fn item_kind(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Video => "video",
        ItemKind::ImageSequence => "images in a sequence",
        ItemKind::Stills => "single images",
    }
}

/// A capability, by its stable name. One that has no words yet is shown by that name.
#[must_use]
pub fn capability(name: &str) -> String {
    let words = match name {
        "presence" => "Counting people in view",
        "face_exposure" => "Seeing faces, and how large they are",
        "followability" => "Following a person through the view",
        "dwell" => "Timing how long a person stays",
        "pace" => "Measuring walking speed, or running",
        "direction" => "Noticing movement against the common direction",
        "intrusion" => "Noticing presence in a zone or the crossing of a line",
        "fall" => "Noticing a person on the ground",
        "crowd_movement" => "Noticing sudden movement of a crowd",
        "density" => "Measuring people per area",
        "left_object" => "Noticing an object left behind",
        "groups" => "Finding groups and distances between people",
        "reidentification" => "Finding the same person again by body and clothing",
        "face_matching" => "Telling faces apart, or matching them against a list",
        "attributes" => "Guessing age, gender or emotion",
        "singling_out" => "Singling people out by clothing and size",
        "gait" => "Recognising people by their walk",
        "synopsis" => "Condensing hours of footage into minutes",
        "cost" => "What it costs to watch many cameras",
        "weapons" | "weapon" => "Noticing weapons",
        "fire" | "fire_start" | "fire_starts" => "Noticing the start of a fire",
        "plates" | "licence_plates" | "number_plates" => "Reading number plates",
        "pose" => "Reading postures",
        "sound" | "audio" => "Listening to sound",
        other => return other.replace(['_', '-'], " "),
    };
    words.to_owned()
}

/// `42 % (23–64 %)`: for charts, where the caption says what the brackets hold.
#[must_use]
pub fn value_and_range(value: &str, interval: &str) -> String {
    format!("{value} ({interval})")
}

/// `DORI recognise (125 px/m)`.
#[must_use]
pub fn label_with_detail(label: &str, detail: &str) -> String {
    format!("{label} ({detail})")
}

/// A clause as a sentence: first letter large, full stop.
#[must_use]
pub fn sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    letters.next().map_or_else(String::new, |first| {
        format!("{}{}.", first.to_uppercase(), letters.as_str())
    })
}

/// A method as the title of a point.
#[must_use]
pub fn method_title(of: IntervalMethod) -> String {
    sentence(method(of))
}

/// `a, b`.
#[must_use]
pub fn listed(texts: &[String]) -> String {
    texts.join(", ")
}

/// `1 frame`, `13 frames`.
#[must_use]
pub fn frames(n: u64) -> String {
    sample(SampleSize {
        n,
        of: SampledThing::Frames,
    })
}
