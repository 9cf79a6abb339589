//! `tests/vectors/*.json`: bundles, a few sound, dozens broken, each named for its defect. Every one says which checks
//! must fail. What they are is told in `tests/vectors/README.md`; how they were made, in `vectors_made.rs`; that each is judged as
//! it says is held in `src/custody`.

use serde::Serialize;
use vsa_custody::bundle::Bundle;
use vsa_custody::key::PublicKey;
use vsa_custody::timestamp::certificate;
use vsa_custody::verification::{CheckOutcome, Verification};
use vsa_custody::verify::verify;
use vsa_test_data::vector::{Vector, all};

pub(crate) fn bundle(vector: &Vector) -> Bundle {
    Bundle {
        files: vector.files(),
        others: vector.others.clone(),
    }
}

pub(crate) fn judged(vector: &Vector) -> Verification {
    let key = PublicKey::parse(&vector.key).expect("a key");
    let date = vector.end_of_day().parse().expect("a date");
    let roots = if vector.roots.is_empty() {
        Vec::new()
    } else {
        certificate::from_pem(&vector.roots).expect("certificates")
    };
    verify(&bundle(vector), &key, date, &roots)
}

/// Names of the checks of a verification that failed.
pub(crate) fn failed(verification: &Verification) -> Vec<String> {
    verification
        .checks
        .iter()
        .filter(|check| check.outcome == CheckOutcome::Fails)
        .map(|check| name_of(&check.check))
        .collect()
}

pub(crate) fn name_of(check: &impl Serialize) -> String {
    let name = serde_json::to_value(check).expect("a name");
    name.as_str().expect("a name").to_owned()
}

#[test]
fn every_check_fails_for_some_vector() {
    let vectors = all();
    let any = judged(vectors.values().next().expect("vectors"));
    assert_eq!(any.checks.len(), 12);
    for check in any.checks {
        let name = name_of(&check.check);
        assert!(
            vectors.values().any(|vector| vector.fails.contains(&name)),
            "nothing shows that {name} can fail"
        );
    }
}

#[test]
fn no_byte_of_a_sealed_bundle_can_change_unnoticed() {
    let vector = &all()["sound-sealed"];
    let key = PublicKey::parse(&vector.key).expect("a key");
    let date = vector.end_of_day().parse().expect("a date");
    let sound = bundle(vector);
    let mut tried = 0;
    for (name, bytes) in &sound.files {
        for at in (0..bytes.len()).step_by(1 + bytes.len() / 150) {
            let mut broken = sound.clone();
            let file = broken.files.get_mut(name).expect("it is there");
            file[at] ^= 1 << (at % 7);
            // Untrusted comments are signed by nobody, and say so.
            let comment = name.ends_with(".minisig") && !bytes[..at].contains(&b'\n');
            let found = verify(&broken, &key, date, &[]);
            assert!(comment || !found.holds, "byte {at} of {name}");
            tried += 1;
        }
        let mut shorter = sound.clone();
        shorter
            .files
            .insert(name.clone(), bytes[..bytes.len() - 1].to_vec());
        assert!(
            !verify(&shorter, &key, date, &[]).holds || name.ends_with(".minisig"),
            "{name} cut by a byte"
        );
    }
    assert!(tried > 500, "only {tried} bytes tried");
}
