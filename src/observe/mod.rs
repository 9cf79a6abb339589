//! THE ROOM. Pixels, boxes, landmarks, embeddings, tracks and labels exist only below this module.
//! In: a validated [`plan::Plan`] and an [`Environment`](crate::environment::Environment).
//! Out, by the one ordinary door: a [`Record`](crate::record::Record).

pub mod detect;
#[cfg(test)]
mod evaluate;
pub mod footage;
mod measure;
mod pipeline;
pub mod plan;
mod track;
