//! Every sentence of the report, in every language. A typed statement in, words out; numbers come as text from `formats`.
//! Nothing outside joins words together, and nothing outside names a language's folder: `say!` chooses.
//!
//! To add a sentence:
//! 1. write it as a `const` or a function in `sentences`, in the file of its part, both languages side by side: `words!`
//!    chooses, `text!` also fills. Where a language needs another structure, each says it in braces of its own;
//! 2. say it with `say!(language, its_name(arguments))` or `say!(language, ITS_NAME)`;
//! 3. texts of several parts are a form in `texts`; numbers are written by `formats`, as the language writes them.
//!
//! The tree `sentences` is compiled once as [`en`] and once as [`fr`]. A sentence that lacks a language does not compile.
//!
//! Sentences are functions, and not messages of a library such as fluent, because they take typed statements: a `match`
//! over verdicts, caveats or reasons is complete in each language or does not compile, as is a sentence that only one
//! language has; agreement in number and gender is written in the language itself. A catalogue would be looked up by name
//! while the program runs, where a missing key, a misspelt argument or a new enum variant shows only when it is met.

pub mod en;
pub mod fr;
mod texts;

pub use texts::*;

/// The words of a language: `say!(language, title(items, first))`, `say!(language, KICKER)`. A name that one of the
/// languages lacks, or has with another type, does not compile.
macro_rules! say {
    ($language:expr, $($words:tt)+) => {
        match $language {
            ::vsa_base::language::Language::English => $crate::wording::en::$($words)+,
            ::vsa_base::language::Language::French => $crate::wording::fr::$($words)+,
        }
    };
}
pub(crate) use say;
