//! Programs that must not compile. Each file in `tests/boundary/` tries to carry something out of the room; its first
//! line says with which error the compiler has to refuse it. One control program has to compile, so that the others
//! cannot fail for a reason that has nothing to do with the boundary.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// The crates that the programs name: what anybody can depend on who has this house.
const CRATES: [&str; 4] = ["vsa_base", "vsa_plan", "vsa_record", "vsa_room"];

/// The library of each, as the program that ships is linked with it. Cargo is asked: others lie beside them, built with the
/// features of benchmarks, which open doors that ship to nobody.
static LIBRARIES: LazyLock<Vec<(String, PathBuf)>> = LazyLock::new(|| {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args([
            "build",
            "--offline",
            "--locked",
            "--package=vsa-audit",
            "--lib",
            "--message-format=json",
        ])
        .output()
        .expect("cargo can be started");
    let printed = String::from_utf8_lossy(&output.stdout);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    let messages = printed
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a message of cargo's"));
    let mut found = Vec::new();
    for message in messages {
        let name = message["target"]["name"].as_str().unwrap_or_default();
        if CRATES.contains(&name) {
            let file = message["filenames"][0].as_str().expect("its library");
            found.push((name.to_owned(), PathBuf::from(file)));
        }
    }
    assert_eq!(found.len(), CRATES.len(), "{found:?}");
    found
});

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
        .args(LIBRARIES.iter().flat_map(|(name, file)| {
            let beside = format!("-Ldependency={}", file.with_file_name("").display());
            let itself = format!("--extern={name}={}", file.display());
            [beside, itself]
        }))
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
