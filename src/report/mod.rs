//! Record and findings in, one [`Document`] out, and from it every format. A format computes nothing.

use serde::Serialize;

/// The one object that every format is drawn from.
#[derive(Clone, Debug, Serialize)]
pub struct Document {}
