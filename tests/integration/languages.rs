//! One content in every language: the same shape, the same numbers, words of its own, and the language's typography. Held
//! over whole composed pages, and over every sentence of the source, since no page holds every branch.

#![expect(clippy::disallowed_methods, reason = "tests make their own inputs")]

use super::french::faults;
use super::numerals::same_numbers;
use super::program::{Run, names_in, pets_piece, program};
use super::report_confinement::held;
use super::report_fixture as fixture;
use super::score_pages;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use vsa_audits::run_all;
use vsa_base::language::Language;
use vsa_claims::alerts;
use vsa_claims::alerts::Only;
use vsa_claims::decide::Monitoring;
use vsa_claims::examine::{Material, examine, only};
use vsa_claims::parse;
use vsa_custody::case::Case;
use vsa_record::Record;
use vsa_record::disclosure::DisclosurePolicy;
use vsa_record::facts::ToolFacts;
use vsa_report::{Document, claims_document, html};
use vsa_supply::ModelRegistry;

/// Whole texts that are the same in both languages although they hold words: names, measures, abbreviations. Everything
/// that the record says in its own words (decoders, licences, training data) is the same, too, and is no sentence.
const SAME: &[&str] = &[
    "DORI",
    "OODPCVS",
    "SHA-256",
    "Source.",
    "Licence",
    "Question",
    "Quantile",
    "Images",
    "Bootstrap",
    "Kaplan–Meier",
    "DORI, OODPCVS",
    "Document",
    "record.json",
    "scores.json",
    "report.json",
    "HOTA",
    "HOTA(0)",
    "HOTA·LocA(0)",
    "LocA",
    "LocA(0)",
    "DetA",
    "DetRe",
    "DetPr",
    "AssA",
    "AssRe",
    "AssPr",
    "OWTA",
    "MOTA",
    "sMOTA",
    "MOTP",
    "MODA",
    "IDTP",
];

/// Texts of one place of a document in English and in French.
struct Pair {
    place: String,
    english: String,
    french: String,
}

/// Pages that between them hold most of what can be said: everything shown, most withheld, nothing there, claims, scores;
/// those of records hold every section of the exhibit, with and without a case.
fn pages() -> Vec<[Document; 2]> {
    let both = |record: &_, findings: &[_]| {
        Language::ALL.map(|language| Document::in_language(language, record, findings))
    };
    let mut pages = Vec::new();
    for policy in [fixture::public(), DisclosurePolicy::strict()] {
        let record = fixture::record(&policy);
        pages.push(both(&record, &fixture::findings(&policy)));
        pages.push(both(&record, &run_all(&record)));
        pages.push(both(&record, &run_all(&record)).map(|page| page.for_case(&case())));
    }
    let record = fixture::record(&fixture::public());
    for (all, threads_outside) in [(true, 0), (true, 7), (false, 0)] {
        let mut facts = held(all);
        facts.threads_outside = threads_outside;
        pages.push(both(&record, &[]).map(|page| page.held_to(&facts)));
    }
    for record in measured_records() {
        pages.push(both(&record, &[]));
    }
    pages.extend(claims_pages());
    pages.extend(score_pages::pages());
    pages
}

/// Records of the model that this project measured: on the footage it was measured on, and on other footage.
fn measured_records() -> [Record; 2] {
    let registry = ModelRegistry::builtin().expect("the registry");
    let model = registry.get("ssdlite-pedestrian").expect("the model");
    let mut same = fixture::record(&fixture::public());
    let first = same.models.first_mut().expect("a model");
    first.name = model.entry.name.to_string();
    first.sha256 = model.entry.checksum.digits().to_owned();
    first.score_threshold = 0.3;
    let mut other = same.clone();
    for item in &mut other.items {
        item.sha256 = "ab".repeat(32);
    }
    [same, other]
}

/// A case in words that no language owns.
fn case() -> Case {
    Case {
        exhibit: Some("A-17".to_owned()),
        requester: Some("N. N.".to_owned()),
        operator: None,
        question: None,
        language: None,
    }
}

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("samples/claims")
        .join(name)
}

