//! The seal as people use it, held to other programs: stock minisign and openssl check ours, and ours checks theirs.
//! Bundles here are sealed by the program itself, over a real run on a few frames of the sample.

#![expect(clippy::disallowed_methods, reason = "tests make their own inputs")]

use crate::authority::{Authority, is_absent, openssl};
use crate::program::{Run, names_in, pets_piece, program};
use base64::Engine as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use vsa_custody::bundle::Bundle;
use vsa_custody::log::{self, Log};
use vsa_custody::manifest::{self, Entry};

const PASSPHRASE: &str = "a passphrase with spaces";

fn vsa(arguments: &[&str]) -> Command {
    let mut command = program();
    command.env("VSA_AUDIT_PASSPHRASE", PASSPHRASE).args(arguments);
    command
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// A folder with a key pair and a bundle of a real run.
struct Case {
    folder: tempfile::TempDir,
}

impl Case {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn with_key() -> Self {
        let case = Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        };
        Run::of(&mut vsa(&["key", "generate", "--out", text(&case.path("k"))])).expect(0);
        case
    }

    fn audited() -> Self {
        let case = Self::with_key();
        let piece = pets_piece(case.folder.path(), 300, 2);
        fs::rename(&piece, case.path("piece.mkv")).expect("renamed");
        fs::write(
            case.path("case.toml"),
            "exhibit = \"A-17\"\noperator = \"M. Expert\"\nquestion = \"Who could be recognised?\"\n",
        )
        .expect("written");
        let mut command = vsa(&["audit", "--data-basis", "public"]);
        command
            .arg(case.path("piece.mkv"))
            .arg("--out")
            .arg(case.path("out"));
        Run::of(command.arg("--case").arg(case.path("case.toml"))).expect(0);
        case
    }

    /// With a bundle of the test vectors, which the owner of `theirs.pub` sealed.
    fn of_vector(name: &str) -> Self {
        let case = Self::with_key();
        let vector = vsa_test_data::vector::all().remove(name).expect("a vector");
        fs::create_dir(case.path("out")).expect("made");
        for (name, bytes) in vector.files() {
            fs::write(case.path("out").join(name), bytes).expect("written");
        }
        fs::write(case.path("theirs.pub"), vector.key).expect("written");
        case
    }

    /// Whether the bundle of a vector is still what its owner sealed, years after every clock of these tests.
    fn is_still_theirs(&self) -> bool {
        let (out, key) = (self.path("out"), self.path("theirs.pub"));
        let arguments = ["verify", text(&out), "--key", text(&key), "--date", "2099-01-01"];
        Run::of(&mut vsa(&arguments)).code == 0
    }

    fn bundle(&self) -> Bundle {
        Bundle::read(&self.path("out")).expect("a folder")
    }

    fn seal(&self, more: &[&str]) -> Run {
        let out = self.path("out");
        let mut arguments = vec!["seal", text(&out)];
        arguments.extend(more);
        Run::of(&mut vsa(&arguments))
    }

    fn verify(&self, more: &[&str]) -> Run {
        let (out, key) = (self.path("out"), self.path("k.pub"));
        let mut arguments = vec!["verify", text(&out), "--key", text(&key)];
        arguments.extend(more);
        Run::of(&mut vsa(&arguments))
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path("out").join(name)).expect("a result")
    }
}

