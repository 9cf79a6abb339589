//! The program as a whole. `audit.rs`: the main job, run as a user runs it; `supply*.rs`: models and samples; `report*.rs`:
//! `evaluate.rs`: scores against labels; what people read, in text and in a browser.

mod audit;
mod evaluate;
mod program;
mod report;
mod report_fixture;
mod report_in_a_browser;
mod supply;
mod supply_real;
