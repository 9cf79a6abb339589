//! Numerals of an English and of a French text, compared as values.

use std::collections::BTreeMap;

/// Whether both texts hold the same numbers, each as often, in any order; if not, which differ.
pub(crate) fn same_numbers(english: &str, french: &str) -> Result<(), String> {
    // Words that are the same in both, such as versions, are left out: 0.23.9 is no decimal.
    let (mut english, mut french) = (words(english), words(french));
    let shared: Vec<String> = english
        .keys()
        .filter(|word| french.contains_key(*word))
        .cloned()
        .collect();
    for word in shared {
        let both = english[&word].min(french[&word]);
        for side in [&mut english, &mut french] {
            *side.get_mut(&word).expect("it is shared") -= both;
        }
    }
    let (a, b) = (numerals(&english, '.'), numerals(&french, ','));
    if a == b {
        return Ok(());
    }
    let only = |one: &BTreeMap<String, usize>, other: &BTreeMap<String, usize>| -> Vec<String> {
        let more = one
            .iter()
            .filter(|(number, n)| other.get(*number).unwrap_or(&0) < n);
        more.map(|(number, _)| number.clone()).collect()
    };
    Err(format!(
        "only in English: {:?}; only in French: {:?}",
        only(&a, &b),
        only(&b, &a)
    ))
}

fn words(text: &str) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for word in text
        .split([' ', '\n', '\u{a0}'])
        .filter(|word| word.contains(|c: char| c.is_ascii_digit()))
    {
        // A mark after a word is none of it, and French puts a space before some.
        let word = word.trim_end_matches([',', ';', ':', '?', '!', ')', '\u{202f}']);
        *found.entry(word.to_owned()).or_default() += 1;
    }
    found
}

/// Numbers of these words, with a point before decimals and without spaces between groups of digits.
fn numerals(words: &BTreeMap<String, usize>, mark: char) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for (word, times) in words.iter().filter(|(_, times)| **times > 0) {
        let letters: Vec<char> = word.chars().collect();
        let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
        let group = |at: usize| {
            letters.get(at) == Some(&'\u{202f}') && (1..=3).all(|n| digit(at + n)) && !digit(at + 4)
        };
        let mut at = 0;
        while at < letters.len() {
            if !digit(at) {
                at += 1;
                continue;
            }
            let mut number = String::new();
            while digit(at)
                || group(at)
                || (letters.get(at) == Some(&mark) && digit(at + 1) && !number.contains('.'))
            {
                match letters[at] {
                    '\u{202f}' => {}
                    letter if letter == mark => number.push('.'),
                    letter => number.push(letter),
                }
                at += 1;
            }
            *found.entry(number).or_default() += times;
        }
    }
    found
}

#[test]
fn numbers_are_compared_as_values() {
    same_numbers(
        "In 1\u{202f}795 frames, 0.5 of 12",
        "12 images, 0,5 sur 1\u{202f}795",
    )
    .expect("the same");
    same_numbers("tract 0.23.9 on 3 cores", "3 cœurs, tract 0.23.9").expect("the same");
    same_numbers("(arXiv 2211.15937); 2019", "(arXiv 2211.15937)\u{202f}; 2019").expect("the same");
    for (english, french) in [
        ("0.5", "5"),
        ("1.7 m", "1,8\u{202f}m"),
        ("3 of 3", "3 sur 4"),
        ("none", "1"),
    ] {
        assert!(same_numbers(english, french).is_err(), "{english} / {french}");
    }
}
