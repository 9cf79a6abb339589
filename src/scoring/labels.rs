//! What every label and detection format is read into: pictures, classes and boxes. In: a reader's rows. Out: one table
//! that the metrics understand. Deliberately not here: how the two sides are brought together (`pair`).

use super::ellipse::Ellipse;
use super::region::Region;
use std::collections::BTreeMap;
use vsa_record::scores::{LabelFormat, RowFault};

/// Everything that one side says.
pub struct Labels {
    pub(crate) format: LabelFormat,
    /// Files that were read.
    pub(crate) files: u64,
    pub(crate) sequences: Vec<Sequence>,
    pub(crate) pictures: Vec<Picture>,
    pub(crate) classes: Vec<Class>,
    pub(crate) boxes: Vec<LabelBox>,
    /// Rows that were left out, by reason.
    pub(crate) skipped: BTreeMap<RowFault, u64>,
    /// Whether lengths are shares of the picture instead of pixels.
    pub(crate) normalised: bool,
    /// Names of what is known about single boxes besides their place, such as `occlusion`.
    pub(crate) attributes: Vec<String>,
    met: Met,
}

/// What was met so far, and keeps its number.
#[derive(Default)]
struct Met {
    classes: Numbering<Class>,
    frames: Numbering<(usize, i64)>,
    attributes: Numbering<String>,
}

/// A stretch of pictures in time, or all pictures of a set without an order.
#[derive(Clone)]
pub(crate) struct Sequence {
    pub(crate) name: String,
    /// Whether its pictures follow each other in time.
    pub(crate) in_time: bool,
    pub(crate) frames_per_second: Option<f64>,
    /// How many frames it has, where the format says so.
    pub(crate) length: Option<u64>,
    /// Width and height, where the format says so.
    pub(crate) size: Option<(f64, f64)>,
}

impl Sequence {
    /// Pictures in no order.
    pub(crate) fn stills() -> Self {
        Self {
            name: String::new(),
            in_time: false,
            frames_per_second: None,
            length: None,
            size: None,
        }
    }

    /// Pictures in order, of which nothing but the name is known, and the rate if anybody told it.
    pub(crate) fn in_time(name: &str, frames_per_second: Option<f64>) -> Self {
        Self {
            name: name.to_owned(),
            in_time: true,
            frames_per_second,
            ..Self::stills()
        }
    }
}

/// One picture. At least one of number and name is there.
#[derive(Clone)]
pub(crate) struct Picture {
    pub(crate) sequence: usize,
    /// Its id, or its frame number.
    pub(crate) number: Option<i64>,
    /// Its file name without folders and ending.
    pub(crate) name: Option<String>,
    pub(crate) size: Option<(f64, f64)>,
}

impl Picture {
    /// One of a set without an order.
    pub(crate) fn still(name: Option<String>) -> Self {
        Self {
            sequence: 0,
            number: None,
            name,
            size: None,
        }
    }

    /// One of which nothing but its number is known.
    pub(crate) fn numbered(sequence: usize, number: i64) -> Self {
        Self {
            sequence,
            number: Some(number),
            name: None,
            size: None,
        }
    }
}

/// What a box may show.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Class {
    pub(crate) number: Option<i64>,
    pub(crate) name: Option<String>,
}

impl Class {
    /// One that has a name and no number.
    pub(crate) fn named(name: impl Into<String>) -> Self {
        Self {
            number: None,
            name: Some(name.into()),
        }
    }

    /// One that has a number and no name.
    pub(crate) fn numbered(number: i64) -> Self {
        Self {
            number: Some(number),
            name: None,
        }
    }
}

/// One box.
pub(crate) struct LabelBox {
    pub(crate) picture: usize,
    pub(crate) class: usize,
    pub(crate) region: Region,
    /// Of what is in the box, where the format tells it apart from the box (COCO: of the outline).
    pub(crate) area: Option<f64>,
    /// Many at once, not one.
    pub(crate) crowd: bool,
    /// To be passed over: finding it is neither right nor wrong.
    pub(crate) ignored: bool,
    pub(crate) score: Option<f64>,
    /// The person's or the track's number within the sequence.
    pub(crate) subject: Option<i64>,
    /// Its own id in the file.
    pub(crate) id: Option<i64>,
    /// Its own outline, where it is an ellipse; `region` is the box around it.
    pub(crate) ellipse: Option<Box<Ellipse>>,
    /// Values of [`Labels::attributes`], in their order; empty: unknown.
    pub(crate) attributes: Vec<String>,
    /// Where in its file it stands, for messages.
    pub(crate) line: u64,
}

