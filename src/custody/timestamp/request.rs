//! A digest and a nonce in, a time-stamp request (`.tsq`) out; and the same read back, so that a response can be held to it.

use super::TimestampError;
use super::algorithm::Hash;
use super::message::{Imprint, REQUEST, TimeStampReq, read};
use der::Encode as _;
use der::asn1::{AnyRef, IntRef, OctetStringRef};
use vsa_base::digest;
use x509_cert::spki::AlgorithmIdentifierRef;

/// What was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// SHA-256 of what shall be stamped.
    pub digest: [u8; 32],
    /// Content of the nonce, as an INTEGER holds it; comes back in the response.
    pub nonce: Vec<u8>,
}

impl Request {
    /// For `bytes`, with a nonce made of random bytes.
    #[must_use]
    pub fn new(bytes: &[u8], random: [u8; 8]) -> Self {
        let mut nonce = random.to_vec();
        // A positive number that needs all of its bytes.
        nonce[0] = nonce[0] & 0x7f | 0x40;
        Self {
            digest: digest::raw(bytes),
            nonce,
        }
    }

    /// The `.tsq` file: the authority is asked to send its certificate along.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let request = TimeStampReq {
            version: 1,
            imprint: Imprint {
                algorithm: AlgorithmIdentifierRef {
                    oid: Hash::Sha256.oid(),
                    parameters: Some(AnyRef::NULL),
                },
                digest: OctetStringRef::new(&self.digest).expect("a digest is short"),
            },
            nonce: IntRef::new(&self.nonce).expect("a nonce is short"),
            certificate: true,
        };
        request.to_der().expect("a digest and a nonce are short")
    }

    /// From a `.tsq` file of this program.
    ///
    /// # Errors
    /// [`TimestampError::Shape`].
    pub fn parse(bytes: &[u8]) -> Result<Self, TimestampError> {
        let shape = |problem: &str| TimestampError::Shape {
            what: REQUEST,
            problem: problem.to_owned(),
        };
        let read: TimeStampReq<'_> = read(REQUEST, bytes)?;
        let digest = read.imprint.digest.as_bytes();
        let request = Self {
            digest: digest
                .try_into()
                .map_err(|_length| shape("its digest is no SHA-256"))?,
            nonce: read.nonce.as_bytes().to_vec(),
        };
        if request.to_bytes() == bytes {
            Ok(request)
        } else {
            Err(shape("it is not as this program writes it"))
        }
    }
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_reads_back_and_no_part_of_it_can_change() {
        let request = Request::new(b"envelope", [0xff; 8]);
        let bytes = request.to_bytes();
        assert_eq!(Request::parse(&bytes).unwrap(), request);
        for at in 0..bytes.len() {
            let mut broken = bytes.clone();
            broken[at] ^= 0x80;
            assert_ne!(Request::parse(&broken).ok().as_ref(), Some(&request), "byte {at}");
        }
    }
}
