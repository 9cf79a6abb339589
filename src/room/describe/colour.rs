//! Colours in, one of eleven names out.
//!
//! **Rule.** The eleven basic colour terms of Berlin and Kay (*Basic Color Terms*, 1969). Each stands at the places where
//! the colour name survey of R. Munroe (xkcd, 2010; 222,500 sessions; published as CC0) found it, its `dark` and `light`
//! shades among them; a colour has the name of the nearest place in CIELAB (CIE 1976, D65), by Euclidean distance.
//! Deliberately not here: correction for the light. A grey coat under a lamp may be named orange, and a system that
//! searches by colour makes the same mistake.

/// A name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ColourName {
    Black,
    White,
    Grey,
    Red,
    Green,
    Yellow,
    Blue,
    Brown,
    Orange,
    Pink,
    Purple,
}

impl ColourName {
    pub(crate) const COUNT: usize = 11;

    /// All, in the order in which ties are settled.
    pub(crate) const ALL: [Self; Self::COUNT] = [
        Self::Black,
        Self::White,
        Self::Grey,
        Self::Red,
        Self::Green,
        Self::Yellow,
        Self::Blue,
        Self::Brown,
        Self::Orange,
        Self::Pink,
        Self::Purple,
    ];

    /// The name with the most votes, the earlier of two with as many; none: nobody voted.
    pub(crate) fn elected(votes: &[u32; Self::COUNT]) -> Option<Self> {
        let most = *votes.iter().max()?;
        let at = votes.iter().position(|count| *count == most)?;
        (most > 0).then(|| Self::ALL[at])
    }
}

/// Where the names stand, as sRGB: the survey's `name`, `dark name` and `light name`, as far as it has them.
const PLACES: [(ColourName, u32); 30] = [
    (ColourName::Black, 0x00_00_00),
    (ColourName::White, 0xff_ff_ff),
    (ColourName::Grey, 0x92_95_91),
    (ColourName::Grey, 0x36_37_37),
    (ColourName::Grey, 0xd8_dc_d6),
    (ColourName::Red, 0xe5_00_00),
    (ColourName::Red, 0x84_00_00),
    (ColourName::Red, 0xff_47_4c),
    (ColourName::Green, 0x15_b0_1a),
    (ColourName::Green, 0x03_35_00),
    (ColourName::Green, 0x96_f9_7b),
    (ColourName::Yellow, 0xff_ff_14),
    (ColourName::Yellow, 0xd5_b6_0a),
    (ColourName::Yellow, 0xff_fe_7a),
    (ColourName::Blue, 0x03_43_df),
    (ColourName::Blue, 0x00_03_5b),
    (ColourName::Blue, 0x95_d0_fc),
    (ColourName::Brown, 0x65_37_00),
    (ColourName::Brown, 0x34_1c_02),
    (ColourName::Brown, 0xad_81_50),
    (ColourName::Orange, 0xf9_73_06),
    (ColourName::Orange, 0xc6_51_02),
    (ColourName::Orange, 0xfd_aa_48),
    (ColourName::Pink, 0xff_81_c0),
    (ColourName::Pink, 0xcb_41_6b),
    (ColourName::Pink, 0xff_d1_df),
    (ColourName::Purple, 0x7e_1e_9c),
    (ColourName::Purple, 0x35_06_3e),
    (ColourName::Purple, 0xbf_77_f6),
    // The survey's `navy blue`: half-way to black, as much cloth is.
    (ColourName::Blue, 0x00_11_46),
];

/// Names colours; holds a table, because every pixel of every coat is named.
pub(crate) struct Namer {
    /// By the upper four bits of red, green and blue.
    table: Vec<ColourName>,
}

impl Namer {
    pub(crate) fn new() -> Self {
        let places = PLACES.map(|(name, rgb)| {
            let [_, red, green, blue] = rgb.to_be_bytes();
            (name, lab([red, green, blue]))
        });
        let table = (0..1usize << 12)
            .map(|index| {
                // The middle of the cell of 16 values, but pure black and white stay what they are.
                let channel = |shift: usize| {
                    let high = (index >> shift) & 0xf;
                    u8::try_from(high * 17).expect("15 * 17 = 255")
                };
                nearest(&places, lab([channel(8), channel(4), channel(0)]))
            })
            .collect();
        Self { table }
    }

