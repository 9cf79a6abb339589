//! The answer in plain words: a few sentences, each with its number, its interval and the limit that a reader would
//! otherwise miss.

use super::formats;
use super::terms::{WITHHELD, level, missing_face, number_of, sample, with_interval};
use crate::wording::{FacesAtLevel, FacesSeen};
use vsa_record::disclosure::Cell;
use vsa_record::estimate::{Estimate, SampleSize, SampledThing};
use vsa_record::frontal::FrontalFaces;
use vsa_record::measurements::{DensityAssumptions, Level, Missing};

sentences! {
    /// Heading of the answer.
    pub const ANSWER_TITLE = en "What a system could extract from this footage",
                             fr "Ce qu’un système pourrait extraire de ces enregistrements";
    /// Below an answer that holds intervals.
    pub const ANSWER_NOTE =
        en "The numbers in brackets are intervals: the footage is a sample, and repeated samples of the same scene would give \
            other values. A 95\u{202f}% interval is made so that it holds the true value in 95 of 100 such repetitions. It \
            covers neither people whom the detector missed nor things that it took for people. A “track” is a chain of sightings \
            that the tracker took for one person.",
        fr "Les nombres entre parenthèses sont des intervalles de confiance : l’enregistrement est un échantillon, et d’autres \
            échantillons de la même scène donneraient d’autres valeurs. Un intervalle de confiance à 95 % est construit de façon \
            à contenir la vraie valeur dans 95 répétitions sur 100. Il ne couvre ni les personnes que le détecteur a manquées, \
            ni les choses qu’il a prises pour des personnes. Une « piste » est une suite d’apparitions que l’algorithme de suivi \
            a attribuées à une même personne.";
    /// Below an answer whose numbers are withheld.
    pub fn answer_note_withheld(min_cell: u32) =
        en "Numbers are withheld where 1 to {} people stand behind them, so that this report does not speak of single people. \
            Footage with more people in it lets more be shown.",
        fr "Les nombres derrière lesquels se trouvent de 1 à {} personnes sont occultés, afin que le présent rapport ne parle \
            pas de personnes isolées. Des enregistrements comptant plus de personnes permettraient d’en communiquer davantage."
        (formats::count(u64::from(min_cell).saturating_sub(1)));
}

/// How many people are in view.
pub fn answer_presence(frames: u64, per_frame: Option<&Estimate>, peak: Option<u64>) -> String {
    let frames = super::frames(frames);
    match (per_frame, peak) {
        (Some(mean), Some(peak)) => text! {
            en "In {frames} the person detector reported {} people per frame on average, and {} in the fullest frame \
                (counted in full).",
            fr "Sur {frames}, le détecteur de personnes a signalé en moyenne {} personnes par image, et {} dans l’image qui \
                en compte le plus (dénombrement exhaustif)."; with_interval(mean), formats::count(peak) },
        (Some(mean), None) => text! {
            en "In {frames} the person detector reported {} people per frame on average. How many there were in the fullest \
                frame is withheld.",
            fr "Sur {frames}, le détecteur de personnes a signalé en moyenne {} personnes par image. Leur nombre dans \
                l’image qui en compte le plus est occulté."; with_interval(mean) },
        (None, _) => text! {
            en "People were looked for in {frames}. How many were reported is withheld, because too few people stand behind \
                the number.",
            fr "Des personnes ont été recherchées dans {frames}. Le nombre de celles qui ont été signalées est occulté, car \
                trop peu de personnes se trouvent derrière ce nombre." },
    }
}

