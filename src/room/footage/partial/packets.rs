//! A listing of packets and what each of them is in; which of them have to be decoded for which frames out.

use super::coded::Role;
use crate::footage::ffmpeg::command::TICKS;
use std::collections::BTreeSet;

/// One packet of the listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    /// Its time stamp in the listing's units.
    pub(super) pts: i64,
    pub(super) bytes: u32,
    /// False: it is decoded for others, and never shown.
    pub(super) shown: bool,
}

/// One packet.
struct Packet {
    bytes: u32,
    role: Role,
    /// Its place among all by time.
    rank: u32,
    /// The number of its frame, where that is shown.
    index: Option<u32>,
}

/// All packets of a video, as they lie in the file.
pub(super) struct Packets {
    list: Vec<Packet>,
    /// By rank, where it lies in the list.
    by_rank: Vec<u32>,
    /// By the number of a frame, where its packet lies in the list, and its time in ticks from the first frame.
    frames: Vec<(u32, i64)>,
}

impl Packets {
    /// `time_base`: the listing's units in seconds. None: the time stamps do not tell the order of the frames, or decoding
    /// cannot begin with the first packet.
    pub(super) fn new(listed: &[Listed], roles: &[Role], time_base: (i64, i64)) -> Option<Self> {
        if listed.len() != roles.len() || !roles.first()?.start || u32::try_from(listed.len()).is_err() {
            return None;
        }
        let mut by_rank: Vec<u32> = (0..listed.len() as u32).collect();
        by_rank.sort_unstable_by_key(|&at| listed[at as usize].pts);
        let pts = |rank: usize| listed[by_rank[rank] as usize].pts;
        if pts(0) == i64::MIN || (1..by_rank.len()).any(|rank| pts(rank) == pts(rank - 1)) {
            return None;
        }
        let mut list: Vec<Packet> = listed
            .iter()
            .zip(roles)
            .map(|(packet, &role)| Packet {
                bytes: packet.bytes,
                role,
                rank: 0,
                index: None,
            })
            .collect();
        let mut frames = Vec::with_capacity(listed.len());
        for (rank, &at) in by_rank.iter().enumerate() {
            let packet = &mut list[at as usize];
            packet.rank = rank as u32;
            if listed[at as usize].shown {
                packet.index = Some(frames.len() as u32);
                frames.push((at, ticks(listed[at as usize].pts, time_base)?));
            }
        }
        let first = frames.first()?.1;
        frames.iter_mut().for_each(|(_, time)| *time -= first);
        Some(Self {
            list,
            by_rank,
            frames,
        })
    }

    /// Frames that are shown.
    pub(super) fn frames(&self) -> u64 {
        self.frames.len() as u64
    }

    /// When a frame is shown, in seconds from the first.
    pub(super) fn seconds(&self, index: u64) -> Option<f64> {
        let (_, ticks) = self.frames.get(usize::try_from(index).ok()?)?;
        Some(*ticks as f64 / TICKS as f64)
    }

    /// Frames that decoding can begin with, by their numbers, in the order of the file.
    pub(super) fn starts(&self) -> impl Iterator<Item = u64> + '_ {
        let starts = self.list.iter().filter(|packet| packet.role.start);
        starts.filter_map(|packet| packet.index.map(u64::from))
    }

    /// Which packets have to be decoded for the frames `wanted`: for each, from the last start before it on, what others are
    /// built on, and itself.
    pub(super) fn needed(&self, wanted: &BTreeSet<u64>) -> Vec<Need> {
        let mut needs = vec![Need::default(); self.list.len()];
        for &index in wanted {
            if let Some(&(at, _)) = usize::try_from(index)
                .ok()
                .and_then(|index| self.frames.get(index))
            {
                needs[at as usize].wanted = true;
            }
        }
        // From the end: whether a wanted frame comes before the next start.
        let mut within = false;
        for (need, packet) in needs.iter_mut().zip(&self.list).rev() {
            within |= need.wanted;
            need.fed = need.wanted || (within && packet.role.reference);
            within &= !packet.role.start;
        }
        needs
    }

    /// Shown frames among the packets that are fed.
    pub(super) fn decoded(&self, needs: &[Need]) -> u64 {
        let fed = needs.iter().zip(&self.list).filter(|(need, _)| need.fed);
        fed.filter(|(_, packet)| packet.index.is_some()).count() as u64
    }

    /// Bytes of each packet.
    pub(super) fn bytes(&self) -> impl Iterator<Item = u32> + '_ {
        self.list.iter().map(|packet| packet.bytes)
    }

    /// The time stamp under which the packet at `at` is given to the decoder: its rank, and whether its frame is wanted.
    pub(super) fn stamp(&self, at: usize, wanted: bool) -> u64 {
        2 * u64::from(self.list[at].rank) + u64::from(wanted)
    }

    /// The number of the frame that came out under a time stamp. None: it is none that was wanted.
    pub(super) fn wanted_of(&self, stamp: i64) -> Option<u64> {
        let rank = usize::try_from(stamp / 2).ok().filter(|_| stamp % 2 == 1)?;
        self.list[*self.by_rank.get(rank)? as usize].index.map(u64::from)
    }
}

