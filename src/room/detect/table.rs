//! An output tensor in, a table out: `rows` anchors or cells, each of `columns` values, whatever batch and unit axes
//! the exporter put around them. Deliberately not here: what the values mean; that is each family's file.

use super::family::InputBox;
use super::overlap::Rect;
use ndarray::{ArrayD, CowArray, Ix2};
use vsa_engine::contract::InputContract;
use vsa_engine::{EngineError, OutputInfo};

/// Whether an output of this declared shape can be a table of `rows` by `columns`. Unknown dimensions fit anything.
pub(crate) fn fits(shape: &[Option<usize>], rows: usize, columns: usize) -> bool {
    let last_fits = match shape.last() {
        None => false,
        Some(None) => true,
        // A table of one column may come without its last axis.
        Some(Some(last)) => *last == columns || (columns == 1 && *last == rows),
    };
    let Some(wanted) = rows.checked_mul(columns) else {
        return false;
    };
    let known = shape
        .iter()
        .flatten()
        .try_fold(1usize, |product, dim| product.checked_mul(*dim));
    match known {
        None | Some(0) => false,
        Some(known) if shape.contains(&None) => last_fits && wanted.is_multiple_of(known),
        Some(known) => last_fits && known == wanted,
    }
}

/// Finds the outputs of one model by shape, once each.
pub(crate) struct OutputFinder<'a> {
    outputs: &'a [OutputInfo],
    taken: Vec<usize>,
    model: &'a str,
    family: &'static str,
}

impl<'a> OutputFinder<'a> {
    /// Over all outputs of the model called `model`.
    pub(crate) fn new(model: &'a str, family: &'static str, outputs: &'a [OutputInfo]) -> Self {
        Self {
            outputs,
            taken: Vec::new(),
            model,
            family,
        }
    }

    /// Index of the first output not yet taken that fits a table; one whose name holds `hint` goes first.
    pub(crate) fn table(&mut self, rows: usize, columns: usize, hint: &str) -> Result<usize, EngineError> {
        let fitting = || {
            self.outputs
                .iter()
                .enumerate()
                .filter(|(index, output)| !self.taken.contains(index) && fits(&output.shape, rows, columns))
        };
        let found = fitting()
            .find(|(_, output)| output.name.to_ascii_lowercase().contains(hint))
            .or_else(|| fitting().next())
            .map(|(index, _)| index);
        let Some(index) = found else {
            return Err(EngineError::Shape {
                model: self.model.to_owned(),
                family: self.family.to_owned(),
                reason: format!(
                    "no output of {rows} rows of {columns} ({hint}) among {}",
                    vsa_engine::describe(self.outputs)
                ),
            });
        };
        self.taken.push(index);
        Ok(index)
    }
}

/// Output number `index` as a table, or an error that says what came instead.
pub(crate) fn view<'a>(
    outputs: &'a [ArrayD<f32>],
    index: usize,
    rows: usize,
    columns: usize,
    model: &str,
    family: &str,
) -> Result<CowArray<'a, f32, Ix2>, EngineError> {
    let shape_error = |reason: String| EngineError::Shape {
        model: model.to_owned(),
        family: family.to_owned(),
        reason,
    };
    let output = outputs.get(index).ok_or_else(|| {
        shape_error(format!(
            "it gave {} outputs, number {index} is missing",
            outputs.len()
        ))
    })?;
    let shape: Vec<Option<usize>> = output.shape().iter().map(|dim| Some(*dim)).collect();
    if !fits(&shape, rows, columns) {
        return Err(shape_error(format!(
            "output {index} has the shape {:?} where {rows} rows of {columns} are needed",
            output.shape()
        )));
    }
    output
        .to_shape((rows, columns))
        .map_err(|error| shape_error(error.to_string()))
}

/// Whether every row of a table of two columns already is a pair of probabilities. Logits that happen to sum to one
/// in every row do not occur in thousands of rows.
pub(crate) fn rows_are_probabilities(table: &CowArray<'_, f32, Ix2>) -> bool {
    table.rows().into_iter().all(|row| {
        row.iter().all(|value| (-1e-4..=1.0 + 1e-4).contains(value)) && (row.sum() - 1.0).abs() < 1e-3
    })
}