/// Claims against alerts, against published counts, and against nothing.
fn claims_pages() -> Vec<[Document; 2]> {
    let (rules, alerts, events) = alerts::read(
        &sample("alerts/alerts.csv"),
        &sample("alerts/events.csv"),
        &sample("alerts/rules.toml"),
    )
    .expect("the sample logs can be read");
    let mut pages = Vec::new();
    for (file, with_alerts) in [
        ("full.toml", true),
        ("full.toml", false),
        ("french-experiment-2024.toml", false),
    ] {
        let claims = parse::read(&sample(file)).expect("the sample claims can be read");
        let mut material = Material {
            labelled: None,
            scores: None,
            record: None,
            tallies: Vec::new(),
        };
        if with_alerts {
            let mut wanted = vec![Only::default()];
            wanted.extend(claims.iter().map(only));
            for of in wanted {
                let tally = alerts::tally(&alerts, &events, &rules, &of).expect("a tally");
                material.tallies.push((of, tally));
            }
        }
        let tool = ToolFacts {
            name: "vsa-audit".into(),
            version: "0.1.0".into(),
        };
        let report = examine(&claims, &material, 0.05, Monitoring::Once, tool, Vec::new());
        pages.push(Language::ALL.map(|language| claims_document(language, &report)));
    }
    pages
}

/// Every pair of texts at the same place; fails where the documents have not the same shape.
fn pairs([english, french]: &[Document; 2]) -> Vec<Pair> {
    let [english, french] = [english, french].map(|page| serde_json::to_value(page).expect("plain JSON"));
    let mut found = Vec::new();
    walk("", &english, &french, &mut found);
    found
}

fn walk(place: &str, english: &Value, french: &Value, found: &mut Vec<Pair>) {
    match (english, french) {
        (Value::Object(a), Value::Object(b)) => {
            let keys = |of: &serde_json::Map<String, Value>| of.keys().cloned().collect::<Vec<_>>();
            assert_eq!(keys(a), keys(b), "{place}");
            // A command is typed letter by letter, and what is compared letter by letter has no language.
            if a.get("literal") == Some(&Value::Bool(true)) || a.get("block") == Some(&"command".into()) {
                return;
            }
            for (key, value) in a {
                walk(&format!("{place}/{key}"), value, &b[key], found);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            assert_eq!(a.len(), b.len(), "{place}");
            for (at, (one, other)) in a.iter().zip(b).enumerate() {
                walk(&format!("{place}/{at}"), one, other, found);
            }
        }
        (Value::String(a), Value::String(b)) => found.push(Pair {
            place: place.to_owned(),
            english: a.clone(),
            french: b.clone(),
        }),
        _ => assert_eq!(english, french, "{place}"),
    }
}

fn has_words(text: &str) -> bool {
    text.split(|letter: char| !letter.is_alphabetic())
        .any(|word| word.chars().count() > 3)
}

/// What users, files and the registry say in their own words, the longest first: nobody's to translate.
fn words_of_others() -> Vec<String> {
    let mut found = BTreeSet::new();
    let record = serde_json::to_value(fixture::record(&fixture::public())).expect("plain JSON");
    strings(&record, &mut found);
    for name in ["full.toml", "french-experiment-2024.toml"] {
        let text = std::fs::read_to_string(sample(name)).expect("sample claims");
        let claims: Value = toml::from_str(&text).expect("TOML");
        strings(&claims, &mut found);
    }
    found.extend(score_pages::words());
    let registry = ModelRegistry::builtin().expect("the registry");
    found.extend(registry.all().iter().map(|model| model.entry.name.to_string()));
    let mut found: Vec<String> = found.into_iter().filter(|text| text.len() > 2).collect();
    found.sort_by_key(|text| std::cmp::Reverse(text.len()));
    found
}

fn strings(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            found.insert(text.clone());
        }
        Value::Array(values) => values.iter().for_each(|value| strings(value, found)),
        Value::Object(values) => values.values().for_each(|value| strings(value, found)),
        _ => {}
    }
}

