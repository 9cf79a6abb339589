//! Programs that must not compile. Each file in `tests/boundary/` tries to carry something out of the room; its first
//! line says with which error the compiler has to refuse it. One control program has to compile, so that the others
//! cannot fail for a reason that has nothing to do with the boundary.

use std::path::{Path, PathBuf};
use std::process::Command;

fn folder_of_libraries() -> PathBuf {
    let program = std::env::current_exe().expect("this test is a file");
    program.parent().expect("it lies in a folder").to_owned()
}

/// The crates that the programs name: what anybody can depend on who has this house.
const CRATES: [&str; 4] = ["vsa_base", "vsa_plan", "vsa_record", "vsa_room"];

/// The library of a crate that this test was linked with: the one built last.
fn library(name_of: &str) -> PathBuf {
    let mut found: Vec<_> = std::fs::read_dir(folder_of_libraries())
        .expect("the folder of libraries can be listed")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            name.starts_with(&format!("lib{name_of}-")) && name.ends_with(".rlib")
        })
        .map(|path| (path.metadata().and_then(|m| m.modified()).expect("a date"), path))
        .collect();
    found.sort();
    found.pop().expect("the library was built before this test").1
}

fn compile(program: &Path) -> (bool, String) {
    let out = tempfile::tempdir().expect("a temporary folder");
    let output = Command::new(std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned()))
        .args([
            "--edition=2024",
            "--crate-type=bin",
            "--emit=metadata",
            "--error-format=short",
            "-Awarnings",
        ])
        .arg("-L")
        .arg(format!("dependency={}", folder_of_libraries().display()))
        .args(CRATES.map(|name| format!("--extern={name}={}", library(name).display())))
        .arg("--out-dir")
        .arg(out.path())
        .arg(program)
        .output()
        .expect("rustc can be started");
    (
        output.status.success(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

#[test]
fn what_may_be_used_outside_the_room_compiles() {
    let (compiled, messages) = compile(Path::new("tests/boundary/allowed.rs"));
    assert!(compiled, "{messages}");
}

#[test]
fn every_attempt_to_carry_something_out_is_refused_by_the_compiler() {
    let mut attempts: Vec<_> = std::fs::read_dir("tests/boundary")
        .expect("the attempts can be listed")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .filter(|path| path.file_name().is_some_and(|name| name != "allowed.rs"))
        .collect();
    attempts.sort();
    assert!(attempts.len() >= 16, "only {} attempts found", attempts.len());
    for attempt in attempts {
        let text = std::fs::read_to_string(&attempt).expect("readable");
        let first = text.lines().next().unwrap_or_default();
        let (code, words) = first
            .strip_prefix("//~ ")
            .and_then(|rest| rest.split_once(": "))
            .unwrap_or_else(|| {
                panic!(
                    "{}: the first line has to be `//~ CODE: words`",
                    attempt.display()
                )
            });
        let (compiled, messages) = compile(&attempt);
        assert!(!compiled, "{}: it compiled", attempt.display());
        let named = messages.contains(&format!("error[{code}]")) && messages.contains(words);
        assert!(
            named,
            "{}: refused for another reason:\n{messages}",
            attempt.display()
        );
        let errors = messages.matches("error[").count();
        assert_eq!(
            errors,
            1,
            "{}: more than one error:\n{messages}",
            attempt.display()
        );
    }
}
