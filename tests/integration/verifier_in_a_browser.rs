//! The verifier that every page carries, in a real browser: held to all vectors, to time stamps alone, and to a browser without
//! Ed25519. The files are given to it by choosing and by dropping; what it shows comes back to a listener of this test. Needs
//! `chromium`.

use crate::report_fixture as fixture;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::time::Duration;
use vsa_audits::run_all;
use vsa_custody::bundle::Bundle;
use vsa_report::{Document, html};
use vsa_test_data::vector::{Vector, all};

/// What the page showed for one bundle.
#[derive(Debug, Deserialize)]
struct Seen {
    name: String,
    visible: bool,
    verdict: String,
    text: String,
    checks: Vec<(String, String)>,
}

/// The body of the one request that comes, within a few minutes.
fn receive(listener: &TcpListener) -> String {
    listener.set_nonblocking(true).expect("it can");
    for _ in 0..1800 {
        if let Ok((mut stream, _)) = listener.accept() {
            stream.set_nonblocking(false).expect("it can");
            stream
                .set_read_timeout(Some(Duration::from_secs(30)))
                .expect("it can");
            let mut bytes = Vec::new();
            let mut piece = [0; 65_536];
            loop {
                let text = String::from_utf8_lossy(&bytes);
                if let Some((head, _)) = text.split_once("\r\n\r\n") {
                    let length: usize = head
                        .lines()
                        .find_map(|line| {
                            line.to_ascii_lowercase()
                                .strip_prefix("content-length:")
                                .map(|n| n.trim().parse())
                        })
                        .expect("a length")
                        .expect("a number");
                    if bytes.len() >= head.len() + 4 + length {
                        let body = bytes.split_off(head.len() + 4);
                        let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n");
                        return String::from_utf8(body).expect("text");
                    }
                }
                let read = stream.read(&mut piece).expect("the browser goes on");
                assert!(read > 0, "the browser hung up");
                bytes.extend(&piece[..read]);
            }
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("the browser said nothing");
}

fn is_absent(test: &str) -> bool {
    let absent = Command::new("chromium").arg("--version").output().is_err();
    if absent {
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED {test}: no program `chromium`; on Debian: apt-get install chromium"
        );
    }
    absent
}

fn look(vectors: &[(&String, &Vector)], lacks_ed25519: bool) -> Vec<Seen> {
    let record = fixture::record(&fixture::public());
    let page = html::render(&Document::new(&record, &run_all(&record)));
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let bundles: Vec<_> = vectors
        .iter()
        .map(|(name, vector)| {
            let files: std::collections::BTreeMap<_, _> = vector
                .files()
                .into_iter()
                .map(|(name, bytes)| (name, BASE64.encode(bytes)))
                .collect();
            serde_json::json!({"name": name, "key": vector.key, "date": vector.date, "files": files})
        })
        .collect();
    let script =
        |value: &serde_json::Value| value.to_string().replace("</", "<\\/").replace("<!--", "<\\!--");
    let probe = include_str!("../browser/bundles.html")
        .replace("/*PAGE*/", &script(&page.into()))
        .replace("/*BUNDLES*/", &script(&bundles.into()))
        .replace("/*PORT*/", &port.to_string())
        .replace("/*LACKS*/", &lacks_ed25519.to_string());
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut file = tempfile::Builder::new()
        .suffix(".html")
        .tempfile_in(folder.path())
        .expect("a file");
    file.write_all(probe.as_bytes()).expect("written");
    let mut child = Command::new("chromium")
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
        ])
        .args([
            "--disable-component-update",
            "--disable-sync",
            "--remote-debugging-port=0",
        ])
        .arg(format!(
            "--user-data-dir={}",
            folder.path().join("profile").display()
        ))
        .arg(format!("file://{}", file.path().display()))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("chromium starts");
    let body = std::panic::catch_unwind(|| receive(&listener));
    let _ = child.kill();
    let _ = child.wait();
    let body = body.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    serde_json::from_str(&body).unwrap_or_else(|e| panic!("{e} in {body}"))
}

#[test]
fn the_pages_verifier_judges_every_vector_as_the_program_does() {
    if is_absent("the_pages_verifier_judges_every_vector_as_the_program_does") {
        return;
    }
    let mut vectors = all();
    // Ends of lines that a mail program changed do no harm, and a time with an offset is none: to the program and to the page.
    let mut carried = vectors["sound-sealed"].clone();
    let signature = carried
        .texts
        .get_mut("manifest.json.minisig")
        .expect("a signature");
    *signature = signature.replace('\n', "\r\n");
    assert!(vsa_custody::signature::Detached::parse(signature).is_ok());
    vectors.insert("signature-with-other-ends-of-lines".to_owned(), carried);
    let mut offset = vectors["sound-sealed"].clone();
    offset.key = offset
        .key
        .replace("made 2026-01-01T00:00:00Z", "made 2026-01-01T01:00:00+01:00");
    (offset.holds, offset.fails) = (false, vec!["times-follow".to_owned()]);
    vectors.insert("key-made-at-a-time-with-an-offset".to_owned(), offset);
    // What is neither listed nor signed: it is a stamp of this seal, or a request for one, or it fails.
    for name in ["manifest.dsse.json.tsr", "manifest.dsse.json.tsq"] {
        let mut junk = vectors["sound-sealed"].clone();
        junk.texts.insert(name.to_owned(), "anything".to_owned());
        (junk.holds, junk.fails) = (false, vec!["time-stamp".to_owned()]);
        vectors.insert(format!("{name}-of-anything"), junk);
    }
    // Folders and links reach the page as paths, or not at all: the files given here are plain.
    let given: Vec<_> = vectors
        .iter()
        .filter(|(_, vector)| vector.others.is_empty())
        .collect();
    let seen = look(&given, false);
    assert_eq!(seen.len(), given.len());
    for (seen, (name, vector)) in seen.iter().zip(&given) {
        assert_eq!(seen.name, **name);
        assert!(seen.visible, "{name}: the verifier is not shown");
        let failed: Vec<&String> = seen
            .checks
            .iter()
            .filter(|c| c.1 == "fails")
            .map(|c| &c.0)
            .collect();
        // Nobody can name a root to the page, so that a stranger's stamp is shown to be nobody's, and never fails.
        let expected: Vec<&String> = match name.as_str() {
            "stamp-of-a-stranger" => Vec::new(),
            _ => vector.fails.iter().collect(),
        };
        assert_eq!(failed, expected, "{name}: {}", seen.text);
        assert_eq!(
            seen.verdict,
            if expected.is_empty() { "holds" } else { "fails" },
            "{name}: {}",
            seen.text
        );
        assert_eq!(seen.checks.len(), 12, "{name}");
        let stamp = match vector.files().contains_key("manifest.dsse.json.tsr") {
            _ if failed.iter().any(|id| *id == "time-stamp") => "fails",
            true => "not-shown",
            false => "absent",
        };
        assert_eq!(seen.checks[11].1, stamp, "{name}");
    }
}

