//! PicoDet (Yu et al. 2021, arXiv 2111.00902; PaddleDetection, Apache-2.0), exported without its suppression. In: for each of four
//! strides class scores, and distributions over distances as NanoDet has them. Out: boxes of the class `person`.
//!
//! The contract is that of `configs/picodet/_base_/picodet_320_reader.yml`: stretched, red first, the statistics of ImageNet (the
//! demonstrations in `deploy/third_engine` feed blue first). Decoding is that of `deploy/third_engine/demo_openvino`: distances from
//! the middle of a cell, where NanoDet-Plus counts from its corner. Deliberately not here: exports with suppression inside, which
//! take the picture's scale as a second input.

use super::family::{Candidates, Misread, ModelFamily};
use super::identify::{Recognised, Shapes};
use super::nanodet::{self, Nanodet};
use ndarray::ArrayD;
use vsa_engine::Engine;
use vsa_engine::contract::{Filter, InputContract};
use vsa_plan::ModelChoice;

/// Strides 8, 16, 32 and 64, a pair of outputs each.
pub(crate) const OUTPUTS: usize = 2 * 4;

/// One model.
pub(crate) struct PicoDet(Nanodet);

impl ModelFamily for PicoDet {
    const NAME: &'static str = "PicoDet";

    fn contract(plain: InputContract) -> InputContract {
        InputContract {
            mean: [123.675, 116.28, 103.53],
            std: [58.395, 57.12, 57.375],
            filter: Filter::Plain,
            ..plain
        }
    }

    fn new(choice: &ModelChoice, contract: &InputContract, engine: &dyn Engine) -> Result<Self, Misread> {
        let outputs = engine.outputs();
        if outputs.len() != OUTPUTS {
            let wanted = "class scores and distances for each of four strides, eight outputs together";
            return Err(Misread::expected(wanted, outputs));
        }
        Nanodet::around_the_middle(choice, contract, engine).map(Self)
    }

    fn decode(&self, outputs: &[ArrayD<f32>], found: &mut Candidates<'_>) -> Result<(), Misread> {
        self.0.decode(outputs, found)
    }

    /// `NanoDet`'s outputs in parts have three strides; its successor, which has four, gives all in one.
    fn recognise(shapes: &Shapes<'_>) -> Option<Recognised> {
        (shapes.outputs.len() == OUTPUTS)
            .then(|| nanodet::recognise_in_parts(shapes))
            .flatten()
    }
}