#[test]
fn a_run_is_sealed_verified_reproduced_and_rendered_again() {
    let case = Case::audited();
    let out = case.path("out");
    let page = String::from_utf8(case.read("report.html")).expect("text");
    assert!(page.contains("A-17") && page.contains("M. Expert") && page.contains("Who could be recognised?"));
    let log = String::from_utf8(case.read("custody.jsonl")).expect("text");
    let actions: Vec<_> = ["acquired", "verified", "processed", "rendered"].into();
    assert_eq!(log.lines().count(), 4);
    for (line, action) in log.lines().zip(actions) {
        assert!(
            line.contains(&format!("\"action\":\"{action}\"")) && line.contains("M. Expert, with vsa-audit"),
            "{line}"
        );
    }
    // Not sealed yet: that is not a pass.
    case.verify(&[]).expect(8);
    let key = case.path("k");
    case.seal(&["--key", text(&key)]).expect(0);
    let verified = case.verify(&[]).expect(0);
    assert!(verified.stdout.contains("VERIFIED"), "{}", verified.stdout);
    let json = case.verify(&["--format", "json"]).expect(0);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(
        (json["holds"].as_bool(), json["checks"].as_array().map(Vec::len)),
        (Some(true), Some(12))
    );
    case.verify(&["--date", "2020-01-01"]).expect(8);
    case.verify(&["--date", "never"]).expect(2);

    let proof = case.path("proof.json");
    let record = out.join("record.json");
    Run::of(&mut vsa(&[
        "prove",
        text(&out),
        "record.json",
        "--out",
        text(&proof),
    ]))
    .expect(0);
    let public = case.path("k.pub");
    let check = |file: &Path| {
        Run::of(&mut vsa(&[
            "verify",
            text(file),
            "--proof",
            text(&proof),
            "--key",
            text(&public),
        ]))
    };
    check(&record).expect(0);
    check(&out.join("report.json")).expect(8);

    let piece = case.path("piece.mkv");
    let arguments = ["reproduce", text(&out), "--footage", text(&piece), "--jobs", "1"];
    let again = Run::of(&mut vsa(&arguments)).expect(0);
    assert!(again.stdout.contains("IDENTICAL"), "{}", again.stdout);
    let other = pets_piece(case.folder.path(), 500, 2);
    let arguments = ["reproduce", text(&out), "--footage", text(&other)];
    let again = Run::of(&mut vsa(&arguments)).expect(8);
    assert!(
        again.stdout.contains("likely cause: other footage") && again.stdout.contains("items[0].sha256"),
        "{}",
        again.stdout
    );

    let anew = case.path("anew");
    Run::of(&mut vsa(&["render", text(&out), "--out", text(&anew)])).expect(0);
    assert_eq!(names_in(&anew), ["report.html", "report.json", "report.pdf"]);
    for name in names_in(&anew) {
        assert!(
            fs::read(anew.join(&name)).expect("a report") == case.read(&name),
            "{name} differs"
        );
    }
    Run::of(&mut vsa(&[
        "render",
        text(&out),
        "--out",
        text(&out),
        "--overwrite",
    ]))
    .expect(2);

    let below = out.join("sub");
    let refused = Run::of(&mut vsa(&["render", text(&out), "--out", text(&below)])).expect(6);
    assert!(refused.stderr.contains("is sealed"), "{}", refused.stderr);
    case.verify(&[]).expect(0);

    fs::write(out.join("report.html"), page.replace("A-17", "A-18")).expect("written");
    let failed = case.verify(&[]).expect(8);
    assert!(
        failed.stdout.contains("report.html was changed"),
        "{}",
        failed.stdout
    );
    let refused = case.seal(&["--key", text(&key)]).expect(8);
    assert!(
        refused.stderr.contains("report.html was changed"),
        "{}",
        refused.stderr
    );
}

#[test]
fn no_command_writes_into_a_sealed_folder_or_below_it() {
    let case = Case::of_vector("sound-sealed");
    let before = case.bundle();
    let claims = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/claims/minimal.toml");
    let (out, claims) = (case.path("out"), text(&claims));
    let inside = out.join("new");
    let (sealed, inside) = (text(&out), text(&inside));
    for arguments in [
        &["key", "generate", "--out", inside][..],
        &["prove", sealed, "record.json", "--out", inside],
        &["claims", "test", "--claims", claims, "--out", inside],
        &[
            "claims",
            "test",
            "--claims",
            claims,
            "--out",
            sealed,
            "--overwrite",
        ],
        &["evaluate", "--truth", "t", "--detections", "d", "--out", inside],
        &[
            "evaluate",
            "--truth",
            "t",
            "--detections",
            "d",
            "--out",
            sealed,
            "--overwrite",
        ],
        &[
            "compare",
            "a",
            "b",
            "--truth",
            "t",
            "--out",
            sealed,
            "--overwrite",
        ],
        &["demo", "--offline", "--out", sealed],
    ] {
        let refused = Run::of(&mut vsa(arguments)).expect(6);
        let says = refused.stderr.contains("is sealed") && refused.stderr.contains("a place outside");
        assert!(says, "{arguments:?}: {}", refused.stderr);
        assert!(case.bundle() == before, "{arguments:?} changed the folder");
    }
    assert!(case.is_still_theirs());
    let beside = case.path("out-verdicts");
    let arguments = ["claims", "test", "--claims", claims, "--out", text(&beside)];
    Run::of(&mut vsa(&arguments)).expect(0);
    case.seal(&["--key", text(&case.path("k"))]).expect(0);
    case.verify(&[]).expect(0);
}

