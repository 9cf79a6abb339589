//! A time-stamp response (`.tsr`) in, who says which time out: RFC 3161, with the checks of its section 2.2 and those of
//! CMS (RFC 5652, section 5.6). Whether that authority is to be trusted only a root can tell that the reader names.

use super::TimestampError;
use super::algorithm::{self, Hash};
use super::certificate::{self, Fields};
use super::message::{RESPONSE, SignedData, SigningCertificate, TimeStampResp, TstInfo, read, time};
use super::request::Request;
use cms::signed_data::{SignerIdentifier, SignerInfo};
use der::Encode as _;
use der::asn1::{Any, AnyRef, ObjectIdentifier, OctetStringRef};
use der::oid::db::{rfc3161, rfc5911};
use sha1::Digest as _;
use std::time::Duration;
use vsa_base::digest;
use x509_cert::spki::AlgorithmIdentifierRef;

/// What a response proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The time that the authority says.
    pub time: jiff::Timestamp,
    /// Subject of the authority's certificate.
    pub authority: String,
    /// SHA-256 of that certificate.
    pub certificate: String,
    /// Whether it leads to a root that the reader named; false: no root was named.
    pub chain_checked: bool,
}

/// Holds a response to what was to be stamped, to the request, and to `roots` if there are any (DER).
///
/// # Errors
/// [`TimestampError`], for the first thing that does not hold.
pub fn check(
    bytes: &[u8],
    stamped: &[u8],
    request: Option<&Request>,
    roots: &[Vec<u8>],
) -> Result<Stamp, TimestampError> {
    let response: TimeStampResp<'_> = read(RESPONSE, bytes)?;
    let data = granted(&response)?;
    let content = content(&data)?;
    let info: TstInfo<'_> = read(RESPONSE, content)?;
    if info.version != 1 {
        return shape("another version");
    }
    let hash = Hash::of(RESPONSE, info.imprint.algorithm.oid)?;
    if hash.digest(stamped) != info.imprint.digest.as_bytes() {
        return not_proven("it stamps other bytes than the envelope of this bundle");
    }
    if let Some(request) = request
        && info.nonce.map(|nonce| nonce.as_bytes()) != Some(&request.nonce)
    {
        return not_proven("its nonce is not the one that was asked for: it answers another request");
    }
    let [signer] = data.signers.as_slice() else {
        return shape("it has not exactly one signer");
    };
    let sent = data.certificates.iter().flat_map(|all| all.iter());
    let certificates = sent.filter_map(|any| any.to_der().ok()).collect::<Vec<_>>();
    let Some((own, fields)) = certificates.iter().find_map(|der| {
        let fields = certificate::parse(der).ok()?;
        is_of(signer, &fields).then_some((der, fields))
    }) else {
        return not_proven("it does not hold the certificate of whoever signed it");
    };
    // Nobody needs that list, and nobody signs it: it is held to because every other judge does.
    let used = signer.digest_alg.oid;
    if !data.digests.iter().any(|listed| digest_is(*listed, used)) {
        return shape("its list of hash functions lacks the one of its signature");
    }
    check_signature(signer, own, &fields, content)?;
    if !certificate::may_stamp(&fields) {
        return not_proven("the certificate of whoever signed it is not for time stamping alone");
    }
    let time = time(info.time)?;
    let since_1970 = Duration::from_secs(u64::try_from(time.as_second()).unwrap_or_default());
    if !certificate::is_valid_at(&fields, since_1970) {
        return not_proven("the certificate of whoever signed it was not valid at that time");
    }
    if !roots.is_empty() {
        certificate::leads_to(own, &certificates, roots, since_1970).or_else(|reason| {
            not_proven(&format!(
                "no chain of valid certificates leads from its signer to a root that was named: {reason}"
            ))
        })?;
    }
    Ok(Stamp {
        time,
        authority: certificate::subject(&fields),
        certificate: digest::of_bytes(own),
        chain_checked: !roots.is_empty(),
    })
}

fn not_proven<T>(reason: &str) -> Result<T, TimestampError> {
    Err(TimestampError::NotProven(reason.to_owned()))
}

fn shape<T>(problem: &str) -> Result<T, TimestampError> {
    Err(TimestampError::Shape {
        what: RESPONSE,
        problem: problem.to_owned(),
    })
}

/// The signed data of a response, if it was granted.
fn granted<'a>(response: &'a TimeStampResp<'_>) -> Result<SignedData<'a>, TimestampError> {
    // granted, grantedWithMods
    if !matches!(response.status.status, 0 | 1) {
        return Err(TimestampError::Refused {
            status: response.status.status,
        });
    }
    match &response.token {
        Some(token) if token.content_type == rfc5911::ID_SIGNED_DATA => decoded(&token.content),
        _ => shape("it holds no signed data"),
    }
}

