//! The report as an exhibit: its parts, the lines on every page, the files attached to it.

/// In place of the exhibit's number, on every page.
pub const NO_EXHIBIT_NUMBER: &str = "Numéro de pièce non indiqué";
/// In place of what a case file would say.
pub const NOT_STATED: &str = "non indiqué";
/// Term of the date.
pub const DATE: &str = "Date de l’examen";
/// Where the date is.
pub const DATE_ELSEWHERE: &str = "figure dans custody.jsonl et run.json, joints au présent rapport. Le présent document n’en comporte \
    aucune, afin qu’un même relevé donne toujours le même document ; c’est pourquoi les propriétés du fichier indiquent le 1er \
    janvier 2000";
/// Above the digest, on every page.
pub const PAGE_DIGEST: &str = "Empreinte SHA-256 de record.json";
/// Number of a page.
pub const PAGE_NUMBER: &str = "Page {page} sur {pages}";

/// `Exhibit A-17`.
#[must_use]
pub fn exhibit_number(number: &str) -> String {
    format!("Pièce n°\u{a0}{number}")
}

/// Titles of the parts, in their order.
pub const PARTS: [&str; 10] = [
    "Pièces examinées",
    "Méthode",
    "Résultats",
    "Mesures de vérification",
    "Sensibilité",
    "Limites",
    "Ce qui n’a pas été fait",
    "Reproductibilité",
    "Scellé",
    "Glossaire",
];

/// A file attached to the document, with what it is.
pub const RECORD_ATTACHED: (&str, &str) = (
    "record.json",
    "Tout ce qui a été mesuré, sous forme de données : le relevé à partir duquel le présent rapport a été établi",
);
/// The other.
pub const REPORT_ATTACHED: (&str, &str) = (
    "report.json",
    "Le texte, les tableaux et les graphiques du présent rapport, sous forme de données",
);

/// Above the command that does all of it at once.
pub const REPRODUCE_CAPTION: &str = "Ou tout en une seule fois, DOSSIER désignant le dossier où se trouve le présent rapport : le plan du \
    relevé est exécuté de nouveau et les deux relevés sont comparés à l’octet près.";
/// The command; as many places as there are pieces of footage.
#[must_use]
pub fn reproduce_command(program: &str, pieces: usize, placeholder: &str) -> String {
    let places: Vec<String> = if pieces == 1 {
        vec![placeholder.to_owned()]
    } else {
        (1..=pieces).map(|n| format!("{placeholder}-{n}")).collect()
    };
    format!("{program} reproduce DOSSIER --footage {}", places.join(" "))
}
