//! `tests/vectors/*.json`: bundles, sound and broken, each judged here, and refused for the reason that its name says: which
//! checks fail, which are not made because of that, and what a reader is told. Tests alone. How the bundles were made:
//! `tests/integration`.

use crate::bundle::Bundle;
use crate::key::PublicKey;
use crate::timestamp::certificate;
use crate::verification::{CheckId, CheckOutcome, Verification};
use crate::verify::verify;
use vsa_test_data::vector::{Vector, all};

fn judged(vector: &Vector) -> Verification {
    let bundle = Bundle {
        files: vector.files(),
        others: vector.others.clone(),
    };
    let roots = match vector.roots.as_str() {
        "" => Vec::new(),
        roots => certificate::from_pem(roots).unwrap(),
    };
    let date = vector.end_of_day().parse().unwrap();
    verify(&bundle, &PublicKey::parse(&vector.key).unwrap(), date, &roots)
}

/// The checks that the vector says must fail.
fn fails(vector: &Vector) -> Vec<CheckId> {
    let names = vector.fails.iter().map(|name| serde_json::json!(name));
    names.map(|name| serde_json::from_value(name).unwrap()).collect()
}

macro_rules! broken {
    ($($name:literal: $($told:literal),+;)*) => {
        &[$(($name, &[$($told),+])),*]
    };
}