/// What becomes of one packet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Need {
    /// The decoder gets it.
    pub(super) fed: bool,
    /// Its frame is looked at.
    pub(super) wanted: bool,
}

/// In ticks, rounded as ffmpeg rounds: to the nearest, halves away from zero.
fn ticks(pts: i64, (numerator, denominator): (i64, i64)) -> Option<i64> {
    if numerator <= 0 || denominator <= 0 {
        return None;
    }
    let (scaled, denominator) = (
        i128::from(pts) * i128::from(numerator) * i128::from(TICKS),
        i128::from(denominator),
    );
    let rounded = (scaled.abs() + denominator / 2) / denominator * scaled.signum();
    i64::try_from(rounded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Role = Role {
        start: true,
        reference: true,
    };
    const BUILT_ON: Role = Role {
        start: false,
        reference: true,
    };
    const BETWEEN: Role = Role {
        start: false,
        reference: false,
    };

    /// Two groups of key, built on, two between; in the order of the file, where what is built on comes first.
    fn two_groups() -> Packets {
        let listed: Vec<Listed> = [0, 3, 1, 2, 4, 7, 5, 6]
            .map(|pts| Listed {
                pts: 10 + pts,
                bytes: 5,
                shown: true,
            })
            .to_vec();
        let group = [KEY, BUILT_ON, BETWEEN, BETWEEN];
        Packets::new(&listed, &[group, group].concat(), (1, 25)).unwrap()
    }

    fn fed(packets: &Packets, wanted: &[u64]) -> Vec<usize> {
        let needs = packets.needed(&wanted.iter().copied().collect());
        (0..needs.len()).filter(|&at| needs[at].fed).collect()
    }

    #[test]
    fn a_frame_needs_what_leads_to_it_from_the_key_frame_before_and_nothing_else() {
        let packets = two_groups();
        assert_eq!(fed(&packets, &[0]), [0]);
        assert_eq!(
            fed(&packets, &[2]),
            [0, 1, 3],
            "not frame 1, on which nothing is built"
        );
        assert_eq!(fed(&packets, &[7]), [4, 5]);
        assert_eq!(fed(&packets, &[1, 4]), [0, 1, 2, 4]);
        assert_eq!(fed(&packets, &[]), [0usize; 0]);
        assert_eq!(packets.starts().collect::<Vec<_>>(), [0, 4]);
        assert_eq!(packets.seconds(5), Some(0.2));
        let needs = packets.needed(&[2].into());
        assert_eq!(packets.decoded(&needs), 3);
    }

    #[test]
    fn a_frame_that_comes_out_bears_its_number_whatever_order_it_lay_in() {
        let packets = two_groups();
        // The fourth packet holds the third frame.
        assert_eq!(packets.stamp(3, true), 5);
        assert_eq!(packets.wanted_of(5), Some(2));
        assert_eq!(packets.wanted_of(4), None, "not asked for");
        assert_eq!(packets.wanted_of(99), None);
        assert_eq!(packets.wanted_of(-1), None);
    }

    #[test]
    fn time_stamps_that_are_absent_or_equal_and_a_file_that_begins_within_a_group_are_refused() {
        let listed = |times: [i64; 3]| {
            times.map(|pts| Listed {
                pts,
                bytes: 1,
                shown: true,
            })
        };
        let roles = [KEY, BUILT_ON, BUILT_ON];
        assert!(Packets::new(&listed([0, 1, 2]), &roles, (1, 25)).is_some());
        assert!(Packets::new(&listed([0, 1, 1]), &roles, (1, 25)).is_none());
        assert!(Packets::new(&listed([0, i64::MIN, 1]), &roles, (1, 25)).is_none());
        assert!(Packets::new(&listed([0, 1, 2]), &[BUILT_ON, KEY, KEY], (1, 25)).is_none());
        assert!(Packets::new(&listed([0, 1, 2]), &roles, (1, 0)).is_none());
    }

    #[test]
    fn frames_that_are_never_shown_are_fed_and_bear_no_number() {
        let mut listed = [0, 1, 2].map(|pts| Listed {
            pts,
            bytes: 1,
            shown: true,
        });
        listed[0].shown = false;
        let packets = Packets::new(&listed, &[KEY, BUILT_ON, BUILT_ON], (1, 25)).unwrap();
        assert_eq!(packets.frames(), 2);
        assert_eq!(fed(&packets, &[0]), [0, 1]);
        assert_eq!(packets.decoded(&packets.needed(&[0].into())), 1);
        assert_eq!((packets.seconds(0), packets.seconds(1)), (Some(0.0), Some(0.04)));
    }

    #[test]
    fn times_are_rounded_as_the_decoder_rounds_them() {
        assert_eq!(ticks(1, (1, 90_000)), Some(8));
        assert_eq!(ticks(-1, (1, 480_000)), Some(-2));
        assert_eq!(ticks(1, (1, 0)), None);
    }
}
