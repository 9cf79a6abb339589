//! The outputs of a network of poses in, where 17 joints of one body lie and how sure the network is of each out.
//!
//! Three ways in which such networks answer, each for one person in the middle of the picture, joints in COCO's order:
//! `MoveNet` (rows of y, x and confidence, as shares of the picture), `SimCC` (`RTMPose`: for each joint one row of scores
//! along the width and one along the height; the confidence is the lesser of their largest, as in mmpose) and heat maps
//! (HRNet, `ViTPose`: one map for each joint; the largest value is the confidence, its cell the place).
//! Deliberately not here: what a pose is good for (see `measure/gait.rs`). A pose never leaves the room.

use ndarray::ArrayD;
use vsa_engine::OutputInfo;
use vsa_plan::Family;
use zeroize::Zeroize;

/// Joints of COCO's key points.
pub(super) const JOINTS: usize = 17;

/// Left and right hips, knees and ankles among them.
const LEGS: [[usize; 2]; 3] = [[11, 12], [13, 14], [15, 16]];

/// From this confidence on a joint counts as seen: what MoveNet's and mmpose's own demonstrations draw.
pub(crate) const LEAST_CONFIDENCE: f64 = 0.3;

/// Where one joint lies, as shares of the picture's width and height.
#[derive(Clone, Copy, Default)]
pub(super) struct Joint {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) confidence: f32,
}

/// The joints of one body, wiped when dropped.
pub(super) struct Pose(pub(super) [Joint; JOINTS]);

impl Pose {
    /// Whether both legs are seen from hip to ankle, and stand as legs do: hips above knees above ankles.
    pub(super) fn shows_legs(&self) -> bool {
        let seen = LEGS
            .iter()
            .flatten()
            .all(|at| f64::from(self.0[*at].confidence) >= LEAST_CONFIDENCE);
        let [hips, knees, ankles] = LEGS.map(|[left, right]| f32::midpoint(self.0[left].y, self.0[right].y));
        seen && hips < knees && knees < ankles
    }
}

impl Drop for Pose {
    fn drop(&mut self) {
        for joint in &mut self.0 {
            joint.x.zeroize();
            joint.y.zeroize();
            joint.confidence.zeroize();
        }
    }
}

/// Whether a network with these outputs answers as its family does: `None`, or what was wanted.
pub(super) fn wanted(family: Family, outputs: &[OutputInfo]) -> Option<&'static str> {
    let rows = |output: &OutputInfo, columns: Option<usize>| {
        let shape: Vec<usize> = output.shape.iter().map(|side| side.unwrap_or(1)).collect();
        let (Some(last), Some(before)) = (shape.last(), shape.len().checked_sub(2).map(|at| shape[at]))
        else {
            return false;
        };
        before == JOINTS
            && columns.map_or(*last >= 2, |columns| *last == columns)
            && shape[..shape.len() - 2].iter().all(|side| *side == 1)
    };
    match (family, outputs) {
        (Family::Movenet, [only]) if rows(only, Some(3)) => None,
        (Family::Movenet, _) => Some("one output of 17 rows of y, x and confidence"),
        (Family::PoseSimcc, [x, y]) if rows(x, None) && rows(y, None) => None,
        (Family::PoseSimcc, _) => Some("two outputs of 17 rows: along the width, then along the height"),
        (Family::PoseHeatmaps, [only]) if matches!(only.shape[..], [_, Some(JOINTS), Some(rows), Some(columns)] if rows * columns >= 4) => {
            None
        }
        _ => Some("one output of 17 maps"),
    }
}

/// The pose in a network's outputs, whose shapes [`wanted`] has seen. None: they hold less than was declared.
pub(super) fn decode(family: Family, outputs: &[ArrayD<f32>]) -> Option<Pose> {
    let flat = |at: usize| -> Option<&[f32]> { outputs.get(at)?.as_slice() };
    let mut joints = [Joint::default(); JOINTS];
    match family {
        Family::Movenet => {
            let (rows, _) = flat(0)?.as_chunks::<3>();
            for (joint, &[y, x, confidence]) in joints.iter_mut().zip(rows) {
                *joint = Joint { x, y, confidence };
            }
        }
        Family::PoseSimcc => {
            let (across, down) = (flat(0)?, flat(1)?);
            let (width, height) = (across.len() / JOINTS, down.len() / JOINTS);
            for (at, joint) in joints.iter_mut().enumerate() {
                let (column, along_width) = largest(across.get(at * width..(at + 1) * width)?)?;
                let (row, along_height) = largest(down.get(at * height..(at + 1) * height)?)?;
                let (x, y) = (share(column, width), share(row, height));
                let confidence = along_width.min(along_height);
                *joint = Joint { x, y, confidence };
            }
        }
        _ => {
            let columns = *outputs.first()?.shape().last()?;
            let maps = flat(0)?;
            let cells = maps.len() / JOINTS;
            for (at, joint) in joints.iter_mut().enumerate() {
                let (cell, confidence) = largest(maps.get(at * cells..(at + 1) * cells)?)?;
                let x = share(cell % columns, columns);
                let y = share(cell / columns, cells / columns);
                *joint = Joint { x, y, confidence };
            }
        }
    }
    Some(Pose(joints))
}

/// The middle of a cell.
fn share(cell: usize, cells: usize) -> f32 {
    ((cell as f64 + 0.5) / cells as f64) as f32
}

