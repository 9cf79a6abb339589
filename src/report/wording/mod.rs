//! Every sentence of the report. A typed statement in, words out; numbers come as text from `formats`.
//! Another language is another folder beside [`en`] with the same functions; nothing outside joins words together.

pub mod en;
