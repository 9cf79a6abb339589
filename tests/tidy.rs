//! The architecture, held by an ordinary test: what may import what, what may write, what every file must say first.
//! Reads the source tree as text. Every check says how many files it looked at, so that none can pass on nothing.

use std::fs;
use std::path::{Path, PathBuf};

/// A source file longer than this, tests not counted, needs a reason in [`LONG_FILES`].
const LONGEST: usize = 500;

/// Path and reason.
const LONG_FILES: &[(&str, &str)] = &[];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files_under(folder: &str, extensions: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(next) = folders.pop() {
        let Ok(entries) = fs::read_dir(&next) else {
            continue;
        };
        for entry in entries {
            let path = entry.expect("a readable folder").path();
            if path.is_dir() {
                folders.push(path);
            } else if extensions.is_empty() || has_extension(&path, extensions) {
                let name = relative(&path);
                if let Ok(text) = fs::read_to_string(&path) {
                    found.push((name, text));
                }
            }
        }
    }
    found.sort();
    found
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension()
        .is_some_and(|found| extensions.iter().any(|wanted| found == *wanted))
}

fn relative(path: &Path) -> String {
    let inside: PathBuf = path.strip_prefix(root()).expect("below the root").to_owned();
    inside.to_string_lossy().replace('\\', "/")
}

fn sources() -> Vec<(String, String)> {
    let sources = files_under("src", &["rs"]);
    assert!(sources.len() >= 60, "only {} source files found", sources.len());
    sources
}

/// The part of a file before its tests.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text)
}

/// Whether a file is compiled for tests alone: its parent says `#[cfg(test)]` above its `mod`.
fn is_test_file(name: &str) -> bool {
    let Some((folder, file)) = name.rsplit_once('/') else {
        return false;
    };
    let module = file.trim_end_matches(".rs");
    [
        format!("{folder}/mod.rs"),
        format!("{folder}/lib.rs"),
        format!("{folder}.rs"),
    ]
    .iter()
    .any(|parent| {
        let text = fs::read_to_string(root().join(parent)).unwrap_or_default();
        let lines: Vec<_> = text.lines().collect();
        lines.windows(2).any(|pair| {
            pair[0].trim() == "#[cfg(test)]" && pair[1].trim_end().ends_with(&format!("mod {module};"))
        })
    }) || name.contains("/tests/")
        // A file below a module that is for tests alone is, too.
        || (folder != "src" && is_test_file(&format!("{folder}.rs")))
}

fn complain(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn every_module_says_first_what_it_is() {
    let problems: Vec<_> = sources()
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(name, _)| format!("{name}: the first line has to be `//! …`: what comes in, what goes out"))
        .collect();
    complain(&problems);
}

#[test]
fn no_source_file_is_longer_than_a_reader_can_hold() {
    let mut problems = Vec::new();
    for (name, text) in sources() {
        let lines = without_tests(&text).lines().count();
        let excused = LONG_FILES.iter().any(|(listed, _)| *listed == name);
        if lines > LONGEST && !excused && !is_test_file(&name) {
            problems.push(format!(
                "{name}: {lines} lines without tests; cut it, or list it with a reason"
            ));
        }
    }
    complain(&problems);
}

/// Dependencies of a crate's manifest, without those of its tests.
fn dependencies(manifest: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut counts = false;
    for line in manifest.lines() {
        if let Some(section) = line.strip_prefix('[') {
            counts = section.ends_with("dependencies]")
                && !section.contains("dev-dependencies")
                && !section.contains("workspace");
        } else if counts && !line.starts_with('#') && line.contains('=') {
            let name = line.split(['.', '=', ' ']).next().unwrap_or_default();
            found.push(name.to_owned());
        }
    }
    found
}

/// Manifests of the crates of this house, by folder.
fn manifests() -> Vec<(String, String)> {
    let found: Vec<_> = files_under("src", &["toml"])
        .into_iter()
        .filter(|(name, _)| name.ends_with("/Cargo.toml"))
        .collect();
    assert!(found.len() >= 11, "only {} crates found", found.len());
    found
}

