//! French: the `sentences`, compiled with the words of this language.
//! Deliberately not here: any word.

use crate::formats::french as formats;

/// Of a sentence in two languages, the one of this module; in braces, what a language says by a structure of its own.
macro_rules! words {
    ($same:literal) => {
        $same
    };
    (en $en:literal, fr $fr:literal) => {
        $fr
    };
    (en $en:block, fr $fr:block $(,)?) => {
        $fr
    };
}

/// The same for a sentence with places to fill: `text! { en "{} tracks", fr "{} pistes"; count(n) }`.
macro_rules! text {
    ($same:literal $(; $($filled:tt)+)?) => {
        format!($same $(, $($filled)+)?)
    };
    (en $en:literal, fr $fr:literal $(; $($filled:tt)+)?) => {
        format!($fr $(, $($filled)+)?)
    };
}

// The languages of a sentence stand one under the other, which rustfmt would take apart.
#[rustfmt::skip]
#[path = "sentences/mod.rs"]
mod sentences;

pub use sentences::*;