impl LabelBox {
    /// A box of which nothing but its place is known.
    pub(crate) fn plain(picture: usize, class: usize, region: Region, line: u64) -> Self {
        Self {
            picture,
            class,
            line,
            ..Self::of(region)
        }
    }

    /// The same, before it is one of a list: its picture, its class and its line are not filled in yet.
    pub(crate) fn of(region: Region) -> Self {
        Self {
            picture: 0,
            class: 0,
            region,
            area: None,
            crowd: false,
            ignored: false,
            score: None,
            subject: None,
            id: None,
            ellipse: None,
            attributes: Vec::new(),
            line: 0,
        }
    }
}

/// What one row says: a box, and what it shows.
pub(crate) type LabelRow = (Class, LabelBox);

impl Labels {
    /// Whether what is labelled are faces.
    #[must_use]
    pub fn shows_faces(&self) -> bool {
        let names_a_face =
            |name: &str| name.eq_ignore_ascii_case("face") || name.eq_ignore_ascii_case("faces");
        self.classes
            .iter()
            .any(|class| class.name.as_deref().is_some_and(names_a_face))
    }

    /// Whether people keep their number from picture to picture.
    #[must_use]
    pub fn numbers_people(&self) -> bool {
        self.boxes.iter().any(|label| label.subject.is_some())
    }

    pub(crate) fn new(format: LabelFormat) -> Self {
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
            met: Met::default(),
        }
    }

    /// Of pictures in no order.
    pub(crate) fn of_stills(format: LabelFormat) -> Self {
        let mut labels = Self::new(format);
        labels.sequences.push(Sequence::stills());
        labels
    }

    /// Of pictures in no order, in which nothing but faces is labelled.
    pub(crate) fn of_faces(format: LabelFormat) -> Self {
        let mut labels = Self::of_stills(format);
        labels.classes.push(Class::named("face"));
        labels
    }

    /// One more picture. Out: its place.
    pub(crate) fn add_picture(&mut self, picture: Picture) -> usize {
        self.pictures.push(picture);
        self.pictures.len() - 1
    }

    /// The place of a frame, which is added where it is new.
    pub(crate) fn frame(&mut self, sequence: usize, number: i64) -> usize {
        let make = || Picture::numbered(sequence, number);
        self.met.frames.of(&(sequence, number), &mut self.pictures, make)
    }

    /// One more box. Its class is added where it is new.
    pub(crate) fn add(&mut self, picture: usize, line: u64, (class, label): LabelRow) {
        let class = self.met.classes.of(&class, &mut self.classes, || class.clone());
        self.boxes.push(LabelBox {
            picture,
            class,
            line,
            ..label
        });
    }

    /// Puts the value of an attribute in its place among those of a box. The attribute is added where it is new; those that a
    /// format assigned to `attributes` itself are not known here, and would be added once more.
    pub(crate) fn note(&mut self, values: &mut Vec<String>, name: &str, value: String) {
        let name = name.to_owned();
        let at = self
            .met
            .attributes
            .of(&name, &mut self.attributes, || name.clone());
        if values.len() <= at {
            values.resize(at + 1, String::new());
        }
        values[at] = value;
    }
}

/// Numbers given to names (or other keys) in the order in which they are met.
pub(crate) struct Numbering<K> {
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
    pub(crate) fn of<T>(&mut self, key: &K, list: &mut Vec<T>, make: impl FnOnce() -> T) -> usize {
        if let Some(&known) = self.known.get(key) {
            return known;
        }
        let number = list.len();
        list.push(make());
        self.known.insert(key.clone(), number);
        number
    }

    /// The number of `key`, if it was met.
    pub(crate) fn known(&self, key: &K) -> Option<usize> {
        self.known.get(key).copied()
    }
}
