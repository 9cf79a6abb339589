//! The French experiment's eight events, what lies outside them, and the texts, with their dates.

use super::formats;
use vsa_record::estimate::{Estimate, Unit};
use vsa_record::reading::Capability;

sentences! {
    /// Caption of the table of events.
    pub const EVENTS_CAPTION =
        en "The eight events that software was allowed to report under decree 2023-828, as this footage would have shown them to \
            a system. In brackets the 95\u{202f}% interval. A report is not an event: nobody checked these.",
        fr "Les huit événements prédéterminés que le décret n° 2023-828 permettait à un traitement algorithmique de signaler, \
            tels que ces enregistrements les auraient montrés à un système. Entre parenthèses, l’intervalle de confiance à 95 %. \
            Un signalement n’est pas un événement : nul ne les a vérifiés.";
    /// Its columns.
    pub const EVENT_COLUMNS[4] =
        (en "Event", fr "Événement") (en "How it was measured", fr "Comment il a été mesuré") (en "How often", fr "Fréquence")
        (en "What a camera operator would have been shown", fr "Ce qui aurait été montré à un opérateur");
    /// Caption of the table of what lies outside.
    pub const OUTSIDE_CAPTION =
        en "What the decree does not list and software could extract from this footage all the same. In brackets the 95\u{202f}% \
            interval.",
        fr "Ce que le décret ne mentionne pas et qu’un logiciel pourrait néanmoins extraire de ces enregistrements. Entre \
            parenthèses, l’intervalle de confiance à 95 %.";
    /// Its columns.
    pub const OUTSIDE_COLUMNS[3] =
        (en "Capability", fr "Capacité") (en "What the number is", fr "Ce que représente le nombre") (en "Number", fr "Nombre");
}

/// Capabilities with types of their own: what, and what the number is.
pub const OUTSIDE_TYPES: [(&str, &str); 3] = pairs! {
    (en "Following a person through the view", fr "Suivre une personne à travers le champ")
        (en "Tracks from edge to edge of the picture, among those that the footage does not cut off",
         fr "Pistes allant d’un bord de l’image à un autre, parmi celles que l’enregistrement n’interrompt pas");
    (en "Timing how long a person stays", fr "Chronométrer la présence d’une personne")
        (en "Tracks that last longer than a minute", fr "Pistes qui durent plus d’une minute");
    (en "Seeing faces well enough for recognition", fr "Voir les visages assez bien pour une reconnaissance")
        (en "Tracks of faces that reach the pixel density that DORI asks for recognition",
         fr "Pistes de visages qui atteignent la densité de pixels que DORI demande pour la reconnaissance");
};

sentences! {
    /// In place of the last of these figures, where only faces turned to the camera count.
    pub const FRONTAL_AT_RECOGNITION =
        en "Tracks of faces that reach the pixel density that DORI asks for recognition while turned to the camera",
        fr "Pistes de visages qui atteignent la densité de pixels que DORI demande pour la reconnaissance, le visage étant tourné vers \
            la caméra";
    /// Where nothing was measured, or it is withheld.
    pub const OPERATOR_UNKNOWN = en "Not known from this report.", fr "Le présent rapport ne permet pas de le dire.";
    /// Heading of the texts.
    pub const LEGAL_HEADING = en "The texts behind these tables", fr "Les textes sur lesquels reposent ces tableaux";
}