#[test]
fn only_the_program_leans_on_the_room_and_the_room_cannot_serialise() {
    let (mut problems, mut read) = (Vec::new(), 0);
    for (name, manifest) in manifests() {
        let leans_on = dependencies(&manifest);
        read += leans_on.len();
        if leans_on.iter().any(|on| on == "vsa-room") {
            problems.push(format!("{name}: only the program may depend on the room"));
        }
        if name == "src/room/Cargo.toml" {
            let ways_out = [
                "serde",
                "serde_json",
                "schemars",
                "toml",
                "csv",
                "roxmltree",
                "zip",
                "base64",
                "bincode",
                "postcard",
                "vsa-custody",
                "vsa-report",
                "vsa-claims",
                "vsa-supply",
            ];
            for way in ways_out.iter().filter(|way| leans_on.iter().any(|on| on == *way)) {
                problems.push(format!("{name}: {way} is a way out of the room"));
            }
        }
    }
    assert!(read >= 80, "only {read} dependencies were read");
    let root = fs::read_to_string(root().join("Cargo.toml")).expect("the root's manifest");
    assert!(dependencies(&root).iter().any(|on| on == "vsa-room"));
    complain(&problems);
}

#[test]
fn nothing_but_the_verbs_and_the_command_line_names_the_room() {
    let mut looked_at = 0;
    let mut problems = Vec::new();
    for (name, text) in sources() {
        let outside = ["src/cli/", "src/verbs/", "src/lib.rs"];
        if outside.iter().any(|place| name.starts_with(place)) {
            continue;
        }
        looked_at += 1;
        for (number, line) in text.lines().enumerate() {
            if line.contains("vsa_room") && !line.trim_start().starts_with("//") {
                problems.push(format!("{name}:{}: reaches into the room", number + 1));
            }
        }
    }
    assert!(looked_at >= 200, "only {looked_at} files looked at");
    complain(&problems);
}

/// Everything that may be written. A type that is added here leaves the room, or is drawn from what left it: a reviewer asks
/// what of a person it could tell.
const PASSPORTS: &[&str] = &[
    "src/claims/examined.rs: ClaimsReport",
    "src/claims/sampling/draw.rs: Draw",
    "src/claims/sampling/estimate.rs: SampleEstimate",
    "src/custody/case.rs: Case",
    "src/custody/envelope.rs: Envelope",
    "src/custody/envelope.rs: Statement",
    "src/custody/log.rs: LogEntry",
    "src/custody/manifest.rs: Manifest",
    "src/custody/proof.rs: Proof",
    "src/custody/verification.rs: Verification",
    "src/record/bench.rs: BenchFacts",
    "src/record/comparison.rs: Comparison",
    "src/record/groups.rs: GroupScores",
    "src/record/lib.rs: Record",
    "src/record/redaction.rs: RedactionReport",
    "src/record/run.rs: RunFacts",
    "src/record/scores.rs: Scores",
    "src/record/stills.rs: StillsFacts",
    "src/report/document.rs: Document",
];

#[test]
fn what_may_be_written_is_on_a_list() {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    for (name, text) in sources() {
        for (number, line) in without_tests(&text).lines().enumerate() {
            if let Some(types) = line
                .strip_prefix("vsa_record::passport!(")
                .or_else(|| line.strip_prefix("crate::passport!("))
            {
                let types = types.trim_end_matches(");").split(", ");
                found.extend(types.map(|one| format!("{name}: {one}")));
            } else if (line.contains("Sealed for ")
                || line.contains("Disclosable for ")
                || line.contains("passport!"))
                && name != "src/record/disclosure.rs"
            {
                problems.push(format!(
                    "{name}:{}: give the passport by one line, `passport!(Type);`",
                    number + 1
                ));
            }
        }
    }
    found.sort();
    assert_eq!(found, PASSPORTS);
    complain(&problems);
}

/// Redacted pixels are the one kind of pixel that may leave, so that what makes them has to be one place, and what writes
/// pixels has to take them.
#[test]
fn random_numbers_come_from_one_generator_and_what_is_published_from_its_register() {
    let mut problems = Vec::new();
    let mut registered = 0;
    for (name, text) in sources() {
        // The generator's step: whoever has it, has a generator of their own.
        let step = text.to_lowercase().replace('_', "").contains("9e3779b97f4a7c15");
        if step && name != "src/statistics/generator.rs" {
            problems.push(format!(
                "{name}: a second SplitMix64; use vsa_statistics::generator"
            ));
        }
        let tests = is_test_file(&name) || name.starts_with("src/statistics/");
        if !tests && without_tests(&text).contains("::simulated(") {
            problems.push(format!("{name}: streams are taken from vsa_statistics::streams"));
        }
        registered += usize::from(!tests && text.contains("use vsa_statistics::streams::"));
    }
    assert!(registered >= 10, "only {registered} files draw from the register");
    complain(&problems);
}

