//! What every label and detection format is read into: pictures, classes and boxes. In: a reader's rows. Out: one table
//! that the metrics understand. Deliberately not here: how the two sides are brought together (`pair`).

use super::ellipse::Ellipse;
use super::region::Region;
use crate::record::scores::{LabelFormat, RowFault};
use std::collections::BTreeMap;

/// Everything that one side says.
pub(in crate::observe) struct Labels {
    pub(in crate::observe) format: LabelFormat,
    /// Files that were read.
    pub(in crate::observe) files: u64,
    pub(in crate::observe) sequences: Vec<Sequence>,
    pub(in crate::observe) pictures: Vec<Picture>,
    pub(in crate::observe) classes: Vec<Class>,
    pub(in crate::observe) boxes: Vec<LabelBox>,
    /// Rows that were left out, by reason.
    pub(in crate::observe) skipped: BTreeMap<RowFault, u64>,
    /// Whether lengths are shares of the picture instead of pixels.
    pub(in crate::observe) normalised: bool,
    /// Names of what is known about single boxes besides their place, such as `occlusion`.
    pub(in crate::observe) attributes: Vec<String>,
}

/// A stretch of pictures in time, or all pictures of a set without an order.
pub(in crate::observe) struct Sequence {
    pub(in crate::observe) name: String,
    /// Whether its pictures follow each other in time.
    pub(in crate::observe) in_time: bool,
    pub(in crate::observe) frames_per_second: Option<f64>,
    /// How many frames it has, where the format says so.
    pub(in crate::observe) length: Option<u64>,
    /// Width and height, where the format says so.
    pub(in crate::observe) size: Option<(f64, f64)>,
}

impl Sequence {
    /// Pictures in no order.
    pub(in crate::observe) fn stills() -> Self {
        Self {
            name: String::new(),
            in_time: false,
            frames_per_second: None,
            length: None,
            size: None,
        }
    }

    /// Pictures in order, of which nothing but the name is known.
    pub(in crate::observe) fn in_time(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            in_time: true,
            ..Self::stills()
        }
    }
}

/// One picture. At least one of number and name is there.
pub(in crate::observe) struct Picture {
    pub(in crate::observe) sequence: usize,
    /// Its id, or its frame number.
    pub(in crate::observe) number: Option<i64>,
    /// Its file name without folders and ending.
    pub(in crate::observe) name: Option<String>,
    pub(in crate::observe) size: Option<(f64, f64)>,
}

/// What a box may show.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::observe) struct Class {
    pub(in crate::observe) number: Option<i64>,
    pub(in crate::observe) name: Option<String>,
}

/// One box.
pub(in crate::observe) struct LabelBox {
    pub(in crate::observe) picture: usize,
    pub(in crate::observe) class: usize,
    pub(in crate::observe) region: Region,
    /// Of what is in the box, where the format tells it apart from the box (COCO: of the outline).
    pub(in crate::observe) area: Option<f64>,
    /// Many at once, not one.
    pub(in crate::observe) crowd: bool,
    /// To be passed over: finding it is neither right nor wrong.
    pub(in crate::observe) ignored: bool,
    pub(in crate::observe) score: Option<f64>,
    /// The person's or the track's number within the sequence.
    pub(in crate::observe) subject: Option<i64>,
    /// Its own id in the file.
    pub(in crate::observe) id: Option<i64>,
    /// Its own outline, where it is an ellipse; `region` is the box around it.
    pub(in crate::observe) ellipse: Option<Box<Ellipse>>,
    /// Values of [`Labels::attributes`], in their order; empty: unknown.
    pub(in crate::observe) attributes: Vec<String>,
    /// Where in its file it stands, for messages.
    pub(in crate::observe) line: u64,
}

impl LabelBox {
    /// A box of which nothing but its place is known.
    pub(in crate::observe) fn plain(picture: usize, class: usize, region: Region, line: u64) -> Self {
        Self {
            picture,
            class,
            region,
            area: None,
            crowd: false,
            ignored: false,
            score: None,
            subject: None,
            id: None,
            ellipse: None,
            attributes: Vec::new(),
            line,
        }
    }
}

impl Labels {
    pub(in crate::observe) fn new(format: LabelFormat) -> Self {
        Self {
            format,
            files: 1,
            sequences: Vec::new(),
            pictures: Vec::new(),
            classes: Vec::new(),
            boxes: Vec::new(),
            skipped: BTreeMap::new(),
            normalised: false,
            attributes: Vec::new(),
        }
    }
}

/// Numbers given to names (or other keys) in the order in which they are met.
pub(in crate::observe) struct Numbering<K> {
    known: BTreeMap<K, usize>,
}

impl<K: Ord> Default for Numbering<K> {
    fn default() -> Self {
        Self {
            known: BTreeMap::new(),
        }
    }
}

impl<K: Ord + Clone> Numbering<K> {
    /// The number of `key`; where it is new, `make` tells the list about it first.
    pub(in crate::observe) fn of<T>(
        &mut self,
        key: &K,
        list: &mut Vec<T>,
        make: impl FnOnce() -> T,
    ) -> usize {
        if let Some(&known) = self.known.get(key) {
            return known;
        }
        let number = list.len();
        list.push(make());
        self.known.insert(key.clone(), number);
        number
    }

    /// The number of `key`, if it was met.
    pub(in crate::observe) fn known(&self, key: &K) -> Option<usize> {
        self.known.get(key).copied()
    }
}
