//! `vsa-audit key`: makes and shows keys for seals, in minisign's format.

use super::error::{CommandError, usage};
use super::exit_code::Outcome;
use super::passphrase;
use super::terminal::Terminal;
use clap::{Args, Subcommand, ValueEnum};
use std::path::{Path, PathBuf};
use vsa_base::environment;
use vsa_base::folder::{write_new, write_private};
use vsa_custody::key::PublicKey;
use vsa_custody::secret_key::SecretKey;

/// Make and show keys for seals.
///
/// Keys are Ed25519, in the format of minisign: `minisign -V` checks seals made with them, and `seal` takes keys made by
/// `minisign -G`. A secret key is kept encrypted with a passphrase, which is asked for or taken from
/// VSA_AUDIT_PASSPHRASE.
#[derive(Debug, Args)]
pub(super) struct KeyArguments {
    #[command(subcommand)]
    command: KeyCommand,
}

#[derive(Debug, Subcommand)]
enum KeyCommand {
    /// Make a key pair: FILE (secret, readable by you alone) and FILE.pub (to be handed out)
    Generate {
        /// Where to write the secret key. Nothing is ever overwritten.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Take a passphrase of fewer than 12 characters, which whoever has the file can find by trying
        #[arg(long)]
        weak_passphrase: bool,
    },
    /// Print a public key, from its own file or from that of its secret key
    Show {
        /// FILE.pub, or FILE
        #[arg(value_name = "FILE")]
        key: PathBuf,
        /// In which form.
        #[arg(long, default_value = "minisign")]
        format: KeyFormat,
    },
    /// Print number and SHA-256 fingerprint of a public key, to be compared by telephone or on paper
    Fingerprint {
        /// FILE.pub, or FILE
        #[arg(value_name = "FILE")]
        key: PathBuf,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum KeyFormat {
    /// The two lines of minisign's file
    Minisign,
    /// SubjectPublicKeyInfo, as openssl reads it
    Pem,
}

pub(super) fn run(arguments: &KeyArguments, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    match &arguments.command {
        KeyCommand::Generate { out, weak_passphrase } => generate(out, *weak_passphrase, terminal)?,
        KeyCommand::Show { key, format } => {
            let key = public_of(key)?;
            let text = match format {
                KeyFormat::Minisign => key.to_text(),
                KeyFormat::Pem => key.to_pem(),
            };
            terminal.text(&text);
        }
        KeyCommand::Fingerprint { key } => {
            let key = public_of(key)?;
            terminal.data(&format!("{}  {}", key.number(), key.fingerprint()));
        }
    }
    Ok(Outcome::Done)
}

fn generate(out: &Path, weak: bool, terminal: &mut Terminal) -> Result<(), CommandError> {
    let public_path = public_path(out);
    for path in [out, &public_path] {
        if path.exists() {
            return Err(usage!(
                "{} exists already, and keys are never overwritten: choose another name",
                path.display()
            ));
        }
    }
    let passphrase = passphrase::chosen(weak)?;
    let secret = SecretKey::from_random(environment::random().map_err(no_random)?);
    let salt = environment::random().map_err(no_random)?;
    let text = secret.to_text(&passphrase, &salt)?;
    let public = secret.public(Some(environment::now_rfc3339()));
    // Both or none: the public half goes first, for it can be taken away again by anybody's hand.
    write_new(&public_path, public.to_text().as_bytes())?;
    if let Err(error) = write_private(out, text.as_bytes()) {
        // Where that fails too, a public key without a secret one harms nobody.
        drop(std::fs::remove_file(&public_path));
        return Err(error.into());
    }
    terminal.data(&format!("secret key: {}", out.display()));
    terminal.data(&format!("public key: {}", public_path.display()));
    terminal.data(&format!("fingerprint: {}", public.fingerprint()));
    terminal.say("Hand out the public key, and its fingerprint by another way. Keep the secret key and its passphrase apart.");
    Ok(())
}

fn public_path(secret: &Path) -> PathBuf {
    let mut name = secret.as_os_str().to_owned();
    name.push(".pub");
    name.into()
}

pub(super) fn no_random(source: std::io::Error) -> CommandError {
    usage!("the system gives no random bytes: {source}")
}

/// The public key in a file.
pub(super) fn read_public(path: &Path) -> Result<PublicKey, CommandError> {
    PublicKey::parse(&read_text(path)?).map_err(|source| CommandError::PublicKey {
        path: path.to_owned(),
        source,
    })
}

/// The public key in a file, or of the secret key in it.
fn public_of(path: &Path) -> Result<PublicKey, CommandError> {
    read_public(path).or_else(|error| match read_secret(path) {
        Ok(secret) => Ok(secret.public(None)),
        Err(CommandError::SecretKey(vsa_custody::secret_key::SecretKeyError::Format(_))) => Err(error),
        Err(other) => Err(other),
    })
}

/// The secret key in a file.
pub(super) fn read_secret(path: &Path) -> Result<SecretKey, CommandError> {
    SecretKey::parse(&read_text(path)?, passphrase::known)
}

pub(super) fn read_text(path: &Path) -> Result<String, CommandError> {
    std::fs::read_to_string(path).map_err(CommandError::reading("read", path))
}

pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, CommandError> {
    std::fs::read(path).map_err(CommandError::reading("read", path))
}
