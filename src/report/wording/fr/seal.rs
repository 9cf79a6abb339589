//! The case and the seal: words of the header, and how to check the folder that the report lies in.

use super::sections::section;
use crate::wording::SectionText;

/// Number under which the report is filed.
pub const EXHIBIT: &str = "Pièce n°";
/// Who asked.
pub const REQUESTER: &str = "À la demande de";
/// Who ran it.
pub const OPERATOR: &str = "Opérateur";
/// The question put.
pub const QUESTION_PUT: &str = "Question posée";

/// How to check the seal.
#[must_use]
pub fn section_seal() -> SectionText {
    section(
        "seal",
        "Scellé",
        "Comment vérifier que rien n’a été modifié",
        "Le présent rapport se trouve dans un dossier avec le relevé, le journal de traçabilité et un manifeste qui énumère \
         l’empreinte SHA-256 de chaque fichier. Lorsque le dossier est scellé, le manifeste est signé. Quiconque dispose de la clé \
         publique du signataire, obtenue de celui-ci et non de ce dossier, peut tout vérifier par l’un quelconque de ces moyens.",
    )
}

/// What is run, and by which command.
pub const SEAL_COMMANDS: [(&str, &str); 4] = [
    (
        "Avec le présent programme (chaque vérification, avec son résultat) :",
        "vsa-audit verify DOSSIER --key CLE.pub",
    ),
    (
        "Avec minisign (la signature du manifeste), puis tout programme calculant SHA-256 pour les fichiers qu’il énumère :",
        "minisign -V -p CLE.pub -m DOSSIER/manifest.json",
    ),
    (
        "Avec openssl (l’horodatage d’une autorité, s’il y en a un) :",
        "openssl ts -verify -data DOSSIER/manifest.dsse.json -in DOSSIER/manifest.dsse.json.tsr -CAfile RACINES.pem",
    ),
    (
        "De nouveau à partir des enregistrements (compare les relevés à l’octet près) :",
        "vsa-audit reproduce DOSSIER --footage ENREGISTREMENT",
    ),
];

/// What a seal does not show.
pub const SEAL_LIMIT: &str = "Un scellé montre que rien n’a été modifié depuis qu’il a été apposé, et par quelle clé il l’a été. Il ne \
    montre ni que les enregistrements sont authentiques, ni que ce qui est mesuré est juste. En l’absence d’horodatage par une \
    autorité, toutes les heures sont celles de l’horloge d’une seule machine.";

/// Words of the page's verifier, by the names that its script and the page use.
#[must_use]
pub fn verifier() -> std::collections::BTreeMap<String, String> {
    [
        ("title", "Vérifier dans ce navigateur"),
        (
            "introduction",
            "Saisir la clé publique du signataire, puis choisir le dossier, ou le déposer ici. Les fichiers sont lus sur cet \
             ordinateur et ne sont envoyés nulle part. Une page falsifiée pourrait contenir une vérification falsifiée : lorsque \
             l’enjeu est réel, ouvrir une copie de cette page à laquelle on se fie, ou employer l’une des commandes ci-dessus.",
        ),
        ("key_label", "Clé publique (le texte de CLE.pub)"),
        ("date_label", "À la date du (vide : maintenant)"),
        ("files_label", "Dossier"),
        ("working", "Vérification en cours…"),
        ("cannot", "La vérification n’a pu être faite :"),
        ("colon", " : "),
        ("semicolon", " ; "),
        (
            "no_crypto",
            "Ce navigateur n’offre pas de cryptographie à cette page : rien ne peut y être vérifié. Employer l’une des commandes \
             ci-dessus.",
        ),
        (
            "no_ed25519",
            "ce navigateur ne connaît pas Ed25519 : en employer un plus récent, ou une commande ci-dessus",
        ),
        ("bad_key", "ce n’est pas une clé publique au format de minisign"),
        ("other_key", "une autre clé"),
        ("wrong", "elle ne correspond pas à ces octets et à cette clé"),
        ("not_canonical", "pas sous forme canonique"),
        ("malformed", "pas à ce format"),
        ("bad_time", "une heure illisible"),
        ("cut", "il est tronqué"),
        ("missing", "manquant"),
        ("changed", "modifié"),
        ("added", "ajouté"),
        ("key", "Clé"),
        ("outcome_holds", "Vérifié :"),
        ("outcome_fails", "En défaut :"),
        ("outcome_not-made", "Non fait :"),
        ("outcome_absent", "Absent :"),
        ("outcome_left", "Non vérifié ici :"),
        (
            "verdict_holds",
            "Vérifié : le dossier est celui que le détenteur de cette clé a scellé, pour autant que cette page puisse en juger.",
        ),
        (
            "verdict_fails",
            "Non vérifié : une vérification au moins est en défaut.",
        ),
        (
            "verdict_incomplete",
            "Non vérifié : rien n’est en défaut, mais certaines vérifications n’ont pu être faites dans ce navigateur.",
        ),
        (
            "check_plain-files",
            "le dossier ne contient que des fichiers ordinaires",
        ),
        ("check_manifest-is-sound", "manifest.json est bien formé"),
        (
            "check_merkle-root",
            "sa racine de Merkle est celle de ses entrées",
        ),
        (
            "check_manifest-signature",
            "la clé a signé manifest.json (minisign)",
        ),
        (
            "check_envelope-signature",
            "la clé a signé manifest.dsse.json (DSSE)",
        ),
        ("check_statement-agrees", "ce qu’elle y a signé est ce manifeste"),
        (
            "check_files-are-those-listed",
            "chaque fichier énuméré est là, inchangé, et il n’y en a pas d’autre",
        ),
        (
            "check_log-is-unbroken",
            "custody.jsonl est une chaîne ininterrompue",
        ),
        (
            "check_log-agrees",
            "ce qu’il nomme est ce qu’énumère le manifeste",
        ),
        (
            "check_sealing-is-logged",
            "il indique que cette clé a scellé ce qui était là",
        ),
        ("check_times-follow", "les heures se suivent"),
        ("check_time-stamp", "l’horodatage d’une autorité"),
    ]
    .into_iter()
    .map(|(name, words)| (name.to_owned(), words.to_owned()))
    .collect()
}
