//! The report as an exhibit: its parts, the lines on every page, the files attached to it.

sentences! {
    /// In place of the exhibit's number, on every page.
    pub const NO_EXHIBIT_NUMBER = en "Exhibit number not stated", fr "Numéro de pièce non indiqué";
    /// In place of what a case file would say.
    pub const NOT_STATED = en "not stated", fr "non indiqué";
    /// Term of the date.
    pub const DATE = en "Date of the examination", fr "Date de l’examen";
    /// Where the date is.
    pub const DATE_ELSEWHERE =
        en "in custody.jsonl and run.json, beside this report. This document holds none, so that the same record always gives \
            the same document; its file properties say 1 January 2000 for that reason",
        fr "figure dans custody.jsonl et run.json, qui accompagnent le présent rapport. Le présent document n’en comporte \
            aucune, afin qu’un même relevé donne toujours le même document ; c’est pourquoi les propriétés du fichier indiquent \
            le 1er janvier 2000";
    /// Above the digest, on every page.
    pub const PAGE_DIGEST = en "SHA-256 of record.json", fr "Empreinte SHA-256 de record.json";
    /// Number of a page.
    pub const PAGE_NUMBER = en "Page {page} of {pages}", fr "Page {page} sur {pages}";
    /// `Exhibit A-17`.
    pub fn exhibit_number(number: &str) = en "Exhibit {number}", fr "Pièce n°\u{a0}{number}";
    /// Titles of the parts, in their order.
    pub const PARTS[10] =
        (en "Items examined", fr "Pièces examinées") (en "Method", fr "Méthode") (en "Results", fr "Résultats")
        (en "Validation", fr "Mesures de vérification") (en "Sensitivity", fr "Sensibilité") (en "Limitations", fr "Limites")
        (en "What was not done", fr "Ce qui n’a pas été fait") (en "Reproducibility", fr "Reproductibilité")
        (en "Seal", fr "Scellé") (en "Glossary", fr "Glossaire");
    /// A file attached to the document, with what it is.
    pub const RECORD_ATTACHED =
        ("record.json")
        (en "Everything that was measured, as data: the record that this report was drawn from",
         fr "Tout ce qui a été mesuré, sous forme de données : le relevé à partir duquel le présent rapport a été établi");
    /// The other.
    pub const REPORT_ATTACHED =
        ("report.json")
        (en "The text, tables and charts of this report, as data",
         fr "Le texte, les tableaux et les graphiques du présent rapport, sous forme de données");
    /// Above the command that does all of it at once.
    pub const REPRODUCE_CAPTION =
        en "Or all at once, with the folder that this report lies in as DIR: runs the plan of the record again and compares the \
            two records byte for byte.",
        fr "Ou tout en une seule fois, DOSSIER désignant le dossier où se trouve le présent rapport : le plan du relevé est \
            exécuté de nouveau et les deux relevés sont comparés à l’octet près.";
}

/// The command; as many places as there are pieces of footage.
pub fn reproduce_command(program: &str, pieces: usize, placeholder: &str) -> String {
    let places: Vec<String> = if pieces == 1 {
        vec![placeholder.to_owned()]
    } else {
        (1..=pieces).map(|n| format!("{placeholder}-{n}")).collect()
    };
    text! { en "{program} reproduce DIR --footage {}",
            fr "{program} reproduce DOSSIER --footage {}"; places.join(" ") }
}
