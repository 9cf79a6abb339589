//! A digest and a nonce in, a time-stamp request (`.tsq`) out; and the same read back, so that a response can be held to it.

use super::TimestampError;
use super::algorithm::SHA256;
use super::der::{BOOLEAN, INTEGER, OCTET_STRING, OID, Reader, SEQUENCE, write};
use vsa_base::digest;

const NULL: [u8; 2] = [0x05, 0x00];
const WHAT: &str = "the time-stamp request";

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
        let algorithm = write(SEQUENCE, &[&write(OID, &[SHA256]), &NULL]);
        let imprint = write(SEQUENCE, &[&algorithm, &write(OCTET_STRING, &[&self.digest])]);
        write(
            SEQUENCE,
            &[
                &write(INTEGER, &[&[1]]),
                &imprint,
                &write(INTEGER, &[&self.nonce]),
                &write(BOOLEAN, &[&[0xff]]),
            ],
        )
    }

    /// From a `.tsq` file of this program.
    ///
    /// # Errors
    /// [`TimestampError::Shape`].
    pub fn parse(bytes: &[u8]) -> Result<Self, TimestampError> {
        let mut outer = Reader::new(bytes, WHAT);
        let mut fields = outer.enter(SEQUENCE)?;
        outer.end()?;
        fields.expect(INTEGER)?;
        let mut imprint = fields.enter(SEQUENCE)?;
        imprint.expect(SEQUENCE)?;
        let digest = imprint.expect(OCTET_STRING)?.content;
        let nonce = fields.expect(INTEGER)?.content.to_vec();
        let request = Self {
            digest: digest.try_into().map_err(|_length| TimestampError::Shape {
                what: WHAT,
                problem: "its digest is no SHA-256",
            })?,
            nonce,
        };
        if request.to_bytes() == bytes {
            Ok(request)
        } else {
            Err(TimestampError::Shape {
                what: WHAT,
                problem: "it is not as this program writes it",
            })
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
