//! Every audit, one row each, in the order of the report. In: nothing. Out: [`AuditId`], and what each audit declares.
//!
//! An audit is data: its evidence is held against its threshold by its interval (`decide`), and nothing else happens. How
//! to add one: `README.md` beside this file. Deliberately not here: words (`report::wording`).
//!
//! The first line of a row is the question as the schemas of reports give it; *Measure* names where its evidence is made.

use super::audit::audits;
use super::evidence::Evidence;
use super::thresholds::{DAILY, LOITERING_SECONDS, MOST, NEARLY_NO_FRAME, NEARLY_NOBODY, NEARLY_NONE, SOME};
use vsa_record::measurements::Level;
use vsa_record::reading::{Capability, FigureName};

audits! {
    /// Is somebody in view most of the time?
    ///
    /// - **What it asks.** Would a system that counts people here have somebody in view most of the time?
    /// - **Why it matters.** A camera that nearly always has somebody in view watches people, whatever it was put up to
    ///   watch.
    /// - **How it decides.** The share of frames with at least one detected person, against a half.
    /// - **What it cannot tell.** How many people were missed; who they were; what the place looks like at other hours.
    /// - **Source.** Majority is this tool's convention. Measure: `room::measure::presence`.
    SomebodyIsUsuallyInView = "somebody-is-usually-in-view" {
        group: Seen,
        evidence: Evidence::OccupiedShare,
        threshold: MOST,
        limits: [MissedPeopleAreNotCounted],
    }

    /// Are people, in one frame of twenty or more, closer together than the density at which crowds become unsafe?
    ///
    /// - **Why it matters.** "Too high a density of people" is the seventh of the eight events of decree 2023-828.
    /// - **How it decides.** The share of frames whose density exceeds the measure's threshold must be one in twenty or
    ///   more, with its whole interval.
    /// - **What it cannot tell.** Density behind people who hide others; any place outside the calibrated ground.
    /// - **Source.** The threshold of density is cited in `room::measure::density`; one in twenty is this tool's
    ///   convention.
    CrowdsAreDense = "crowds-are-dense" {
        group: Seen,
        evidence: Evidence::Figure(Capability::Density, FigureName::DenserThanShare),
        threshold: SOME,
        limits: [MissedPeopleAreNotCounted, CalibrationIsTheUsers],
    }

    /// Do most faces reach the pixel density for recognition?
    ///
    /// - **What it asks.** Do most of the faces that were found here reach the pixel density at which EN 62676-4
    ///   expects that a known person is recognised (125 px/m)?
    /// - **Why it matters.** It is the density that a face recognition product would be planned for.
    /// - **How it decides.** The share of face tracks whose largest sighting in which the face looks towards the camera
    ///   reaches 125 px/m, by face width, against a half. In records of before the landmarks were asked, any sighting.
    /// - **What it cannot tell.** Faces that were not found, the small ones first; light, blur and compression; which way
    ///   a face looks, to better than about ten degrees (`room::describe::head_pose` has the limits and their source);
    ///   whether anybody would be recognised.
    /// - **Source.** EN/IEC 62676-4:2014/15 by secondary sources (cctv-check.de); majority is this tool's convention.
    FacesReachRecognition = "faces-reach-recognition" {
        group: Recognisable,
        evidence: Evidence::FacesReaching(Level::Recognise),
        threshold: MOST,
        limits: [
            MissedFacesAreNotCounted, SizesAreAssumed, DensityIsNotQuality, NobodyWasRecognised,
            TracksAreNotChecked,
        ],
    }

    /// Do most faces reach the pixel density for identification?
    ///
    /// - **What it asks.** Do most of the faces that were found here reach the pixel density at which EN 62676-4
    ///   expects that a stranger is identified (250 px/m)?
    /// - **Why it matters.** It is the density at which a picture would serve as evidence against somebody whom the
    ///   viewer does not know.
    /// - **How it decides.** The share of face tracks whose largest sighting in which the face looks towards the camera
    ///   reaches 250 px/m, by face width, against a half. In records of before the landmarks were asked, any sighting.
    /// - **What it cannot tell.** Faces that were not found, the small ones first; light, blur and compression; which way
    ///   a face looks, to better than about ten degrees (`room::describe::head_pose` has the limits and their source);
    ///   whether anybody would be identified.
    /// - **Source.** EN/IEC 62676-4:2014/15 by secondary sources (cctv-check.de, infinitioptics.com); majority is this
    ///   tool's convention.
    FacesReachIdentification = "faces-reach-identification" {
        group: Recognisable,
        evidence: Evidence::FacesReaching(Level::Identify),
        threshold: MOST,
        limits: [
            MissedFacesAreNotCounted, SizesAreAssumed, DensityIsNotQuality, NobodyWasRecognised,
            TracksAreNotChecked,
        ],
    }

    /// Do most bodies reach the pixel density for observation?
    ///
    /// - **What it asks.** Do most people here reach the pixel density at which EN 62676-4 expects that clothing and
    ///   the like are told apart (observe, 62.5 px/m)?
    /// - **Why it matters.** A person can be singled out and followed by clothes and stature without any face.
    /// - **How it decides.** The share of people whose largest sighting reaches 62.5 px/m, by body height, against a
    ///   half.
    /// - **What it cannot tell.** People who were not found; children and bent or hidden bodies, whose density is
    ///   understated.
    /// - **Source.** EN/IEC 62676-4:2014/15 by secondary sources (cctv-check.de, infinitioptics.com); majority is this
    ///   tool's convention.
    BodiesReachObservation = "bodies-reach-observation" {
        group: Recognisable,
        evidence: Evidence::BodiesReaching(Level::Observe),
        threshold: MOST,
        limits: [
            MissedPeopleAreNotCounted, SizesAreAssumed, DensityIsNotQuality, NobodyWasRecognised,
            TracksAreNotChecked,
        ],
    }

    /// Is (nearly) everybody too small in the picture to be recognised?
    ///
    /// - **What it asks.** Is nearly everybody too small in the picture to be recognised, as is said of cameras that
    ///   "only see silhouettes"?
    /// - **Why it matters.** It is the defence that is made of many installations. Here the claim has to be shown: no
    ///   evidence is not a pass.
    /// - **How it decides.** The share of people whose largest sighting reaches 125 px/m, by body height (so that the
    ///   faceless count), must be one in twenty or fewer, with its whole interval.
    /// - **What it cannot tell.** What a better detector, super-resolution or recognition by gait would do below that
    ///   density; what a zoom lens does.
    /// - **Source.** EN/IEC 62676-4:2014/15 by secondary sources (cctv-check.de); one in twenty is this tool's
    ///   convention.
    EveryoneUnrecognisable = "everyone-unrecognisable" {
        group: Recognisable,
        evidence: Evidence::BodiesReaching(Level::Recognise),
        threshold: NEARLY_NOBODY,
        limits: [
            MissedPeopleAreNotCounted, SizesAreAssumed, DensityIsNotQuality, NobodyWasRecognised,
            TracksAreNotChecked,
        ],
    }

    /// Can the faces of this footage be told apart by an open face-recognition model, with one error in twenty or fewer?
    ///
    /// - **Why it matters.** Matching a face in a live stream against a list is what the five texts fear most; whether
    ///   footage allows it is measurable without any list.
    /// - **How it decides.** The equal error rate between pairs of one face track and pairs of faces seen at the same
    ///   moment must be one in twenty or less, with its whole interval.
    /// - **What it cannot tell.** How a list of thousands would do: errors grow with the length of the list; what a
    ///   better model would do.
    /// - **Source.** One in twenty is this tool's convention. Measure: `room::measure::face_matching`.
    FacesCanBeToldApart = "faces-can-be-told-apart" {
        group: Recognisable,
        evidence: Evidence::Figure(Capability::FaceMatching, FigureName::EqualErrorRate),
        threshold: NEARLY_NONE,
        limits: [MissedFacesAreNotCounted, ScoredOnTracks, OneModelOnly],
    }

    /// Is one person in twenty or more the only one with their clothing colours and size?
    ///
    /// - **Why it matters.** Search by clothing is sold as needing no biometrics. Being the only one who fits is being
    ///   singled out (the notion of recital 26 of the GDPR).
    /// - **How it decides.** The share of tracks that share their description with nobody must be one in twenty or
    ///   more, with its whole interval.
    /// - **What it cannot tell.** Whether a description is right; how many would share it in a larger crowd or over a
    ///   longer time.
    /// - **Source.** One in twenty is this tool's convention. Measure: `room::measure::singling_out`.
    ClothingSinglesPeopleOut = "clothing-singles-people-out" {
        group: Recognisable,
        evidence: Evidence::Figure(Capability::SinglingOut, FigureName::UniqueShare),
        threshold: SOME,
        limits: [MissedPeopleAreNotCounted, TracksAreNotChecked, CrowdIsThisFootages],
    }

    /// Can most people be followed from where they enter to where they leave?
    ///
    /// - **What it asks.** Can most people be followed from where they enter the picture to where they leave it?
    /// - **Why it matters.** Following somebody wherever they go starts with following them through one view.
    /// - **How it decides.** The share of tracks, cut off neither by the start nor the end of the footage, that begin
    ///   and end at an edge of the picture, against a half.
    /// - **What it cannot tell.** Whether a track is one person; doors in the middle of the picture; other cameras.
    /// - **Source.** Majority is this tool's convention. Measure: `room::measure::followability`.
    PeopleCanBeFollowedThroughTheView = "people-can-be-followed-through-the-view" {
        group: Followed,
        evidence: Evidence::EdgeToEdgeShare,
        threshold: MOST,
        limits: [MissedPeopleAreNotCounted, TracksAreNotChecked, OneViewOnly],
    }

    /// Is a person's nearest look-alike, most of the time, that same person at another moment?
    ///
    /// - **Why it matters.** Re-identification by the body is what turns single cameras into one; the decree excludes
    ///   it, vendors offer it.
    /// - **How it decides.** The share of probes whose most similar other sighting is of the same track must be half or
    ///   more, with its whole interval.
    /// - **What it cannot tell.** Whether it would hold between cameras, days or changes of clothes.
    /// - **Source.** Rank-1 as in the literature on re-identification; half is this tool's convention. Measure:
    ///   `room::measure::reidentification`.
    PeopleCanBeFoundAgain = "people-can-be-found-again" {
        group: Followed,
        evidence: Evidence::Figure(Capability::Reidentification, FigureName::RankOne),
        threshold: MOST,
        limits: [MissedPeopleAreNotCounted, ScoredOnTracks, OneModelOnly, OneViewOnly],
    }

    /// Is a person's nearest look-alike still that same person most of the time, after faces were blacked out?
    ///
    /// - **Why it matters.** "Faces are blurred" is offered as a safeguard. In the literature it costs
    ///   re-identification by the body very little.
    /// - **How it decides.** As `people-can-be-found-again`, on the same sightings with the face region filled.
    /// - **What it cannot tell.** As `people-can-be-found-again`.
    /// - **Source.** Half is this tool's convention. Measure: `room::measure::reidentification`.
    PeopleCanBeFoundAgainWithoutFaces = "people-can-be-found-again-without-faces" {
        group: Followed,
        evidence: Evidence::Figure(Capability::Reidentification, FigureName::RankOneRedacted),
        threshold: MOST,
        limits: [MissedPeopleAreNotCounted, ScoredOnTracks, OneModelOnly, OneViewOnly],
    }

    /// Are most people seen large enough, and for long enough, for recognition by the way they walk?
    ///
    /// - **Why it matters.** "Leur démarche" is named in the texts; gait needs no face and no cooperation.
    /// - **How it decides.** The share of tracks that reach the measure's size and duration must be half or more, with
    ///   its whole interval.
    /// - **What it cannot tell.** Whether anybody would be recognised: no gait was compared with any other.
    /// - **Source.** Half is this tool's convention. Measure: `room::measure::gait`.
    GaitIsUsable = "gait-is-usable" {
        group: Followed,
        evidence: Evidence::Figure(Capability::Gait, FigureName::GaitUsableShare),
        threshold: MOST,
        limits: [MissedPeopleAreNotCounted, TracksAreNotChecked, NobodyWasRecognised],
    }

    /// Do enough people stay so long that a loitering alarm would speak?
    ///
    /// - **What it asks.** Do so many people stay in view for more than a minute that a loitering alarm set to a minute
    ///   would regularly speak?
    /// - **Why it matters.** Staying in place too long is among the behaviours that vendors sell alarms for and that
    ///   the French decree does not list.
    /// - **How it decides.** The Kaplan-Meier share of people who stay longer than 60 seconds must be one in twenty or
    ///   more, with its whole interval.
    /// - **What it cannot tell.** Why somebody stays; whether an alarm was ever set; stays of people whom the tracker
    ///   lost.
    /// - **Source.** 60 seconds and one in twenty are this tool's conventions. Measure: `room::measure::dwell`.
    LoiteringIsObservable = "loitering-is-observable" {
        group: Judged,
        evidence: Evidence::LongerThan(LOITERING_SECONDS),
        threshold: SOME,
        limits: [MissedPeopleAreNotCounted, TracksAreNotChecked, ReasonsAreNotSeen],
    }

    /// Does one person in twenty or more move so fast that a running alarm would speak?
    ///
    /// - **Why it matters.** Running is among the behaviours that alarms are sold for and that the decree does not
    ///   list.
    /// - **How it decides.** The share of tracks that move faster than the measure's threshold must be one in twenty or
    ///   more, with its whole interval.
    /// - **What it cannot tell.** Why somebody runs; cyclists and skaters are not told from runners.
    /// - **Source.** The speed is cited in `room::measure::pace`; one in twenty is this tool's convention.
    RunningIsObservable = "running-is-observable" {
        group: Judged,
        evidence: Evidence::Figure(Capability::Pace, FigureName::FasterThanShare),
        threshold: SOME,
        limits: [MissedPeopleAreNotCounted, TracksAreNotChecked, ReasonsAreNotSeen],
    }

    /// Is one person in twenty or more seen in a group?
    ///
    /// - **Why it matters.** Alerts on gatherings and distances were sold in the pandemic and since; the decree does
    ///   not list them.
    /// - **How it decides.** The share of tracks that walked or stood in a group, as the measure defines it, must be
    ///   one in twenty or more, with its whole interval.
    /// - **What it cannot tell.** Whether people who are near each other belong together.
    /// - **Source.** The distance is cited in `room::measure::groups`; one in twenty is this tool's convention.
    PeopleAreSeenInGroups = "people-are-seen-in-groups" {
        group: Judged,
        evidence: Evidence::Figure(Capability::Groups, FigureName::InGroupShare),
        threshold: SOME,
        limits: [MissedPeopleAreNotCounted, TracksAreNotChecked, ReasonsAreNotSeen],
    }

    /// Does the label that a model assigns change within one track, for one person in twenty or more?
    ///
    /// - **Why it matters.** Guessing age or gender from looks is sold as a fact about people. A label that changes
    ///   while the person stays the same is none.
    /// - **How it decides.** The share of tracks with more than one label must be one in twenty or more, with its whole
    ///   interval.
    /// - **What it cannot tell.** Whether a label that stays the same is right. The tool makes no claim about anybody's
    ///   age or gender.
    /// - **Source.** One in twenty is this tool's convention. Measure: `room::measure::attributes`.
    AttributeLabelsFlip = "attribute-labels-flip" {
        group: Judged,
        evidence: Evidence::Figure(Capability::Attributes, FigureName::FlipShare),
        threshold: SOME,
        limits: [MissedFacesAreNotCounted, ScoredOnTracks, OneModelOnly, LabelsAreNotFacts],
    }

    /// Would an object left behind be reported once a day or more?
    ///
    /// - **Why it matters.** It is the first of the eight events of decree 2023-828, and the one with the most false
    ///   alarms in the published evaluation.
    /// - **How it decides.** The rate of such events must be one a day or more, with its whole interval.
    /// - **What it cannot tell.** What the object is: furniture, reflections and puddles look still, too.
    /// - **Source.** Once a day is this tool's convention. Measure: `room::measure::left_object`.
    LeftObjectsWouldBeReported = "left-objects-would-be-reported" {
        group: Judged,
        evidence: Evidence::Figure(Capability::LeftObject, FigureName::LeftObjectRate),
        threshold: DAILY,
        limits: [EventsAreNotChecked],
    }

    /// Would movement against the common direction be reported once a day or more?
    ///
    /// - **Why it matters.** It is the third of the eight events of decree 2023-828.
    /// - **How it decides.** The rate of such events must be one a day or more, with its whole interval.
    /// - **What it cannot tell.** Whether the direction was compulsory; how often the alarm would be false.
    /// - **Source.** Once a day is this tool's convention. Measure: `room::measure::direction`.
    CounterFlowWouldBeReported = "counter-flow-would-be-reported" {
        group: Judged,
        evidence: Evidence::Figure(Capability::Direction, FigureName::CounterFlowRate),
        threshold: DAILY,
        limits: [MissedPeopleAreNotCounted, EventsAreNotChecked],
    }

    /// Would entries into the (first) zone be reported once a day or more?
    ///
    /// - **Why it matters.** It is the fourth of the eight events of decree 2023-828.
    /// - **How it decides.** The rate of entries must be one a day or more, with its whole interval.
    /// - **What it cannot tell.** Whether the zone was forbidden, and to whom.
    /// - **Source.** Once a day is this tool's convention. Measure: `room::measure::intrusion`.
    ZoneEntriesWouldBeReported = "zone-entries-would-be-reported" {
        group: Judged,
        evidence: Evidence::Figure(Capability::Intrusion, FigureName::ZoneEntryRate),
        threshold: DAILY,
        limits: [MissedPeopleAreNotCounted, EventsAreNotChecked],
    }

    /// Would somebody on the ground be reported once a day or more?
    ///
    /// - **Why it matters.** It is the fifth of the eight events of decree 2023-828.
    /// - **How it decides.** The rate of such events must be one a day or more, with its whole interval.
    /// - **What it cannot tell.** Who sits, kneels, bends or sleeps and who fell.
    /// - **Source.** Once a day is this tool's convention. Measure: `room::measure::fall`.
    FallsWouldBeReported = "falls-would-be-reported" {
        group: Judged,
        evidence: Evidence::Figure(Capability::Fall, FigureName::FallRate),
        threshold: DAILY,
        limits: [MissedPeopleAreNotCounted, EventsAreNotChecked],
    }

    /// Would a sudden movement of many people be reported once a day or more?
    ///
    /// - **Why it matters.** It is the sixth of the eight events of decree 2023-828.
    /// - **How it decides.** The rate of such events must be one a day or more, with its whole interval.
    /// - **What it cannot tell.** Why people moved: a green light, a train that arrives, a panic.
    /// - **Source.** Once a day is this tool's convention. Measure: `room::measure::crowd_movement`.
    CrowdMovementsWouldBeReported = "crowd-movements-would-be-reported" {
        group: Judged,
        evidence: Evidence::Figure(Capability::CrowdMovement, FigureName::CrowdMovementRate),
        threshold: DAILY,
        limits: [MissedPeopleAreNotCounted, EventsAreNotChecked],
    }

    /// Are most people found again when the picture is worse?
    ///
    /// - **What it asks.** Are most of the people who are found in the clean picture found again when the picture is
    ///   worse: by night, in rain, out of focus, compressed?
    /// - **Why it matters.** Accuracy is claimed for good pictures; cameras hang in bad ones. A system that fails in
    ///   some of them fails the people in them.
    /// - **How it decides.** By the degradation in which the fewest are found again: that share must be half or more,
    ///   with its whole interval.
    /// - **What it cannot tell.** Who is missed already in the clean picture; what real rain and fog would do.
    /// - **Source.** Method of Dooley et al. 2022 (arXiv 2211.15937); half is this tool's convention. Measure:
    ///   `room::robustness`.
    PeopleAreFoundInPoorPictures = "people-are-found-in-poor-pictures" {
        group: Reliable,
        evidence: Evidence::FoundAgainAtWorst,
        threshold: MOST,
        limits: [MissedPeopleAreNotCounted, OneModelOnly],
    }

    /// Could (nearly) all frames be decoded?
    ///
    /// - **What it asks.** Could nearly all frames of the footage be decoded cleanly?
    /// - **Why it matters.** Every other answer speaks about the frames that were there.
    /// - **How it decides.** Frames that are missing or faulty, of all that there should be, must be one in a hundred
    ///   or fewer. They are counted in full, so that the interval is the number itself.
    /// - **What it cannot tell.** Whether the footage is authentic, complete or unedited: a clean file may have been
    ///   cut or re-encoded.
    /// - **Source.** One in a hundred is this tool's convention; integrity is not authentication (SWGIT).
    FootageIsIntact = "footage-is-intact" {
        group: Reliable,
        evidence: Evidence::DamagedShare,
        threshold: NEARLY_NO_FRAME,
        limits: [IntactIsNotAuthentic],
    }
}

#[cfg(test)]
mod tests {
    use super::AuditId;

    /// Readers of records and reports rely on these names: one is added, none is changed, and none is used again.
    #[test]
    fn the_names_of_audits_are_these_and_in_this_order() {
        let expected = [
            "somebody-is-usually-in-view",
            "crowds-are-dense",
            "faces-reach-recognition",
            "faces-reach-identification",
            "bodies-reach-observation",
            "everyone-unrecognisable",
            "faces-can-be-told-apart",
            "clothing-singles-people-out",
            "people-can-be-followed-through-the-view",
            "people-can-be-found-again",
            "people-can-be-found-again-without-faces",
            "gait-is-usable",
            "loitering-is-observable",
            "running-is-observable",
            "people-are-seen-in-groups",
            "attribute-labels-flip",
            "left-objects-would-be-reported",
            "counter-flow-would-be-reported",
            "zone-entries-would-be-reported",
            "falls-would-be-reported",
            "crowd-movements-would-be-reported",
            "people-are-found-in-poor-pictures",
            "footage-is-intact",
        ];
        assert_eq!(AuditId::ALL.map(AuditId::name)[..], expected[..]);
    }
}