/// A file system that is full: a file can be made, and nothing can be written to it.
#[cfg(unix)]
#[test]
fn a_seal_that_cannot_be_written_leaves_the_earlier_one_and_its_time_stamp() {
    let case = Case::of_vector("sound-with-a-time-stamp");
    let before = case.bundle();
    let (out, key) = (case.path("out"), case.path("k"));
    for arguments in [
        &["seal", text(&out), "--key", text(&key)][..],
        &["seal", text(&out), "--timestamp-request"],
    ] {
        let mut full = Command::new("sh");
        full.args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$@\"", "sh"])
            .arg(program().get_program())
            .args(arguments)
            .env("VSA_AUDIT_PASSPHRASE", PASSPHRASE);
        Run::of(&mut full).expect(6);
        assert!(case.bundle() == before, "{arguments:?} changed the folder");
    }
    assert!(case.is_still_theirs());
}

#[test]
fn whoever_seals_or_asks_again_is_told_that_the_earlier_time_stamp_goes() {
    let answer = "manifest.dsse.json.tsr";
    let owner = Case::with_key();
    let key = owner.path("k");
    for (more, earlier) in [
        (&["--key", text(&key)][..], "earlier seal"),
        (&["--timestamp-request"][..], "earlier request"),
    ] {
        let case = Case::of_vector("sound-with-a-time-stamp");
        let told = case.seal(more).expect(0);
        let warnings: Vec<&str> = told
            .stderr
            .lines()
            .filter(|line| line.contains("warning: the time stamp"))
            .collect();
        assert_eq!(warnings.len(), 1, "{}", told.stderr);
        assert!(
            warnings[0].contains(answer) && warnings[0].contains(earlier),
            "{warnings:?}"
        );
        assert!(!case.path("out").join(answer).exists());
        let again = case.seal(more).expect(0);
        assert!(
            !again.stderr.contains("warning: the time stamp"),
            "{}",
            again.stderr
        );
    }
}

#[test]
fn an_answer_that_verify_would_refuse_for_its_date_is_not_taken_in() {
    // Sealed in 2090, by its log; stamped when the vectors were made.
    let case = Case::of_vector("stamp-before-the-seal");
    let (kept, answer) = (
        case.path("out").join("manifest.dsse.json.tsr"),
        case.path("answer.tsr"),
    );
    fs::rename(&kept, &answer).expect("moved");
    let take = || case.seal(&["--timestamp-response", text(&answer)]).expect(8);
    let refused = take();
    assert!(
        refused.stderr.contains("before the bundle was sealed"),
        "{}",
        refused.stderr
    );
    assert!(!kept.exists());
    fs::write(&kept, "an answer that was there").expect("written");
    take();
    assert_eq!(fs::read(&kept).expect("kept"), b"an answer that was there");
}

