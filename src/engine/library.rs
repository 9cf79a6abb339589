//! The library of an engine that is linked while the program runs. In: where it lies, and how it is loaded. Out: the
//! library, the same for the whole process, which can load it once; and what the record says of its files.
//! Deliberately not here: what an engine asks of its library.

use crate::EngineError;
use crate::variables::{self, Variables};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use vsa_base::Reason;
use vsa_record::facts::LibraryFacts;

/// What came of loading it, and from where.
pub(super) type Loaded<T> = OnceLock<Result<(PathBuf, T), Reason>>;

/// The library at `path`, loaded at the first call; another one cannot be loaded after it.
pub(super) fn loaded<T>(
    held: &'static Loaded<T>,
    variables: &Variables,
    path: &Path,
    load: fn(&Path) -> Result<T, Reason>,
) -> Result<&'static T, EngineError> {
    let refusal = |Reason(reason)| EngineError::Library {
        engine: variables.engine,
        path: path.to_owned(),
        reason,
    };
    variables::refuse(variables)?;
    // Asked first: a failed load would stay with the process.
    if !path.is_file() {
        return Err(refusal(Reason::of("there is no such file")));
    }
    let first = held.get_or_init(|| Ok((path.to_owned(), load(path)?))).as_ref();
    let (in_use, library) = first.map_err(|reason| refusal(reason.clone()))?;
    if in_use == path {
        Ok(library)
    } else {
        Err(refusal(Reason(format!(
            "{} is in use already, and a process can load one library only",
            in_use.display()
        ))))
    }
}

/// Name, digest and size of a library.
pub(super) fn facts(path: &Path) -> std::io::Result<LibraryFacts> {
    let (sha256, bytes) = vsa_base::digest::of_file(path)?;
    let name = path.file_name().unwrap_or_default();
    Ok(LibraryFacts {
        name: name.to_string_lossy().into_owned(),
        sha256,
        bytes,
    })
}
