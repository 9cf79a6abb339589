//! The fake engine of the tests: known tensors out, whatever comes in. It marks the record as such.
