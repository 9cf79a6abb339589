//! Words for single things: levels, methods, units, reasons for an absence.

use crate::formats::french as formats;
use vsa_record::disclosure::{Cell, DataBasis};
use vsa_record::estimate::{Estimate, IntervalMethod, SampleSize, SampledThing, Unit};
use vsa_record::facts::ItemKind;
use vsa_record::measurements::{DensityStandard, Level, Missing};
use vsa_record::reading::Capability;

/// In place of a number that may not be shown.
pub const WITHHELD: &str = "occulté";
/// In place of a number that there is not.
pub const NONE: &str = "non estimé";
/// In place of the interval of a number that has none.
pub const NO_INTERVAL: &str = "aucun";
/// Column label in a chart where there was nothing to measure.
pub const NOT_MEASURED: &str = "non mesuré";

/// A level's name.
#[must_use]
pub fn level(level: Level) -> &'static str {
    match level {
        Level::Monitor => "surveiller",
        Level::Detect => "détecter",
        Level::Observe => "observer",
        Level::Recognise => "reconnaître",
        Level::Identify => "identifier",
        Level::Overview => "vue d’ensemble",
        Level::Outline => "silhouette",
        Level::Discern => "discerner",
        Level::Perceive => "percevoir",
        Level::Characterise => "caractériser",
        Level::Validate => "valider",
        Level::Scrutinise => "scruter",
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
        Missing::NoFrames => "aucune image n’a pu être décodée",
        Missing::NoPersonModel => "aucun modèle détectant les personnes n’a été employé",
        Missing::NoFaceModel => "aucun modèle détectant les visages n’a été employé",
        Missing::NoSequence => {
            "les images ne se suivent pas dans le temps, de sorte que nul ne peut être suivi"
        }
        Missing::NobodyFound => {
            "aucune personne n’a été signalée, ou aucune assez longtemps pour être suivie"
        }
        Missing::NoZones => "aucune zone ni ligne n’a été tracée (voir `--scene`)",
        Missing::NoCalibration => {
            "la scène n’est pas étalonnée, de sorte que rien n’y est connu en mètres (voir `--scene`)"
        }
        Missing::NoGround => {
            "ni le sol où des personnes peuvent se tenir ni une zone de ce sol n’ont été tracés (voir `--scene`)"
        }
        Missing::SceneDoesNotFit => "la scène a été tracée sur des images d’une autre taille",
        Missing::NoCommonDirection => {
            "aucun sens de circulation commun n’a été indiqué, et les personnes n’en ont pas ici"
        }
        Missing::NoModelGiven => "aucun modèle n’a été fourni à cet effet (voir `vsa-audit models list`)",
        Missing::TooFewTracks => "trop peu de personnes ont été vues assez souvent",
        Missing::DependsOnTheMachine => {
            "cela dépend de la machine ; le fichier run.json, joint au présent rapport, indique combien de caméras la machine \
             employée peut traiter"
        }
        Missing::NotAskedFor => "cela n’a pas été demandé pour ce traitement (voir `--robustness`)",
        Missing::NeedsLabels => {
            "cela exige des annotations auxquelles se comparer (voir `vsa-audit evaluate`)"
        }
        Missing::NotImplementedYet => "la présente version n’en a pas de mesure",
        Missing::NoOpenModel => "aucun modèle ouvert de qualité connue n’est enregistré à cet effet",
        Missing::DamageNotCounted => {
            "le décodeur masque les dommages internes aux images, de sorte que les images défectueuses ne peuvent être dénombrées"
        }
        Missing::NotInFootage => "ces enregistrements ne peuvent le montrer",
        Missing::NotWatchedLongEnough => "personne n’a été observé aussi longtemps",
        Missing::NoExpectedCount => "le fichier n’indique pas combien d’images il devrait contenir",
    }
}

/// As [`missing`], where faces were looked for.
#[must_use]
pub fn missing_face(why: Missing) -> &'static str {
    match why {
        Missing::NobodyFound => "aucun visage n’a été signalé, ou aucun assez longtemps pour être suivi",
        other => missing(other),
    }
}

