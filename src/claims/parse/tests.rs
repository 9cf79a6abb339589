//! Claims as they are written: what is read of them, and where a fault is shown.

use super::*;

fn one(lines: &str) -> Result<Claim, Reason> {
    let text = format!("[[claim]]\nid = \"a\"\nvendor = \"V\"\nsays = \"S\"\n{lines}\n");
    parse(&text).map(|mut claims| claims.remove(0))
}

#[test]
fn units_become_one_scale() {
    let claim = one("quantity = \"recall\"\nvalue = 95\nunit = \"percent\"").unwrap();
    assert_eq!((claim.value, claim.scale), (Some(0.95), Some(Scale::Share)));
    let claim = one("quantity = \"false-alarm-rate\"\nvalue = 1\nunit = \"per-camera-day\"").unwrap();
    assert_eq!(claim.value, Some(1.0 / 24.0));
    let claim = one("quantity = \"delay-to-alert\"\nvalue = 2\nunit = \"minutes\"").unwrap();
    assert_eq!(claim.value, Some(120.0));
}

#[test]
fn a_share_of_170_percent_is_shown_with_its_line_and_column() {
    let error = one("quantity = \"recall\"\nvalue = 170\nunit = \"percent\"").unwrap_err();
    assert!(
        error.0.starts_with("TOML parse error at line 6, column 9\n"),
        "{error}"
    );
    assert!(error.0.contains("6 | value = 170\n  |         ^^^\n"), "{error}");
}

#[test]
fn a_word_that_is_not_known_is_shown_with_its_line_and_column() {
    let error = one("quantity = \"goodness\"").unwrap_err();
    assert!(
        error.0.contains("line 5, column 12") && error.0.contains("recall"),
        "{error}"
    );
    let error = one("qantity = \"recall\"").unwrap_err();
    assert!(error.0.contains("line 5, column 1"), "{error}");
}

#[test]
fn faults_of_sense_are_found() {
    for (lines, says) in [
        (
            "quantity = \"recall\"\nvalue = 3\nunit = \"seconds\"",
            "share or percent",
        ),
        (
            "quantity = \"recall\"\nvalue = nan\nunit = \"share\"",
            "must be a number",
        ),
        ("share = 1.0", "above 0 and below 1"),
        ("figure = \"presence.people_per_frame\"", "goes with"),
        ("source = { document = \"d\", sha256 = \"12\" }", "64 digits"),
        ("margin = 0.0\nunit = \"share\"", "above 0"),
        (
            "published = { hits = 3, of = 2, source = { document = \"d\" } }",
            "no more hits",
        ),
    ] {
        let error = one(lines).unwrap_err();
        assert!(
            error.0.contains(says) && error.0.contains("line "),
            "{lines}: {error}"
        );
    }
    assert!(parse("").unwrap_err().0.contains("no claim"));
    let twice = "[defaults]\nvendor = \"V\"\n[[claim]]\nid = \"a\"\nsays = \"S\"\n[[claim]]\nid = \"a\"\nsays = \"T\"";
    let error = parse(twice).unwrap_err();
    assert!(
        error.0.contains("line 7") && error.0.contains("two claims"),
        "{error}"
    );
}

#[test]
fn a_figure_that_nothing_has_is_shown_with_its_claim_and_the_nearest_that_there_are() {
    let figure = |name: &str| one(&format!("quantity = \"figure\"\nfigure = \"{name}\""));
    for known in [
        "presence.people_per_frame",
        "dwell.longer_than.30",
        "intrusion.zone_entry_rate.door",
        "recall",
        "",
    ] {
        assert!(figure(known).is_ok(), "{known}");
    }
    let error = figure("presence.people_per_frames").unwrap_err();
    for says in [
        "line 6, column 10",
        "claim `a`",
        "`presence.people_per_frames`",
        "nearest are `presence.people_per_frame`,",
    ] {
        assert!(error.0.contains(says), "{says}: {error}");
    }
    assert!(figure("nonsense").is_err());
    let beginning = figure("dwell.longer_than").unwrap_err();
    assert!(beginning.0.contains("without what follows it"), "{beginning}");
}

#[test]
fn a_fault_at_the_end_of_a_line_with_accents_is_shown() {
    let error = one("event = \"colis abandonné\"\nshare = 7").unwrap_err();
    assert!(error.0.contains("line 6, column 9"), "{error}");
}

#[test]
fn every_sample_can_be_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples/claims");
    let mut read_files = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|found| found == "toml") {
            let claims = read(&path).unwrap_or_else(|error| panic!("{error}"));
            assert!(!claims.is_empty(), "{}", path.display());
            read_files += 1;
        }
    }
    assert!(read_files >= 3, "only {read_files} files of claims");
}

#[test]
fn every_unit_is_so_many_of_its_scale() {
    for (quantity, unit, value, scale, expected) in [
        ("recall", "share", 0.35, Scale::Share, 0.35),
        // 35 * 0.01 would be 0.35000000000000003.
        ("recall", "percent", 35.0, Scale::Share, 0.35),
        (
            "false-alarm-rate",
            "per-camera-hour",
            3.0,
            Scale::PerCameraHour,
            3.0,
        ),
        (
            "false-alarm-rate",
            "per-camera-day",
            12.0,
            Scale::PerCameraHour,
            0.5,
        ),
        (
            "false-alarm-rate",
            "per-camera-week",
            42.0,
            Scale::PerCameraHour,
            0.25,
        ),
        ("delay-to-alert", "seconds", 3.0, Scale::Seconds, 3.0),
        ("delay-to-alert", "minutes", 3.0, Scale::Seconds, 180.0),
        ("figure", "as-recorded", 3.0, Scale::AsRecorded, 3.0),
    ] {
        let claim = one(&format!(
            "quantity = \"{quantity}\"\nvalue = {value:?}\nmargin = {value:?}\nunit = \"{unit}\""
        ))
        .unwrap();
        let found = (claim.value, claim.margin, claim.scale);
        assert_eq!(found, (Some(expected), Some(expected), Some(scale)), "{unit}");
    }
    // Without a unit, a number is as it is written; and without a quantity, in whatever unit.
    assert_eq!(one("value = 170").unwrap().value, Some(170.0));
    assert_eq!(one("value = 2\nunit = \"minutes\"").unwrap().value, Some(120.0));
}

