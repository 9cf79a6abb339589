//! Words for single things: levels, methods, units, reasons for an absence.

use super::formats;
use vsa_record::disclosure::{Cell, DataBasis};
use vsa_record::estimate::{Estimate, IntervalMethod, SampleSize, SampledThing, Unit};
use vsa_record::facts::ItemKind;
use vsa_record::measurements::{DensityStandard, Level, Missing};
use vsa_record::reading::Capability;

sentences! {
    /// In place of a number that may not be shown.
    pub const WITHHELD = en "withheld", fr "occulté";
    /// In place of a number that there is not.
    pub const NONE = en "not estimated", fr "non estimé";
    /// In place of the interval of a number that has none.
    pub const NO_INTERVAL = en "none", fr "aucun";
    /// Column label in a chart where there was nothing to measure.
    pub const NOT_MEASURED = en "not measured", fr "non mesuré";
    /// `42 % (95 % interval 23–64 %)`.
    pub fn with_interval(estimate: &Estimate) = "{} ({})" (formats::figures(estimate).value, interval(estimate));
    /// `42 % (23–64 %)`: for charts, where the caption says what the brackets hold.
    pub fn value_and_range(value: &str, interval: &str) = "{value} ({interval})";
    /// `DORI recognise (125 px/m)`.
    pub fn label_with_detail(label: &str, detail: &str) = "{label} ({detail})";
}

each! {
    /// A level's name.
    pub fn level(Level);
    Monitor => en "monitor", fr "surveiller";
    Detect => en "detect", fr "détecter";
    Observe => en "observe", fr "observer";
    Recognise => en "recognise", fr "reconnaître";
    Identify => en "identify", fr "identifier";
    Overview => en "overview", fr "vue d’ensemble";
    Outline => en "outline", fr "silhouette";
    Discern => en "discern", fr "discerner";
    Perceive => en "perceive", fr "percevoir";
    Characterise => en "characterise", fr "caractériser";
    Validate => en "validate", fr "valider";
    Scrutinise => en "scrutinise", fr "scruter";
}

each! {
    /// A standard's name.
    pub fn standard(DensityStandard);
    Dori => "DORI";
    Oodpcvs => "OODPCVS";
}

