//! The loop over frames, readable on one screen.
