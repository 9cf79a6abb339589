//! Words for the measures of who moves where: pace, direction, zones, density, groups.

use crate::wording::{DistributionText, FigureText, MeasureText};
use vsa_record::reading::{Capability, DistributionName, Figure, FigureName};

pub(super) fn figure(figure: &Figure) -> Option<FigureText> {
    let at = figure.at.map(|at| at.to_string()).unwrap_or_default();
    // Zones and lines are named by the user; of density, an area without a name is the ground as a whole.
    let name = figure.of.as_deref();
    let zone = name.map_or_else(|| "the ground".to_owned(), |name| format!("the zone “{name}”"));
    let line = name.unwrap_or_default();
    let (title, meaning) = match figure.name {
        FigureName::FasterThanShare => (
            format!("People who at some time moved at {at} m/s or faster"),
            "Share of the people followed for two seconds or more who kept up this speed for about two seconds.",
        ),
        FigureName::FasterThanHeightsShare => (
            format!("People who at some time moved at {at} body heights a second or faster"),
            "Share of the people followed for two seconds or more who kept up this speed for about two seconds. The \
             scene is not calibrated: the unit is the height of the person's own body in the picture.",
        ),
        FigureName::AgainstDirectionShare => (
            "People who moved against the common direction".to_owned(),
            "Share of the people who moved at all and, for two seconds or more, moved within 45 degrees of the opposite \
             direction.",
        ),
        FigureName::CounterFlowRate => (
            "Movements against the common direction, per hour".to_owned(),
            "How often somebody began to move against the common direction and kept on for two seconds.",
        ),
        FigureName::ZoneOccupiedShare => (
            format!("Frames with somebody in {zone}"),
            "Share of the frames in which somebody's feet were inside.",
        ),
        FigureName::ZoneEntryRate => (
            format!("Entries into {zone}, per hour"),
            "How often somebody entered, or appeared inside, and stayed for a second or more.",
        ),
        FigureName::ZoneVisitorShare => (
            format!("People who entered {zone}"),
            "Share of the people followed who were inside for a second or more.",
        ),
        FigureName::LineForwardRate => (
            format!("Crossings of the line “{line}” from its left to its right, per hour"),
            "Left and right are those of somebody who looks along the line as it was drawn, in the picture.",
        ),
        FigureName::LineBackwardRate => (
            format!("Crossings of the line “{line}” from its right to its left, per hour"),
            "Left and right are those of somebody who looks along the line as it was drawn, in the picture.",
        ),
        FigureName::PeoplePerArea => (
            format!("People per square metre in {zone}"),
            "Mean number of people with their feet inside, divided by its area on the ground.",
        ),
        FigureName::DenserThanShare => (
            format!("Frames with more than {at} people per square metre in {zone}"),
            "Share of the frames; the mean over the whole area may hide a denser part of it.",
        ),
        FigureName::NearerThanShare => (
            format!("Time that people spent within {at} m of somebody else"),
            "Share of the half seconds for which each person was followed; distances between feet, on the ground.",
        ),
        FigureName::NearerThanHeightsShare => (
            format!("Time that people spent within {at} body heights of somebody else"),
            "Share of the half seconds for which each person was followed. The scene is not calibrated: distances are \
             those in the picture, and people behind each other seem near.",
        ),
        FigureName::InGroupShare => (
            "People who walked or stood in a group".to_owned(),
            "Share of the people followed who stayed within 1.5 m (or the like in body heights) of somebody else for five \
             seconds or more.",
        ),
        FigureName::GatheringRate => (
            format!("Gatherings of {at} people or more, per hour"),
            "How often so many people came together, each within 1.5 m (or the like in body heights) of another for five \
             seconds or more.",
        ),
        _ => return None,
    };
    Some(FigureText { title, meaning })
}

pub(super) fn distribution(name: DistributionName) -> Option<DistributionText> {
    match name {
        DistributionName::Speed => Some(DistributionText {
            title: "How fast people move",
            axis: "typical speed of a person",
            counted: "people",
            limit: "The typical speed is the median over the time for which a person was followed, standing included.",
        }),
        DistributionName::Heading => Some(DistributionText {
            title: "Where people go",
            axis: "direction from the first to the last place",
            counted: "people",
            limit: "Degrees are counted clockwise from the right of the picture or, where the scene is calibrated, from \
                    the x axis of the ground towards its y axis. Turns on the way are not seen.",
        }),
        DistributionName::ZoneStay => Some(DistributionText {
            title: "How long people stay in the zone",
            axis: "length of a visit",
            counted: "visits",
            limit: "A visit that the start or the end of the footage, or the loss of a person, cuts off counts as short as \
                    it was seen.",
        }),
        DistributionName::NearestDistance => Some(DistributionText {
            title: "How near people come to each other",
            axis: "distance to the nearest other person",
            counted: "half seconds of one person",
            limit: "Moments with nobody else in view are left out.",
        }),
        DistributionName::GroupSize => Some(DistributionText {
            title: "How large groups are",
            axis: "people in the largest group that a person was in",
            counted: "people",
            limit: "People who walk the same way at the same pace are taken for a group, whether they know each other or \
                    not.",
        }),
        _ => None,
    }
}

