//! The fifth verb: a sealed folder, a public key and today's date in, every check and its outcome out.
//!
//! `cargo run --example verify -- FOLDER PUBLIC_KEY`. It ends with an error where a check failed.

#![expect(
    clippy::disallowed_macros,
    reason = "a program of its own: what it prints is its answer"
)]

use std::error::Error;
use std::path::PathBuf;
use vsa_audit::base::environment;
use vsa_audit::custody::bundle::Bundle;
use vsa_audit::custody::key::PublicKey;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(folder), Some(key)) = (arguments.next(), arguments.next()) else {
        return Err("name a sealed folder, and the public key of whoever sealed it".into());
    };
    let bundle = Bundle::read(&folder)?;
    let key = PublicKey::parse(&std::fs::read_to_string(key)?)?;

    // No roots: a time stamp is then held to the certificate that it brings along, and its check says so.
    let verification = vsa_audit::verify(&bundle, &key, environment::now(), &[]);
    for check in &verification.checks {
        println!("{:?}: {:?}: {}", check.outcome, check.check, check.found);
    }
    if verification.holds {
        println!("VERIFIED");
        Ok(())
    } else {
        Err("at least one check failed".into())
    }
}
