//! The fixed words of the page of claims.

use super::super::{formats, listed};
use super::{answer_title, claimed_quantity, evidence_of_claim, hypothesis_in_words};
use vsa_claims::claim::{Claim, ClaimedQuantity, Published, Source};
use vsa_claims::decide::Monitoring;
use vsa_claims::examined::{Answer, Examined, Tested};

sections! {
    /// The claims.
    section_claims => ("claims") (en "Claims", fr "Allégations")
        (en "What was claimed, what was tested, and what came out",
         fr "Ce qui a été allégué, ce qui a été éprouvé, et ce qui en résulte")
        (en "One claim after the other: the sentence as quoted, the verdict, the evidence against the claimed value, and what \
             would change the verdict.",
         fr "Une allégation après l’autre : la phrase citée, le résultat, les éléments face à la valeur alléguée, et ce qui \
             modifierait le résultat.");
    /// What was counted.
    section_totals => ("counts") (en "Counts", fr "Dénombrements")
        (en "What the alerts and the events came to", fr "À combien se montent les alertes et les événements")
        (en "Counted in full over the recordings in which every event was written down.",
         fr "Dénombrement exhaustif des enregistrements dont tous les événements ont été consignés.");
    /// The files.
    section_inputs => ("files") (en "Files", fr "Fichiers") (en "The files that went in", fr "Les fichiers employés")
        (en "The SHA-256 of each file: the same files give the same verdicts, byte for byte.",
         fr "L’empreinte SHA-256 de chaque fichier : les mêmes fichiers donnent les mêmes résultats, à l’octet près.");
}

sentences! {
    /// The kind of document.
    pub const CLAIMS_KICKER = en "Vendors' claims, tested", fr "Allégations de fournisseurs, mises à l’épreuve";
    /// What this is.
    pub const CLAIMS_INTRODUCTION =
        en "Each claim is quoted as it was found, put into a form that can be decided, and tested against evidence. A \
            claim is supported only where the evidence excludes its opposite, and refuted only where the evidence \
            excludes the claim itself.",
        fr "Chaque allégation est citée telle qu’elle a été trouvée, mise sous une forme qui permette de trancher, et \
            confrontée à des éléments. Une allégation n’est étayée que si ces éléments excluent son contraire, et \
            n’est réfutée que s’ils excluent l’allégation elle-même.";
    /// Heading of the answer.
    pub const CLAIMS_ANSWER = en "The verdicts", fr "Les résultats";
    /// Terms of a claim's facts.
    pub const CLAIM_TERMS[8] =
        (en "Who says it", fr "Auteur") (en "Where it is written", fr "Où elle est écrite") (en "Read as", fr "Lue comme")
        (en "What counts as an event", fr "Ce qui compte comme événement") (en "Said of", fr "Portée")
        (en "At which setting", fr "Réglage") (en "Published figure", fr "Valeur publiée")
        (en "What would change the verdict", fr "Ce qui modifierait le résultat");
    /// Where nothing was said.
    pub const NOT_SAID = en "not said", fr "non précisé";
    /// Heading above notes on the wording.
    pub const WORDING_HEADING = en "What the wording leaves open", fr "Ce que la formulation laisse ouvert";
    /// Heading above missing words.
    pub const MISSING_HEADING = en "What is missing", fr "Ce qui manque";
    /// Heading above the parts of a promise.
    pub const PARTS_HEADING = en "The part that can be measured", fr "La part mesurable";
    /// Columns of the data below the chart of a claim.
    pub const CLAIM_COLUMNS[4] =
        ("") (en "Value", fr "Valeur") (en "Lower limit", fr "Borne inférieure") (en "Upper limit", fr "Borne supérieure");
    /// Label of the claimed value in a chart.
    pub const CLAIMED = en "claimed", fr "allégué";
    /// Label of the measured value in a chart.
    pub const FOUND = en "found", fr "constaté";
}

/// What a file that went in is.
pub fn input_role(role: &str) -> &str {
    words! {
        en { role },
        fr {
            match role {
                "claims" => "allégations",
                "record" => "relevé",
                "alerts" => "alertes",
                "events" => "événements",
                "rules" => "règles",
                other => other,
            }
        },
    }
}

