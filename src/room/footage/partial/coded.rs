//! A coded frame in; whether decoding can begin with it, and whether others are built on it, out. Read from the units that
//! H.264 and H.265 are made of (ITU-T H.264, 7.3.1 and 7.4.1; H.265, 7.3.1 and 7.4.2.2): no picture is decoded for it.

/// Codecs of which parts can be decoded: those of cameras, and in which every packet is one frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Codec {
    H264,
    H265,
    Mjpeg,
}

/// What a packet is to the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Role {
    /// Nothing that comes after it is built on anything before it.
    pub(super) start: bool,
    /// Others may be built on it.
    pub(super) reference: bool,
}

impl Codec {
    /// By ffmpeg's name. None: decoded whole.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "h264" => Some(Self::H264),
            "hevc" => Some(Self::H265),
            "mjpeg" => Some(Self::Mjpeg),
            _ => None,
        }
    }

    /// What makes its packets stand by themselves, whatever file they come from: units that begin with a start code, and the
    /// parameters of the stream before each key frame.
    pub(super) fn filters(self) -> Option<&'static str> {
        match self {
            Self::H264 => Some("h264_mp4toannexb,dump_extra"),
            Self::H265 => Some("hevc_mp4toannexb,dump_extra"),
            Self::Mjpeg => None,
        }
    }

    /// How IVF calls it.
    pub(super) fn four_letters(self) -> [u8; 4] {
        *match self {
            Self::H264 => b"H264",
            Self::H265 => b"HEVC",
            Self::Mjpeg => b"MJPG",
        }
    }

    /// What `packet` is. Of one that is not understood nothing is promised: decoding does not begin with it, and it is
    /// decoded.
    ///
    /// A picture from which H.264 or H.265 can be entered although others after it look further back (open groups of
    /// pictures, gradual refresh) is no start: what the decoder makes of it depends on what it saw before.
    pub(super) fn role(self, packet: &[u8]) -> Role {
        let (mut start, mut slices, mut referred) = (false, 0u32, false);
        match self {
            Self::Mjpeg => {
                return Role {
                    start: true,
                    reference: false,
                };
            }
            Self::H264 => {
                for first in units(packet) {
                    let (kind, weight) = (first & 31, first >> 5 & 3);
                    if (1..=5).contains(&kind) {
                        slices += 1;
                        start |= kind == 5;
                        referred |= weight != 0;
                    }
                }
            }
            Self::H265 => {
                for first in units(packet) {
                    let kind = first >> 1 & 63;
                    if kind < 32 {
                        slices += 1;
                        start |= kind == 19 || kind == 20;
                        // Pictures that nothing in their layer is built on may serve another layer.
                        referred = true;
                    }
                }
            }
        }
        Role {
            start,
            reference: referred || slices == 0,
        }
    }
}

/// The first byte of each unit: what follows 0, 0, 1.
fn units(packet: &[u8]) -> impl Iterator<Item = u8> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at + 3 < packet.len() {
            match packet[at + 2] {
                // No start code holds such a byte.
                2.. => at += 3,
                1 if packet[at] == 0 && packet[at + 1] == 0 => {
                    let first = packet[at + 3];
                    at += 3;
                    return Some(first);
                }
                _ => at += 1,
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decoding_begins_with_a_picture_that_resets_the_decoder_and_with_no_other() {
        // Parameters and an instantaneous refresh; a picture between two others; one that others are built on.
        let key = [0, 0, 0, 1, 0x67, 9, 0, 0, 1, 0x68, 0, 0, 1, 0x65, 7, 7];
        let between = [0, 0, 1, 0x01, 200, 0, 0, 3, 1];
        let built_on = [0, 0, 1, 0x09, 0, 0, 1, 0x41, 1];
        let role = |packet: &[u8]| {
            let role = Codec::H264.role(packet);
            (role.start, role.reference)
        };
        assert_eq!(role(&key), (true, true));
        assert_eq!(role(&between), (false, false));
        assert_eq!(role(&built_on), (false, true));
        assert_eq!(role(&[1, 2, 3]), (false, true), "not understood: decoded");
        let of_h265 = |kind: u8| Codec::H265.role(&[0, 0, 1, kind << 1, 1, 1]).start;
        let starts: Vec<u8> = (0..64).filter(|&kind| of_h265(kind)).collect();
        assert_eq!(
            starts,
            [19, 20],
            "not 21, from which later pictures may look back"
        );
        assert!(Codec::Mjpeg.role(&[]).start);
        assert_eq!(Codec::named("vp8"), None);
    }
}