/// `text` without what others say, where both languages quote it.
fn own([english, french]: [&str; 2], others: &[String]) -> [String; 2] {
    let mut own = [english.to_owned(), french.to_owned()];
    for theirs in others {
        if own.iter().all(|text| text.contains(theirs)) {
            own = own.map(|text| text.replace(theirs, "…"));
        }
    }
    own
}

#[test]
fn both_languages_say_the_same_things_with_the_same_numbers() {
    let others = words_of_others();
    let mut compared = 0;
    for page in pages() {
        let glossary = page[0]
            .sections
            .iter()
            .position(|section| section.id == "glossary");
        let glossary = glossary.map(|at| format!("/sections/{at}/"));
        let mut glossaries = [String::new(), String::new()];
        for Pair {
            place,
            english,
            french,
        } in pairs(&page)
        {
            assert_eq!(
                english.is_empty(),
                french.is_empty(),
                "{place}: “{english}” / “{french}”"
            );
            let [english, french] = own([&english, &french], &others);
            // Each glossary is in the order of its own alphabet.
            if glossary
                .as_ref()
                .is_some_and(|glossary| place.starts_with(glossary))
            {
                glossaries[0].push_str(&format!(" {english}"));
                glossaries[1].push_str(&format!(" {french}"));
            } else if let Err(why) = same_numbers(&english, &french) {
                panic!("{place}: {why}\n{english}\n{french}");
            }
            compared += 1;
        }
        same_numbers(&glossaries[0], &glossaries[1]).expect("the glossaries hold the same numbers");
    }
    assert!(compared > 2000, "{compared} texts compared");
}

#[test]
fn a_text_with_words_is_not_the_same_in_two_languages() {
    let others = words_of_others();
    let is_name = |place: &str| {
        let data = ["/findings/", "/estimates/", "/disclosure/"];
        let key = place.rsplit('/').next().unwrap_or_default();
        // The parts of the exhibit name sections by their anchors.
        let is_anchor = place.starts_with("/exhibit/parts/") && place.contains("/sections/");
        is_anchor
            || data.iter().any(|start| place.starts_with(start))
            || ["id", "schema", "block", "plot", "mark", "audit"].contains(&key)
    };
    let mut same = BTreeSet::new();
    for page in pages() {
        for Pair {
            place,
            english,
            french,
        } in pairs(&page)
        {
            let [left, _] = own([&english, &french], &others);
            if english == french && has_words(&left) && !is_name(&place) && !SAME.contains(&english.as_str())
            {
                same.insert(format!("{place}: {english}"));
            }
        }
    }
    assert!(same.is_empty(), "{same:#?}");
}

#[test]
fn french_pages_are_french_in_every_text() {
    let others = words_of_others();
    let mut looked_at = 0;
    let mut found = BTreeSet::new();
    for page in pages() {
        for Pair {
            place,
            english,
            french,
        } in pairs(&page)
        {
            if english == french || place == "/language" {
                continue;
            }
            let [_, left] = own([&english, &french], &others);
            found.extend(faults(&left).into_iter().map(|fault| format!("{place}: {fault}")));
            looked_at += 1;
        }
        assert!(html::render(&page[1]).contains("<html lang=\"fr\">"));
    }
    assert!(found.is_empty(), "{found:#?}");
    assert!(looked_at > 1500, "{looked_at} texts looked at");
}