/// Broken ones, and part of what is found by each check that fails, in the order of the checks. Nothing else is broken.
const BROKEN: &[(&str, &[&str])] = broken! {
    "clock-before-key": "before the key was made (2026-01-02T12:00:01Z)";
    "comment-of-another-file": "trusted comment names another time or file";
    "comment-of-another-time": "trusted comment names another time or file";
    "envelope-missing": "manifest.dsse.json is missing";
    "envelope-of-another-bundle": "it is about other files";
    "envelope-of-another-type": "payloadType is not as it has to be";
    "envelope-payload-changed": "does not belong to this payload";
    "envelope-with-a-doubled-key": "of this format: duplicate field `payload`";
    "envelope-without-signature": "the number of signatures is not as it has to be: \"0\"";
    "file-added": "annex.pdf was added";
    "file-cut": "report.html was changed";
    "file-emptied": "run.json was changed", "run.json: EOF while parsing a value";
    "file-lengthened": "record.json was changed", "run.json belongs to another record";
    "file-missing": "report.json is missing";
    "file-renamed-in-case": "record.json is missing; Record.json was added", "record.json is missing";
    "folder-added": "folders, links or devices lie in it: annex/page.pdf";
    "forged-with-a-key-of-the-same-number": "does not belong to these bytes",
        "does not belong to this payload", "the log names another key";
    "hidden-file-added": ".notes was added";
    "link-in-place-of-a-file": "elsewhere/report.json", "report.json is missing";
    "log-actor-changed": "custody.jsonl was changed",
        "line 2 does not follow the line before it: it names another";
    "log-continued-after-the-seal": "custody.jsonl was changed", "the log names another key",
        "envelope names another time";
    "log-cut-within-a-line": "custody.jsonl was changed", "it was cut";
    "log-emptied": "custody.jsonl was changed", "it was cut";
    "log-first-line-removed": "custody.jsonl was changed",
        "line 1 does not follow the line before it: it is number 2";
    "log-line-doubled": "custody.jsonl was changed",
        "line 2 does not follow the line before it: it is number 1";
    "log-line-removed": "custody.jsonl was changed",
        "line 2 does not follow the line before it: it is number 3";
    "log-missing": "custody.jsonl is missing", "custody.jsonl is missing";
    "log-names-another-record": "line 3 names output/record.json with a digest";
    "log-reordered": "custody.jsonl was changed", "line 2 does not follow the line before it: it is number 3";
    "log-speaks-of-a-seal-before-the-seal": "line 4 speaks of a seal, but does not seal";
    "log-steps-in-the-wrong-order": "line 4 does not follow the line before it: processed cannot";
    "log-time-changed": "custody.jsonl was changed",
        "line 2 does not follow the line before it: it names another";
    "log-time-of-another-zone": "line 1 is not in UTC";
    "log-time-that-is-none": "the time of line 1 cannot be read";
    "log-times-run-backwards": "line 1 of the log is later than line 2";
    "log-with-a-carriage-return": "custody.jsonl was changed", "line 1 is no entry of this format: it is not";
    "log-with-a-doubled-key": "custody.jsonl was changed", "line 1 is no entry of this format: duplicate";
    "log-without-acquisition": "no line says that input/hall – 北京 \"3\" was acquired";
    "log-without-its-seal": "custody.jsonl was changed", "the log's last line is no sealing",
        "the log names no time of sealing";
    "log-without-the-model": "no line says that model/centerface was verified";
    "manifest-fitted-to-a-changed-record": "its entries have 2e6fe25b", "does not belong to these bytes",
        "it is about other files", "line 3 names output/record.json with a digest",
        "what was sealed is not what";
    "manifest-missing": "manifest.json is missing", "manifest.json is missing";
    "manifest-of-another-format": "a manifest of format \"vsa-audit/manifest/9\"";
    "manifest-out-of-order": "not in its place: entries are sorted";
    "manifest-reformatted": "not in canonical form", "does not belong to these bytes";
    "manifest-with-a-digest-in-capitals": "its sha256 is not 64 lower-case";
    "manifest-with-a-doubled-key": "of this format: duplicate field `bytes`";
    "manifest-with-a-wrong-size": "report.html was changed", "what was sealed is not what";
    "manifest-with-an-entry-twice": "entry \"output/run.json\": named twice";
    "manifest-with-an-unknown-field": "of this format: unknown field `court`";
    "manifest-without-the-page": "report.html was added; report.html is not listed",
        "line 4 names output/report.html", "what was sealed is not what";
    "merkle-root-of-something-else": "its entries have 898195ac";
    "merkle-root-without-the-last-entry": "its entries have 898195ac";
    "never-sealed-in-the-log": "the log's last line is no sealing", "the log names no time of sealing";
    "page-with-a-script-added": "report.html was changed";
    "page-with-a-word-changed": "report.html was changed";
    "path-climbs-out-of-the-folder": "entry \"output/../record.json\": an output's name has to be a plain";
    "path-climbs-out-on-another-system":
        "entry \"output/..\\\\record.json\": an output's name has to be a plain";
    "path-is-absolute": "entry \"output//etc/passwd\": an output's name has to be a plain";
    "path-with-a-line-feed": "entry \"output/record\\n.json\": a name that is empty or holds control";
    "record-with-one-bit-changed": "record.json was changed", "run.json belongs to another record";
    "run-of-another-record": "run.json belongs to another record";
    "sealed-after-the-date": "line 5 of the log is later than the date of verification";
    "sealed-before-it-was-rendered": "line 4 of the log is later than line 5";
    "sealed-by-another-key-than-logged": "the log names another key";
    "sealed-over-something-else": "what was sealed is not what";
    "signature-comment-changed": "its trusted comment was changed",
        "trusted comment names another time or file";
    "signature-missing": "manifest.json.minisig is missing", "manifest.json.minisig is missing";
    "signature-of-another-file": "does not belong to these bytes";
    "signature-of-the-old-kind": "another algorithm than Ed25519";
    "signature-truncated": "its base64 is damaged or has another length";
    "signature-without-its-last-line": "it must be four lines";
    "stamp-answers-another-request": "its nonce is not the one that was asked for";
    "stamp-before-the-seal": "before the bundle was sealed (2090-01-01T00:00:00Z)";
    "stamp-of-a-stranger": "to a root that was named: the signature of a certificate does not hold";
    "stamp-of-another-envelope": "it stamps other bytes than the envelope of this bundle";
    "stamp-refused": "the authority refused the request: status 2";
    "stamp-truncated": "the time-stamp response: damaged, or not DER: ";
    "stamp-with-its-signature-changed": "its signature does not hold";
    "stamp-with-its-time-changed": "what it says was changed after it was signed";
    "statement-of-another-kind": "predicateType is not as it has to be";
    "statement-of-another-time": "envelope names another time";
    "statement-with-another-root": "it names another Merkle root";
    "statement-without-the-page": "it is about other files";
    "two-files-swapped": "report.html was changed; report.json was changed";
    "wrong-key": "not with 0707070707070707", "keyid is not", "the log names another key";
};

