//! The supply of files. In: a name in a registry of models, samples or tools. Out: a file whose digest is right.
//! Deliberately not here: network code. Files are fetched by the user's own clients (curl, pip, apt-get, npm) as child
//! processes, and what the files contain is none of this module's business.
//!
//! | file | question |
//! |---|---|
//! | `registry` | what does a registry say? |
//! | `checksum` | has a file the digest that is stated? |
//! | `written_model` | how does a model stand in a registry? |
//! | `entry` | what is known of one file? |
//! | `store` | is the file here, and is it good? |
//! | `parcel` | what is fetched at once? |
//! | `client` | how is a source fetched? |
//! | `member` | how is one file taken out of a stranger's archive? |
//! | `unpacked` | which files of a stored archive are used as files of their own? |
//! | `own_models` | which models did the user add? |
//! | `weights_file` | where are the weights of a model that is two files? |

mod card;
mod checked;
mod checksum;
mod client;
mod content;
mod entry;
mod error;
mod ffmpeg;
mod locations;
mod member;
mod own_models;
mod parcel;
mod progress;
mod registry;
mod store;
mod unpacked;
mod weights_file;
mod workplace;
mod written_model;

pub use card::card;
pub use checked::{Digest, FileName, LongDigest, MemberPath, Name, PackageName, PageUrl, Version};
pub use checksum::Checksum;
pub use client::Patience;
pub use entry::{
    DataBasis, DebianSource, Entry, ModelEntry, NpmSource, PageSource, PypiSource, SampleEntry, Source,
    ToolEntry, UnpackedMember, WheelFor,
};
pub use error::SupplyError;
pub use ffmpeg::{ffmpeg_to_pull, find_or_pull_ffmpeg};
pub use locations::StoreOptions;
pub use own_models::{Declared, Identified, OwnModels, describe_own, weights_of};
pub use parcel::Outlook;
pub use progress::{Progress, Unwatched};
pub use registry::{ModelRegistry, SampleRegistry, ToolRegistry};
pub use store::{Store, Stored};
