//! A bundle, a public key and a date in, every check and its outcome out: a pure function of bytes. It shares only the
//! formats with what seals (`seal`): the readers of manifest, log, signature and envelope, and the tree hash.
//!
//! Whoever verifies trusts their copy of the public key, this program (or another that does the same checks: minisign,
//! openssl, the page's own verifier), and nothing in the folder.

use super::bundle::{Bundle, SIGNATURE_FILE, seal_files};
use super::envelope::{self, Statement};
use super::key::PublicKey;
use super::log::{self, Action, LogEntry};
use super::manifest::{self, Entry, Manifest, Role};
use super::seal::{KEY_ADDRESS, TREE_ADDRESS};
use super::signature::Detached;
use super::timestamp::response::{self, Stamp};
use super::timestamp::{self, TimestampError, request::Request};
use super::verification::{Check, CheckId, CheckOutcome, SCHEMA, Verification};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use vsa_base::{Reason, digest, outside};

/// How far the clocks of the machine and of a time-stamping authority may differ.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(10);

/// What a check found: or why it fails.
type Found = Result<String, Reason>;

/// Makes every check. `roots`: certificates (DER) of time-stamping authorities that the reader trusts.
#[must_use]
pub fn verify(bundle: &Bundle, key: &PublicKey, date: Timestamp, roots: &[Vec<u8>]) -> Verification {
    let manifest_bytes = bundle.get(manifest::FILE);
    let manifest = read_manifest(bundle);
    let statement = read_statement(bundle, key);
    let log = read_log(bundle);
    let sealed = log.as_ref().ok().and_then(|log| sealing_time(log));

    let of_manifest = |check: &dyn Fn(&Manifest, &[u8]) -> Found| match (&manifest, manifest_bytes) {
        (Ok(manifest), Some(bytes)) => Some(check(manifest, bytes)),
        _ => None,
    };
    let log_checks = |check: &dyn Fn(&[LogEntry], &Manifest) -> Found| match (&log, &manifest) {
        (Ok(log), Ok(manifest)) => Some(check(log, manifest)),
        _ => None,
    };
    let sound = read_as(&manifest, |manifest| {
        format!("{} entries", manifest.entries.len())
    });
    let root = of_manifest(&|manifest, _| merkle_root(manifest));
    let signed = read_as(&statement, |_| format!("signed with the key {}", key.number()));
    let agrees = statement
        .as_ref()
        .ok()
        .and_then(|statement| of_manifest(&|manifest, bytes| statement_agrees(statement, manifest, bytes)));
    let files = of_manifest(&|manifest, _| files_are_those_listed(bundle, manifest));
    let unbroken = read_as(&log, |log| format!("{} lines", log.len()));
    let names = log_checks(&|log, manifest| log_agrees(log, manifest, bundle));
    let sealing = log_checks(&|log, manifest| sealing_is_logged(log, manifest, bundle, key));
    let times = |log: &Vec<LogEntry>| times_follow(log, statement.as_ref().ok(), bundle, key, date);
    let outcomes = [
        (CheckId::PlainFiles, Some(plain_files(bundle))),
        (CheckId::ManifestIsSound, Some(sound)),
        (CheckId::MerkleRoot, root),
        (CheckId::ManifestSignature, Some(manifest_signature(bundle, key))),
        (CheckId::EnvelopeSignature, Some(signed)),
        (CheckId::StatementAgrees, agrees),
        (CheckId::FilesAreThoseListed, files),
        (CheckId::LogIsUnbroken, Some(unbroken)),
        (CheckId::LogAgrees, names),
        (CheckId::SealingIsLogged, sealing),
        (CheckId::TimesFollow, log.as_ref().ok().map(times)),
    ];
    let mut checks: Vec<Check> = outcomes
        .into_iter()
        .map(|(check, found)| {
            let (outcome, found) = match found {
                Some(Ok(found)) => (CheckOutcome::Holds, found),
                Some(Err(Reason(found))) => (CheckOutcome::Fails, found),
                None => (
                    CheckOutcome::NotMade,
                    "not made: it needs a file that failed its own check".to_owned(),
                ),
            };
            Check {
                check,
                outcome,
                found,
            }
        })
        .collect();
    checks.push(time_stamp(bundle, sealed, date, roots));
    let holds = checks.iter().all(|check| match check.outcome {
        CheckOutcome::Holds => true,
        CheckOutcome::Absent | CheckOutcome::NotShown => check.check == CheckId::TimeStamp,
        CheckOutcome::Fails | CheckOutcome::NotMade => false,
    });
    Verification {
        schema: SCHEMA.to_owned(),
        holds,
        key: key.number().to_string(),
        key_fingerprint: key.fingerprint(),
        date: date.to_string(),
        checks,
    }
}