    /// The name of an sRGB colour.
    pub(crate) fn name(&self, rgb: [u8; 3]) -> ColourName {
        // Rounded to the nearest of 16 levels.
        let level = |value: u8| (usize::from(value) + 8) / 17;
        let [red, green, blue] = rgb.map(level);
        self.table[red << 8 | green << 4 | blue]
    }
}

fn nearest(places: &[(ColourName, [f64; 3])], colour: [f64; 3]) -> ColourName {
    let distance =
        |place: &[f64; 3]| -> f64 { (0..3).map(|axis| (place[axis] - colour[axis]).powi(2)).sum() };
    places
        .iter()
        .min_by(|a, b| distance(&a.1).total_cmp(&distance(&b.1)))
        .expect("there are names")
        .0
}

/// sRGB (IEC 61966-2-1) to CIELAB (CIE 1976), white D65.
fn lab(rgb: [u8; 3]) -> [f64; 3] {
    let [red, green, blue] = rgb.map(|value| {
        let share = f64::from(value) / 255.0;
        if share <= 0.040_45 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    });
    let x = (0.412_456_4 * red + 0.357_576_1 * green + 0.180_437_5 * blue) / 0.950_47;
    let y = 0.212_672_9 * red + 0.715_152_2 * green + 0.072_175_0 * blue;
    let z = (0.019_333_9 * red + 0.119_192_0 * green + 0.950_304_1 * blue) / 1.088_83;
    let bent = |t: f64| {
        if t > 216.0 / 24_389.0 {
            t.cbrt()
        } else {
            (24_389.0 / 27.0 * t + 16.0) / 116.0
        }
    };
    let [x, y, z] = [x, y, z].map(bent);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cielab_is_what_the_published_conversions_say() {
        // Red, green and blue of sRGB (Lindbloom's calculator): to a hundredth.
        for (rgb, expected) in [
            ([255, 0, 0], [53.24, 80.09, 67.20]),
            ([0, 255, 0], [87.73, -86.18, 83.18]),
            ([0, 0, 255], [32.30, 79.19, -107.86]),
            ([255, 255, 255], [100.0, 0.0, 0.0]),
            ([119, 119, 119], [50.03, 0.0, 0.0]),
        ] {
            let got = lab(rgb);
            for axis in 0..3 {
                assert!((got[axis] - expected[axis]).abs() < 0.02, "{rgb:?}: {got:?}");
            }
        }
    }

    #[test]
    fn colours_that_everybody_names_alike_are_named_so() {
        let namer = Namer::new();
        for (rgb, name) in [
            ([0, 0, 0], ColourName::Black),
            ([20, 20, 22], ColourName::Black),
            ([255, 255, 255], ColourName::White),
            ([128, 128, 128], ColourName::Grey),
            ([60, 60, 60], ColourName::Grey),
            ([200, 16, 24], ColourName::Red),
            ([128, 0, 0], ColourName::Red),
            ([0, 128, 0], ColourName::Green),
            ([20, 60, 20], ColourName::Green),
            ([255, 235, 0], ColourName::Yellow),
            ([0, 0, 255], ColourName::Blue),
            ([20, 30, 90], ColourName::Blue),
            ([150, 200, 240], ColourName::Blue),
            ([100, 60, 20], ColourName::Brown),
            ([255, 128, 0], ColourName::Orange),
            ([255, 150, 200], ColourName::Pink),
            ([128, 30, 160], ColourName::Purple),
        ] {
            assert!(namer.name(rgb) == name, "{rgb:?} is {}", namer.name(rgb) as usize);
        }
    }

    #[test]
    fn every_name_is_given_to_some_colour_and_to_its_own_place() {
        let namer = Namer::new();
        for name in ColourName::ALL {
            assert!(namer.table.contains(&name));
        }
        for (name, rgb) in PLACES {
            let [_, red, green, blue] = rgb.to_be_bytes();
            assert!(namer.name([red, green, blue]) == name, "{rgb:06x}");
        }
    }
}
