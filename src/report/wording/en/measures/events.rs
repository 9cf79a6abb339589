//! Words for the measures of what happens: falls, crowds, left objects, and how much of the time nothing does.

use crate::wording::{DistributionText, FigureText, MeasureText};
use vsa_record::reading::{Capability, DistributionName, Figure, FigureName};

pub(super) fn figure(figure: &Figure) -> Option<FigureText> {
    let (title, meaning) = match figure.name {
        FigureName::FallRate => (
            "Falls per hour",
            "How often somebody upright turned over within seconds and stayed low, as boxes around people show it.",
        ),
        FigureName::CrowdMovementRate => (
            "Sudden collective movements per hour",
            "How often at least half of a group of five or more began to run, or changed direction at speed, within \
             about a second.",
        ),
        FigureName::LeftObjectRate => (
            "Objects left behind, per hour",
            "How often something new stood still for half a minute outside everybody's box. No person is attached to \
             it.",
        ),
        FigureName::EmptyShare => (
            "Time with nobody in view",
            "Share of the frames in which nobody was found.",
        ),
        FigureName::CondensedShare => (
            "Length of a video synopsis",
            "Hours somebody would have to watch for one hour of footage, if everybody were shown once, at their place, \
             as many side by side as do not cover each other.",
        ),
        _ => return None,
    };
    Some(FigureText {
        title: title.to_owned(),
        meaning,
    })
}

pub(super) fn distribution(_name: DistributionName) -> Option<DistributionText> {
    None
}

pub(super) fn measure(capability: Capability) -> Option<MeasureText> {
    match capability {
        Capability::Fall => Some(FALL),
        Capability::CrowdMovement => Some(CROWD_MOVEMENT),
        Capability::LeftObject => Some(LEFT_OBJECT),
        Capability::Synopsis => Some(SYNOPSIS),
        _ => None,
    }
}

const FALL: MeasureText = MeasureText {
    definition: "Somebody whose box was at least 1.3 times as high as wide for a second lies within two seconds (at least \
                 as wide as high, at most 0.7 of the height before) and stays so, in place, for three seconds. Whoever is \
                 on the way down for longer than 0.8 s lies down and has not fallen. Given per hour watched.",
    source: "The ratio of a box's sides and its persistence: Vishwakarma, Mandal and Sural 2007; overview by Willems et \
             al. 2009. The numbers are a convention of this tool.",
    sensitivity: "Detectors are trained on people who stand. With a higher detection threshold people on the ground are \
                  lost, and their falls with them.",
    cannot_tell: "Falls towards the camera or away from it, which keep a high, narrow box; falls behind something; whether \
                  anybody is hurt. On synthetic scenes about one fall in eight was missed even with known tracks.",
};

const CROWD_MOVEMENT: MeasureText = MeasureText {
    definition: "A person is stirred if the velocity of the next second differs from that of the last by at least 0.7 body \
                 heights per second and is above 1.0 (a walk is about 0.8). A collective movement begins when at least \
                 half of all who are followed, and four of five or more, are stirred within about a second, and this \
                 share stands out from the footage's own history. Given per hour watched.",
    source: "Velocity changes of a crowd's members after Mehran, Oyama and Shah 2009; outliers by median and median \
             absolute deviation (Hampel 1974). The numbers are a convention of this tool; the decree gives none.",
    sensitivity: "In dense crowds people are lost and mixed up: a higher detection threshold can leave fewer than five to \
                  follow. Fewer than two frames a second hide what happens within one.",
    cannot_tell: "Why people move: a panic, a bus that arrives and a game look alike. Movement towards the camera is \
                  foreshortened. A crowd that stops at once is not counted.",
};

const LEFT_OBJECT: MeasureText = MeasureText {
    definition: "A connected patch of the picture that was not there before, has been still and outside every person's box \
                 for 30 s, is no larger than 2 % of the picture, and has a sharper border than what was there before. \
                 Given per hour in which one could have been noticed.",
    source: "Two backgrounds that learn at different speed: Porikli, Ivanov and Haga 2008. 30 s as in the data set PETS \
             2006. Left or taken away by the strength of edges, after Connell et al. 2004.",
    sensitivity: "People who stand still and are not detected are taken for objects: a higher detection threshold makes \
                  more of them. Things that differ from the ground by fewer than 14 of 255 grey levels are not seen.",
    cannot_tell: "What the thing is, whose it is, whether it was left on purpose. A parked bicycle and a moved bin count \
                  alike. No person is attached to an object; where small numbers are withheld, each object stands for the \
                  one person who left it.",
};

const SYNOPSIS: MeasureText = MeasureText {
    definition: "Time with nobody in view is the share of frames without a person. The synopsis shows every track once, at \
                 its place but at another time, so that nobody covers anybody else; its length is given as a share of the \
                 footage's.",
    source: "Pritch, Rav-Acha and Peleg 2008, who shift people in time and allow some overlap; here none is allowed, so a \
             product may be shorter.",
    sensitivity: "Whoever the detector misses is cut away: a higher detection threshold makes the synopsis shorter and \
                  less true.",
    cannot_tell: "What a viewer of the synopsis would miss. It destroys order and causes: two people who never met appear \
                  side by side.",
};