#[test]
fn redacted_pixels_are_made_in_one_place_and_nothing_else_is_drawn_or_filmed() {
    let makers = [
        "RedactedFrame::painted(",
        "RedactedFrame::black(",
        "RedactedStill::masked(",
    ];
    let mut made = Vec::new();
    let mut problems = Vec::new();
    for (name, text) in sources() {
        if is_test_file(&name) {
            continue;
        }
        for (number, line) in without_tests(&text).lines().enumerate() {
            if makers.iter().any(|maker| line.contains(maker)) {
                made.push(name.clone());
            }
            let encodes = [".write_to(", "write_with_encoder(", "\"libx264\""];
            let may = [
                "src/room/preview/mod.rs",
                "src/room/redact/redacted.rs",
                "src/room/redact/film.rs",
            ];
            if encodes.iter().any(|word| line.contains(word)) && !may.contains(&name.as_str()) {
                problems.push(format!(
                    "{name}:{}: makes a picture outside of the doors",
                    number + 1
                ));
            }
        }
    }
    complain(&problems);
    made.sort();
    made.dedup();
    assert_eq!(
        made,
        [
            "src/report/stills.rs",
            "src/room/redact/mod.rs",
            "src/room/redact/redacted.rs",
            "src/room/redact/render.rs"
        ]
    );
}

/// Types that carry pixels or persons. None may derive a way out.
const PERSON_BEARING: &[&str] = &[
    "Frame",
    "FrameBuffer",
    "Detection",
    "Landmarks",
    "InputBox",
    "Track",
    "TrackPoint",
    "Seen",
    "EndedTrack",
    "Embedding",
    "Description",
    "Descriptions",
    "DescribedTrack",
    "RedactedFrame",
    "Sighting",
    "MaskPlan",
];

/// Of these, the one that may leave (its pixels show nobody who was found); it derives no way out either.
const MAY_LEAVE: &[&str] = &["RedactedFrame"];

#[test]
fn types_that_carry_pixels_or_persons_derive_no_way_out() {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    for (name, text) in sources() {
        let lines: Vec<_> = text.lines().collect();
        for (number, line) in lines.iter().enumerate() {
            let Some(rest) = line.split("struct ").nth(1) else {
                continue;
            };
            let word: String = rest
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            if !PERSON_BEARING.contains(&word.as_str()) || line.trim_start().starts_with("//") {
                continue;
            }
            found.push(word.clone());
            let kept_in = line.contains("pub(crate)") || line.contains("pub(super)");
            if !kept_in && !line.trim_start().starts_with("struct") && !MAY_LEAVE.contains(&word.as_str()) {
                problems.push(format!(
                    "{name}:{}: {word} can be seen outside the room",
                    number + 1
                ));
            }
            let attributes = lines[..number]
                .iter()
                .rev()
                .take_while(|l| l.trim_start().starts_with(['#', '/']));
            for attribute in attributes.filter(|l| l.trim_start().starts_with("#[derive")) {
                for way_out in ["Clone", "Debug", "Serialize", "JsonSchema", "Deserialize"] {
                    if attribute.contains(way_out) {
                        problems.push(format!("{name}:{}: {word} derives {way_out}", number + 1));
                    }
                }
            }
        }
    }
    found.sort();
    found.dedup();
    let mut wanted: Vec<_> = PERSON_BEARING.iter().map(|word| (*word).to_owned()).collect();
    wanted.sort();
    assert_eq!(found, wanted, "a type was renamed: rename it here too");
    complain(&problems);
}