/// Time stamps over the bytes that they are over, in the place of an envelope, with the request that was made: sound ones, broken
/// ones, and two of which a bit is turned here and there.
fn stamps() -> BTreeMap<String, Vector> {
    let folder = vsa_test_data::vector::folder().join("timestamps");
    let read = |name: &str| std::fs::read(folder.join(name)).expect("a file of the vectors");
    let mut answers = BTreeMap::new();
    for entry in std::fs::read_dir(&folder).expect("the stamps can be listed") {
        let name = entry.expect("readable").file_name();
        let name = name.to_string_lossy().into_owned();
        if name.ends_with(".tsr") {
            answers.insert(name.clone(), read(&name));
        }
    }
    for sound in ["sound-p256.tsr", "sound-rsa.tsr"] {
        let bytes = read(sound);
        for at in (0..bytes.len()).step_by(41) {
            let mut turned = bytes.clone();
            turned[at] ^= 1;
            answers.insert(format!("{sound}, bit {at}"), turned);
        }
    }
    let mut sealed = all()["sound-sealed"].clone();
    sealed.texts.remove("manifest.dsse.json");
    let in_place = |answer: Vec<u8>| {
        let mut vector = sealed.clone();
        for (name, bytes) in [
            ("manifest.dsse.json", read("stamped")),
            ("manifest.dsse.json.tsq", read("request.tsq")),
            ("manifest.dsse.json.tsr", answer),
        ] {
            vector.binaries.insert(name.to_owned(), BASE64.encode(bytes));
        }
        vector
    };
    let placed = answers.into_iter();
    placed.map(|(name, answer)| (name, in_place(answer))).collect()
}

#[test]
fn the_pages_verifier_judges_every_time_stamp_as_the_program_does_where_no_root_is_named() {
    if is_absent("the_pages_verifier_judges_every_time_stamp_as_the_program_does_where_no_root_is_named") {
        return;
    }
    let vectors = stamps();
    let seen = look(&vectors.iter().collect::<Vec<_>>(), false);
    assert_eq!(seen.len(), vectors.len());
    let mut held = 0;
    for (seen, (name, vector)) in seen.iter().zip(&vectors) {
        let files = vector.files();
        let answer = files["manifest.dsse.json.tsr"].clone();
        let bundle = Bundle {
            files,
            others: Vec::new(),
        };
        let date = vector.end_of_day().parse().expect("a time");
        let judged = vsa_custody::verify::time_stamp_holds(&bundle, &answer, date, &[]);
        let expected = if judged.is_ok() { "not-shown" } else { "fails" };
        let found = seen.checks.last().expect("a check");
        assert_eq!(
            (found.0.as_str(), found.1.as_str()),
            ("time-stamp", expected),
            "{name}: {judged:?}; {}",
            seen.text
        );
        held += usize::from(judged.is_ok());
    }
    assert!(
        held > 20 && vectors.len() - held > 60,
        "{held} of {}",
        vectors.len()
    );
}

#[test]
fn a_browser_without_ed25519_says_so_and_passes_nothing() {
    if is_absent("a_browser_without_ed25519_says_so_and_passes_nothing") {
        return;
    }
    let vectors = all();
    let names = [
        "sound-sealed",
        "record-with-one-bit-changed",
        "forged-with-a-key-of-the-same-number",
    ];
    let given: Vec<_> = vectors
        .iter()
        .filter(|(name, _)| names.contains(&name.as_str()))
        .collect();
    let seen = look(&given, true);
    assert_eq!(seen.len(), 3);
    for seen in seen {
        assert!(seen.text.contains("lacks Ed25519"), "{}", seen.text);
        let of = |id: &str| seen.checks.iter().find(|c| c.0 == id).map(|c| c.1.as_str());
        assert_eq!(
            (of("manifest-signature"), of("envelope-signature")),
            (Some("not-made"), Some("not-made"))
        );
        let expected = if seen.name == "sound-sealed" {
            "incomplete"
        } else {
            "fails"
        };
        assert_eq!(seen.verdict, expected, "{}: {}", seen.name, seen.text);
    }
}