sentences! {
    /// Nobody was reported.
    pub fn answer_presence_nobody(frames: u64, per_frame: &Estimate) =
        en "In {} the person detector reported nobody: {} people per frame on average. That does not show that nobody was \
            there.",
        fr "Sur {}, le détecteur de personnes n’a signalé personne : en moyenne {} personnes par image. Cela ne démontre \
            pas que nul n’était présent." (super::frames(frames), with_interval(per_frame));
    /// Nobody could be counted.
    pub fn answer_presence_missing(why: Missing) =
        en "How many people are in view was not measured: {}.",
        fr "Le nombre de personnes dans le champ n’a pas été mesuré : {}." (super::missing(why));
    /// How many tracks, and why that is not a number of people.
    pub fn answer_people(tracks: u64) =
        en "The tracker joined these sightings into {} (counted in full). That is not a number of different people: somebody who \
            is lost and found again is several tracks, two people taken for one are one, and some tracks may be nobody. Only \
            labels made by people could tell how many there were.",
        fr "L’algorithme de suivi a réuni ces apparitions en {} (dénombrement exhaustif). Ce n’est pas un nombre de personnes \
            différentes : une personne perdue puis retrouvée forme plusieurs pistes, deux personnes prises pour une seule n’en \
            forment qu’une, et certaines pistes peuvent ne correspondre à personne. Seules des annotations faites par des \
            personnes permettraient de dire combien il y en avait." (sample(SampleSize { n: tracks, of: SampledThing::Tracks }));
    /// Nobody could be followed.
    pub fn answer_followed_missing(why: Missing) =
        en "Whether people can be followed was not measured: {}.",
        fr "Il n’a pas été mesuré si les personnes peuvent être suivies : {}." (super::missing(why));
    /// How long people can be followed may not be told.
    pub const ANSWER_FOLLOWED_WITHHELD =
        en "How long people can be followed is withheld, because too few people stand behind the number.",
        fr "La durée pendant laquelle les personnes peuvent être suivies est occultée, car trop peu de personnes se \
            trouvent derrière ce nombre.";
    /// Faces were not measured.
    pub fn answer_faces_missing(why: Missing) =
        en "How large faces appear was not measured: {}.",
        fr "La taille à laquelle apparaissent les visages n’a pas été mesurée : {}." (super::missing_face(why));
}

/// How long people can be followed.
pub fn answer_followed(median: Option<&Estimate>, edge_to_edge: Option<&Estimate>) -> Option<String> {
    match (median, edge_to_edge) {
        (Some(median), Some(share)) => Some(text! {
            en "Half of the tracks last {} or longer; {} of the tracks that the footage does not cut off run from one edge of the \
                picture to another.",
            fr "La moitié des pistes durent {} ou plus ; parmi les pistes que l’enregistrement n’interrompt pas, {} vont d’un bord \
                de l’image à un autre."; with_interval(median), with_interval(share) }),
        (Some(median), None) => Some(text! { en "Half of the tracks last {} or longer.",
                                             fr "La moitié des pistes durent {} ou plus."; with_interval(median) }),
        (None, Some(share)) => Some(text! {
            en "{} of the tracks that the footage does not cut off run from one edge of the picture to another.",
            fr "Parmi les pistes que l’enregistrement n’interrompt pas, {} vont d’un bord de l’image à un autre.";
            with_interval(share) }),
        (None, None) => None,
    }
}

/// Faces: how many, on how many tracks, how large, and that some may be false detections.
pub fn answer_faces(seen: &FacesSeen<'_>) -> String {
    let frames = super::frames(seen.frames);
    let mut text = match seen.sightings {
        Some(0) => {
            return text! {
                en "In {frames} the face detector reported no face. That does not show that there was none.",
                fr "Sur {frames}, le détecteur de visages n’a signalé aucun visage. Cela ne démontre pas qu’il n’y en avait \
                    pas." };
        }
        Some(n) => text! { en "In {frames} the face detector reported {} (counted in full)",
                           fr "Sur {frames}, le détecteur de visages a signalé {} (dénombrement exhaustif)"; faces(n) },
        None => text! {
            en "Faces were looked for in {frames}; how many were reported is withheld, because too few people stand behind \
                the number",
            fr "Des visages ont été recherchés dans {frames} ; le nombre de ceux qui ont été signalés est occulté, car trop \
                peu de personnes se trouvent derrière ce nombre" },
    };
    if let Some(share) = seen.with_face {
        text.push_str(&text! { en ", at least one of them on {} of the tracks of people",
                               fr ", dont au moins un sur {} des pistes de personnes"; with_interval(share) });
    }
    text.push('.');
    if let (Some(all), Some(sized)) = (seen.sightings, seen.sized)
        && sized < all
    {
        text.push_str(&match sized {
            0 => words! { en " None of these faces could be followed, so that none was measured.",
                          fr " Aucun de ces visages n’a pu être suivi, de sorte qu’aucun n’a été mesuré." }.to_owned(),
            n => text! { en " Only {} of these faces could be followed, and so measured.",
                         fr " Nombre de ces visages qui ont pu être suivis, et donc mesurés : {} seulement."; formats::count(n) },
        });
    }
    if let Some(height) = seen.median_height {
        text.push_str(&text! { en " Half of the measured faces are {} high or lower.",
                               fr " La moitié des visages mesurés ont une hauteur de {} ou moins."; with_interval(height) });
    }
    if seen.sightings.is_some() || seen.with_face.is_some() {
        text.push_str(words! {
            en " Some of them may not be faces: a face detector also reports faces where there are none, above all where faces are \
                only a few pixels high. How often it did so here cannot be told without labels.",
            fr " Certains peuvent n’être pas des visages : un détecteur de visages en signale aussi là où il n’y en a pas, surtout \
                lorsque les visages ne comptent que peu de pixels. Sans annotations, on ne peut dire combien de fois il l’a fait \
                ici." });
    }
    text
}

