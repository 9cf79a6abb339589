//! One worker's describer: a frame and what was found in it in, descriptions out, in the order of the detections.
//!
//! Of people: colours, an embedding of the body, and a second one with the head filled black. Of faces: an embedding and
//! labels. The labels of a face are also those of the person it belongs to.

use super::MOST_IN_A_FRAME;
use super::align::{ARCFACE, DLIB_EYES, Similarity, ordered, warp};
use super::clothing::clothing;
use super::colour::Namer;
use super::description::Description;
use super::network::{Network, Runner};
use crate::detect::detection::Detection;
use crate::detect::overlap::Rect;
use crate::footage::frame::Frame;
use std::sync::Arc;
use vsa_engine::EngineError;
use vsa_plan::Role;
use zeroize::Zeroize;

/// From the top of the head to the chin: 1.000 to 0.870 of the stature (Drillis and Contini 1966). The whole width of
/// the box is filled, more than any detector of faces would, so that nothing of the face is left.
const HEAD: f32 = 0.130;

/// A box of fewer pixels than this on a side is no picture of a body.
const SMALLEST_SIDE: u32 = 4;

/// Descriptions by the place of their detection; none: not described.
pub(crate) type Described = Vec<Option<Box<Description>>>;

/// Describes what was found, for one worker.
pub(crate) struct Describer {
    bodies: Option<Runner>,
    faces: Vec<Runner>,
    poses: Option<Runner>,
    namer: Namer,
    /// The picture of one body or one face.
    crop: Vec<u8>,
}

impl Describer {
    pub(crate) fn new(networks: &[Arc<Network>]) -> Result<Self, EngineError> {
        let mut bodies = None;
        let mut poses = None;
        let mut faces = Vec::new();
        for network in networks {
            let runner = network.runner()?;
            match network.role {
                Role::BodyEmbedding => bodies = Some(runner),
                Role::Pose => poses = Some(runner),
                _ => faces.push(runner),
            }
        }
        Ok(Self {
            bodies,
            faces,
            poses,
            namer: Namer::new(),
            crop: Vec::new(),
        })
    }

    /// Describes the first of the people and faces; both come best first.
    pub(crate) fn describe(
        &mut self,
        frame: &Frame<'_>,
        people: &[Detection],
        faces: &[Detection],
    ) -> Result<(Described, Described), EngineError> {
        let (people, faces) = (first(people), first(faces));
        let mut of_people = Vec::with_capacity(people.len());
        for person in people {
            of_people.push(self.body(frame, &person.rect, faces)?.map(Box::new));
        }
        let mut of_faces = Vec::with_capacity(faces.len());
        for face in faces {
            let described = self.face(frame, face)?;
            if let (Some(described), Some(owner)) = (&described, owner(&face.rect, people))
                && let Some(Some(person)) = of_people.get_mut(owner)
            {
                person.labels = described.labels;
            }
            of_faces.push(described.map(Box::new));
        }
        Ok((of_people, of_faces))
    }

    /// Looks for the poses of the first of the people. `described`: what else is known of them; it is added to.
    pub(crate) fn pose(
        &mut self,
        frame: &Frame<'_>,
        people: &[Detection],
        described: &mut Described,
    ) -> Result<(), EngineError> {
        let Some(runner) = &mut self.poses else {
            return Ok(());
        };
        let people = first(people);
        if described.len() < people.len() {
            described.resize_with(people.len(), || None);
        }
        for (person, description) in people.iter().zip(described) {
            if inside(frame, &person.rect).is_none() {
                continue;
            }
            let (width, height) = runner.network.input();
            let Some(similarity) = around(&person.rect, width, height) else {
                continue;
            };
            warp(frame, similarity, (width, height), true, &mut self.crop);
            let pose = runner.pose(&picture(&self.crop, width, height))?;
            let alone = || {
                Box::new(Description {
                    pose_alone: true,
                    ..Description::default()
                })
            };
            description.get_or_insert_with(alone).legs = Some(pose.is_some_and(|pose| pose.shows_legs()));
        }
        Ok(())
    }

    /// The joints of one body, for the tests that hold them to another implementation.
    #[cfg(test)]
    pub(super) fn joints(&mut self, frame: &Frame<'_>, body: &Rect) -> Option<super::pose::Pose> {
        let runner = self.poses.as_mut()?;
        let (width, height) = runner.network.input();
        warp(
            frame,
            around(body, width, height)?,
            (width, height),
            true,
            &mut self.crop,
        );
        runner.pose(&picture(&self.crop, width, height)).ok()?
    }

