//! Words for single things: levels, methods, units, reasons for an absence.

use super::formats;
use vsa_record::disclosure::{Cell, DataBasis};
use vsa_record::estimate::{Estimate, IntervalMethod, SampleSize, SampledThing, Unit};
use vsa_record::facts::ItemKind;
use vsa_record::measurements::{DensityStandard, Level, Missing};
use vsa_record::reading::Capability;

/// In place of a number that may not be shown.
pub const WITHHELD: &str = words! { en "withheld", fr "occulté" };

/// In place of a number that there is not.
pub const NONE: &str = words! { en "not estimated", fr "non estimé" };

/// In place of the interval of a number that has none.
pub const NO_INTERVAL: &str = words! { en "none", fr "aucun" };

/// Column label in a chart where there was nothing to measure.
pub const NOT_MEASURED: &str = words! { en "not measured", fr "non mesuré" };

/// A level's name.
#[must_use]
pub fn level(level: Level) -> &'static str {
    match level {
        Level::Monitor => words! { en "monitor", fr "surveiller" },
        Level::Detect => words! { en "detect", fr "détecter" },
        Level::Observe => words! { en "observe", fr "observer" },
        Level::Recognise => words! { en "recognise", fr "reconnaître" },
        Level::Identify => words! { en "identify", fr "identifier" },
        Level::Overview => words! { en "overview", fr "vue d’ensemble" },
        Level::Outline => words! { en "outline", fr "silhouette" },
        Level::Discern => words! { en "discern", fr "discerner" },
        Level::Perceive => words! { en "perceive", fr "percevoir" },
        Level::Characterise => words! { en "characterise", fr "caractériser" },
        Level::Validate => words! { en "validate", fr "valider" },
        Level::Scrutinise => words! { en "scrutinise", fr "scruter" },
    }
}

/// A standard's name.
#[must_use]
pub fn standard(standard: DensityStandard) -> &'static str {
    match standard {
        DensityStandard::Dori => "DORI",
        DensityStandard::Oodpcvs => "OODPCVS",
    }
}

/// What was missing, as the end of “not measured: …”.
#[must_use]
pub fn missing(missing: Missing) -> &'static str {
    match missing {
        Missing::NoFrames => words! { en "no frame could be decoded", fr "aucune image n’a pu être décodée" },
        Missing::NoPersonModel => words! { en "no model that finds people was run",
                                           fr "aucun modèle détectant les personnes n’a été employé" },
        Missing::NoFaceModel => words! { en "no model that finds faces was run",
                                         fr "aucun modèle détectant les visages n’a été employé" },
        Missing::NoSequence => words! { en "the images have no order in time, so that nobody can be followed",
                                        fr "les images ne se suivent pas dans le temps, de sorte que nul ne peut être suivi" },
        Missing::NobodyFound => words! { en "nobody was reported, or nobody for long enough to be followed",
                                         fr "aucune personne n’a été signalée, ou aucune assez longtemps pour être suivie" },
        Missing::NoZones => words! { en "no zone and no line was drawn (see `--scene`)",
                                     fr "aucune zone ni ligne n’a été tracée (voir `--scene`)" },
        Missing::NoCalibration => words! {
            en "the scene is not calibrated, so nothing can be given in metres (see `--scene`)",
            fr "la scène n’est pas étalonnée, de sorte que rien ne peut y être donné en mètres (voir `--scene`)" },
        Missing::NoGround => words! {
            en "neither the ground that people can stand on nor a zone on it was drawn (see `--scene`)",
            fr "ni le sol où des personnes peuvent se tenir ni une zone de ce sol n’ont été tracés (voir `--scene`)" },
        Missing::SceneDoesNotFit => words! { en "the scene was drawn on pictures of another size",
                                             fr "la scène a été tracée sur des images d’une autre taille" },
        Missing::NoCommonDirection => words! {
            en "no common direction was given, and people here have none",
            fr "aucun sens de circulation commun n’a été indiqué, et les personnes n’en ont pas ici" },
        Missing::NoModelGiven => words! { en "no model for it was given (see `vsa-audit models list`)",
                                          fr "aucun modèle n’a été fourni à cet effet (voir `vsa-audit models list`)" },
        Missing::TooFewTracks => words! { en "too few people were seen often enough",
                                          fr "trop peu de personnes ont été vues assez souvent" },
        Missing::DependsOnTheMachine => words! {
            en "it depends on the machine; run.json, beside this report, tells how many cameras the machine of this run keeps up \
                with",
            fr "cela dépend de la machine ; le fichier run.json, joint au présent rapport, indique combien de caméras la machine \
                employée peut traiter" },
        Missing::NotAskedFor => words! { en "this run was not asked for it (see `--robustness`)",
                                         fr "cela n’a pas été demandé pour ce traitement (voir `--robustness`)" },
        Missing::NeedsLabels => words! { en "it needs labels to compare with (see `vsa-audit evaluate`)",
                                         fr "cela exige des annotations auxquelles se comparer (voir `vsa-audit evaluate`)" },
        Missing::NotImplementedYet => words! { en "this version has no measure for it",
                                               fr "la présente version n’en a pas de mesure" },
        Missing::NoOpenModel => words! { en "no open model of known quality is registered for it",
                                         fr "aucun modèle ouvert de qualité connue n’est enregistré à cet effet" },
        Missing::DamageNotCounted => words! {
            en "the decoder conceals damage within frames, so that faulty ones cannot be counted",
            fr "le décodeur masque les dommages internes aux images, de sorte que les images défectueuses ne peuvent être \
                dénombrées" },
        Missing::NotInFootage => words! { en "this footage cannot show it",
                                          fr "ces enregistrements ne peuvent le montrer" },
        Missing::NotWatchedLongEnough => words! { en "nobody was watched for so long",
                                                  fr "personne n’a été observé aussi longtemps" },
        Missing::NoExpectedCount => words! { en "the file does not say how many frames it should have",
                                             fr "le fichier n’indique pas combien d’images il devrait contenir" },
    }
}