each! {
    /// What was missing, as the end of “not measured: …”.
    pub fn missing(Missing);
    NoFrames => en "no frame could be decoded", fr "aucune image n’a pu être décodée";
    NoPersonModel => en "no model that finds people was run", fr "aucun modèle détectant les personnes n’a été employé";
    NoFaceModel => en "no model that finds faces was run", fr "aucun modèle détectant les visages n’a été employé";
    NoSequence => en "the images have no order in time, so that nobody can be followed",
                  fr "les images ne se suivent pas dans le temps, de sorte que nul ne peut être suivi";
    NobodyFound => en "nobody was reported, or nobody for long enough to be followed",
                   fr "aucune personne n’a été signalée, ou aucune assez longtemps pour être suivie";
    NoZones => en "no zone and no line was drawn (see `--scene`)", fr "aucune zone ni ligne n’a été tracée (voir `--scene`)";
    NoCalibration => en "the scene is not calibrated, so nothing can be given in metres (see `--scene`)",
                     fr "la scène n’est pas étalonnée, de sorte que rien ne peut y être donné en mètres (voir `--scene`)";
    NoGround => en "neither the ground that people can stand on nor a zone on it was drawn (see `--scene`)",
                fr "ni le sol où des personnes peuvent se tenir ni une zone de ce sol n’ont été tracés (voir `--scene`)";
    SceneDoesNotFit => en "the scene was drawn on pictures of another size",
                       fr "la scène a été tracée sur des images d’une autre taille";
    NoCommonDirection => en "no common direction was given, and people here have none",
                         fr "aucun sens de circulation commun n’a été indiqué, et les personnes n’en ont pas ici";
    NoModelGiven => en "no model for it was given (see `vsa-audit models list`)",
                    fr "aucun modèle n’a été fourni à cet effet (voir `vsa-audit models list`)";
    NoLandmarks => en "the face model gives no landmarks, so that it is not known which way a face looks",
                   fr "le modèle de visages ne donne pas de points de repère, de sorte que l’orientation des visages est inconnue";
    TooFewTracks => en "too few people were seen often enough", fr "trop peu de personnes ont été vues assez souvent";
    DependsOnTheMachine => en "it depends on the machine; run.json, beside this report, tells how many cameras the machine of \
                               this run keeps up with",
                           fr "cela dépend de la machine ; le fichier run.json, qui accompagne le présent rapport, indique \
                               combien de caméras la machine employée peut traiter";
    NotAskedFor => en "this run was not asked for it (see `--robustness`)",
                   fr "cela n’a pas été demandé pour ce traitement (voir `--robustness`)";
    NeedsLabels => en "it needs labels to compare with (see `vsa-audit evaluate`)",
                   fr "cela exige des annotations auxquelles se comparer (voir `vsa-audit evaluate`)";
    NotImplementedYet => en "this version has no measure for it", fr "la présente version n’en a pas de mesure";
    NoOpenModel => en "no open model of known quality is registered for it",
                   fr "aucun modèle ouvert de qualité connue n’est enregistré à cet effet";
    DamageNotCounted =>
        en "the decoder conceals damage within frames, so that faulty ones cannot be counted",
        fr "le décodeur masque les dommages internes aux images, de sorte que les images défectueuses ne peuvent être dénombrées";
    NotInFootage => en "this footage cannot show it", fr "ces enregistrements ne peuvent le montrer";
    NotWatchedLongEnough => en "nobody was watched for so long", fr "personne n’a été observé aussi longtemps";
    TooFewFrames => en "too few frames were looked at in each second to see it (see `--sample-fps`)",
                    fr "trop peu d’images ont été analysées par seconde pour que cela puisse se voir (voir `--sample-fps`)";
    NoExpectedCount => en "the file does not say how many frames it should have",
                       fr "le fichier n’indique pas combien d’images il devrait contenir";
}

/// The same as a sentence.
pub fn missing_in_a_sentence(why: Missing) -> String {
    sentence(missing(why))
}

/// As [`missing`], where faces were looked for.
pub fn missing_face(why: Missing) -> &'static str {
    match why {
        Missing::NobodyFound => words! { en "no face was reported, or none for long enough to be followed",
                                         fr "aucun visage n’a été signalé, ou aucun assez longtemps pour être suivi" },
        other => missing(other),
    }
}

each! {
    /// How an interval was made, in a few words.
    pub fn method(IntervalMethod);
    Wilson => en "Wilson score interval", fr "intervalle de score de Wilson";
    WilsonOfIndependent => en "Wilson score interval over independent observations",
                           fr "intervalle de score de Wilson sur les observations indépendantes";
    WilsonDepartures => en "departures that Wilson's interval leaves open", fr "écarts que l’intervalle de Wilson n’exclut pas";
    BlockBootstrap => en "circular block bootstrap over time", fr "bootstrap circulaire par blocs dans le temps";
    TrackBootstrap => en "bootstrap over tracks", fr "bootstrap sur les pistes";
    OrderStatistics => en "order statistics", fr "statistiques d’ordre";
    GreenwoodLogLog => en "Kaplan–Meier with Greenwood's variance", fr "Kaplan–Meier, variance de Greenwood";
    CompleteCount => en "counted in full", fr "dénombrement exhaustif";
    Poisson => en "exact Poisson interval", fr "intervalle de Poisson exact";
    RatioOfIntervals => en "ends of two intervals", fr "bornes de deux intervalles";
    DifferenceOfIntervals => en "ends of two intervals, one less the other", fr "bornes de deux intervalles, par différence";
    ClusterBootstrap => en "bootstrap over whole sequences or pictures", fr "bootstrap sur des séquences ou des images entières";
    StretchBootstrap => en "bootstrap over stretches of footage", fr "bootstrap sur des passages de l’enregistrement";
    ThreeDepartures => en "rule of three for departures", fr "règle de trois pour les écarts";
    RuleOfThree => en "rule of three", fr "règle de trois";
    Newcombe => en "Newcombe's interval for a difference", fr "intervalle de Newcombe pour une différence";
    Standardised => en "normal interval for a standardised difference", fr "intervalle normal pour une différence standardisée";
    LogRatio => en "interval for a ratio on the logarithmic scale",
                fr "intervalle pour un rapport, sur une échelle logarithmique";
    SystematicDraws => en "bootstrap over draws of frames", fr "bootstrap sur les tirages d’images";
}

