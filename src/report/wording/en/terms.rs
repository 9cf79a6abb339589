//! Words for single things: levels, methods, units, reasons for an absence.

use crate::formats::english as formats;
use vsa_record::disclosure::{Cell, DataBasis};
use vsa_record::estimate::{Estimate, IntervalMethod, SampleSize, SampledThing, Unit};
use vsa_record::facts::ItemKind;
use vsa_record::measurements::{DensityStandard, Level, Missing};
use vsa_record::reading::Capability;

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
        Missing::NoZones => "no zone and no line was drawn (see `--scene`)",
        Missing::NoCalibration => {
            "the scene is not calibrated, so that nothing is known about metres (see `--scene`)"
        }
        Missing::NoGround => {
            "neither the ground that people can stand on nor a zone on it was drawn (see `--scene`)"
        }
        Missing::SceneDoesNotFit => "the scene was drawn on pictures of another size",
        Missing::NoCommonDirection => "no common direction was given, and people here have none",
        Missing::NoModelGiven => "no model for it was given (see `vsa-audit models list`)",
        Missing::TooFewTracks => "too few people were seen often enough",
        Missing::DependsOnTheMachine => {
            "it depends on the machine; run.json, beside this report, tells how many cameras the machine of this run keeps up with"
        }
        Missing::NotAskedFor => "this run was not asked for it (see `--robustness`)",
        Missing::NeedsLabels => "it needs labels to compare with (see `vsa-audit evaluate`)",
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
        IntervalMethod::BlockBootstrap => "circular block bootstrap over time",
        IntervalMethod::TrackBootstrap => "bootstrap over tracks",
        IntervalMethod::OrderStatistics => "order statistics",
        IntervalMethod::GreenwoodLogLog => "Kaplan–Meier with Greenwood's variance",
        IntervalMethod::CompleteCount => "counted in full",
        IntervalMethod::Poisson => "exact Poisson interval",
        IntervalMethod::RatioOfIntervals => "ends of two intervals",
        IntervalMethod::DifferenceOfIntervals => "ends of two intervals, one less the other",
        IntervalMethod::ClusterBootstrap => "bootstrap over whole sequences or pictures",
        IntervalMethod::StretchBootstrap => "bootstrap over stretches of footage",
        IntervalMethod::RuleOfThree => "rule of three",
        IntervalMethod::ThreeDepartures => "rule of three for departures",
        IntervalMethod::Newcombe => "Newcombe's interval for a difference",
        IntervalMethod::Standardised => "normal interval for a standardised difference",
        IntervalMethod::LogRatio => "interval for a ratio on the logarithmic scale",
        IntervalMethod::SystematicDraws => "bootstrap over draws of frames",
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
            "For means over frames. Neighbouring frames resemble each other, so blocks of consecutive frames are resampled with \
             replacement, not single frames; the end of the footage is joined to its beginning (circular block bootstrap, \
             Politis and Romano 1992), and the percentiles are widened where blocks are few (Hesterberg 2015)."
        }
        IntervalMethod::TrackBootstrap => {
            "For shares of sightings. Whole tracks are drawn again and again, since sightings of one person resemble \
             each other (Efron 1979); the percentiles are widened where tracks are few (Hesterberg 2015)."
        }
        IntervalMethod::OrderStatistics => {
            "For medians and other quantiles. It assumes no particular shape of the distribution."
        }
        IntervalMethod::GreenwoodLogLog => {
            "For the share of people who stay longer than a given time. It takes into account that some stays began \
             before the footage or went on after it (Kalbfleisch and Prentice 1980)."
        }
        IntervalMethod::Poisson => {
            "For rare events in a stretch of time: the rates of this size that such a count does not contradict, at the \
             level of the interval (exact method, Garwood 1936). With no event at all, the upper end is the rate that \
             cannot be excluded: about three events in the time looked at. It takes events to come independently of \
             each other."
        }
        IntervalMethod::RatioOfIntervals => {
            "For a quantity of degraded footage over the same of the clean footage: the lower end of one interval over \
             the upper end of the other, and the other way round. Both runs see the same people, so that it is wider \
             than it need be."
        }
        IntervalMethod::CompleteCount => {
            "The footage was counted from end to end. Nothing was sampled, so there is no interval."
        }
        IntervalMethod::DifferenceOfIntervals => {
            "For a difference that cannot be resampled: the lower end of one interval less the upper end of the other, and the \
             other way round. It is wider than it need be."
        }
        IntervalMethod::ClusterBootstrap => {
            "For scores against labels. Whole sequences or pictures are drawn again and again, since boxes in one picture \
             resemble each other (Efron 1979; Hesterberg 2015)."
        }
        IntervalMethod::StretchBootstrap => {
            "For scores against labels, where there are few sequences. The footage is cut into stretches that do not overlap, and \
             whole stretches are drawn again and again, since neighbouring frames resemble each other (Efron 1979; Hesterberg \
             2015)."
        }
        IntervalMethod::ThreeDepartures => {
            "For a value from which no case was seen to depart, or too few to resample: up to 3 of as many cases as were watched \
             may still depart from it, to either side (the rule of three, Hanley and Lippman-Hand 1983)."
        }
        IntervalMethod::RuleOfThree => {
            "For something that did not happen once: it may still happen in up to 3 of as many cases as were watched \
             (Hanley and Lippman-Hand 1983)."
        }
        IntervalMethod::Newcombe => {
            "For the difference of two shares of independent cases (Newcombe 1998, method 10)."
        }
        IntervalMethod::Standardised => {
            "Difference of two shares, each standardised to the same spread over strata; each stratum's variance counts one hit and one miss more (Agresti and Caffo)."
        }
        IntervalMethod::LogRatio => {
            "For the ratio of two shares of independent cases (Katz and others 1978)."
        }
        IntervalMethod::SystematicDraws => {
            "For what looking at every frame would give, where frames were drawn. Each draw spreads evenly over the footage \
             from a random start; whole draws are drawn again and again, so that likeness between neighbouring frames is in \
             the interval, and it shrinks as the draws become all frames (Gautschi 1957; Wolter 2007)."
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
        Unit::MetresPerSecond => "metres per second",
        Unit::BodyHeightsPerSecond => "body heights per second",
        Unit::Metres => "metres",
        Unit::BodyHeights => "body heights",
        Unit::PeoplePerSquareMetre => "people per square metre",
        Unit::Degrees => "degrees",
        Unit::CosineSimilarity => "cosine similarity",
        Unit::TimesClean => "times the clean run",
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
        (SampledThing::Pairs, 1) => format!("{n}\u{a0}pair"),
        (SampledThing::Pairs, _) => format!("{n}\u{a0}pairs"),
        (SampledThing::Hours, 1) => format!("{n}\u{a0}hour"),
        (SampledThing::Hours, _) => format!("{n}\u{a0}hours"),
        (SampledThing::Events, 1) => format!("{n}\u{a0}event"),
        (SampledThing::Events, _) => format!("{n}\u{a0}events"),
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

/// A capability, as what a system would do.
#[must_use]
pub fn capability(capability: Capability) -> &'static str {
    match capability {
        Capability::Pace => "Measuring walking speed, or running",
        Capability::Direction => "Noticing movement against the common direction",
        Capability::Intrusion => "Noticing presence in a zone or the crossing of a line",
        Capability::Fall => "Noticing a person on the ground",
        Capability::CrowdMovement => "Noticing sudden movement of a crowd",
        Capability::Density => "Measuring people per area",
        Capability::LeftObject => "Noticing an object left behind",
        Capability::Groups => "Finding groups and distances between people",
        Capability::Reidentification => "Finding the same person again by body and clothing",
        Capability::FaceMatching => "Telling faces apart, or matching them against a list",
        Capability::Attributes => "Guessing age or gender",
        Capability::Emotion => "Guessing emotions",
        Capability::Mask => "Noticing masks",
        Capability::SinglingOut => "Singling people out by clothing and size",
        Capability::Gait => "Recognising people by their walk",
        Capability::Synopsis => "Condensing hours of footage into minutes",
        Capability::Cost => "Watching many cameras with one machine",
        Capability::GroupParity => "Erring more often about some groups of people than about others",
        Capability::Weapons => "Noticing weapons",
        Capability::FireStart => "Noticing the start of a fire",
        Capability::Begging => "Noticing begging",
        Capability::Tagging => "Noticing spraying or writing on walls",
        Capability::Voice => "Listening to voices",
        Capability::Temperature => "Measuring body temperature",
    }
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
