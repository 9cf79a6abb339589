//! The register: who draws from which stream of the generator. Every constant of the project that chooses random numbers
//! stands here with a name, so that two uses cannot share numbers by accident. What a seed of the user chooses is here with
//! the room that it takes.
//!
//! Numbers are part of what a record means: one that is given out never changes.

/// One stream of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stream(u64);

impl Stream {
    /// A stream for a simulation in a test. What is published draws from the register alone (held by the tidy test).
    #[must_use]
    pub const fn simulated(number: u64) -> Self {
        Self(number)
    }

    pub(crate) const fn number(self) -> u64 {
        self.0
    }
}

/// A run of streams that belongs to one use, or the rest of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Streams {
    first: u64,
    from: u64,
    count: u64,
}

impl Streams {
    const fn new(first: u64, count: u64) -> Self {
        Self {
            first,
            from: 0,
            count,
        }
    }

    /// Streams of its own for a simulation in a test: so many from a number on.
    #[must_use]
    pub const fn simulated(first: u64) -> Self {
        Self::new(first, 1000)
    }

    /// The `index`-th stream, from 0. One beyond those that are registered lies far from all others, so that a scene with
    /// more zones than anybody expected draws from nobody else's.
    #[must_use]
    pub const fn at(self, index: u64) -> Stream {
        let index = self.from.wrapping_add(index);
        if index < self.count {
            Stream(self.first.wrapping_add(index))
        } else {
            // Bit 63 is set in no registered number; no use has 2^24 streams before the seeds begin.
            Stream((1 << 63) | (self.first << 24) | (index & 0xff_ffff))
        }
    }

    /// Those from the `index`-th on.
    #[must_use]
    pub const fn skip(self, index: u64) -> Self {
        Self {
            from: self.from.wrapping_add(index),
            ..self
        }
    }

    /// The stream that a user's seed chooses. Seeds beyond the registered room may meet another use: they are as good.
    #[must_use]
    pub const fn seeded(self, seed: u64) -> Stream {
        Stream(self.first.wrapping_add(seed))
    }
}

macro_rules! register {
    ($($(#[doc = $what:literal])+ $name:ident: $first:expr, $count:expr;)+) => {
        $($(#[doc = $what])+ pub const $name: Streams = Streams::new($first, $count);)+

        /// All of them by name.
        pub const REGISTER: &[(&str, Streams)] = &[$((stringify!($name), $name)),+];
    };
}

register! {
    /// Share of frames with somebody, people per frame. The synopsis draws from the same: its empty share is the complement
    /// of the occupied share to the last digit.
    PRESENCE: 100, 100;
    /// Faces per frame, their heights, levels of pixel density.
    FACES: 200, 100;
    /// Share of time seen, fragments of a person, time followed.
    FOLLOWABILITY: 300, 100;
    /// How fast people walk.
    PACE: 400, 100;
    /// Re-identification by appearance; from 4 on, of redacted pictures.
    REIDENTIFICATION: 500, 10;
    /// Faces against each other.
    FACE_MATCHING: 510, 10;
    /// Descriptions that nobody else has.
    SINGLING_OUT: 520, 180;
    /// Who stands near to whom.
    GROUPS: 700, 300;
    /// People in zones: ten for each.
    INTRUSION: 1_000, 1_000;
    /// People on the ground: ten for each area.
    DENSITY: 2_000, 7_000;
    /// Intervals over systematic draws of frames.
    DRAWN_FRAMES: 9_000, 1_000;
    /// Boxes of degraded footage against those of the clean: ten for each degradation.
    ROBUSTNESS: 90_000, 5_000;
    /// People by score threshold; from 50 on, by a second detector.
    SENSITIVITY_PEOPLE: 95_000, 100;
    /// The same of faces.
    SENSITIVITY_FACES: 95_100, 100;
    /// Quality of the pictures of faces.
    FACE_QUALITY: 95_200, 100;
    /// Which frames are drawn, by the seed of the plan.
    STARTS: 1 << 40, 1 << 48;
    /// Scores against labels.
    EVALUATION: 0x0065_7661_6c75_6174, 1;
}

/// What a frame's random numbers are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purpose(u64);

impl Purpose {
    pub(crate) const fn number(self) -> u64 {
        self.0
    }
}

/// Whether a frame is lost.
pub const LOST_FRAMES: Purpose = Purpose(0);
/// Noise of the sensor.
pub const NOISE: Purpose = Purpose(11);
/// Noise of the sensor in low light.
pub const NOISE_IN_THE_DARK: Purpose = Purpose(12);
/// The map of fog.
pub const FOG: Purpose = Purpose(13);
/// Drops of rain.
pub const RAIN: Purpose = Purpose(14);

/// All purposes by name.
pub const PURPOSES: &[(&str, Purpose)] = &[
    ("LOST_FRAMES", LOST_FRAMES),
    ("NOISE", NOISE),
    ("NOISE_IN_THE_DARK", NOISE_IN_THE_DARK),
    ("FOG", FOG),
    ("RAIN", RAIN),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_uses_share_a_stream() {
        let mut by_first = REGISTER.to_vec();
        by_first.sort_by_key(|(_, streams)| streams.first);
        for pair in by_first.windows(2) {
            let [(one, before), (other, after)] = pair else {
                unreachable!("windows of two")
            };
            assert!(before.first + before.count <= after.first, "{one} and {other}");
        }
        let (_, last) = by_first.last().unwrap();
        assert!(last.first + last.count < 1 << 63, "beyond it lie the spilt ones");
    }

    #[test]
    fn no_two_purposes_are_the_same() {
        for (at, (one, purpose)) in PURPOSES.iter().enumerate() {
            for (other, same) in &PURPOSES[at + 1..] {
                assert_ne!(purpose, same, "{one} and {other}");
            }
        }
    }

    #[test]
    fn the_rest_of_a_run_goes_on_where_it_was_cut() {
        assert_eq!(DENSITY.skip(30).at(5), DENSITY.at(35));
        assert_eq!(DENSITY.skip(30).skip(4).at(1).number(), 2_035);
        assert_eq!(STARTS.seeded(7).number(), (1 << 40) + 7);
    }

    #[test]
    fn more_zones_than_are_registered_draw_from_nobody_elses_streams() {
        let own = INTRUSION.skip(10 * 99).at(9);
        assert_eq!(own.number(), 1_999);
        let beyond: Vec<Stream> = [INTRUSION, DENSITY, ROBUSTNESS]
            .iter()
            .flat_map(|streams| (0..4).map(|index| streams.at(streams.count + index)))
            .collect();
        // Bit 63, the first number of the use, and the index, in this order.
        let parts = |stream: &Stream| {
            (
                stream.number() >> 63,
                stream.number() >> 24 & 0xffff_ffff,
                stream.number() & 0xff_ffff,
            )
        };
        let first = DENSITY.at(DENSITY.count + 2);
        assert_eq!(parts(&first), (1, DENSITY.first, DENSITY.count + 2));
        for (at, one) in beyond.iter().enumerate() {
            assert!(!beyond[..at].contains(one));
            let registered = |(_, streams): &&(&str, Streams)| {
                (streams.first..streams.first + streams.count).contains(&one.number())
            };
            assert_eq!(REGISTER.iter().find(registered), None);
        }
    }
}
