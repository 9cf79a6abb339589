//! A time-stamp response (`.tsr`) in, who says which time out: RFC 3161, with the checks of its section 2.2 and those of
//! CMS (RFC 5652, section 5.6). Whether that authority is to be trusted only a root can tell that the reader names.

use super::TimestampError;
use super::algorithm::{self, Hash};
use super::certificate::Certificate;
use super::der::{
    BOOLEAN, GENERALIZED_TIME, INTEGER, OCTET_STRING, OID, Reader, SEQUENCE, SET, Value, context, small, time,
};
use super::request::Request;
use sha1::Digest as _;

const WHAT: &str = "the time-stamp response";
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
const TST_INFO: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x04];
const CONTENT_TYPE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x03];
const MESSAGE_DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04];
/// `signingCertificate` (RFC 2634: SHA-1) and `signingCertificateV2` (RFC 5035).
const SIGNING: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x02, 0x0c];
const SIGNING_V2: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x02, 0x2f];

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
    let token = token(bytes)?;
    let info = Info::parse(token.content)?;
    if info.hash.digest(stamped) != info.imprint {
        return not_proven("it stamps other bytes than the envelope of this bundle");
    }
    if let Some(request) = request
        && info.nonce != Some(&request.nonce[..])
    {
        return not_proven("its nonce is not the one that was asked for: it answers another request");
    }
    let signer = token.signer()?;
    let certificates: Vec<Certificate<'_>> = token
        .certificates
        .iter()
        .filter_map(|der| Certificate::parse(der).ok())
        .collect();
    let Some(own) = certificates.iter().find(|certificate| signer.is(certificate)) else {
        return not_proven("it does not hold the certificate of whoever signed it");
    };
    signer.check(own, token.content)?;
    if !own.may_stamp {
        return not_proven("the certificate of whoever signed it is not for time stamping alone");
    }
    if !own.is_valid_at(info.time) {
        return not_proven("the certificate of whoever signed it was not valid at that time");
    }
    if !roots.is_empty() {
        let roots = roots
            .iter()
            .map(|der| Certificate::parse(der))
            .collect::<Result<Vec<_>, _>>()?;
        if !own.leads_to(&roots, &certificates, info.time) {
            return not_proven(
                "no chain of valid certificates leads from its signer to a root that was named",
            );
        }
    }
    Ok(Stamp {
        time: info.time,
        authority: own.subject(),
        certificate: own.fingerprint(),
        chain_checked: !roots.is_empty(),
    })
}

fn not_proven<T>(reason: &str) -> Result<T, TimestampError> {
    Err(TimestampError::NotProven(reason.to_owned()))
}

fn shape(problem: &'static str) -> TimestampError {
    TimestampError::Shape { what: WHAT, problem }
}

/// The signed data of a response that was granted.
struct Token<'a> {
    content: &'a [u8],
    certificates: Vec<&'a [u8]>,
    signer: Value<'a>,
}

fn token(bytes: &[u8]) -> Result<Token<'_>, TimestampError> {
    let mut outer = Reader::new(bytes, WHAT);
    let mut response = outer.enter(SEQUENCE)?;
    outer.end()?;
    let status = response.enter(SEQUENCE)?.expect(INTEGER)?;
    match small(status) {
        // granted, grantedWithMods
        Some(0 | 1) => {}
        status => {
            return Err(TimestampError::Refused {
                status: status.unwrap_or(u64::MAX),
            });
        }
    }
    let mut content_info = response.enter(SEQUENCE)?;
    response.end()?;
    if content_info.expect(OID)?.content != SIGNED_DATA {
        return Err(shape("it holds no signed data"));
    }
    let mut data = content_info.enter(context(0))?.enter(SEQUENCE)?;
    data.expect(INTEGER)?;
    data.expect(SET)?;
    let mut encapsulated = data.enter(SEQUENCE)?;
    if encapsulated.expect(OID)?.content != TST_INFO {
        return Err(shape("what is signed is no time stamp"));
    }
    let content = encapsulated.enter(context(0))?.expect(OCTET_STRING)?.content;
    let certificates = match data.optional(context(0))? {
        Some(set) => Reader::new(set.content, WHAT)
            .all()?
            .iter()
            .map(|value| value.whole)
            .collect(),
        None => Vec::new(),
    };
    data.optional(context(1))?;
    let signers = data.enter(SET)?.all()?;
    let [signer] = signers.as_slice() else {
        return Err(shape("it has not exactly one signer"));
    };
    Ok(Token {
        content,
        certificates,
        signer: *signer,
    })
}

/// `SignerInfo`.
struct Signer<'a> {
    issuer: &'a [u8],
    serial: &'a [u8],
    hash: Hash,
    attributes: Value<'a>,
    algorithm: &'a [u8],
    signature: &'a [u8],
}

