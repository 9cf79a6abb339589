//! Synthetic scenes with known events, because the labelled footage has no fall, no left object and no panic. In: a seed.
//! Out: who is where when, as boxes, as tracks and as drawn pictures, and the events that a measure should find.
//!
//! What is scored on them is reported as SYNTHETIC, never beside figures from real footage: figures are drawn, the
//! detector is a script, and people do what `script` has them do. It shows that a measure does what its definition says
//! and how it degrades; it does not show how often it is right in a street.

mod camera;
mod dice;
mod drawn;
mod figure;
mod ground;
mod pipeline;
mod scene;
mod score;
mod script;
mod straight;
