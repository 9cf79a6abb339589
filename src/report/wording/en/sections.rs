//! The heads of the sections: anchor, short name, heading and lead.

use crate::formats::english as formats;
use crate::wording::SectionText;

pub(super) fn section(id: &'static str, name: &'static str, title: &str, lead: &str) -> SectionText {
    SectionText {
        id,
        name,
        title: title.to_owned(),
        lead: lead.to_owned(),
    }
}

/// The questions and their answers.
#[must_use]
pub fn section_questions(n: usize) -> SectionText {
    section(
        "questions",
        "Answers",
        &format!(
            "{} questions, and what this footage answers",
            formats::count(n as u64)
        ),
        "Yes and no are given only where the whole interval lies on one side of a stated threshold. There is no overall \
         score. Each answer is explained, with its limits, in the sections that follow.",
    )
}
/// Caption of the questions.
pub const QUESTIONS_CAPTION: &str = "Questions, answers and the evidence that decides.";
/// Columns of the questions.
pub const QUESTION_COLUMNS: [&str; 3] = ["Question", "Answer", "Evidence"];
/// Who is seen.
#[must_use]
pub fn section_seen() -> SectionText {
    section(
        "seen",
        "Seen",
        "How many people a system could count",
        "People as the person detector reports them, frame by frame. Those it misses are not in these numbers; things that it takes for people are.",
    )
}
/// Who could be recognised.
#[must_use]
pub fn section_recognisable() -> SectionText {
    section(
        "recognisable",
        "Recognisable",
        "How large people and faces appear",
        "Recognition needs enough pixels. What follows says how many there are, not whether anyone would be recognised.",
    )
}
/// Who could be followed.
#[must_use]
pub fn section_followed() -> SectionText {
    section(
        "followed",
        "Followed",
        "How far one person can be followed",
        "Within this camera's view, from one frame to the next, by place and movement alone. Nobody is followed to another camera. What is counted are tracks: one person may be several.",
    )
}
/// Whose behaviour could be judged.
#[must_use]
pub fn section_judged() -> SectionText {
    section(
        "judged",
        "Judged",
        "How long people are seen to stay",
        "Software that reports loitering compares the length of a stay with a set time. This says how many tracks exceed such times, not what that means. A stay is cut short where the tracker loses the person.",
    )
}
/// Whether the evidence carries the answers.
#[must_use]
pub fn section_reliable() -> SectionText {
    section(
        "reliable",
        "Reliable?",
        "Whether the footage carries these answers",
        "Damaged, missing and repeated frames are counted, not hidden.",
    )
}
/// How sure.
#[must_use]
pub fn section_sure() -> SectionText {
    section(
        "sure",
        "How sure",
        "How sure these numbers are",
        "Every estimate with its interval, its method and what was counted. The intervals cover chance. They do not cover the detectors' own errors.",
    )
}
/// Limits.
#[must_use]
pub fn section_limits() -> SectionText {
    section(
        "limits",
        "Limits",
        "What this report cannot tell",
        "These limits hold for everything above.",
    )
}
/// What was not done.
#[must_use]
pub fn section_not_done() -> SectionText {
    section(
        "not-done",
        "Not done",
        "What was not done",
        "Some things the program leaves out on purpose, and some it cannot do.",
    )
}
/// The footage.
#[must_use]
pub fn section_items() -> SectionText {
    section(
        "items",
        "Footage",
        "What was examined",
        "Each piece of footage, with the digest by which it can be told from any other file.",
    )
}
/// The models.
#[must_use]
pub fn section_models() -> SectionText {
    section(
        "models",
        "Models",
        "What it was examined with",
        "The models and their settings. Another model, or another setting, gives other numbers.",
    )
}
/// Repetition.
#[must_use]
pub fn section_again() -> SectionText {
    section(
        "again",
        "Run again",
        "How to repeat this examination",
        "The same footage, models, settings and version of the program give the same record, byte for byte, whatever the number of threads.",
    )
}
/// Words.
#[must_use]
pub fn section_glossary() -> SectionText {
    section(
        "glossary",
        "Words",
        "Words as they are used here",
        "In alphabetical order.",
    )
}
