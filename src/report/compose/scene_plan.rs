//! The scene as a part of the plan that would make the same record. In: what the record tells of the scene. Out: the
//! table `[scene]` of a plan file.

use super::plan::{put, put_array, quoted};
use std::fmt::Write as _;
use vsa_record::scene::{CalibrationModel, PixelPlace, SceneFacts, TsaiFacts};

/// Appends the table.
pub(super) fn put_scene(text: &mut String, scene: &SceneFacts) {
    put!(text, "\n[scene]");
    if let Some([width, height]) = scene.frame_size {
        put!(text, "frame_size = [{width}, {height}]");
    }
    if let Some(rate) = scene.frame_rate {
        put!(text, "frame_rate = {rate:?}");
    }
    if let Some(height) = scene.body_height_metres {
        put!(text, "body_height = {height:?}");
    }
    if let Some(arrow) = scene.common_direction {
        let (from, to) = (arrow.from, arrow.to);
        put!(text, "common_direction = {{ from = {from:?}, to = {to:?} }}");
    }
    for zone in &scene.zones {
        put!(text, "\n[[scene.zone]]\nname = {}", quoted(&zone.name));
        put_array(text, "polygon", places(&zone.polygon));
    }
    for line in &scene.lines {
        put!(text, "\n[[scene.line]]\nname = {}", quoted(&line.name));
        put!(text, "from = {:?}\nto = {:?}", line.from, line.to);
    }
    let Some(calibration) = &scene.calibration else {
        return;
    };
    put!(text, "\n[scene.calibration]");
    if !calibration.ground.is_empty() {
        put_array(text, "ground", places(&calibration.ground));
    }
    if !calibration.points.is_empty() {
        put!(text, "points = [");
        for pair in &calibration.points {
            let (pixel, metres) = (pair.pixel, pair.metres);
            put!(text, "  {{ pixel = {pixel:?}, metres = {metres:?} }},");
        }
        put!(text, "]");
    }
    if let CalibrationModel::Tsai(camera) = &calibration.model {
        put_camera(text, camera);
    }
}

fn put_camera(text: &mut String, camera: &TsaiFacts) {
    put!(text, "\n[scene.calibration.tsai]");
    for (name, value) in [
        ("dpx", camera.dpx),
        ("dpy", camera.dpy),
        ("focal", camera.focal),
        ("kappa1", camera.kappa1),
        ("cx", camera.cx),
        ("cy", camera.cy),
        ("sx", camera.sx),
        ("tx", camera.tx),
        ("ty", camera.ty),
        ("tz", camera.tz),
        ("rx", camera.rx),
        ("ry", camera.ry),
        ("rz", camera.rz),
        ("units_per_metre", camera.units_per_metre),
    ] {
        put!(text, "{name} = {value:?}");
    }
}

fn places(corners: &[PixelPlace]) -> impl Iterator<Item = String> {
    corners.iter().map(|corner| format!("{corner:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use vsa_plan::WrittenPlan;
    use vsa_plan::scene::{Scene, SceneChoice, WrittenScene};

    const POINTS: &str = r#"
frame_size = [640, 480]
frame_rate = 7
body_height = 1.65
common_direction = { from = [100, 400], to = [500.5, 400] }
zone = [{ name = "the \"door\"", polygon = [[100, 300], [200, 300], [200, 400]] }]
line = [{ name = "kerb", from = [0, 350], to = [640, 350] }]
[calibration]
ground = [[0, 240], [640, 240], [640, 480], [0, 480]]
points = [
  { pixel = [0, 240], metres = [-8, 20] },
  { pixel = [640, 240], metres = [8, 20] },
  { pixel = [640, 480], metres = [3, 5] },
  { pixel = [0, 480], metres = [-3.25, 5] },
  { pixel = [320, 480], metres = [0, 5.5] },
]
"#;
    const CAMERA: &str = r#"
frame_size = [640, 480]
[calibration.tsai]
dpx = 0.00485
dpy = 5e-9
focal = 5.5
kappa1 = 0.005
cx = 324
cy = 282
sx = 1.09
tx = 828
ty = -3175
tz = 35469
rx = 2.04
ry = -0.89
rz = -0.43
units_per_metre = 1000
"#;

    #[test]
    fn a_scene_comes_back_from_the_plan_as_it_was() {
        for written in [POINTS, CAMERA] {
            let first: WrittenScene = toml::from_str(written).unwrap();
            let first: Scene = first.check().unwrap();
            let mut text = String::new();
            put_scene(&mut text, first.facts().unwrap());
            let plan: WrittenPlan = toml::from_str(&text).unwrap();
            let Some(SceneChoice::Inline(again)) = plan.scene else {
                panic!("no scene in {text}")
            };
            assert_eq!(again.check().unwrap(), first, "{text}");
        }
    }
}