/// As [`missing`], where faces were looked for.
#[must_use]
pub fn missing_face(why: Missing) -> &'static str {
    match why {
        Missing::NobodyFound => words! { en "no face was reported, or none for long enough to be followed",
                                         fr "aucun visage n’a été signalé, ou aucun assez longtemps pour être suivi" },
        other => missing(other),
    }
}

/// How an interval was made, in a few words.
#[must_use]
pub fn method(method: IntervalMethod) -> &'static str {
    match method {
        IntervalMethod::Wilson => words! { en "Wilson score interval", fr "intervalle de score de Wilson" },
        IntervalMethod::BlockBootstrap => words! {
            en "circular block bootstrap over time",
            fr "bootstrap circulaire par blocs dans le temps" },
        IntervalMethod::TrackBootstrap => words! { en "bootstrap over tracks", fr "bootstrap sur les pistes" },
        IntervalMethod::OrderStatistics => words! { en "order statistics", fr "statistiques d’ordre" },
        IntervalMethod::GreenwoodLogLog => words! { en "Kaplan–Meier with Greenwood's variance",
                                                    fr "Kaplan–Meier, variance de Greenwood" },
        IntervalMethod::CompleteCount => words! { en "counted in full", fr "dénombrement exhaustif" },
        IntervalMethod::Poisson => words! { en "exact Poisson interval", fr "intervalle de Poisson exact" },
        IntervalMethod::RatioOfIntervals => words! { en "ends of two intervals", fr "bornes de deux intervalles" },
        IntervalMethod::DifferenceOfIntervals => words! { en "ends of two intervals, one less the other",
                                                          fr "bornes de deux intervalles, par différence" },
        IntervalMethod::ClusterBootstrap => words! { en "bootstrap over whole sequences or pictures",
                                                     fr "bootstrap sur des séquences ou des images entières" },
        IntervalMethod::StretchBootstrap => words! {
            en "bootstrap over stretches of footage",
            fr "bootstrap sur des passages de l’enregistrement" },
        IntervalMethod::ThreeDepartures => words! {
            en "rule of three for departures",
            fr "règle de trois pour les écarts" },
        IntervalMethod::RuleOfThree => words! { en "rule of three", fr "règle de trois" },
        IntervalMethod::Newcombe => words! { en "Newcombe's interval for a difference",
                                             fr "intervalle de Newcombe pour une différence" },
        IntervalMethod::Standardised => words! { en "normal interval for a standardised difference",
                                                 fr "intervalle normal pour une différence standardisée" },
        IntervalMethod::LogRatio => words! { en "interval for a ratio on the logarithmic scale",
                                             fr "intervalle pour un rapport, sur une échelle logarithmique" },
        IntervalMethod::SystematicDraws => words! { en "bootstrap over draws of frames",
                                                    fr "bootstrap sur les tirages d’images" },
    }
}

