//! Time stamps of others (RFC 3161): a request to send by any means in, the authority's response checked. The program
//! itself connects to nobody. What is stamped is the envelope `manifest.dsse.json`: it names the manifest's digest and
//! holds the signature, so that both existed at the stamped time.
//!
//! | module | what comes in → what goes out |
//! |---|---|
//! | `message` | bytes ↔ the messages' fields, strictly |
//! | [`request`] | a digest and a nonce → `.tsq` |
//! | `algorithm` | a key, a message, a signature → whether it holds |
//! | [`certificate`] | X.509 → what is needed of it; chains up to a root that the user names |
//! | [`response`] | `.tsr` → who says which time, or why not |

mod algorithm;
pub mod certificate;
mod message;
pub mod request;
pub mod response;
#[cfg(test)]
mod vectors;

use super::envelope;

/// Why a request, a response or a certificate does not hold.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TimestampError {
    /// The bytes are no DER of the expected shape.
    #[error("{what}: damaged, or not DER: {problem}")]
    Shape {
        /// What was read.
        what: &'static str,
        /// What is wrong.
        problem: String,
    },
    /// The authority said no.
    #[error("the authority refused the request: status {status}")]
    Refused {
        /// PKIStatus.
        status: u64,
    },
    /// It is sound, but it does not prove what it should.
    #[error("{0}")]
    NotProven(String),
    /// It uses an algorithm that is not done here.
    #[error("{what} uses an algorithm that this program does not check: {oid}")]
    Unsupported {
        /// Where.
        what: &'static str,
        /// Which.
        oid: String,
    },
}

/// Name of the request's file.
#[must_use]
pub fn request_file() -> String {
    format!("{}.tsq", envelope::FILE)
}

/// Name of the response's file.
#[must_use]
pub fn response_file() -> String {
    format!("{}.tsr", envelope::FILE)
}
