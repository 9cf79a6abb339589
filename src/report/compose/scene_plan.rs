//! The scene as a part of the plan that would make the same record. In: what the record tells of the scene. Out: the
//! table `[scene]` of a plan file.

use super::plan::{put, quoted};
use crate::record::scene::{CalibrationModel, PixelPlace, SceneFacts, TsaiFacts};

/// Appends the table.
pub(super) fn put_scene(text: &mut String, scene: &SceneFacts) {
    put(text, format_args!("\n[scene]"));
    if let Some([width, height]) = scene.frame_size {
        put(text, format_args!("frame_size = [{width}, {height}]"));
    }
    if let Some(rate) = scene.frame_rate {
        put(text, format_args!("frame_rate = {rate:?}"));
    }
    if let Some(height) = scene.body_height_metres {
        put(text, format_args!("body_height = {height:?}"));
    }
    if let Some(arrow) = scene.common_direction {
        let (from, to) = (arrow.from, arrow.to);
        put(
            text,
            format_args!("common_direction = {{ from = {from:?}, to = {to:?} }}"),
        );
    }
    for zone in &scene.zones {
        put(
            text,
            format_args!("\n[[scene.zone]]\nname = {}", quoted(&zone.name)),
        );
        put(text, format_args!("polygon = {}", polygon(&zone.polygon)));
    }
    for line in &scene.lines {
        put(
            text,
            format_args!("\n[[scene.line]]\nname = {}", quoted(&line.name)),
        );
        put(text, format_args!("from = {:?}\nto = {:?}", line.from, line.to));
    }
    let Some(calibration) = &scene.calibration else {
        return;
    };
    put(text, format_args!("\n[scene.calibration]"));
    if !calibration.ground.is_empty() {
        put(text, format_args!("ground = {}", polygon(&calibration.ground)));
    }
    if !calibration.points.is_empty() {
        put(text, format_args!("points = ["));
        for pair in &calibration.points {
            let (pixel, metres) = (pair.pixel, pair.metres);
            put(
                text,
                format_args!("  {{ pixel = {pixel:?}, metres = {metres:?} }},"),
            );
        }
        put(text, format_args!("]"));
    }
    if let CalibrationModel::Tsai(camera) = &calibration.model {
        put_camera(text, camera);
    }
}

fn put_camera(text: &mut String, camera: &TsaiFacts) {
    put(text, format_args!("\n[scene.calibration.tsai]"));
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
        put(text, format_args!("{name} = {value:?}"));
    }
}

fn polygon(corners: &[PixelPlace]) -> String {
    format!("{corners:?}")
}
