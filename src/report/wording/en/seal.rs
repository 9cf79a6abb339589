//! The case and the seal: words of the header, and how to check the folder that the report lies in.

use super::sections::section;
use crate::wording::SectionText;

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

/// Words of the page's verifier, by the names that its script and the page use.
#[must_use]
pub fn verifier() -> std::collections::BTreeMap<String, String> {
    [
        ("title", "Check it in this browser"),
        (
            "introduction",
            "Enter the signer's public key, then choose the folder, or drop it here. The files are read on this computer and \
             sent nowhere. A forged page could carry a forged check: when it matters, open a copy of this page that you trust, \
             or use one of the commands above.",
        ),
        ("key_label", "Public key (the text of KEY.pub)"),
        ("date_label", "As of (empty: now)"),
        ("files_label", "Folder"),
        ("working", "Checking…"),
        ("cannot", "The check could not be made:"),
        ("colon", ": "),
        ("semicolon", "; "),
        ("no_crypto", "This browser offers no cryptography to this page, so nothing can be checked here. Use one of the commands above."),
        ("no_ed25519", "this browser lacks Ed25519: use a newer one, or a command above"),
        ("bad_key", "this is no public key of minisign's format"),
        ("other_key", "another key"),
        ("wrong", "it does not belong to these bytes and this key"),
        ("not_canonical", "not in canonical form"),
        ("malformed", "not of this format"),
        ("bad_time", "a time that cannot be read"),
        ("cut", "it was cut"),
        ("missing", "missing"),
        ("changed", "changed"),
        ("added", "added"),
        ("key", "Key"),
        ("outcome_holds", "Holds:"),
        ("outcome_fails", "Fails:"),
        ("outcome_not-made", "Not made:"),
        ("outcome_absent", "Absent:"),
        ("outcome_left", "Not checked here:"),
        (
            "verdict_holds",
            "Verified: the folder is what the owner of this key sealed, as far as this page can tell.",
        ),
        ("verdict_fails", "Not verified: at least one check failed."),
        (
            "verdict_incomplete",
            "Not verified: nothing failed, but some checks could not be made in this browser.",
        ),
        ("check_plain-files", "the folder holds plain files only"),
        ("check_manifest-is-sound", "manifest.json is sound"),
        ("check_merkle-root", "its Merkle root is that of its entries"),
        ("check_manifest-signature", "the key signed manifest.json (minisign)"),
        ("check_envelope-signature", "the key signed manifest.dsse.json (DSSE)"),
        ("check_statement-agrees", "what it signed there is this manifest"),
        (
            "check_files-are-those-listed",
            "every listed file is there and unchanged, and no other",
        ),
        ("check_log-is-unbroken", "custody.jsonl is one unbroken chain"),
        ("check_log-agrees", "what it names is what the manifest lists"),
        ("check_sealing-is-logged", "it says that this key sealed what was there"),
        ("check_times-follow", "times follow each other"),
        ("check_time-stamp", "the time stamp of an authority"),
    ]
    .into_iter()
    .map(|(name, words)| (name.to_owned(), words.to_owned()))
    .collect()
}