each! {
    /// How an interval was made, for the list of methods.
    pub fn method_explained(IntervalMethod);
    Wilson => en "For a share of independent cases, such as tracks. It stays between none and all, and is sound for few cases \
                  (Wilson 1927).",
              fr "Pour une proportion de cas indépendants, tels que les pistes. Il reste entre aucun et tous, et demeure valable \
                  pour de petits effectifs (Wilson 1927).";
    WilsonOfIndependent =>
        en "For a share that did not vary, or that rests on too little to be resampled. Frames that follow each other, or sightings of one \
            person, are not independent: it is computed with as many observations as there are blocks of frames, tracks or \
            people, which are fewer than the sample beside it, and so is wider (Wilson 1927).",
        fr "Pour une proportion qui n’a pas varié, ou dont l’effectif ne permet pas de rééchantillonnage. Des images qui se \
            suivent, ou les apparitions d’une même personne, ne sont pas indépendantes : il est calculé avec autant \
            d’observations qu’il y a de blocs d’images, de pistes ou de personnes, moins nombreux que l’effectif indiqué, et \
            il est donc plus large (Wilson 1927).";
    WilsonDepartures =>
        en "For a mean or a share that did not vary, or that rests on too little to be resampled: one more or one fewer, or as \
            much as was seen to vary, in that part of the frames drawn, of the blocks of frames or of the tracks, which Wilson's interval leaves open although none was seen \
            (Wilson 1927).",
        fr "Pour une moyenne ou une proportion qui n’a pas varié, ou dont l’effectif ne permet pas de rééchantillonnage : un de plus ou un de \
            moins, ou l’étendue des variations observées, dans la part des images tirées, des blocs d’images ou des pistes que l’intervalle de \
            Wilson n’exclut pas bien qu’aucun cas n’ait été observé (Wilson 1927).";
    BlockBootstrap =>
        en "For means over frames. Neighbouring frames resemble each other, so blocks of consecutive frames are resampled with \
            replacement, not single frames; the end of the footage is joined to its beginning (circular block bootstrap, Politis \
            and Romano 1992), and the percentiles are widened where blocks are few (Hesterberg 2015).",
        fr "Pour les moyennes sur des images. Les images voisines se ressemblent : le rééchantillonnage porte donc sur des blocs \
            d’images consécutives, et non sur des images isolées, la fin de l’enregistrement étant raccordée à son début \
            (bootstrap circulaire par blocs, Politis et Romano 1992) ; les percentiles sont élargis lorsque les blocs sont peu \
            nombreux (Hesterberg 2015).";
    TrackBootstrap => en "For shares of sightings. Whole tracks are resampled with replacement, since sightings of one person \
                          resemble each other (Efron 1979); the percentiles are widened where tracks are few (Hesterberg 2015).",
                      fr "Pour les proportions d’apparitions. Des pistes entières sont rééchantillonnées avec remise, car les \
                          apparitions d’une même personne se ressemblent (Efron 1979) ; les percentiles sont élargis lorsque les \
                          pistes sont peu nombreuses (Hesterberg 2015).";
    OrderStatistics =>
        en "For medians and other quantiles. It assumes no particular shape of the distribution.",
        fr "Pour les médianes et les autres quantiles. Aucune forme particulière de la distribution n’est supposée.";
    GreenwoodLogLog =>
        en "For the share of people who stay longer than a given time. It takes into account that some stays began before the \
            footage or went on after it (Kalbfleisch and Prentice 1980).",
        fr "Pour la proportion de personnes présentes au-delà d’une durée donnée. Il est tenu compte de ce que certaines \
            présences ont commencé avant l’enregistrement ou se sont poursuivies après lui (Kalbfleisch et Prentice 1980).";
    Poisson =>
        en "For rare events in a stretch of time: the rates of this size that such a count does not contradict, at the level of \
            the interval (exact method, Garwood 1936). With no event at all, the upper end is the rate that cannot be excluded: \
            about three events in the time looked at. It takes events to come independently of each other.",
        fr "Pour des événements rares pendant une durée : les fréquences de cet ordre que le nombre constaté ne contredit pas, \
            au niveau de l’intervalle (méthode exacte, Garwood 1936). En l’absence de tout événement, la borne supérieure est la \
            fréquence qui ne peut être exclue : environ trois événements pendant la durée examinée. Les événements sont supposés \
            indépendants les uns des autres.";
    RatioOfIntervals =>
        en "For a quantity of degraded footage over the same of the clean footage: the lower end of one interval over the upper \
            end of the other, and the other way round. Both runs see the same people, so that it is wider than it need be.",
        fr "Pour une grandeur des enregistrements dégradés rapportée à la même grandeur des enregistrements d’origine : la borne \
            inférieure de l’un des intervalles sur la borne supérieure de l’autre, et inversement. Les deux traitements voient \
            les mêmes personnes, de sorte qu’il est plus large que nécessaire.";
    CompleteCount =>
        en "The footage was counted from end to end. Nothing was sampled, so there is no interval.",
        fr "L’enregistrement a été dénombré d’un bout à l’autre. Rien n’a été échantillonné : il n’y a donc pas d’intervalle.";
    DifferenceOfIntervals =>
        en "For a difference that cannot be resampled: the lower end of one interval less the upper end of the other, and the \
            other way round. It is wider than it need be.",
        fr "Pour une différence qui ne se prête pas au rééchantillonnage : la borne inférieure de l’un des intervalles moins la \
            borne supérieure de l’autre, et inversement. Il est plus large que nécessaire.";
    ClusterBootstrap =>
        en "For scores against labels. Whole sequences or pictures are resampled with replacement, since boxes in one picture \
            resemble each other (Efron 1979; Hesterberg 2015).",
        fr "Pour les résultats confrontés à des annotations. Des séquences ou des images entières sont rééchantillonnées avec remise, car les cadres d’une même image se ressemblent (Efron 1979 ; Hesterberg 2015).";
    StretchBootstrap => en "For scores against labels, where there are few sequences. The footage is cut into stretches that do \
                            not overlap, and whole stretches are resampled with replacement, since neighbouring frames resemble each \
                            other (Efron 1979; Hesterberg 2015).",
                        fr "Pour les résultats confrontés à des annotations, lorsque les séquences sont peu nombreuses. \
                            L’enregistrement est découpé en passages disjoints, et des passages entiers sont rééchantillonnés avec remise, car les images voisines se ressemblent (Efron 1979 ; Hesterberg 2015).";
    ThreeDepartures =>
        en "For a value from which no case was seen to depart, or too few to resample: up to 3 of as many cases as were watched \
            may still depart from it, to either side (the rule of three, Hanley and Lippman-Hand 1983).",
        fr "Pour une valeur dont aucun cas ne s’est écarté, ou trop peu pour un rééchantillonnage : dans au plus 3 cas sur \
            autant de cas qu’il en a été observé, un écart reste possible, dans un sens ou dans l’autre (règle de trois, Hanley \
            et Lippman-Hand 1983).";
    RuleOfThree => en "For something that never happened: it may still happen in up to 3 of as many cases as were watched \
                       (Hanley and Lippman-Hand 1983).",
                   fr "Pour ce qui ne s’est pas produit une seule fois : cela peut encore se produire dans au plus 3 cas sur \
                       autant de cas qu’il en a été observé (Hanley et Lippman-Hand 1983).";
    Newcombe => en "For the difference of two shares of independent cases (Newcombe 1998, method 10).",
                fr "Pour la différence de deux proportions de cas indépendants (Newcombe 1998, méthode 10).";
    Standardised => en "Difference of two shares, each standardised to the same spread over strata; each stratum's variance \
                        counts one hit and one miss more (Agresti and Caffo).",
                    fr "Différence de deux proportions, chacune standardisée sur la même répartition entre strates ; la variance \
                        de chaque strate compte un succès et un échec de plus (Agresti et Caffo).";
    LogRatio => en "For the ratio of two shares of independent cases (Katz and others 1978).",
                fr "Pour le rapport de deux proportions de cas indépendants (Katz et autres 1978).";
    SystematicDraws =>
        en "For what looking at every frame would give, where frames were drawn. Each draw spreads evenly over the footage from \
            a random start; whole draws are resampled with replacement, so that the interval allows for the likeness of neighbouring \
            frames; it shrinks as the draws come to cover all frames (Gautschi 1957; Wolter 2007).",
        fr "Pour ce que donnerait l’analyse de toutes les images, lorsque des images ont été tirées au sort. Chaque tirage se \
            répartit régulièrement dans les enregistrements à partir d’un départ aléatoire\u{202f}; des tirages entiers sont \
            rééchantillonnés avec remise, si bien que l’intervalle tient compte de la ressemblance entre images voisines ; il \
            se resserre à mesure que les tirages couvrent l’ensemble des images (Gautschi 1957\u{202f}; Wolter 2007).";
}