fn file<'a>(bundle: &'a Bundle, name: &str) -> Result<&'a [u8], Reason> {
    bundle
        .get(name)
        .ok_or_else(|| Reason(format!("{name} is missing")))
}

fn text<'a>(bundle: &'a Bundle, name: &str) -> Result<&'a str, Reason> {
    std::str::from_utf8(file(bundle, name)?).map_err(|_| Reason(format!("{name} is no text")))
}

fn read_manifest(bundle: &Bundle) -> Result<Manifest, Reason> {
    manifest::read(file(bundle, manifest::FILE)?).map_err(Reason::of)
}

fn read_statement(bundle: &Bundle, key: &PublicKey) -> Result<Statement, Reason> {
    envelope::open(file(bundle, envelope::FILE)?, key).map_err(Reason::of)
}

fn read_log(bundle: &Bundle) -> Result<Vec<LogEntry>, Reason> {
    log::read(file(bundle, log::FILE)?).map_err(Reason::of)
}

/// What is found of a file that could be read, or why it could not.
fn read_as<T>(read: &Result<T, Reason>, found: impl FnOnce(&T) -> String) -> Found {
    read.as_ref().map(found).map_err(Clone::clone)
}

fn plain_files(bundle: &Bundle) -> Found {
    if bundle.others.is_empty() {
        Ok(format!("{} files", bundle.files.len()))
    } else {
        Err(format!(
            "folders, links or devices lie in it: {}",
            outside::list(bundle.others.iter().map(String::as_str))
        )
        .into())
    }
}

fn merkle_root(manifest: &Manifest) -> Found {
    let computed = manifest::root(&manifest.entries);
    if computed == manifest.merkle_root {
        Ok(computed)
    } else {
        Err(format!(
            "it says {}, but its entries have {computed}",
            manifest.merkle_root
        )
        .into())
    }
}

fn manifest_signature(bundle: &Bundle, key: &PublicKey) -> Found {
    let signature = Detached::parse(text(bundle, SIGNATURE_FILE)?).map_err(Reason::of)?;
    signature
        .check(key, file(bundle, manifest::FILE)?)
        .map_err(Reason::of)?;
    Ok(format!("signed with the key {}", key.number()))
}

fn statement_agrees(statement: &Statement, manifest: &Manifest, bytes: &[u8]) -> Found {
    let said = |name: &str, sha256: &str| (name.to_owned(), sha256.to_owned());
    let mut expected = vec![said(manifest::FILE, &digest::of_bytes(bytes))];
    expected.extend(manifest.outputs().map(|entry| said(&entry.name, &entry.sha256)));
    let found: Vec<_> = statement
        .subject
        .iter()
        .map(|subject| said(&subject.name, &subject.digest.sha256))
        .collect();
    if found != expected {
        return Err("it is about other files, or other contents of them, than the manifest".into());
    }
    let predicate = &statement.predicate;
    if predicate.merkle_root != manifest.merkle_root || predicate.tree_size != manifest.entries.len() as u64 {
        return Err("it names another Merkle root, or another number of entries, than the manifest".into());
    }
    Ok(format!("{} files", found.len()))
}

fn files_are_those_listed(bundle: &Bundle, manifest: &Manifest) -> Found {
    let mut problems = Vec::new();
    for entry in manifest.outputs() {
        match bundle.get(&entry.name) {
            None => problems.push(format!("{} is missing", outside::quoted(&entry.name))),
            Some(bytes) if bytes.len() as u64 != entry.bytes || digest::of_bytes(bytes) != entry.sha256 => {
                problems.push(format!("{} was changed", outside::quoted(&entry.name)));
            }
            Some(_) => {}
        }
    }
    let sealing = seal_files();
    let lists = |name: &str| manifest.outputs().any(|entry| entry.name == name);
    let known = |name: &&String| sealing.contains(name) || lists(name);
    for name in bundle.files.keys().filter(|name| !known(name)) {
        problems.push(format!("{} was added", outside::quoted(name)));
    }
    for name in sealing.iter().filter(|name| lists(name)) {
        problems.push(format!("{name} is listed, though it is part of the seal"));
    }
    for needed in ["record.json", "report.json", "report.html", "run.json", log::FILE] {
        if !lists(needed) {
            problems.push(format!("{needed} is not listed"));
        }
    }
    if problems.is_empty() {
        Ok(format!("{} files", manifest.outputs().count()))
    } else {
        Err(Reason(problems.join("; ")))
    }
}

