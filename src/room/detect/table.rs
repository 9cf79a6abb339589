//! An output tensor in, a table out: `rows` anchors or cells, each of `columns` values, whatever batch and unit axes
//! the exporter put around them. Deliberately not here: what the values mean; that is each family's file.

use super::family::Misread;
use ndarray::{ArrayD, CowArray, Ix2};
use vsa_engine::OutputInfo;

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
}

impl<'a> OutputFinder<'a> {
    /// Over all outputs of a model.
    pub(crate) fn new(outputs: &'a [OutputInfo]) -> Self {
        Self {
            outputs,
            taken: Vec::new(),
        }
    }

    /// Index of the first output not yet taken that fits a table; one whose name holds `hint` goes first.
    pub(crate) fn table(&mut self, rows: usize, columns: usize, hint: &str) -> Result<usize, Misread> {
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
            return Err(Misread::Shape(format!(
                "no output of {rows} rows of {columns} ({hint}) among {}",
                vsa_engine::describe(self.outputs)
            )));
        };
        self.taken.push(index);
        Ok(index)
    }
}

/// Output number `index` as a table, or an error that says what came instead.
pub(crate) fn view(
    outputs: &[ArrayD<f32>],
    index: usize,
    rows: usize,
    columns: usize,
) -> Result<CowArray<'_, f32, Ix2>, Misread> {
    let Some(output) = outputs.get(index) else {
        let given = outputs.len();
        return Err(Misread::Shape(format!(
            "it gave {given} outputs, number {index} is missing"
        )));
    };
    let shape: Vec<Option<usize>> = output.shape().iter().copied().map(Some).collect();
    if !fits(&shape, rows, columns) {
        return Err(Misread::Shape(format!(
            "output {index} has the shape {:?} where {rows} rows of {columns} are needed",
            output.shape()
        )));
    }
    output
        .to_shape((rows, columns))
        .map_err(|error| Misread::Shape(error.to_string()))
}

/// Probability of the second of two classes, row by row.
pub(crate) fn of_the_second_class(scores: &CowArray<'_, f32, Ix2>) -> impl Iterator<Item = f32> {
    let are_probabilities = rows_are_probabilities(scores);
    let rows = scores.rows().into_iter();
    rows.map(move |row| second_of_two(row[0], row[1], are_probabilities))
}

/// Whether every row of a table of two columns already is a pair of probabilities. Logits that happen to sum to one
/// in every row do not occur in thousands of rows.
fn rows_are_probabilities(table: &CowArray<'_, f32, Ix2>) -> bool {
    table.rows().into_iter().all(|row| {
        row.iter().all(|value| (-1e-4..=1.0 + 1e-4).contains(value)) && (row.sum() - 1.0).abs() < 1e-3
    })
}

/// Probability of the second of two classes: the value itself, or the softmax of two logits.
fn second_of_two(first: f32, second: f32, are_probabilities: bool) -> f32 {
    if are_probabilities {
        second
    } else {
        1.0 / (1.0 + (first - second).exp())
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
        let mut finder = OutputFinder::new(&outputs);
        assert_eq!(finder.table(9, 2, "score").unwrap(), 1);
        assert_eq!(finder.table(9, 2, "score").unwrap(), 0);
        let message = finder.table(9, 2, "score").unwrap_err().of("m", "f").to_string();
        assert!(message.contains("A [1,9,2]"), "{message}");
    }

    #[test]
    fn a_missing_or_misshapen_output_is_an_error_that_names_both_shapes() {
        let outputs = [ArrayD::zeros(IxDyn(&[1, 3, 2]))];
        assert!(view(&outputs, 0, 3, 2).is_ok());
        let message = view(&outputs, 0, 4, 2).unwrap_err().of("m", "f").to_string();
        assert!(
            message.contains("[1, 3, 2]") && message.contains("4 rows of 2"),
            "{message}"
        );
        assert!(view(&outputs, 1, 3, 2).is_err());
    }

    #[test]
    fn two_logits_become_the_probability_of_the_second() {
        // e^1 / (e^0 + e^1)
        assert!((second_of_two(0.0, 1.0, false) - 0.731_058_6).abs() < 1e-6);
        assert!((second_of_two(0.25, 0.75, true) - 0.75).abs() < 1e-6);
    }
}
