//! Numbers in another shape. What is written is right for the input that the file was made with; at another size the same
//! change is made to other sides.

use super::translate::{Translation, exactly, known};
use super::value::{Tensor, Value};
use super::written_onnx::signed;
use vsa_base::Reason;

impl Translation<'_> {
    pub(super) fn reshape(&mut self, inputs: Vec<Value>) -> Result<Value, Reason> {
        let [input, wanted] = exactly(inputs)?;
        let wanted = known(&wanted)?;
        let target = complete(&wanted, input.shapes().0)?;
        match input {
            Value::Known(numbers) => Ok(Value::Known(numbers.reshaped(&target)?)),
            Value::Computed(tensor) => {
                let shape = at_size(&tensor.declared, &tensor.shape, &target)?;
                let name = self.in_order(&tensor)?;
                let list = self.graph.list(shape.iter().map(|side| signed(*side)));
                let name = self.graph.one("Reshape", &[&name, &list], Vec::new());
                Ok(Value::Computed(Tensor::plain(name, tensor.whole, target, shape)))
            }
        }
    }
}

/// The shape with its one open side (-1) filled in.
fn complete(wanted: &[i64], from: &[usize]) -> Result<Vec<usize>, Reason> {
    let total: usize = from.iter().product();
    let fixed: Option<Vec<usize>> = wanted
        .iter()
        .filter(|side| **side != -1)
        .map(|side| usize::try_from(*side).ok())
        .collect();
    let fixed = fixed.ok_or_else(|| format!("a shape {wanted:?}"))?;
    let product = fixed
        .iter()
        .try_fold(1_usize, |product, side| product.checked_mul(*side));
    let product = product.ok_or_else(|| format!("a shape {wanted:?}"))?;
    let open = wanted.len() - fixed.len();
    let misfit = || Reason(format!("{from:?} cannot have the shape {wanted:?}"));
    match open {
        0 if product == total => Ok(fixed),
        1 if product > 0 && total.is_multiple_of(product) => Ok(wanted
            .iter()
            .map(|side| usize::try_from(*side).unwrap_or(total / product))
            .collect()),
        _ => Err(misfit()),
    }
}

/// What `target`, a shape for tensors of `declared` sides, is for tensors of `actual` sides: the smallest runs of sides that
/// hold the same numbers stay together.
fn at_size(declared: &[usize], actual: &[usize], target: &[usize]) -> Result<Vec<usize>, Reason> {
    if declared == actual {
        return Ok(target.to_vec());
    }
    let fixed = || {
        Reason(format!(
            "the change from {declared:?} to {target:?} holds the size of the input"
        ))
    };
    let mut made = target.to_vec();
    let (mut source, mut goal) = (0, 0);
    while source < declared.len() || goal < target.len() {
        let (source_from, goal_from) = (source, goal);
        let (mut left, mut right) = (1_usize, 1_usize);
        loop {
            if left <= right && source < declared.len() {
                left *= declared[source];
                source += 1;
            } else if goal < target.len() {
                right *= target[goal];
                goal += 1;
            } else {
                return Err(fixed());
            }
            if left == right {
                break;
            }
        }
        // Sides of 1 that follow belong to this run: they hold nothing.
        while source < declared.len() && declared[source] == 1 && actual[source] == 1 {
            source += 1;
        }
        let now: usize = actual[source_from..source].iter().product();
        if now == left {
            continue;
        }
        let run = goal_from..goal;
        let mut long = run.filter(|side| target[*side] != 1);
        match (long.next(), long.next()) {
            (Some(only), None) => made[only] = now,
            _ => return Err(fixed()),
        }
    }
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flattened_map_has_the_cells_of_the_size_that_is_wanted() {
        let declared = [1, 80, 52, 52];
        let cases: [(&[usize], &[usize], &[usize]); 3] = [
            (&[1, 80, 46, 80], &[1, 80, 2704], &[1, 80, 3680]),
            (&[1, 80, 52, 52], &[1, 80, 2704], &[1, 80, 2704]),
            (&[1, 80, 46, 80], &[80, 2704, 1], &[80, 3680, 1]),
        ];
        for (actual, target, expected) in cases {
            assert_eq!(at_size(&declared, actual, target).unwrap(), expected);
        }
    }

    #[test]
    fn a_shape_that_mixes_cells_and_channels_is_refused_at_another_size() {
        let refusal = at_size(&[1, 52, 52, 44], &[1, 46, 80, 44], &[1, 2704 * 11, 4]).unwrap_err();
        assert!(refusal.0.contains("holds the size of the input"), "{refusal}");
    }

    #[test]
    fn the_open_side_takes_what_is_left() {
        assert_eq!(complete(&[1, -1, 4], &[1, 6, 6, 4]).unwrap(), [1, 36, 4]);
        for (wanted, from) in [
            (&[5, -1][..], &[12][..]),
            (&[-1, -1], &[4]),
            (&[3], &[4]),
            (&[-2, 2], &[4]),
        ] {
            assert!(complete(wanted, from).is_err(), "{wanted:?}");
        }
    }
}