#[test]
fn keys_are_private_never_overwritten_and_need_their_passphrase() {
    let case = Case::with_key();
    let key = case.path("k");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&key).expect("a key").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    Run::of(&mut vsa(&["key", "generate", "--out", text(&key)])).expect(2);
    let public = fs::read_to_string(case.path("k.pub")).expect("a key");
    let shown = Run::of(&mut vsa(&["key", "show", text(&case.path("k.pub"))])).expect(0);
    assert_eq!(shown.stdout, public);
    let of_public = Run::of(&mut vsa(&["key", "fingerprint", text(&case.path("k.pub"))])).expect(0);
    let of_secret = Run::of(&mut vsa(&["key", "fingerprint", text(&key)])).expect(0);
    assert_eq!(of_public.stdout, of_secret.stdout);
    let mut wrong = vsa(&["key", "fingerprint", text(&key)]);
    let wrong = Run::of(wrong.env("VSA_AUDIT_PASSPHRASE", "another")).expect(2);
    assert!(wrong.stderr.contains("passphrase is wrong"), "{}", wrong.stderr);
    let empty = case.path("empty");
    let mut empty = vsa(&["key", "generate", "--out", text(&empty)]);
    Run::of(empty.env("VSA_AUDIT_PASSPHRASE", "")).expect(2);
}

#[test]
fn a_short_passphrase_is_refused_unless_it_is_asked_for_and_a_key_is_written_whole_or_not_at_all() {
    let case = Case {
        folder: tempfile::tempdir().expect("a temporary folder"),
    };
    let generate = |name: &str, passphrase: &str, more: &[&str]| {
        let out = case.path(name);
        let mut command = vsa(&["key", "generate", "--out", text(&out)]);
        Run::of(command.args(more).env("VSA_AUDIT_PASSPHRASE", passphrase))
    };
    for short in ["x", "eleven char"] {
        let refused = generate("k", short, &[]).expect(2);
        assert!(refused.stderr.contains("--weak-passphrase"), "{}", refused.stderr);
    }
    assert_eq!(names_in(case.folder.path()), Vec::<String>::new());
    generate("weak", "x", &["--weak-passphrase"]).expect(0);
    // Twelve letters of two bytes each, or eleven: characters are counted.
    generate("twelve", "éééééééééééé", &[]).expect(0);
    generate("k", "ééééééééééé", &[]).expect(2);
    let before = names_in(case.folder.path());
    // The secret key's name can be given, that of its public half is too long for any file.
    let longest = "k".repeat(253);
    generate(&longest, PASSPHRASE, &[]).expect(6);
    assert_eq!(names_in(case.folder.path()), before);
}

/// Refits log and manifest to a report that was edited, as anybody can who has no key.
fn refitted(case: &Case, edited: &[u8]) {
    let name = "report.html";
    let digest = vsa_audit::base::digest::of_bytes(edited);
    let mut log = Log::default();
    for mut entry in log::read(&case.read(log::FILE)).expect("a log") {
        if let Some(listed) = entry.digests.get_mut("output/report.html") {
            listed.clone_from(&digest);
        }
        log.add(entry.action, &entry.time, &entry.actor, entry.digests)
            .expect("a line");
    }
    let manifest = manifest::read(&case.read(manifest::FILE)).expect("a manifest");
    let manifest = manifest
        .with_output(Entry::output(name, edited))
        .with_output(Entry::output(log::FILE, log.as_bytes()));
    fs::write(case.path("out").join(name), edited).expect("written");
    fs::write(case.path("out").join(log::FILE), log.as_bytes()).expect("written");
    let bytes = manifest.to_bytes().expect("JSON");
    fs::write(case.path("out").join(manifest::FILE), bytes).expect("written");
}

#[test]
fn a_report_that_was_edited_before_the_seal_is_refused_though_log_and_manifest_agree_with_it() {
    let case = Case::audited();
    let key = case.path("k");
    let page = String::from_utf8(case.read("report.html")).expect("text");
    let edited = page.replacen("A-17", "A-18", 1);
    assert_ne!(page, edited);
    refitted(&case, edited.as_bytes());
    let before = case.bundle();
    let refused = case.seal(&["--key", text(&key)]).expect(8);
    assert!(
        refused.stderr.contains("report.html is not what"),
        "{}",
        refused.stderr
    );
    assert_eq!(case.bundle(), before);
    // What the record gives is sealed again.
    refitted(&case, page.as_bytes());
    let sealed = case.seal(&["--key", text(&key)]).expect(0);
    assert!(!sealed.stderr.contains("sealed as they are"), "{}", sealed.stderr);
    case.verify(&[]).expect(0);
}

