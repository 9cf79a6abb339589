//! The French experiment's eight events, what lies outside them, and the texts, with their dates.

use crate::formats::english as formats;
use crate::wording::SectionText;
use vsa_record::estimate::{Estimate, Unit};
use vsa_record::reading::Capability;

/// Caption of the table of events.
pub const EVENTS_CAPTION: &str = "The eight events that software was allowed to report under decree 2023-828, as this \
    footage would have shown them to a system. In brackets the 95\u{202f}% interval. A report is not an event: nobody checked these.";
/// Its columns.
pub const EVENT_COLUMNS: [&str; 4] = [
    "Event",
    "How it was measured",
    "How often",
    "What a camera operator would have been shown",
];
/// Caption of the table of what lies outside.
pub const OUTSIDE_CAPTION: &str = "What the decree does not list and software could extract from this footage all the \
    same. In brackets the 95\u{202f}% interval.";
/// Its columns.
pub const OUTSIDE_COLUMNS: [&str; 3] = ["Capability", "What the number is", "Number"];
/// Capabilities with types of their own: what, and what the number is.
pub const OUTSIDE_TYPES: [(&str, &str); 3] = [
    (
        "Following a person through the view",
        "Tracks from edge to edge of the picture, among those that the footage does not cut off",
    ),
    (
        "Timing how long a person stays",
        "Tracks that last longer than a minute",
    ),
    (
        "Seeing faces well enough for recognition",
        "Tracks of faces that reach the pixel density that DORI asks for recognition",
    ),
];
/// Where nothing was measured, or it is withheld.
pub const OPERATOR_UNKNOWN: &str = "Not known from this report.";
/// Heading of the texts.
pub const LEGAL_HEADING: &str = "The texts behind these tables";
/// The texts, with their dates and where they were read.
pub const LEGAL_NOTES: &[(&str, &str)] = &[
    (
        "Decree 2023-828 of 28 August 2023 (Journal officiel of 30 August 2023).",
        "It lists the eight events: abandoned objects; presence or use of weapons among those of article R. 311-2 of the code \
         de la sécurité intérieure; a person or vehicle against the common direction of traffic; a person or vehicle that \
         crosses into, or is in, a forbidden or sensitive zone; a person on the ground after a fall; crowd movement; too high \
         a density of people; the start of a fire. Read in the reproduction of gbh-formation.fr and the summary of \
         faceaurisque.com; checked on 22 November 2026.",
    ),
    (
        "Law 2023-380 of 19 May 2023, article 10.",
        "It allowed the experiment until 31 March 2025, without biometric identification, without biometric data and \
         without face recognition. Read in the notices of securibase.com and affaires-publiques.org; checked on 22 November 2026.",
    ),
    (
        "Decision 2025-878 DC of the Conseil constitutionnel, 24 April 2025.",
        "It struck down a first extension of the experiment, because it had no place in the law that carried it. Another \
         extension was before Parliament in January 2026 (cyberactualite.fr); whether, and in what form, it is in force was \
         not verified for this report.",
    ),
    (
        "This is no legal opinion.",
        "The tables say what software could extract. They do not say that a system was in use, nor what would be lawful.",
    ),
];

/// An event, in the words of the decree.
#[must_use]
pub fn decree_event(capability: Capability) -> &'static str {
    match capability {
        Capability::LeftObject => "1. Abandoned objects",
        Capability::Weapons => "2. Presence or use of weapons",
        Capability::Direction => "3. Movement against the common direction",
        Capability::Intrusion => "4. Crossing into, or presence in, a forbidden or sensitive zone",
        Capability::Fall => "5. A person on the ground after a fall",
        Capability::CrowdMovement => "6. Crowd movement",
        Capability::Density => "7. Too high a density of people",
        Capability::FireStart => "8. The start of a fire",
        other => super::capability(other),
    }
}

/// What an operator would have been shown.
#[must_use]
pub fn operator(estimate: &Estimate) -> String {
    let figures = formats::figures(estimate);
    match estimate.unit {
        Unit::PerHour if estimate.value <= 0.0 => format!(
            "No alert in this footage. As many as {} an hour cannot be excluded.",
            formats::plain((estimate.interval.high * 10.0).ceil() / 10.0)
        ),
        Unit::PerHour => format!(
            "An alert every {} on average.",
            formats::duration(3600.0 / estimate.value)
        ),
        _ => format!("An alert that stands for {} of the time.", figures.value),
    }
}

/// Head of the section.
#[must_use]
pub fn section_decree() -> SectionText {
    super::sections::section(
        "events",
        "Events",
        "What the French experiment allowed, and what lies outside it",
        "The first table follows the decree. The second holds what the decree leaves out: leaving it out of a list does not \
         take it out of the footage.",
    )
}
