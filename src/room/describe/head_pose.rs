//! Five landmarks of a face in, how far the head is turned away from the camera out.
//!
//! **Method.** The five points are taken for a scaled orthographic view of one solid face, and the view is solved for by least
//! squares: the linear step of DeMenthon and Davis 1995 (*Model-based object pose in 25 lines of code*). What is measured is
//! where the nose lies between the eyes and the corners of the mouth. Turning the head within the picture changes nothing.
//! **Face.** [`FACE`]: centres of the eyes (means of the corners of the lids), tip of the nose and corners of the mouth in
//! MediaPipe's canonical face model (`canonical_face_model.obj`, its vertices 33, 133, 263, 362, 1, 61 and 291).
//! **Limits.** [`MOST_YAW`] and [`MOST_PITCH`], 30 degrees: the first of the three bins of yaw (to 30, to 60, beyond) by which alignment of
//! faces in large poses is scored (`benchmark_aflw2000.py` of cleardusk/3DDFA). The same for pitch is a convention of ours.
//! **How well.** The nose stands out of the plane of the other four by 36 mm: an error of its place by a twentieth of the distance
//! between the eyes turns the head by 5 degrees, and so does a nose that is 3 mm longer or shorter than the model's. Of 26 faces that
//! both CenterFace and YuNet-n find at 640 pixels in 46 pictures (of COCO and Intel's previews, 9 faces lower than 20 pixels), the two place the
//! points so that yaw differs by 3.9 degrees at the median and by 10.3 for one face in ten, pitch by 2.7 and 5.3, and on 25 they agree whether
//! the face looks towards the camera. So five points tell 30 degrees to about 10, and 5 degrees not at all.
//! **What it cannot tell.** Whether there is a face: a network that takes the back of a head for one gives it five points
//! too, and they may lie as those of a face do. Of a profile the farther eye is guessed by the network.

use super::align::ordered;
use crate::detect::detection::{Detection, Landmarks};

/// Largest yaw of a face that counts as frontal, in degrees to either side.
pub(crate) const MOST_YAW: f64 = 30.0;

/// Largest pitch of a face that counts as frontal, in degrees upwards or downwards.
pub(crate) const MOST_PITCH: f64 = 30.0;

/// Eyes (left and right in the picture), nose and corners of the mouth of a face that looks into the camera, in millimetres:
/// to the right, down, away from the camera.
const FACE: [[f64; 3]; 5] = [
    [-31.51, -26.25, -34.66],
    [31.51, -26.25, -34.66],
    [0.0, 11.27, -74.76],
    [-24.56, 43.43, -42.84],
    [24.56, 43.43, -42.84],
];

/// The two rows of a view are equally long and at right angles. Faces differ from the model and networks err: beyond this
/// ratio of lengths, and this cosine, the points are no view of a face.
const MOST_STRETCHED: f64 = 2.0;
const MOST_SKEWED: f64 = 0.5;

/// Where a head is turned, in degrees; 0 is into the camera.
#[derive(Clone, Copy)]
pub(crate) struct HeadPose {
    /// To the side.
    pub(crate) yaw: f64,
    /// Up or down.
    pub(crate) pitch: f64,
}

/// How five points show a face: where a point of [`FACE`]'s millimetres lies in the picture.
pub(crate) struct View {
    across: [f64; 3],
    down: [f64; 3],
    /// Where the origin of the millimetres lies.
    origin: (f64, f64),
}

impl View {
    /// None: these points are no view of a face.
    pub(crate) fn of(landmarks: &Landmarks) -> Option<Self> {
        let points = ordered(landmarks);
        let (x, y) = (points.map(|point| point.0), points.map(|point| point.1));
        let (across, down) = (row(x), row(y));
        let lengths = [across, down].map(|row| dot(row, row).sqrt());
        let stretched = lengths[0] / lengths[1];
        let cosine = dot(across, down) / (lengths[0] * lengths[1]);
        let is_view =
            (1.0 / MOST_STRETCHED..=MOST_STRETCHED).contains(&stretched) && cosine.abs() <= MOST_SKEWED;
        let middle = [0, 1, 2].map(|axis| mean(FACE.map(|point| point[axis])));
        is_view.then(|| Self {
            across,
            down,
            origin: (mean(x) - dot(across, middle), mean(y) - dot(down, middle)),
        })
    }

    /// Where a point of the face lies in the picture, in pixels.
    pub(crate) fn place(&self, millimetres: [f64; 3]) -> (f64, f64) {
        (
            self.origin.0 + dot(self.across, millimetres),
            self.origin.1 + dot(self.down, millimetres),
        )
    }

    pub(crate) fn pose(&self) -> HeadPose {
        let of_length_one = |row: [f64; 3]| row.map(|value| value / dot(row, row).sqrt());
        let (across, down) = (of_length_one(self.across), of_length_one(self.down));
        // The direction of sight, as the face sees it.
        let sight = [
            across[1] * down[2] - across[2] * down[1],
            across[2] * down[0] - across[0] * down[2],
            across[0] * down[1] - across[1] * down[0],
        ];
        HeadPose {
            yaw: sight[0].atan2(sight[2]).to_degrees(),
            pitch: sight[1].atan2(sight[0].hypot(sight[2])).to_degrees(),
        }
    }
}

impl HeadPose {
    /// None: these points are no view of a face.
    pub(crate) fn of(landmarks: &Landmarks) -> Option<Self> {
        View::of(landmarks).map(|view| view.pose())
    }