#[test]
fn what_the_registry_and_the_engine_state_in_fixed_phrases_is_translated() {
    let registry = ModelRegistry::builtin().expect("the registry");
    let phrases = vsa_report::wording::en::REGISTRY_PHRASES;
    for model in registry.all() {
        let stated = [
            Some(model.training_data.as_str()),
            model.published_figure.as_deref(),
        ];
        for text in stated.into_iter().flatten() {
            let is_phrase = text.starts_with("not ") || text.starts_with("none");
            assert_eq!(is_phrase, phrases.contains(&text), "{text}");
        }
    }
    let mut record = fixture::record(&fixture::public());
    record.engine.version = "0.23.9, convolutions by vsa-audit 0.1.0".to_owned();
    record.models[1].published_figure = Some("none stated for this file".to_owned());
    let page = html::render(&Document::in_language(Language::French, &record, &[]));
    for (recorded, told) in [
        ("not declared", "non déclarées par les auteurs du modèle"),
        ("none stated", "aucun indiqué pour ce fichier"),
        ("convolutions by", "0.23.9, convolutions de vsa-audit 0.1.0"),
    ] {
        assert!(page.contains(told) && !page.contains(recorded), "{told}");
    }
}

#[test]
fn the_language_changes_no_number_of_the_data() {
    for [english, french] in pages() {
        assert_eq!(english.findings, french.findings);
        assert_eq!(english.estimates, french.estimates);
        assert_eq!(
            (english.language, french.language),
            (Language::English, Language::French)
        );
    }
}

// --- The source: every branch of every sentence.

fn wording(language: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report/wording/sentences");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for name in names_in(&folder) {
            let path = folder.join(&name);
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(&path).expect("a source file");
                let text = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
                let name = path.strip_prefix(&root).expect("below the root");
                let text = in_one_language(&text, language);
                found.push((name.to_string_lossy().replace('\\', "/"), text));
            }
        }
    }
    found.sort();
    assert!(found.len() >= 20, "{} files of {language}", found.len());
    found
}

/// Source of sentences that stand in both languages, without what is marked with the other one's name.
fn in_one_language(source: &str, language: &str) -> String {
    let other = if language == "en" { "fr" } else { "en" };
    let marks = [" \"", " {"].map(|opening| format!("{other}{opening}"));
    let mut kept = String::new();
    let mut rest = source;
    while let Some(letter) = rest.chars().next() {
        let marked = kept.ends_with([' ', '\n', '(']) && marks.iter().any(|mark| rest.starts_with(mark));
        if marked {
            rest = &rest[other.len() + 1..];
        }
        let length = match rest.as_bytes() {
            [b'"', ..] => literal_length(rest),
            [b'{', ..] if marked => block_length(rest),
            [b'/', b'/', ..] => rest.find('\n').unwrap_or(rest.len()),
            _ => letter.len_utf8(),
        };
        if !marked {
            kept.push_str(&rest[..length]);
        }
        rest = &rest[length..];
    }
    kept
}

fn literal_length(source: &str) -> usize {
    let mut escaped = false;
    let end = source[1..].find(|letter| {
        let ends = letter == '"' && !escaped;
        escaped = letter == '\\' && !escaped;
        ends
    });
    end.expect("a string ends") + 2
}

fn block_length(source: &str) -> usize {
    let (mut at, mut depth) = (0, 0_usize);
    loop {
        let rest = &source[at..];
        let letter = rest.chars().next().expect("a block ends");
        at += if letter == '"' {
            literal_length(rest)
        } else {
            letter.len_utf8()
        };
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
}

/// The string literals of Rust source, as the compiler reads them, with `{}` for what is written into them.
fn literals(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find(['"', '/', '\'']) {
        let tail = &rest[at..];
        if tail.starts_with("//") {
            rest = tail.find('\n').map_or("", |end| &tail[end..]);
        } else if let Some(quoted) = tail.strip_prefix('"') {
            let mut escaped = false;
            let end = quoted
                .find(|letter| {
                    let ends = letter == '"' && !escaped;
                    escaped = letter == '\\' && !escaped;
                    ends
                })
                .expect("a string ends");
            found.push(unescaped(&quoted[..end]));
            rest = &quoted[end + 1..];
        } else if let Some(after) = tail.strip_prefix("'\"'") {
            rest = after;
        } else {
            rest = &tail[1..];
        }
    }
    found
}

fn unescaped(literal: &str) -> String {
    let mut out = String::new();
    let mut letters = literal.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, letters.peek().copied()) {
            ('\\', Some('\n')) => while letters.next_if(|c| c.is_ascii_whitespace()).is_some() {},
            ('\\', Some('u')) => {
                let code: String = letters.by_ref().skip(2).take_while(|c| *c != '}').collect();
                out.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
            ('\\', Some(_)) => out.extend(letters.next()),
            ('{', _) => {
                while letters.next_if(|c| *c != '}').is_some() {}
                letters.next();
                out.push_str("{}");
            }
            (other, _) => out.push(other),
        }
    }
    out
}

