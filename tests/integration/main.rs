//! The program as a whole, run as a user runs it. `audit.rs`: the main job; `supply*.rs`: models and samples.

mod audit;
mod program;