    pub(crate) fn is_frontal(self) -> bool {
        self.yaw.abs() <= MOST_YAW && self.pitch.abs() <= MOST_PITCH
    }
}

/// Whether five landmarks say that this is a face that looks towards the camera; never without landmarks.
pub(crate) fn is_frontal(face: &Detection) -> bool {
    let pose = face.landmarks.as_ref().and_then(HeadPose::of);
    pose.is_some_and(HeadPose::is_frontal)
}

/// The row of the view that brings [`FACE`] nearest to these coordinates. The face is the same on both sides, so that its
/// first coordinate is solved for by itself.
fn row(found: [f64; 5]) -> [f64; 3] {
    let centre = |of: [f64; 5]| of.map(|value| value - mean(of));
    let [x, y, z] = [0, 1, 2].map(|axis| centre(FACE.map(|point| point[axis])));
    let found = centre(found);
    let sum = |a: [f64; 5], b: [f64; 5]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let (yy, yz, zz) = (sum(y, y), sum(y, z), sum(z, z));
    let (along_y, along_z) = (sum(y, found), sum(z, found));
    let whole = yy * zz - yz * yz;
    [
        sum(x, found) / sum(x, x),
        (zz * along_y - yz * along_z) / whole,
        (yy * along_z - yz * along_y) / whole,
    ]
}

fn mean(of: [f64; 5]) -> f64 {
    of.iter().sum::<f64>() / of.len() as f64
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::super::align::ARCFACE;
    use super::*;
    use crate::detect::overlap::Rect;

    /// Turned to the side, then up or down, then within the picture (degrees); half a pixel for a millimetre.
    fn seen([yaw, pitch, roll]: [f64; 3]) -> [(f32, f32); 5] {
        let [yaw, pitch, roll] = [yaw, pitch, roll].map(f64::to_radians);
        FACE.map(|[x, y, z]| {
            let (x, z) = (x * yaw.cos() - z * yaw.sin(), z * yaw.cos() + x * yaw.sin());
            let y = y * pitch.cos() - z * pitch.sin();
            let (x, y) = (x * roll.cos() - y * roll.sin(), x * roll.sin() + y * roll.cos());
            ((200.0 + 0.5 * x) as f32, (100.0 + 0.5 * y) as f32)
        })
    }

    fn face(points: [(f32, f32); 5]) -> Detection {
        Detection {
            landmarks: Some(Landmarks(points)),
            ..Detection::plain(Rect::sized(160.0, 50.0, 80.0, 110.0), 0.9)
        }
    }

    #[test]
    fn a_face_that_was_turned_and_projected_is_found_turned_by_as_much() {
        for turned in [
            [0.0, 0.0, 0.0],
            [29.0, 0.0, 0.0],
            [-29.0, 0.0, 20.0],
            [30.5, 0.0, 0.0],
            [60.0, 0.0, 0.0],
            [-60.0, 10.0, -15.0],
            [0.0, 29.0, 0.0],
            [0.0, -40.0, 0.0],
            [20.0, 20.0, 30.0],
        ] {
            let points = seen(turned);
            let pose = HeadPose::of(&Landmarks(points)).unwrap();
            let frontal = turned[0].abs() <= MOST_YAW && turned[1].abs() <= MOST_PITCH;
            assert!((pose.yaw - turned[0]).abs() < 0.01, "{turned:?}: {}", pose.yaw);
            assert!(
                (pose.pitch - turned[1]).abs() < 0.01,
                "{turned:?}: {}",
                pose.pitch
            );
            assert_eq!(is_frontal(&face(points)), frontal, "{turned:?}");
        }
    }

    #[test]
    fn the_mean_face_of_the_template_for_recognition_looks_into_the_camera() {
        let points = ARCFACE.map(|(x, y)| (x as f32, y as f32));
        let pose = HeadPose::of(&Landmarks(points)).unwrap();
        assert!(
            pose.yaw.abs() < 2.0 && pose.pitch.abs() < 8.0,
            "{} {}",
            pose.yaw,
            pose.pitch
        );
    }

    #[test]
    fn a_nose_that_is_off_by_a_twentieth_of_the_distance_between_the_eyes_turns_the_head_by_five_degrees() {
        let mut points = seen([0.0; 3]);
        points[2].0 += 0.5 * 2.0 * 31.51 / 20.0;
        let pose = HeadPose::of(&Landmarks(points)).unwrap();
        assert!((pose.yaw.abs() - 5.0).abs() < 0.2, "{}", pose.yaw);
    }

    #[test]
    fn what_has_no_landmarks_or_such_as_no_face_has_is_not_frontal() {
        assert!(!is_frontal(&Detection::plain(
            Rect::sized(0.0, 0.0, 80.0, 110.0),
            0.9
        )));
        let beside = |step: (f32, f32)| [0.0f32, 1.0, 2.0, 3.0, 4.0].map(|at| (at * step.0, at * step.1));
        let mut upside_down = seen([0.0; 3]);
        upside_down.iter_mut().for_each(|point| point.1 = -point.1);
        for points in [
            [(5.0, 5.0); 5],
            beside((10.0, 0.0)),
            beside((0.0, 10.0)),
            beside((7.0, 7.0)),
            upside_down,
            // The nose beside an eye.
            [
                (180.0, 90.0),
                (220.0, 90.0),
                (225.0, 105.0),
                (185.0, 120.0),
                (215.0, 120.0),
            ],
        ] {
            assert!(!is_frontal(&face(points)), "{points:?}");
        }
    }
}