/// Probability of the second of two classes: the value itself, or the softmax of two logits.
pub(crate) fn second_of_two(first: f32, second: f32, are_probabilities: bool) -> f32 {
    if are_probabilities {
        second
    } else {
        1.0 / (1.0 + (first - second).exp())
    }
}

/// A model that gives something else than a number is broken: its silence would be taken for an empty scene.
pub(crate) fn checked_score(score: f32, model: &str) -> Result<f32, EngineError> {
    if score.is_nan() {
        return Err(EngineError::Run {
            reason: format!("{model} gave a score that is not a number; try another export of it"),
        });
    }
    Ok(score.clamp(0.0, 1.0))
}

/// Appends a candidate, unless its box is not finite, has no inside, or misses the input altogether. Landmarks that
/// are not finite are left out.
pub(crate) fn push(
    contract: &InputContract,
    rect: Rect,
    score: f32,
    landmarks: Option<[(f32, f32); 5]>,
    out: &mut Vec<InputBox>,
) {
    #[expect(
        clippy::cast_precision_loss,
        reason = "an input side is far below 2^24 pixels"
    )]
    let (width, height) = (contract.width as f32, contract.height as f32);
    let whole = Rect::sized(0.0, 0.0, width, height);
    // Not beyond a few times the input: an overflowing exponential is no face.
    let finite = [rect.left, rect.top, rect.right, rect.bottom]
        .iter()
        .all(|edge| edge.is_finite() && edge.abs() <= 4.0 * width.max(height));
    if finite && rect.intersection_area(&whole) > 0.0 {
        let landmarks = landmarks.filter(|points| points.iter().all(|(x, y)| x.is_finite() && y.is_finite()));
        out.push(InputBox {
            rect,
            score,
            landmarks,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::IxDyn;

    #[test]
    fn unit_axes_and_unknown_batches_fit_and_transposed_tables_do_not() {
        assert!(fits(&[Some(1), Some(16800), Some(4)], 16800, 4));
        assert!(fits(&[None, Some(16800), Some(4)], 16800, 4));
        assert!(fits(&[None, None, Some(4)], 16800, 4));
        assert!(fits(&[Some(1), Some(400)], 400, 1));
        assert!(!fits(&[Some(1), Some(4), Some(16800)], 16800, 4));
        assert!(!fits(&[Some(1), Some(16799), Some(4)], 16800, 4));
        assert!(!fits(&[Some(0), Some(16800), Some(4)], 16800, 4));
        assert!(!fits(&[], 0, 0));
        assert!(!fits(&[Some(usize::MAX), Some(usize::MAX)], usize::MAX, 2));
    }

    #[test]
    fn an_output_is_taken_once_and_the_name_decides_between_equal_shapes() {
        let info = |name: &str| OutputInfo {
            name: name.to_owned(),
            shape: vec![Some(1), Some(9), Some(2)],
        };
        let outputs = [info("A"), info("The_Scores")];
        let mut finder = OutputFinder::new("m", "f", &outputs);
        assert_eq!(finder.table(9, 2, "score").unwrap(), 1);
        assert_eq!(finder.table(9, 2, "score").unwrap(), 0);
        let message = finder.table(9, 2, "score").unwrap_err().to_string();
        assert!(message.contains("A [1,9,2]"), "{message}");
    }

    #[test]
    fn a_missing_or_misshapen_output_is_an_error_that_names_both_shapes() {
        let outputs = [ArrayD::zeros(IxDyn(&[1, 3, 2]))];
        assert!(view(&outputs, 0, 3, 2, "m", "f").is_ok());
        let message = view(&outputs, 0, 4, 2, "m", "f").unwrap_err().to_string();
        assert!(
            message.contains("[1, 3, 2]") && message.contains("4 rows of 2"),
            "{message}"
        );
        assert!(view(&outputs, 1, 3, 2, "m", "f").is_err());
    }

    #[test]
    fn two_logits_become_the_probability_of_the_second() {
        // e^1 / (e^0 + e^1)
        assert!((second_of_two(0.0, 1.0, false) - 0.731_058_6).abs() < 1e-6);
        assert!((second_of_two(0.25, 0.75, true) - 0.75).abs() < 1e-6);
    }
}