/// Title of the page.
pub fn claims_page_title(claims: usize, vendor: Option<&str>) -> String {
    let (what, tested) = match claims {
        1 => (words! { en "One claim", fr "Une allégation" }.to_owned(), words! { en "tested", fr "confrontée" }),
        n => (
            text! { en "{} claims", fr "{} allégations"; formats::count(n as u64) },
            words! { en "tested", fr "confrontées" },
        ),
    };
    match vendor {
        Some(vendor) => text! { en "{what} by {vendor}, {tested} against evidence",
                                fr "{what} de {vendor}, {tested} aux éléments" },
        None => text! { en "{what}, {tested} against evidence", fr "{what}, {tested} aux éléments" },
    }
}

/// How to read the verdicts.
pub fn claims_note(error: f64, looks: Monitoring) -> String {
    let looked = match looks {
        Monitoring::Once => words! {
            en "The evidence was looked at once; looking again as it grows needs the tests for repeated looks.",
            fr "Les éléments ont été examinés une fois ; les examiner de nouveau à mesure qu’ils augmentent exige les tests prévus \
                pour des examens répétés." },
        Monitoring::Repeated => words! {
            en "The tests hold however often the evidence is looked at while it grows.",
            fr "Les tests valent quel que soit le nombre d’examens des éléments à mesure qu’ils augmentent." },
    };
    text! {
        en "The chance that any verdict “supported” or “refuted” of this page is wrong is at most {}, shared out among the claims \
            by Holm's rule. {looked} A verdict speaks about footage like the one that was looked at.",
        fr "La probabilité que l’un quelconque des résultats « étayée » ou « réfutée » de cette page soit faux est au plus de {}, \
            répartie entre les allégations par la méthode de Holm. {looked} Un résultat vaut pour des enregistrements semblables à \
            ceux qui ont été examinés."; formats::percent(error) }
}

sentences! {
    /// Title of the chart of a claim.
    pub fn claim_chart_title(id: &str) = en "Found against claimed: {id}", fr "Constaté face à allégué : {id}";
    /// The chart in words.
    pub fn claim_chart_description(found: &str, needed: &str) =
        en "Found: {found}. Claimed: {needed}. The bar shows the limits at the error of the test; the line, the claimed value.",
        fr "Constaté : {found}. Allégué : {needed}. La barre montre les bornes à l’erreur du test ; le trait, la valeur \
            alléguée.";
}

/// The limit of the chart.
pub fn claim_chart_caption(published: bool) -> &'static str {
    if published {
        words! {
            en "Published counts, not a measurement of this program. The bar ends where the evidence ends at the error of the test.",
            fr "Dénombrements publiés, non une mesure du présent programme. La barre s’arrête où s’arrêtent les éléments à \
                l’erreur du test." }
    } else {
        words! {
            en "The bar ends where the evidence ends at the error of the test. Where the line lies beyond the bar, the test is \
                decided.",
            fr "La barre s’arrête où s’arrêtent les éléments à l’erreur du test. Lorsque le trait se trouve au-delà de la barre, \
                le test est tranché." }
    }
}

sentences! {
    /// Published counts are not ours.
    pub const PUBLISHED_NOTICE =
        (en "Published figures are used.", fr "Des valeurs publiées sont employées.")
        (en "They were counted by others, and are told with their sources. They are not measurements of this program, and it has \
             not seen what is behind them.",
         fr "Elles ont été établies par d’autres, et sont rapportées avec leurs sources. Ce ne sont pas des mesures du présent \
             programme, qui n’a pas vu ce sur quoi elles reposent.");
    /// A claim between quotation marks.
    pub fn quoted(says: &str) = en "“{says}”", fr "« {says} »";
}

/// One verdict in a sentence.
pub fn verdict_sentence(one: &Examined) -> String {
    let evidence = one
        .tested
        .as_ref()
        .map(|tested| text! { en " Found: {}.", fr " Constaté : {}."; evidence_of_claim(tested) });
    format!(
        "{} ({}) — {}.{}",
        quoted(&one.claim.says),
        one.claim.vendor,
        answer_title(&one.answer),
        evidence.unwrap_or_default()
    )
}

