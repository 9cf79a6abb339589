//! `tests/vectors/timestamps`: time stamps, sound and broken, each named for what it is and judged here: by this program, and
//! by `openssl ts -verify`, which has to agree, or there is a reason. Tests alone.

#![expect(clippy::disallowed_methods, reason = "openssl reads files")]

use super::request::Request;
use super::response::{Stamp, check};
use super::{TimestampError, certificate};
use std::io::Write as _;
use std::process::Command;

/// The moment of every stamp, at which openssl is told to look as well.
const STAMPED_AT: &str = "2026-01-02T12:05:00Z";

/// What openssl says.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Openssl {
    /// The same.
    Agrees,
    /// The same, when told that what the user names is trusted whoever issued it.
    AgreesWithPartialChain,
    /// The opposite, because …
    Differs(&'static str),
}
use Openssl::{Agrees, AgreesWithPartialChain, Differs};

struct Vector {
    name: &'static str,
    response: &'static [u8],
    roots: &'static str,
    /// Part of the reason why it is refused; nothing: it holds.
    refused: &'static str,
    openssl: Openssl,
}

macro_rules! file {
    ($name:expr) => {
        concat!("../../../tests/vectors/timestamps/", $name)
    };
}
macro_rules! vectors {
    ($($name:literal to $root:literal: $refused:literal, $openssl:expr;)*) => {
        &[$(Vector {
            name: $name,
            response: include_bytes!(file!(concat!($name, ".tsr"))),
            roots: include_str!(file!(concat!($root, ".pem"))),
            refused: $refused,
            openssl: $openssl,
        }),*]
    };
}

const STAMPED: &[u8] = include_bytes!(file!("stamped"));
const REQUEST: &[u8] = include_bytes!(file!("request.tsq"));
const VECTORS: &[Vector] = vectors! {
    "sound-p256" to "root": "", Agrees;
    "sound-p384" to "root": "", Agrees;
    "sound-rsa" to "root": "", Agrees;
    "sound-rsa-sha512" to "root": "", Agrees;
    "sound-root-ed25519" to "root-ed25519": "", Agrees;
    "sound-by-way-of-an-issuer" to "root": "", Agrees;
    "sound-by-way-of-an-issuer" to "issuer": "", AgreesWithPartialChain;
    "sound-by-way-of-two-issuers" to "root": "", Agrees;
    "sound-certificate-expired-since" to "root": "", Agrees;
    "sound-in-the-first-second-of-its-certificate" to "root": "", Agrees;
    "sound-in-the-last-second-of-its-certificate" to "root": "",
        Differs("RFC 5280, section 4.1.2.5: the last second is included; openssl ends before it");
    "sound-key-for-signing" to "root": "", Agrees;
    "sound-path-as-long-as-allowed" to "root-alone": "", Agrees;
    "sound-signer-named-itself" to "own": "", Agrees;
    "sound-time-with-a-fraction" to "root": "", Agrees;
    "cross-signed-dead-end-first" to "root": "",
        Differs("openssl follows the first issuer that fits, and does not come back to try the second");
    "cross-signed-dead-end-last" to "root": "", Agrees;
    "cross-signed-expired-first" to "root": "", Agrees;
    "cross-signed-namesake-first" to "root": "", Agrees;
    "leads-to-a-stranger" to "stranger": "the signature of a certificate does not hold", Agrees;
    "issued-by-a-namesake-of-the-root" to "root": "the signature of a certificate does not hold", Agrees;
    "issuer-missing" to "root": "no issuer is known", Agrees;
    "signer-expired" to "root": "was not valid at that time", Agrees;
    "signer-not-yet-valid" to "root": "was not valid at that time", Agrees;
    "issuer-expired" to "root": "an issuer's certificate had expired", Agrees;
    "issuer-not-yet-valid" to "root": "an issuer's certificate was not yet valid", Agrees;
    "root-expired" to "root-expired": "no issuer is known", Agrees;
    "issuer-without-ca-bit" to "root": "an issuer may not issue certificates", Agrees;
    "issuer-without-constraints" to "root": "an issuer may not issue certificates", Agrees;
    "issuer-without-keycertsign" to "root": "no issuer is known", Agrees;
    "issuer-with-an-unknown-critical-extension" to "root": "a critical extension that is not known", Agrees;
    "issuer-with-a-longer-path-than-it-allows" to "root": "more issuers stand in between", Agrees;
    "issuer-for-other-names" to "root": "an issuer may not issue for such a name", Agrees;
    "root-without-ca-bit" to "root-no-ca": "no issuer is known", Agrees;
    "root-without-keycertsign" to "root-no-sign": "no issuer is known", Agrees;
    "root-with-a-longer-path-than-it-allows" to "root-alone": "more issuers stand in between", Agrees;
    "purpose-missing" to "root": "not for time stamping alone", Agrees;
    "purpose-wrong" to "root": "not for time stamping alone", Agrees;
    "purpose-any" to "root": "not for time stamping alone", Agrees;
    "purpose-not-critical" to "root": "not for time stamping alone", Agrees;
    "purpose-twofold" to "root": "not for time stamping alone", Agrees;
    "key-for-nothing" to "root": "not for time stamping alone", Agrees;
    "key-for-encryption" to "root": "not for time stamping alone", Agrees;
    "key-for-encryption-as-well" to "root": "not for time stamping alone", Agrees;
    "signer-with-an-unknown-critical-extension" to "root": "a critical extension that is not known", Agrees;
    "nonce-missing" to "root": "its nonce is not the one", Agrees;
    "nonce-of-another-request" to "root": "its nonce is not the one", Agrees;
    "imprint-of-other-bytes" to "root": "it stamps other bytes", Agrees;
    "version-of-another-standard" to "root": "another version", Agrees;
    "signed-by-two" to "root": "not exactly one signer", Agrees;
    "certificate-not-named" to "root": "its signature names another certificate", Agrees;
    "certificate-other-than-named" to "root": "its signature names another certificate", Agrees;
    "signature-changed-p256" to "root": "its signature does not hold", Agrees;
    "signature-changed-p384" to "root": "its signature does not hold", Agrees;
    "signature-changed-rsa" to "root": "its signature does not hold", Agrees;
    "refused" to "root": "refused the request: status 2", Agrees;
    "signed-as-something-else" to "root": "not those of a time stamp",
        Differs("RFC 5652, section 11.1: both say what it is, the signed place and the other; openssl looks at one");
    "purpose-with-a-private-one" to "root": "not for time stamping alone",
        Differs("RFC 3161, section 2.3: one purpose; openssl counts only those that it knows");
    "signer-that-may-issue" to "root": "its signer is itself an issuer",
        Differs("who stamps does not issue certificates: a key for both could make its own witness");
    "issuer-for-another-purpose" to "root": "an issuer is for other purposes",
        Differs("an issuer's purposes bound those of whom it issues to; openssl does not look at them");
    "issuer-with-a-critical-policy" to "root": "a critical extension that is not known",
        Differs("policies are not checked here, and who says that they have to be is not passed over");
    "key-of-1024-bits" to "root": "it is short of 2048 bits",
        Differs("such keys can be broken; openssl leaves that to a security level that it does not set here");
};

