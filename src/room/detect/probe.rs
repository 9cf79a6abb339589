//! What a loaded network answers to a plain grey picture. Some exports differ only in their values (raw or decoded,
//! with or without a sigmoid), and this is the one moment to find out which: later each frame would have to guess.

use super::family::Misread;
use ndarray::ArrayD;
use vsa_engine::contract::InputContract;
use vsa_engine::{Engine, EngineError};

/// The middle grey that letterboxes are filled with: networks have seen it in training and find nothing in it.
const GREY: u8 = 114;

/// Runs the network once.
pub(crate) fn answer_to_grey(
    engine: &dyn Engine,
    contract: &InputContract,
) -> Result<Vec<ArrayD<f32>>, EngineError> {
    let picture = vec![GREY; 3 * contract.width as usize * contract.height as usize];
    Ok(engine.session()?.run(&picture)?.to_vec())
}

/// Whether scores come without their sigmoid: probabilities stay between 0 and 1, logits of nothing are negative.
pub(crate) fn are_logits(mut scores: impl Iterator<Item = f32>) -> bool {
    // Single precision may overshoot a probability of 0 or 1 by a rounding.
    scores.any(|score| !(-1e-4..=1.0 + 1e-4).contains(&score))
}

/// Refuses scores that are no shares of one: this family's exports decode them, so that these are another's.
pub(crate) fn are_shares(scores: impl Iterator<Item = f32>) -> Result<(), Misread> {
    if are_logits(scores) {
        return Err(Misread::Shape(
            "its scores for a plain grey picture leave 0 to 1: they are another head's, or come without their sigmoid".to_owned(),
        ));
    }
    Ok(())
}
