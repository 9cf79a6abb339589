//! Attacks on the program as it ships, while it looks at footage, from beside it and from its own decoder: what it leaves, what
//! it can open, what others can read of it. Linux alone, as the sandbox.

#![expect(clippy::disallowed_methods, reason = "tests make their own inputs")]

use crate::program::{Run, names_in, pets_piece, program};
use crate::shipped;
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PASSPHRASE: &str = "known to nobody else";

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// An audit that takes long, of footage whose name is a secret; in `folder`, with no limit on core files.
fn long_audit(folder: &Path) -> Child {
    let piece = pets_piece(folder, 0, 60);
    let named = folder.join("of-a-secret-place.mkv");
    fs::rename(piece, &named).expect("renamed");
    let mut command = Command::new("sh");
    command
        .args(["-c", "ulimit -c unlimited && exec \"$0\" \"$@\""])
        .arg(shipped::program())
        .args([
            "audit",
            "--data-basis",
            "public",
            "--robustness=full",
            "--jobs",
            "1",
        ])
        .args([text(&named), "--out", text(&folder.join("out"))])
        .env("VSA_AUDIT_PASSPHRASE", PASSPHRASE)
        .current_dir(folder);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("the program starts")
}

/// Its decoder, once it runs.
fn decoder_of(parent: u32) -> PathBuf {
    let parent = parent.to_string();
    let began = Instant::now();
    while began.elapsed() < Duration::from_secs(60) {
        for entry in fs::read_dir("/proc").expect("processes").flatten() {
            let place = entry.path();
            let line = fs::read(place.join("cmdline")).unwrap_or_default();
            // Not one that lists packets or tells its version, and not before it has become ffmpeg.
            let decodes = String::from_utf8_lossy(&line).contains("\0rawvideo\0");
            if decodes && status(&place, "PPid:") == parent && status(&place, "State:") != "Z" {
                return place;
            }
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    panic!("no decoder was seen");
}

fn status(place: &Path, name: &str) -> String {
    let text = fs::read_to_string(place.join("status")).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(name));
    line.and_then(|line| line.split_whitespace().nth(1))
        .unwrap_or_default()
        .to_owned()
}

/// Whether this machine writes a core file into the folder where a program ends by a fault.
fn cores_are_written(folder: &Path) -> bool {
    let mut dying = Command::new("sh");
    dying.args(["-c", "ulimit -c unlimited && exec sh -c 'kill -ABRT $$'"]);
    drop(dying.current_dir(folder).output());
    names_in(folder).iter().any(|name| name.starts_with("core"))
}

#[test]
fn a_crash_while_it_looks_leaves_no_core_and_its_decoder_neither_tells_nor_gets_more_than_it_needs() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut audit = long_audit(folder.path());
    let decoder = decoder_of(audit.id());
    let line = fs::read(decoder.join("cmdline")).expect("a command line");
    let environment = fs::read(decoder.join("environ")).expect("an environment");
    let (filter, privileges) = (status(&decoder, "Seccomp:"), status(&decoder, "NoNewPrivs:"));
    let own = PathBuf::from(format!("/proc/{}", audit.id()));
    let of_audit = (status(&own, "Seccomp:"), status(&own, "NoNewPrivs:"));
    let limits = fs::read_to_string(own.join("limits")).expect("limits");
    let killed = Command::new("kill")
        .args(["-ABRT", &audit.id().to_string()])
        .status();
    assert!(killed.expect("kill").success());
    let ended = audit.wait().expect("an end");
    assert!(!ended.success());
    assert!(
        !String::from_utf8_lossy(&line).contains("secret-place"),
        "the path is on the command line"
    );
    let environment = String::from_utf8_lossy(&environment);
    assert!(
        !environment.contains(PASSPHRASE) && !environment.contains("HOME="),
        "{environment}"
    );
    assert_eq!((filter.as_str(), privileges.as_str()), ("2", "1"));
    assert_eq!((of_audit.0.as_str(), of_audit.1.as_str()), ("2", "1"));
    let core = limits.lines().find(|line| line.starts_with("Max core file size"));
    assert_eq!(
        core.and_then(|line| line.split_whitespace().nth(4)),
        Some("0"),
        "{limits}"
    );
    let left = names_in(folder.path());
    assert!(left.iter().all(|name| !name.starts_with("core")), "{left:?}");
    let elsewhere = tempfile::tempdir().expect("a folder");
    if !cores_are_written(elsewhere.path()) {
        use std::io::Write as _;
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED a_crash_while_it_looks_leaves_no_core: this machine writes core files to no folder"
        );
    }
}

