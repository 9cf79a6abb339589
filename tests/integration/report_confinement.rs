//! What the operating system held the program to, in a report: below what was not done, in every language, and never in the
//! record.

use super::report_fixture as fixture;
use vsa_base::language::Language;
use vsa_record::disclosure::DisclosurePolicy;
use vsa_record::run::{ConfinementFacts, FilesHeldTo};
use vsa_report::document::{Block, Document};
use vsa_report::{html, pdf};

/// All that there is, enforced or not.
pub(crate) fn held(all: bool) -> ConfinementFacts {
    let files = if all {
        FilesHeldTo::Enforced
    } else {
        FilesHeldTo::NotEnforced
    };
    ConfinementFacts {
        no_core_file: all,
        not_inspectable: all,
        no_new_privileges: all,
        files,
        threads_outside: 0,
        calls_refused: all,
        decoder_files: files,
        decoder_calls_refused: all,
        decoder_limited: all,
    }
}

fn document(language: Language) -> Document {
    let policy = DisclosurePolicy::strict();
    Document::in_language(language, &fixture::record(&policy), &fixture::findings(&policy))
}

/// The one paragraph below what was not done.
fn told(document: &Document) -> &str {
    let section = document
        .sections
        .iter()
        .find(|section| section.id == "not-done")
        .expect("a section");
    let [Block::List { .. }, Block::Paragraph { text }] = &section.blocks[..] else {
        panic!("points and a paragraph: {:?}", section.blocks);
    };
    text
}

/// With what each sentence begins: of what is enforced, in part, not; and of where the program alone stands for it.
fn sentences(language: Language) -> [&'static str; 4] {
    match language {
        Language::English => [
            "From the first byte of footage on, the operating system held the program to this:",
            "In part only, the operating system held the program to this:",
            "The operating system did not hold the program to this:",
            "it is the program alone that kept pictures in its memory",
        ],
        Language::French => [
            "Dès le premier octet des enregistrements, le système d’exploitation a imposé ceci au programme",
            "Le système d’exploitation n’a imposé qu’en partie ceci au programme",
            "Le système d’exploitation n’a pas imposé ceci au programme",
            "c’est le programme seul qui a gardé les images dans sa mémoire",
        ],
    }
}

fn said(language: Language, text: &str) -> [bool; 4] {
    sentences(language).map(|sentence| text.contains(sentence))
}

#[test]
fn what_is_enforced_is_told_apart_from_what_is_not_and_from_what_is_not_known() {
    for language in Language::ALL {
        let of = |facts: &ConfinementFacts| told(&document(language).held_to(facts)).to_owned();
        let unknown = document(language);
        assert_eq!(said(language, told(&unknown)), [false, false, false, true]);
        assert!(told(&unknown).contains("run.json"), "{}", told(&unknown));
        let [whole, nothing] = [true, false].map(|all| of(&held(all)));
        assert_eq!(said(language, &whole), [true, false, false, false], "{whole}");
        assert_eq!(said(language, &nothing), [false, false, true, true], "{nothing}");
        for text in [&whole, &nothing] {
            // Eight limits, and whom none of them binds.
            assert_eq!(text.matches(';').count(), 7, "{text}");
            assert!(
                text.contains("(swap)") || text.contains("espace d’échange"),
                "{text}"
            );
        }
    }
}

#[test]
fn each_limit_that_is_not_enforced_is_named_with_what_follows_and_the_others_stay_where_they_were() {
    type Lift = fn(&mut ConfinementFacts);
    let lifts: [(Lift, &str); 8] = [
        (
            |it| it.no_core_file = false,
            "could have left pictures on the disk",
        ),
        (|it| it.not_inspectable = false, "could have read pictures there"),
        (|it| it.no_new_privileges = false, "could have got more"),
        (
            |it| it.files = FilesHeldTo::NotEnforced,
            "it could have read or written other files",
        ),
        (|it| it.calls_refused = false, "it could have sent something away"),
        (
            |it| it.decoder_files = FilesHeldTo::NotEnforced,
            "had it read other files",
        ),
        (
            |it| it.decoder_calls_refused = false,
            "had it write files or send something away",
        ),
        (|it| it.decoder_limited = false, "could have taken up the machine"),
    ];
    for (lift, follows) in lifts {
        let mut facts = held(true);
        lift(&mut facts);
        let document = document(Language::English).held_to(&facts);
        let text = told(&document);
        assert_eq!(said(Language::English, text), [true, false, true, true], "{text}");
        let (enforced, open) = text
            .split_once(sentences(Language::English)[2])
            .expect("two sentences");
        assert_eq!(enforced.matches(';').count(), 6, "{text}");
        assert!(
            open.contains(follows) && !enforced.contains("could have"),
            "{follows}: {text}"
        );
    }
}

#[test]
fn files_that_bind_some_threads_or_by_some_rules_are_told_as_a_part() {
    for language in Language::ALL {
        let mut threads = held(true);
        threads.threads_outside = 3;
        let mut rules = held(true);
        rules.files = FilesHeldTo::Partly;
        for (facts, counted) in [(threads, true), (rules, false)] {
            let document = document(language).held_to(&facts);
            let text = told(&document);
            assert_eq!(said(language, text), [true, true, false, true], "{text}");
            assert_eq!(text.contains("3."), counted, "{text}");
        }
    }
}

#[test]
fn it_is_on_the_page_and_on_paper_and_changes_nothing_else() {
    let without = document(Language::English);
    let with = without.clone().held_to(&held(true));
    let page = html::render(&with);
    assert!(page.contains(told(&with)) && !page.contains(told(&without)));
    assert_ne!(
        pdf::render(&with, &[]).expect("a PDF"),
        pdf::render(&without, &[]).expect("a PDF")
    );
    let mut back = with.clone();
    for (section, old) in back.sections.iter_mut().zip(&without.sections) {
        if section.id == "not-done" {
            section.blocks.clone_from(&old.blocks);
        }
    }
    assert!(back == without);
}
