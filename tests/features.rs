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

/// The features with which users build the program, as far as this test's own build has them too.
fn flavours() -> Vec<&'static str> {
    let mut flavours = vec![""];
    if cfg!(feature = "opencv") {
        flavours.push("opencv");
    }
    flavours
}

/// The features of the build that this test belongs to.
fn own_features() -> String {
    let all = [
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
    let tested = resolved(&[
        "--workspace",
        "--exclude",
        OUTSIDE,
        "--features",
        of_tests,
        "--edges",
        &with_dev,
    ]);
    assert!(shipped.len() >= 200, "only {} packages ship", shipped.len());
    assert!(
        tested.len() > shipped.len(),
        "the tests have packages of their own"
    );
    let problems = differences(&shipped, &tested, edges != "normal");
    assert!(
        problems.is_empty(),
        "features `{features}`, tested with `{of_tests}`: name the feature in [dependencies], or take it from \
         [dev-dependencies]; what the tests need of it may stand in tests/outside\n{}",
        problems.join("\n")
    );
}

#[test]
fn every_dependency_has_the_features_that_it_ships_with() {
    for features in flavours() {
        compare(features, &own_features(), "normal");
    }
}

#[test]
fn what_runs_while_building_has_the_features_that_it_ships_with() {
    // Not with opencv: what its build script runs on, the tests use as packages of their own.
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
