//! The words of each audit: its question, its answers, what its evidence is.

use super::terms::level;
use crate::formats::english as formats;
use crate::wording::AuditText;
use vsa_audits::{AuditId, LOITERING_SECONDS};
use vsa_record::measurements::Level;

pub(super) fn audit_text(id: AuditId) -> AuditText {
    match id {
        AuditId::SomebodyIsUsuallyInView => AuditText {
            question: "Is somebody in view most of the time?",
            meets: "The detector reports somebody in most frames",
            falls_short: "The detector reports nobody in most frames",
            whether: "whether somebody is in view most of the time",
            evidence: "Share of frames with at least one person".to_owned(),
        },
        AuditId::CrowdsAreDense => AuditText {
            question: "Are people at times too close together?",
            meets: "In one frame of twenty or more, people are denser than the threshold",
            falls_short: "People are hardly ever denser than the threshold",
            whether: "whether people are at times too close together",
            evidence: "Share of frames denser than the threshold of the measure".to_owned(),
        },
        AuditId::FacesReachRecognition => AuditText {
            question: "Do most faces reach the pixel density for recognition?",
            meets: "Most tracks of faces reach the pixel density that DORI asks for recognition",
            falls_short: "Most tracks of faces stay below the pixel density that DORI asks for recognition",
            whether: "whether most faces reach the pixel density for recognition",
            evidence: at_best("tracks of reported faces", Level::Recognise),
        },
        AuditId::FacesReachIdentification => AuditText {
            question: "Do most faces reach the pixel density for identification?",
            meets: "Most tracks of faces reach the pixel density that DORI asks for identification",
            falls_short: "Most tracks of faces stay below the pixel density that DORI asks for identification",
            whether: "whether most faces reach the pixel density for identification",
            evidence: at_best("tracks of reported faces", Level::Identify),
        },
        AuditId::BodiesReachObservation => AuditText {
            question: "Do most people reach the pixel density for observation?",
            meets: "Most tracks of people reach the pixel density that DORI asks for observation",
            falls_short: "Most tracks of people stay below the pixel density that DORI asks for observation",
            whether: "whether most people reach the pixel density for observation",
            evidence: at_best("tracks of people, by the height of the body,", Level::Observe),
        },
        AuditId::EveryoneUnrecognisable => AuditText {
            question: "Is nearly everybody below the pixel density for recognition?",
            meets: "Nearly every track stays below the pixel density that DORI asks for recognition",
            falls_short: "More than one in twenty tracks reach the pixel density that DORI asks for recognition",
            whether: "whether nearly everybody stays below the pixel density for recognition",
            evidence: at_best("tracks of people, by the height of the body,", Level::Recognise),
        },
        AuditId::FacesCanBeToldApart => AuditText {
            question: "Can the faces in this footage be told apart by software?",
            meets: "An open model tells the faces in this footage apart, with one error in twenty or fewer",
            falls_short: "An open model takes the faces in this footage for one another more often than once in twenty",
            whether: "whether the faces in this footage can be told apart",
            evidence: "Equal error rate between pairs of one face and pairs of two".to_owned(),
        },
        AuditId::ClothingSinglesPeopleOut => AuditText {
            question: "Are people singled out by their clothing and size?",
            meets: "One in twenty tracks or more is the only one with its colours and size",
            falls_short: "Fewer than one in twenty tracks are the only one with their colours and size",
            whether: "whether people are singled out by their clothing and size",
            evidence: "Share of tracks that share their description with no other".to_owned(),
        },
        AuditId::PeopleCanBeFollowedThroughTheView => AuditText {
            question: "Can most people be followed from edge to edge of the picture?",
            meets: "Most tracks run from one edge of the picture to another",
            falls_short: "Most tracks begin or end inside the picture",
            whether: "whether most people can be followed from edge to edge",
            evidence: "Share of tracks from edge to edge, among those that the footage does not cut off"
                .to_owned(),
        },
        AuditId::PeopleCanBeFoundAgain => AuditText {
            question: "Can people be found again by their looks?",
            meets: "For most sightings, the nearest look-alike is the same person",
            falls_short: "For most sightings, the nearest look-alike is somebody else",
            whether: "whether people can be found again by their looks",
            evidence: "Share of sightings whose nearest look-alike is of the same track (rank-1)".to_owned(),
        },
        AuditId::PeopleCanBeFoundAgainWithoutFaces => AuditText {
            question: "Can people be found again after their faces were blacked out?",
            meets: "With faces blacked out, the nearest look-alike is still the same person for most sightings",
            falls_short: "With faces blacked out, the nearest look-alike is somebody else for most sightings",
            whether: "whether people can be found again after their faces were blacked out",
            evidence:
                "Share of sightings whose nearest look-alike is of the same track (rank-1), faces blacked out"
                    .to_owned(),
        },
        AuditId::GaitIsUsable => AuditText {
            question: "Are most people seen well enough for recognition by gait?",
            meets: "Most tracks are large and long enough for recognition by gait",
            falls_short: "Most tracks are too small or too short for recognition by gait",
            whether: "whether most people are seen well enough for recognition by gait",
            evidence: "Share of tracks large and long enough for recognition by gait".to_owned(),
        },
        AuditId::LoiteringIsObservable => AuditText {
            question: "Do one in twenty people or more stay long enough for a loitering alarm?",
            meets: "One in twenty tracks or more last long enough for a loitering alarm",
            falls_short: "Fewer than one in twenty tracks last long enough for a loitering alarm",
            whether: "whether one in twenty people or more stay long enough for a loitering alarm",
            evidence: format!(
                "Share of tracks that last longer than {}, cut-off ones taken into account",
                formats::seconds(LOITERING_SECONDS)
            ),
        },
        AuditId::RunningIsObservable => AuditText {
            question: "Do one in twenty people or more move fast enough for a running alarm?",
            meets: "One in twenty tracks or more move fast enough for a running alarm",
            falls_short: "Fewer than one in twenty tracks move fast enough for a running alarm",
            whether: "whether one in twenty people or more move fast enough for a running alarm",
            evidence: "Share of tracks that at some time were faster than the threshold of the measure"
                .to_owned(),
        },
        AuditId::PeopleAreSeenInGroups => AuditText {
            question: "Are one in twenty people or more seen in a group?",
            meets: "One in twenty tracks or more are seen in a group",
            falls_short: "Fewer than one in twenty tracks are seen in a group",
            whether: "whether one in twenty people or more are seen in a group",
            evidence: "Share of tracks seen in a group".to_owned(),
        },
        AuditId::AttributeLabelsFlip => AuditText {
            question: "Do guessed labels change within one track?",
            meets: "For one in twenty tracks or more, the guessed label changes although the person does not",
            falls_short: "For fewer than one in twenty tracks, the guessed label changes",
            whether: "whether guessed labels change within one track",
            evidence: "Share of tracks with more than one label".to_owned(),
        },
        AuditId::LeftObjectsWouldBeReported => AuditText {
            question: "Would objects left behind be reported once a day or more?",
            meets: "Objects left behind would be reported once a day or more",
            falls_short: "Objects left behind would be reported less than once a day",
            whether: "whether objects left behind would be reported once a day or more",
            evidence: "Still new objects without a person".to_owned(),
        },
        AuditId::CounterFlowWouldBeReported => AuditText {
            question: "Would movement against the common direction be reported once a day or more?",
            meets: "Movement against the common direction would be reported once a day or more",
            falls_short: "Movement against the common direction would be reported less than once a day",
            whether: "whether movement against the common direction would be reported once a day or more",
            evidence: "Movements against the common direction".to_owned(),
        },
        AuditId::ZoneEntriesWouldBeReported => AuditText {
            question: "Would entries into the zone be reported once a day or more?",
            meets: "Entries into the zone would be reported once a day or more",
            falls_short: "Entries into the zone would be reported less than once a day",
            whether: "whether entries into the zone would be reported once a day or more",
            evidence: "Entries into the first zone of the scene".to_owned(),
        },
        AuditId::FallsWouldBeReported => AuditText {
            question: "Would somebody on the ground be reported once a day or more?",
            meets: "Somebody on the ground would be reported once a day or more",
            falls_short: "Somebody on the ground would be reported less than once a day",
            whether: "whether somebody on the ground would be reported once a day or more",
            evidence: "People reported on the ground after a fall".to_owned(),
        },
        AuditId::CrowdMovementsWouldBeReported => AuditText {
            question: "Would sudden movements of many people be reported once a day or more?",
            meets: "Sudden movements of many people would be reported once a day or more",
            falls_short: "Sudden movements of many people would be reported less than once a day",
            whether: "whether sudden movements of many people would be reported once a day or more",
            evidence: "Sudden movements of many people".to_owned(),
        },
        AuditId::PeopleAreFoundInPoorPictures => AuditText {
            question: "Are most people still found when the picture gets worse?",
            meets: "Most people of the clean picture are found again in the worst of the degraded ones",
            falls_short: "In the worst of the degraded pictures, most people of the clean one are not found again",
            whether: "whether most people are still found when the picture gets worse",
            evidence: "Share of the people of the clean frames who are found again, in the degradation with the fewest".to_owned(),
        },
        AuditId::FootageIsIntact => AuditText {
            question: "Are nearly all frames there, and could they be decoded?",
            meets: "Nearly all frames are there and could be decoded",
            falls_short: "More than one in a hundred frames is missing or faulty",
            whether: "whether nearly all frames are there and could be decoded",
            evidence: "Share of frames that are missing or faulty".to_owned(),
        },
    }
}

fn at_best(who: &str, at: Level) -> String {
    format!(
        "Share of {who} that reach “{}” ({}) at their best moment",
        level(at),
        formats::pixels_per_metre(at.pixels_per_metre())
    )
}
