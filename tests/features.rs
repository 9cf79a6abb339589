//! What ships is what was tested: every dependency of the program, built as users build it, has the features that it has in
//! the tests. A dev-dependency can switch features on that nobody else gets, and then every test passes on a program that
//! nobody has. Cargo says what it would build; nothing is compiled or fetched here.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

type Features = BTreeSet<String>;
/// Name and version, and every set of features in which the package is built: two where programs that run while building
/// (macros, build scripts) need others than the program.
type Resolved = BTreeMap<String, BTreeSet<Features>>;

/// The package that ships, and its features that are for users. `stages` is for the benchmarks alone.
const PACKAGE: &str = "vsa-audit";

/// Dependencies that the tests build with more features than ship: package, what is more, and why it touches no byte.
const EXCEPTIONS: &[(&str, &[&str], &str)] = &[
    (
        "hashbrown v0.17",
        &[
            "allocator-api2",
            "default",
            "default-hasher",
            "equivalent",
            "inline-more",
            "raw-entry",
        ],
        "more ways to call it; indexmap, which alone brings it, hashes by itself and keeps the order of insertion",
    ),
    (
        "num-rational v0.4",
        &["num-bigint-std"],
        "hands `std` on to num-bigint, which has it in either build",
    ),
    (
        "serde_spanned v1",
        &["default"],
        "the name for `std` and `serde`, which both builds have",
    ),
    (
        "toml_datetime v1",
        &["default"],
        "the name for `std`, which both builds have",
    ),
    (
        "toml_parser v1",
        &["default"],
        "the name for `std`, which both builds have",
    ),
    (
        "toml_writer v1",
        &["default"],
        "the name for `std`, which both builds have",
    ),
    (
        "winnow v1",
        &["alloc", "ascii", "binary", "default", "parser", "std"],
        "parsers that toml, which alone brings it, does not call: it takes the streams and the errors",
    ),
];

/// What cargo would build for these arguments, third parties alone.
fn resolved(arguments: &[&str]) -> Resolved {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["tree", "--offline", "--locked", "--color=never", "--no-dedupe"])
        .args(["--prefix=none", "--format={p}|{f}"])
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo can be started");
    assert!(
        output.status.success(),
        "cargo tree {arguments:?}: `cargo fetch --locked` brings what is missing\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut found = Resolved::new();
    // A blank line stands between the trees of two packages.
    let printed = String::from_utf8_lossy(&output.stdout);
    for line in printed.lines().filter(|line| !line.is_empty()) {
        // `name v1.2.3 (proc-macro)|one,two`; packages of this repository say their folder: `(/…)`.
        let (package, features) = line.split_once('|').expect("the format that was asked for");
        if package.contains("(/") {
            continue;
        }
        let package = package.split(' ').take(2).collect::<Vec<_>>().join(" ");
        let features = features.split(',').filter(|name| !name.is_empty());
        found
            .entry(package)
            .or_default()
            .insert(features.map(str::to_owned).collect());
    }
    found
}

fn exception(package: &str) -> Option<&'static (&'static str, &'static [&'static str], &'static str)> {
    EXCEPTIONS.iter().find(|(name, _, _)| {
        package == *name
            || package
                .strip_prefix(name)
                .is_some_and(|rest| rest.starts_with('.'))
    })
}

/// The same without what an exception allows to be more.
fn but_for_exceptions(package: &str, builds: &BTreeSet<Features>) -> BTreeSet<Features> {
    let more = exception(package).map_or(&[][..], |(_, more, _)| *more);
    let kept = |features: &Features| {
        let kept = features.iter().filter(|name| !more.contains(&name.as_str()));
        kept.cloned().collect()
    };
    builds.iter().map(kept).collect()
}

/// Every package that is not the same in both, in words.
fn differences(shipped: &Resolved, tested: &Resolved) -> Vec<String> {
    let text = |builds: &BTreeSet<Features>| {
        let builds = builds.iter().map(|features| {
            let names: Vec<_> = features.iter().map(String::as_str).collect();
            format!("[{}]", names.join(" "))
        });
        builds.collect::<Vec<_>>().join(" and ")
    };
    let mut found = Vec::new();
    for (package, ships) in shipped {
        match tested.get(package) {
            None => found.push(format!("{package} ships, and no test has it")),
            Some(tests) if ships != &but_for_exceptions(package, tests) => {
                found.push(format!(
                    "{package} ships with {}, and is tested with {}",
                    text(ships),
                    text(tests)
                ));
            }
            Some(_) => {}
        }
    }
    found
}