#[test]
fn every_sentence_of_the_source_is_french_where_it_should_be() {
    let mut looked_at = 0;
    for (file, source) in wording("fr") {
        for text in literals(&source)
            .iter()
            .filter(|text| text.contains([' ', '\u{a0}', '\u{202f}']))
        {
            if is_command(text) {
                continue;
            }
            let found = faults(text);
            assert!(found.is_empty(), "{file}: {found:?}\n{text}");
            looked_at += 1;
        }
    }
    assert!(looked_at > 600, "{looked_at} sentences looked at");
}

/// Likelihoods in words. A probability that comes with its number may be named.
const LIKELIHOODS: &[&str] = &[
    "likely",
    "likelihood",
    "plausible",
    "vraisemblable",
    "vraisemblablement",
    "vraisemblance",
    "probable",
    "probably",
    "probablement",
];

#[test]
fn no_likelihood_is_put_into_words_in_any_language() {
    for language in ["en", "fr"] {
        for (file, source) in wording(language) {
            for text in literals(&source) {
                let lower = text.to_lowercase();
                let word = lower
                    .split(|c: char| !c.is_alphabetic())
                    .map(|word| word.strip_prefix("un").unwrap_or(word))
                    .find(|word| LIKELIHOODS.contains(&word.strip_prefix("in").unwrap_or(word)));
                assert!(word.is_none(), "{language}/{file}: {word:?}\n{text}");
            }
        }
    }
}

#[test]
fn no_file_of_french_borrows_the_words_of_english() {
    for (file, source) in wording("fr") {
        assert!(!source.contains("wording::en"), "{file}");
    }
}

fn is_command(text: &str) -> bool {
    [
        "vsa-audit ",
        "minisign ",
        "openssl ",
        "{} audit --plan",
        " --decoder",
    ]
    .iter()
    .any(|start| text.starts_with(start))
}

#[test]
fn what_one_language_says_the_other_says_too_and_in_its_own_words() {
    let [english, french] = ["en", "fr"].map(wording);
    let names = |files: &[(String, String)]| -> BTreeSet<String> {
        let name = |line: &str| {
            let line = line.trim_start().strip_prefix("pub ")?;
            let line = line
                .strip_prefix("const fn ")
                .or(line.strip_prefix("fn "))
                .or(line.strip_prefix("const "))?;
            line.split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
                .map(str::to_owned)
        };
        let names = files.iter().flat_map(|(file, text)| {
            text.lines()
                .filter_map(move |line| Some(format!("{file}: {}", name(line)?)))
        });
        names.collect()
    };
    let (a, b) = (names(&english), names(&french));
    assert!(a.len() > 150, "{} names", a.len());
    let apart: Vec<&String> = a.symmetric_difference(&b).collect();
    assert!(
        apart.is_empty(),
        "not said in both languages, or not in the file of the same name: {apart:#?}"
    );
    let sentences = |files: &[(String, String)]| -> BTreeSet<String> {
        let all = files.iter().flat_map(|(_, text)| literals(text));
        let words = |text: &str| {
            text.split(|c: char| !c.is_alphabetic())
                .filter(|word| word.len() > 2)
                .count()
        };
        all.filter(|text| words(text) > 1 && !is_command(text)).collect()
    };
    let (a, b) = (sentences(&english), sentences(&french));
    let same: Vec<&String> = a
        .intersection(&b)
        .filter(|text| text.contains(' ') && !SAME.contains(&text.as_str()))
        .collect();
    assert!(same.is_empty(), "{same:#?}");
    let counts = (a.len() as f64, b.len() as f64);
    assert!(counts.1 > 0.9 * counts.0, "{counts:?}: sentences are missing");
}

