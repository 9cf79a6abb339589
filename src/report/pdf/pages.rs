//! Pages as lists of marks, before anything is painted: what stands where, and to which element of the tag tree it
//! belongs. Since nothing is painted yet, page numbers can still be filled in. Coordinates in points, from the upper left.

use super::lines::Line;
use super::style::{Ink, TOP};
use super::tags::{Element, Leaf, Tags};
use krilla::image::Image;

/// To what a mark belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// Content, with its element.
    Element(Element),
    /// Rules, grounds, and heads of tables that are repeated: nothing to read out.
    Decoration,
    /// The line above the content.
    PageHead,
    /// The line below it.
    PageFoot,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Drawing {
    /// Text on a baseline that begins here.
    Text {
        /// Left end.
        x: f32,
        /// Baseline.
        y: f32,
        /// What it says, and how it looks.
        line: Line,
        /// Whether it reads from bottom to top.
        upright: bool,
    },
    /// A filled rectangle: left, top, width, height.
    Area([f32; 4], Ink),
    /// The outline of a rectangle, with its thickness.
    Frame([f32; 4], f32, Ink),
    /// A line from here to there, with its thickness.
    Stroke([f32; 4], f32, Ink),
    /// A line through all points.
    Course(Vec<(f32, f32)>, Ink),
    /// The area that a line through all points encloses.
    Polygon(Vec<(f32, f32)>, Ink),
    /// A disc: centre and radius.
    Disc([f32; 3], Ink),
    /// A ring: centre, radius, thickness.
    Ring([f32; 4], Ink),
    /// A picture: left, top, width, height.
    Picture([f32; 4], Image),
}

impl Drawing {
    /// Text that reads from left to right.
    pub(super) fn text(x: f32, y: f32, line: Line) -> Self {
        Self::Text {
            x,
            y,
            line,
            upright: false,
        }
    }
}

/// A drawing with what it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    /// What it is part of when read out; none: decoration.
    pub(super) leaf: Option<Leaf>,
    /// To what it belongs.
    pub(super) owner: Owner,
    /// What is drawn.
    pub(super) drawing: Drawing,
}

/// A link within the document.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Jump {
    /// Left, top, width, height.
    pub(super) place: [f32; 4],
    /// Index of the page, and the height on it.
    pub(super) to: (usize, f32),
    /// What it leads to, in words.
    pub(super) title: String,
    /// Where the annotation belongs.
    pub(super) leaf: Leaf,
}

/// One page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Page {
    /// In reading order.
    pub(super) marks: Vec<Mark>,
    /// Links.
    pub(super) jumps: Vec<Jump>,
}

/// All pages so far.
pub(super) struct Pages {
    /// In their order; never empty.
    pub(super) all: Vec<Page>,
    /// Upper edge of what comes next on the last page.
    pub(super) y: f32,
}

impl Pages {
    /// One empty page.
    pub(super) fn new() -> Self {
        Self {
            all: vec![Page::default()],
            y: TOP,
        }
    }

    /// Index of the last page.
    pub(super) fn last(&self) -> usize {
        self.all.len() - 1
    }

    /// A new page.
    pub(super) fn turn(&mut self) {
        self.all.push(Page::default());
        self.y = TOP;
    }

    /// Adds a mark to a page. Marks of one element that follow each other are read out in one piece.
    pub(super) fn put(&mut self, tags: &mut Tags, page: usize, owner: Owner, drawing: Drawing) {
        let marks = &mut self.all[page].marks;
        let leaf = match owner {
            Owner::Element(element) => match marks.last() {
                Some(last) if last.owner == owner => last.leaf,
                _ => Some(tags.leaf(element)),
            },
            _ => None,
        };
        marks.push(Mark { leaf, owner, drawing });
    }
}
