//! What a session's last run gave. The memory is kept from run to run, so that a frame asks the system for none, and is wiped
//! at the end: the numbers of some networks are embeddings.

use ndarray::{ArrayD, ArrayViewD};
use zeroize::Zeroize as _;

#[derive(Default)]
/// The outputs of a session, kept from run to run and wiped at the end.
pub struct Outputs(Vec<ArrayD<f32>>);

impl Outputs {
    /// Takes over output `index`; they come in order.
    pub fn put(&mut self, index: usize, values: &ArrayViewD<'_, f32>) {
        match self.0.get_mut(index) {
            Some(held) if held.shape() == values.shape() => held.assign(values),
            Some(held) => *held = values.to_owned(),
            None => self.0.push(values.to_owned()),
        }
    }

    /// All of them, in order.
    pub fn all(&mut self) -> &mut [ArrayD<f32>] {
        &mut self.0
    }
}

impl Drop for Outputs {
    fn drop(&mut self) {
        for output in &mut self.0 {
            output.iter_mut().for_each(|value| value.zeroize());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::IxDyn;

    #[test]
    fn memory_is_kept_while_shapes_stay_and_taken_anew_when_they_change() {
        let tensor = |sides: &[usize], value: f32| ArrayD::from_elem(IxDyn(sides), value);
        let mut outputs = Outputs::default();
        for value in [1.0, 2.0] {
            outputs.put(0, &tensor(&[2, 3], value).view());
            outputs.put(1, &tensor(&[4], value + 10.0).view());
            assert_eq!(
                outputs.all(),
                [tensor(&[2, 3], value), tensor(&[4], value + 10.0)]
            );
        }
        let held = outputs.all()[0].as_ptr();
        outputs.put(0, &tensor(&[2, 3], 3.0).view());
        assert_eq!(outputs.all()[0].as_ptr(), held);
        outputs.put(0, &tensor(&[5], 4.0).view());
        assert_eq!(outputs.all()[0], tensor(&[5], 4.0));
    }
}
