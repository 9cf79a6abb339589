//! Words for the measures of who looks: re-identification, faces, attributes, clothing, gait.

use super::attribute;
use crate::formats::french as formats;
use crate::wording::{DistributionText, FigureText, MeasureText};
use vsa_record::reading::{Capability, DistributionName, Figure, FigureName};

pub(super) fn figure(figure: &Figure) -> Option<FigureText> {
    let of = attribute(figure.of.as_deref().unwrap_or("label"));
    let at = formats::plain(figure.at.unwrap_or_default());
    let (title, meaning) = match figure.name {
        FigureName::RankOne => (
            "Apparitions qu’un système rattacherait en premier à la bonne personne".to_owned(),
            "Pour chaque apparition, l’apparition la plus ressemblante a été recherchée parmi celles de la même personne, distantes \
             d’au moins une seconde, et celles de toutes les personnes vues au même moment : proportion des cas où c’était la même \
             personne.",
        ),
        FigureName::EqualErrorRate => (
            "Taux d’égale erreur (EER)".to_owned(),
            "Au seuil où un système manquerait autant de vraies paires qu’il en formerait de fausses, proportion des paires sur \
             lesquelles il se tromperait : 0 est parfait, 50 % revient à tirer au sort.",
        ),
        FigureName::GallerySize => (
            "Autres personnes dont il faut distinguer chacune".to_owned(),
            "Nombre moyen d’autres personnes auxquelles chaque apparition a été comparée. Parmi peu de personnes, le rapprochement est \
             facile ; une ville en compte beaucoup.",
        ),
        FigureName::RankOneRedacted => (
            "De même, têtes noircies : rattachées en premier à la bonne personne".to_owned(),
            "Ce qui reste du rapprochement par le corps une fois les visages occultés. Les 13 % supérieurs de chaque corps ont été \
             remplis de noir, soit plus que n’en cacherait toute occultation des visages.",
        ),
        FigureName::EqualErrorRateRedacted => (
            "De même, têtes noircies : taux d’égale erreur (EER)".to_owned(),
            "Plus ce taux est proche du précédent, moins l’occultation des visages protège d’un rapprochement.",
        ),
        FigureName::CoverageShare => (
            format!("Personnes auxquelles un système aurait attribué une étiquette : {of}"),
            "Proportion des personnes suivies dont un visage a été trouvé et auxquelles une étiquette a été attribuée au moins une \
             fois. Laquelle, et si elle convient à quiconque, n’est ni connu ni conservé.",
        ),
        FigureName::FlipShare => (
            format!("Personnes dont l’étiquette aurait changé pendant qu’elles étaient dans le champ : {of}"),
            "Proportion des personnes étiquetées deux fois ou plus dont l’étiquette n’a pas toujours été la même. Nul ne change ainsi \
             en passant : une telle étiquette a été fausse au moins une fois.",
        ),
        FigureName::UniqueShare => (
            "Personnes seules à présenter leurs vêtements et leur taille".to_owned(),
            "Proportion des personnes que deux noms de couleur et une classe de taille individualisent parmi toutes celles de ces \
             enregistrements.",
        ),
        FigureName::FewerThanShare => (
            format!(
                "Personnes qui partagent leur description avec moins de {at} personnes, elles-mêmes comprises"
            ),
            "Qui recherche une telle description obtient une liste plus courte que ce nombre.",
        ),
        FigureName::GaitUsableShare => (
            format!(
                "Personnes vues assez bien et assez longtemps pour une reconnaissance par la démarche (hautes de {at} pixels)"
            ),
            "Proportion des personnes comptant au moins 30 apparitions de cette hauteur, quatre par seconde ou plus : ce sur quoi les \
             réseaux publiés pour la démarche sont entraînés. Aucune démarche n’a été calculée.",
        ),
        FigureName::GaitPosedShare => (
            format!(
                "Personnes dont un modèle de pose a vu les jambes assez bien et assez longtemps pour une reconnaissance par la \
                 démarche (confiance {at})"
            ),
            "Proportion des personnes comptant au moins 30 apparitions, quatre par seconde ou plus, où les hanches, les genoux et \
             les chevilles atteignent cette confiance. Aucune pose n’a été conservée, et aucune démarche n’a été comparée.",
        ),
        _ => return None,
    };
    Some(FigureText { title, meaning })
}

