//! How the examination was made, step by step, and which published practice each step follows.

use super::detectors::counting;
use super::parts;
use super::tables::{points, table_block};
use crate::document::Section;
use crate::wording::say;
use vsa_base::language::Language;
use vsa_record::{Caveat, Record};

pub(super) fn section(language: Language, record: &Record) -> Section {
    let mut decoders: Vec<&str> = record.items.iter().map(|item| item.decoder.as_str()).collect();
    decoders.sort_unstable();
    decoders.dedup();
    let looked_at = record.items.iter().map(|item| item.frames.looked_at).sum();
    let decoded = record.items.iter().map(|item| item.frames.decoded).sum();
    let models: Vec<&str> = counting(record).map(|model| model.name.as_str()).collect();
    let or_none = |names: Vec<&str>| {
        if names.is_empty() {
            say!(language, NONE).to_owned()
        } else {
            names.join(", ")
        }
    };
    let decoding = say!(language, step_decoding(&or_none(decoders), looked_at, decoded));
    let detection = say!(language, step_detection(&or_none(models)));
    let steps = [&decoding, &detection].map(|(title, text)| (title.as_str(), text.as_str()));
    let by_looks = record.caveats.contains(&Caveat::PeopleFollowedByLooks);
    let following = say!(language, step_following(by_looks));
    let standards = say!(language, STANDARDS)
        .iter()
        .map(|(document, what)| vec![(*document).to_owned(), (*what).to_owned()])
        .collect();
    let caption = say!(language, STANDARDS_CAPTION);
    let columns = say!(language, STANDARD_COLUMNS);
    let blocks = vec![
        points(
            steps
                .into_iter()
                .chain(following)
                .chain(say!(language, LATER_STEPS)),
        ),
        table_block(caption, &columns, &[false, false], standards),
    ];
    parts::section(say!(language, section_method()), blocks)
}
