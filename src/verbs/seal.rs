//! Seal. In: a folder that `publish` wrote, a secret key. Out: the same folder with its seal; then a request for a time stamp
//! over it, and the authority's answer. Nothing is sent anywhere.

use super::beside::Beside;
use super::kept::{Kept, KeptError};
use super::publish::borrowed;
use super::render::render;
use std::path::{Path, PathBuf};
use vsa_base::environment;
use vsa_base::folder::{FolderError, OutputFolder};
use vsa_custody::bundle::Bundle;
use vsa_custody::secret_key::SecretKey;
use vsa_custody::timestamp::request::Request;
use vsa_custody::timestamp::response::Stamp;
use vsa_custody::timestamp::{self, TimestampError};
use vsa_custody::{envelope, seal as custody, verify};

/// Why a folder was not sealed, or not stamped: then it is as it was, but where an earlier time stamp cannot be taken away.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    /// The folder cannot be read.
    #[error("cannot read the folder {path}: {source}")]
    Read {
        /// Which.
        path: PathBuf,
        /// As the system says.
        source: std::io::Error,
    },
    /// Its case cannot be read.
    #[error(transparent)]
    Kept(#[from] KeptError),
    /// It is not as its manifest says, or nothing that could be sealed.
    #[error(transparent)]
    Refused(#[from] custody::SealError),
    /// A report is not what its record gives.
    #[error(
        "{name} is not what this version of vsa-audit, which made it, renders from the record: it was changed after the run; restore \
         it, or run the audit again"
    )]
    NotAsRendered {
        /// Which.
        name: &'static str,
    },
    /// The reports cannot be rendered again.
    #[error(transparent)]
    Render(#[from] super::render::RenderError),
    /// A time stamp is made over a seal.
    #[error("the folder is not sealed yet: seal it with --key first")]
    NotSealed,
    /// An answer needs its question.
    #[error("the folder holds no time-stamp request: make one with --timestamp-request")]
    NotRequested,
    /// The answer does not hold.
    #[error("the time stamp: {0}")]
    Timestamp(#[from] TimestampError),
    /// A request carries a random number.
    #[error("the system gives no random bytes: {0}")]
    NoRandom(std::io::Error),
    /// The folder cannot be written.
    #[error(transparent)]
    Folder(#[from] FolderError),
}

/// What became of an authority's answer that lay in the folder, to an earlier request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EarlierAnswer {
    /// There was none.
    Absent,
    /// It was removed: it says nothing about what is there now.
    Removed,
}

/// What a seal was put on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// What became of an answer to an earlier request.
    pub earlier: EarlierAnswer,
    /// Why the reports were not rendered again, and were sealed as they are; none: they are what the record gives.
    pub not_rendered: Option<String>,
}

impl EarlierAnswer {
    /// Of a folder as it was.
    fn of(before: &Bundle) -> Self {
        match before.get(&timestamp::response_file()) {
            Some(_) => Self::Removed,
            None => Self::Absent,
        }
    }
}

/// Seals a folder of results with a secret key: one more line in its log, the manifest over it, minisign's signature of the
/// manifest, and an in-toto statement in a DSSE envelope. A seal that was there before is replaced, and once the new one stands,
/// a time stamp over the earlier one is removed, since it would be of another manifest. Out: whether there was such an answer.
/// Reports are rendered again from the record, and held to that, where this version made them.
///
/// # Errors
/// [`SealError`], where the folder is not exactly what its manifest lists, or a report not what its record gives: what was changed is
/// named, and nothing is written.
///
/// # Examples
/// ```no_run
/// use std::path::Path;
/// use vsa_audit::base::environment;
/// use vsa_audit::custody::secret_key::SecretKey;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // A key for one seal. Keys that are kept are made by `vsa-audit key generate`, and read by `SecretKey::parse`.
/// let key = SecretKey::from_random(environment::random()?);
/// vsa_audit::seal(Path::new("exhibit"), &key)?;
/// std::fs::write("once.pub", key.public(None).to_text())?;
/// # Ok(())
/// # }
/// ```
/// `examples/seal.rs` is the whole program.
pub fn seal(folder: &Path, key: &SecretKey) -> Result<Sealed, SealError> {
    let bundle = read(folder)?;
    let actor = Kept::of(&bundle)?.case()?.actor();
    let files = custody::seal(&bundle, key, environment::now(), &actor)?;
    let not_rendered = as_rendered(&bundle)?;
    let output = OutputFolder::for_seal(folder)?;
    output.publish(&borrowed(&files))?;
    // A time stamp over an earlier seal says nothing about this one. It goes last: where this one cannot be written, the
    // earlier one stands, and an authority's answer comes once.
    output.remove(&[timestamp::request_file(), timestamp::response_file()])?;
    Ok(Sealed {
        earlier: EarlierAnswer::of(&bundle),
        not_rendered,
    })
}