/// A decoder that was taken over: it tries what an attacker would, tells of each success, and goes on as ffmpeg.
fn hostile_decoder(folder: &Path, secret: &Path, port: u16) -> PathBuf {
    let bin = folder.join("bin");
    fs::create_dir(&bin).expect("made");
    let (secret, beside) = (text(secret), text(folder));
    let script = format!(
        "#!/bin/bash\n\
         if [[ $* == *-i* ]]; then\n\
         echo '[error] RAN' >&2\n\
         (cat '{secret}' >/dev/null) 2>/dev/null && echo '[error] SECRET' >&2\n\
         (echo x >'{beside}/written') 2>/dev/null && echo '[error] WRITTEN' >&2\n\
         (echo x >'{beside}/out/written') 2>/dev/null && echo '[error] OUTPUT' >&2\n\
         (exec 3<>/dev/tcp/127.0.0.1/{port}) 2>/dev/null && echo '[error] CONNECTED' >&2\n\
         (rm '{secret}') 2>/dev/null && echo '[error] REMOVED' >&2\n\
         [[ -n $VSA_AUDIT_PASSPHRASE ]] && echo '[error] PASSPHRASE' >&2\n\
         (cat /proc/$PPID/environ >/dev/null) 2>/dev/null && echo '[error] PARENT' >&2\n\
         (kill -0 $PPID) 2>/dev/null && echo '[error] SIGNAL' >&2\n\
         fi\n\
         PATH=/usr/local/bin:/usr/bin:/bin exec ffmpeg \"$@\"\n"
    );
    let program = bin.join("ffmpeg");
    fs::write(&program, script).expect("written");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("set");
    bin
}

#[test]
fn a_decoder_that_was_taken_over_reads_writes_reaches_and_signals_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let piece = pets_piece(folder.path(), 300, 2);
    let elsewhere = tempfile::tempdir().expect("a folder");
    let secret = elsewhere.path().join("secret");
    fs::write(&secret, "a secret").expect("written");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("set");
    let port = listener.local_addr().expect("an address").port();
    let bin = hostile_decoder(folder.path(), &secret, port);
    let path = std::env::var("PATH").expect("a path");
    let out = folder.path().join("out");
    let mut command = program();
    command
        .env("PATH", format!("{}:{path}", bin.display()))
        .env("VSA_AUDIT_PASSPHRASE", PASSPHRASE)
        .args(["audit", "--data-basis", "public"])
        .args([text(&piece), "--out", text(&out)]);
    Run::of(&mut command).expect(0);
    let record = fs::read_to_string(out.join("record.json")).expect("a record");
    let record: serde_json::Value = serde_json::from_str(&record).expect("JSON");
    let faults = record["items"][0]["faults"].to_string();
    assert!(faults.contains("RAN"), "{faults}");
    for success in [
        "SECRET",
        "WRITTEN",
        "OUTPUT",
        "CONNECTED",
        "REMOVED",
        "PASSPHRASE",
        "PARENT",
        "SIGNAL",
    ] {
        assert!(!faults.contains(success), "{success}: {faults}");
    }
    assert!(listener.accept().is_err(), "somebody connected");
    assert!(secret.exists() && !out.join("written").exists() && !folder.path().join("written").exists());
}

#[test]
fn playlists_read_no_other_file_and_no_address() {
    let folder = tempfile::tempdir().expect("a folder");
    let piece = pets_piece(folder.path(), 300, 2);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("set");
    let port = listener.local_addr().expect("an address").port();
    for (name, playlist) in [
        (
            "files.mp4",
            format!("ffconcat version 1.0\nfile '{}'\n", piece.display()),
        ),
        (
            "hls.mp4",
            format!(
                "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{}\n#EXT-X-ENDLIST\n",
                piece.display()
            ),
        ),
        (
            "address.mp4",
            format!(
                "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:{port}/a.ts\n#EXT-X-ENDLIST\n"
            ),
        ),
    ] {
        let crafted = folder.path().join(name);
        fs::write(&crafted, playlist).expect("written");
        let out = folder.path().join("out");
        let mut command = program();
        command.args([
            "audit",
            "--data-basis",
            "public",
            text(&crafted),
            "--out",
            text(&out),
        ]);
        Run::of(&mut command).expect(3);
        assert!(!out.exists(), "{name}");
    }
    assert!(listener.accept().is_err(), "somebody connected");
}

