//! Frames that were drawn for a wanted precision.

use super::formats;
use vsa_record::drawn::{DecodedWhole, DrawnFacts, DrawnName, PrecisionFacts, WhyWhole};

/// How many frames were looked at, why these, and whether it was enough.
pub fn drawn(drawn: &DrawnFacts, precision: PrecisionFacts) -> String {
    let named = |reached: bool| -> Vec<&str> {
        let quantities = drawn.quantities.iter().filter(|it| it.reached == reached);
        quantities.map(|it| name(it.name)).collect()
    };
    let mut text = text! {
        en "{} of {}, drawn at random until intervals were within {} (half their width; seed {}): {} draws of every {}th frame, \
            each from a random start, in {} passes over the footage",
        fr "{} sur {}, tirées au sort jusqu’à ce que les intervalles ne dépassent pas ±{} (la moitié de leur largeur\u{202f}; \
            graine {})\u{a0}: {} tirages d’une image sur {}, chacun à partir d’un départ aléatoire, en {} passages sur les \
            enregistrements";
        formats::count(drawn.looked_at),
        formats::count(drawn.frames),
        formats::percent(precision.target),
        precision.seed,
        drawn.draws,
        drawn.spacing,
        drawn.passes };
    let (reached, missed) = (named(true), named(false));
    if !reached.is_empty() {
        text.push_str(&text! { en "; reached for {}", fr "\u{202f}; précision atteinte pour {}"; reached.join(", ") });
    }
    if !missed.is_empty() {
        text.push_str(&text! { en "; not reached for {}", fr "\u{202f}; précision non atteinte pour {}"; missed.join(", ") });
    }
    text
}

/// What was not decoded, and what was decoded whole and why; nothing, where nothing was passed over and no reason is known.
pub fn undecoded(passed_over: u64, whole: &[DecodedWhole]) -> String {
    let mut text = String::new();
    if passed_over > 0 {
        text.push_str(&text! {
            en ". Decoding began at the key frame before each of them: {} that lead to none were passed over undecoded",
            fr ". Le décodage a commencé à l’image clé qui précède chacune d’elles\u{a0}: {} qui ne mènent à aucune n’ont pas été \
                décodées";
            super::frames(passed_over) });
    }
    for DecodedWhole { item, reason } in whole {
        text.push_str(&text! {
            en ". {} was decoded whole: {}", fr ". {} a été décodé en entier\u{a0}: {}"; item, why(*reason) });
    }
    text
}

each! {
    fn why(WhyWhole);
    Pictures => en "it is pictures, each by itself", fr "il s’agit d’images isolées";
    Decoder => en "its decoder reads from the start to the end", fr "son décodeur lit du début à la fin";
    Codec => en "parts are decoded of H.264, H.265 and Motion JPEG alone",
        fr "seuls H.264, H.265 et Motion JPEG sont décodés en partie";
    Damaged => en "it is damaged, or cut short", fr "le fichier est endommagé ou tronqué";
    TimeStamps => en "its time stamps do not tell in which order its frames come",
        fr "ses horodatages ne disent pas dans quel ordre viennent ses images";
    FewKeyFrames => en "its key frames lie so far apart, or so many frames were drawn, that little could be passed over",
        fr "ses images clés sont si espacées, ou les images tirées si nombreuses, que presque tout devait être décodé";
    NotTheSame => en "decoded in part, it does not give byte for byte what it gives when all of it is decoded",
        fr "décodé en partie, il ne donne pas, octet pour octet, ce qu’il donne décodé en entier";
}

each! {
    fn name(DrawnName);
    PeoplePerFrame => en "people in a frame", fr "le nombre de personnes par image";
    OccupiedShare => en "share of frames with anybody", fr "la proportion d’images avec au moins une personne";
    FacesPerFrame => en "faces in a frame", fr "le nombre de visages par image";
}
