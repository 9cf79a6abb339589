//! Verify. In: a sealed bundle, a public key, a date. Out: every check and its outcome. The checks stand in
//! [`vsa_custody::verify`].

use jiff::Timestamp;
use vsa_custody::bundle::Bundle;
use vsa_custody::key::PublicKey;
use vsa_custody::verification::Verification;

/// Makes every check of a sealed bundle, as of `date`: signatures, files, log, times, and the time stamp of an authority,
/// where there is one. `roots` are certificates (DER) of time-stamping authorities that the reader trusts; without any, a time
/// stamp is held to the certificate that it brings along, and the check says so.
///
/// A pure function of bytes: it asks no clock and opens no file. [`Verification::holds`] is true only if no check failed.
/// What fails is an outcome, not an error; there is nothing that can go wrong besides. Get the key from its owner, never from
/// the bundle.
///
/// # Examples
/// ```no_run
/// use std::path::Path;
/// use vsa_audit::base::environment;
/// use vsa_audit::custody::{bundle::Bundle, key::PublicKey};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let bundle = Bundle::read(Path::new("exhibit"))?;
/// let key = PublicKey::parse(&std::fs::read_to_string("expert.key.pub")?)?;
/// let verification = vsa_audit::verify(&bundle, &key, environment::now(), &[]);
/// assert!(verification.holds, "{:?}", verification.checks);
/// # Ok(())
/// # }
/// ```
/// `examples/verify.rs` is the whole program.
#[must_use]
pub fn verify(bundle: &Bundle, key: &PublicKey, date: Timestamp, roots: &[Vec<u8>]) -> Verification {
    vsa_custody::verify::verify(bundle, key, date, roots)
}
