//! The tree of tags that tells a screen reader what is what: elements are added in reading order while pages are laid
//! out, and get their content when the pages are painted. In: what was laid out. Out: krilla's tag tree.

use krilla::tagging::{
    BBox, Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree,
};
use std::num::NonZeroU16;

/// An element of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Element(usize);

/// A stretch of content on one page that belongs to an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Leaf(usize);

enum Child {
    Element(usize),
    Leaf(usize),
}

struct Entry {
    tag: TagKind,
    children: Vec<Child>,
}

/// The tree under construction.
pub(super) struct Tags {
    entries: Vec<Entry>,
    leaves: Vec<Option<Identifier>>,
}

/// What is in the text, by its role. Headings count from 1.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Role {
    /// A part of the document.
    Part,
    /// A section.
    Section,
    /// What belongs together otherwise.
    Group,
    /// Running text.
    Paragraph,
    /// A heading, with its text.
    Heading(u16, String),
    /// A table of contents.
    Contents,
    /// One line of it.
    ContentsItem,
    /// What leads elsewhere within the document.
    Reference,
    /// A link with its annotation.
    Link,
    /// A list with bullets.
    Bullets,
    /// A list whose labels are words or numbers of its own.
    Labelled,
    /// One entry of a list.
    Item,
    /// Its label.
    Label,
    /// What it says.
    Body,
    /// A table.
    Table,
    /// Its head.
    TableHead,
    /// Its body.
    TableBody,
    /// One row.
    Row,
    /// A cell that names its column.
    ColumnHead,
    /// A cell that names its row.
    RowHead,
    /// Any other cell.
    Cell,
    /// Below or above a table or a figure.
    Caption,
    /// A drawing, with its description in words.
    Figure(String),
    /// Something to type or compare letter by letter.
    Code,
}

impl Role {
    fn tag(self) -> TagKind {
        match self {
            Self::Part => Tag::Part.into(),
            Self::Section => Tag::Section.into(),
            Self::Group => Tag::Div.into(),
            Self::Paragraph => Tag::P.into(),
            Self::Heading(level, text) => {
                Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), Some(text)).into()
            }
            Self::Contents => Tag::TOC.into(),
            Self::ContentsItem => Tag::TOCI.into(),
            Self::Reference => Tag::Reference.into(),
            Self::Link => Tag::Link.into(),
            Self::Bullets => Tag::L(ListNumbering::Disc).into(),
            Self::Labelled => Tag::L(ListNumbering::None).into(),
            Self::Item => Tag::LI.into(),
            Self::Label => Tag::Lbl.into(),
            Self::Body => Tag::LBody.into(),
            Self::Table => Tag::Table.into(),
            Self::TableHead => Tag::THead.into(),
            Self::TableBody => Tag::TBody.into(),
            Self::Row => Tag::TR.into(),
            Self::ColumnHead => Tag::TH(TableHeaderScope::Column).into(),
            Self::RowHead => Tag::TH(TableHeaderScope::Row).into(),
            Self::Cell => Tag::TD.into(),
            Self::Caption => Tag::Caption.into(),
            Self::Figure(description) => Tag::Figure(Some(description)).into(),
            Self::Code => Tag::Code.into(),
        }
    }
}

impl Tags {
    /// A tree with nothing in it but its root.
    pub(super) fn new() -> (Self, Element) {
        let root = Entry {
            tag: Tag::Div.into(),
            children: Vec::new(),
        };
        let tags = Self {
            entries: vec![root],
            leaves: Vec::new(),
        };
        (tags, Element(0))
    }

    /// A new element at the end of `parent`.
    pub(super) fn add(&mut self, parent: Element, role: Role) -> Element {
        let element = self.entries.len();
        self.entries.push(Entry {
            tag: role.tag(),
            children: Vec::new(),
        });
        self.entries[parent.0].children.push(Child::Element(element));
        Element(element)
    }

    /// A stretch of content at the end of `element`, still to be painted.
    pub(super) fn leaf(&mut self, element: Element) -> Leaf {
        let leaf = self.leaves.len();
        self.leaves.push(None);
        self.entries[element.0].children.push(Child::Leaf(leaf));
        Leaf(leaf)
    }

    /// Where a figure stands.
    pub(super) fn place_figure(&mut self, element: Element, place: BBox) {
        if let TagKind::Figure(tag) = &mut self.entries[element.0].tag {
            tag.set_bbox(Some(place));
        }
    }

    /// `leaf` was painted.
    pub(super) fn painted(&mut self, leaf: Leaf, identifier: Identifier) {
        self.leaves[leaf.0] = Some(identifier);
    }

    /// The finished tree. What was never painted is left out.
    pub(super) fn finish(&self, language: &str) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
        for node in self.nodes(0) {
            tree.push(node);
        }
        tree
    }

    fn nodes(&self, entry: usize) -> Vec<Node> {
        let child = |child: &Child| match child {
            Child::Leaf(leaf) => self.leaves[*leaf].map(Node::Leaf),
            Child::Element(element) => {
                let children = self.nodes(*element);
                let entry = &self.entries[*element];
                // An empty cell still holds its place in the row.
                let holds_place = matches!(entry.tag, TagKind::TD(_) | TagKind::TH(_));
                (holds_place || !children.is_empty())
                    .then(|| Node::Group(TagGroup::with_children(entry.tag.clone(), children)))
            }
        };
        self.entries[entry].children.iter().filter_map(child).collect()
    }
}
