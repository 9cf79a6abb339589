//! What the operating system held the program to while it saw footage, and what it did not: how far more than the program itself
//! keeps pictures in memory. In: what `run.json` says. Out: a paragraph of the report.

use super::formats;
use vsa_record::run::{ConfinementFacts, FilesHeldTo};

/// Each limit as it binds the program; and what a fault can do where it does not bind. In the order of [`held_to`].
const LIMITS: [(&str, &str); 8] = pairs! {
    (en "where it ends by a fault, it leaves no copy of its memory on the disk (no core file)",
     fr "s’il s’arrête sur une défaillance, il ne laisse sur le disque aucune copie de sa mémoire (pas de fichier « core »)")
        (en "a fault could have left pictures on the disk", fr "une défaillance aurait pu laisser des images sur le disque");
    (en "other programs of the same user cannot look into its memory",
     fr "les autres programmes du même utilisateur ne peuvent pas lire sa mémoire")
        (en "another program of the same user could have read pictures there",
         fr "un autre programme du même utilisateur aurait pu y lire des images");
    (en "no program that it starts gets more rights than it has",
     fr "aucun programme qu’il lance n’obtient plus de droits que lui")
        (en "such a program could have got more", fr "un tel programme aurait pu en obtenir davantage");
    (en "it opens the footage, the models, the programs and libraries that it needs and its folder of results, and no other file",
     fr "il n’ouvre que les enregistrements, les modèles, les programmes et bibliothèques nécessaires et son dossier de résultats")
        (en "by a fault it could have read or written other files",
         fr "par une défaillance, il aurait pu lire ou écrire d’autres fichiers");
    (en "it can make no connection, and look into no other program",
     fr "il ne peut établir aucune connexion, ni accéder à un autre programme")
        (en "by a fault it could have sent something away", fr "par une défaillance, il aurait pu transmettre quelque chose");
    (en "the separate program that decodes videos opens the one file that it was handed",
     fr "le programme distinct qui décode les vidéos n’ouvre que le fichier qui lui a été remis")
        (en "a video made to attack it could have had it read other files",
         fr "une vidéo conçue pour l’attaquer aurait pu lui faire lire d’autres fichiers");
    (en "the program that decodes videos writes no file and can make no connection",
     fr "le programme qui décode les vidéos n’écrit aucun fichier et ne peut établir aucune connexion")
        (en "a video made to attack it could have had it write files or send something away",
         fr "une vidéo conçue pour l’attaquer aurait pu lui faire écrire des fichiers ou transmettre quelque chose");
    (en "the memory and the processor time of the program that decodes videos are limited",
     fr "la mémoire et le temps de calcul du programme qui décode les vidéos sont limités")
        (en "a video made to attack it could have taken up the machine",
         fr "une vidéo conçue pour l’attaquer aurait pu accaparer la machine");
};

/// What was enforced, what was not and what that means; none: nobody knows.
pub fn held_to(confinement: Option<&ConfinementFacts>) -> String {
    let Some(held) = confinement else {
        return words! {
            en "How far the operating system enforced this is not known: beside the record stands no run.json that tells it. As \
                far as this report can tell, it is the program alone that kept pictures in its memory.",
            fr "On ignore dans quelle mesure le système d’exploitation l’a imposé : aucun fichier run.json qui le dise n’accompagne le \
                relevé. Pour autant que le présent rapport puisse en juger, c’est le programme seul qui a gardé les images dans sa \
                mémoire." }
        .to_owned();
    };
    let whole = |holds: bool| {
        if holds {
            FilesHeldTo::Enforced
        } else {
            FilesHeldTo::NotEnforced
        }
    };
    // What does not bind every thread binds in part.
    let files = match held.files {
        FilesHeldTo::Enforced if held.threads_outside > 0 => FilesHeldTo::Partly,
        files => files,
    };
    let found = [
        whole(held.no_core_file),
        whole(held.not_inspectable),
        whole(held.no_new_privileges),
        files,
        whole(held.calls_refused),
        held.decoder_files,
        whole(held.decoder_calls_refused),
        whole(held.decoder_limited),
    ];
    let listed = |wanted: FilesHeldTo| {
        let limits = LIMITS.iter().zip(found).filter(|(_, found)| *found == wanted);
        let limits: Vec<String> = limits
            .map(|((limit, otherwise), _)| match wanted {
                FilesHeldTo::Enforced => (*limit).to_owned(),
                FilesHeldTo::Partly | FilesHeldTo::NotEnforced => format!("{limit} ({otherwise})"),
            })
            .collect();
        limits.join(words! { en "; ", fr " ; " })
    };
    let mut said = Vec::new();
    let (enforced, partly, open) = (
        listed(FilesHeldTo::Enforced),
        listed(FilesHeldTo::Partly),
        listed(FilesHeldTo::NotEnforced),
    );
    if !enforced.is_empty() {
        said.push(text! {
            en "From the first byte of footage on, the operating system held the program to this: {enforced}.",
            fr "Dès le premier octet des enregistrements, le système d’exploitation a imposé ceci au programme : {enforced}." });
    }
    if !partly.is_empty() {
        said.push(text! {
            en "In part only, the operating system held the program to this: {partly}.",
            fr "Le système d’exploitation n’a imposé qu’en partie ceci au programme : {partly}." });
    }
    if !open.is_empty() {
        said.push(text! {
            en "The operating system did not hold the program to this: {open}.",
            fr "Le système d’exploitation n’a pas imposé ceci au programme : {open}." });
    }
    if held.threads_outside > 0 {
        said.push(text! {
            en "Threads of the program that were not held to these files: {}.",
            fr "Fils d’exécution du programme échappant à cette limite de fichiers : {}.";
            formats::count(held.threads_outside) });
    }
    if found.iter().any(|found| *found != FilesHeldTo::Enforced) {
        said.push(words! {
            en "Where it did not, it is the program alone that kept pictures in its memory.",
            fr "Sur ces derniers points, c’est le programme seul qui a gardé les images dans sa mémoire." }.to_owned());
    }
    said.push(words! {
        en "None of this binds whoever administers the machine, nor keeps the system from moving memory to its disk (swap).",
        fr "Rien de cela ne lie la personne qui administre la machine, ni n’empêche le système de transférer de la mémoire sur son \
            disque (espace d’échange)." }.to_owned());
    said.join(" ")
}
