//! The case and the seal: words of the header, and how to check the folder that the report lies in.

sentences! {
    /// Number under which the report is filed.
    pub const EXHIBIT = en "Exhibit", fr "Pièce n°";
    /// Who asked.
    pub const REQUESTER = en "Requested by", fr "À la demande de";
    /// Who ran it.
    pub const OPERATOR = en "Operator", fr "Opérateur";
    /// The question put.
    pub const QUESTION_PUT = en "Question put", fr "Question posée";
}

sections! {
    /// How to check the seal.
    section_seal => ("seal") (en "Seal", fr "Scellé")
        (en "How to check that nothing was changed", fr "Comment vérifier que rien n’a été modifié")
        (en "This report lies in a folder with the record, the log of custody and a manifest that lists the SHA-256 of every \
             file. When the folder is sealed, the manifest is signed. Whoever has the signer's public key, obtained from the \
             signer and not from this folder, can check all of it with any one of these means.",
         fr "Le présent rapport se trouve dans un dossier avec le relevé, le journal de traçabilité et un manifeste qui énumère \
             l’empreinte SHA-256 de chaque fichier. Lorsque le dossier est scellé, le manifeste est signé. Quiconque dispose de \
             la clé publique du signataire, obtenue de celui-ci et non de ce dossier, peut tout vérifier par l’un quelconque de \
             ces moyens.");
}

/// What is run, and by which command.
pub const SEAL_COMMANDS: [(&str, &str); 4] = pairs! {
    (en "With this program (every check, with its outcome):",
     fr "Avec le présent programme (chaque vérification, avec son résultat) :")
        (en "vsa-audit verify DIR --key KEY.pub", fr "vsa-audit verify DOSSIER --key CLE.pub");
    (en "With minisign (the signature of the manifest), then any program that computes SHA-256 for the files it lists:",
     fr "Avec minisign (la signature du manifeste), puis tout programme calculant SHA-256 pour les fichiers qu’il énumère :")
        (en "minisign -V -p KEY.pub -m DIR/manifest.json", fr "minisign -V -p CLE.pub -m DOSSIER/manifest.json");
    (en "With openssl (the time stamp of an authority, where there is one):",
     fr "Avec openssl (l’horodatage d’une autorité, s’il y en a un) :")
        (en "openssl ts -verify -data DIR/manifest.dsse.json -in DIR/manifest.dsse.json.tsr -CAfile ROOTS.pem",
         fr "openssl ts -verify -data DOSSIER/manifest.dsse.json -in DOSSIER/manifest.dsse.json.tsr -CAfile RACINES.pem");
    (en "Again from the footage (compares the records byte for byte):",
     fr "De nouveau à partir des enregistrements (compare les relevés à l’octet près) :")
        (en "vsa-audit reproduce DIR --footage FOOTAGE", fr "vsa-audit reproduce DOSSIER --footage ENREGISTREMENT");
};

/// What a seal does not show.
pub const SEAL_LIMIT: &str = words! {
    en "A seal shows that nothing was changed since it was made, and by which key it was made. It does not show that the footage \
        is authentic, nor that what is measured is right. Without the time stamp of an authority, all times are those of the clock \
        of one machine.",
    fr "Un scellé montre que rien n’a été modifié depuis qu’il a été apposé, et par quelle clé il l’a été. Il ne montre ni que les \
        enregistrements sont authentiques, ni que ce qui est mesuré est juste. En l’absence d’horodatage par une autorité, toutes \
        les heures sont celles de l’horloge d’une seule machine." };

