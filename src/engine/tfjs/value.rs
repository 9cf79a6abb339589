//! What flows between the operations of a graph while it is translated: numbers that are known, and tensors that the network
//! will compute.
//!
//! TensorFlow keeps the channels of a picture last, ONNX has them second. Instead of turning tensors around before and behind
//! each convolution, a tensor remembers which of TensorFlow's axes each of its own is: a `Transpose` of the graph then costs
//! nothing, and only what cares for the order of the axes (a change of shape, an output) has them turned.

use ndarray::{ArrayD, IxDyn};
use vsa_base::Reason;

/// Numbers that the file holds, or that follow from such.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Numbers {
    Floats(ArrayD<f32>),
    /// Of whatever width in the graph.
    Whole(ArrayD<i64>),
}

impl Numbers {
    pub(super) fn shape(&self) -> &[usize] {
        match self {
            Self::Floats(values) => values.shape(),
            Self::Whole(values) => values.shape(),
        }
    }

    pub(super) fn is_whole(&self) -> bool {
        matches!(self, Self::Whole(_))
    }

    /// The same with its axes in another order.
    pub(super) fn turned(self, order: &[usize]) -> Self {
        match self {
            Self::Floats(values) => Self::Floats(values.permuted_axes(IxDyn(order))),
            Self::Whole(values) => Self::Whole(values.permuted_axes(IxDyn(order))),
        }
    }

    /// The same numbers in another shape.
    pub(super) fn reshaped(&self, shape: &[usize]) -> Result<Self, Reason> {
        let why = |error: ndarray::ShapeError| {
            Reason(format!("a constant has another size than it should: {error}"))
        };
        Ok(match self {
            Self::Floats(values) => Self::Floats(values.to_shape(IxDyn(shape)).map_err(why)?.into_owned()),
            Self::Whole(values) => Self::Whole(values.to_shape(IxDyn(shape)).map_err(why)?.into_owned()),
        })
    }

    /// All of them, in order.
    pub(super) fn wholes(&self) -> Option<Vec<i64>> {
        match self {
            Self::Whole(values) => Some(values.iter().copied().collect()),
            Self::Floats(_) => None,
        }
    }

    pub(super) fn floats(&self) -> Option<Vec<f32>> {
        match self {
            Self::Floats(values) => Some(values.iter().copied().collect()),
            Self::Whole(_) => None,
        }
    }
}

/// A border that was asked for and not made yet: convolutions and pools make their own.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Border {
    /// Before and behind, for each of TensorFlow's axes.
    pub(super) sides: Vec<(usize, usize)>,
    pub(super) value: f32,
}

/// The convolution that a tensor comes from, as long as a factor or a summand for each channel can still go into its weights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct FromConvolution {
    /// Places among the nodes and the weights that were written.
    pub(super) node: usize,
    pub(super) weights: usize,
}

/// What the network will compute.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tensor {
    /// In the translated graph.
    pub(super) name: String,
    pub(super) whole: bool,
    /// Sides as TensorFlow orders them, at the input size that the file was made with.
    pub(super) declared: Vec<usize>,
    /// The same at the size that is wanted.
    pub(super) shape: Vec<usize>,
    /// Which of TensorFlow's axes each axis of the translated tensor is.
    pub(super) axes: Vec<usize>,
    pub(super) border: Option<Border>,
    pub(super) convolution: Option<FromConvolution>,
}

impl Tensor {
    /// One whose axes are in TensorFlow's order.
    pub(super) fn plain(name: String, whole: bool, declared: Vec<usize>, shape: Vec<usize>) -> Self {
        Self {
            axes: (0..shape.len()).collect(),
            name,
            whole,
            declared,
            shape,
            border: None,
            convolution: None,
        }
    }

    /// Another one of the same shape and order.
    pub(super) fn like(&self, name: String) -> Self {
        Self {
            name,
            border: None,
            convolution: None,
            ..self.clone()
        }
    }

    /// Where TensorFlow's axis lies.
    pub(super) fn place_of(&self, axis: usize) -> Result<usize, Reason> {
        let place = self.axes.iter().position(|own| *own == axis);
        place.ok_or_else(|| format!("it has no axis {axis}").into())
    }
}

/// One or the other.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Known(Numbers),
    Computed(Tensor),
}

impl Value {
    /// Sides as TensorFlow orders them, declared and wanted.
    pub(super) fn shapes(&self) -> (&[usize], &[usize]) {
        match self {
            Self::Known(numbers) => (numbers.shape(), numbers.shape()),
            Self::Computed(tensor) => (&tensor.declared, &tensor.shape),
        }
    }
}

/// The most numbers that a tensor of a graph may have: a gigabyte of them in single precision.
const MOST: usize = 1 << 28;

/// How many numbers a shape holds.
pub(super) fn elements(shape: &[usize]) -> Result<usize, Reason> {
    let count = shape
        .iter()
        .try_fold(1_usize, |count, side| count.checked_mul(*side));
    count
        .filter(|count| *count <= MOST)
        .ok_or_else(|| format!("one of its tensors, {shape:?}, is larger than any supported model's").into())
}

/// An axis that may be counted from the end.
pub(super) fn axis(written: i64, rank: usize) -> Result<usize, Reason> {
    let rank_signed = i64::try_from(rank).unwrap_or(i64::MAX);
    let at = if written < 0 {
        written.saturating_add(rank_signed)
    } else {
        written
    };
    usize::try_from(at)
        .ok()
        .filter(|at| *at < rank)
        .ok_or_else(|| format!("an axis {written} of a tensor with {rank} axes").into())
}