fn vector(name: &str) -> &'static Vector {
    VECTORS.iter().find(|vector| vector.name == name).unwrap()
}

fn judged(response: &[u8], roots: &str) -> Result<Stamp, TimestampError> {
    let request = Request::new(STAMPED, [5; 8]);
    let roots = certificate::from_pem(roots).unwrap();
    check(response, STAMPED, Some(&request), &roots)
}

#[test]
fn every_stamp_is_judged_as_its_name_says() {
    for vector in VECTORS {
        match judged(vector.response, vector.roots) {
            Ok(stamp) => {
                assert_eq!(vector.refused, "", "{}", vector.name);
                assert_eq!(
                    (stamp.time.to_string(), stamp.authority, stamp.chain_checked),
                    (
                        STAMPED_AT.to_owned(),
                        "Authority of the tests, Signer".to_owned(),
                        true
                    ),
                    "{}",
                    vector.name
                );
            }
            Err(error) => {
                let found = error.to_string();
                let expected = !vector.refused.is_empty() && found.contains(vector.refused);
                assert!(expected, "{}: {found}", vector.name);
            }
        }
    }
}

#[test]
fn openssl_judges_every_stamp_alike_or_the_reason_is_given() {
    if Command::new("openssl").arg("version").output().is_err() {
        // Not by `eprintln!`, which the harness would swallow.
        let skipped = "SKIPPED openssl_judges_every_stamp_alike_or_the_reason_is_given: no program `openssl`";
        let _ = writeln!(std::io::stderr(), "{skipped}; on Debian: apt-get install openssl");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("request.tsq"), REQUEST).unwrap();
    let at = STAMPED_AT
        .parse::<jiff::Timestamp>()
        .unwrap()
        .as_second()
        .to_string();
    let accepts = |vector: &Vector, more: &[&str]| {
        std::fs::write(path("roots.pem"), vector.roots).unwrap();
        std::fs::write(path("answer.tsr"), vector.response).unwrap();
        let output = Command::new("openssl")
            .args(["ts", "-verify", "-queryfile", "request.tsq", "-in", "answer.tsr"])
            .args(["-CAfile", "roots.pem", "-attime", &at])
            .args(more)
            .current_dir(folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        // A failure of another kind, say of an option, must not pass for a refusal.
        assert!(said.contains("Verification: "), "{}: {output:?}", vector.name);
        output.status.success()
    };
    for vector in VECTORS {
        let ours = vector.refused.is_empty();
        match vector.openssl {
            Agrees => assert_eq!(accepts(vector, &[]), ours, "{}", vector.name),
            AgreesWithPartialChain => {
                assert_eq!(accepts(vector, &["-partial_chain"]), ours, "{}", vector.name);
                assert_ne!(accepts(vector, &[]), ours, "{}", vector.name);
            }
            Differs(reason) => assert_ne!(accepts(vector, &[]), ours, "{}: {reason}", vector.name),
        }
    }
}

#[test]
fn without_a_root_the_signer_is_held_to_all_but_its_issuers() {
    let request = Request::new(STAMPED, [5; 8]);
    for (name, holds) in [
        ("issuer-missing", true),
        ("signer-expired", false),
        ("purpose-not-critical", false),
        ("certificate-not-named", false),
    ] {
        let found = check(vector(name).response, STAMPED, Some(&request), &[]);
        assert_eq!(found.is_ok_and(|stamp| !stamp.chain_checked), holds, "{name}");
    }
}

#[test]
fn a_stamp_with_modifications_is_granted_and_any_other_status_is_refused() {
    let sound = vector("sound-p256");
    let with = |status| {
        let mut response = sound.response.to_vec();
        let at = response.windows(3).position(|found| found == [2, 1, 0]).unwrap() + 2;
        response[at] = status;
        judged(&response, sound.roots).map_err(|error| error.to_string())
    };
    assert_eq!(with(1).unwrap(), with(0).unwrap());
    let refused = "the authority refused the request: status 2";
    assert_eq!(with(2).unwrap_err(), refused);
}

#[test]
fn a_root_bounds_its_own_chains_whatever_other_roots_allow() {
    let long = vector("root-with-a-longer-path-than-it-allows");
    let both = [vector("sound-p256").roots, long.roots].concat();
    assert!(judged(long.response, &both).is_err());
    assert!(judged(vector("sound-path-as-long-as-allowed").response, &both).is_ok());
    assert!(judged(vector("sound-by-way-of-two-issuers").response, &both).is_ok());
}

#[test]
fn no_bit_of_a_stamp_can_change_what_it_proves() {
    let vector = vector("sound-by-way-of-an-issuer");
    let sound = judged(vector.response, vector.roots).unwrap();
    let mut held = 0;
    for at in 0..vector.response.len() {
        let mut changed = vector.response.to_vec();
        changed[at] ^= 1 << (at % 8);
        if let Ok(stamp) = judged(&changed, vector.roots) {
            assert_eq!(stamp, sound, "byte {at}");
            held += 1;
        }
        assert!(
            judged(&vector.response[..at], vector.roots).is_err(),
            "cut at {at}"
        );
    }
    // A bit each of two versions, and of the status.
    assert!((2..=3).contains(&held), "{held} bytes do not matter");
}

#[test]
fn the_request_of_the_stamps_is_as_this_program_writes_it() {
    assert_eq!(Request::new(STAMPED, [5; 8]).to_bytes(), REQUEST);
    assert_eq!(Request::parse(REQUEST).unwrap(), Request::new(STAMPED, [5; 8]));
}

#[test]
fn a_file_of_roots_holds_certificates_or_is_refused() {
    let two = [vector("sound-p256").roots, vector("leads-to-a-stranger").roots].concat();
    assert_eq!(certificate::from_pem(&two).unwrap().len(), 2);
    for (text, problem) in [
        ("", "it holds no certificate"),
        ("-----BEGIN CERTIFICATE-----\nMAA=\n", "a certificate without end"),
        (
            "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n",
            "damaged base64",
        ),
        (
            "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n",
            "a certificate: damaged",
        ),
    ] {
        let found = certificate::from_pem(text).unwrap_err().to_string();
        assert!(found.contains(problem), "{found}");
    }
}