fn faces(n: u64) -> String {
    number_of(n, [words! { en "face", fr "visage" }, words! { en "faces", fr "visages" }])
}

/// Share of tracks of faces (or, of stills, of faces) large enough for a level, as measured on the faces.
pub fn answer_level_of_faces(at: Level, faces: &FacesAtLevel<'_>, face_width: f64) -> String {
    let density = formats::pixels_per_metre(at.pixels_per_metre());
    let turned = match faces.frontal {
        true => words! { en "while it is turned to the camera", fr "en étant tourné vers la caméra" },
        false => words! { en "whichever way it looks", fr "quelle que soit son orientation" },
    };
    let Some(share) = faces.share else {
        return text! {
            en "What share of the faces found reach {density}, the pixel density that the DORI scale calls “{}”, is withheld, because \
                too few people stand behind the number.",
            fr "La proportion des visages trouvés qui atteignent {density}, densité de pixels que l’échelle DORI désigne par « {} », \
                est occultée, car trop peu de personnes se trouvent derrière ce nombre."; level(at) };
    };
    let counted = text! { en "{} of faces", fr "{} de visages"; sample(share.sample) };
    text! {
        en "Going by the faces that were found: of {counted}, in {} the face reaches {density}, the pixel density that the DORI \
            scale calls “{}”, {turned}, if every face is {} wide as assumed.",
        fr "D’après les visages trouvés : sur {counted}, dans {} le visage atteint {density}, densité de pixels que l’échelle DORI \
            désigne par « {} », {turned}, si tout visage est large de {} comme il est supposé.";
        with_interval(share),
        level(at),
        formats::metres(face_width) }
}

/// Share of tracks (or, of stills, of sightings) large enough for a level, as bodies tell: it stands behind what faces tell.
pub fn answer_level_of_bodies(at: Level, share: &Estimate, assumptions: DensityAssumptions) -> String {
    let reach = if share.sample.of == SampledThing::Tracks {
        words! { en "come close enough at some moment to reach", fr "passent à un moment assez près pour atteindre" }
    } else {
        words! { en "are close enough to reach", fr "sont assez proches pour atteindre" }
    };
    let whole = match assumptions.whole_bodies {
        true => words! { en " that are whole in the picture", fr " entiers dans l’image" },
        false => "",
    };
    text! {
        en "Going by the height of bodies{whole}, whether or not a face is seen: of {}, {} {reach} {}, if every body is {} tall as \
            assumed.",
        fr "D’après la hauteur des corps{whole}, qu’un visage soit visible ou non : sur {}, {} {reach} {}, si tout corps est haut de \
            {} comme il est supposé.";
        sample(share.sample),
        with_interval(share),
        formats::pixels_per_metre(at.pixels_per_metre()),
        formats::metres(assumptions.body_height_metres) }
}