/// The bytes that were signed.
fn content<'a>(data: &'a SignedData<'_>) -> Result<&'a [u8], TimestampError> {
    match &data.content.econtent {
        Some(content) if data.content.econtent_type == rfc3161::ID_CT_TST_INFO => {
            decoded::<&OctetStringRef>(content).map(OctetStringRef::as_bytes)
        }
        _ => shape("what is signed is no time stamp"),
    }
}

fn decoded<'a, T>(any: &'a Any) -> Result<T, TimestampError>
where
    T: der::Choice<'a, Error = der::Error> + der::DecodeValue<'a, Error = der::Error>,
{
    any.decode_as()
        .or_else(|error: der::Error| shape(&error.to_string()))
}

fn digest_is(listed: AnyRef<'_>, used: ObjectIdentifier) -> bool {
    listed
        .decode_as::<AlgorithmIdentifierRef<'_>>()
        .is_ok_and(|listed: AlgorithmIdentifierRef<'_>| listed.oid == used)
}

fn is_of(signer: &SignerInfo, certificate: &Fields) -> bool {
    let fields = certificate.tbs_certificate();
    match &signer.sid {
        SignerIdentifier::IssuerAndSerialNumber(who) => {
            who.issuer == *fields.issuer()
                && who.serial_number.as_bytes() == fields.serial_number().as_bytes()
        }
        SignerIdentifier::SubjectKeyIdentifier(_) => false,
    }
}

/// The one value of a signed attribute.
fn attribute(signer: &SignerInfo, wanted: ObjectIdentifier) -> Result<Option<&Any>, TimestampError> {
    let all = signer.signed_attrs.iter().flat_map(|all| all.iter());
    let mut found = all.filter(|attribute| attribute.oid == wanted);
    match (found.next(), found.next()) {
        (None, _) => Ok(None),
        (Some(attribute), None) if attribute.values.len() == 1 => Ok(attribute.values.get(0)),
        _ => shape("a signed attribute has not exactly one value"),
    }
}

fn check_signature(
    signer: &SignerInfo,
    own: &[u8],
    fields: &Fields,
    content: &[u8],
) -> Result<(), TimestampError> {
    let hash = Hash::of(RESPONSE, signer.digest_alg.oid)?;
    let value = |of| attribute(signer, of);
    let Some(attributes) = &signer.signed_attrs else {
        return shape("it has no signed attributes");
    };
    let kind = value(rfc5911::ID_CONTENT_TYPE)?.map(Any::value);
    if kind != Some(rfc3161::ID_CT_TST_INFO.as_bytes()) {
        return not_proven("its signed attributes are not those of a time stamp");
    }
    if value(rfc5911::ID_MESSAGE_DIGEST)?.map(Any::value) != Some(&hash.digest(content)) {
        return not_proven("what it says was changed after it was signed");
    }
    if !names(signer, own)? {
        return not_proven("its signature names another certificate");
    }
    // What is signed is the SET, not the implicit tag under which it is sent (RFC 5652, section 5.4).
    let signed = attributes.to_der().or_else(|error| shape(&error.to_string()))?;
    let holds = algorithm::holds(
        RESPONSE,
        fields.tbs_certificate().subject_public_key_info(),
        signer.signature_algorithm.oid,
        hash,
        &signed,
        signer.signature.as_bytes(),
    )?;
    if holds {
        Ok(())
    } else {
        not_proven("its signature does not hold")
    }
}

/// Whether the attribute that names the signing certificate names this one: by SHA-1 in its first version, and by SHA-256
/// in its second where that names nothing else.
fn names(signer: &SignerInfo, own: &[u8]) -> Result<bool, TimestampError> {
    let second = attribute(signer, rfc5911::ID_AA_SIGNING_CERTIFICATE_V_2)?;
    let first = attribute(signer, rfc5911::ID_AA_SIGNING_CERTIFICATE)?;
    let Some(value) = second.or(first) else {
        return Ok(false);
    };
    let named: SigningCertificate<'_> = decoded(value)?;
    let Some(named) = named.certificates.first() else {
        return Ok(false);
    };
    let digest = match named.algorithm {
        Some(algorithm) => Hash::of(RESPONSE, algorithm.oid)?.digest(own),
        None if second.is_some() => Hash::Sha256.digest(own),
        None => sha1::Sha1::digest(own).to_vec(),
    };
    Ok(named.digest.as_bytes() == digest)
}

#[cfg(test)]
mod tests {
    use super::super::message::NamedCertificate;
    use super::*;
    use der::{Decode as _, Tag};
    use x509_cert::attr::Attribute;
    use x509_cert::spki::AlgorithmIdentifierRef;

    const SOUND: &[u8] = include_bytes!("../../../tests/vectors/timestamps/sound-p256.tsr");
    const FIRST: ObjectIdentifier = rfc5911::ID_AA_SIGNING_CERTIFICATE;
    const SECOND: ObjectIdentifier = rfc5911::ID_AA_SIGNING_CERTIFICATE_V_2;

    /// Who signed a sound stamp, had they signed these attributes.
    fn signer(attributes: Vec<(ObjectIdentifier, Vec<Any>)>) -> SignerInfo {
        let response: TimeStampResp<'_> = read(RESPONSE, SOUND).unwrap();
        let mut signer = granted(&response).unwrap().signers.get(0).unwrap().clone();
        let attributes = attributes.into_iter().map(|(oid, values)| Attribute {
            oid,
            values: values.try_into().unwrap(),
        });
        signer.signed_attrs = Some(attributes.collect::<Vec<_>>().try_into().unwrap());
        signer
    }

    #[test]
    fn a_signed_attribute_is_there_once_with_one_value_or_not_at_all() {
        let value = |byte: u8| Any::new(Tag::OctetString, [byte]).unwrap();
        let of = |values: &[u8]| {
            (
                rfc5911::ID_MESSAGE_DIGEST,
                values.iter().copied().map(value).collect(),
            )
        };
        let other = || (rfc5911::ID_CONTENT_TYPE, vec![value(9)]);
        let found = |attributes| {
            let signer = signer(attributes);
            let found = attribute(&signer, rfc5911::ID_MESSAGE_DIGEST);
            found
                .map(Option::<&Any>::cloned)
                .map_err(|error| error.to_string())
        };
        assert_eq!(found(vec![other()]), Ok(None));
        assert_eq!(found(vec![other(), of(&[1])]), Ok(Some(value(1))));
        for doubtful in [vec![of(&[1, 2])], vec![of(&[])], vec![of(&[1]), of(&[2])]] {
            let found = found(doubtful).unwrap_err();
            assert!(
                found.ends_with("a signed attribute has not exactly one value"),
                "{found}"
            );
        }
    }

    #[test]
    fn the_signing_certificate_is_named_by_the_digest_that_the_version_of_its_attribute_says() {
        let own = b"a certificate";
        let naming = |hash: Option<Hash>, digest: &[u8]| {
            let algorithm = hash.map(|hash| AlgorithmIdentifierRef {
                oid: hash.oid(),
                parameters: None,
            });
            let named = NamedCertificate {
                algorithm,
                digest: OctetStringRef::new(digest).unwrap(),
                issuer: None,
            };
            let value = SigningCertificate {
                certificates: vec![named],
                policies: None,
            };
            vec![Any::from_der(&value.to_der().unwrap()).unwrap()]
        };
        let nobody = SigningCertificate {
            certificates: Vec::new(),
            policies: None,
        };
        let nobody = vec![Any::from_der(&nobody.to_der().unwrap()).unwrap()];
        let sha1 = sha1::Sha1::digest(own).to_vec();
        let [sha256, sha384] = [Hash::Sha256, Hash::Sha384].map(|hash| hash.digest(own));
        let elsewhere = Hash::Sha256.digest(b"another certificate");
        for (attributes, expected) in [
            (vec![(FIRST, naming(None, &sha1))], true),
            (vec![(FIRST, naming(None, &sha256))], false),
            (vec![(FIRST, naming(None, &sha1[1..]))], false),
            (vec![(SECOND, naming(None, &sha256))], true),
            (vec![(SECOND, naming(None, &sha1))], false),
            (vec![(SECOND, naming(Some(Hash::Sha384), &sha384))], true),
            (vec![(SECOND, naming(Some(Hash::Sha384), &sha256))], false),
            (vec![(SECOND, naming(None, &elsewhere))], false),
            (vec![(SECOND, nobody)], false),
            // Where both are there, the stronger one counts.
            (
                vec![(FIRST, naming(None, &sha1)), (SECOND, naming(None, &elsewhere))],
                false,
            ),
            (
                vec![(FIRST, naming(None, &elsewhere)), (SECOND, naming(None, &sha256))],
                true,
            ),
            (Vec::new(), false),
        ] {
            let told = format!("{attributes:?}");
            assert_eq!(names(&signer(attributes), own).unwrap(), expected, "{told}");
        }
    }
}
