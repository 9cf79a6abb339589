//! Texts from outside (names of files, labels, what another program said) in, texts that are safe to show out: what would
//! steer a terminal, turn the direction of writing or end a line is spelled out. Deliberately not here: HTML, XML and PDF,
//! whose writers escape by their own rules.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a terminal, or a reader's eye, takes this for something else than a character of a text.
fn misleads(character: char) -> bool {
    character.is_control()
        || matches!(character,
            // Marks, embeddings, overrides and isolates of direction.
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            // Ends of lines and paragraphs.
            | '\u{2028}' | '\u{2029}'
            // Of no width: soft hyphen, space, joiner, invisible operators, byte order mark, shaping, annotations.
            | '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{feff}' | '\u{206a}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}'
            // Tags, which spell a second text that nobody sees.
            | '\u{e0000}'..='\u{e007f}')
}

/// Spells out what `kept` does not except, each in the words of `spell`.
fn escaped<'t>(text: &'t str, kept: &[char], spell: impl Fn(&mut String, char)) -> Cow<'t, str> {
    let spelled = |character: char| misleads(character) && !kept.contains(&character);
    if !text.contains(spelled) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if spelled(character) {
            spell(&mut shown, character);
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// As Rust and most others write it: `\n`, `\u{1b}`.
fn as_escape(shown: &mut String, character: char) {
    shown.extend(character.escape_default());
}

/// One line, whatever is in it: ends of lines are spelled out like all that misleads. Tabs stay, which part our columns.
#[must_use]
pub fn one_line(text: &str) -> Cow<'_, str> {
    escaped(text, &['\t'], as_escape)
}

/// A text of several lines, whose ends of lines are ours: they stay.
#[must_use]
pub fn lines(text: &str) -> Cow<'_, str> {
    escaped(text, &['\t', '\n'], as_escape)
}

/// A text in JSON, which says the same afterwards: what misleads lies within its strings, and is written as `\u202e`.
#[must_use]
pub fn in_json(text: &str) -> Cow<'_, str> {
    escaped(text, &['\t', '\n', '\r'], |shown, character| {
        for unit in character.encode_utf16(&mut [0; 2]) {
            // Writing to a text does not fail.
            let _ = write!(shown, "\\u{unit:04x}");
        }
    })
}

/// A name in a list or a sentence of ours. What is more than a plain name stands in quotation marks, so that no name reads as
/// a part of the sentence, or as two names.
#[must_use]
pub fn quoted(name: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || "._-+/@".contains(character);
    if !name.is_empty() && name.chars().all(plain) {
        return name.to_owned();
    }
    let mut shown = String::from("\"");
    for character in name.chars() {
        match character {
            '"' | '\\' => shown.extend(['\\', character]),
            _ if misleads(character) => as_escape(&mut shown, character),
            _ => shown.push(character),
        }
    }
    shown.push('"');
    shown
}

/// Names, each [`quoted`].
#[must_use]
pub fn list<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    names.into_iter().map(quoted).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Clears the screen, colours, sets the title, goes up a line; C1's way of the same; overrides the direction; ends lines.
    const HOSTILE: &str =
        "a\u{1b}[2J\u{1b}]0;t\u{7}\u{9b}1A\r\nVERIFIED\u{202e}b\u{2066}c\u{2028}d\u{85}e\u{7f}\u{e0041}f";

    #[test]
    fn nothing_that_misleads_is_left_in_a_line_and_plain_text_of_any_script_is_as_it_was() {
        let shown = one_line(HOSTILE);
        assert!(!shown.contains(misleads), "{shown:?}");
        assert_eq!(
            shown,
            "a\\u{1b}[2J\\u{1b}]0;t\\u{7}\\u{9b}1A\\r\\nVERIFIED\\u{202e}b\\u{2066}c\\u{2028}d\\u{85}e\\u{7f}\\u{e0041}f"
        );
        for plain in [
            "",
            "a\tb",
            "Bâtiment\u{a0}: größer",
            "مدرسة",
            "新しい",
            "👩‍🏫",
            "C:\\x",
        ] {
            assert!(matches!(one_line(plain), Cow::Borrowed(same) if same == plain));
        }
    }

    #[test]
    fn our_own_ends_of_lines_stay_where_they_are_ours() {
        assert_eq!(lines("a\nb\u{1b}c\r\n"), "a\nb\\u{1b}c\\r\n");
    }

    #[test]
    fn json_says_the_same_after_it_was_made_safe_to_show() {
        let value = format!("\"{}\"", HOSTILE.replace(['\r', '\n', '\u{1b}', '\u{7}'], ""));
        let shown = in_json(&value);
        assert!(!shown.contains(misleads), "{shown:?}");
        // U+E0041 needs two units.
        assert_eq!(
            shown,
            "\"a[2J]0;t\\u009b1AVERIFIED\\u202eb\\u2066c\\u2028d\\u0085e\\u007f\\udb40\\udc41f\""
        );
        assert_eq!(in_json("{\n\t\"a\": 1\r\n}"), "{\n\t\"a\": 1\r\n}");
    }

    #[test]
    fn a_name_in_a_list_is_quoted_unless_it_is_a_plain_name() {
        assert_eq!(quoted("report.html"), "report.html");
        assert_eq!(quoted("cours/élève_2-b.mp4"), "cours/élève_2-b.mp4");
        assert_eq!(quoted(""), "\"\"");
        assert_eq!(quoted("a, b"), "\"a, b\"");
        assert_eq!(quoted("a\"b\\c\nd"), "\"a\\\"b\\\\c\\nd\"");
        assert_eq!(list(["a", "b was added; c"]), "a, \"b was added; c\"");
    }
}
