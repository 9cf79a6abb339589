//! The cells of anchor-free detection heads. In: an input size and the strides of a head. Out: the centre and stride of
//! each row of its output, and a view of an output tensor as a table of cells, whichever way round it was exported.

use super::family::Misread;
use ndarray::{ArrayD, ArrayView2};
use vsa_engine::contract::InputContract;

/// The strides of heads with one row for each cell: usual ones, and those of larger networks.
pub(crate) const STRIDES: [&[u32]; 2] = [&[8, 16, 32], &[8, 16, 32, 64]];

/// One cell: a row of a head's output.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cell {
    /// Column in its grid.
    pub(crate) column: f32,
    /// Row in its grid.
    pub(crate) row: f32,
    /// Input pixels from one cell to the next.
    pub(crate) stride: f32,
}

/// Cells at one stride along one side. Padded, strided convolutions round up.
pub(crate) fn along(side: u32, stride: u32) -> usize {
    side.div_ceil(stride) as usize
}

/// Number of cells at one stride.
pub(crate) fn count(width: u32, height: u32, stride: u32) -> usize {
    along(width, stride) * along(height, stride)
}

/// Number of cells at all these strides together.
pub(crate) fn total(width: u32, height: u32, strides: &[u32]) -> usize {
    strides.iter().map(|stride| count(width, height, *stride)).sum()
}

/// Refuses a side at which maps that were halved and doubled again do not have their first size.
pub(crate) fn must_meet_again(contract: &InputContract, multiple: u32) -> Result<(), Misread> {
    let (width, height) = (contract.width, contract.height);
    if [width, height].iter().all(|side| side.is_multiple_of(multiple)) {
        return Ok(());
    }
    Err(Misread::Shape(format!(
        "its input sides must be multiples of {multiple}, not {width}x{height}"
    )))
}

/// All cells, stride by stride, each row by row: the order of every supported head.
pub(crate) fn cells(width: u32, height: u32, strides: &[u32]) -> Vec<Cell> {
    let mut all = Vec::with_capacity(total(width, height, strides));
    for &stride in strides {
        for row in 0..height.div_ceil(stride) {
            for column in 0..width.div_ceil(stride) {
                all.push(Cell {
                    column: pixels(column),
                    row: pixels(row),
                    stride: pixels(stride),
                });
            }
        }
    }
    all
}

/// Columns of an output of `cells` cells, if its shape is one of `[1, cells, columns]`, `[1, columns, cells]`,
/// `[1, columns, rows of cells, columns of cells]` or one of these without the leading 1.
pub(crate) fn columns(shape: &[Option<usize>], cells: usize) -> Option<usize> {
    let known: Vec<usize> = shape.iter().copied().collect::<Option<_>>()?;
    let sides = match known.as_slice() {
        [1, rest @ ..] if rest.len() >= 2 => rest,
        rest => rest,
    };
    match *sides {
        [rows, columns] if rows == cells => Some(columns),
        [columns, rows] if rows == cells => Some(columns),
        [columns, high, wide] if high * wide == cells => Some(columns),
        _ => None,
    }
}

/// The strides at which an output has one row for each cell, and how many columns its rows have.
pub(crate) fn strided(shape: &[Option<usize>], width: u32, height: u32) -> Option<(&'static [u32], usize)> {
    STRIDES.into_iter().find_map(|strides| {
        let columns = columns(shape, total(width, height, strides))?;
        Some((strides, columns))
    })
}

/// Output number `index` as a table with one row for each of `cells` cells and so many columns or more.
pub(crate) fn table(
    outputs: &[ArrayD<f32>],
    index: usize,
    cells: usize,
    columns: usize,
) -> Result<ArrayView2<'_, f32>, Misread> {
    let output = outputs.get(index);
    let found = output.and_then(|output| flat(output, cells));
    found.filter(|table| table.ncols() >= columns).ok_or_else(|| {
        let shape = output.map(ArrayD::shape).unwrap_or_default();
        Misread::Shape(format!(
            "output {index} has the shape {shape:?} where {columns} columns or more for each of {cells} cells are needed"
        ))
    })
}

