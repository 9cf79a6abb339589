//! Whether a model can be used as it was declared. In: a choice of a model. Out: nothing, or why not. Nothing is looked at:
//! [`try_model`](super::try_model) shows people to those that find people.

use crate::describe::network;
use crate::detect;
use vsa_engine::EngineError;
use vsa_plan::{EngineChoice, ModelChoice, Role, Tiling};

/// Prepares a model on the embedded engine, as an audit would, and lets it go.
///
/// # Errors
/// When its files are not what they were, when the engine cannot run them at the declared size, or when its outputs are not those of
/// the declared family.
pub fn prepare_model(choice: &ModelChoice) -> Result<(), EngineError> {
    match choice.role {
        Role::Find => detect::load(choice, &Tiling::NONE, &EngineChoice::EMBEDDED).map(drop),
        _ => network::load(choice, &EngineChoice::EMBEDDED).map(drop),
    }
}
