//! The program as a whole. `audit.rs`, `input_size.rs`, `stills.rs`, `second_detector.rs`: the main job, run as
//! a user runs it; `supply*.rs`: models and samples, `own_models.rs`: those that a user adds;
//! `evaluate.rs`: scores against labels; `report*.rs`, `exhibit.rs`: what people read, in text, in a browser and on paper;
//! `languages.rs` with `french.rs`, `numerals.rs` and `score_pages.rs`: the same in every language; `custody.rs`, `vectors*.rs`,
//! `verifier_in_a_browser.rs`: the seal, held to other programs and to broken bundles. `terminal.rs`: what a terminal is told of
//! names that would steer it; `sandbox.rs`: what the kernel holds the program and its decoders to. `shipped.rs`: which program that is.

mod audit;
mod authority;
mod custody;
mod evaluate;
mod examples;
mod exhibit;
mod french;
mod input_size;
mod languages;
mod numerals;
mod own_models;
mod program;
mod report;
mod report_confinement;
mod report_cost;
mod report_fixture;
mod report_in_a_browser;
#[cfg(target_os = "linux")]
mod sandbox;
mod score_pages;
mod second_detector;
mod shipped;
mod stills;
mod supply;
mod supply_real;
mod terminal;
mod vectors;
mod vectors_made;
mod verifier_in_a_browser;
