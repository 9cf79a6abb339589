//! Every sentence of the report, in every language. A typed statement in, words out; numbers come as text from `formats`.
//! Nothing outside joins words together, and nothing outside names a language's folder: `say!` chooses.
//!
//! To add a sentence:
//! 1. write it in `sentences`, in the file of its part, both languages side by side: `sentences!` is a table of those that a
//!    literal says, `each!` one by the values of a type, `pairs!` one of titles with texts; elsewhere `words!` chooses, and
//!    `text!` also fills. Where a language needs another structure, each says it in braces of its own;
//! 2. say it with `say!(language, its_name(arguments))` or `say!(language, ITS_NAME)`;
//! 3. texts of several parts are a form in `texts`; numbers are written by `formats`, as the language writes them.
//!
//! The tree `sentences` is compiled once as [`en`] and once as [`fr`]. A sentence that lacks a language does not compile.
//!
//! Sentences are functions, and not messages of a library such as fluent, because they take typed statements: a `match`
//! over verdicts, caveats or reasons is complete in each language or does not compile, as is a sentence that only one
//! language has; agreement in number and gender is written in the language itself. A catalogue would be looked up by name
//! while the program runs, where a missing key, a misspelt argument or a new enum variant shows only when it is met.

/// Sentences, as a table: fixed ones, pairs and lists of such, and those that are filled, with what fills their `{}` in
/// parentheses: `pub const NONE = en "none", fr "aucun";`, `pub const COLUMNS[2] = ("DORI") (en "Level", fr "Niveau");`,
/// `pub fn tracks(n: u64) = en "{} tracks", fr "{} pistes" (count(n));`. What all languages say alike stands once.
macro_rules! sentences {
    () => {};
    (
        $(#[$doc:meta])* pub const $name:ident = $($same:literal)? $(en $en:literal, fr $fr:literal)?;
        $($rest:tt)*
    ) => {
        $(#[$doc])*
        pub const $name: &str = words! { $($same)? $(en $en, fr $fr)? };
        sentences! { $($rest)* }
    };
    ($(#[$doc:meta])* pub const $name:ident = ($($first:tt)+) ($($second:tt)+); $($rest:tt)*) => {
        $(#[$doc])*
        pub const $name: (&str, &str) = (words! { $($first)+ }, words! { $($second)+ });
        sentences! { $($rest)* }
    };
    ($(#[$doc:meta])* pub const $name:ident[$texts:literal] = $(($($text:tt)+))+; $($rest:tt)*) => {
        $(#[$doc])*
        pub const $name: [&str; $texts] = [$(words! { $($text)+ }),+];
        sentences! { $($rest)* }
    };
    (
        $(#[$doc:meta])*
        pub fn $name:ident($($argument:tt)*) =
            $($same:literal)? $(en $en:literal, fr $fr:literal)? $(($($filled:tt)+))?;
        $($rest:tt)*
    ) => {
        $(#[$doc])*
        pub fn $name($($argument)*) -> String {
            text! { $($same)? $(en $en, fr $fr)? $(; $($filled)+)? }
        }
        sentences! { $($rest)* }
    };
}

/// One text for each value of a type, as a table: `Monitor => en "monitor", fr "surveiller";`, or `Dori => "DORI";` where all
/// languages say the same. Several texts for each, so many as the head says, stand in parentheses. A value without words does
/// not compile.
macro_rules! each {
    (
        $(#[$doc:meta])* $visibility:vis fn $name:ident($of:ident);
        $($($value:ident)|+ => $($same:literal)? $(en $en:literal, fr $fr:literal)?;)+
    ) => {
        $(#[$doc])*
        $visibility const fn $name(value: $of) -> &'static str {
            match value {
                $($($of::$value)|+ => words! { $($same)? $(en $en, fr $fr)? },)+
            }
        }
    };
    (
        $(#[$doc:meta])* $visibility:vis fn $name:ident($of:ident) -> $texts:literal;
        $($value:ident => $(($($text:tt)+))+;)+
    ) => {
        $(#[$doc])*
        $visibility const fn $name(value: $of) -> [&'static str; $texts] {
            match value {
                $($of::$value => [$(words! { $($text)+ }),+],)+
            }
        }
    };
}

/// Heads of sections whose words are always the same, as a table: anchor, short name, heading and lead.
macro_rules! sections {
    ($($(#[$doc:meta])* $name:ident => ($id:literal) ($($short:tt)+) ($($title:tt)+) ($($lead:tt)+);)+) => {
        $(
            $(#[$doc])*
            pub fn $name() -> $crate::document::Section {
                let (name, title, lead) = (words! { $($short)+ }, words! { $($title)+ }, words! { $($lead)+ });
                $crate::document::Section::headed($id, name, title, lead)
            }
        )+
    };
}

/// Pairs of texts, such as titles with what they mean, as a table: `("DORI") (en "a standard", fr "une norme");`.
macro_rules! pairs {
    ($(($($first:tt)+) ($($second:tt)+);)+) => {
        [$((words! { $($first)+ }, words! { $($second)+ })),+]
    };
}

pub mod en;
pub mod fr;
mod texts;

pub use texts::*;

/// The words of a language: `say!(language, title(items, first))`, `say!(language, KICKER)`. A name that one of the
/// languages lacks, or has with another type, does not compile.
macro_rules! say {
    ($language:expr, $($words:tt)+) => {
        $crate::wording::said(match $language {
            ::vsa_base::language::Language::English => $crate::wording::en::$($words)+,
            ::vsa_base::language::Language::French => $crate::wording::fr::$($words)+,
        })
    };
}
pub(crate) use say;

/// What was said; saying is for nothing but its words, so that whoever drops them is warned, for every sentence at once.
#[must_use]
pub(crate) const fn said<T>(words: T) -> T {
    words
}
