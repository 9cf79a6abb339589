//! The passphrase of a secret key: from `VSA_AUDIT_PASSPHRASE`, or asked for on the terminal without showing it.

use super::error::{CommandError, usage};
use zeroize::Zeroizing;

const VARIABLE: &str = vsa_base::PASSPHRASE;

/// Of a key that exists.
pub(super) fn known() -> Result<Zeroizing<String>, CommandError> {
    if let Some(passphrase) = from_variable()? {
        return Ok(passphrase);
    }
    ask("Passphrase of the secret key: ")
}

/// Fewer can be tried one by one by whoever has the file: each try takes a third of a second, and a thousand run side by side.
const FEWEST: usize = 12;

/// Of a key that is being made: asked for twice. `weak`: a short one will do.
pub(super) fn chosen(weak: bool) -> Result<Zeroizing<String>, CommandError> {
    let passphrase = match from_variable()? {
        Some(passphrase) => passphrase,
        None => {
            let first = ask("Passphrase for the new secret key: ")?;
            if *first != *ask("The same once more: ")? {
                return Err(usage!("the two passphrases differ"));
            }
            first
        }
    };
    if passphrase.is_empty() {
        return Err(usage!("an empty passphrase protects nothing: choose one"));
    }
    let characters = passphrase.chars().count();
    if characters < FEWEST && !weak {
        return Err(usage!(
            "the passphrase has {characters} characters, and whoever gets hold of the key file can try all such: choose \
             {FEWEST} or more, such as four words drawn at random, or pass --weak-passphrase"
        ));
    }
    Ok(passphrase)
}

fn from_variable() -> Result<Option<Zeroizing<String>>, CommandError> {
    match std::env::var(VARIABLE) {
        Ok(passphrase) => Ok(Some(Zeroizing::new(passphrase))),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => Err(usage!("{VARIABLE} is not UTF-8 text")),
    }
}

fn ask(prompt: &str) -> Result<Zeroizing<String>, CommandError> {
    rpassword::prompt_password(prompt)
        .map(Zeroizing::new)
        .map_err(|error| {
            usage!("cannot ask for the passphrase ({error}): run it in a terminal, or set {VARIABLE}")
        })
}