fn log_agrees(log: &[LogEntry], manifest: &Manifest, bundle: &Bundle) -> Found {
    for (number, entry) in (1..).zip(log) {
        for (address, sha256) in &entry.digests {
            if address == KEY_ADDRESS || address == TREE_ADDRESS {
                if entry.action != Action::Sealed {
                    return Err(format!("line {number} speaks of a seal, but does not seal").into());
                }
                continue;
            }
            if !manifest
                .entries
                .iter()
                .any(|entry| entry.address() == *address && entry.sha256 == *sha256)
            {
                return Err(format!(
                    "line {number} names {address} with a digest that the manifest does not have"
                )
                .into());
            }
        }
    }
    let says = |address: &str, action: Action| {
        let mut lines = log.iter().filter(|line| line.action == action);
        if lines.any(|line| line.digests.contains_key(address)) {
            Ok(())
        } else {
            Err(Reason(format!("no line says that {address} was {action}")))
        }
    };
    for (action, roles) in [
        (Action::Acquired, &[Role::Input][..]),
        (Action::Verified, &[Role::Model, Role::Tool][..]),
    ] {
        for wanted in manifest.entries.iter().filter(|e| roles.contains(&e.role)) {
            says(&wanted.address(), action)?;
        }
    }
    says("output/record.json", Action::Processed)?;
    says("output/report.json", Action::Rendered)?;
    says("output/report.html", Action::Rendered)?;
    /// All that matters here; other fields belong to other checks.
    #[derive(Deserialize)]
    struct Run {
        record_sha256: String,
    }
    let run: Run =
        serde_json::from_slice(file(bundle, "run.json")?).map_err(|error| format!("run.json: {error}"))?;
    if run.record_sha256 != digest::of_bytes(file(bundle, "record.json")?) {
        return Err("run.json belongs to another record".into());
    }
    Ok("everything that it names".to_owned())
}

fn sealing_time(log: &[LogEntry]) -> Option<Timestamp> {
    let last = log.last().filter(|entry| entry.action == Action::Sealed)?;
    last.time.parse().ok()
}

fn sealing_is_logged(log: &[LogEntry], manifest: &Manifest, bundle: &Bundle, key: &PublicKey) -> Found {
    let Some(last) = log.last().filter(|entry| entry.action == Action::Sealed) else {
        return Err(
            "the log's last line is no sealing: the bundle was never sealed, or was changed after".into(),
        );
    };
    if last.digests.get(KEY_ADDRESS) != Some(&key.fingerprint()) {
        return Err("the log names another key".into());
    }
    let bytes = file(bundle, log::FILE)?;
    let end = bytes[..bytes.len().saturating_sub(1)]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    let before = manifest.with_output(Entry::output(log::FILE, &bytes[..end]));
    if last.digests.get(TREE_ADDRESS) != Some(&manifest::root(&before.entries)) {
        return Err("what was sealed is not what the log says was there before".into());
    }
    Ok(format!("sealed at {} by {}", last.time, last.actor))
}

