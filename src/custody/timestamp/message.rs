//! The messages of RFC 3161 and what they contain, as the crate `der` reads and writes them: bytes in, fields out, strictly.
//! The crate `x509-tsp` has these types as well, but for the generation of `der` before this one, with two more crates.
//! Deliberately not here: what the fields mean.

use super::TimestampError;
use cms::content_info::ContentInfo;
use cms::signed_data::{EncapsulatedContentInfo, SignerInfo};
use der::asn1::{AnyRef, BitStringRef, IntRef, ObjectIdentifier, OctetStringRef, SetOfVec, Utf8StringRef};
use der::{Decode, Sequence, Tag, Tagged as _};
use x509_cert::spki::AlgorithmIdentifierRef;

/// What was asked (section 2.4.1), or answered (2.4.2), and how it is called in errors.
pub(super) const REQUEST: &str = "the time-stamp request";
pub(super) const RESPONSE: &str = "the time-stamp response";

/// A value of a type, of all bytes.
pub(super) fn read<'a, T>(what: &'static str, bytes: &'a [u8]) -> Result<T, TimestampError>
where
    T: Decode<'a, Error = der::Error>,
{
    T::from_der(bytes).map_err(|error| TimestampError::Shape {
        what,
        problem: error.to_string(),
    })
}

/// `MessageImprint`.
#[derive(Debug, Sequence)]
pub(super) struct Imprint<'a> {
    pub(super) algorithm: AlgorithmIdentifierRef<'a>,
    pub(super) digest: &'a OctetStringRef,
}

/// `TimeStampReq`, as far as this program asks.
#[derive(Debug, Sequence)]
pub(super) struct TimeStampReq<'a> {
    pub(super) version: u8,
    pub(super) imprint: Imprint<'a>,
    pub(super) nonce: IntRef<'a>,
    pub(super) certificate: bool,
}

/// `TimeStampResp`.
#[derive(Debug, Sequence)]
pub(super) struct TimeStampResp<'a> {
    pub(super) status: StatusInfo<'a>,
    pub(super) token: Option<ContentInfo>,
}

/// `PKIStatusInfo`.
#[derive(Debug, Sequence)]
pub(super) struct StatusInfo<'a> {
    pub(super) status: u64,
    pub(super) text: Option<Vec<Utf8StringRef<'a>>>,
    pub(super) failure: Option<BitStringRef<'a>>,
}

/// `TSTInfo`.
#[derive(Debug, Sequence)]
pub(super) struct TstInfo<'a> {
    pub(super) version: u8,
    pub(super) policy: ObjectIdentifier,
    pub(super) imprint: Imprint<'a>,
    pub(super) serial: IntRef<'a>,
    /// `GeneralizedTime`, for [`time`].
    pub(super) time: AnyRef<'a>,
    pub(super) accuracy: Option<Vec<AnyRef<'a>>>,
    #[asn1(default = "Default::default")]
    pub(super) ordering: bool,
    pub(super) nonce: Option<IntRef<'a>>,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    pub(super) authority: Option<AnyRef<'a>>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    pub(super) extensions: Option<Vec<AnyRef<'a>>>,
}

/// `genTime` in whole seconds, from 1970 on. The type of the crate `der` refuses fractions, which RFC 3161 allows, though RFC
/// 5280 does not.
pub(super) fn time(value: AnyRef<'_>) -> Result<jiff::Timestamp, TimestampError> {
    let written = || {
        let text = std::str::from_utf8(value.value()).ok()?.strip_suffix('Z')?;
        let (digits, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let all = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if value.tag() != Tag::GeneralizedTime || digits.len() != 14 || !all(digits) || !all(fraction) {
            return None;
        }
        let (date, time) = digits.split_at(8);
        let time: jiff::Timestamp = format!("{date}T{time}Z").parse().ok()?;
        (time.as_second() >= 0).then_some(time)
    };
    written().ok_or_else(|| TimestampError::Shape {
        what: RESPONSE,
        problem: "a time that cannot be read".to_owned(),
    })
}

/// `SignedData` (RFC 5652, section 5.1). That of the crate `cms` would take certificates apart and put them together again:
/// here they stay the bytes that were signed, and one of an unknown kind stops nobody from reading the others.
#[derive(Debug, Sequence)]
pub(super) struct SignedData<'a> {
    pub(super) version: u8,
    pub(super) digests: SetOfVec<AnyRef<'a>>,
    pub(super) content: EncapsulatedContentInfo,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", optional = "true")]
    pub(super) certificates: Option<SetOfVec<AnyRef<'a>>>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    pub(super) revocations: Option<SetOfVec<AnyRef<'a>>>,
    pub(super) signers: SetOfVec<SignerInfo>,
}

/// `SigningCertificate` (RFC 2634) and `SigningCertificateV2` (RFC 5035): the first certificate is the signer's.
#[derive(Debug, Sequence)]
pub(super) struct SigningCertificate<'a> {
    pub(super) certificates: Vec<NamedCertificate<'a>>,
    pub(super) policies: Option<Vec<AnyRef<'a>>>,
}

/// `ESSCertID` and `ESSCertIDv2`.
#[derive(Debug, Sequence)]
pub(super) struct NamedCertificate<'a> {
    /// Only in the second version, where none stands for SHA-256.
    pub(super) algorithm: Option<AlgorithmIdentifierRef<'a>>,
    pub(super) digest: &'a OctetStringRef,
    pub(super) issuer: Option<Vec<AnyRef<'a>>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_with_a_fraction_or_without() {
        let at = |tag, text: &str| {
            let value = AnyRef::new(tag, text.as_bytes()).unwrap();
            time(value).ok().map(|time| time.to_string())
        };
        let general = |text: &str| at(Tag::GeneralizedTime, text);
        assert_eq!(general("20260102030405Z").unwrap(), "2026-01-02T03:04:05Z");
        assert_eq!(general("20260102030405.25Z").unwrap(), "2026-01-02T03:04:05Z");
        assert_eq!(general("19700101000000Z").unwrap(), "1970-01-01T00:00:00Z");
        for wrong in [
            "20260102030405",
            "20261302030405Z",
            "2026010203040Z",
            // Without seconds, or minutes, it would be a time to others.
            "202601020304Z",
            "2026010203Z",
            "20260102030405.Z",
            "20260102030405.2xZ",
            "2026010203040xZ",
            "19691231235959Z",
            "é",
            "",
        ] {
            assert_eq!(general(wrong), None, "{wrong}");
        }
        assert_eq!(at(Tag::UtcTime, "20260102030405Z"), None);
    }
}