/// Holds the reports of a folder to what its record gives: manifest and log can be refitted to a page that was edited, without
/// any key. Out: why that could not be done, where the record is of another version, or none that this one reads.
fn as_rendered(bundle: &Bundle) -> Result<Option<String>, SealError> {
    let kept = Kept::of(bundle)?;
    let record = match kept.record() {
        Ok(record) => record,
        Err(error @ (KeptError::NoRecord | KeptError::Record(_))) => return Ok(Some(error.to_string())),
        Err(error) => return Err(error.into()),
    };
    if record.tool.version != vsa_base::VERSION {
        return Ok(Some(format!(
            "they were made by {} {}",
            record.tool.name, record.tool.version
        )));
    }
    let beside = Beside {
        case: kept.case()?,
        stills: kept.stills()?,
        claims: kept.claims()?,
        bench: kept.bench()?,
        confinement: kept.confinement()?,
    };
    for file in render(&record, &super::audit(&record), &beside)?.files {
        if bundle.get(file.name).is_some_and(|found| found != file.bytes) {
            return Err(SealError::NotAsRendered { name: file.name });
        }
    }
    Ok(None)
}

/// Writes a request for a time stamp (RFC 3161) over the seal of a folder; out comes the file, to be sent to an authority by
/// any means (content type `application/timestamp-query`), and whether an answer to an earlier request was removed.
///
/// # Errors
/// [`SealError`], where the folder is not sealed.
pub fn request_time_stamp(folder: &Path) -> Result<(PathBuf, EarlierAnswer), SealError> {
    let bundle = read(folder)?;
    let nonce = environment::random().map_err(SealError::NoRandom)?;
    let request = Request::new(sealed(&bundle)?, nonce);
    let name = timestamp::request_file();
    let output = OutputFolder::for_seal(folder)?;
    output.publish(&[(&name, &request.to_bytes())])?;
    // An answer to an earlier request.
    output.remove(&[timestamp::response_file()])?;
    Ok((folder.join(name), EarlierAnswer::of(&bundle)))
}

/// Checks an authority's answer to that request, and keeps it in the folder. `roots`: certificates (DER) of authorities that
/// are trusted; without any, [`Stamp::chain_checked`] is false.
///
/// # Errors
/// [`SealError`], where there was no request, or the answer does not hold as of now: what was in the folder stays.
pub fn take_in_time_stamp(folder: &Path, answer: &[u8], roots: &[Vec<u8>]) -> Result<Stamp, SealError> {
    let bundle = read(folder)?;
    sealed(&bundle)?;
    if bundle.get(&timestamp::request_file()).is_none() {
        return Err(SealError::NotRequested);
    }
    // As `verify` will judge it: an answer that it refuses must not take the place of one that it accepts.
    let stamp = verify::time_stamp_holds(&bundle, answer, environment::now(), roots)?;
    OutputFolder::for_seal(folder)?.publish(&[(&timestamp::response_file(), answer)])?;
    Ok(stamp)
}

fn read(folder: &Path) -> Result<Bundle, SealError> {
    Bundle::read(folder).map_err(|source| SealError::Read {
        path: folder.to_owned(),
        source,
    })
}

/// The envelope of a sealed bundle.
fn sealed(bundle: &Bundle) -> Result<&[u8], SealError> {
    bundle.get(envelope::FILE).ok_or(SealError::NotSealed)
}
