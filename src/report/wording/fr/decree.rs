//! The French experiment's eight events, in the decree's own words, what lies outside them, and the texts, with their dates.

use crate::formats::french as formats;
use crate::wording::SectionText;
use vsa_record::estimate::{Estimate, Unit};
use vsa_record::reading::Capability;

/// Caption of the table of events.
pub const EVENTS_CAPTION: &str = "Les huit événements prédéterminés que le décret n° 2023-828 permettait à un traitement algorithmique \
    de signaler, tels que ces enregistrements les auraient montrés à un système. Entre parenthèses, l’intervalle de confiance à \
    95 %. Un signalement n’est pas un événement : nul ne les a vérifiés.";
/// Its columns.
pub const EVENT_COLUMNS: [&str; 4] = [
    "Événement",
    "Comment il a été mesuré",
    "Fréquence",
    "Ce qui aurait été montré à un opérateur",
];
/// Caption of the table of what lies outside.
pub const OUTSIDE_CAPTION: &str = "Ce que le décret ne mentionne pas et qu’un logiciel pourrait néanmoins extraire de ces \
    enregistrements. Entre parenthèses, l’intervalle de confiance à 95 %.";
/// Its columns.
pub const OUTSIDE_COLUMNS: [&str; 3] = ["Capacité", "Ce que représente le nombre", "Nombre"];
/// Capabilities with types of their own: what, and what the number is.
pub const OUTSIDE_TYPES: [(&str, &str); 3] = [
    (
        "Suivre une personne à travers le champ",
        "Pistes allant d’un bord de l’image à un autre, parmi celles que l’enregistrement n’interrompt pas",
    ),
    (
        "Chronométrer la présence d’une personne",
        "Pistes qui durent plus d’une minute",
    ),
    (
        "Voir les visages assez bien pour une reconnaissance",
        "Pistes de visages qui atteignent la densité de pixels que DORI demande pour la reconnaissance",
    ),
];
/// Where nothing was measured, or it is withheld.
pub const OPERATOR_UNKNOWN: &str = "Le présent rapport ne permet pas de le dire.";
/// Heading of the texts.
pub const LEGAL_HEADING: &str = "Les textes sur lesquels reposent ces tableaux";
/// The texts, with their dates and where they were read.
pub const LEGAL_NOTES: &[(&str, &str)] = &[
    (
        "Décret n° 2023-828 du 28 août 2023 (Journal officiel du 30 août 2023).",
        "Il énumère les huit événements prédéterminés : présence d’objets abandonnés ; présence ou utilisation d’armes, parmi celles \
         mentionnées à l’article R. 311-2 du code de la sécurité intérieure ; non-respect par une personne ou un véhicule, du sens \
         de circulation commun ; franchissement ou présence d’une personne ou d’un véhicule dans une zone interdite ou sensible ; \
         présence d’une personne au sol à la suite d’une chute ; mouvement de foule ; densité trop importante de personnes ; départs \
         de feux. Lu dans la reproduction de gbh-formation.fr et le résumé de faceaurisque.com ; vérifié le 22 novembre 2026.",
    ),
    (
        "Loi n° 2023-380 du 19 mai 2023, article 10.",
        "Elle autorisait l’expérimentation jusqu’au 31 mars 2025, sans système d’identification biométrique, sans traitement de \
         données biométriques et sans reconnaissance faciale. Lu dans les notices de securibase.com et d’affaires-publiques.org ; \
         vérifié le 22 novembre 2026.",
    ),
    (
        "Décision n° 2025-878 DC du Conseil constitutionnel, 24 avril 2025.",
        "Elle a censuré une première prolongation de l’expérimentation, qui n’avait pas sa place dans la loi où elle figurait. Une \
         autre prolongation était soumise au Parlement en janvier 2026 (cyberactualite.fr) ; si elle est en vigueur, et sous quelle \
         forme, n’a pas été vérifié pour le présent rapport.",
    ),
    (
        "Ceci n’est pas un avis juridique.",
        "Les tableaux disent ce qu’un logiciel pourrait extraire. Ils ne disent ni qu’un système était employé, ni ce qui serait \
         licite.",
    ),
];

/// An event, in the words of the decree.
#[must_use]
pub fn decree_event(capability: Capability) -> &'static str {
    match capability {
        Capability::LeftObject => "1. Présence d’objets abandonnés",
        Capability::Weapons => "2. Présence ou utilisation d’armes",
        Capability::Direction => {
            "3. Non-respect par une personne ou un véhicule, du sens de circulation commun"
        }
        Capability::Intrusion => {
            "4. Franchissement ou présence d’une personne ou d’un véhicule dans une zone interdite ou sensible"
        }
        Capability::Fall => "5. Présence d’une personne au sol à la suite d’une chute",
        Capability::CrowdMovement => "6. Mouvement de foule",
        Capability::Density => "7. Densité trop importante de personnes",
        Capability::FireStart => "8. Départs de feux",
        other => super::capability(other),
    }
}

/// What an operator would have been shown.
#[must_use]
pub fn operator(estimate: &Estimate) -> String {
    let figures = formats::figures(estimate);
    match estimate.unit {
        Unit::PerHour if estimate.value <= 0.0 => format!(
            "Aucune alerte dans ces enregistrements. Une fréquence allant jusqu’à {} par heure ne peut être exclue.",
            formats::plain((estimate.interval.high * 10.0).ceil() / 10.0)
        ),
        Unit::PerHour => format!(
            "En moyenne une alerte toutes les {}.",
            formats::duration(3600.0 / estimate.value)
        ),
        _ => format!("Une alerte affichée pendant {} du temps.", figures.value),
    }
}

/// Head of the section.
#[must_use]
pub fn section_decree() -> SectionText {
    super::sections::section(
        "events",
        "Événements",
        "Ce que permettait l’expérimentation française, et ce qui en est exclu",
        "Le premier tableau suit le décret. Le second contient ce que le décret laisse de côté : ce qu’une liste omet reste dans \
         l’enregistrement.",
    )
}
