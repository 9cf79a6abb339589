//! In: the user's variables. Out: which folders and programs the supply of files works with.

use super::client::Patience;
use super::error::SupplyError;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Where files are kept, where they may come from, and what ends the wait for them.
#[derive(Clone, Debug)]
pub struct StoreOptions {
    /// The store: can be removed at any time, and is filled again.
    pub cache: PathBuf,
    /// What the user declared (`models.toml`).
    pub data: PathBuf,
    /// Folders with files already on the machine. Any file in them with the right digest is used before the network.
    pub local: Vec<PathBuf>,
    /// Whether only `local` may be asked.
    pub offline: bool,
    /// Where clients are looked for.
    pub search_path: OsString,
    /// Where Debian says which packages are installed.
    pub dpkg_status: PathBuf,
    /// How long a silent client is waited for.
    pub patience: Patience,
    /// Raised when somebody asks the run to end.
    pub stop: Arc<AtomicBool>,
}

impl StoreOptions {
    /// Reads `VSA_AUDIT_CACHE`, `VSA_AUDIT_MODELS_DIR`, `VSA_AUDIT_OFFLINE`, `XDG_CACHE_HOME`, `XDG_DATA_HOME`, `HOME`
    /// and `PATH`. `offline` comes from the option of that name; either switches the network off.
    ///
    /// # Errors
    /// When no folder can be told.
    pub fn from_variables(offline: bool, stop: Arc<AtomicBool>) -> Result<Self, SupplyError> {
        Self::read(|name| std::env::var_os(name), offline, stop)
    }

    fn read(
        variable: impl Fn(&str) -> Option<OsString>,
        offline: bool,
        stop: Arc<AtomicBool>,
    ) -> Result<Self, SupplyError> {
        let given = |name: &str| variable(name).filter(|value| !value.is_empty());
        // The XDG specification: a relative path is to be ignored.
        let absolute = |name: &str| given(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let home = |below: &str| absolute("HOME").map(|home| home.join(below));
        let own = |base: PathBuf| base.join("vsa-audit");
        let cache = given("VSA_AUDIT_CACHE")
            .map(PathBuf::from)
            .or_else(|| absolute("XDG_CACHE_HOME").map(own))
            .or_else(|| home(".cache").map(own))
            .ok_or(SupplyError::NoFolder)?;
        // Clients run in folders of their own: relative paths would mean something else there.
        let cache = std::path::absolute(&cache).map_err(SupplyError::io("find", &cache))?;
        let data = absolute("XDG_DATA_HOME")
            .or_else(|| home(".local/share"))
            .map(own)
            .unwrap_or_else(|| cache.join("data"));
        let local = given("VSA_AUDIT_MODELS_DIR")
            .map(|value| {
                std::env::split_paths(&value)
                    .filter(|path| !path.as_os_str().is_empty())
                    .collect()
            })
            .unwrap_or_default();
        let switched_off = given("VSA_AUDIT_OFFLINE").is_some_and(|value| value != "0");
        Ok(Self {
            cache,
            data,
            local,
            offline: offline || switched_off,
            search_path: given("PATH").unwrap_or_else(|| OsString::from("/usr/local/bin:/usr/bin:/bin")),
            dpkg_status: PathBuf::from("/var/lib/dpkg/status"),
            patience: Patience::default(),
            stop,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(pairs: &[(&str, &str)]) -> Result<StoreOptions, SupplyError> {
        let find = |name: &str| {
            pairs
                .iter()
                .find(|(n, _)| *n == name)
                .map(|(_, value)| OsString::from(value))
        };
        StoreOptions::read(find, false, Arc::default())
    }

    #[test]
    fn the_cache_is_the_first_of_three_that_is_set() {
        let all = [
            ("VSA_AUDIT_CACHE", "/c"),
            ("XDG_CACHE_HOME", "/x"),
            ("HOME", "/h"),
        ];
        let cache = |pairs: &[(&str, &str)]| with(pairs).unwrap().cache;
        assert_eq!(cache(&all), PathBuf::from("/c"));
        assert_eq!(cache(&all[1..]), PathBuf::from("/x/vsa-audit"));
        assert_eq!(cache(&all[2..]), PathBuf::from("/h/.cache/vsa-audit"));
        assert_eq!(
            cache(&[("XDG_CACHE_HOME", "relative"), ("HOME", "/h")]),
            PathBuf::from("/h/.cache/vsa-audit")
        );
        assert!(matches!(with(&[]), Err(SupplyError::NoFolder)));
    }

    #[test]
    fn offline_is_switched_on_by_any_value_but_zero() {
        assert!(
            with(&[("HOME", "/h"), ("VSA_AUDIT_OFFLINE", "1")])
                .unwrap()
                .offline
        );
        assert!(
            !with(&[("HOME", "/h"), ("VSA_AUDIT_OFFLINE", "0")])
                .unwrap()
                .offline
        );
        assert!(
            !with(&[("HOME", "/h"), ("VSA_AUDIT_OFFLINE", "")])
                .unwrap()
                .offline
        );
    }

    #[test]
    fn several_local_folders_are_separated_as_in_path() {
        let options = with(&[("HOME", "/h"), ("VSA_AUDIT_MODELS_DIR", "/a::/b")]).unwrap();
        assert_eq!(options.local, [PathBuf::from("/a"), PathBuf::from("/b")]);
    }
}