/// How an interval was made, for the list of methods.
#[must_use]
pub fn method_explained(method: IntervalMethod) -> &'static str {
    match method {
        IntervalMethod::Wilson => words! {
            en "For a share of tracks. It stays between none and all, and is sound for few cases (Wilson 1927).",
            fr "Pour une proportion de pistes. Il reste entre aucune et toutes, et demeure valable pour de petits effectifs \
                (Wilson 1927)." },
        IntervalMethod::BlockBootstrap => words! {
            en "For means over frames. Neighbouring frames resemble each other, so blocks of consecutive frames are resampled with \
             replacement, not single frames; the end of the footage is joined to its beginning (circular block bootstrap, \
             Politis and Romano 1992), and the percentiles are widened where blocks are few (Hesterberg 2015).",
            fr "Pour les moyennes sur des images. Les images voisines se ressemblent : le rééchantillonnage porte donc sur des blocs \
             d’images consécutives, et non sur des images isolées, la fin de l’enregistrement étant raccordée à son début (bootstrap \
             circulaire par blocs, Politis et Romano 1992) ; les percentiles sont élargis lorsque les blocs sont peu nombreux \
             (Hesterberg 2015)." },
        IntervalMethod::TrackBootstrap => words! {
            en "For shares of sightings. Whole tracks are resampled with replacement, since sightings of one person resemble \
             each other (Efron 1979); the percentiles are widened where tracks are few (Hesterberg 2015).",
            fr "Pour les proportions d’apparitions. Des pistes entières sont rééchantillonnées avec remise, car les apparitions \
             d’une même personne se ressemblent (Efron 1979) ; les percentiles sont élargis lorsque les pistes sont peu nombreuses \
             (Hesterberg 2015)." },
        IntervalMethod::OrderStatistics => words! {
            en "For medians and other quantiles. It assumes no particular shape of the distribution.",
            fr "Pour les médianes et les autres quantiles. Aucune forme particulière de la distribution n’est supposée." },
        IntervalMethod::GreenwoodLogLog => words! {
            en "For the share of people who stay longer than a given time. It takes into account that some stays began before the \
                footage or went on after it (Kalbfleisch and Prentice 1980).",
            fr "Pour la proportion de personnes présentes au-delà d’une durée donnée. Il est tenu compte de ce que certaines \
                présences ont commencé avant l’enregistrement ou se sont poursuivies après lui (Kalbfleisch et Prentice 1980)." },
        IntervalMethod::Poisson => words! {
            en "For rare events in a stretch of time: the rates of this size that such a count does not contradict, at the level \
                of the interval (exact method, Garwood 1936). With no event at all, the upper end is the rate that cannot be \
                excluded: about three events in the time looked at. It takes events to come independently of each other.",
            fr "Pour des événements rares pendant une durée : les fréquences de cet ordre que le nombre constaté ne contredit pas, \
                au niveau de l’intervalle (méthode exacte, Garwood 1936). En l’absence de tout événement, la borne supérieure est \
                la fréquence qui ne peut être exclue : environ trois événements pendant la durée examinée. Les événements sont \
                supposés indépendants les uns des autres." },
        IntervalMethod::RatioOfIntervals => words! {
            en "For a quantity of degraded footage over the same of the clean footage: the lower end of one interval over the \
                upper end of the other, and the other way round. Both runs see the same people, so that it is wider than it need \
                be.",
            fr "Pour une grandeur des enregistrements dégradés rapportée à la même grandeur des enregistrements d’origine : la \
                borne inférieure de l’un des intervalles sur la borne supérieure de l’autre, et inversement. Les deux traitements \
                voient les mêmes personnes, de sorte qu’il est plus large que nécessaire." },
        IntervalMethod::CompleteCount => words! {
            en "The footage was counted from end to end. Nothing was sampled, so there is no interval.",
            fr "L’enregistrement a été dénombré d’un bout à l’autre. Rien n’a été échantillonné : il n’y a donc pas d’intervalle." },
        IntervalMethod::DifferenceOfIntervals => words! {
            en "For a difference that cannot be resampled: the lower end of one interval less the upper end of the other, and the \
                other way round. It is wider than it need be.",
            fr "Pour une différence qui ne se prête pas au rééchantillonnage : la borne inférieure de l’un des intervalles moins \
                la borne supérieure de l’autre, et inversement. Il est plus large que nécessaire." },
        IntervalMethod::ClusterBootstrap => words! {
            en "For scores against labels. Whole sequences or pictures are resampled with replacement, since boxes in one picture \
                resemble each other (Efron 1979; Hesterberg 2015).",
            fr "Pour les résultats confrontés à des annotations. Des séquences ou des images entières sont rééchantillonnées avec remise, car les cadres d’une même image se ressemblent (Efron 1979 ; Hesterberg 2015)." },
        IntervalMethod::StretchBootstrap => words! {
            en "For scores against labels, where there are few sequences. The footage is cut into stretches that do not overlap, and \
             whole stretches are resampled with replacement, since neighbouring frames resemble each other (Efron 1979; Hesterberg \
             2015).",
            fr "Pour les résultats confrontés à des annotations, lorsque les séquences sont peu nombreuses. L’enregistrement est découpé en \
             passages disjoints, et des passages entiers sont rééchantillonnés avec remise, car les images voisines se ressemblent \
             (Efron 1979 ; Hesterberg 2015)." },
        IntervalMethod::ThreeDepartures => words! {
            en "For a value from which no case was seen to depart, or too few to resample: up to 3 of as many cases as were watched \
             may still depart from it, to either side (the rule of three, Hanley and Lippman-Hand 1983).",
            fr "Pour une valeur dont aucun cas ne s’est écarté, ou trop peu pour un rééchantillonnage : dans au plus 3 cas sur autant de \
             cas qu’il en a été observé, un écart reste possible, dans un sens ou dans l’autre (règle de trois, Hanley et \
             Lippman-Hand 1983)." },
        IntervalMethod::RuleOfThree => words! {
            en "For something that never happened: it may still happen in up to 3 of as many cases as were watched (Hanley \
                and Lippman-Hand 1983).",
            fr "Pour ce qui ne s’est pas produit une seule fois : cela peut encore se produire dans au plus 3 cas sur autant de \
                cas qu’il en a été observé (Hanley et Lippman-Hand 1983)." },
        IntervalMethod::Newcombe => words! {
            en "For the difference of two shares of independent cases (Newcombe 1998, method 10).",
            fr "Pour la différence de deux proportions de cas indépendants (Newcombe 1998, méthode 10)." },
        IntervalMethod::Standardised => words! {
            en "Difference of two shares, each standardised to the same spread over strata; each stratum's variance counts one hit \
                and one miss more (Agresti and Caffo).",
            fr "Différence de deux proportions, chacune standardisée sur la même répartition entre strates ; la variance de chaque \
                strate compte un succès et un échec de plus (Agresti et Caffo)." },
        IntervalMethod::LogRatio => words! { en "For the ratio of two shares of independent cases (Katz and others 1978).",
                                             fr "Pour le rapport de deux proportions de cas indépendants (Katz et autres 1978)." },
        IntervalMethod::SystematicDraws => words! {
            en "For what looking at every frame would give, where frames were drawn. Each draw spreads evenly over the footage \
                from a random start; whole draws are resampled with replacement, so that the interval allows for the likeness of neighbouring \
                frames; it shrinks as the draws come to cover all frames (Gautschi 1957; Wolter 2007).",
            fr "Pour ce que donnerait l’analyse de toutes les images, lorsque des images ont été tirées au sort. Chaque tirage se \
                répartit régulièrement dans les enregistrements à partir d’un départ aléatoire\u{202f}; des tirages entiers sont \
                rééchantillonnés avec remise, si bien que l’intervalle tient compte de la ressemblance entre images voisines ; il \
                se resserre à mesure que les tirages couvrent l’ensemble des images (Gautschi 1957\u{202f}; Wolter 2007)." },
    }
}