/// What is not told in the answer.
pub fn more_claims(n: usize) -> String {
    words! {
        en { format!("{} more claims stand below.", formats::count(n as u64)) },
        fr {
            if n == 1 {
                format!("{} autre allégation figure plus bas.", formats::count(n as u64))
            } else {
                format!(
                    "{} autres allégations figurent plus bas.",
                    formats::count(n as u64)
                )
            }
        },
    }
}

/// A published share with its source.
pub fn published_in_words(published: &Published) -> String {
    let of = published.of.map_or_else(
        || words! { en "of a number that the source does not give",
                    fr "d’un nombre que la source n’indique pas" }.to_owned(),
        |n| text! { en "of {}", fr "de {}"; formats::count(n) },
    );
    text! {
        en "{} {of}, as published: {}",
        fr "{} {of}, selon la publication : {}"; formats::rounded_percent(published.share), where_written(Some(&published.source)) }
}

/// Who says it, of which product.
pub fn who(claim: &Claim) -> String {
    let (product, version) = (claim.product.as_ref(), claim.version.as_ref());
    all_there([Some(&claim.vendor), product, version])
}

/// Where a sentence is written.
pub fn where_written(source: Option<&Source>) -> String {
    let Some(source) = source else {
        return NOT_SAID.to_owned();
    };
    let digest = source.sha256.as_ref().map(|digest| format!("SHA-256 {digest}"));
    let (place, date) = (source.place.as_ref(), source.date.as_ref());
    all_there([Some(&source.document), place, date, digest.as_ref()])
}

/// Those that there are, with commas between.
fn all_there<const N: usize>(texts: [Option<&String>; N]) -> String {
    let texts: Vec<String> = texts.into_iter().flatten().cloned().collect();
    listed(&texts)
}

/// How a tested claim was decided.
pub fn decision_of_claim(tested: &Tested) -> String {
    let chance = |p: f64| {
        if p < 0.0001 {
            words! { en "less than 0.01\u{202f}%", fr "moins de 0,01 %" }.to_owned()
        } else {
            text! { en "{}\u{202f}%", fr "{} %"; formats::decimal(p * 100.0, 2) }
        }
    };
    let error = |p: f64| text! { en "{}\u{202f}%", fr "{} %"; formats::plain(p * 100.0) };
    text! {
        en "The claim needs {}. Evidence as strong as this would come about with a chance of {} if the claim did not hold (it is \
            supported at {} or less), and of {} if it just held (it is refuted at {} or less).",
        fr "L’allégation exige {}. Des éléments aussi forts surviendraient avec une probabilité de {} si l’allégation n’était pas \
            vraie (elle est étayée à {} ou moins), et de {} si elle l’était tout juste (elle est réfutée à {} ou moins).";
        hypothesis_in_words(tested),
        chance(tested.strength.if_false),
        error(tested.errors.0),
        chance(tested.strength.if_true),
        error(tested.errors.1) }
}

/// Why nothing was held against a value.
pub fn not_decided(answer: &Answer) -> String {
    match answer {
        Answer::Untestable => words! {
            en "It was compared with nothing: the words do not say with what.",
            fr "Aucune confrontation : les termes ne disent pas à quoi confronter l’allégation." }.to_owned(),
        Answer::NoDenominator { .. } => words! {
            en "A share without its number of cases has no limits, and decides nothing.",
            fr "Une proportion sans son nombre de cas n’a pas de bornes, et ne permet pas de trancher." }.to_owned(),
        Answer::NoEvidence { .. } => words! { en "It was compared with nothing.",
                                              fr "Aucune confrontation." }.to_owned(),
        Answer::RestsOnWord | Answer::Decided { .. } => words! { en "By the parts that can be measured, below.",
                                                                 fr "D’après les parts mesurables, ci-dessous." }.to_owned(),
    }
}

/// Name of the axis of a claim's chart.
pub fn claim_axis(quantity: Option<ClaimedQuantity>, rate: bool) -> String {
    match quantity {
        Some(ClaimedQuantity::DelayToAlert) => words! { en "share of alerts that come within the time",
                                                        fr "proportion d’alertes qui arrivent dans le délai" }.to_owned(),
        Some(quantity) if rate => text! { en "{}, per hour", fr "{}, par heure"; claimed_quantity(quantity) },
        Some(quantity) => claimed_quantity(quantity).to_owned(),
        None => String::new(),
    }
}