/// Place and value of the largest number, the first of equals; none: there is no number.
fn largest(numbers: &[f32]) -> Option<(usize, f32)> {
    let mut best: Option<(usize, f32)> = None;
    for (at, value) in numbers.iter().enumerate() {
        if !value.is_nan() && best.is_none_or(|(_, known)| *value > known) {
            best = Some((at, *value));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A body that stands upright, every joint seen with the same confidence.
    fn standing(confidence: f32) -> [Joint; JOINTS] {
        std::array::from_fn(|at| Joint {
            x: 0.4 + 0.2 * (at % 2) as f32,
            y: [
                0.1, 0.1, 0.1, 0.1, 0.1, 0.25, 0.25, 0.4, 0.4, 0.5, 0.5, 0.5, 0.5, 0.7, 0.7, 0.9, 0.9,
            ][at],
            confidence,
        })
    }

    fn output(shape: &[usize], numbers: Vec<f32>) -> ArrayD<f32> {
        ArrayD::from_shape_vec(shape, numbers).unwrap()
    }

    fn info(shape: &[usize]) -> OutputInfo {
        OutputInfo {
            name: "pose".to_owned(),
            shape: shape.iter().map(|side| Some(*side)).collect(),
        }
    }

    /// The body as each kind of network would give it. 48 columns and 64 rows.
    fn answered(family: Family, joints: &[Joint; JOINTS]) -> Vec<ArrayD<f32>> {
        let place = |share: f32, cells: usize| (share * cells as f32) as usize;
        match family {
            Family::Movenet => {
                let rows = joints
                    .iter()
                    .flat_map(|joint| [joint.y, joint.x, joint.confidence]);
                vec![output(&[1, 1, 17, 3], rows.collect())]
            }
            Family::PoseSimcc => {
                let mut along = [vec![-0.1; 17 * 48], vec![-0.1; 17 * 64]];
                for (at, joint) in joints.iter().enumerate() {
                    along[0][at * 48 + place(joint.x, 48)] = joint.confidence + 0.2;
                    along[1][at * 64 + place(joint.y, 64)] = joint.confidence;
                }
                let [x, y] = along;
                vec![output(&[1, 17, 48], x), output(&[1, 17, 64], y)]
            }
            _ => {
                let mut maps = vec![0.0; 17 * 64 * 48];
                for (at, joint) in joints.iter().enumerate() {
                    maps[at * 64 * 48 + place(joint.y, 64) * 48 + place(joint.x, 48)] = joint.confidence;
                }
                vec![output(&[1, 17, 64, 48], maps)]
            }
        }
    }

    #[test]
    fn every_kind_of_network_gives_the_same_body_back() {
        let body = standing(0.5);
        for family in [Family::Movenet, Family::PoseSimcc, Family::PoseHeatmaps] {
            let outputs = answered(family, &body);
            let infos: Vec<OutputInfo> = outputs.iter().map(|output| info(output.shape())).collect();
            assert_eq!(wanted(family, &infos), None, "{family:?}");
            let pose = decode(family, &outputs).unwrap();
            for (found, joint) in pose.0.iter().zip(&body) {
                assert!((found.x - joint.x).abs() < 0.5 / 48.0 + 1e-6, "{family:?}");
                assert!((found.y - joint.y).abs() < 0.5 / 64.0 + 1e-6, "{family:?}");
                assert!((found.confidence - 0.5).abs() < 1e-6, "{family:?}");
            }
            assert!(pose.shows_legs());
        }
    }

    #[test]
    fn legs_are_seen_only_whole_sure_and_the_right_way_up() {
        assert!(Pose(standing(0.3)).shows_legs());
        assert!(!Pose(standing(0.29)).shows_legs());
        for at in 11..17 {
            let mut body = standing(0.9);
            body[at].confidence = 0.1;
            assert!(!Pose(body).shows_legs(), "joint {at} is not seen");
            body[at].confidence = f32::NAN;
            assert!(!Pose(body).shows_legs());
        }
        let mut wrists_unseen = standing(0.9);
        wrists_unseen[9].confidence = 0.0;
        assert!(Pose(wrists_unseen).shows_legs(), "gait needs no wrists");
        let mut lying = standing(0.9);
        lying.iter_mut().for_each(|joint| joint.y = 0.5);
        assert!(!Pose(lying).shows_legs());
    }

    #[test]
    fn outputs_of_another_shape_are_refused_with_what_was_wanted() {
        for (family, shapes) in [
            (Family::Movenet, vec![vec![1, 17, 2]]),
            (Family::Movenet, vec![vec![1, 6, 56]]),
            (Family::Movenet, vec![]),
            (Family::PoseSimcc, vec![vec![1, 17, 384]]),
            (Family::PoseSimcc, vec![vec![1, 133, 384], vec![1, 133, 512]]),
            (Family::PoseHeatmaps, vec![vec![1, 16, 64, 48]]),
            (Family::PoseHeatmaps, vec![vec![17, 3]]),
            (Family::Osnet, vec![vec![1, 512]]),
        ] {
            let infos: Vec<OutputInfo> = shapes.iter().map(|shape| info(shape)).collect();
            assert!(wanted(family, &infos).is_some(), "{family:?} {shapes:?}");
        }
    }

    #[test]
    fn a_network_that_gives_no_number_gives_no_pose() {
        let nothing = output(&[1, 17, 0], Vec::new());
        assert!(decode(Family::PoseSimcc, &[nothing.clone(), nothing]).is_none());
        let no_number = output(&[1, 17, 2, 2], vec![f32::NAN; 68]);
        assert!(decode(Family::PoseHeatmaps, &[no_number]).is_none());
        assert!(decode(Family::Movenet, &[]).is_none());
    }

    static_assertions::assert_not_impl_any!(Pose: Clone, std::fmt::Debug, serde::Serialize);
}
