//! What the readers of XML share: a tree with line numbers, and typed values of attributes and elements.
//! In: text. Out: a tree, or an error with the line. Deliberately not here: any entity from outside, which is never loaded.

use super::rows::{self, BadRow};
use crate::error::EvaluateError;
use roxmltree::{Document, Node, ParsingOptions};
use std::path::Path;

/// What a text may grow by, where it declares entities: far more than names and units that exporters abbreviate, far less than
/// memory.
const MOST_GROWTH: usize = 1 << 20;

/// Refuses a text that grows without bound when its entities are put in: as many references, each as long as all that is declared.
fn bounded(path: &Path, text: &str) -> Result<(), EvaluateError> {
    let Some(begin) = text.find("<!DOCTYPE").filter(|_| text.contains("<!ENTITY")) else {
        return Ok(());
    };
    let end = text[begin..].find("]>").map_or(text.len(), |end| begin + end);
    let fixed = ["lt;", "gt;", "amp;", "quot;", "apos;", "#"];
    let references = text
        .match_indices('&')
        .filter(|(at, _)| !fixed.iter().any(|name| text[at + 1..].starts_with(name)))
        .count();
    if references.saturating_mul(end - begin) <= MOST_GROWTH {
        return Ok(());
    }
    let reason =
        format!("its entities are put in {references} times, which takes too much memory: write them out");
    Err(rows::malformed(path, 1, reason))
}

/// The tree of `text`. A list of entities may stand in it (some exporters write one), but nothing is fetched.
pub(super) fn tree<'a>(path: &Path, text: &'a str) -> Result<Document<'a>, EvaluateError> {
    bounded(path, text)?;
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options).map_err(|error| {
        let reason = format!("not well-formed XML: {error}");
        rows::malformed(path, error.pos().row.into(), reason)
    })
}

/// The line on which an element begins.
pub(super) fn line(node: Node) -> u64 {
    u64::from(node.document().text_pos_at(node.range().start).row)
}

/// An attribute as a number.
pub(super) fn number(node: Node, name: &str) -> Result<f64, BadRow> {
    let missing = || BadRow::missing(format!("`{}` has no `{name}`", node.tag_name().name()));
    rows::number(node.attribute(name).ok_or_else(missing)?, name)
}

/// A child element by its name, whatever its namespace.
pub(super) fn child<'a, 'b>(node: Node<'a, 'b>, name: &str) -> Option<Node<'a, 'b>> {
    node.children().find(|child| is_named(child, name))
}

/// Whether it is an element of a name, whatever its namespace.
pub(super) fn is_named(node: &Node, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

/// All child elements of a name.
pub(super) fn children<'a, 'b: 'a>(node: Node<'a, 'b>, name: &'a str) -> impl Iterator<Item = Node<'a, 'b>> {
    node.children().filter(move |child| is_named(child, name))
}

/// The text of a child element, trimmed.
pub(super) fn text_of<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    child(node, name).and_then(|child| child.text()).map(str::trim)
}
