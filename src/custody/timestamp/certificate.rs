//! X.509 certificates (RFC 5280): bytes in, what a time stamp needs of them out, and chains up to a root that the user
//! names. The crate `rustls-webpki` builds the chains and tries every way there is: names, signatures, times, CA bits, path
//! lengths, name constraints, purposes of issuers, critical extensions that nobody knows. What it leaves out is done here:
//! purpose and use of the signer's key, `keyCertSign` of issuers, and all that a root says of itself. Deliberately not here:
//! revocation (it needs a connection), policies.
//!
//! Where `openssl ts -verify` judges otherwise, and why: `tests/vectors/timestamps/README.md`, with a stamp for each.

use super::TimestampError;
use super::algorithm::schemes;
use super::message::read;
use crate::manifest::without_control;
use der::oid::ObjectIdentifier;
use der::oid::db::{rfc4519, rfc5280};
use rustls_pki_types::pem::{self, PemObject as _};
use rustls_pki_types::{CertificateDer, TrustAnchor, UnixTime};
use std::time::Duration;
use webpki::{EndEntityCert, Error, KeyUsage as Purpose, VerifiedPath};
use x509_cert::Certificate;
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages};

/// Its fields.
pub(super) type Fields = Certificate;

const WHAT: &str = "a certificate";
/// The content of `id-kp-timeStamping`.
const TIME_STAMPING: &[u8] = rfc5280::ID_KP_TIME_STAMPING.as_bytes();

/// From its DER.
pub(super) fn parse(bytes: &[u8]) -> Result<Fields, TimestampError> {
    read(WHAT, bytes)
}

/// Organisation and common name of its subject, as far as it has them.
pub(super) fn subject(of: &Fields) -> String {
    let all = |wanted: ObjectIdentifier| {
        let names = of.tbs_certificate().subject().iter();
        names.filter(move |name| name.oid == wanted)
    };
    all(rfc4519::ORGANIZATION_NAME)
        .chain(all(rfc4519::COMMON_NAME))
        .map(|name| without_control(&String::from_utf8_lossy(name.value.value())))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Whether it was valid at a time.
pub(super) fn is_valid_at(of: &Fields, time: Duration) -> bool {
    let validity = of.tbs_certificate().validity();
    (validity.not_before.to_unix_duration()..=validity.not_after.to_unix_duration()).contains(&time)
}

/// Whether its key may be used for all that is needed, by an extension that it need not have.
fn may(of: &Fields, allowed: impl Fn(KeyUsage) -> bool) -> bool {
    matches!(of.tbs_certificate().get_extension::<KeyUsage>(), Ok(found) if found.is_none_or(|(_, use_of_key)| allowed(use_of_key)))
}

/// Whether it is for time stamping alone, and says so to whoever does not know that purpose (RFC 3161, section 2.3); and for
/// a key that signs what its owner says, not certificates.
pub(super) fn may_stamp(of: &Fields) -> bool {
    let purpose = of.tbs_certificate().get_extension::<ExtendedKeyUsage>();
    let signing = KeyUsages::DigitalSignature | KeyUsages::NonRepudiation;
    matches!(purpose, Ok(Some((true, purpose))) if purpose.0 == [rfc5280::ID_KP_TIME_STAMPING])
        && may(of, |found| {
            !(found.0 & signing).is_empty() && (found.0 - signing).is_empty()
        })
}

/// Whether it may issue others: then how many issuers may stand between it and a signer.
fn may_issue(of: &Fields) -> Option<usize> {
    let limits = of.tbs_certificate().get_extension::<BasicConstraints>().ok()??.1;
    (limits.ca && may(of, |found| found.key_cert_sign()))
        .then(|| limits.path_len_constraint.map_or(usize::MAX, usize::from))
}

/// Whether a chain of certificates that were valid at `time` leads from `own`, by way of `between`, to one of `roots`, or
/// `own` is one of them.
///
/// # Errors
/// Why not, for a reader.
pub(super) fn leads_to(
    own: &[u8],
    between: &[Vec<u8>],
    roots: &[Vec<u8>],
    time: Duration,
) -> Result<(), &'static str> {
    if roots.iter().any(|root| root == own) {
        return Ok(());
    }
    let roots: Vec<_> = roots
        .iter()
        .map(|der| CertificateDer::from(der.as_slice()))
        .collect();
    let (mut anchors, mut lengths): (Vec<TrustAnchor<'_>>, Vec<usize>) = (Vec::new(), Vec::new());
    for der in &roots {
        if let Ok(root) = parse(der)
            && is_valid_at(&root, time)
            && let (Some(length), Ok(anchor)) = (may_issue(&root), webpki::anchor_from_trusted_cert(der))
        {
            anchors.push(anchor);
            lengths.push(length);
        }
    }
    let between: Vec<_> = between
        .iter()
        .filter(|der| parse(der).is_ok_and(|found| may(&found, |found| found.key_cert_sign())))
        .map(|der| CertificateDer::from(der.as_slice()))
        .collect();
    // A root has no say in its own certificate otherwise.
    let short_enough = |path: &VerifiedPath<'_>| {
        let length = path.intermediate_certificates().count();
        let mut roots = anchors.iter().zip(&lengths);
        roots
            .any(|(anchor, most)| anchor == path.anchor() && length <= *most)
            .then_some(())
            .ok_or(Error::PathLenConstraintViolated)
    };
    let der = CertificateDer::from(own);
    EndEntityCert::try_from(&der)
        .and_then(|end| {
            let (known, time) = (schemes(), UnixTime::since_unix_epoch(time));
            let purpose = Purpose::required_if_present(TIME_STAMPING);
            end.verify_for_usage(
                &known,
                &anchors,
                &between,
                time,
                purpose,
                None,
                Some(&short_enough),
            )
            .map(drop)
        })
        .map_err(|error| reason(&error))
}

