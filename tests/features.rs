//! What ships is what was tested: every dependency of the program, built as users build it, has the features that it has in
//! the tests. A dev-dependency can switch features on that nobody else gets, and then every test passes on a program that
//! nobody has. Cargo says what it would build; nothing is compiled or fetched here.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

type Features = BTreeSet<String>;
/// Name and version, and every set of features in which the package is built: two where programs that run while building
/// (macros, build scripts) need others than the program.
type Resolved = BTreeMap<String, BTreeSet<Features>>;

/// The package that ships. Its feature for users is `opencv`; `stages` is for the benchmarks alone.
const PACKAGE: &str = "vsa-audit";

/// Judges the program from outside, links nothing of it, and is built on its own: its dependencies' features reach nothing.
const OUTSIDE: &str = "vsa-test-outside";

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

/// Every package that is not the same in both, in words. With `more_builds`, the tests may build it with other features as well:
/// what runs while building is a unit of its own.
fn differences(shipped: &Resolved, tested: &Resolved, more_builds: bool) -> Vec<String> {
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
            Some(tests) if ships != tests && !(more_builds && ships.is_subset(tests)) => {
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

/// The two builds of the tests, as in `scripts/test`: those of the program, and those of the crates beneath it with all that a
/// user may switch on.
const TESTS_OF_PROGRAM: [&str; 2] = ["--package", PACKAGE];
const TESTS_BENEATH: [&str; 7] = [
    "--workspace",
    "--exclude",
    OUTSIDE,
    "--exclude",
    PACKAGE,
    "--features",
    "vsa-room/opencv,vsa-room/stages",
];

/// Compares what ships with `features` and what the first of these builds of the tests has, along these edges of the graph. What
/// it lacks must be in the next one.
fn compare(features: &str, tests: &[&[&str]], edges: &str) {
    let shipped = resolved(&["--package", PACKAGE, "--features", features, "--edges", edges]);
    assert!(shipped.len() >= 200, "only {} packages ship", shipped.len());
    let with_dev = format!("{edges},dev");
    let mut tested = Resolved::new();
    for build in tests {
        let packages = resolved(&[build, &["--edges", &with_dev][..]].concat());
        assert!(packages.len() >= 200, "{build:?} has only {}", packages.len());
        for (package, builds) in packages {
            tested.entry(package).or_insert(builds);
        }
    }
    let problems = differences(&shipped, &tested, edges != "normal");
    assert!(
        problems.is_empty(),
        "features `{features}`, tested with {tests:?}: name the feature in [dependencies], or take it from [dev-dependencies]; \
         what the tests need of it may stand in tests/outside. Where the tests lack it, name the crate that brings it in the \
         [dev-dependencies] of vsa-room\n{}",
        problems.join("\n")
    );
}

#[test]
fn every_dependency_has_the_features_that_it_ships_with() {
    compare("", &[&TESTS_OF_PROGRAM], "normal");
    compare("", &[&TESTS_BENEATH, &TESTS_OF_PROGRAM], "normal");
    compare("opencv", &[&TESTS_BENEATH, &TESTS_OF_PROGRAM], "normal");
}

#[test]
fn what_runs_while_building_has_the_features_that_it_ships_with() {
    compare("", &[&TESTS_OF_PROGRAM], "normal,build");
    compare("", &[&TESTS_BENEATH, &TESTS_OF_PROGRAM], "normal,build");
}

#[test]
fn a_feature_that_only_the_tests_have_is_told_by_name() {
    let build = |features: &[&str]| {
        let features: Features = features.iter().map(|name| (*name).to_owned()).collect();
        BTreeSet::from([features])
    };
    let shipped = Resolved::from([
        ("serde_json v1.0.0".to_owned(), build(&["std"])),
        ("winnow v10.0.0".to_owned(), build(&[])),
        ("absent v1.0.0".to_owned(), build(&[])),
    ]);
    let tested = Resolved::from([
        ("serde_json v1.0.0".to_owned(), build(&["std", "float_roundtrip"])),
        ("winnow v10.0.0".to_owned(), build(&["std"])),
    ]);
    assert_eq!(
        differences(&shipped, &tested, false),
        [
            "absent v1.0.0 ships, and no test has it",
            "serde_json v1.0.0 ships with [std], and is tested with [float_roundtrip std]",
            "winnow v10.0.0 ships with [], and is tested with [std]",
        ]
    );
    let both = Features::from(["std".to_owned()]);
    let twice = Resolved::from([("cc v1.0.0".to_owned(), BTreeSet::from([Features::new(), both]))]);
    let once = Resolved::from([("cc v1.0.0".to_owned(), build(&["std"]))]);
    assert_eq!(differences(&once, &twice, false).len(), 1);
    assert!(differences(&once, &twice, true).is_empty());
    assert_eq!(differences(&twice, &once, true).len(), 1);
}
