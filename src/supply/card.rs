//! In: the name of a model. Out: its card, as it stood in `models/` when the program was built.

const CARDS: [(&str, &str); 19] = [
    ("centerface", include_str!("../../models/centerface.md")),
    ("dlib-age", include_str!("../../models/dlib-age.md")),
    ("dlib-gender", include_str!("../../models/dlib-gender.md")),
    (
        "emotion-mini-xception",
        include_str!("../../models/emotion-mini-xception.md"),
    ),
    ("faceres", include_str!("../../models/faceres.md")),
    ("mobilefacenet", include_str!("../../models/mobilefacenet.md")),
    (
        "movenet-lightning",
        include_str!("../../models/movenet-lightning.md"),
    ),
    ("nanodet-g", include_str!("../../models/nanodet-g.md")),
    ("nanodet-m-320", include_str!("../../models/nanodet-m-320.md")),
    ("osnet-x0-25", include_str!("../../models/osnet-x0-25.md")),
    (
        "person-detection-0200",
        include_str!("../../models/person-detection-0200.md"),
    ),
    (
        "person-detection-0303",
        include_str!("../../models/person-detection-0303.md"),
    ),
    ("person-rpi", include_str!("../../models/person-rpi.md")),
    (
        "retinaface-mobilenet025",
        include_str!("../../models/retinaface-mobilenet025.md"),
    ),
    (
        "ssdlite-pedestrian",
        include_str!("../../models/ssdlite-pedestrian.md"),
    ),
    (
        "ultraface-rfb-320",
        include_str!("../../models/ultraface-rfb-320.md"),
    ),
    ("yolox-nano", include_str!("../../models/yolox-nano.md")),
    ("yunet-n-320", include_str!("../../models/yunet-n-320.md")),
    ("yunet-n-640", include_str!("../../models/yunet-n-640.md")),
];

/// The card of a built-in model; none for a user's own.
#[must_use]
pub fn card(name: &str) -> Option<&'static str> {
    CARDS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
}
