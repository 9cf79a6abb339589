//! Tests of the whole, from outside.

mod supply;
mod supply_real;