/// How an interval was made, in a few words.
#[must_use]
pub fn method(method: IntervalMethod) -> &'static str {
    match method {
        IntervalMethod::Wilson => "intervalle de score de Wilson",
        IntervalMethod::BlockBootstrap => "bootstrap circulaire par blocs dans le temps",
        IntervalMethod::TrackBootstrap => "bootstrap sur les pistes",
        IntervalMethod::OrderStatistics => "statistiques d’ordre",
        IntervalMethod::GreenwoodLogLog => "Kaplan–Meier, variance de Greenwood",
        IntervalMethod::CompleteCount => "dénombrement exhaustif",
        IntervalMethod::Poisson => "intervalle de Poisson exact",
        IntervalMethod::RatioOfIntervals => "bornes de deux intervalles",
        IntervalMethod::DifferenceOfIntervals => "bornes de deux intervalles, par différence",
        IntervalMethod::ClusterBootstrap => "bootstrap sur des séquences ou des images entières",
        IntervalMethod::StretchBootstrap => "bootstrap sur des passages de l’enregistrement",
        IntervalMethod::RuleOfThree => "règle de trois",
        IntervalMethod::ThreeDepartures => "règle de trois pour les écarts",
        IntervalMethod::Newcombe => "intervalle de Newcombe pour une différence",
        IntervalMethod::SystematicDraws => "bootstrap sur les tirages d’images",
        IntervalMethod::Standardised => "intervalle normal pour une différence standardisée",
        IntervalMethod::LogRatio => "intervalle pour un rapport, sur une échelle logarithmique",
    }
}

/// How an interval was made, for the list of methods.
#[must_use]
pub fn method_explained(method: IntervalMethod) -> &'static str {
    match method {
        IntervalMethod::Wilson => {
            "Pour une proportion de pistes. Il reste entre aucune et toutes, et demeure valable pour de petits effectifs (Wilson \
             1927)."
        }
        IntervalMethod::BlockBootstrap => {
            "Pour les moyennes sur des images. Les images voisines se ressemblent : le rééchantillonnage porte donc sur des blocs \
             d’images consécutives, et non sur des images isolées, la fin de l’enregistrement étant raccordée à son début (bootstrap \
             circulaire par blocs, Politis et Romano 1992) ; les percentiles sont élargis lorsque les blocs sont peu nombreux \
             (Hesterberg 2015)."
        }
        IntervalMethod::TrackBootstrap => {
            "Pour les proportions d’apparitions. Des pistes entières sont tirées au sort de façon répétée, car les apparitions \
             d’une même personne se ressemblent (Efron 1979) ; les percentiles sont élargis lorsque les pistes sont peu nombreuses \
             (Hesterberg 2015)."
        }
        IntervalMethod::OrderStatistics => {
            "Pour les médianes et les autres quantiles. Aucune forme particulière de la distribution n’est supposée."
        }
        IntervalMethod::GreenwoodLogLog => {
            "Pour la proportion de personnes présentes au-delà d’une durée donnée. Il est tenu compte de ce que certaines présences \
             ont commencé avant l’enregistrement ou se sont poursuivies après lui (Kalbfleisch et Prentice 1980)."
        }
        IntervalMethod::Poisson => {
            "Pour des événements rares pendant une durée : les fréquences de cet ordre que le nombre constaté ne contredit pas, au \
             niveau de l’intervalle (méthode exacte, Garwood 1936). En l’absence de tout événement, la borne supérieure est la \
             fréquence qui ne peut être exclue : environ trois événements pendant la durée examinée. Les événements sont \
             supposés indépendants les uns des autres."
        }
        IntervalMethod::RatioOfIntervals => {
            "Pour une grandeur des enregistrements dégradés rapportée à la même grandeur des enregistrements d’origine : la borne \
             inférieure de l’un des intervalles sur la borne supérieure de l’autre, et inversement. Les deux traitements voient les \
             mêmes personnes, de sorte qu’il est plus large que nécessaire."
        }
        IntervalMethod::CompleteCount => {
            "L’enregistrement a été dénombré d’un bout à l’autre. Rien n’a été échantillonné : il n’y a donc pas d’intervalle."
        }
        IntervalMethod::DifferenceOfIntervals => {
            "Pour une différence qui ne se prête pas au rééchantillonnage : la borne inférieure de l’un des intervalles moins la \
             borne supérieure de l’autre, et inversement. Il est plus large que nécessaire."
        }
        IntervalMethod::ClusterBootstrap => {
            "Pour les résultats confrontés à des annotations. Des séquences ou des images entières sont tirées au sort de façon \
             répétée, car les cadres d’une même image se ressemblent (Efron 1979 ; Hesterberg 2015)."
        }
        IntervalMethod::StretchBootstrap => {
            "Pour les résultats confrontés à des annotations, lorsque les séquences sont peu nombreuses. L’enregistrement est découpé en \
             passages disjoints, et des passages entiers sont tirés au sort de façon répétée, car les images voisines se ressemblent \
             (Efron 1979 ; Hesterberg 2015)."
        }
        IntervalMethod::ThreeDepartures => {
            "Pour une valeur dont aucun cas ne s’est écarté, ou trop peu pour un rééchantillonnage : dans au plus 3 cas sur autant de \
             cas qu’il en a été observé, un écart reste possible, dans un sens ou dans l’autre (règle de trois, Hanley et \
             Lippman-Hand 1983)."
        }
        IntervalMethod::RuleOfThree => {
            "Pour ce qui ne s’est pas produit une seule fois : cela peut encore se produire dans au plus 3 cas sur autant de cas \
             qu’il en a été observé (Hanley et Lippman-Hand 1983)."
        }
        IntervalMethod::Newcombe => {
            "Pour la différence de deux proportions de cas indépendants (Newcombe 1998, méthode 10)."
        }
        IntervalMethod::SystematicDraws => {
            "Pour ce que donnerait l’analyse de toutes les images, lorsque des images ont été tirées au sort. Chaque tirage se \
             répartit régulièrement dans les enregistrements à partir d’un départ aléatoire\u{202f}; les tirages entiers sont \
             retirés maintes fois, si bien que la ressemblance entre images voisines est dans l’intervalle, et celui-ci se \
             resserre à mesure que les tirages deviennent toutes les images (Gautschi 1957\u{202f}; Wolter 2007)."
        }
        IntervalMethod::Standardised => {
            "Différence de deux proportions, chacune standardisée sur la même répartition entre strates ; la variance de chaque \
             strate compte un succès et un échec de plus (Agresti et Caffo)."
        }
        IntervalMethod::LogRatio => {
            "Pour le rapport de deux proportions de cas indépendants (Katz et autres 1978)."
        }
    }
}