fn times_follow(
    log: &[LogEntry],
    statement: Option<&Statement>,
    bundle: &Bundle,
    key: &PublicKey,
    date: Timestamp,
) -> Found {
    let mut times: Vec<(String, Timestamp)> = Vec::new();
    for (number, entry) in (1..).zip(log) {
        let time: Timestamp = entry
            .time
            .parse()
            .map_err(|_| format!("the time of line {number} cannot be read"))?;
        if !is_plain(time, &entry.time) {
            return Err(format!("the time of line {number} is not in UTC and whole seconds").into());
        }
        times.push((format!("line {number} of the log"), time));
    }
    times.push(("the date of verification".to_owned(), date));
    for pair in times.windows(2) {
        if pair[0].1 > pair[1].1 {
            return Err(format!("{} is later than {}", pair[0].0, pair[1].0).into());
        }
    }
    let sealed = sealing_time(log).ok_or("the log names no time of sealing")?;
    if let Some(made) = key.made() {
        let made: Timestamp = made
            .parse()
            .map_err(|_| "the key's file names a time that cannot be read".to_owned())?;
        if !key.made().is_some_and(|said| is_plain(made, said)) {
            return Err("the time in the key's file is not in UTC and whole seconds".into());
        }
        if made > sealed {
            return Err(format!("it was sealed at {sealed}, before the key was made ({made})").into());
        }
    }
    if statement.is_some_and(|statement| statement.predicate.sealed_at != sealed.to_string()) {
        return Err("the envelope names another time of sealing than the log".into());
    }
    let expected = format!(
        "timestamp:{}\tfile:{}\thashed",
        sealed.as_second(),
        manifest::FILE
    );
    if let Ok(signature) = Detached::parse(text(bundle, SIGNATURE_FILE)?)
        && signature.comment != expected
    {
        return Err("the signature's trusted comment names another time or file than the log".into());
    }
    Ok(match log.first() {
        Some(first) => format!("from {} to {sealed}", first.time),
        None => String::new(),
    })
}

/// Whether a time is written in UTC and whole seconds, as this program writes it and as the page's verifier reads it.
fn is_plain(time: Timestamp, text: &str) -> bool {
    time.subsec_nanosecond() == 0 && time.to_string() == text
}

fn time_stamp(bundle: &Bundle, sealed: Option<Timestamp>, date: Timestamp, roots: &[Vec<u8>]) -> Check {
    let (outcome, found) = match bundle.get(&timestamp::response_file()) {
        // Neither listed nor signed: all that it can be is a request for this very seal.
        None if !asks_for_this_seal(bundle) => (
            CheckOutcome::Fails,
            format!(
                "{} is no request for a time stamp of this seal",
                timestamp::request_file()
            ),
        ),
        None => (
            CheckOutcome::Absent,
            "there is none: the times above are those of the machine's own clock".to_owned(),
        ),
        Some(answer) => match stamp_holds(bundle, answer, sealed, date, roots) {
            Ok(stamp) if stamp.chain_checked => (CheckOutcome::Holds, in_words(&stamp)),
            // Anybody can make an authority: a time stamp of one that nobody named shows nothing to anybody else.
            Ok(stamp) => (CheckOutcome::NotShown, in_words(&stamp)),
            Err(error) => (CheckOutcome::Fails, error.to_string()),
        },
    };
    Check {
        check: CheckId::TimeStamp,
        outcome,
        found,
    }
}

/// Whether the request that lies in a bundle, if any does, is over its envelope.
fn asks_for_this_seal(bundle: &Bundle) -> bool {
    let envelope = bundle.get(envelope::FILE).map(digest::raw);
    bundle
        .get(&timestamp::request_file())
        .is_none_or(|request| Request::parse(request).is_ok_and(|request| Some(request.digest) == envelope))
}

/// Holds an authority's answer to a sealed bundle: the very judgement that [`verify`] makes of the answer that lies in it, for
/// whoever has one that does not lie there yet.
///
/// # Errors
/// [`TimestampError`], for the first thing that does not hold.
pub fn time_stamp_holds(
    bundle: &Bundle,
    answer: &[u8],
    date: Timestamp,
    roots: &[Vec<u8>],
) -> Result<Stamp, TimestampError> {
    let sealed = read_log(bundle).ok().and_then(|log| sealing_time(&log));
    stamp_holds(bundle, answer, sealed, date, roots)
}