#[test]
fn only_a_few_places_write_files() {
    // base: output folders. supply: the store of models and samples. redact: the film, under a temporary name until it is whole.
    let allowed = ["src/base/folder.rs", "src/supply/", "src/room/redact/film.rs"];
    let writers = [
        "fs::write(",
        "File::create(",
        "File::create_new(",
        "OpenOptions::new(",
        "fs::copy(",
        "tempfile::",
        "fs::rename(",
    ];
    let mut problems = Vec::new();
    for (name, text) in sources() {
        if allowed.iter().any(|place| name.starts_with(place)) || is_test_file(&name) {
            continue;
        }
        for (number, line) in without_tests(&text).lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if let Some(writer) = writers.iter().find(|writer| code.contains(**writer)) {
                problems.push(format!(
                    "{name}:{}: {writer}…: only base and supply write files",
                    number + 1
                ));
            }
        }
    }
    complain(&problems);
}

#[test]
fn nothing_opens_a_connection() {
    let mut problems = Vec::new();
    for (name, text) in sources() {
        for (number, line) in text.lines().enumerate() {
            if line.contains("std::net") || line.contains("TcpStream") || line.contains("UdpSocket") {
                problems.push(format!("{name}:{}: network code", number + 1));
            }
        }
    }
    complain(&problems);
}

#[test]
fn unsafe_code_is_declared_in_the_first_line_and_lints_are_expected_not_allowed() {
    let mut problems = Vec::new();
    for (name, text) in sources() {
        let first = text.lines().next().unwrap_or_default();
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if (code.contains("unsafe {") || code.contains("unsafe fn")) && !first.contains("unsafe") {
                problems.push(format!(
                    "{name}:{}: unsafe code, and the first line does not say why",
                    number + 1
                ));
            }
            if code.contains("#[allow(") || code.contains("#![allow(") {
                problems.push(format!("{name}:{}: use #[expect(…, reason = …)]", number + 1));
            }
        }
    }
    complain(&problems);
}

/// Words that must not be in the repository: hosts of package registries (packages are fetched by name, with the
/// user's own clients), and folders of one developer's machine. Written in pieces, so that this file passes.
fn forbidden_words() -> Vec<String> {
    [
        ["pypi", ".org"],
        ["pythonhosted", ".org"],
        ["crates", ".io"],
        ["registry.npmjs", ".org"],
        ["npmjs", ".com"],
        ["deb.debian", ".org"],
        ["security.debian", ".org"],
        ["/work", "/"],
        ["/root", "/."],
    ]
    .iter()
    .map(|pieces| pieces.concat())
    .collect()
}

#[test]
fn no_registry_host_and_no_machine_path_is_written_down() {
    let mut files = Vec::new();
    for folder in [
        "src", "tests", "benches", "examples", "models", "samples", "scripts", ".ci",
    ] {
        files.extend(files_under(folder, &[]));
    }
    for entry in fs::read_dir(root()).expect("the root can be listed") {
        let path = entry.expect("a readable folder").path();
        // Cargo.lock names the registry's index; cargo writes it, and it is the one exception.
        if path.is_file()
            && path.file_name().is_some_and(|name| name != "Cargo.lock")
            && let Ok(text) = fs::read_to_string(&path)
        {
            files.push((relative(&path), text));
        }
    }
    assert!(files.len() >= 90, "only {} files looked at", files.len());
    let words = forbidden_words();
    let mut problems = Vec::new();
    for (name, text) in files {
        for (number, line) in text.lines().enumerate() {
            if let Some(word) = words.iter().find(|word| line.contains(word.as_str())) {
                problems.push(format!("{name}:{}: `{word}`", number + 1));
            }
        }
    }
    complain(&problems);
}

#[test]
fn models_and_samples_hold_no_weights_and_no_footage_of_others() {
    let mut looked_at = 0;
    let mut problems = Vec::new();
    let mut folders = vec![root().join("models"), root().join("samples")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("models and samples exist") {
            let path = entry.expect("a readable folder").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            looked_at += 1;
            let foreign = [
                "onnx", "pb", "pt", "bin", "tflite", "avi", "mp4", "mkv", "mov", "webm",
            ];
            if has_extension(&path, &foreign) {
                problems.push(format!(
                    "{}: weights and footage are fetched, never committed",
                    relative(&path)
                ));
            }
        }
    }
    assert!(looked_at >= 10, "only {looked_at} files looked at");
    complain(&problems);
}
