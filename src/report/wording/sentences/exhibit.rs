//! The report as an exhibit: its parts, the lines on every page, the files attached to it.

/// In place of the exhibit's number, on every page.
pub const NO_EXHIBIT_NUMBER: &str = words! { en "Exhibit number not stated", fr "Numéro de pièce non indiqué" };

/// In place of what a case file would say.
pub const NOT_STATED: &str = words! { en "not stated", fr "non indiqué" };

/// Term of the date.
pub const DATE: &str = words! { en "Date of the examination", fr "Date de l’examen" };

/// Where the date is.
pub const DATE_ELSEWHERE: &str = words! {
    en "in custody.jsonl and run.json, beside this report. This document holds none, so that the same record always gives the same \
        document; its file properties say 1 January 2000 for that reason",
    fr "figure dans custody.jsonl et run.json, joints au présent rapport. Le présent document n’en comporte aucune, afin qu’un \
        même relevé donne toujours le même document ; c’est pourquoi les propriétés du fichier indiquent le 1er janvier 2000" };

/// Above the digest, on every page.
pub const PAGE_DIGEST: &str = words! { en "SHA-256 of record.json", fr "Empreinte SHA-256 de record.json" };

/// Number of a page.
pub const PAGE_NUMBER: &str = words! { en "Page {page} of {pages}", fr "Page {page} sur {pages}" };

/// `Exhibit A-17`.
#[must_use]
pub fn exhibit_number(number: &str) -> String {
    text! { en "Exhibit {number}", fr "Pièce n°\u{a0}{number}" }
}

/// Titles of the parts, in their order.
pub const PARTS: [&str; 10] = [
    words! { en "Items examined", fr "Pièces examinées" },
    words! { en "Method", fr "Méthode" },
    words! { en "Results", fr "Résultats" },
    words! { en "Validation", fr "Mesures de vérification" },
    words! { en "Sensitivity", fr "Sensibilité" },
    words! { en "Limitations", fr "Limites" },
    words! { en "What was not done", fr "Ce qui n’a pas été fait" },
    words! { en "Reproducibility", fr "Reproductibilité" },
    words! { en "Seal", fr "Scellé" },
    words! { en "Glossary", fr "Glossaire" },
];

/// A file attached to the document, with what it is.
pub const RECORD_ATTACHED: (&str, &str) = (
    "record.json",
    words! { en "Everything that was measured, as data: the record that this report was drawn from",
             fr "Tout ce qui a été mesuré, sous forme de données : le relevé à partir duquel le présent rapport a été établi" },
);

/// The other.
pub const REPORT_ATTACHED: (&str, &str) = (
    "report.json",
    words! { en "The text, tables and charts of this report, as data",
             fr "Le texte, les tableaux et les graphiques du présent rapport, sous forme de données" },
);

/// Above the command that does all of it at once.
pub const REPRODUCE_CAPTION: &str = words! {
    en "Or all at once, with the folder that this report lies in as DIR: runs the plan of the record again and compares the two \
        records byte for byte.",
    fr "Ou tout en une seule fois, DOSSIER désignant le dossier où se trouve le présent rapport : le plan du relevé est exécuté de \
        nouveau et les deux relevés sont comparés à l’octet près." };

/// The command; as many places as there are pieces of footage.
#[must_use]
pub fn reproduce_command(program: &str, pieces: usize, placeholder: &str) -> String {
    let places: Vec<String> = if pieces == 1 {
        vec![placeholder.to_owned()]
    } else {
        (1..=pieces).map(|n| format!("{placeholder}-{n}")).collect()
    };
    text! { en "{program} reproduce DIR --footage {}",
            fr "{program} reproduce DOSSIER --footage {}"; places.join(" ") }
}
