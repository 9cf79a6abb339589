//! The supply of files against stand-ins for the clients: small shell scripts on a search path of their own.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot prepare its files or time itself fails"
)]

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use vsa_supply::{
    Checksum, DebianSource, Declared, Digest, Entry, FileName, Identified, ModelEntry, ModelRegistry,
    NpmSource, OwnModels, PageSource, Patience, Progress, PypiSource, Source, Store, StoreOptions, Stored,
    SupplyError, Unwatched, describe_own, weights_of,
};

const CONTENT: &[u8] = b"what was registered";

/// A machine of our own: a store, a search path with stand-ins, and a log of what was asked of them.
struct Machine {
    root: tempfile::TempDir,
}

impl Machine {
    fn new() -> Self {
        let machine = Self {
            root: tempfile::tempdir().unwrap(),
        };
        for folder in ["bin", "home"] {
            fs::create_dir(machine.at(folder)).unwrap();
        }
        for tool in ["sh", "cp", "cat", "sleep", "mkdir", "head", "touch"] {
            let program = ["/bin", "/usr/bin"].map(|dir| Path::new(dir).join(tool));
            symlink(
                program.iter().find(|p| p.exists()).unwrap(),
                machine.at("bin").join(tool),
            )
            .unwrap();
        }
        fs::write(machine.at("good"), CONTENT).unwrap();
        machine
    }