/// What is found where all is sound.
const SOUND: [(CheckId, &str); 11] = [
    (CheckId::PlainFiles, "8 files"),
    (CheckId::ManifestIsSound, "10 entries"),
    (
        CheckId::MerkleRoot,
        "898195ac1d605c949a2e3674a3f4448e41624e05d09c0eab9ce373da62fe5e53",
    ),
    (CheckId::ManifestSignature, "signed with the key 1211100F0E0D0C0B"),
    (CheckId::EnvelopeSignature, "signed with the key 1211100F0E0D0C0B"),
    (CheckId::StatementAgrees, "6 files"),
    (CheckId::FilesAreThoseListed, "5 files"),
    (CheckId::LogIsUnbroken, "5 lines"),
    (CheckId::LogAgrees, "everything that it names"),
    (
        CheckId::SealingIsLogged,
        "sealed at 2026-01-02T12:00:00Z by M. Expert, with vsa-audit 0.1.0",
    ),
    (
        CheckId::TimesFollow,
        "from 2026-01-02T10:00:00Z to 2026-01-02T12:00:00Z",
    ),
];
const NO_STAMP: &str = "there is none: the times above are those of the machine's own clock";

/// Checks that cannot be made without a file that failed its own.
fn not_made(fails: &[CheckId]) -> Vec<CheckId> {
    use CheckId::{
        EnvelopeSignature, FilesAreThoseListed, LogAgrees, LogIsUnbroken, ManifestIsSound, MerkleRoot,
        SealingIsLogged, StatementAgrees, TimesFollow,
    };
    let needs = [
        (MerkleRoot, &[ManifestIsSound][..]),
        (StatementAgrees, &[ManifestIsSound, EnvelopeSignature]),
        (FilesAreThoseListed, &[ManifestIsSound]),
        (LogAgrees, &[ManifestIsSound, LogIsUnbroken]),
        (SealingIsLogged, &[ManifestIsSound, LogIsUnbroken]),
        (TimesFollow, &[LogIsUnbroken]),
    ];
    let lacks = |needed: &[CheckId]| needed.iter().any(|check| fails.contains(check));
    needs
        .into_iter()
        .filter(|(_, needed)| lacks(needed))
        .map(|(check, _)| check)
        .collect()
}

#[test]
fn every_broken_bundle_is_refused_for_the_reason_in_its_name() {
    let mut vectors = all();
    for (name, told) in BROKEN {
        let vector = vectors.remove(*name).unwrap();
        let (found, fails) = (judged(&vector), fails(&vector));
        assert_eq!((found.holds, vector.holds), (false, false), "{name}");
        let of = |outcome| found.checks.iter().filter(move |check| check.outcome == outcome);
        let ids = |outcome| of(outcome).map(|check| check.check).collect::<Vec<_>>();
        assert_eq!(ids(CheckOutcome::Fails), fails, "{name}");
        assert_eq!(ids(CheckOutcome::NotMade), not_made(&fails), "{name}");
        assert_eq!(told.len(), fails.len(), "{name}");
        for (part, check) in told.iter().zip(of(CheckOutcome::Fails)) {
            assert!(check.found.contains(part), "{name}: {}", check.found);
        }
    }
    let rest: Vec<_> = vectors.into_keys().collect();
    let sound = [
        "sound-key-without-its-first-line",
        "sound-sealed",
        "sound-sealed-twice",
        "sound-with-a-time-stamp",
        "sound-with-more-outputs",
    ];
    assert_eq!(rest, sound);
}

#[test]
fn a_sound_bundle_holds_and_each_check_says_what_it_found() {
    let vectors = all();
    let found = judged(&vectors["sound-sealed"]);
    let told: Vec<_> = found
        .checks
        .iter()
        .map(|c| (c.check, c.outcome, &*c.found))
        .collect();
    let mut expected: Vec<_> = SOUND
        .into_iter()
        .map(|(check, told)| (check, CheckOutcome::Holds, told))
        .collect();
    expected.push((CheckId::TimeStamp, CheckOutcome::Absent, NO_STAMP));
    assert_eq!(told, expected);
    assert_eq!(
        (&*found.schema, &*found.key, &*found.date),
        (
            "vsa-audit/verification/1",
            "1211100F0E0D0C0B",
            "2099-01-01T23:59:59Z"
        )
    );
    // The log names the key by it as well.
    let fingerprint = "94d73df94cd9ed78402fb75a8879bdcb2be76781b91bf3b59c43f6a039197d50";
    assert_eq!(found.key_fingerprint, fingerprint);
    let sound = vectors.iter().filter(|(name, _)| name.starts_with("sound-"));
    for (name, vector) in sound {
        let found = judged(vector);
        let stamp = found.checks.last().unwrap().outcome;
        let stamped = name == "sound-with-a-time-stamp";
        assert_eq!(
            (found.holds, vector.holds, stamp == CheckOutcome::Holds),
            (true, true, stamped),
            "{name}"
        );
        assert!(vector.fails.is_empty(), "{name}");
    }
}