/// Nobody's identity was determined, and the detector was not checked.
pub fn answer_limit(no_labels: bool) -> String {
    if no_labels {
        words! {
            en "Nobody was identified. No labels made by people were available, so that this report does not know how many people \
                and faces the detectors missed or invented.",
            fr "Personne n’a été identifié. Faute d’annotations faites par des personnes, le présent rapport ignore combien de \
                personnes et de visages les détecteurs ont manqués ou inventés." }.to_owned()
    } else {
        words! { en "Nobody was identified.", fr "Personne n’a été identifié." }.to_owned()
    }
}

/// Whether people could be found again by their looks.
pub fn answer_linked(found: &Estimate, redacted: Option<&Estimate>) -> String {
    let redacted = redacted.map_or_else(String::new, |redacted| text! {
        en " With faces blacked out it is {}.",
        fr " Visages noircis, cette proportion est de {}."; with_interval(redacted) });
    text! {
        en "Going by the appearance of the body alone, the nearest look-alike of a sighting is the same person in {} of cases, as far as the \
            tracks tell.{redacted}",
        fr "D’après la seule apparence du corps, l’apparition la plus ressemblante est celle de la même personne dans {} des cas, \
            pour autant que les pistes permettent d’en juger.{redacted}"; with_interval(found) }
}

/// How many of the decree's events were measured.
pub fn answer_events(measured: usize, of: usize) -> String {
    match measured {
        0 => text! {
            en "Of the {of} events that the French experiment allowed software to report, none was measured here.",
            fr "Sur les {of} événements que l’expérimentation française permettait à un logiciel de signaler, aucun \
                n’a été mesuré ici." },
        1 => text! {
            en "Of the {of} events that the French experiment allowed software to report, {measured} was measured \
                here: how often it would have raised an alert is in the section “Events”.",
            fr "Sur les {of} événements que l’expérimentation française permettait à un logiciel de signaler, \
                {measured} a été mesuré ici : la partie « Événements » indique combien de fois il aurait déclenché une \
                alerte." },
        _ => text! {
            en "Of the {of} events that the French experiment allowed software to report, {measured} were measured \
                here: how often each would have raised an alert is in the section “Events”.",
            fr "Sur les {of} événements que l’expérimentation française permettait à un logiciel de signaler, \
                {measured} ont été mesurés ici : la partie « Événements » indique combien de fois chacun aurait \
                déclenché une alerte." },
    }
}

/// How many faces look towards the camera.
pub fn frontal_faces(faces: &FrontalFaces) -> String {
    let told = |cell: &Cell<Estimate>| cell.shown().map_or_else(|| WITHHELD.to_owned(), with_interval);
    let mut text = text! {
        en "Share of the measured sightings in which the face is turned to the camera: {}.",
        fr "Proportion des apparitions mesurées où le visage est tourné vers la caméra : {}.";
        told(&faces.share_of_sightings) };
    if let Some(share) = &faces.share_of_people {
        text.push_str(&text! {
            en " Share of the tracks of faces with such a sighting: {}.",
            fr " Proportion des pistes de visages comptant une telle apparition : {}."; told(share) });
    }
    let [yaw, pitch] = [faces.largest_yaw_degrees, faces.largest_pitch_degrees].map(formats::plain);
    text.push_str(&text! {
        en " That means turned by at most {yaw}° to either side and by {pitch}° upwards or downwards, which five points of a face \
            tell to about ten degrees. All other faces count as faces, but not among those that reach the pixel density for \
            recognition or identification.",
        fr " Cela signifie tourné d’au plus {yaw}° d’un côté ou de l’autre et de {pitch}° vers le haut ou vers le bas, ce que cinq \
            points d’un visage indiquent à une dizaine de degrés près. Tous les autres visages comptent comme visages, mais non parmi \
            ceux qui atteignent la densité de pixels voulue pour la reconnaissance ou l’identification." });
    text
}

/// Why that is not known.
pub fn frontal_missing(why: Missing) -> String {
    text! { en "Which way faces look was not measured: {}.",
            fr "L’orientation des visages n’a pas été mesurée : {}."; missing_face(why) }
}