impl<'a> Token<'a> {
    fn signer(&self) -> Result<Signer<'a>, TimestampError> {
        let mut fields = Reader::new(self.signer.content, WHAT);
        fields.expect(INTEGER)?;
        let mut who = fields.enter(SEQUENCE)?;
        let issuer = who.expect(SEQUENCE)?.whole;
        let serial = who.expect(INTEGER)?.content;
        let hash = Hash::of(WHAT, algorithm::identifier(WHAT, fields.expect(SEQUENCE)?)?)?;
        let attributes = fields.expect(context(0))?;
        let algorithm = algorithm::identifier(WHAT, fields.expect(SEQUENCE)?)?;
        let signature = fields.expect(OCTET_STRING)?.content;
        Ok(Signer {
            issuer,
            serial,
            hash,
            attributes,
            algorithm,
            signature,
        })
    }
}

impl Signer<'_> {
    fn is(&self, certificate: &Certificate<'_>) -> bool {
        certificate.issuer == self.issuer && certificate.serial == self.serial
    }

    /// The one value of a signed attribute.
    fn attribute(&self, wanted: &[u8]) -> Result<Option<Value<'_>>, TimestampError> {
        let mut found = None;
        for attribute in Reader::new(self.attributes.content, WHAT).all()? {
            let mut fields = Reader::new(attribute.content, WHAT);
            if fields.expect(OID)?.content != wanted {
                continue;
            }
            let values = fields.enter(SET)?.all()?;
            match (values.as_slice(), found) {
                ([value], None) => found = Some(*value),
                _ => return Err(shape("a signed attribute has not exactly one value")),
            }
        }
        Ok(found)
    }

    fn check(&self, own: &Certificate<'_>, content: &[u8]) -> Result<(), TimestampError> {
        if self.attribute(CONTENT_TYPE)?.map(|value| value.content) != Some(TST_INFO) {
            return not_proven("its signed attributes are not those of a time stamp");
        }
        let digest = self.hash.digest(content);
        if self.attribute(MESSAGE_DIGEST)?.map(|value| value.content) != Some(&digest[..]) {
            return not_proven("what it says was changed after it was signed");
        }
        if !self.names(own)? {
            return not_proven("its signature names another certificate");
        }
        // What is signed is the SET, not the implicit tag under which it is sent (RFC 5652, section 5.4).
        let mut signed = self.attributes.whole.to_vec();
        signed[0] = SET;
        let holds = algorithm::holds(
            WHAT,
            own.key,
            self.algorithm,
            Some(self.hash),
            &signed,
            self.signature,
        )?;
        if holds {
            Ok(())
        } else {
            not_proven("its signature does not hold")
        }
    }

    /// Whether the attribute that names the signing certificate names this one.
    fn names(&self, own: &Certificate<'_>) -> Result<bool, TimestampError> {
        let first = |value: Value<'_>| -> Result<(Option<Vec<u8>>, Vec<u8>), TimestampError> {
            let mut list = Reader::new(value.content, WHAT).enter(SEQUENCE)?;
            let mut fields = list.enter(SEQUENCE)?;
            let algorithm = match fields.optional(SEQUENCE)? {
                Some(algorithm) => Some(algorithm::identifier(WHAT, algorithm)?.to_vec()),
                None => None,
            };
            Ok((algorithm, fields.expect(OCTET_STRING)?.content.to_vec()))
        };
        if let Some(value) = self.attribute(SIGNING_V2)? {
            let (algorithm, digest) = first(value)?;
            let hash = match algorithm {
                Some(oid) => Hash::of(WHAT, &oid)?,
                None => Hash::Sha256,
            };
            return Ok(hash.digest(own.whole) == digest);
        }
        match self.attribute(SIGNING)? {
            Some(value) => Ok(sha1::Sha1::digest(own.whole).to_vec() == first(value)?.1),
            None => Ok(false),
        }
    }
}

/// `TSTInfo`.
struct Info<'a> {
    hash: Hash,
    imprint: &'a [u8],
    time: jiff::Timestamp,
    nonce: Option<&'a [u8]>,
}

impl<'a> Info<'a> {
    fn parse(bytes: &'a [u8]) -> Result<Self, TimestampError> {
        let mut outer = Reader::new(bytes, WHAT);
        let mut fields = outer.enter(SEQUENCE)?;
        outer.end()?;
        if small(fields.expect(INTEGER)?) != Some(1) {
            return Err(shape("another version"));
        }
        fields.expect(OID)?;
        let mut imprint = fields.enter(SEQUENCE)?;
        let hash = Hash::of(WHAT, algorithm::identifier(WHAT, imprint.expect(SEQUENCE)?)?)?;
        let imprint = imprint.expect(OCTET_STRING)?.content;
        fields.expect(INTEGER)?;
        let time = time(fields.expect(GENERALIZED_TIME)?).ok_or(shape("a time that cannot be read"))?;
        fields.optional(SEQUENCE)?;
        fields.optional(BOOLEAN)?;
        let nonce = fields.optional(INTEGER)?.map(|value| value.content);
        Ok(Self {
            hash,
            imprint,
            time,
            nonce,
        })
    }
}
