//! The case and the seal: words of the header, and how to check the folder that the report lies in.

use super::page::{SectionText, section};

/// Number under which the report is filed.
pub const EXHIBIT: &str = "Exhibit";
/// Who asked.
pub const REQUESTER: &str = "Requested by";
/// Who ran it.
pub const OPERATOR: &str = "Operator";
/// The question put.
pub const QUESTION_PUT: &str = "Question put";

/// How to check the seal.
#[must_use]
pub fn section_seal() -> SectionText {
    section(
        "seal",
        "Seal",
        "How to check that nothing was changed",
        "This report lies in a folder with the record, the log of custody and a manifest that lists the SHA-256 of every \
         file. When the folder is sealed, the manifest is signed. Whoever has the signer's public key, obtained from the \
         signer and not from this folder, can check all of it with any one of these means.",
    )
}

/// What is run, and by which command.
pub const SEAL_COMMANDS: [(&str, &str); 4] = [
    (
        "With this program (every check, with its outcome):",
        "vsa-audit verify DIR --key KEY.pub",
    ),
    (
        "With minisign (the signature of the manifest), then any program that computes SHA-256 for the files it lists:",
        "minisign -V -p KEY.pub -m DIR/manifest.json",
    ),
    (
        "With openssl (the time stamp of an authority, where there is one):",
        "openssl ts -verify -data DIR/manifest.dsse.json -in DIR/manifest.dsse.json.tsr -CAfile ROOTS.pem",
    ),
    (
        "Again from the footage (compares the records byte for byte):",
        "vsa-audit reproduce DIR --footage FOOTAGE",
    ),
];

/// What a seal does not show.
pub const SEAL_LIMIT: &str = "A seal shows that nothing was changed since it was made, and by which key it was made. It \
    does not show that the footage is authentic, nor that what is measured is right. Without the time stamp of an authority, \
    all times are those of the clock of one machine.";