// --- The program.

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

#[test]
fn a_run_in_french_measures_the_same_and_is_drawn_again_from_its_record() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    let piece = pets_piece(folder.path(), 300, 2);
    let audit = |out: &str, more: &[&str]| {
        let out = path(out);
        let mut command = program();
        command.args([
            "audit",
            "--data-basis",
            "public",
            "--labels",
            "hall",
            "--out",
            text(&out),
        ]);
        Run::of(command.args(more).arg(&piece)).expect(0)
    };
    audit("english", &[]);
    let told = audit("french", &["--lang", "fr"]);
    assert!(told.stdout.contains("personnes par image"), "{}", told.stdout);
    let read = |folder: &str, name: &str| std::fs::read(path(folder).join(name)).expect("a result");
    assert!(
        read("english", "record.json") == read("french", "record.json"),
        "the record has no language"
    );
    assert!(read("english", "report.json") != read("french", "report.json"));

    // Without the footage, in either direction.
    let render = |from: &str, more: &[&str]| {
        let mut command = program();
        Run::of(command.args(["render", text(&path(from))]).args(more)).expect(0)
    };
    render("english", &["--lang", "fr"]);
    render("french", &["--lang", "en"]);
    render("french", &["--out", text(&path("again"))]);
    for name in ["report.json", "report.html"] {
        assert!(read("english-fr", name) == read("french", name), "{name}");
        assert!(read("french-en", name) == read("english", name), "{name}");
        assert!(
            read("again", name) == read("french", name),
            "{name}: the bundle keeps its language"
        );
    }
    // A case file says it, too; the option wins over it.
    std::fs::write(path("case.toml"), "language = \"fr\"\n").expect("written");
    render(
        "english",
        &[
            "--case",
            text(&path("case.toml")),
            "--out",
            text(&path("by-case")),
        ],
    );
    assert!(read("by-case", "report.html") == read("french", "report.html"));
    render(
        "french",
        &[
            "--case",
            text(&path("case.toml")),
            "--lang",
            "en",
            "--out",
            text(&path("by-option")),
        ],
    );
    assert!(read("by-option", "report.html") == read("english", "report.html"));
}

#[test]
fn claims_and_sheets_are_written_in_french_on_request() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let [alerts, events, rules, claims] = [
        "alerts/alerts.csv",
        "alerts/events.csv",
        "alerts/rules.toml",
        "full.toml",
    ]
    .map(sample);
    let out = folder.path().join("claims");
    let mut command = program();
    command.args([
        "claims",
        "test",
        "--claims",
        text(&claims),
        "--alerts",
        text(&alerts),
        "--events",
        text(&events),
    ]);
    Run::of(command.args(["--rules", text(&rules), "--out", text(&out), "--lang", "fr"])).expect(0);
    let page = std::fs::read_to_string(out.join("claims.html")).expect("a page");
    assert!(page.contains("<html lang=\"fr\">") && page.contains("Non concluant"));

    let out = folder.path().join("sheet");
    let mut command = program();
    command.args([
        "sample",
        "draw",
        "--alerts",
        text(&alerts),
        "--rules",
        text(&rules),
        "--event",
        "une personne",
    ]);
    command.args([
        "--with-alert",
        "2",
        "--without-alert",
        "2",
        "--seed",
        "1",
        "--lang",
        "fr",
    ]);
    Run::of(command.args(["--out", text(&out)])).expect(0);
    let page = std::fs::read_to_string(out.join("sheet.html")).expect("a sheet");
    assert!(
        page.contains("<html lang=\"fr\">") && page.contains("Feuille d’annotation"),
        "{page}"
    );
    // What is saved is the same in every language.
    assert!(page.contains("value=\"event\"") && page.contains("value=\"unclear\""));
}