fn stamp_holds(
    bundle: &Bundle,
    answer: &[u8],
    sealed: Option<Timestamp>,
    date: Timestamp,
    roots: &[Vec<u8>],
) -> Result<Stamp, TimestampError> {
    let not_proven = TimestampError::NotProven;
    let envelope = file(bundle, envelope::FILE).map_err(|Reason(reason)| not_proven(reason))?;
    let request = match bundle.get(&timestamp::request_file()) {
        Some(bytes) => Some(Request::parse(bytes)?),
        None => None,
    };
    let stamp = response::check(answer, envelope, request.as_ref(), roots)?;
    if request
        .as_ref()
        .is_some_and(|request| request.digest != digest::raw(envelope))
    {
        let reason = format!("{} asks for another envelope", timestamp::request_file());
        return Err(not_proven(reason));
    }
    let sealed = sealed.ok_or_else(|| not_proven("the log names no time of sealing".to_owned()))?;
    // As a distance, since a stamp may name the last minute that there is.
    if sealed.duration_since(stamp.time) > CLOCKS_DIFFER {
        let reason = format!("it says {}, before the bundle was sealed ({sealed})", stamp.time);
        return Err(not_proven(reason));
    }
    if stamp.time.duration_since(date) > CLOCKS_DIFFER {
        return Err(not_proven(format!(
            "it says {}, which is later than {date}",
            stamp.time
        )));
    }
    Ok(stamp)
}