each! {
    /// A unit, for the column of a table.
    pub fn unit(Unit);
    Ratio => en "share", fr "proportion";
    Pixels => "pixels";
    PixelsPerMetre => en "pixels per metre", fr "pixels par mètre";
    Seconds => en "seconds", fr "secondes";
    PeoplePerFrame => en "people per frame", fr "personnes par image";
    FacesPerFrame => en "faces per frame", fr "visages par image";
    Frames => en "frames", fr "images";
    PerHour => en "per hour", fr "par heure";
    Fragments => "fragments";
    People => en "people", fr "personnes";
    MetresPerSecond => en "metres per second", fr "mètres par seconde";
    BodyHeightsPerSecond => en "body heights per second", fr "hauteurs de corps par seconde";
    Metres => en "metres", fr "mètres";
    BodyHeights => en "body heights", fr "hauteurs de corps";
    PeoplePerSquareMetre => en "people per square metre", fr "personnes par mètre carré";
    Degrees => en "degrees", fr "degrés";
    CosineSimilarity => en "cosine similarity", fr "similarité cosinus";
    QualityPoints => en "quality, 0 to 100", fr "qualité, de 0 à 100";
    GreyLevels => en "grey levels", fr "niveaux de gris";
    TimesClean => en "times the clean run", fr "rapport au traitement d’origine";
    Boxes => en "boxes", fr "cadres";
    Events => en "events", fr "événements";
    PerPicture => en "per picture", fr "par image";
}

