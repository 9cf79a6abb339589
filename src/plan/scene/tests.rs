//! What a user may write as a scene, and what is refused in words that point at its place.

use super::{Scene, SceneChoice, WrittenScene};
use crate::WrittenPlan;
use std::path::Path;

fn checked(text: &str) -> Result<Scene, String> {
    let written: WrittenScene = toml::from_str(text).map_err(|error| error.to_string())?;
    written
        .written_in(Path::new("scene.toml"), text)
        .check()
        .map_err(|error| error.to_string())
}

const WHOLE: &str = r#"
frame_size = [640, 480]
frame_rate = 7
body_height = 1.65
common_direction = { from = [100, 400], to = [500.5, 400] }

[[zone]]
name = "door"
polygon = [[100, 300], [200, 300], [200, 400], [100, 400]]

[[line]]
name = "kerb"
from = [0, 350]
to = [640, 350]

[calibration]
ground = [[0, 240], [640, 240], [640, 480], [0, 480]]
points = [
  { pixel = [0, 240], metres = [-8, 20] },
  { pixel = [640, 240], metres = [8, 20] },
  { pixel = [640, 480], metres = [3, 5] },
  { pixel = [0, 480], metres = [-3, 5] },
]
"#;

#[test]
fn a_whole_scene_is_read_and_every_part_of_it_may_be_missing() {
    let scene = checked(WHOLE).unwrap();
    let facts = scene.facts().unwrap();
    assert_eq!(
        (facts.frame_size, facts.frame_rate, facts.body_height_metres),
        (Some([640, 480]), Some(7.0), Some(1.65))
    );
    assert_eq!(
        (facts.zones[0].name.as_str(), facts.lines[0].to),
        ("door", [640.0, 350.0])
    );
    let calibration = facts.calibration.as_ref().unwrap();
    // A trapezium, 16 m and 6 m wide and 15 m deep: 165 square metres.
    assert!(
        (calibration.ground_square_metres.unwrap() - 165.0).abs() < 0.2,
        "{:?}",
        calibration.ground_square_metres
    );
    assert!(
        calibration.residual.is_none(),
        "four points fit exactly: nothing is left to check them by"
    );
    assert!(scene.fits(640, 480) && !scene.fits(480, 640));
    let direction = scene.common_direction().unwrap();
    assert!(
        direction[0] > 1.0 && direction[1].abs() < 1e-6,
        "to the right, on the ground: {direction:?}"
    );
    let empty = checked("").unwrap();
    assert!(empty.facts().is_none() && empty.fits(3, 5) && empty.plane().is_none());
}

#[test]
fn what_cannot_be_is_refused_and_pointed_at() {
    let part = |from: &str, to: &str| checked(&WHOLE.replace(from, to)).unwrap_err();
    for (from, to, line, words) in [
        (
            "[100, 300], [200, 300], [200, 400], [100, 400]",
            "[100, 300], [200, 400], [200, 300], [100, 400]",
            9,
            "zone `door` crosses itself",
        ),
        (
            "[100, 300], [200, 300], [200, 400], [100, 400]",
            "[100, 300], [200, 300], [300, 300]",
            9,
            "its corners lie on one line",
        ),
        (
            "[100, 300], [200, 300], [200, 400], [100, 400]",
            "[100, 300], [200, 300]",
            9,
            "has 2 corners",
        ),
        (
            "[100, 400]]",
            "[100, 481]]",
            9,
            "the point (100, 481) lies outside the picture of 640x480 pixels",
        ),
        ("[100, 400]]", "[100, 300]]", 9, "is there twice"),
        (
            "to = [640, 350]",
            "to = [0, 350.5]",
            14,
            "line `kerb` begins and ends in the same place",
        ),
        (
            "frame_rate = 7",
            "frame_rate = 0",
            3,
            "frame_rate is 0, but has to lie between 0.01 and 1000",
        ),
        (
            "body_height = 1.65",
            "body_height = 165",
            4,
            "body_height (in metres) is 165",
        ),
        ("name = \"door\"", "name = \" \"", 8, "a name must be"),
        ("[640, 480]", "[0, 480]", 2, "frame_size is 0x480"),
    ] {
        let message = part(from, to);
        assert!(message.contains(words), "{words}: {message}");
        assert!(
            message.contains(&format!("line {line}, column ")),
            "{words}: {message}"
        );
    }
    let exchanged = part("metres = [3, 5]", "metres = [-3, 5.001]");
    assert!(
        exchanged.contains("the calibration") && exchanged.contains("line 16, column 1"),
        "{exchanged}"
    );
    let three = part("  { pixel = [0, 480], metres = [-3, 5] },\n", "");
    assert!(three.contains("3 points, but needs 4"), "{three}");
    // The lines that were 8 m to each side at 20 m and 3 m at 5 m meet at y = 336 - 480 * 0.6: above the picture. A
    // steeper view has its horizon within the picture.
    let above = checked(
        &WHOLE
            .replace("metres = [-8, 20]", "metres = [-80, 200]")
            .replace("metres = [8, 20]", "metres = [80, 200]")
            .replace("[[0, 240], [640, 240]", "[[0, 60], [640, 60]"),
    )
    .unwrap_err();
    assert!(
        above.contains("at or above the horizon") && above.contains("line 17"),
        "{above}"
    );
}