/// Words of the page's verifier, by the names that its script and the page use.
pub fn verifier() -> std::collections::BTreeMap<String, String> {
    pairs! {
        ("title") (en "Check it in this browser", fr "Vérifier dans ce navigateur");
        ("introduction")
            (en "Enter the signer's public key, then choose the folder, or drop it here. The files are read on this computer and \
                 sent nowhere. A forged page could carry a forged check: when it matters, open a copy of this page that you \
                 trust, or use one of the commands above.",
             fr "Saisir la clé publique du signataire, puis choisir le dossier, ou le déposer ici. Les fichiers sont lus sur cet \
                 ordinateur et ne sont envoyés nulle part. Une page falsifiée pourrait contenir une vérification falsifiée : \
                 lorsque l’enjeu est réel, ouvrir une copie de cette page à laquelle on se fie, ou employer l’une des commandes \
                 ci-dessus.");
        ("key_label") (en "Public key (the text of KEY.pub)", fr "Clé publique (le texte de CLE.pub)");
        ("date_label") (en "As of (empty: now)", fr "À la date du (vide : maintenant)");
        ("files_label") (en "Folder", fr "Dossier");
        ("working") (en "Checking…", fr "Vérification en cours…");
        ("cannot") (en "The check could not be made:", fr "La vérification n’a pu être faite :");
        ("colon") (en ": ", fr " : ");
        ("semicolon") (en "; ", fr " ; ");
        ("no_crypto")
            (en "This browser offers no cryptography to this page, so nothing can be checked here. Use one of the commands \
                 above.",
             fr "Ce navigateur n’offre pas de cryptographie à cette page : rien ne peut y être vérifié. Employer l’une des \
                 commandes ci-dessus.");
        ("no_ed25519")
            (en "this browser lacks Ed25519: use a newer one, or a command above",
             fr "ce navigateur ne connaît pas Ed25519 : en employer un plus récent, ou une commande ci-dessus");
        ("bad_key") (en "this is no public key of minisign's format", fr "ce n’est pas une clé publique au format de minisign");
        ("other_key") (en "another key", fr "une autre clé");
        ("wrong") (en "it does not belong to these bytes and this key", fr "elle ne correspond pas à ces octets et à cette clé");
        ("not_canonical") (en "not in canonical form", fr "pas sous forme canonique");
        ("malformed") (en "not of this format", fr "pas à ce format");
        ("bad_time") (en "a time that cannot be read", fr "une heure illisible");
        ("cut") (en "it was cut", fr "il est tronqué");
        ("stamp_refused") (en "the authority refused it", fr "l’autorité l’a refusé");
        ("stamp_bytes") (en "it is over other bytes", fr "il porte sur d’autres octets");
        ("stamp_request") (en "it answers another request", fr "il répond à une autre demande");
        ("stamp_signer")
            (en "it is not signed with a certificate for time stamps that was valid then",
             fr "il n’est pas signé avec un certificat d’horodatage alors valide");
        ("stamp_algorithm")
            (en "this browser lacks the algorithm of its signature: use a command above",
             fr "ce navigateur ne connaît pas l’algorithme de sa signature : employer une commande ci-dessus");
        ("stamp_not_shown")
            (en "it fits this seal; whose it is, a root certificate tells, with a command above",
             fr "il correspond à ce scellé ; de qui il émane, un certificat racine le dit, avec une commande ci-dessus");
        ("missing") (en "missing", fr "manquant");
        ("changed") (en "changed", fr "modifié");
        ("added") (en "added", fr "ajouté");
        ("key") (en "Key", fr "Clé");
        ("outcome_holds") (en "Holds:", fr "Vérifié :");
        ("outcome_fails") (en "Fails:", fr "En défaut :");
        ("outcome_not-made") (en "Not made:", fr "Non fait :");
        ("outcome_absent") (en "Absent:", fr "Absent :");
        ("outcome_not-shown") (en "Not shown:", fr "Non démontré :");
        ("verdict_holds")
            (en "Verified: the folder is what the owner of this key sealed, as far as this page can tell.",
             fr "Vérifié : le dossier est celui que le détenteur de cette clé a scellé, pour autant que cette page puisse en \
                 juger.");
        ("verdict_fails")
            (en "Not verified: at least one check failed.", fr "Non vérifié : une vérification au moins est en défaut.");
        ("verdict_incomplete")
            (en "Not verified: nothing failed, but some checks could not be made in this browser.",
             fr "Non vérifié : rien n’est en défaut, mais certaines vérifications n’ont pu être faites dans ce navigateur.");
        ("check_plain-files") (en "the folder holds plain files only", fr "le dossier ne contient que des fichiers ordinaires");
        ("check_manifest-is-sound") (en "manifest.json is sound", fr "manifest.json est bien formé");
        ("check_merkle-root") (en "its Merkle root is that of its entries", fr "sa racine de Merkle est celle de ses entrées");
        ("check_manifest-signature") (en "the key signed manifest.json (minisign)", fr "la clé a signé manifest.json (minisign)");
        ("check_envelope-signature")
            (en "the key signed manifest.dsse.json (DSSE)", fr "la clé a signé manifest.dsse.json (DSSE)");
        ("check_statement-agrees") (en "what it signed there is this manifest", fr "ce qu’elle y a signé est ce manifeste");
        ("check_files-are-those-listed")
            (en "every listed file is there and unchanged, and no other",
             fr "chaque fichier énuméré est là, inchangé, et il n’y en a pas d’autre");
        ("check_log-is-unbroken") (en "custody.jsonl is one unbroken chain", fr "custody.jsonl est une chaîne ininterrompue");
        ("check_log-agrees") (en "what it names is what the manifest lists", fr "ce qu’il nomme est ce qu’énumère le manifeste");
        ("check_sealing-is-logged")
            (en "it says that this key sealed what was there", fr "il indique que cette clé a scellé ce qui était là");
        ("check_times-follow") (en "times follow each other", fr "les heures se suivent");
        ("check_time-stamp") (en "the time stamp of an authority", fr "l’horodatage d’une autorité");
    }
    .into_iter()
    .map(|(name, words)| (name.to_owned(), words.to_owned()))
    .collect()
}
