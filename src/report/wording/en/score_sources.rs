//! The words of the page of scores about files and limits. In: nothing. Out: fixed sentences.

/// Short name in the contents.
pub const FILES_NAME: &str = "Files";
/// Heading.
pub const FILES_TITLE: &str = "What was read";
/// Leads in.
pub const FILES_LEAD: &str = "Files are named by their digests; their names may name people.";
/// Fact.
pub const FORMAT: &str = "Format";
/// Fact.
pub const FILES: &str = "Files";
/// Fact.
pub const PICTURES: &str = "Pictures";
/// Fact.
pub const BOXES: &str = "Boxes";
/// Fact.
pub const DIGEST: &str = "SHA-256";
/// Fact.
pub const SKIPPED: &str = "Rows left out";
/// Heading.
pub const CHECKS: &str = "What was noticed";
/// Nothing was.
pub const NO_CHECKS: &str =
    "Nothing that bears on the figures: scales, frames, classes and scores of both sides fit each other.";

/// Short name in the contents.
pub const LIMITS_NAME: &str = "Limits";
/// Heading.
pub const LIMITS_TITLE: &str = "What these figures cannot tell";
/// Leads in.
pub const LIMITS_LEAD: &str = "Each limit holds for every figure above.";
/// Title and text.
pub const LIMITS: [(&str, &str); 3] = [
    (
        "Labels are taken for true.",
        "Whoever is not labelled counts as nobody: finding them is a false positive.",
    ),
    (
        "Other footage may differ more than the intervals say.",
        "They know how pictures of these files differ from each other. Another camera, city or season is another question.",
    ),
    (
        "Average precision is of no operating point.",
        "A camera in use has one threshold; precision, recall and false alarms at that threshold say what happens.",
    ),
];
/// Title and text.
pub const LIMITS_OF_GROUPS: [(&str, &str); 2] = [
    (
        "Groups are as somebody labelled them.",
        "An annotator’s impression of age, gender or skin is no fact about a person; errors of annotation make gaps smaller or larger.",
    ),
    (
        "Best and worst group were chosen for lying apart.",
        "Of many groups some lie apart by chance: the test for all pairs together knows that, the interval of the widest gap does not.",
    ),
];