    fn at(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// A program of that name. `body` sees `$LOG`, `$ROOT`, and `$OUT` and `$URL` as curl and wget are given them.
    fn program(&self, name: &str, body: &str) {
        let text = format!(
            "#!/bin/sh\nROOT='{root}'\nLOG=\"$ROOT/log\"\nALL=\"$*\"\n\
             while [ $# -gt 0 ]; do case \"$1\" in --output|-O|--dest|--pack-destination) OUT=\"$2\"; shift;; \
             --) URL=\"$2\"; shift;; esac; shift; done\n{body}\n",
            root = self.root.path().display()
        );
        let path = self.at("bin").join(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// curl, which does what `cases` say for each page, named by the last part of its address.
    fn curl(&self, cases: &str) {
        self.program(
            "curl",
            &format!("echo \"${{URL##*/}}\" >> \"$LOG\"\ncase \"${{URL##*/}}\" in\n{cases}\nesac"),
        );
    }

    fn log(&self) -> Vec<String> {
        let text = fs::read_to_string(self.at("log")).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    fn options(&self) -> StoreOptions {
        StoreOptions {
            cache: self.at("cache"),
            data: self.at("data"),
            local: Vec::new(),
            offline: false,
            search_path: OsString::from(self.at("bin")),
            dpkg_status: self.at("status"),
            patience: Patience {
                page: Duration::from_secs(20),
                package: Duration::from_secs(20),
            },
            stop: Arc::new(AtomicBool::new(false)),
        }
    }

    fn store(&self) -> Store {
        Store::open(&self.options())
    }

    /// Names below the store that are neither locks nor lists of the clients.
    fn kept(&self) -> Vec<String> {
        let mut found = Vec::new();
        collect(&self.at("cache/files"), &mut found);
        collect(&self.at("cache/work"), &mut found);
        found.retain(|name| name != ".lock");
        found
    }
}

fn collect(folder: &Path, found: &mut Vec<String>) {
    for item in fs::read_dir(folder).into_iter().flatten().flatten() {
        if item.path().is_dir() {
            collect(&item.path(), found);
        } else {
            found.push(item.file_name().to_string_lossy().into_owned());
        }
    }
}

fn digest(content: &[u8]) -> Digest {
    use sha2::Digest as _;
    let digits: String = sha2::Sha256::digest(content)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Digest::try_from(digits).unwrap()
}

fn checked<T: TryFrom<String, Error = vsa_base::Reason>>(text: &str) -> T {
    T::try_from(text.to_owned()).unwrap()
}

fn entry(sources: Vec<Source>) -> Entry {
    Entry {
        name: checked("thing"),
        title: "A thing".to_owned(),
        file: checked::<FileName>("thing.bin"),
        checksum: Checksum::Sha256(digest(CONTENT)),
        bytes: CONTENT.len() as u64,
        licence: "MIT".to_owned(),
        sources,
        executable: false,
    }
}

/// A file of that content, in a package of the npm registry.
fn packed(name: &str, content: &[u8], others: Vec<Source>) -> Entry {
    let npm = Source::Npm(NpmSource {
        package: checked("@scope/thing"),
        version: checked("1.0.0"),
        member: checked(&format!("models/{name}")),
        download_bytes: Some(1000),
    });
    Entry {
        name: checked(name.split('.').next().unwrap()),
        file: checked(name),
        checksum: Checksum::Sha256(digest(content)),
        bytes: content.len() as u64,
        ..entry(std::iter::once(npm).chain(others).collect())
    }
}

/// npm, which packs these members below `package/models` and writes down that it was asked.
fn npm_with(machine: &Machine, members: &[(&str, &[u8])]) {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, content) in members {
        let mut header = tar::Header::new_ustar();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        let path = format!("package/models/{name}");
        archive.append_data(&mut header, path, *content).unwrap();
    }
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(&archive.into_inner().unwrap()).unwrap();
    fs::write(machine.at("tgz"), gz.finish().unwrap()).unwrap();
    machine.program(
        "npm",
        "echo npm >> \"$LOG\"; cp \"$ROOT/tgz\" \"$OUT/scope-thing-1.0.0.tgz\"",
    );
}

#[test]
fn a_package_that_holds_several_wanted_files_is_fetched_once_and_only_these_are_kept() {
    let machine = Machine::new();
    npm_with(
        &machine,
        &[
            ("a.json", b"graph"),
            ("a.bin", b"weights"),
            ("unwanted.bin", b"x"),
            ("b.json", b"other"),
        ],
    );
    let wanted = [
        packed("a.json", b"graph", Vec::new()),
        packed("a.bin", b"weights", Vec::new()),
        packed("b.json", b"other", Vec::new()),
    ];
    let wanted: Vec<&Entry> = wanted.iter().collect();
    let store = machine.store();
    let outlook = store.outlook(&wanted);
    assert_eq!(
        (outlook.bytes, outlook.from),
        (1000, vec!["the npm package @scope/thing 1.0.0".to_owned()])
    );
    let mut notes = Notes::default();
    let paths = store.obtain_all(&wanted, &mut notes).unwrap();
    let found: Vec<_> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
    assert_eq!(found, [&b"graph"[..], b"weights", b"other"]);
    assert_eq!(machine.log(), ["npm"]);
    assert_eq!(notes.0, ["start a 1000", "finish true"]);
    let mut kept = machine.kept();
    kept.sort();
    assert_eq!(kept, ["a.bin", "a.json", "b.json"]);
    // All are here: nothing would be fetched, and nothing is.
    assert!(store.outlook(&wanted).from.is_empty());
    store.obtain_all(&wanted, &mut Unwatched).unwrap();
    assert_eq!(machine.log(), ["npm"]);
}

#[test]
fn each_file_falls_back_for_itself_and_a_package_that_failed_is_not_asked_for_again() {
    let machine = Machine::new();
    npm_with(&machine, &[("a.json", b"graph"), ("b.json", b"changed")]);
    machine.curl("b) printf other > \"$OUT\";;\nc) printf third > \"$OUT\";;");
    let entries = [
        packed("b.json", b"other", vec![page("b")]),
        packed("a.json", b"graph", Vec::new()),
        packed("c.json", b"third", vec![page("c")]),
    ];
    let wanted: Vec<&Entry> = entries.iter().collect();
    let mut notes = Notes::default();
    let paths = machine.store().obtain_all(&wanted, &mut notes).unwrap();
    let found: Vec<_> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
    assert_eq!(found, [&b"other"[..], b"graph", b"third"]);
    assert_eq!(machine.log(), ["npm", "b", "c"]);
    let said = notes.0.join("\n");
    assert!(
        said.contains("7 bytes arrived, 5 are registered") || said.contains("has 7 bytes, 5 are registered"),
        "{said}"
    );
    assert!(said.contains("no member \"package/models/c.json\""), "{said}");

    let machine = Machine::new();
    machine.program("npm", "echo npm >> \"$LOG\"; echo 'no such host' >&2; exit 1");
    machine.curl("b) printf other > \"$OUT\";;\nc) printf third > \"$OUT\";;");
    let wanted = [&entries[0], &entries[2]];
    machine.store().obtain_all(&wanted, &mut Unwatched).unwrap();
    assert_eq!(machine.log(), ["npm", "b", "c"]);
    let refused = machine
        .store()
        .obtain_all(&[&entries[0], &entries[1]], &mut Unwatched);
    let refused = refused.unwrap_err().to_string();
    assert!(
        refused.contains("\"a\"") && refused.contains("no such host"),
        "{refused}"
    );
}

#[test]
fn what_would_be_fetched_is_told_without_what_is_here_and_with_each_package_once() {
    let machine = Machine::new();
    machine.curl("a) cp \"$ROOT/good\" \"$OUT\";;");
    let store = machine.store();
    let (here, absent) = (entry(vec![page("a")]), packed("a.bin", b"weights", Vec::new()));
    let both = packed("b.bin", b"more", Vec::new());
    let wanted = [&here, &absent, &both];
    let outlook = store.outlook(&wanted);
    assert_eq!(outlook.bytes, CONTENT.len() as u64 + 1000);
    assert_eq!(
        outlook.from,
        ["a page of example.org", "the npm package @scope/thing 1.0.0"]
    );
    store.obtain(&here, &mut Unwatched).unwrap();
    assert_eq!(store.outlook(&wanted).bytes, 1000);
    let mut options = machine.options();
    options.offline = true;
    assert_eq!(Store::open(&options).outlook(&wanted).bytes, 0);
    // What lies in a folder of the user's is not fetched either.
    fs::create_dir(machine.at("usb")).unwrap();
    fs::write(machine.at("usb/any"), b"weights").unwrap();
    fs::write(machine.at("usb/other"), b"more").unwrap();
    options.offline = false;
    options.local = vec![machine.at("usb")];
    assert!(Store::open(&options).outlook(&wanted).from.is_empty());
}

fn page(name: &str) -> Source {
    Source::Page(PageSource {
        url: checked(&format!("https://example.org/{name}")),
    })
}

/// Keeps what it is told.
#[derive(Default)]
struct Notes(Vec<String>);

impl Progress for Notes {
    fn start(&mut self, name: &str, total: u64) {
        self.0.push(format!("start {name} {total}"));
    }
    fn advance(&mut self, _: u64) {}
    fn finish(&mut self, complete: bool) {
        self.0.push(format!("finish {complete}"));
    }
    fn note(&mut self, message: &str) {
        self.0.push(message.to_owned());
    }
}

#[test]
fn sources_are_tried_in_the_order_written() {
    let machine = Machine::new();
    machine.curl("a) echo 'the page is gone' >&2; exit 22;;\nb) cp \"$ROOT/good\" \"$OUT\";;\nc) exit 1;;");
    let mut notes = Notes::default();
    let path = machine
        .store()
        .obtain(&entry(vec![page("a"), page("b"), page("c")]), &mut notes)
        .unwrap();
    assert_eq!(fs::read(path).unwrap(), CONTENT);
    assert_eq!(machine.log(), ["a", "b"]);
    assert!(
        notes.0.iter().any(|note| note.contains("the page is gone")),
        "{:?}",
        notes.0
    );
    assert_eq!(machine.kept(), ["thing.bin"]);
}

#[test]
fn a_source_that_does_not_answer_is_given_up_with_all_its_children() {
    let machine = Machine::new();
    machine.curl("a) sleep 300 & echo $! > \"$ROOT/child\"; wait;;\nb) cp \"$ROOT/good\" \"$OUT\";;");
    let mut options = machine.options();
    options.patience.page = Duration::from_millis(400);
    let began = Instant::now();
    Store::open(&options)
        .obtain(&entry(vec![page("a"), page("b")]), &mut Unwatched)
        .unwrap();
    assert!(began.elapsed() < Duration::from_secs(60));
    assert_eq!(machine.log(), ["a", "b"]);
    assert!(is_gone(&machine.at("child")));
}

/// Whether the process whose number is in `file` has ended (or waits, dead, to be collected).
fn is_gone(file: &Path) -> bool {
    let number = fs::read_to_string(file).unwrap();
    for _ in 0..100 {
        match fs::read_to_string(format!("/proc/{}/stat", number.trim())) {
            Ok(stat) if !stat.contains(") Z ") => std::thread::sleep(Duration::from_millis(50)),
            _ => return true,
        }
    }
    false
}

#[test]
fn a_wrong_digest_is_refused_and_the_next_source_tried() {
    let machine = Machine::new();
    machine.curl("a) printf 'what was REGISTERED' > \"$OUT\";;\nb) cp \"$ROOT/good\" \"$OUT\";;");
    let mut notes = Notes::default();
    let path = machine
        .store()
        .obtain(&entry(vec![page("a"), page("b")]), &mut notes)
        .unwrap();
    assert_eq!(fs::read(path).unwrap(), CONTENT);
    assert!(
        notes.0.iter().any(|note| note.contains("the digest is wrong")),
        "{:?}",
        notes.0
    );
}

#[test]
fn a_file_of_which_only_sha_384_is_stated_is_held_to_that_and_a_plan_has_its_sha_256() {
    use sha2::Digest as _;
    let long: String = sha2::Sha384::digest(CONTENT)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let machine = Machine::new();
    machine.curl("a) printf 'what was REGISTERED' > \"$OUT\";;\nb) cp \"$ROOT/good\" \"$OUT\";;");
    let mut model = ModelRegistry::builtin()
        .unwrap()
        .get("yunet-n-640")
        .unwrap()
        .clone();
    model.entry = Entry {
        checksum: Checksum::Sha384(checked(&long)),
        ..entry(vec![page("a"), page("b")])
    };
    let mut notes = Notes::default();
    let choices = machine.store().obtain_models(&[&model], &mut notes).unwrap();
    assert!(
        notes.0.iter().any(|note| note.contains("the digest is wrong")),
        "{:?}",
        notes.0
    );
    assert_eq!(choices[0].sha256, digest(CONTENT).to_string());
    assert_eq!(
        choices[0].path,
        machine.at("cache/files").join(&long).join("thing.bin")
    );
    // Found again by the same digest, and known to be damaged by it.
    assert!(matches!(machine.store().stored(&model.entry), Stored::Good(_)));
    fs::write(&choices[0].path, b"what was REGISTERED").unwrap();
    assert!(matches!(machine.store().stored(&model.entry), Stored::Corrupt(_)));
    let mut options = machine.options();
    options.offline = true;
    let refused = Store::open(&options)
        .obtain(&model.entry, &mut Unwatched)
        .unwrap_err()
        .to_string();
    assert!(
        refused.contains(&format!("a file with SHA-384 {long}")),
        "{refused}"
    );
}

#[test]
fn when_all_sources_fail_each_is_listed_with_its_reason() {
    let machine = Machine::new();
    machine.curl("a) echo 'no such host' >&2; exit 6;;\nb) printf x > \"$OUT\";;");
    let pypi = Source::Pypi(PypiSource {
        package: checked("thing"),
        version: checked("1.0"),
        member: Some(checked("thing.bin")),
        wheel_sha256: None,
        wheel_for: None,
        download_bytes: None,
    });
    let error = machine
        .store()
        .obtain(&entry(vec![page("a"), page("b"), pypi]), &mut Unwatched)
        .unwrap_err();
    let text = error.to_string();
    for part in [
        "3 sources",
        "no such host",
        "example.org/a",
        "1 bytes arrived, 19 are registered",
        "PyPI package thing 1.0",
        "pip is not installed",
        digest(CONTENT).as_str(),
        "VSA_AUDIT_MODELS_DIR",
    ] {
        assert!(text.contains(part), "{part} is missing in: {text}");
    }
    assert!(machine.kept().is_empty(), "{:?}", machine.kept());
}

#[test]
fn a_good_file_is_neither_fetched_nor_written_again() {
    let machine = Machine::new();
    machine.curl("a) cp \"$ROOT/good\" \"$OUT\";;");
    let first = machine
        .store()
        .obtain(&entry(vec![page("a")]), &mut Unwatched)
        .unwrap();
    let before = first.metadata().unwrap();
    let second = machine
        .store()
        .obtain(&entry(vec![page("a")]), &mut Unwatched)
        .unwrap();
    let after = second.metadata().unwrap();
    assert_eq!(first, second);
    assert_eq!(
        (before.ino(), before.mtime_nsec()),
        (after.ino(), after.mtime_nsec())
    );
    assert_eq!(machine.log(), ["a"]);
}

#[test]
fn a_corrupt_stored_file_is_set_aside_said_and_replaced() {
    let machine = Machine::new();
    machine.curl("a) cp \"$ROOT/good\" \"$OUT\";;");
    let entry = entry(vec![page("a")]);
    let path = machine.store().obtain(&entry, &mut Unwatched).unwrap();
    fs::write(&path, b"what was reGistered").unwrap();
    assert!(matches!(machine.store().stored(&entry), Stored::Corrupt(_)));
    let mut notes = Notes::default();
    machine.store().obtain(&entry, &mut notes).unwrap();
    assert_eq!(fs::read(&path).unwrap(), CONTENT);
    assert!(
        notes.0.iter().any(|note| note.contains("set aside")),
        "{:?}",
        notes.0
    );
    let mut kept = machine.kept();
    kept.sort();
    assert_eq!(kept, ["thing.bin", "thing.bin.corrupt"]);
}

#[test]
fn a_corrupt_stored_file_keeps_no_final_name_even_when_nothing_replaces_it() {
    let machine = Machine::new();
    machine.curl("a) cp \"$ROOT/good\" \"$OUT\";;\nb) exit 1;;");
    let path = machine
        .store()
        .obtain(&entry(vec![page("a")]), &mut Unwatched)
        .unwrap();
    fs::write(&path, b"what was reGistered").unwrap();
    assert!(
        machine
            .store()
            .obtain(&entry(vec![page("b")]), &mut Unwatched)
            .is_err()
    );
    assert!(!path.exists());
}

#[test]
fn a_download_that_is_asked_to_stop_leaves_nothing() {
    let machine = Machine::new();
    machine.curl("a) printf half > \"$OUT\"; touch \"$ROOT/begun\"; sleep 300;;");
    let options = machine.options();
    let (stop, begun) = (Arc::clone(&options.stop), machine.at("begun"));
    let asking = std::thread::spawn(move || {
        while !begun.exists() {
            std::thread::sleep(Duration::from_millis(10));
        }
        stop.store(true, Ordering::Relaxed);
    });
    let result = Store::open(&options).obtain(&entry(vec![page("a"), page("b")]), &mut Unwatched);
    asking.join().unwrap();
    assert!(matches!(result, Err(SupplyError::Stopped { .. })));
    assert_eq!(machine.log(), ["a"]);
    assert!(machine.kept().is_empty(), "{:?}", machine.kept());
}

fn vsa_audit(machine: &Machine, arguments: &[&str]) -> Command {
    let mut command = Command::new(crate::shipped::program());
    command
        .args(arguments)
        .env_clear()
        .env("PATH", machine.at("bin"))
        .env("HOME", machine.at("home"));
    command
        .env("VSA_AUDIT_CACHE", machine.at("cache"))
        .stdin(Stdio::null());
    command
}

#[test]
fn a_killed_process_leaves_no_final_name_and_the_next_one_sweeps_after_it() {
    let machine = Machine::new();
    machine.curl("*) printf half > \"$OUT\"; echo $$ > \"$ROOT/child\"; exec sleep 60;;");
    let mut pulling = vsa_audit(&machine, &["models", "pull", "yunet-n-320"])
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while fs::read_to_string(machine.at("child"))
        .unwrap_or_default()
        .is_empty()
    {
        assert!(
            pulling.try_wait().unwrap().is_none(),
            "it ended before it fetched"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
    pulling.kill().unwrap();
    pulling.wait().unwrap();
    let left = machine.kept();
    assert!(
        !left
            .iter()
            .any(|name| name == "yunet-n-320.onnx" && machine.at("cache/files").join(name).exists())
    );
    let mut final_names = Vec::new();
    collect(&machine.at("cache/files"), &mut final_names);
    assert_eq!(final_names, [".lock"]);
    assert!(
        left.iter().any(|name| name == ".owner"),
        "the workplace of the killed process is still there"
    );
    let orphan = fs::read_to_string(machine.at("child")).unwrap();
    Command::new("/bin/sh")
        .args(["-c", "kill -KILL \"$1\"", "sh", orphan.trim()])
        .status()
        .unwrap();

    machine.curl("*) exit 22;;");
    let output = vsa_audit(&machine, &["models", "pull", "yunet-n-320"])
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(machine.kept().is_empty(), "{:?}", machine.kept());
}

#[test]
fn two_pulls_at_once_fetch_once_and_both_succeed() {
    let machine = Machine::new();
    machine.curl("a) printf 'what was ' > \"$OUT\"; sleep 1; printf 'registered' >> \"$OUT\";;");
    let pull = || {
        let store = machine.store();
        move || store.obtain(&entry(vec![page("a")]), &mut Unwatched).unwrap()
    };
    std::thread::scope(|scope| {
        let pulls = [scope.spawn(pull()), scope.spawn(pull()), scope.spawn(pull())];
        for one in pulls {
            assert_eq!(fs::read(one.join().unwrap()).unwrap(), CONTENT);
        }
    });
    assert_eq!(machine.log(), ["a"]);
}

#[test]
fn a_page_that_does_not_end_is_cut_off() {
    let machine = Machine::new();
    machine.curl("a) head -c 100000 /dev/zero > \"$OUT\"; sleep 300;;");
    let error = machine
        .store()
        .obtain(&entry(vec![page("a")]), &mut Unwatched)
        .unwrap_err();
    assert!(error.to_string().contains("more bytes arrived"), "{error}");
}

#[test]
fn a_full_disk_is_said_as_such_and_no_further_source_is_tried() {
    let machine = Machine::new();
    machine.curl("*) echo 'curl: (23) No space left on device' >&2; exit 23;;");
    let error = machine
        .store()
        .obtain(&entry(vec![page("a"), page("b")]), &mut Unwatched)
        .unwrap_err();
    assert!(
        matches!(error, SupplyError::DiskFull { needed: 38, .. }),
        "{error:?}"
    );
    assert_eq!(machine.log(), ["a"]);
}

#[test]
fn without_curl_wget_is_asked() {
    let machine = Machine::new();
    machine.program("wget", "echo wget >> \"$LOG\"; cp \"$ROOT/good\" \"$OUT\"");
    machine
        .store()
        .obtain(&entry(vec![page("a")]), &mut Unwatched)
        .unwrap();
    assert_eq!(machine.log(), ["wget"]);
}

fn tar_with(member: &str, content: &[u8]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(content.len() as u64);
    header.set_mode(0o644);
    builder.append_data(&mut header, member, content).unwrap();
    builder.into_inner().unwrap()
}

#[test]
fn a_wheel_is_downloaded_with_its_digest_and_its_member_taken_out() {
    let machine = Machine::new();
    let mut wheel = zip::ZipWriter::new(fs::File::create(machine.at("wheel")).unwrap());
    wheel
        .start_file("pack/thing.bin", zip::write::SimpleFileOptions::default())
        .unwrap();
    wheel.write_all(CONTENT).unwrap();
    wheel.finish().unwrap();
    machine.program(
        "python3",
        "case \"$ALL\" in *--version*) exit 0;; esac\n\
         echo \"$ALL\" >> \"$LOG\"; cat wanted.txt >> \"$LOG\"; cp \"$ROOT/wheel\" \"$OUT/thing-1.0-py3-none-any.whl\"",
    );
    let source = |member: &str| {
        Source::Pypi(PypiSource {
            package: checked("thing"),
            version: checked("1.0"),
            member: Some(checked(member)),
            wheel_sha256: Some(digest(b"wheel")),
            wheel_for: None,
            download_bytes: None,
        })
    };
    let path = machine
        .store()
        .obtain(
            &entry(vec![source("other"), source("pack/thing.bin")]),
            &mut Unwatched,
        )
        .unwrap();
    assert_eq!(fs::read(path).unwrap(), CONTENT);
    let log = machine.log();
    assert!(
        log[0].contains("--require-hashes") && log[0].contains("--only-binary :all:"),
        "{log:?}"
    );
    assert_eq!(log[1], format!("thing==1.0 --hash=sha256:{}", digest(b"wheel")));
}

#[test]
fn a_debian_package_is_downloaded_without_root_and_its_member_streamed() {
    let machine = Machine::new();
    fs::write(machine.at("tar"), tar_with("./usr/share/thing.bin", CONTENT)).unwrap();
    machine.program(
        "apt-get",
        "case \"$ALL\" in *update) echo update >> \"$LOG\"; touch \"$ROOT/cache/clients/apt/state/lists/one\";;\n\
         *'download thing') echo download >> \"$LOG\"; touch thing_1_all.deb;; *) exit 100;; esac",
    );
    machine.program("dpkg-deb", "cat \"$ROOT/tar\"");
    let source = Source::Debian(DebianSource {
        package: checked("thing"),
        member: checked("usr/share/thing.bin"),
        download_bytes: Some(5),
    });
    let entry = entry(vec![source]);
    let path = machine.store().obtain(&entry, &mut Unwatched).unwrap();
    assert_eq!(fs::read(&path).unwrap(), CONTENT);
    assert_eq!(machine.log(), ["update", "download"]);
    fs::remove_file(path).unwrap();
    machine.store().obtain(&entry, &mut Unwatched).unwrap();
    assert_eq!(
        machine.log(),
        ["update", "download", "download"],
        "lists that serve are not read again"
    );
}

#[test]
fn an_npm_package_is_packed_without_scripts_and_its_member_taken_out() {
    let machine = Machine::new();
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(&tar_with("package/lib/thing.bin", CONTENT)).unwrap();
    fs::write(machine.at("tgz"), gz.finish().unwrap()).unwrap();
    machine.program(
        "npm",
        "echo \"$ALL\" >> \"$LOG\"; cp \"$ROOT/tgz\" \"$OUT/scope-thing-1.0.0.tgz\"",
    );
    let source = Source::Npm(NpmSource {
        package: checked("@scope/thing"),
        version: checked("1.0.0"),
        member: checked("lib/thing.bin"),
        download_bytes: None,
    });
    let path = machine
        .store()
        .obtain(&entry(vec![source]), &mut Unwatched)
        .unwrap();
    assert_eq!(fs::read(path).unwrap(), CONTENT);
    let log = machine.log();
    assert!(
        log[0].contains("--ignore-scripts") && log[0].ends_with("@scope/thing@1.0.0"),
        "{log:?}"
    );
}

#[test]
fn a_file_already_on_the_machine_is_found_by_its_digest_whatever_its_name() {
    let machine = Machine::new();
    machine.curl("*) exit 1;;");
    fs::create_dir_all(machine.at("usb/models")).unwrap();
    fs::write(machine.at("usb/thing.bin"), b"WHAT WAS REGISTERED").unwrap();
    fs::write(machine.at("usb/models/renamed"), CONTENT).unwrap();
    let mut options = machine.options();
    options.local = vec![machine.at("nowhere"), machine.at("usb")];
    options.offline = true;
    let path = Store::open(&options)
        .obtain(&entry(vec![page("a")]), &mut Unwatched)
        .unwrap();
    assert_eq!(fs::read(path).unwrap(), CONTENT);
    assert!(machine.log().is_empty());
    assert!(machine.at("usb/models/renamed").exists(), "the user's file stays");
}

#[test]
fn offline_asks_no_client_and_says_what_to_bring() {
    let machine = Machine::new();
    machine.curl("a) cp \"$ROOT/good\" \"$OUT\";;");
    let mut options = machine.options();
    options.offline = true;
    let error = Store::open(&options)
        .obtain(&entry(vec![page("a")]), &mut Unwatched)
        .unwrap_err();
    assert!(matches!(error, SupplyError::Offline { .. }));
    assert!(error.to_string().contains(digest(CONTENT).as_str()));
    assert!(machine.log().is_empty());
}

/// Describes and keeps, as `models add` does.
fn add(
    own: &OwnModels,
    file: &Path,
    declared: &Declared,
    store: &Store,
    identify: impl Fn(&Path, Option<&Path>) -> Result<Identified, vsa_base::Reason>,
) -> Result<(ModelEntry, Option<String>), SupplyError> {
    let builtin = ModelRegistry::builtin().unwrap();
    let weights = weights_of(file, declared)?;
    let files = (file, weights.as_deref());
    let (model, note) = describe_own(files, declared, &builtin, identify)?;
    own.keep(&model, files, &builtin, store)?;
    Ok((model, note))
}

fn identified() -> Identified {
    use vsa_plan::{Family, Subject};
    Identified {
        family: Family::Yolox,
        subject: Subject::Person,
        input_size: (416, 416),
        person_class: 0,
        note: "YOLOX, raw cells".to_owned(),
    }
}

#[test]
fn an_added_model_is_recognised_kept_and_listed_with_the_built_in_ones() {
    let machine = Machine::new();
    let file = machine.at("YOLOX_s.onnx");
    fs::write(&file, CONTENT).unwrap();
    let (own, store) = (OwnModels::at(&machine.at("data")), machine.store());
    let builtin = ModelRegistry::builtin().unwrap();
    let declared = Declared {
        mean: Some([1.5, 2.25, -3.0]),
        ..Declared::default()
    };
    let (model, note) = add(&own, &file, &declared, &store, |_, _| Ok(identified())).unwrap();
    assert_eq!(note.as_deref(), Some("YOLOX, raw cells"));
    fs::remove_file(&file).unwrap();

    let merged = builtin.clone().with_own(own.read().unwrap()).unwrap();
    let again = merged.get("yolox-s").unwrap();
    assert_eq!(again, &model);
    let choice = store.obtain_models(&[again], &mut Unwatched).unwrap().remove(0);
    assert_eq!(
        (choice.name.as_str(), choice.input_size, choice.mean),
        ("yolox-s", (416, 416), declared.mean)
    );
    assert_eq!(fs::read(choice.path).unwrap(), CONTENT);

    // The same again changes nothing; another file under the name is refused; so is a built-in name.
    fs::write(&file, CONTENT).unwrap();
    add(&own, &file, &declared, &store, |_, _| Ok(identified())).unwrap();
    assert_eq!(own.read().unwrap().all().len(), 1);
    fs::write(&file, b"another").unwrap();
    let taken = add(&own, &file, &declared, &store, |_, _| Ok(identified())).unwrap_err();
    assert!(matches!(taken, SupplyError::NameTaken { .. }), "{taken}");
    // The name of a set as well: the model would be run in its place.
    for name in ["yolox-nano", "default", "core"] {
        let shadow = Declared {
            name: Some(name.to_owned()),
            ..Declared::default()
        };
        let shadowed = add(&own, &file, &shadow, &store, |_, _| Ok(identified())).unwrap_err();
        assert!(
            matches!(shadowed, SupplyError::ShadowsBuiltin { .. }),
            "{shadowed}"
        );
    }
    assert_eq!(own.read().unwrap().all().len(), 1);
}

#[test]
fn a_model_of_two_files_is_added_kept_and_obtained_with_both() {
    let machine = Machine::new();
    let (file, weights) = (machine.at("net.xml"), machine.at("net.bin"));
    fs::write(&file, b"<net/>").unwrap();
    let (own, store) = (OwnModels::at(&machine.at("data")), machine.store());
    let builtin = ModelRegistry::builtin().unwrap();
    let add = |declared: &Declared| {
        add(&own, &file, declared, &store, |_, weights: Option<&Path>| {
            assert!(
                weights.is_some(),
                "both files are shown to whoever tells what they are"
            );
            Ok(identified())
        })
    };
    let alone = add(&Declared::default()).unwrap_err().to_string();
    assert!(
        alone.contains("net.bin") && alone.contains("--weights"),
        "{alone}"
    );
    assert!(!machine.at("data/models.toml").exists());

    fs::write(&weights, CONTENT).unwrap();
    let (model, _) = add(&Declared::default()).unwrap();
    fs::remove_file(&weights).unwrap();
    let merged = builtin.clone().with_own(own.read().unwrap()).unwrap();
    let again = merged.get("net").unwrap();
    assert_eq!(again, &model);
    let choice = store.obtain_models(&[again], &mut Unwatched).unwrap().remove(0);
    let kept = choice.weights.unwrap();
    assert_eq!(fs::read(choice.path).unwrap(), b"<net/>");
    assert_eq!(
        (fs::read(&kept.path).unwrap(), kept.sha256),
        (CONTENT.to_vec(), String::from(digest(CONTENT)))
    );

    // Other weights are another model, also where the graph is the same.
    let other = machine.at("other.bin");
    fs::write(&other, b"others").unwrap();
    let declared = Declared {
        weights: Some(other),
        ..Declared::default()
    };
    let taken = add(&declared).unwrap_err();
    assert!(matches!(taken, SupplyError::NameTaken { .. }), "{taken}");
    // Without its weights the model is gone, and not half there.
    fs::remove_file(&kept.path).unwrap();
    let gone = store.obtain_models(&[again], &mut Unwatched).unwrap_err();
    assert!(matches!(gone, SupplyError::OwnModelGone { .. }), "{gone}");
}

#[test]
fn a_model_that_is_not_recognised_can_be_declared() {
    use vsa_plan::{Family, Subject};
    let machine = Machine::new();
    let file = machine.at("x.onnx");
    fs::write(&file, CONTENT).unwrap();
    let (own, store) = (OwnModels::at(&machine.at("data")), machine.store());
    let unknown = |_: &Path, _: Option<&Path>| Err(vsa_base::Reason::of("no known family has these outputs"));
    let error = add(&own, &file, &Declared::default(), &store, unknown)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("no known family") && error.contains("--family"),
        "{error}"
    );
    assert!(!machine.at("data/models.toml").exists());
    let declared = Declared {
        family: Some(Family::Yunet),
        subject: Some(Subject::Face),
        input_size: Some((320, 320)),
        ..Declared::default()
    };
    let (model, _) = add(&own, &file, &declared, &store, unknown).unwrap();
    assert_eq!(model.family, Family::Yunet);
    let impossible = Declared {
        std: Some([0.0, 1.0, 1.0]),
        ..declared
    };
    assert!(add(&own, &file, &impossible, &store, unknown).is_err());
}

#[test]
fn the_lists_are_readable_by_programs_and_verify_tells_damage() {
    let machine = Machine::new();
    let json = |arguments: &[&str]| -> serde_json::Value {
        let output = vsa_audit(&machine, arguments).output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let models = json(&["models", "list", "--format", "json"]);
    assert_eq!(models.as_array().unwrap().len(), 37);
    let not_run = |model: &&serde_json::Value| model["digest_sources"].is_u64();
    assert_eq!(models.as_array().unwrap().iter().filter(not_run).count(), 16);
    let shown = vsa_audit(&machine, &["models", "show", "person-detection-0203"])
        .output()
        .unwrap();
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("sha384           086b17b4"), "{shown}");
    assert!(
        shown.contains("run by us        no: its files could not be had"),
        "{shown}"
    );
    let out = machine.at("out");
    let used = [
        "audit",
        "clip.mp4",
        "--offline",
        "--models",
        "yolox-s-640",
        "--out",
        out.to_str().unwrap(),
    ];
    let used = String::from_utf8(vsa_audit(&machine, &used).output().unwrap().stderr).unwrap();
    assert!(
        used.contains("nobody of this project has run yolox-s-640"),
        "{used}"
    );
    assert!(used.contains("bring a file with SHA-256 c5c2d13e"), "{used}");
    let listed = vsa_audit(&machine, &["models", "list"]).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    let line = |name: &str| {
        listed
            .lines()
            .find(|line| line.starts_with(name))
            .unwrap()
            .to_owned()
    };
    assert!(line("yolox-s-640").ends_with("(not run by us)"), "{listed}");
    assert!(line("yolox-nano").ends_with("Apache-2.0"), "{listed}");
    assert_eq!(models[0]["state"], "absent");
    assert_eq!(
        json(&["samples", "list", "--format", "json"])[0]["name"],
        "pets09-s2l1"
    );

    let sha256 = models[0]["sha256"].as_str().unwrap();
    let shelf = machine.at("cache/files").join(sha256);
    fs::create_dir_all(&shelf).unwrap();
    fs::write(shelf.join("centerface.onnx"), b"damaged").unwrap();
    let output = vsa_audit(&machine, &["models", "verify"]).output().unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("damaged in the store: centerface"));
}