pub(super) fn measure(capability: Capability) -> Option<MeasureText> {
    match capability {
        Capability::Pace => Some(MeasureText {
            definition: "A person stands where the middle of the lower edge of the box is. Speed is the way of about a \
                         second, divided by its time, in metres where the scene is calibrated and in heights of the own \
                         body otherwise. Faster than a threshold is who keeps it up for about two seconds.",
            source: "Thresholds: on treadmills people change from walking to running near 2 m/s (PMC8629136); over ground \
                     they mix both between 1.9 and 3.0 m/s, mostly walking at the first and mostly running at the second \
                     (Baker, Long and Srinivasan, arXiv 2501.00720).",
            sensitivity: "A higher score threshold loses people and cuts tracks, so that short runs are missed. A box that \
                          loses the feet behind an obstacle moves the person away from the camera.",
            cannot_tell: "Why somebody hurries; whether it is a runner or a cyclist. Without a calibration, ways along the \
                          line of sight look too short.",
        }),
        Capability::Direction => Some(MeasureText {
            definition: "The common direction is the one drawn in the scene; otherwise the mean direction of all who move, \
                         if eleven or more of them agree (mean resultant length of 0.5). Against it moves who, for two \
                         seconds, goes within 45 degrees of the opposite, at 0.3 m/s or faster.",
            source: "Event 3 of the French decree 2023-828, which names no angle and no time: these are ours. Mean \
                     resultant length: Mardia and Jupp, Directional Statistics (2000).",
            sensitivity: "A wider angle, a shorter time and a lower speed find more. Two people who are taken for one when \
                          they meet turn around without having turned.",
            cannot_tell: "Whether the direction was forbidden, or why somebody turned.",
        }),
        Capability::Intrusion => Some(MeasureText {
            definition: "Somebody is in a zone whose feet are inside it by a tenth of the body's height or more, for a \
                         second or more, until they are outside by as much; a line is crossed by passing from clearly one \
                         side to clearly the other, between its ends.",
            source: "Event 4 of the French decree 2023-828. The guard against jitter follows the line zones of the library \
                     supervision; its width and time are ours.",
            sensitivity: "A wider guard misses people who cut a corner; none counts a person on the edge many times. A \
                          person who is lost and found inside enters twice.",
            cannot_tell: "Whether anybody was allowed to be there. Feet that are hidden are placed too high in the \
                          picture, which is farther away.",
        }),
        Capability::Density => Some(MeasureText {
            definition: "People whose feet are inside the ground or the zone that was drawn, divided by its area in square \
                         metres on the calibrated ground.",
            source: "Event 7 of the French decree 2023-828, which names no number. Thresholds: the flow of a crowd begins to \
                     break down at 2 to 3 people per square metre (G. K. Still, gkstill.com, after Fruin 1971).",
            sensitivity: "In a dense crowd people hide each other and detectors miss many, so that the density comes out \
                          too low where it matters most.",
            cannot_tell: "Whether a crowd is in danger; how dense its densest part is; anything without a calibration.",
        }),
        Capability::Groups => Some(MeasureText {
            definition: "Two people are together who stay within 1.5 m (or the like in body heights) for five seconds or \
                         more, apart for one second at most. A group is who is connected by such pairs at one moment; a \
                         gathering is a group of three or more.",
            source: "Distances after Hall, The Hidden Dimension (1966): personal distance ends at 1.2 m, the close phase of \
                     social distance at 2.1 m. The five seconds are ours: two who pass each other are near for about one.",
            sensitivity: "A larger distance and a shorter time find more and larger groups. A person who is lost breaks \
                          the company.",
            cannot_tell: "Whether people know each other, speak, or only walk the same way. Without a calibration, people \
                          behind each other seem near.",
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_the_ground_measures_tell_has_words_of_its_own() {
        let names = [
            FigureName::FasterThanShare,
            FigureName::FasterThanHeightsShare,
            FigureName::AgainstDirectionShare,
            FigureName::CounterFlowRate,
            FigureName::ZoneOccupiedShare,
            FigureName::ZoneEntryRate,
            FigureName::ZoneVisitorShare,
            FigureName::LineForwardRate,
            FigureName::LineBackwardRate,
            FigureName::PeoplePerArea,
            FigureName::DenserThanShare,
            FigureName::NearerThanShare,
            FigureName::NearerThanHeightsShare,
            FigureName::InGroupShare,
            FigureName::GatheringRate,
        ];
        let titles: std::collections::BTreeSet<String> = names
            .into_iter()
            .map(|name| {
                let named = Figure {
                    name,
                    of: Some("kerb".to_owned()),
                    at: Some(2.5),
                    estimate: None,
                };
                let text = figure(&named).expect("words");
                assert!(
                    text.meaning.ends_with('.') && !text.title.ends_with('.'),
                    "{text:?}"
                );
                text.title
            })
            .collect();
        assert_eq!(titles.len(), names.len());
        assert!(titles.contains("People who at some time moved at 2.5 m/s or faster"));
        assert!(titles.contains("Frames with somebody in the zone “kerb”"));
        for capability in [
            Capability::Pace,
            Capability::Direction,
            Capability::Intrusion,
            Capability::Density,
            Capability::Groups,
        ] {
            let text = measure(capability).expect("words");
            for part in [text.definition, text.source, text.sensitivity, text.cannot_tell] {
                assert!(part.ends_with('.') && !part.contains("  "), "{part}");
            }
        }
        assert!(measure(Capability::Voice).is_none());
        for name in [
            DistributionName::Speed,
            DistributionName::Heading,
            DistributionName::ZoneStay,
            DistributionName::NearestDistance,
            DistributionName::GroupSize,
        ] {
            assert!(distribution(name).expect("words").limit.ends_with('.'));
        }
    }
}
