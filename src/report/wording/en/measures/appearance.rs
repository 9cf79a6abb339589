//! Words for the measures of who looks: re-identification, faces, attributes, clothing, gait.

use crate::wording::{DistributionText, FigureText, MeasureText};
use vsa_record::reading::{Capability, DistributionName, Figure, FigureName};

pub(super) fn figure(figure: &Figure) -> Option<FigureText> {
    let of = figure.of.as_deref().unwrap_or("label");
    let at = figure.at.unwrap_or_default();
    let (title, meaning) = match figure.name {
        FigureName::RankOne => (
            "Sightings that a system would link to the right person first".to_owned(),
            "For each sighting, the most alike other sighting was looked for, among those of the same person at least a \
             second away and those of everybody seen at the same time: the share where it was the same person.",
        ),
        FigureName::EqualErrorRate => (
            "Error rate where both errors are equal".to_owned(),
            "At the threshold where a system would miss as many true pairs as it would make false ones, the share of \
             pairs that it would get wrong: 0 is perfect, 50 % is guessing.",
        ),
        FigureName::GallerySize => (
            "Other people to be told apart from".to_owned(),
            "The mean number of other people that each sighting was compared with. Among few, linking is easy; a city \
             has many.",
        ),
        FigureName::RankOneRedacted => (
            "The same, after heads were blacked out: linked to the right person first".to_owned(),
            "What linking by the body is left with once faces are redacted. The upper 13 % of each body was filled \
             black, more than any redaction of faces would hide.",
        ),
        FigureName::EqualErrorRateRedacted => (
            "The same, after heads were blacked out: error rate where both errors are equal".to_owned(),
            "The nearer to the rate above, the less the redaction of faces protects against being linked.",
        ),
        FigureName::CoverageShare => (
            format!("People to whom a system would have assigned a label: {of}"),
            "Share of the people followed of whom a face was found and a label assigned at least once. Which label, and \
             whether it fits anybody, is not known and not kept.",
        ),
        FigureName::FlipShare => (
            format!("People whose label would have changed while they were in view: {of}"),
            "Share of those labelled twice or more whose label was not always the same. Nobody changes so while walking \
             by: such a label was wrong at least once.",
        ),
        FigureName::UniqueShare => (
            "People who are the only one with their clothes and size".to_owned(),
            "Share of people whom two colour names and a size band single out among everybody in this footage.",
        ),
        FigureName::FewerThanShare => (
            format!("People who share their description with fewer than {at} people, themselves included"),
            "Whoever searches for such a description gets a list shorter than this.",
        ),
        FigureName::GaitUsableShare => (
            format!("People seen well and long enough for recognition by gait ({at} pixels high)"),
            "Share of people with at least 30 sightings of this height, four a second or more: what published networks \
             for gait are trained on. Nobody's gait was computed.",
        ),
        FigureName::GaitPosedShare => (
            format!(
                "People whose legs a model of poses saw well and long enough for recognition by gait (confidence {at})"
            ),
            "Share of people with at least 30 sightings, four a second or more, of hips, knees and ankles at this \
             confidence. No pose was kept, and nobody's gait was compared.",
        ),
        _ => return None,
    };
    Some(FigureText { title, meaning })
}

pub(super) fn distribution(name: DistributionName) -> Option<DistributionText> {
    Some(match name {
        DistributionName::SameSimilarity => DistributionText {
            title: "How alike two sightings of one person look to the network",
            axis: "Similarity",
            counted: "pairs of sightings",
            limit: "Sightings at least one second apart, on one track: a track that joins two people by mistake lowers it.",
        },
        DistributionName::DifferentSimilarity => DistributionText {
            title: "How alike two different people look to the network",
            axis: "Similarity",
            counted: "pairs of sightings",
            limit: "Only people who were in view at the same time at two places, and so are surely two. Similarities below \
                    0 are counted at 0.",
        },
        DistributionName::SetSize => DistributionText {
            title: "How many people share a description",
            axis: "People with the same description",
            counted: "people",
            limit: "Among the people in this footage alone. Colours are named under the light of the scene, as a searching \
                    system would name them.",
        },
        _ => return None,
    })
}