/// The features with which users build the program, as far as this test's own build has them too.
fn flavours() -> Vec<&'static str> {
    let mut flavours = vec![""];
    if cfg!(all(feature = "onnxruntime", feature = "openvino")) {
        flavours.push("onnxruntime,openvino");
    }
    if cfg!(feature = "opencv") {
        flavours.push("opencv");
    }
    flavours
}

/// The features of the build that this test belongs to.
fn own_features() -> String {
    let all = [
        ("onnxruntime", cfg!(feature = "onnxruntime")),
        ("openvino", cfg!(feature = "openvino")),
        ("opencv", cfg!(feature = "opencv")),
        ("stages", cfg!(feature = "stages")),
    ];
    let on: Vec<_> = all.iter().filter(|(_, on)| *on).map(|(name, _)| *name).collect();
    on.join(",")
}

/// Compares what ships with `features` and what is tested with `of_tests`, along these edges of the graph.
fn compare(features: &str, of_tests: &str, edges: &str) {
    let shipped = resolved(&["--package", PACKAGE, "--features", features, "--edges", edges]);
    let with_dev = format!("{edges},dev");
    let tested = resolved(&["--workspace", "--features", of_tests, "--edges", &with_dev]);
    assert!(shipped.len() >= 200, "only {} packages ship", shipped.len());
    assert!(
        tested.len() > shipped.len(),
        "the tests have packages of their own"
    );
    let problems = differences(&shipped, &tested);
    assert!(
        problems.is_empty(),
        "features `{features}`, tested with `{of_tests}`: name the feature in [dependencies], or take it from \
         [dev-dependencies]; only if it can touch no byte that is written, list it with the reason in tests/features.rs\n{}",
        problems.join("\n")
    );
    for (package, more, _) in EXCEPTIONS {
        let builds: Vec<_> = tested
            .iter()
            .filter(|(name, _)| exception(name).is_some_and(|(found, _, _)| found == package))
            .flat_map(|(_, builds)| builds)
            .collect();
        let unused: Vec<_> = more
            .iter()
            .filter(|feature| !builds.iter().any(|build| build.contains(**feature)))
            .collect();
        assert!(unused.is_empty(), "{package}: no longer an exception: {unused:?}");
    }
}

#[test]
fn every_dependency_has_the_features_that_it_ships_with() {
    for features in flavours() {
        compare(features, &own_features(), "normal");
    }
}

#[test]
fn what_runs_while_building_has_the_features_that_it_ships_with() {
    // Not with the other engines and opencv: what their build scripts run on, the tests use as packages of their own.
    compare("", "", "normal,build");
}

#[test]
fn a_feature_that_only_the_tests_have_is_told_by_name() {
    let build = |features: &[&str]| {
        let features: Features = features.iter().map(|name| (*name).to_owned()).collect();
        BTreeSet::from([features])
    };
    let shipped = Resolved::from([
        ("serde_json v1.0.0".to_owned(), build(&["std"])),
        ("winnow v1.0.5".to_owned(), build(&[])),
        ("winnow v10.0.0".to_owned(), build(&[])),
        ("absent v1.0.0".to_owned(), build(&[])),
    ]);
    let tested = Resolved::from([
        ("serde_json v1.0.0".to_owned(), build(&["std", "float_roundtrip"])),
        ("winnow v1.0.5".to_owned(), build(&["std"])),
        ("winnow v10.0.0".to_owned(), build(&["std"])),
    ]);
    assert_eq!(
        differences(&shipped, &tested),
        [
            "absent v1.0.0 ships, and no test has it",
            "serde_json v1.0.0 ships with [std], and is tested with [float_roundtrip std]",
            "winnow v10.0.0 ships with [], and is tested with [std]",
        ]
    );
}