#[test]
fn a_message_marks_the_place_in_its_line() {
    let message = checked("frame_size = [640, 480]\nframe_rate = -3\n").unwrap_err();
    assert_eq!(
        message,
        "the scene scene.toml cannot be used: line 2, column 14\n  |\n2 | frame_rate = -3\n  |              ^^\n\
         frame_rate is -3, but has to lie between 0.01 and 1000"
    );
}

#[test]
fn a_word_that_no_scene_has_is_refused_by_the_reader() {
    let message = checked("frame_rat = 3").unwrap_err();
    assert!(
        message.contains("unknown field `frame_rat`") && message.contains("line 1, column 1"),
        "{message}"
    );
    let drawn = checked("[[line]]\nname = \"a\"\nfrom = [0, 0]\nto = [9, 9]").unwrap_err();
    assert!(drawn.contains("frame_size is missing"), "{drawn}");
}

#[test]
fn a_camera_file_that_is_absent_or_broken_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let text = "[calibration]\ncamera = \"camera.xml\"\n";
    let read = || {
        let written: WrittenScene = toml::from_str(text).unwrap();
        written
            .written_in(&folder.path().join("scene.toml"), text)
            .check()
    };
    let absent = read().unwrap_err().to_string();
    assert!(
        absent.starts_with("cannot read the camera file") && absent.contains("camera.xml"),
        "{absent}"
    );
    let mut file = tempfile::NamedTempFile::new_in(folder.path()).unwrap();
    std::io::Write::write_all(&mut file, b"<Camera><Geometry dpx=\"x\"/></Camera>").unwrap();
    file.persist(folder.path().join("camera.xml")).unwrap();
    let broken = read().unwrap_err().to_string();
    assert!(
        broken.contains("`dpx` of <Geometry> is `x`, which is no number")
            && broken.contains("line 2, column 10"),
        "{broken}"
    );
}

#[test]
fn a_plan_names_a_scene_file_beside_it_or_holds_the_scene_itself() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let mut file = tempfile::NamedTempFile::new_in(folder.path()).unwrap();
        std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
        file.persist(folder.path().join(name)).unwrap();
        folder.path().join(name)
    };
    write("scene.toml", WHOLE);
    let by_name = WrittenPlan::read(&write("a.toml", "scene = \"scene.toml\"\n")).unwrap();
    let Some(SceneChoice::File(path)) = by_name.scene else {
        panic!("a file")
    };
    assert_eq!(path, folder.path().join("scene.toml"));
    assert_eq!(Scene::read(&path).unwrap(), checked(WHOLE).unwrap());

    let inline = "[scene]\nframe_size = [640, 480]\nframe_rate = 1e9\n";
    let plan = WrittenPlan::read(&write("b.toml", inline)).unwrap();
    let Some(SceneChoice::Inline(scene)) = plan.scene else {
        panic!("inline")
    };
    let message = scene.check().unwrap_err().to_string();
    assert!(
        message.contains("line 3, column 14") && message.contains("b.toml"),
        "{message}"
    );
}

#[test]
fn the_sample_scene_can_be_used() {
    let text = include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../samples/scenes/pets09-s2l1.toml"
    ));
    let scene = checked(text).unwrap();
    let facts = scene.facts().unwrap();
    assert_eq!(
        (facts.zones.len(), facts.lines.len(), facts.frame_rate),
        (1, 1, Some(7.0))
    );
}