fn flat(tensor: &ArrayD<f32>, cells: usize) -> Option<ArrayView2<'_, f32>> {
    let sides = match *tensor.shape() {
        [rows, columns] | [1, rows, columns] => (rows, columns),
        [columns, high, wide] | [1, columns, high, wide] => (columns, high * wide),
        _ => return None,
    };
    let flat = tensor.view().into_shape_with_order(sides).ok()?;
    if flat.nrows() == cells {
        Some(flat)
    } else if flat.ncols() == cells {
        Some(flat.reversed_axes())
    } else {
        None
    }
}

/// `1 / (1 + e^-x)`.
pub(crate) fn sigmoid(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

/// A number of cells or pixels, exactly.
#[expect(
    clippy::cast_precision_loss,
    reason = "cells, strides and sides stay far below 2^24"
)]
pub(crate) fn pixels(number: u32) -> f32 {
    number as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::IxDyn;

    #[test]
    fn a_416_pixel_input_has_3549_cells_and_3598_with_a_fourth_stride() {
        assert_eq!(cells(416, 416, &[8, 16, 32]).len(), 3549);
        assert_eq!(cells(416, 416, &[8, 16, 32, 64]).len(), 3598);
    }

    #[test]
    fn cells_run_along_rows_of_an_input_that_is_not_square() {
        let all = cells(32, 16, &[8, 16]);
        assert_eq!(all.len(), 8 + 2);
        assert_eq!(
            all[1],
            Cell {
                column: 1.0,
                row: 0.0,
                stride: 8.0
            }
        );
        assert_eq!(
            all[4],
            Cell {
                column: 0.0,
                row: 1.0,
                stride: 8.0
            }
        );
        assert_eq!(
            all[9],
            Cell {
                column: 1.0,
                row: 0.0,
                stride: 16.0
            }
        );
    }

    #[test]
    fn a_table_reads_the_same_whichever_way_round_it_was_exported() {
        // Six cells (2 rows of 3) with two columns: cell i holds i and 10 + i.
        let rows: Vec<f32> = (0..6u8).flat_map(|i| [f32::from(i), f32::from(10 + i)]).collect();
        let columns_first: Vec<f32> = (0..6u8).chain(10..16).map(f32::from).collect();
        for (shape, values) in [
            (vec![1, 6, 2], &rows),
            (vec![6, 2], &rows),
            (vec![1, 2, 6], &columns_first),
            (vec![1, 2, 2, 3], &columns_first),
            (vec![2, 2, 3], &columns_first),
        ] {
            let tensor = ArrayD::from_shape_vec(IxDyn(&shape), values.clone()).unwrap();
            let declared: Vec<Option<usize>> = shape.iter().copied().map(Some).collect();
            assert_eq!(columns(&declared, 6), Some(2), "{shape:?}");
            let table = table(std::slice::from_ref(&tensor), 0, 6, 2).unwrap();
            assert_eq!((table[[4, 0]], table[[4, 1]]), (4.0, 14.0), "{shape:?}");
        }
    }

    #[test]
    fn a_shape_without_the_cells_is_no_table() {
        let tensor = ArrayD::<f32>::zeros(IxDyn(&[1, 5, 2]));
        assert!(flat(&tensor, 6).is_none());
        let told = |cells, columns| {
            let tensors = std::slice::from_ref(&tensor);
            let misread = table(tensors, 0, cells, columns).map(|table| table.dim());
            misread.map_err(|misread| misread.of("m", "f").to_string())
        };
        assert_eq!(told(5, 2), Ok((5, 2)));
        for (cells, columns) in [(6, 2), (5, 3)] {
            let message = told(cells, columns).unwrap_err();
            assert!(message.contains("[1, 5, 2]"), "{message}");
        }
        assert!(table(&[], 0, 5, 2).is_err());
        assert_eq!(columns(&[Some(1), Some(5), Some(2)], 6), None);
        assert_eq!(columns(&[Some(1), None, Some(2)], 6), None);
        assert!(flat(&ArrayD::<f32>::zeros(IxDyn(&[])), 6).is_none());
    }
}