    fn body(
        &mut self,
        frame: &Frame<'_>,
        body: &Rect,
        faces: &[Detection],
    ) -> Result<Option<Description>, EngineError> {
        let Some((left, top, width, height)) = inside(frame, body) else {
            return Ok(None);
        };
        let mut description = Description {
            clothing: clothing(frame, body, &self.namer),
            ..Description::default()
        };
        if let Some(runner) = &mut self.bodies {
            cut(frame, (left, top, width, height), &mut self.crop);
            description.body = runner.embed(&picture(&self.crop, width, height))?;
            let head = Rect {
                bottom: body.top + HEAD * body.height(),
                ..*body
            };
            let own_faces = faces
                .iter()
                .map(|face| &face.rect)
                .filter(|face| belongs(face, body));
            for hidden in own_faces.chain([&head]) {
                blacken(&mut self.crop, (left, top, width, height), hidden);
            }
            description.redacted = runner.embed(&picture(&self.crop, width, height))?;
        }
        Ok(Some(description))
    }

    fn face(&mut self, frame: &Frame<'_>, face: &Detection) -> Result<Option<Description>, EngineError> {
        let Some(landmarks) = face.landmarks.as_ref().filter(|_| !self.faces.is_empty()) else {
            return Ok(None);
        };
        let found = ordered(landmarks);
        let mut description = Description::default();
        for runner in &mut self.faces {
            let ((side, _), role) = (runner.network.input(), runner.network.role);
            let scaled = |share: f64| share * f64::from(side);
            let is_embedding = role == Role::FaceEmbedding;
            let fitted = if is_embedding {
                let template = ARCFACE.map(|(x, y)| (scaled(x / 112.0), scaled(y / 112.0)));
                Similarity::fit(&template, &found)
            } else {
                // dlib counts from the corner of the chip, pixels here from their centres.
                let template = DLIB_EYES.map(|(x, y)| (scaled(x), scaled(y)));
                Similarity::fit(&template, &found[..2])
            };
            let Some(similarity) = fitted else { continue };
            warp(frame, similarity, (side, side), !is_embedding, &mut self.crop);
            let picture = picture(&self.crop, side, side);
            if is_embedding {
                description.face = runner.embed(&picture)?;
            } else if let Some(label) = runner.label(&picture)? {
                description.labels.set(role, label);
            }
        }
        Ok(Some(description))
    }
}

/// Lays a picture of this shape over a body and a quarter more, as the networks of poses were trained (`RTMPose`, HRNet:
/// the box times 1.25, made wider or higher to fit the input).
fn around(body: &Rect, width: u32, height: u32) -> Option<Similarity> {
    const ROOM: f64 = 1.25;
    let shape = f64::from(width) / f64::from(height);
    let across = ROOM * f64::from(body.width()).max(f64::from(body.height()) * shape);
    let middle = |from: f32, to: f32| f64::midpoint(f64::from(from), f64::from(to));
    let left = middle(body.left, body.right) - across / 2.0;
    let top = middle(body.top, body.bottom) - across / shape / 2.0;
    Similarity::over(left, top, across, width)
}

impl Drop for Describer {
    fn drop(&mut self) {
        self.crop.zeroize();
    }
}

fn first(found: &[Detection]) -> &[Detection] {
    &found[..found.len().min(MOST_IN_A_FRAME)]
}

fn picture(crop: &[u8], width: u32, height: u32) -> Frame<'_> {
    Frame {
        width,
        height,
        rgb: crop,
    }
}

/// Left, top, width and height of the part of a box that lies in the picture; none: hardly anything does.
fn inside(frame: &Frame<'_>, body: &Rect) -> Option<(u32, u32, u32, u32)> {
    let side = |from: f32, to: f32, length: u32| -> Option<(u32, u32)> {
        // A NaN would pass for the edge of the picture.
        if !from.is_finite() || !to.is_finite() {
            return None;
        }
        let from = f64::from(from).round().max(0.0);
        let to = f64::from(to).round().min(f64::from(length));
        (to - from >= f64::from(SMALLEST_SIDE)).then_some((from as u32, (to - from) as u32))
    };
    let (left, width) = side(body.left, body.right, frame.width)?;
    let (top, height) = side(body.top, body.bottom, frame.height)?;
    Some((left, top, width, height))
}

