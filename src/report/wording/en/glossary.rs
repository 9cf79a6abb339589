//! Words explained.

/// Terms and what this report means by them.
pub const GLOSSARY: &[(&str, &str)] = &[
    (
        "Algorithmic video surveillance (VSA)",
        "Software that watches camera pictures and reports people, faces or behaviour.",
    ),
    (
        "Bootstrap",
        "A way to find an interval: the data at hand are drawn again and again, and the spread of the results is taken.",
    ),
    (
        "Data basis",
        "The ground on which the footage may be examined, as declared by whoever ran this audit. The program cannot check it.",
    ),
    (
        "Detector",
        "A model that reports boxes around people or faces in one picture. It misses some, and reports some where there are none.",
    ),
    (
        "DORI, OODPCVS",
        "Two scales of pixel density for cameras: detect, observe, recognise, identify (preceded by monitor); and overview, outline, discern, perceive, characterise, validate, scrutinise.",
    ),
    (
        "Interval",
        "The range that would hold the true value in so many of 100 repetitions as its level says.",
    ),
    (
        "Kaplan–Meier",
        "A way to estimate how long people stay when some stays began before the footage or went on after it.",
    ),
    (
        "Median, quantile",
        "The median is the value that half of the cases do not exceed; the 90\u{202f}% quantile is the one that 90 of 100 do not exceed.",
    ),
    (
        "Pixel density",
        "How many pixels of the picture fall on one metre of the scene, in pixels per metre (px/m).",
    ),
    (
        "SHA-256, digest",
        "A number computed from a file. Two files with the same digest are, for every practical purpose, the same file.",
    ),
    (
        "Sighting",
        "One person, or one face, in one frame, as reported by a detector.",
    ),
    (
        "Track",
        "A chain of sightings that the tracker took for one person. One person may be several tracks, where the tracker lost and did not recognise them; two people may be one.",
    ),
    (
        "Withheld",
        "Measured, but not shown, because so few people stand behind the number that it would speak about them and not about the place.",
    ),
];