/// A unit, for the column of a table.
#[must_use]
pub fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Ratio => words! { en "share", fr "proportion" },
        Unit::Pixels => "pixels",
        Unit::PixelsPerMetre => words! { en "pixels per metre", fr "pixels par mètre" },
        Unit::Seconds => words! { en "seconds", fr "secondes" },
        Unit::PeoplePerFrame => words! { en "people per frame", fr "personnes par image" },
        Unit::FacesPerFrame => words! { en "faces per frame", fr "visages par image" },
        Unit::Frames => words! { en "frames", fr "images" },
        Unit::PerHour => words! { en "per hour", fr "par heure" },
        Unit::Fragments => "fragments",
        Unit::People => words! { en "people", fr "personnes" },
        Unit::MetresPerSecond => words! { en "metres per second", fr "mètres par seconde" },
        Unit::BodyHeightsPerSecond => words! { en "body heights per second", fr "hauteurs de corps par seconde" },
        Unit::Metres => words! { en "metres", fr "mètres" },
        Unit::BodyHeights => words! { en "body heights", fr "hauteurs de corps" },
        Unit::PeoplePerSquareMetre => words! { en "people per square metre", fr "personnes par mètre carré" },
        Unit::Degrees => words! { en "degrees", fr "degrés" },
        Unit::CosineSimilarity => words! { en "cosine similarity", fr "similarité cosinus" },
        Unit::TimesClean => words! { en "times the clean run", fr "rapport au traitement d’origine" },
        Unit::Boxes => words! { en "boxes", fr "cadres" },
        Unit::Events => words! { en "events", fr "événements" },
        Unit::PerPicture => words! { en "per picture", fr "par image" },
    }
}