/// Every quantity with a unit of each scale: which of share, rate, seconds and as-recorded it takes.
#[test]
fn a_quantity_is_counted_in_units_of_its_own_scale() {
    let units = ["share", "per-camera-week", "minutes", "as-recorded"];
    for quantity in ClaimedQuantity::ALL {
        let taken =
            units.map(|unit| one(&format!("quantity = \"{}\"\nunit = \"{unit}\"", quantity.name())).is_ok());
        let expected = match quantity {
            ClaimedQuantity::Recall
            | ClaimedQuantity::MissShare
            | ClaimedQuantity::Precision
            | ClaimedQuantity::FalseAlertShare
            | ClaimedQuantity::Accuracy => [true, false, false, false],
            ClaimedQuantity::FalseAlarmRate => [false, true, false, false],
            ClaimedQuantity::DelayToAlert | ClaimedQuantity::MeanDelay => [false, false, true, false],
            ClaimedQuantity::Figure => [false, false, false, true],
            // A promise has no value.
            _ => [true; 4],
        };
        assert_eq!(taken, expected, "{quantity:?}");
    }
}

#[test]
fn values_are_taken_to_their_very_ends_and_not_beyond() {
    let share = "quantity = \"recall\"\nunit = \"share\"\nvalue";
    let rate = "quantity = \"false-alarm-rate\"\nunit = \"per-camera-hour\"\nvalue";
    let delay = "quantity = \"delay-to-alert\"\nunit = \"seconds\"\nvalue";
    let published = |what: &str| format!("published = {{ {what}, source = {{ document = \"d\" }} }}");
    for (lines, is_taken) in [
        (format!("{share} = 0.0"), true),
        (format!("{share} = -0.001"), false),
        (format!("{share} = 1.0"), true),
        (format!("{share} = 1.001"), false),
        (format!("{share} = inf"), false),
        (format!("{rate} = 0.0"), true),
        (format!("{rate} = -0.001"), false),
        (format!("{delay} = 0"), true),
        (format!("{delay} = -0.001"), false),
        ("share = 0.0".to_owned(), false),
        ("share = 0.001".to_owned(), true),
        ("share = 0.999".to_owned(), true),
        ("share = 1.0".to_owned(), false),
        ("share = nan".to_owned(), false),
        (published("share = 0.0"), true),
        (published("share = 1.0"), true),
        (published("share = 1.001"), false),
        (published("hits = 2, of = 2"), true),
        (published("hits = 3, of = 2"), false),
        (published("hits = 0, of = 1"), true),
        (published("hits = 0, of = 0"), false),
        (published("hits = 1"), false),
        (published("hits = 1, of = 2, share = 0.5"), false),
    ] {
        assert_eq!(one(&lines).is_ok(), is_taken, "{lines}");
    }
    assert_eq!(one("share = 0.75").unwrap().share, Some(0.75));
    assert_eq!(one("").unwrap().share, None);
    for (what, share, of) in [
        ("hits = 38, of = 100", 0.38, Some(100)),
        ("share = 0.38, of = 1", 0.38, Some(1)),
        ("share = 0.38", 0.38, None),
        // Of none is not said of how many.
        ("share = 0.38, of = 0", 0.38, None),
    ] {
        let found = one(&published(what)).unwrap().published.unwrap();
        assert_eq!((found.share, found.of), (share, of), "{what}");
    }
}

#[test]
fn an_id_is_made_of_letters_digits_and_three_marks() {
    let of = |id: &str| {
        let text = format!("[[claim]]\nid = \"{id}\"\nvendor = \"V\"\nsays = \"S\"\n");
        parse(&text)
            .map(|claims| claims[0].id.clone())
            .map_err(|Reason(reason)| reason)
    };
    assert_eq!(of(" aZ9-_. ").unwrap(), "aZ9-_.");
    for id in ["", " ", "a b", "a/b", "é"] {
        let error = of(id).unwrap_err();
        assert!(
            error.contains("line 2") && error.contains("an id is made of"),
            "{error}"
        );
    }
}

#[test]
fn a_fault_is_marked_on_the_first_line_of_a_file_and_no_further_than_its_line_goes() {
    let error = parse("claim = [{ id = \"a b\", says = \"S\", vendor = \"V\" }]").unwrap_err();
    assert_eq!(
        error.0,
        "TOML parse error at line 1, column 17\n  |\n1 | claim = [{ id = \"a b\", says = \"S\", vendor = \"V\" }]\n  \
         |                 ^^^^^\nan id is made of letters, digits, `-`, `_` and `.`\n"
    );
    // A blank sentence over three lines is marked on the first of them.
    let error = parse("[[claim]]\nid = \"a\"\nvendor = \"V\"\nsays = \"\"\"\n  \n\"\"\"\n").unwrap_err();
    assert_eq!(
        error.0,
        "TOML parse error at line 4, column 8\n  |\n4 | says = \"\"\"\n  |        ^^^\n\
         quote the sentence that is to be tested, word for word\n"
    );
}
