//! X.509 certificates (RFC 5280): bytes in, what a time stamp needs of them out, and chains up to a root that the user
//! names. Deliberately not here: revocation (it needs a connection), policies, name constraints, path lengths.

use super::TimestampError;
use super::algorithm;
use super::der::{
    BIT_STRING, BOOLEAN, INTEGER, OCTET_STRING, OID, Reader, SEQUENCE, SET, Value, context, time,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use vsa_base::digest;

const WHAT: &str = "a certificate";
const EXTENDED_USE: &[u8] = &[0x55, 0x1d, 0x25];
const CONSTRAINTS: &[u8] = &[0x55, 0x1d, 0x13];
const TIME_STAMPING: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x08];
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
const ORGANISATION: &[u8] = &[0x55, 0x04, 0x0a];
/// More links than this no authority has.
const LONGEST_CHAIN: usize = 8;

/// A certificate, as far as it matters here.
#[derive(Clone, Copy, Debug)]
pub struct Certificate<'a> {
    pub(super) whole: &'a [u8],
    signed: &'a [u8],
    algorithm: &'a [u8],
    signature: &'a [u8],
    pub(super) serial: &'a [u8],
    pub(super) issuer: &'a [u8],
    subject: Value<'a>,
    from: jiff::Timestamp,
    until: jiff::Timestamp,
    pub(super) key: Value<'a>,
    may_issue: bool,
    /// Extended use is critical and names time stamping alone (RFC 3161, section 2.3).
    pub(super) may_stamp: bool,
}

impl<'a> Certificate<'a> {
    /// From its DER.
    ///
    /// # Errors
    /// [`TimestampError::Shape`].
    pub fn parse(bytes: &'a [u8]) -> Result<Self, TimestampError> {
        let shape = |problem| TimestampError::Shape { what: WHAT, problem };
        let mut outer = Reader::new(bytes, WHAT);
        let whole = outer.expect(SEQUENCE)?;
        outer.end()?;
        let mut parts = Reader::new(whole.content, WHAT);
        let signed = parts.expect(SEQUENCE)?;
        let algorithm = algorithm::identifier(WHAT, parts.expect(SEQUENCE)?)?;
        let signature = parts.expect(BIT_STRING)?.content;
        parts.end()?;
        let mut body = Reader::new(signed.content, WHAT);
        body.optional(context(0))?;
        let serial = body.expect(INTEGER)?.content;
        body.expect(SEQUENCE)?;
        let issuer = body.expect(SEQUENCE)?.whole;
        let mut validity = body.enter(SEQUENCE)?;
        let from = time(validity.next()?).ok_or(shape("a time that cannot be read"))?;
        let until = time(validity.next()?).ok_or(shape("a time that cannot be read"))?;
        let subject = body.expect(SEQUENCE)?;
        let key = body.expect(SEQUENCE)?;
        // Unique identifiers of issuer and subject: never used.
        body.optional(0x81)?;
        body.optional(0x82)?;
        let (mut may_issue, mut may_stamp) = (false, false);
        if let Some(extensions) = body.optional(context(3))? {
            let mut list = Reader::new(extensions.content, WHAT).enter(SEQUENCE)?;
            while !list.is_empty() {
                let mut extension = list.enter(SEQUENCE)?;
                let name = extension.expect(OID)?.content;
                let critical = extension
                    .optional(BOOLEAN)?
                    .is_some_and(|value| value.content == [0xff]);
                let content = extension.expect(OCTET_STRING)?.content;
                if name == CONSTRAINTS {
                    let mut inside = Reader::new(content, WHAT).enter(SEQUENCE)?;
                    may_issue = inside
                        .optional(BOOLEAN)?
                        .is_some_and(|value| value.content == [0xff]);
                } else if name == EXTENDED_USE {
                    let uses = Reader::new(content, WHAT).enter(SEQUENCE)?.all()?;
                    may_stamp = critical && uses.len() == 1 && uses[0].content == TIME_STAMPING;
                }
            }
        }
        Ok(Self {
            whole: whole.whole,
            signed: signed.whole,
            algorithm,
            signature: signature.split_first().map_or(&[][..], |(_, bits)| bits),
            serial,
            issuer,
            subject,
            from,
            until,
            key,
            may_issue,
            may_stamp,
        })
    }

    /// Organisation and common name of its subject, as far as it has them.
    #[must_use]
    pub fn subject(&self) -> String {
        let mut names = Vec::new();
        for wanted in [ORGANISATION, COMMON_NAME] {
            let sets = Reader::new(self.subject.content, WHAT).all().unwrap_or_default();
            for set in sets.iter().filter(|set| set.tag == SET) {
                let Ok(mut pair) = Reader::new(set.content, WHAT).enter(SEQUENCE) else {
                    continue;
                };
                if let (Ok(name), Ok(value)) = (pair.expect(OID), pair.next())
                    && name.content == wanted
                {
                    let text = String::from_utf8_lossy(value.content);
                    names.push(super::super::manifest::without_control(&text));
                }
            }
        }
        names.join(", ")
    }

    /// SHA-256 of the certificate.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        digest::of_bytes(self.whole)
    }

    /// Whether it was valid at a time.
    #[must_use]
    pub fn is_valid_at(&self, time: jiff::Timestamp) -> bool {
        self.from <= time && time <= self.until
    }

    fn is_issued_by(&self, other: &Self) -> bool {
        self.issuer == other.subject.whole
            && other.may_issue
            && algorithm::holds(WHAT, other.key, self.algorithm, None, self.signed, self.signature)
                .unwrap_or(false)
    }

    /// Whether a chain of certificates that were valid at `time` leads from this one, by way of `between`, to one of
    /// `roots`.
    #[must_use]
    pub fn leads_to(&self, roots: &[Self], between: &[Self], time: jiff::Timestamp) -> bool {
        let mut at = *self;
        for _ in 0..LONGEST_CHAIN {
            if !at.is_valid_at(time) {
                return false;
            }
            if roots.iter().any(|root| root.whole == at.whole) {
                return true;
            }
            let all = roots.iter().chain(between);
            match all
                .into_iter()
                .find(|above| above.whole != at.whole && at.is_issued_by(above))
            {
                Some(above) => at = *above,
                None => return false,
            }
        }
        false
    }
}

/// The DER of every certificate in a PEM file.
///
/// # Errors
/// [`TimestampError::Shape`], where there is none, or one is damaged.
pub fn from_pem(text: &str) -> Result<Vec<Vec<u8>>, TimestampError> {
    let shape = |problem| TimestampError::Shape {
        what: "the file of root certificates",
        problem,
    };
    let mut found = Vec::new();
    for block in text.split("-----BEGIN CERTIFICATE-----").skip(1) {
        let body = block
            .split_once("-----END CERTIFICATE-----")
            .ok_or(shape("a certificate without end"))?
            .0;
        let body: String = body.split_whitespace().collect();
        let der = BASE64.decode(body).map_err(|_damaged| shape("damaged base64"))?;
        Certificate::parse(&der)?;
        found.push(der);
    }
    if found.is_empty() {
        return Err(shape("it holds no certificate"));
    }
    Ok(found)
}