/// `19 tracks`.
#[must_use]
pub fn sample(sample: SampleSize) -> String {
    words! {
        en {
            let n = formats::count(sample.n);
            match (sample.of, sample.n) {
                (SampledThing::Frames, 1) => format!("{n}\u{a0}frame"),
                (SampledThing::Frames, _) => format!("{n}\u{a0}frames"),
                (SampledThing::Tracks, 1) => format!("{n}\u{a0}track"),
                (SampledThing::Tracks, _) => format!("{n}\u{a0}tracks"),
                (SampledThing::Sightings, 1) => format!("{n}\u{a0}sighting"),
                (SampledThing::Sightings, _) => format!("{n}\u{a0}sightings"),
                (SampledThing::Pairs, 1) => format!("{n}\u{a0}pair"),
                (SampledThing::Pairs, _) => format!("{n}\u{a0}pairs"),
                (SampledThing::Hours, 1) => format!("{n}\u{a0}hour"),
                (SampledThing::Hours, _) => format!("{n}\u{a0}hours"),
                (SampledThing::Events, 1) => format!("{n}\u{a0}event"),
                (SampledThing::Events, _) => format!("{n}\u{a0}events"),
                (SampledThing::Labels, 1) => format!("{n}\u{a0}label"),
                (SampledThing::Labels, _) => format!("{n}\u{a0}labels"),
                (SampledThing::Detections, 1) => format!("{n}\u{a0}detection"),
                (SampledThing::Detections, _) => format!("{n}\u{a0}detections"),
            }
        },
        fr {
            let (one, many) = match sample.of {
                SampledThing::Frames => ("image", "images"),
                SampledThing::Tracks => ("piste", "pistes"),
                SampledThing::Sightings => ("apparition", "apparitions"),
                SampledThing::Pairs => ("paire", "paires"),
                SampledThing::Hours => ("heure", "heures"),
                SampledThing::Events => ("événement", "événements"),
                SampledThing::Labels => ("annotation", "annotations"),
                SampledThing::Detections => ("détection", "détections"),
            };
            let noun = if sample.n < 2 { one } else { many };
            format!("{}\u{a0}{noun}", formats::count(sample.n))
        },
    }
}

/// `42 % (95 % interval 23–64 %)`.
#[must_use]
pub fn with_interval(estimate: &Estimate) -> String {
    format!("{} ({})", formats::figures(estimate).value, interval(estimate))
}

/// `95 % interval 23–64 %`.
#[must_use]
pub fn interval(estimate: &Estimate) -> String {
    match estimate.interval.method {
        IntervalMethod::CompleteCount => words! { en "counted in full", fr "dénombrement exhaustif" }.to_owned(),
        _ => text! {
            en "{} interval {}",
            fr "intervalle de confiance à {} : {}";
            formats::percent(estimate.interval.level), formats::figures(estimate).interval },
    }
}

/// A count, or that it is withheld.
#[must_use]
pub fn counted(cell: &Cell<u64>) -> String {
    cell.shown()
        .map_or_else(|| WITHHELD.to_owned(), |n| formats::count(*n))
}

/// The ground on which footage is processed.
#[must_use]
pub fn data_basis(basis: DataBasis) -> &'static str {
    match basis {
        DataBasis::Undeclared => words! { en "none was declared", fr "aucun fondement n’a été déclaré" },
        DataBasis::Public => words! { en "declared a public dataset", fr "déclaré comme jeu de données public" },
        DataBasis::Consented => words! { en "everyone in view is declared to have consented",
                                         fr "toutes les personnes filmées sont déclarées avoir consenti" },
    }
}