#[test]
fn stock_minisign_and_openssl_check_our_seal() {
    let test = "stock_minisign_and_openssl_check_our_seal";
    if is_absent("minisign", test) || is_absent("openssl", test) {
        return;
    }
    let case = Case::audited();
    case.seal(&["--key", text(&case.path("k"))]).expect(0);
    let manifest = case.path("out").join("manifest.json");
    let minisign = |key: &Path| {
        let output = Command::new("minisign")
            .args(["-V", "-p", text(key), "-m", text(&manifest)])
            .output();
        output.expect("minisign runs").status.success()
    };
    assert!(minisign(&case.path("k.pub")));
    Run::of(&mut vsa(&["key", "generate", "--out", text(&case.path("other"))])).expect(0);
    assert!(!minisign(&case.path("other.pub")));

    // The envelope, with nothing of ours: the bytes that DSSE signs, put together here.
    let envelope: serde_json::Value = serde_json::from_slice(&case.read("manifest.dsse.json")).expect("JSON");
    let decode = |value: &serde_json::Value| {
        base64::engine::general_purpose::STANDARD
            .decode(value.as_str().expect("text"))
            .expect("base64")
    };
    let payload = decode(&envelope["payload"]);
    let kind = envelope["payloadType"].as_str().expect("text");
    let mut signed = format!("DSSEv1 {} {kind} {} ", kind.len(), payload.len()).into_bytes();
    signed.extend(&payload);
    let pem = Run::of(&mut vsa(&[
        "key",
        "show",
        text(&case.path("k.pub")),
        "--format",
        "pem",
    ]))
    .expect(0);
    for (name, bytes) in [
        ("signed", &signed),
        ("signature", &decode(&envelope["signatures"][0]["sig"])),
        ("pem", &pem.stdout.into_bytes()),
    ] {
        fs::write(case.path(name), bytes).expect("written");
    }
    let check = [
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        "pem",
        "-rawin",
        "-in",
        "signed",
        "-sigfile",
        "signature",
    ];
    assert!(openssl(case.folder.path(), &check).status.success());
    signed[30] ^= 1;
    fs::write(case.path("signed"), signed).expect("written");
    assert!(!openssl(case.folder.path(), &check).status.success());

    let manifest: serde_json::Value = serde_json::from_slice(&case.read("manifest.json")).expect("JSON");
    for entry in manifest["entries"].as_array().expect("entries") {
        if entry["role"] == "output" {
            let path = case.path("out").join(entry["name"].as_str().expect("a name"));
            let output = openssl(case.folder.path(), &["dgst", "-sha256", "-r", text(&path)]);
            let digest = String::from_utf8(output.stdout).expect("text");
            assert!(
                digest.starts_with(entry["sha256"].as_str().expect("a digest")),
                "{entry}"
            );
        }
    }
}

