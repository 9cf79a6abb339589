//! ATSS as Intel's Open Model Zoo exports it (person-detection-0202, -0203, -0301, -0302, -0303; Apache-2.0; Zhang et al. 2020, arXiv
//! 1912.02424): boxes that the network itself has decoded and suppressed in, boxes of the label `person` out.
//!
//! Contract and meaning of the outputs: the zoo's own pages (`models/intel/person-detection-0303/README.md`): channel values 0 to
//! 255, blue first, stretched; `boxes` of [left, top, right, bottom, score] in pixels of the input, `labels` beside them.

use super::family::{Candidates, Misread, ModelFamily};
use super::identify::{Recognised, Shapes};
use super::overlap::Rect;
use ndarray::{ArrayD, ArrayView1, ArrayView2, Ix1, Ix2};
use vsa_engine::contract::{Filter, InputContract};
use vsa_engine::{Engine, OutputInfo};
use vsa_plan::{ColourOrder, ModelChoice};

/// Left, top, right, bottom, score.
const COLUMNS: usize = 5;

/// One ATSS model.
pub(crate) struct Atss {
    boxes: usize,
    labels: usize,
    person: f32,
}

/// Which output holds the boxes, and which the labels. How many boxes there are depends on the picture.
fn outputs(all: &[OutputInfo]) -> Option<(usize, usize)> {
    let are_boxes = |output: &OutputInfo| matches!(output.shape[..], [_, Some(COLUMNS)]);
    let are_labels = |output: &OutputInfo| output.shape.len() == 1;
    match all {
        [first, second] if are_boxes(first) && are_labels(second) => Some((0, 1)),
        [first, second] if are_labels(first) && are_boxes(second) => Some((1, 0)),
        _ => None,
    }
}

impl Atss {
    fn tables<'o>(&self, outputs: &'o [ArrayD<f32>]) -> Option<(ArrayView2<'o, f32>, ArrayView1<'o, f32>)> {
        let boxes = outputs
            .get(self.boxes)?
            .view()
            .into_dimensionality::<Ix2>()
            .ok()?;
        let labels = outputs
            .get(self.labels)?
            .view()
            .into_dimensionality::<Ix1>()
            .ok()?;
        (boxes.ncols() == COLUMNS && boxes.nrows() == labels.len()).then_some((boxes, labels))
    }
}

/// What goes into the zoo's detectors.
pub(crate) fn of_the_zoo(plain: InputContract) -> InputContract {
    InputContract {
        colour: ColourOrder::Bgr,
        filter: Filter::Plain,
        ..plain
    }
}

impl ModelFamily for Atss {
    const NAME: &'static str = "ATSS";

    fn contract(plain: InputContract) -> InputContract {
        of_the_zoo(plain)
    }

    fn new(choice: &ModelChoice, _: &InputContract, engine: &dyn Engine) -> Result<Self, Misread> {
        let wanted = "boxes [n, 5] and labels [n]";
        let (boxes, labels) =
            outputs(engine.outputs()).ok_or_else(|| Misread::expected(wanted, engine.outputs()))?;
        Ok(Self {
            boxes,
            labels,
            person: label(choice.person_class),
        })
    }

    fn decode(&self, outputs: &[ArrayD<f32>], found: &mut Candidates<'_>) -> Result<(), Misread> {
        let (boxes, labels) = self.tables(outputs).ok_or_else(|| {
            let shapes: Vec<&[usize]> = outputs.iter().map(ArrayD::shape).collect();
            Misread::Shape(format!(
                "it gave outputs of the shapes {shapes:?} for one picture"
            ))
        })?;
        for (row, label) in boxes.rows().into_iter().zip(labels) {
            if is_label(*label, self.person) {
                found.person(row[4], || Rect::of([row[0], row[1], row[2], row[3]]));
            }
        }
        Ok(())
    }

    /// Boxes with their scores, and labels beside them.
    fn recognise(shapes: &Shapes<'_>) -> Option<Recognised> {
        outputs(shapes.outputs).map(|_| Recognised::sure())
    }
}

/// The number of a label as a network gives it. None has more than single precision can count.
pub(super) fn label(class: u32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "classes are few")]
    let label = class as f32;
    label
}

/// Whether a network gave this label.
pub(super) fn is_label(given: f32, wanted: f32) -> bool {
    (given - wanted).abs() < 0.5
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::load::row_of;
    use crate::detect::scripted::ScriptedEngine;
    use crate::test_data::choice_without_file;
    use ndarray::IxDyn;
    use vsa_plan::Family;

    #[test]
    fn a_picture_of_nobody_has_no_rows_and_tables_of_unequal_length_are_refused() {
        let tensor = |shape: &[usize]| ArrayD::<f32>::zeros(IxDyn(shape));
        let choice = choice_without_file(Family::Atss, (64, 64));
        let engine = ScriptedEngine::new(vec![vec![tensor(&[3, 5]), tensor(&[3])]]);
        let decoder = row_of(&choice).unwrap().decoder(&choice, &engine).unwrap();
        let mut found = Vec::new();
        for (boxes, labels, fits) in [
            (&[0, 5][..], &[0][..], true),
            (&[2, 5], &[2], true),
            (&[2, 5], &[3], false),
            (&[2, 4], &[2], false),
            (&[5], &[2], false),
        ] {
            let read = decoder.decode(&[tensor(boxes), tensor(labels)], 0.1, &mut found);
            assert_eq!(read.is_ok(), fits, "{boxes:?} {labels:?}");
        }
        assert!(decoder.decode(&[tensor(&[2, 5])], 0.1, &mut found).is_err());
        assert!(found.is_empty());
    }
}