/// A kind of footage.
#[must_use]
pub fn item_kind(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Video => words! { en "video", fr "vidéo" },
        ItemKind::ImageSequence => words! { en "images in a sequence", fr "suite d’images" },
        ItemKind::Stills => words! { en "single images", fr "images isolées" },
    }
}

/// A capability, as what a system would do.
#[must_use]
pub fn capability(capability: Capability) -> &'static str {
    match capability {
        Capability::Pace => words! { en "Measuring walking speed, or running",
                                     fr "Mesurer la vitesse de marche, ou la course" },
        Capability::Direction => words! { en "Noticing movement against the common direction",
                                          fr "Repérer un déplacement à contresens" },
        Capability::Intrusion => words! { en "Noticing presence in a zone or the crossing of a line",
                                          fr "Repérer une présence dans une zone ou le franchissement d’une ligne" },
        Capability::Fall => words! { en "Noticing a person on the ground", fr "Repérer une personne au sol" },
        Capability::CrowdMovement => words! { en "Noticing sudden movement of a crowd",
                                              fr "Repérer un mouvement de foule" },
        Capability::Density => words! { en "Measuring people per area", fr "Mesurer la densité de personnes" },
        Capability::LeftObject => words! { en "Noticing an object left behind", fr "Repérer un objet abandonné" },
        Capability::Groups => words! { en "Finding groups and distances between people",
                                       fr "Trouver les groupes et les distances entre personnes" },
        Capability::Reidentification => words! {
            en "Finding the same person again by body and clothing",
            fr "Retrouver une même personne d’après le corps et les vêtements (réidentification)" },
        Capability::FaceMatching => words! { en "Telling faces apart, or matching them against a list",
                                             fr "Distinguer les visages, ou les apparier à une liste" },
        Capability::Attributes => words! { en "Guessing age or gender", fr "Supposer l’âge ou le genre" },
        Capability::Emotion => words! { en "Guessing emotions", fr "Supposer les émotions" },
        Capability::Mask => words! { en "Noticing masks", fr "Repérer les masques" },
        Capability::SinglingOut => words! { en "Singling people out by clothing and size",
                                            fr "Individualiser les personnes d’après les vêtements et la taille" },
        Capability::Gait => words! { en "Recognising people by their walk",
                                     fr "Reconnaître les personnes à leur démarche" },
        Capability::Synopsis => words! { en "Condensing hours of footage into minutes",
                                         fr "Condenser des heures d’enregistrement en minutes" },
        Capability::Cost => words! { en "Watching many cameras with one machine",
                                     fr "Surveiller de nombreuses caméras avec une seule machine" },
        Capability::GroupParity => words! { en "Erring more often about some groups of people than about others",
                                            fr "Se tromper plus souvent sur certains groupes de personnes que sur d’autres" },
        Capability::Weapons => words! { en "Noticing weapons", fr "Repérer les armes" },
        Capability::FireStart => words! { en "Noticing the start of a fire", fr "Repérer un départ de feu" },
        Capability::Begging => words! { en "Noticing begging", fr "Repérer la mendicité" },
        Capability::Tagging => words! { en "Noticing spraying or writing on walls",
                                        fr "Repérer les graffitis en cours d’exécution" },
        Capability::Voice => words! { en "Listening to voices", fr "Écouter les voix" },
        Capability::Temperature => words! { en "Measuring body temperature", fr "Mesurer la température corporelle" },
    }
}

/// `42 % (23–64 %)`: for charts, where the caption says what the brackets hold.
#[must_use]
pub fn value_and_range(value: &str, interval: &str) -> String {
    format!("{value} ({interval})")
}

/// `DORI recognise (125 px/m)`.
#[must_use]
pub fn label_with_detail(label: &str, detail: &str) -> String {
    format!("{label} ({detail})")
}

/// A clause as a sentence: first letter large, full stop.
#[must_use]
pub fn sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    letters.next().map_or_else(String::new, |first| {
        format!("{}{}.", first.to_uppercase(), letters.as_str())
    })
}

/// A method as the title of a point.
#[must_use]
pub fn method_title(of: IntervalMethod) -> String {
    sentence(method(of))
}

/// `a, b`.
#[must_use]
pub fn listed(texts: &[String]) -> String {
    texts.join(", ")
}

/// `1 frame`, `13 frames`.
#[must_use]
pub fn frames(n: u64) -> String {
    sample(SampleSize {
        n,
        of: SampledThing::Frames,
    })
}