#[test]
fn we_seal_with_keys_of_stock_minisign_and_it_signs_with_ours() {
    let test = "we_seal_with_keys_of_stock_minisign_and_it_signs_with_ours";
    if is_absent("minisign", test) {
        return;
    }
    let case = Case::with_key();
    let pty = |script: &str| {
        // minisign asks on standard input where there is no terminal.
        let output = Command::new("sh")
            .arg("-c")
            .arg(script)
            .current_dir(case.folder.path())
            .output()
            .expect("sh runs");
        assert!(
            output.status.success(),
            "{script}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    };
    // Theirs, with and without a passphrase: ours reads them.
    pty(&format!(
        "printf '{PASSPHRASE}\\n{PASSPHRASE}\\n' | minisign -G -p theirs.pub -s theirs"
    ));
    pty("minisign -G -W -p plain.pub -s plain");
    for name in ["theirs", "plain"] {
        let secret = Run::of(&mut vsa(&["key", "fingerprint", text(&case.path(name))])).expect(0);
        let public = Run::of(&mut vsa(&[
            "key",
            "fingerprint",
            text(&case.path(&format!("{name}.pub"))),
        ]))
        .expect(0);
        assert_eq!(secret.stdout, public.stdout, "{name}");
    }
    // Ours: theirs signs with it, and both accept the signature.
    fs::write(case.path("file"), "content").expect("written");
    pty(&format!(
        "printf '{PASSPHRASE}\\n' | minisign -S -s k -m file -t 'said by minisign'"
    ));
    pty("minisign -V -p k.pub -m file");
    let read = |name: &str| fs::read_to_string(case.path(name)).expect("text");
    let signature = vsa_custody::signature::Detached::parse(&read("file.minisig")).expect("a signature");
    let key = vsa_custody::key::PublicKey::parse(&read("k.pub")).expect("a key");
    signature.check(&key, b"content").expect("it holds");
    assert_eq!(signature.comment, "said by minisign");
    assert!(signature.check(&key, b"Content").is_err());
}

#[test]
fn time_stamps_of_openssl_are_taken_in_and_openssl_checks_them_too() {
    let test = "time_stamps_of_openssl_are_taken_in_and_openssl_checks_them_too";
    if is_absent("openssl", test) {
        return;
    }
    let case = Case::audited();
    let early = case.seal(&["--timestamp-request"]).expect(2);
    assert!(early.stderr.contains("not sealed yet"), "{}", early.stderr);
    case.seal(&["--key", text(&case.path("k")), "--timestamp-request"])
        .expect(0);
    let request = case.read("manifest.dsse.json.tsq");
    let shown = openssl(
        &case.path("out"),
        &["ts", "-query", "-in", "manifest.dsse.json.tsq", "-text"],
    );
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(
        shown.contains("Hash Algorithm: sha256") && shown.contains("Certificate required: yes"),
        "{shown}"
    );

    let rsa = ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072"];
    let p256 = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];
    let p384 = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"];
    let purpose = "critical,timeStamping";
    let authorities = [
        Authority::new(&rsa, "sha256", "sha256", purpose),
        Authority::new(&rsa, "sha512", "sha1", purpose),
        Authority::new(&p256, "sha256", "sha256", purpose),
        Authority::new(&p384, "sha384", "sha384", purpose),
    ];
    for (at, authority) in authorities.iter().enumerate() {
        let answer = case.path("answer.tsr");
        fs::write(&answer, authority.answer(&request)).expect("written");
        fs::write(case.path("root.pem"), authority.root()).expect("written");
        let (root, stranger) = (case.path("root.pem"), case.path("stranger.pem"));
        fs::write(&stranger, authorities[(at + 1) % 4].root()).expect("written");
        let take = |root: &Path| {
            case.seal(&[
                "--timestamp-response",
                text(&answer),
                "--timestamp-roots",
                text(root),
            ])
        };
        take(&stranger).expect(8);
        take(&root).expect(0);
        let found = case.verify(&["--timestamp-roots", text(&root)]).expect(0);
        assert!(
            found.stdout.contains("Signer says that the envelope existed"),
            "{}",
            found.stdout
        );
        case.verify(&["--timestamp-roots", text(&stranger)]).expect(8);
        case.verify(&[]).expect(0);
        let check = [
            "ts",
            "-verify",
            "-data",
            "manifest.dsse.json",
            "-in",
            "manifest.dsse.json.tsr",
            "-CAfile",
            text(&root),
        ];
        assert!(
            openssl(&case.path("out"), &check).status.success(),
            "authority {at}"
        );
    }
    // A certificate for another purpose, which openssl would not even sign with, is told by its extension.
    let sealed_again = case.seal(&["--key", text(&case.path("k"))]).expect(0);
    drop(sealed_again);
    assert!(
        !case.path("out").join("manifest.dsse.json.tsr").exists(),
        "a stamp of an earlier seal stays"
    );
    let fresh = case.seal(&["--timestamp-request"]).expect(0);
    drop(fresh);
    fs::write(case.path("old.tsr"), authorities[0].answer(&request)).expect("written");
    let refused = case
        .seal(&["--timestamp-response", text(&case.path("old.tsr"))])
        .expect(8);
    assert!(refused.stderr.contains("other bytes"), "{}", refused.stderr);
}
