//! In: the name of a model. Out: its card, as it stood in `models/` when the program was built.

const CARDS: [(&str, &str); 37] = [
    ("centerface", include_str!("../../models/centerface.md")),
    ("d-fine-l-640", include_str!("../../models/d-fine-l-640.md")),
    ("d-fine-s-640", include_str!("../../models/d-fine-s-640.md")),
    ("d-fine-x-640", include_str!("../../models/d-fine-x-640.md")),
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
        "person-detection-0202",
        include_str!("../../models/person-detection-0202.md"),
    ),
    (
        "person-detection-0203",
        include_str!("../../models/person-detection-0203.md"),
    ),
    (
        "person-detection-0302",
        include_str!("../../models/person-detection-0302.md"),
    ),
    (
        "person-detection-0303",
        include_str!("../../models/person-detection-0303.md"),
    ),
    ("person-rpi", include_str!("../../models/person-rpi.md")),
    ("picodet-s-320", include_str!("../../models/picodet-s-320.md")),
    (
        "reidentification-0277",
        include_str!("../../models/reidentification-0277.md"),
    ),
    (
        "reidentification-0287",
        include_str!("../../models/reidentification-0287.md"),
    ),
    (
        "reidentification-0288",
        include_str!("../../models/reidentification-0288.md"),
    ),
    (
        "retinaface-mobilenet025",
        include_str!("../../models/retinaface-mobilenet025.md"),
    ),
    (
        "rf-detr-large-560",
        include_str!("../../models/rf-detr-large-560.md"),
    ),
    (
        "rf-detr-nano-384",
        include_str!("../../models/rf-detr-nano-384.md"),
    ),
    (
        "rf-detr-small-512",
        include_str!("../../models/rf-detr-small-512.md"),
    ),
    (
        "ssdlite-pedestrian",
        include_str!("../../models/ssdlite-pedestrian.md"),
    ),
    (
        "ultraface-rfb-320",
        include_str!("../../models/ultraface-rfb-320.md"),
    ),
    ("yolox-l-640", include_str!("../../models/yolox-l-640.md")),
    ("yolox-m-640", include_str!("../../models/yolox-m-640.md")),
    ("yolox-nano", include_str!("../../models/yolox-nano.md")),
    ("yolox-s-640", include_str!("../../models/yolox-s-640.md")),
    ("yolox-tiny-416", include_str!("../../models/yolox-tiny-416.md")),
    ("yolox-x-640", include_str!("../../models/yolox-x-640.md")),
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