pub(super) fn distribution(name: DistributionName) -> Option<DistributionText> {
    Some(match name {
        DistributionName::SameSimilarity => DistributionText {
            title: "À quel point deux apparitions d’une même personne se ressemblent pour le réseau",
            axis: "Similarité",
            counted: "paires d’apparitions",
            limit: "Apparitions distantes d’au moins une seconde, sur une même piste : une piste qui réunit par erreur deux personnes \
                    l’abaisse.",
        },
        DistributionName::DifferentSimilarity => DistributionText {
            title: "À quel point deux personnes différentes se ressemblent pour le réseau",
            axis: "Similarité",
            counted: "paires d’apparitions",
            limit: "Seulement des personnes présentes au même moment en deux endroits, qui sont donc certainement deux. Les \
                    similarités inférieures à 0 sont comptées à 0.",
        },
        DistributionName::SetSize => DistributionText {
            title: "Combien de personnes partagent une description",
            axis: "Personnes de même description",
            counted: "personnes",
            limit: "Parmi les seules personnes de ces enregistrements. Les couleurs sont nommées sous la lumière de la scène, comme les \
                    nommerait un système de recherche.",
        },
        _ => return None,
    })
}

pub(super) fn measure(capability: Capability) -> Option<MeasureText> {
    Some(match capability {
        Capability::Reidentification => MeasureText {
            definition: "Un réseau a transformé en nombres des images de corps, deux par seconde au plus. Les paires d’apparitions d’une \
                         même piste ont été comparées aux paires de personnes vues au même moment : dans quelle mesure ces nombres \
                         disent-ils qui est qui ? Il en a été fait de même après que les têtes ont été noircies. Les nombres ont été \
                         effacés.",
            source: "Taux d’égale erreur selon ISO/IEC 19795-1, intervalles par tirage de pistes entières (bootstrap par sous-ensembles, \
                     Bolle, Ratha et Pankanti 2004) ; la tête est constituée des 13 % supérieurs du corps (Drillis et Contini 1966). \
                     Confronté à un calcul indépendant sur une séquence annotée.",
            sensitivity: "Un seuil de score plus élevé ne laisse que des images nettes et fait paraître le rapprochement plus facile.",
            cannot_tell: "Dans quelle mesure des personnes pourraient être rapprochées d’une caméra ou d’un jour à l’autre, ce qui est \
                          plus difficile. Un autre réseau donnerait d’autres valeurs, et un meilleur des taux d’erreur plus faibles. \
                          Personne n’a été identifié : il n’y avait pas de liste de personnes.",
        },
        Capability::FaceMatching => MeasureText {
            definition: "Un réseau a transformé en nombres des visages redressés, deux images par seconde au plus. Les paires d’apparitions \
                         d’une même piste ont été comparées aux paires de visages vus au même moment, en mémoire et seulement entre \
                         eux. Les nombres ont été effacés.",
            source: "Taux d’égale erreur selon ISO/IEC 19795-1, intervalles par tirage de pistes entières (bootstrap par sous-ensembles, \
                     Bolle, Ratha et Pankanti 2004).",
            sensitivity: "Un seuil de score plus élevé ne laisse que de grands visages nets et fait paraître l’appariement plus facile.",
            cannot_tell: "Qui est qui, et ce que ferait un système disposant d’une liste de photographies. Un visage n’est dans le champ que \
                          quelques secondes, sous une seule lumière et dans une seule pose : apparier un autre jour est plus difficile.",
        },
        Capability::Attributes => MeasureText {
            definition: "Des classifieurs ont attribué un âge et un genre à chaque visage trouvé, deux images par seconde au plus. Ce qu’ils \
                         ont attribué n’a pas été conservé : seulement à combien de personnes ils auraient attribué quelque chose, et \
                         combien de fois ils se sont contredits au sujet d’une même personne.",
            source: "Les classes d’âge commencent à 3, 10, 20 ans et ainsi de suite jusqu’à 70 ans, comme dans FairFace (Kärkkäinen et Joo \
                     2021). Qu’une étiquette qui change au cours d’une même piste soit fausse au moins une fois se passe de source.",
            sensitivity: "Un seuil de score plus élevé pour les visages abaisse à la fois la couverture et les contradictions. Plus les \
                          personnes restent dans le champ, plus souvent une étiquette change ; une classe d’âge change facilement près \
                          de sa limite.",
            cannot_tell: "L’âge ou le genre de quiconque, ni si une étiquette restée la même était juste.",
        },
        Capability::Emotion => MeasureText {
            definition: "Le classifieur d’émotions qui a été fourni a attribué une étiquette à chaque visage trouvé, deux images par seconde \
                         au plus. Ce qu’il a attribué n’a pas été conservé : seulement à combien de personnes, et combien de fois il s’est \
                         contredit au sujet d’une même personne.",
            source: "La question de savoir si une étiquette est stable est la nôtre.",
            sensitivity: "Un seuil de score plus élevé pour les visages abaisse à la fois la couverture et les contradictions.",
            cannot_tell: "Ce que quiconque a ressenti. Les visages changent bel et bien : une étiquette qui change n’était pas toujours \
                          fausse, à la différence d’une étiquette d’âge.",
        },
        Capability::Mask => MeasureText {
            definition: "Le classifieur de masques qui a été fourni a attribué une étiquette à chaque visage trouvé, deux images par seconde \
                         au plus : à combien de personnes, et combien de fois il s’est contredit au sujet d’une même personne.",
            source: "La question de savoir si une étiquette est stable est la nôtre.",
            sensitivity: "Un seuil de score plus élevé pour les visages écarte d’abord les visages couverts.",
            cannot_tell: "Si quelqu’un portait un masque : il a pu être mis ou retiré dans le champ.",
        },
        Capability::SinglingOut => MeasureText {
            definition: "Chaque personne a été décrite par les noms des couleurs portées au-dessus et au-dessous des hanches, et par le fait \
                         d’être plus petite, aussi grande ou plus grande que les autres au même endroit. Combien partagent une \
                         description ? Aucun réseau n’a été employé.",
            source: "Les onze termes de couleur fondamentaux (Berlin et Kay 1969), situés d’après l’enquête xkcd de 2010 sur les couleurs, \
                     dans CIELAB ; proportions du corps de Drillis et Contini (1966) ; taille au-dessus de la ligne des pieds comme chez \
                     Hoiem, Efros et Hebert (2008) ; l’effectif de l’ensemble est le k de la k-anonymité (Sweeney 2002).",
            sensitivity: "Plus les attributs recherchés sont nombreux, plus il y a de personnes uniques ; plus il y a de personnes dans \
                          l’enregistrement, moins il y en a. Un seuil de score plus élevé écarte des personnes.",
            cannot_tell: "Combien seraient individualisées dans une ville entière, ou d’après les sacs, les cheveux et les motifs également.",
        },
        Capability::Gait => MeasureText {
            definition: "Proportion des personnes suivies qui ont été vues hautes d’au moins 64 pixels dans au moins 30 apparitions, quatre par \
                         seconde ou plus. Si un modèle de pose est fourni, une seconde proportion ne retient que les apparitions où \
                         il a vu hanches, genoux et chevilles. Aucune démarche n’a été comparée.",
            source: "Les réseaux pour la démarche prennent des silhouettes de 64 lignes, 30 à la fois (GaitSet, Chao et al. 2019 ; réglages \
                     d’OpenGait, Fan et al. 2023). Quatre apparitions par seconde sont une convention qui nous est propre : un pas dure \
                     environ une demi-seconde.",
            sensitivity: "Analyser moins d’images par seconde laisse moins d’apparitions, voire aucune.",
            cannot_tell: "Si quiconque pourrait être reconnu à sa démarche. Qui se tient immobile n’en montre aucune, si bien vu soit-il.",
        },
        _ => return None,
    })
}