/// A unit, for the column of a table.
#[must_use]
pub fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Ratio => "proportion",
        Unit::Pixels => "pixels",
        Unit::PixelsPerMetre => "pixels par mètre",
        Unit::Seconds => "secondes",
        Unit::PeoplePerFrame => "personnes par image",
        Unit::FacesPerFrame => "visages par image",
        Unit::Frames => "images",
        Unit::PerHour => "par heure",
        Unit::Fragments => "fragments",
        Unit::People => "personnes",
        Unit::MetresPerSecond => "mètres par seconde",
        Unit::BodyHeightsPerSecond => "hauteurs de corps par seconde",
        Unit::Metres => "mètres",
        Unit::BodyHeights => "hauteurs de corps",
        Unit::PeoplePerSquareMetre => "personnes par mètre carré",
        Unit::Degrees => "degrés",
        Unit::CosineSimilarity => "similarité cosinus",
        Unit::TimesClean => "rapport au traitement d’origine",
        Unit::Boxes => "cadres",
        Unit::Events => "événements",
        Unit::PerPicture => "par image",
    }
}

/// `19 tracks`. French takes the singular for none and for one.
#[must_use]
pub fn sample(sample: SampleSize) -> String {
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
        IntervalMethod::CompleteCount => "dénombrement exhaustif".to_owned(),
        _ => format!(
            "intervalle de confiance à {} : {}",
            formats::percent(estimate.interval.level),
            formats::figures(estimate).interval
        ),
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
        DataBasis::Undeclared => "aucun fondement n’a été déclaré",
        DataBasis::Public => "déclaré comme jeu de données public",
        DataBasis::Consented => "toutes les personnes filmées sont déclarées avoir consenti",
    }
}

/// A kind of footage.
#[must_use]
pub fn item_kind(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Video => "vidéo",
        ItemKind::ImageSequence => "suite d’images",
        ItemKind::Stills => "images isolées",
    }
}

/// A capability, as what a system would do.
#[must_use]
pub fn capability(capability: Capability) -> &'static str {
    match capability {
        Capability::Pace => "Mesurer la vitesse de marche, ou la course",
        Capability::Direction => "Repérer un déplacement à contresens",
        Capability::Intrusion => "Repérer une présence dans une zone ou le franchissement d’une ligne",
        Capability::Fall => "Repérer une personne au sol",
        Capability::CrowdMovement => "Repérer un mouvement de foule",
        Capability::Density => "Mesurer la densité de personnes",
        Capability::LeftObject => "Repérer un objet abandonné",
        Capability::Groups => "Trouver les groupes et les distances entre personnes",
        Capability::Reidentification => {
            "Retrouver une même personne d’après le corps et les vêtements (réidentification)"
        }
        Capability::FaceMatching => "Distinguer les visages, ou les apparier à une liste",
        Capability::Attributes => "Supposer l’âge ou le genre",
        Capability::Emotion => "Supposer les émotions",
        Capability::Mask => "Repérer les masques",
        Capability::SinglingOut => "Individualiser les personnes d’après les vêtements et la taille",
        Capability::Gait => "Reconnaître les personnes à leur démarche",
        Capability::Synopsis => "Condenser des heures d’enregistrement en minutes",
        Capability::Cost => "Surveiller de nombreuses caméras avec une seule machine",
        Capability::GroupParity => {
            "Se tromper plus souvent sur certains groupes de personnes que sur d’autres"
        }
        Capability::Weapons => "Repérer les armes",
        Capability::FireStart => "Repérer un départ de feu",
        Capability::Begging => "Repérer la mendicité",
        Capability::Tagging => "Repérer les graffitis en cours d’exécution",
        Capability::Voice => "Écouter les voix",
        Capability::Temperature => "Mesurer la température corporelle",
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