fn cut(frame: &Frame<'_>, (left, top, width, height): (u32, u32, u32, u32), crop: &mut Vec<u8>) {
    crop.clear();
    for row in top..top + height {
        let start = 3 * (row as usize * frame.width as usize + left as usize);
        crop.extend_from_slice(&frame.rgb[start..start + 3 * width as usize]);
    }
}

/// Fills the part of a crop that lies under `hidden`.
fn blacken(crop: &mut [u8], (left, top, width, height): (u32, u32, u32, u32), hidden: &Rect) {
    let side = |from: f32, to: f32, start: u32, length: u32| -> std::ops::Range<usize> {
        let place = |at: f64| (at - f64::from(start)).clamp(0.0, f64::from(length)) as usize;
        place(f64::from(from).floor())..place(f64::from(to).ceil())
    };
    let columns = side(hidden.left, hidden.right, left, width);
    for row in side(hidden.top, hidden.bottom, top, height) {
        let start = 3 * row * width as usize;
        crop[start + 3 * columns.start..start + 3 * columns.end].fill(0);
    }
}

/// Whether the centre of a face lies in the upper half of a body's box.
fn belongs(face: &Rect, body: &Rect) -> bool {
    let (x, y) = face.centre();
    let middle = f32::midpoint(body.top, body.bottom);
    (body.left..body.right).contains(&x) && (body.top..middle).contains(&y)
}

/// The person whose face it is: of several, the smallest, who stands in front of nobody.
fn owner(face: &Rect, people: &[Detection]) -> Option<usize> {
    let candidates = people.iter().enumerate();
    candidates
        .filter(|(_, person)| belongs(face, &person.rect))
        .min_by(|a, b| a.1.rect.area().total_cmp(&b.1.rect.area()))
        .map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn rect(left: f32, top: f32, right: f32, bottom: f32) -> Rect {
        Rect {
            left,
            top,
            right,
            bottom,
        }
    }

    fn person(rect: Rect) -> Detection {
        Detection::plain(rect, 0.9)
    }

    #[test]
    fn a_face_belongs_to_the_smallest_person_in_whose_upper_half_it_lies() {
        let people = [
            person(rect(0.0, 0.0, 100.0, 300.0)),
            person(rect(20.0, 0.0, 80.0, 200.0)),
        ];
        assert_eq!(owner(&rect(40.0, 20.0, 60.0, 40.0), &people), Some(1));
        assert_eq!(owner(&rect(2.0, 20.0, 12.0, 40.0), &people), Some(0));
        assert_eq!(
            owner(&rect(40.0, 280.0, 60.0, 299.0), &people),
            None,
            "at the feet"
        );
    }

    #[test]
    fn the_head_is_black_and_the_rest_is_not_touched() {
        let rgb = vec![200u8; 3 * 50 * 100];
        let frame = picture(&rgb, 50, 100);
        let body = rect(10.0, -20.0, 30.0, 80.0);
        let region = inside(&frame, &body).unwrap();
        assert_eq!(region, (10, 0, 20, 80));
        let mut crop = Vec::new();
        cut(&frame, region, &mut crop);
        assert_eq!(crop.len(), 3 * 20 * 80);
        // Of a body from -20 to 80, the head ends at -7: outside the picture, and nothing is filled.
        blacken(&mut crop, region, &rect(10.0, -20.0, 30.0, -7.0));
        assert!(crop.iter().all(|value| *value == 200));
        blacken(&mut crop, region, &rect(12.5, 5.0, 20.0, 13.0));
        let black = crop.chunks_exact(3).filter(|pixel| *pixel == [0, 0, 0]).count();
        assert_eq!(black, 8 * 8, "columns 12 to 20, rows 5 to 13");
        assert_eq!(&crop[3 * (5 * 20 + 1)..][..6], &[200, 200, 200, 0, 0, 0]);
    }

    #[test]
    fn boxes_that_hardly_lie_in_the_picture_are_not_described() {
        let rgb = vec![0u8; 3 * 50 * 50];
        let frame = picture(&rgb, 50, 50);
        for outside in [
            rect(-10.0, 0.0, 2.0, 40.0),
            rect(60.0, 0.0, 90.0, 40.0),
            rect(f32::NAN, 0.0, 20.0, 40.0),
            rect(20.0, 40.0, 30.0, 10.0),
        ] {
            assert!(inside(&frame, &outside).is_none());
        }
    }
}