/// Starts the program as a kernel without Landlock would: that is what such a kernel answers.
fn without_landlock(mut command: Command) -> Run {
    let rules = [libc::SYS_landlock_create_ruleset].map(|call| (call, Vec::new()));
    let unknown = SeccompAction::Errno(libc::ENOSYS.unsigned_abs());
    let arch = std::env::consts::ARCH.try_into().expect("a known processor");
    let filter = SeccompFilter::new(rules.into(), SeccompAction::Allow, unknown, arch).expect("a filter");
    let filter: BpfProgram = filter.try_into().expect("a program");
    // A filter holds a thread and what it starts.
    let output = std::thread::spawn(move || {
        seccompiler::apply_filter(&filter).expect("a filter is taken");
        command.output().expect("the program starts")
    });
    Run::from(&output.join().expect("no panic"))
}

fn confinement(out: &Path) -> serde_json::Value {
    let run = fs::read(out.join("run.json")).expect("run.json");
    let run: serde_json::Value = serde_json::from_slice(&run).expect("JSON");
    run["confinement"].clone()
}

#[test]
fn what_is_enforced_is_in_the_record_of_the_run_and_a_kernel_that_cannot_is_named_or_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let piece = pets_piece(folder.path(), 300, 2);
    let audit = |out: &Path, more: &[&str]| {
        let mut command = program();
        command.args(["audit", "--data-basis", "public"]).args(more);
        command.args([text(&piece), "--out", text(out)]);
        command
    };
    let (with, without, refused) = (
        folder.path().join("with"),
        folder.path().join("without"),
        folder.path().join("refused"),
    );
    let run = Run::of(&mut audit(&with, &["--require-sandbox"])).expect(0);
    assert!(!run.stderr.contains("sandbox"), "{}", run.stderr);
    let held = confinement(&with);
    for promise in [
        "no_core_file",
        "not_inspectable",
        "no_new_privileges",
        "calls_refused",
        "decoder_calls_refused",
        "decoder_limited",
    ] {
        assert_eq!(held[promise].as_bool(), Some(true), "{promise}: {held}");
    }
    assert_eq!(
        (held["files"].as_str(), held["decoder_files"].as_str()),
        (Some("enforced"), Some("enforced"))
    );
    assert_eq!(held["threads_outside"].as_u64(), Some(0));

    let run = without_landlock(audit(&refused, &["--require-sandbox"])).expect(7);
    assert!(
        run.stderr.contains("Landlock") && run.stderr.contains("no footage was opened"),
        "{}",
        run.stderr
    );
    assert!(!refused.exists());

    let run = without_landlock(audit(&without, &[])).expect(0);
    assert!(
        run.stderr.contains("does not enforce all of the sandbox"),
        "{}",
        run.stderr
    );
    let held = confinement(&without);
    assert_eq!(
        (held["files"].as_str(), held["decoder_files"].as_str()),
        (Some("not_enforced"), Some("not_enforced"))
    );
    assert_eq!(held["calls_refused"].as_bool(), Some(true));
    // The reports say it, and say it again when they are drawn from the folder alone, which a seal holds them to.
    let page = |folder: &Path| fs::read_to_string(folder.join("report.html")).expect("a page");
    let (not_held, alone) = (
        "The operating system did not hold the program to this: it opens the footage",
        "it is the program alone that kept pictures in its memory",
    );
    assert!(!page(&with).contains(not_held) && !page(&with).contains(alone));
    assert!(page(&without).contains(not_held) && page(&without).contains(alone));
    for made in [&with, &without] {
        let again = made.with_extension("again");
        Run::of(program().args(["render", text(made), "--out", text(&again)])).expect(0);
        for name in ["report.json", "report.html", "report.pdf"] {
            assert!(
                fs::read(made.join(name)).expect("a report") == fs::read(again.join(name)).expect("a report"),
                "{name}"
            );
        }
    }
    // The record of the footage is the same: what a kernel enforces changes no number.
    assert_eq!(
        fs::read(with.join("record.json")).expect("a record"),
        fs::read(without.join("record.json")).expect("a record")
    );
}
