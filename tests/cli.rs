//! The command line as data: each file in `tests/cli/` holds arguments, exit status, stdout and stderr.

#[path = "integration/shipped.rs"]
mod shipped;

#[test]
fn the_program_answers_as_the_files_say() {
    let cases = std::fs::read_dir("tests/cli")
        .expect("the cases can be listed")
        .filter(|entry| {
            entry
                .as_ref()
                .is_ok_and(|e| e.path().extension().is_some_and(|x| x == "toml"))
        })
        .count();
    assert!(cases >= 8, "only {cases} cases found");
    trycmd::TestCases::new()
        .register_bin("vsa-audit", shipped::program())
        .case("tests/cli/*.toml")
        .env("VSA_AUDIT_OFFLINE", "1");
}