/// `19 tracks`.
pub fn sample(sample: SampleSize) -> String {
    number_of(sample.n, things(sample.of))
}

each! {
    /// One, and several.
    fn things(SampledThing) -> 2;
    Frames => (en "frame", fr "image") (en "frames", fr "images");
    Tracks => (en "track", fr "piste") (en "tracks", fr "pistes");
    Sightings => (en "sighting", fr "apparition") (en "sightings", fr "apparitions");
    Pairs => (en "pair", fr "paire") (en "pairs", fr "paires");
    Hours => (en "hour", fr "heure") (en "hours", fr "heures");
    Events => (en "event", fr "événement") (en "events", fr "événements");
    Labels => (en "label", fr "annotation") (en "labels", fr "annotations");
    Detections => (en "detection", fr "détection") (en "detections", fr "détections");
}

/// So many of a thing, from its name as one and as several: of none, French speaks as of one.
pub(super) fn number_of(n: u64, [one, several]: [&str; 2]) -> String {
    let fewest_of_one = words! { en 1, fr 0 };
    let noun = if (fewest_of_one..=1).contains(&n) { one } else { several };
    format!("{}\u{a0}{noun}", formats::count(n))
}

/// `95 % interval 23–64 %`.
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
pub fn counted(cell: &Cell<u64>) -> String {
    cell.shown()
        .map_or_else(|| WITHHELD.to_owned(), |n| formats::count(*n))
}

