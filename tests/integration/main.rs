//! Tests across modules, one file per promise.

mod report;
mod report_fixture;
mod report_in_a_browser;