fn reason(error: &Error) -> &'static str {
    match error {
        Error::CaUsedAsEndEntity => "its signer is itself an issuer of certificates",
        Error::CertExpired { .. } => "an issuer's certificate had expired",
        Error::CertNotValidYet { .. } => "an issuer's certificate was not yet valid",
        Error::EndEntityUsedAsCa => "an issuer may not issue certificates",
        Error::InvalidSignatureForPublicKey => "the signature of a certificate does not hold",
        Error::NameConstraintViolation => "an issuer may not issue for such a name",
        Error::PathLenConstraintViolated => "more issuers stand in between than one of them allows",
        Error::RequiredEkuNotFoundContext(_) => "an issuer is for other purposes",
        Error::UnsupportedCriticalExtension => "a certificate has a critical extension that is not known",
        Error::UnsupportedSignatureAlgorithmContext(_)
        | Error::UnsupportedSignatureAlgorithmForPublicKeyContext(_) => {
            "a certificate is signed in a way that this program does not check"
        }
        _ => "no issuer is known that may have issued it",
    }
}

/// The DER of every certificate in a PEM file.
///
/// # Errors
/// [`TimestampError::Shape`], where there is none, or one is damaged.
pub fn from_pem(text: &str) -> Result<Vec<Vec<u8>>, TimestampError> {
    let shape = |problem: &str| TimestampError::Shape {
        what: "the file of root certificates",
        problem: problem.to_owned(),
    };
    let mut found = Vec::new();
    for der in CertificateDer::pem_slice_iter(text.as_bytes()) {
        let der = der.map_err(|error| match error {
            pem::Error::MissingSectionEnd { .. } => shape("a certificate without end"),
            _ => shape("damaged base64"),
        })?;
        parse(&der)?;
        found.push(der.to_vec());
    }
    if found.is_empty() {
        return Err(shape("it holds no certificate"));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use webpki::{
        UnsupportedSignatureAlgorithmContext as OfSignature,
        UnsupportedSignatureAlgorithmForPublicKeyContext as OfKey,
    };

    /// The other reasons stand in the table of stamps that are refused for them.
    #[test]
    fn a_signature_of_an_unknown_kind_is_told_from_one_that_does_not_hold_and_from_no_issuer() {
        let (signature_algorithm_id, supported_algorithms) = (vec![1], Vec::new());
        let of_signature = OfSignature {
            signature_algorithm_id,
            supported_algorithms,
        };
        let of_key = OfKey {
            signature_algorithm_id: vec![1],
            public_key_algorithm_id: vec![2],
        };
        let unknown = "a certificate is signed in a way that this program does not check";
        for (error, expected) in [
            (Error::UnsupportedSignatureAlgorithmContext(of_signature), unknown),
            (
                Error::UnsupportedSignatureAlgorithmForPublicKeyContext(of_key),
                unknown,
            ),
            (
                Error::InvalidSignatureForPublicKey,
                "the signature of a certificate does not hold",
            ),
            (Error::UnknownIssuer, "no issuer is known that may have issued it"),
        ] {
            assert_eq!(reason(&error), expected);
        }
    }
}