each! {
    /// The ground on which footage is processed.
    pub fn data_basis(DataBasis);
    Undeclared => en "none was declared", fr "aucun fondement n’a été déclaré";
    Public => en "declared a public dataset", fr "déclaré comme jeu de données public";
    Consented => en "everyone in view is declared to have consented",
                 fr "toutes les personnes filmées sont déclarées avoir consenti";
}

each! {
    /// A kind of footage.
    pub fn item_kind(ItemKind);
    Video => en "video", fr "vidéo";
    ImageSequence => en "images in a sequence", fr "suite d’images";
    Stills => en "single images", fr "images isolées";
}

each! {
    /// A capability, as what a system would do.
    pub fn capability(Capability);
    Pace => en "Measuring walking speed, or running", fr "Mesurer la vitesse de marche, ou la course";
    Direction => en "Noticing movement against the common direction", fr "Repérer un déplacement à contresens";
    Intrusion => en "Noticing presence in a zone or the crossing of a line",
                 fr "Repérer une présence dans une zone ou le franchissement d’une ligne";
    Fall => en "Noticing a person on the ground", fr "Repérer une personne au sol";
    CrowdMovement => en "Noticing sudden movement of a crowd", fr "Repérer un mouvement de foule";
    Density => en "Measuring people per area", fr "Mesurer la densité de personnes";
    LeftObject => en "Noticing an object left behind", fr "Repérer un objet abandonné";
    Groups => en "Finding groups and distances between people", fr "Trouver les groupes et les distances entre personnes";
    Reidentification => en "Finding the same person again by body and clothing",
                        fr "Retrouver une même personne d’après le corps et les vêtements (réidentification)";
    FaceMatching => en "Telling faces apart, or matching them against a list",
                    fr "Distinguer les visages, ou les apparier à une liste";
    FaceQuality => en "Getting pictures of faces that are good enough",
                   fr "Obtenir des images de visages d’assez bonne qualité";
    Attributes => en "Guessing age or gender", fr "Supposer l’âge ou le genre";
    Emotion => en "Guessing emotions", fr "Supposer les émotions";
    Mask => en "Noticing masks", fr "Repérer les masques";
    SinglingOut => en "Singling people out by clothing and size",
                   fr "Individualiser les personnes d’après les vêtements et la taille";
    Gait => en "Recognising people by their walk", fr "Reconnaître les personnes à leur démarche";
    Synopsis => en "Condensing hours of footage into minutes", fr "Condenser des heures d’enregistrement en minutes";
    Cost => en "Watching many cameras with one machine", fr "Surveiller de nombreuses caméras avec une seule machine";
    GroupParity => en "Erring more often about some groups of people than about others",
                   fr "Se tromper plus souvent sur certains groupes de personnes que sur d’autres";
    Weapons => en "Noticing weapons", fr "Repérer les armes";
    FireStart => en "Noticing the start of a fire", fr "Repérer un départ de feu";
    Begging => en "Noticing begging", fr "Repérer la mendicité";
    Tagging => en "Noticing spraying or writing on walls", fr "Repérer les graffitis en cours d’exécution";
    Voice => en "Listening to voices", fr "Écouter les voix";
    Temperature => en "Measuring body temperature", fr "Mesurer la température corporelle";
}

/// A clause as a sentence: first letter large, full stop.
pub fn sentence(clause: &str) -> String {
    format!("{}.", capitalised(clause))
}

/// The same text with its first letter large.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// A method as the title of a point.
pub fn method_title(of: IntervalMethod) -> String {
    sentence(method(of))
}

/// `a, b`.
pub fn listed(texts: &[String]) -> String {
    texts.join(", ")
}

/// `1 frame`, `13 frames`.
pub fn frames(n: u64) -> String {
    sample(SampleSize::new(n, SampledThing::Frames))
}