/// The texts, with their dates and where they were read.
pub const LEGAL_NOTES: &[(&str, &str)] = &pairs! {
    (en "Decree 2023-828 of 28 August 2023 (Journal officiel of 30 August 2023).",
     fr "Décret n° 2023-828 du 28 août 2023 (Journal officiel du 30 août 2023).")
        (en "It lists the eight events: abandoned objects; presence or use of weapons among those of article R. 311-2 of the \
             code de la sécurité intérieure; a person or vehicle against the common direction of traffic; a person or vehicle \
             that crosses into, or is in, a forbidden or sensitive zone; a person on the ground after a fall; crowd movement; \
             too high a density of people; the start of a fire. Read in the reproduction of gbh-formation.fr and the summary of \
             faceaurisque.com; checked on 22 November 2026.",
         fr "Il énumère les huit événements prédéterminés : présence d’objets abandonnés ; présence ou utilisation d’armes, \
             parmi celles mentionnées à l’article R. 311-2 du code de la sécurité intérieure ; non-respect par une personne ou \
             un véhicule, du sens de circulation commun ; franchissement ou présence d’une personne ou d’un véhicule dans une \
             zone interdite ou sensible ; présence d’une personne au sol à la suite d’une chute ; mouvement de foule ; densité \
             trop importante de personnes ; départs de feux. Lu dans la reproduction de gbh-formation.fr et le résumé de \
             faceaurisque.com ; vérifié le 22 novembre 2026.");
    (en "Law 2023-380 of 19 May 2023, article 10.", fr "Loi n° 2023-380 du 19 mai 2023, article 10.")
        (en "It allowed the experiment until 31 March 2025, without biometric identification, without biometric data and without \
             face recognition. Read in the notices of securibase.com and affaires-publiques.org; checked on 22 November 2026.",
         fr "Elle autorisait l’expérimentation jusqu’au 31 mars 2025, sans système d’identification biométrique, sans traitement \
             de données biométriques et sans reconnaissance faciale. Lu dans les notices de securibase.com et \
             d’affaires-publiques.org ; vérifié le 22 novembre 2026.");
    (en "Decision 2025-878 DC of the Conseil constitutionnel, 24 April 2025.",
     fr "Décision n° 2025-878 DC du Conseil constitutionnel, 24 avril 2025.")
        (en "It struck down a first extension of the experiment, because it had no place in the law that carried it. Another \
             extension was before Parliament in January 2026 (cyberactualite.fr); whether, and in what form, it is in force was \
             not verified for this report.",
         fr "Elle a censuré une première prolongation de l’expérimentation, qui n’avait pas sa place dans la loi où elle \
             figurait. Une autre prolongation était soumise au Parlement en janvier 2026 (cyberactualite.fr) ; si elle est en \
             vigueur, et sous quelle forme, n’a pas été vérifié pour le présent rapport.");
    (en "This is not a legal opinion.", fr "Ceci n’est pas un avis juridique.")
        (en "The tables say what software could extract. They do not say that a system was in use, nor what would be lawful.",
         fr "Les tableaux disent ce qu’un logiciel pourrait extraire. Ils ne disent ni qu’un système était employé, ni ce qui \
             serait licite.");
};

/// An event, in the words of the decree.
pub fn decree_event(capability: Capability) -> &'static str {
    match capability {
        Capability::LeftObject => words! { en "1. Abandoned objects", fr "1. Présence d’objets abandonnés" },
        Capability::Weapons => words! { en "2. Presence or use of weapons", fr "2. Présence ou utilisation d’armes" },
        Capability::Direction => words! { en "3. Movement against the common direction",
                                          fr "3. Non-respect par une personne ou un véhicule, du sens de circulation commun" },
        Capability::Intrusion => words! {
            en "4. Crossing into, or presence in, a forbidden or sensitive zone",
            fr "4. Franchissement ou présence d’une personne ou d’un véhicule dans une zone interdite ou sensible" },
        Capability::Fall => words! { en "5. A person on the ground after a fall",
                                     fr "5. Présence d’une personne au sol à la suite d’une chute" },
        Capability::CrowdMovement => words! { en "6. Crowd movement", fr "6. Mouvement de foule" },
        Capability::Density => words! { en "7. Too high a density of people",
                                        fr "7. Densité trop importante de personnes" },
        Capability::FireStart => words! { en "8. The start of a fire", fr "8. Départs de feux" },
        other => super::capability(other),
    }
}

/// What an operator would have been shown.
pub fn operator(estimate: &Estimate) -> String {
    let figures = formats::figures(estimate);
    match estimate.unit {
        Unit::PerHour if estimate.value <= 0.0 => {
            text! {
                en "No alert in this footage. As many as {} an hour cannot be excluded.",
                fr "Aucune alerte dans ces enregistrements. Une fréquence allant jusqu’à {} par heure ne peut être exclue.";
                formats::plain((estimate.interval.high * 10.0).ceil() / 10.0) }
        }
        Unit::PerHour => text! { en "An alert every {} on average.",
                                 fr "En moyenne une alerte toutes les {}."; formats::duration(3600.0 / estimate.value) },
        _ => text! { en "An alert that stands for {} of the time.",
                     fr "Une alerte affichée pendant {} du temps."; figures.value },
    }
}

sections! {
    /// Head of the section.
    section_decree => ("events") (en "Events", fr "Événements")
        (en "What the French experiment allowed, and what lies outside it",
         fr "Ce que permettait l’expérimentation française, et ce qui en est exclu")
        (en "The first table follows the decree. The second holds what the decree leaves out: leaving it out of a list does not \
             take it out of the footage.",
         fr "Le premier tableau suit le décret. Le second contient ce que le décret laisse de côté : ce qu’une liste omet reste \
             dans l’enregistrement.");
}
