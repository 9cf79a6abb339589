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

/// Roles, as a table: the name, with what belongs to it, and the tag of the library.
macro_rules! roles {
    ($($(#[$doc:meta])* $role:ident $(($($with:ident: $type:ty),+))? => $tag:expr;)+) => {
        /// What is in the text, by its role. Headings count from 1.
        #[derive(Clone, Debug, PartialEq)]
        pub(super) enum Role {
            $($(#[$doc])* $role $(($($type),+))?,)+
        }

        impl Role {
            fn tag(self) -> TagKind {
                match self {
                    $(Self::$role $(($($with),+))? => $tag.into(),)+
                }
            }
        }
    };
}

roles! {
    /// A part of the document.
    Part => Tag::Part;
    /// A section.
    Section => Tag::Section;
    /// What belongs together otherwise.
    Group => Tag::Div;
    /// Running text.
    Paragraph => Tag::P;
    /// A heading, with its text.
    Heading(level: u16, text: String) => Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), Some(text));
    /// A table of contents.
    Contents => Tag::TOC;
    /// One line of it.
    ContentsItem => Tag::TOCI;
    /// What leads elsewhere within the document.
    Reference => Tag::Reference;
    /// A link with its annotation.
    Link => Tag::Link;
    /// A list with bullets.
    Bullets => Tag::L(ListNumbering::Disc);
    /// A list whose labels are words or numbers of its own.
    Labelled => Tag::L(ListNumbering::None);
    /// One entry of a list.
    Item => Tag::LI;
    /// Its label.
    Label => Tag::Lbl;
    /// What it says.
    Body => Tag::LBody;
    /// A table.
    Table => Tag::Table;
    /// Its head.
    TableHead => Tag::THead;
    /// Its body.
    TableBody => Tag::TBody;
    /// One row.
    Row => Tag::TR;
    /// A cell that names its column.
    ColumnHead => Tag::TH(TableHeaderScope::Column);
    /// A cell that names its row.
    RowHead => Tag::TH(TableHeaderScope::Row);
    /// Any other cell.
    Cell => Tag::TD;
    /// Below or above a table or a figure.
    Caption => Tag::Caption;
    /// A drawing, with its description in words.
    Figure(description: String) => Tag::Figure(Some(description));
    /// Something to type or compare letter by letter.
    Code => Tag::Code;
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
