//! The five verbs: [`observe()`], [`audit()`], [`render()`], [`seal()`], [`verify()`]; and [`publish()`], by which what was
//! observed becomes a folder that is whole or absent. The command line calls these and adds nothing to what is written.
//!
//! | verb | what comes in → what goes out |
//! |---|---|
//! | [`observe()`] | a checked plan → an [`Observation`]: the record, and the first lines of its chain of custody |
//! | [`audit()`] | a record → findings, one for each question |
//! | [`render()`] | a record, its findings, what stands [`Beside`] them → four files, as names and bytes |
//! | [`publish()`] | an observation → a folder with all its files, its log and its manifest |
//! | [`seal()`] | such a folder, a secret key → the same folder, sealed |
//! | [`verify()`] | a sealed [`Bundle`](crate::custody::bundle::Bundle), a public key, a date → every check and its outcome |
//!
//! [`kept`] reads what such a folder keeps, for whoever renders it again. [`stills()`] makes the redacted pictures of a
//! report. Deliberately not here: options, words for a terminal, files that have to be fetched (see [`crate::cli`] and
//! [`crate::supply`]).

mod audit;
mod beside;
pub mod kept;
mod observe;
mod publish;
mod render;
mod seal;
mod stills;
mod verify;

pub use audit::audit;
pub use beside::{Beside, CLAIMS_FILE};
pub use observe::{Observation, ObserveError, observe};
pub(crate) use publish::borrowed;
pub use publish::{Clock, PublishError, Published, publish};
pub use render::{RenderError, Rendered, RenderedFile, render};
pub use seal::{EarlierAnswer, SealError, Sealed, request_time_stamp, seal, take_in_time_stamp};
pub use stills::{MakeStillsError, stills};
pub use verify::verify;
