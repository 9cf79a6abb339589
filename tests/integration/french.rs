//! What is wrong in a French text: spaces, marks, decimals, and words that are English.

/// Words that French does not have.
const ENGLISH: &[&str] = &[
    "the",
    "of",
    "people",
    "and",
    "is",
    "are",
    "was",
    "were",
    "with",
    "which",
    "that",
    "this",
    "not",
    "frames",
    "footage",
    "from",
    "for",
    "by",
    "to",
    "share",
    "withheld",
    "track",
    "tracks",
    "sighting",
    "sightings",
];

/// Every fault, as it would be told to whoever wrote the text; empty: none.
pub(crate) fn faults(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let letters: Vec<char> = text.chars().collect();
    let at = |place: usize| letters.get(place).copied();
    for (place, &letter) in letters.iter().enumerate() {
        let before = place.checked_sub(1).and_then(at);
        let after = at(place + 1);
        let around: String = letters[place.saturating_sub(12)..(place + 6).min(letters.len())]
            .iter()
            .collect();
        let mut fault = |what: &str| found.push(format!("{what}: “{around}”"));
        match letter {
            // The script puts some marks together from their parts.
            ';' | '!' | '?' | '%' if before.is_some_and(|c| c != '\u{202f}') => {
                fault("no U+202F before the mark")
            }
            // A colon within a name (62676-4:2014) has nothing after it either.
            ':' if before != Some('\u{a0}') && after.is_none_or(char::is_whitespace) => {
                fault("no U+00A0 before the colon")
            }
            '«' if after != Some('\u{a0}') => fault("no U+00A0 after «"),
            '»' if before != Some('\u{a0}') => fault("no U+00A0 before »"),
            '“' | '”' | '"' => fault("quotation marks are « »"),
            '\'' => fault("the apostrophe is ’"),
            '.' if before.is_some_and(|c| c.is_ascii_digit())
                && after.is_some_and(|c| c.is_ascii_digit())
                && !is_name(&letters, place) =>
            {
                fault("a decimal takes a comma");
            }
            _ => {}
        }
    }
    for word in text.split(|letter: char| !letter.is_alphabetic()) {
        if ENGLISH.contains(&word) && !text.contains(&format!("-{word}")) {
            found.push(format!("English: “{word}”"));
        }
    }
    found
}

/// Whether the number at `place` belongs to a version (two points, or after the word) or to an article's number
/// (arXiv 2501.00720).
fn is_name(letters: &[char], place: usize) -> bool {
    let belongs = |letter: &&char| letter.is_ascii_alphanumeric() || **letter == '.';
    let back = letters[..place].iter().rev().take_while(belongs).count();
    let ahead = letters[place..].iter().take_while(belongs).count();
    let word: String = letters[place - back..place + ahead].iter().collect();
    let before: String = letters[..place - back].iter().collect();
    word.trim_end_matches('.').matches('.').count() > 1
        || ["arXiv ", "version "].iter().any(|name| before.ends_with(name))
        || word.contains("x86")
}

#[test]
fn faults_are_found_and_good_french_has_none() {
    for good in [
        "Sur 795\u{202f}images, 5,8\u{a0}% : non"
            .replace("\u{a0}%", "\u{202f}%")
            .replace(" :", "\u{a0}:"),
        "La norme EN/IEC 62676-4:2014/15\u{202f}; arXiv 2501.00720, version 0.23.9 ou version 1.1."
            .to_owned(),
        "«\u{a0}piste\u{a0}» d’une personne\u{202f}?".to_owned(),
    ] {
        assert!(faults(&good).is_empty(), "{good}: {:?}", faults(&good));
    }
    for bad in [
        "5.8 personnes",
        "95 %",
        "95\u{a0}%",
        "95%",
        "non mesuré : rien",
        "non mesuré: rien",
        "quoi ?",
        "l'image",
        "« piste »",
        "“piste”",
        "share des pistes",
        "Nombre of images",
    ] {
        assert!(!faults(bad).is_empty(), "{bad}");
    }
}
