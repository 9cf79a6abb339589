//! Where the program is that the tests run: one built as users build it, without dev-dependencies. Those may switch on
//! features of dependencies that nobody else gets, so the program that cargo builds beside the tests is never run.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Names a program that was built by `cargo build`. Where it is not set, it is built first.
const VARIABLE: &str = "VSA_AUDIT_TEST_PROGRAM";

/// The program.
pub(crate) fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| match std::env::var_os(VARIABLE) {
        Some(given) => checked(Path::new(&given)),
        None => built(),
    })
}

fn checked(given: &Path) -> PathBuf {
    let given = given.canonicalize().unwrap_or_else(|error| {
        panic!(
            "{VARIABLE} names {}: {error}. Unset it, or copy what `cargo build` made to there",
            given.display()
        )
    });
    let beside_the_tests = Path::new(env!("CARGO_BIN_EXE_vsa-audit"));
    assert!(
        !beside_the_tests.canonicalize().is_ok_and(|path| path == given),
        "{VARIABLE} names {}, which `cargo test` has just written, with the features of dev-dependencies: run `cargo build` \
         and copy the program to another place first, or unset it",
        given.display()
    );
    given
}

/// Builds it in the profile of the tests and into the same folder of libraries, so that only what differs is compiled, and
/// keeps a copy: the next `cargo test` writes the program beside the tests over it.
fn built() -> PathBuf {
    let beside_the_tests = Path::new(env!("CARGO_BIN_EXE_vsa-audit")).parent();
    let profile = match beside_the_tests.and_then(Path::file_name) {
        Some(name) if name != "debug" => name.to_string_lossy().into_owned(),
        _ => "dev".to_owned(),
    };
    let ours = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let target = ours.parent().expect("cargo's folder lies in that of the build");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["build", "--locked", "--package=vsa-audit", "--bin=vsa-audit"])
        .args([
            "--message-format=json",
            "--quiet",
            "--profile",
            &profile,
            "--target-dir",
        ])
        .arg(target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo can be started");
    let messages = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "`cargo build` fails, and the tests need its program:\n{messages}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let program = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .find_map(|message| Some(PathBuf::from(message["executable"].as_str()?)))
        .expect("cargo names the program that it built");
    // Under a name of its own first: another test may be running the one that is there.
    let (copy, part) = (
        ours.join("vsa-audit"),
        ours.join(format!("vsa-audit.{}", std::process::id())),
    );
    std::fs::copy(&program, &part).expect("the program can be copied");
    std::fs::rename(&part, &copy).expect("the copy can be named");
    copy
}