pub(super) fn measure(capability: Capability) -> Option<MeasureText> {
    Some(match capability {
        Capability::Reidentification => MeasureText {
            definition: "A network turned pictures of bodies, two a second at most, into numbers. Pairs of sightings on one \
                         track were compared with pairs of people seen at the same time: how well do the numbers tell \
                         who is who? The same was done after heads were blacked out. The numbers were wiped.",
            source: "Equal error rate after ISO/IEC 19795-1, intervals by drawing whole tracks (subsets bootstrap, Bolle, \
                     Ratha and Pankanti 2004); heads are the upper 13 % of a body (Drillis and Contini 1966). Held to an \
                     independent computation on a labelled clip.",
            sensitivity: "A higher score threshold leaves clear pictures alone and makes linking look easier.",
            cannot_tell: "How well people could be linked between cameras or days, which is harder. Another network would \
                          give other figures, and a better one lower error rates. Nobody was identified: there was no \
                          list of people.",
        },
        Capability::FaceMatching => MeasureText {
            definition: "A network turned aligned faces, two pictures a second at most, into numbers. Pairs of sightings on \
                         one track were compared with pairs of faces seen at the same time, in memory and among \
                         each other alone. The numbers were wiped.",
            source: "Equal error rate after ISO/IEC 19795-1, intervals by drawing whole tracks (subsets bootstrap, Bolle, \
                     Ratha and Pankanti 2004).",
            sensitivity: "A higher score threshold leaves large clear faces alone and makes matching look easier.",
            cannot_tell: "Who anybody is, and how a system with a list of photographs would do. A face is in view for \
                          seconds, in one light and one pose: matching on another day is harder.",
        },
        Capability::Attributes => MeasureText {
            definition: "Classifiers assigned an age and a gender to each face found, two pictures a second at most. What \
                         they assigned was not kept: only to how many people they would have assigned something, and \
                         how often they contradicted themselves about one person.",
            source: "Age bands begin at 3, 10, 20 and so on to 70 years, as in FairFace (Kärkkäinen and Joo 2021). That a \
                     label which changes within one track is wrong at least once needs no source.",
            sensitivity: "A higher score threshold for faces lowers coverage and contradictions together. The longer people \
                          are in view, the more often a label changes; an age band changes easily near its edge.",
            cannot_tell: "Anybody's age or gender, and whether a label that stayed the same was right.",
        },
        Capability::Emotion => MeasureText {
            definition: "The classifier of emotions that was given assigned a label to each face found, two pictures a second \
                         at most. What it assigned was not kept: only to how many people, and how often it contradicted \
                         itself about one person.",
            source: "The question whether a label is stable is ours.",
            sensitivity: "A higher score threshold for faces lowers coverage and contradictions together.",
            cannot_tell: "What anybody felt. Faces do change: a label that changes was not always wrong, unlike one of age.",
        },
        Capability::Mask => MeasureText {
            definition: "The classifier of masks that was given assigned a label to each face found, two pictures a second at \
                         most: to how many people, and how often it contradicted itself about one person.",
            source: "The question whether a label is stable is ours.",
            sensitivity: "A higher score threshold for faces leaves out covered faces first.",
            cannot_tell: "Whether anybody wore a mask: somebody may have put one on or off while in view.",
        },
        Capability::SinglingOut => MeasureText {
            definition: "Each person was described by the colour names of what is worn above and below the hips and by \
                         being smaller than, as tall as, or taller than others at the same place. How many share a \
                         description? No network was used.",
            source: "The eleven basic colour terms (Berlin and Kay 1969), placed by the xkcd colour survey of 2010 in CIELAB; \
                     body proportions of Drillis and Contini (1966); height over the foot line as in Hoiem, Efros and \
                     Hebert (2008); the size of the set is the k of k-anonymity (Sweeney 2002).",
            sensitivity: "The more attributes are searched by, the more people are unique; the more people are in the \
                          footage, the fewer. A higher score threshold leaves out people.",
            cannot_tell: "How many would be singled out in a whole city, or by bags, hair and patterns as well.",
        },
        Capability::Gait => MeasureText {
            definition: "Share of the people followed who were seen at least 64 pixels high in at least 30 sightings, four a \
                         second or more. Where a model of poses is given, a second share counts only sightings in which it saw \
                         hips, knees and ankles. Nobody's gait was compared.",
            source: "Networks for gait take silhouettes of 64 rows, 30 at a time (GaitSet, Chao et al. 2019; settings of \
                     OpenGait, Fan et al. 2023). Four sightings a second are our convention: a step takes about half a second.",
            sensitivity: "Looking at fewer frames in each second leaves fewer sightings, and may leave none.",
            cannot_tell: "Whether anybody could be recognised by gait. Who stands still shows none, however well seen.",
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_its_attribute_and_its_number() {
        let figure = |name, of: Option<&str>, at| {
            figure(&Figure {
                name,
                of: of.map(str::to_owned),
                at,
                estimate: None,
            })
            .expect("it has words")
        };
        assert!(
            figure(FigureName::FlipShare, Some("age"), None)
                .title
                .contains("age")
        );
        assert!(
            figure(FigureName::FewerThanShare, None, Some(5.0))
                .title
                .contains("fewer than 5 people")
        );
    }

    #[test]
    fn no_sentence_states_an_attribute_as_a_fact_about_people() {
        for capability in [Capability::Attributes, Capability::Emotion, Capability::Mask] {
            let text = measure(capability).expect("it has words");
            let said = format!("{} {}", text.definition, text.cannot_tell);
            assert!(said.contains("assigned") && !said.contains("women") && !said.contains("men are"));
        }
    }
}
