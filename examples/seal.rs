//! The fourth verb: a folder of results in, the same folder sealed out, and the public key beside it.
//!
//! `cargo run --example seal -- FOLDER PUBLIC_KEY`. The secret key is made for this one seal and forgotten: whoever seals for a
//! court makes a pair by `vsa-audit key generate`, reads it by `SecretKey::parse`, and hands out the fingerprint.

#![expect(
    clippy::disallowed_macros,
    reason = "a program of its own: what it prints is its answer"
)]

use std::error::Error;
use std::path::PathBuf;
use vsa_audit::base::environment;
use vsa_audit::base::folder::write_new;
use vsa_audit::custody::secret_key::SecretKey;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(folder), Some(public)) = (arguments.next(), arguments.next()) else {
        return Err("name a folder that `audit` wrote, and a file for the public key".into());
    };
    let key = SecretKey::from_random(environment::random()?);
    let made = key.public(Some(environment::now_rfc3339()));
    write_new(&public, made.to_text().as_bytes())?;

    vsa_audit::seal(&folder, &key)?;
    println!("sealed: {}", folder.display());
    println!("key: {}  {}", made.number(), made.fingerprint());
    Ok(())
}