fn in_words(stamp: &Stamp) -> String {
    let trust = if stamp.chain_checked {
        "its certificate leads to a root that was named"
    } else {
        "no root was named, so that it is not shown to be of a known authority (--timestamp-roots)"
    };
    format!(
        "{} says that the envelope existed at {}; {trust}; its certificate has the SHA-256 {}",
        stamp.authority, stamp.time, stamp.certificate
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::Log;
    use crate::secret_key::SecretKey;

    /// Whether a stamp of 12:05:00 holds for a bundle that was sealed and is looked at at these times.
    fn holds(sealed: Option<&str>, date: &str) -> Result<(), String> {
        let stamp = include_bytes!("../../tests/vectors/timestamps/sound-p256.tsr");
        let envelope = include_bytes!("../../tests/vectors/timestamps/stamped");
        let bundle = Bundle {
            files: [(envelope::FILE.to_owned(), envelope.to_vec())].into(),
            others: Vec::new(),
        };
        let at = |time: &str| format!("2026-01-02T{time}Z").parse::<Timestamp>().unwrap();
        let held = stamp_holds(&bundle, stamp, sealed.map(at), at(date), &[]);
        held.map(drop).map_err(|error| error.to_string())
    }

    #[test]
    fn a_stamp_may_precede_the_seal_by_ten_minutes_of_clocks_that_differ_and_no_second_more() {
        assert_eq!(holds(Some("12:15:00"), "23:59:59"), Ok(()));
        let found = holds(Some("12:15:01"), "23:59:59").unwrap_err();
        assert!(found.contains("before the bundle was sealed"), "{found}");
    }

    #[test]
    fn a_stamp_may_be_later_than_the_date_by_ten_minutes_and_no_second_more() {
        assert_eq!(holds(Some("11:00:00"), "11:55:00"), Ok(()));
        let found = holds(Some("11:00:00"), "11:54:59").unwrap_err();
        assert!(found.contains("which is later than"), "{found}");
    }

    #[test]
    fn a_stamp_over_a_bundle_that_names_no_time_of_sealing_proves_nothing() {
        let found = holds(None, "23:59:59").unwrap_err();
        assert_eq!(found, "the log names no time of sealing");
    }

    #[test]
    fn what_lies_in_the_place_of_a_request_is_one_for_this_seal() {
        let check = |request: Option<Vec<u8>>| {
            let mut bundle = Bundle {
                files: [(envelope::FILE.to_owned(), b"sealed".to_vec())].into(),
                others: Vec::new(),
            };
            bundle
                .files
                .extend(request.map(|bytes| (timestamp::request_file(), bytes)));
            time_stamp(&bundle, None, Timestamp::UNIX_EPOCH, &[]).outcome
        };
        assert_eq!(check(None), CheckOutcome::Absent);
        assert_eq!(
            check(Some(Request::new(b"sealed", [5; 8]).to_bytes())),
            CheckOutcome::Absent
        );
        assert_eq!(
            check(Some(Request::new(b"another", [5; 8]).to_bytes())),
            CheckOutcome::Fails
        );
        assert_eq!(check(Some(b"anything".to_vec())), CheckOutcome::Fails);
    }

    #[test]
    fn a_request_beside_an_answer_is_one_for_this_seal_too() {
        let answer = include_bytes!("../../tests/vectors/timestamps/sound-p256.tsr");
        let envelope = include_bytes!("../../tests/vectors/timestamps/stamped");
        let asked = Request::parse(include_bytes!("../../tests/vectors/timestamps/request.tsq")).unwrap();
        let with = |request: &Request| {
            let bundle = Bundle {
                files: [
                    (envelope::FILE.to_owned(), envelope.to_vec()),
                    (timestamp::request_file(), request.to_bytes()),
                    (timestamp::response_file(), answer.to_vec()),
                ]
                .into(),
                others: Vec::new(),
            };
            let date: Timestamp = "2026-01-02T23:59:59Z".parse().unwrap();
            time_stamp(&bundle, Some("2026-01-02T12:00:00Z".parse().unwrap()), date, &[])
        };
        // Nobody named a root: anybody can make an authority.
        assert_eq!(with(&asked).outcome, CheckOutcome::NotShown);
        let another = Request {
            digest: [7; 32],
            ..asked
        };
        let found = with(&another);
        assert_eq!(found.outcome, CheckOutcome::Fails);
        assert_eq!(found.found, "manifest.dsse.json.tsq asks for another envelope");
    }

    #[test]
    fn a_time_of_a_key_is_in_utc_and_whole_seconds_as_every_other_is() {
        let key = |made: &str| SecretKey::from_random([3; 40]).public(Some(made.to_owned()));
        let mut log = Log::default();
        log.add(Action::Sealed, "2026-01-02T12:00:00Z", "x", []).unwrap();
        let log = log::read(log.as_bytes()).unwrap();
        let bundle = Bundle {
            files: [(SIGNATURE_FILE.to_owned(), Vec::new())].into(),
            others: Vec::new(),
        };
        let date: Timestamp = "2026-01-02T23:59:59Z".parse().unwrap();
        let follow = |made: &str| times_follow(&log, None, &bundle, &key(made), date);
        assert!(follow("2026-01-02T11:00:00Z").is_ok());
        for other in [
            "2026-01-02T12:00:00+01:00",
            "2026-01-02T11:00:00.5Z",
            "2026-01-02 11:00:00Z",
        ] {
            assert!(follow(other).is_err(), "{other}");
        }
    }

    /// Whether times follow each other: of a line of the log, of sealing, of the key, and of verification, in seconds.
    fn follow([line, sealed, made, date]: [i64; 4]) -> Result<String, String> {
        let at = |second| Timestamp::from_second(1_767_355_200 + second).unwrap();
        let mut log = Log::default();
        for (action, second) in [(Action::Rendered, line), (Action::Sealed, sealed)] {
            log.add(action, &at(second).to_string(), "x", []).unwrap();
        }
        let log = log::read(log.as_bytes()).unwrap();
        // Its signature says nothing that could be held to the log.
        let bundle = Bundle {
            files: [(SIGNATURE_FILE.to_owned(), Vec::new())].into(),
            others: Vec::new(),
        };
        let key = SecretKey::from_random([3; 40]).public(Some(at(made).to_string()));
        times_follow(&log, None, &bundle, &key, at(date)).map_err(|Reason(reason)| reason)
    }

    #[test]
    fn all_may_be_done_in_one_second_and_nothing_a_second_before_what_it_needs() {
        let all = "from 2026-01-02T12:00:00Z to 2026-01-02T12:00:00Z";
        assert_eq!(follow([0, 0, 0, 0]).unwrap(), all);
        for (times, why) in [
            ([1, 0, 0, 0], "line 1 of the log is later than line 2 of the log"),
            (
                [0, 1, 0, 0],
                "line 2 of the log is later than the date of verification",
            ),
            (
                [0, 0, 1, 0],
                "it was sealed at 2026-01-02T12:00:00Z, before the key was made (2026-01-02T12:00:01Z)",
            ),
        ] {
            assert_eq!(follow(times).unwrap_err(), why);
        }
    }

    #[test]
    fn a_stamp_is_told_with_its_authority_and_with_whether_a_root_was_named() {
        let mut stamp = Stamp {
            time: "2026-01-02T12:05:00Z".parse().unwrap(),
            authority: "Authority, Signer".to_owned(),
            certificate: "0123".to_owned(),
            chain_checked: true,
        };
        let said = "Authority, Signer says that the envelope existed at 2026-01-02T12:05:00Z; \
                    its certificate leads to a root that was named; its certificate has the SHA-256 0123";
        assert_eq!(in_words(&stamp), said);
        stamp.chain_checked = false;
        let said = in_words(&stamp);
        assert!(said.contains("; no root was named, so that it is not shown to be of a known authority "));
    }
}
