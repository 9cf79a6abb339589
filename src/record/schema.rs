//! Which version reads which format of the record. In: the schema that a record names, and the version that it says wrote it.
//! Out: what to do with it. Deliberately not here: reading old formats; the version that wrote one reads it.

use super::SCHEMA;
use super::json::JsonError;
use serde::Deserialize;
use serde_json::value::RawValue;

/// Everything before the number.
const STEM: &str = "vsa-audit/record/";

/// Formats that were written once and are no longer read, each with the last version of the program that reads it. When the
/// number in [`SCHEMA`] rises, the number that was is added here, and `samples/record.json` is written anew.
const NO_LONGER_READ: &[(&str, &str)] = &[];

/// What is read of a record whose format is not known yet.
#[derive(Deserialize)]
pub(crate) struct Head<'b> {
    /// The name of its format.
    pub(crate) schema: String,
    /// Looked at later: another format may have another shape here.
    #[serde(borrow)]
    tool: Option<&'b RawValue>,
}

impl<'b> Head<'b> {
    /// From any JSON object that names its schema.
    pub(crate) fn read(bytes: &'b [u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(bytes)
    }

    /// It is of another format.
    pub(crate) fn refused(self) -> JsonError {
        #[derive(Deserialize)]
        struct Tool {
            version: String,
        }
        let tool = self.tool.map(RawValue::get);
        let written_by = tool
            .and_then(|tool| serde_json::from_str::<Tool>(tool).ok())
            .map(|tool| tool.version);
        JsonError::OtherSchema {
            found: self.schema,
            written_by,
        }
    }
}

/// What to do with a record of the format `found`.
pub(crate) fn advice(found: &str, written_by: Option<&str>) -> String {
    advice_of(found, written_by, (SCHEMA, vsa_base::VERSION), NO_LONGER_READ)
}

/// `(read, this)`: the format that this version reads, and which version that is.
fn advice_of(
    found: &str,
    written_by: Option<&str>,
    (read, this): (&str, &str),
    old: &[(&str, &str)],
) -> String {
    if let Some((_, last)) = old.iter().find(|(name, _)| *name == found) {
        return format!("vsa-audit {last} is the last version that reads it");
    }
    let number = |name: &str| name.strip_prefix(STEM)?.parse::<u32>().ok();
    match (number(found), number(read), written_by) {
        (Some(found), Some(read), Some(version)) if found > read && version == this => {
            "it names this very version, and no version up to this one writes that number: the record was edited, or a later \
             version wrote it"
                .to_owned()
        }
        (Some(found), Some(read), Some(version)) if found > read => {
            format!("vsa-audit {version} wrote it: use that version, or a later one")
        }
        (Some(found), Some(read), None) if found > read => {
            "a later version wrote it: use that one, or a later one".to_owned()
        }
        _ => "no version of vsa-audit writes such records".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::read_record;

    #[test]
    fn an_old_record_is_told_the_last_version_that_reads_it() {
        let old = [("vsa-audit/record/1", "0.4.2"), ("vsa-audit/record/2", "0.9.0")];
        let advice = |found| advice_of(found, Some("0.1.0"), ("vsa-audit/record/3", "1.0.0"), &old);
        assert_eq!(
            advice("vsa-audit/record/1"),
            "vsa-audit 0.4.2 is the last version that reads it"
        );
        assert_eq!(
            advice("vsa-audit/record/2"),
            "vsa-audit 0.9.0 is the last version that reads it"
        );
    }

    #[test]
    fn every_number_below_the_one_that_is_read_has_its_line() {
        let number: usize = SCHEMA.strip_prefix(STEM).unwrap().parse().unwrap();
        let wanted: Vec<String> = (1..number).map(|old| format!("{STEM}{old}")).collect();
        let listed: Vec<&str> = NO_LONGER_READ.iter().map(|(name, _)| *name).collect();
        assert_eq!(listed, wanted);
    }

    #[test]
    fn a_newer_record_is_told_who_wrote_it_and_another_file_that_it_is_no_record() {
        let refusal = |text: &str| read_record(text.as_bytes()).unwrap_err().to_string();
        let newer = refusal(
            "{\"schema\": \"vsa-audit/record/999\", \"tool\": {\"name\": \"vsa-audit\", \"version\": \"7.1.0\"}}",
        );
        let this = vsa_base::VERSION;
        assert_eq!(
            newer,
            format!(
                "a record of format vsa-audit/record/999, but this program (vsa-audit {this}) reads {SCHEMA}: vsa-audit \
                 7.1.0 wrote it: use that version, or a later one"
            )
        );
        // In a format that is not known, nothing but the schema can be counted on.
        let shapeless = refusal("{\"schema\": \"vsa-audit/record/999\", \"tool\": 3}");
        assert!(
            shapeless.ends_with("a later version wrote it: use that one, or a later one"),
            "{shapeless}"
        );
        let foreign = refusal("{\"schema\": \"vsa-audit/report/1\"}");
        assert!(
            foreign.ends_with("no version of vsa-audit writes such records"),
            "{foreign}"
        );
        assert!(matches!(read_record(b"{}"), Err(JsonError::Malformed(_))));
    }

    #[test]
    fn a_record_of_a_number_that_no_version_so_far_writes_is_not_sent_back_to_this_version() {
        let this = vsa_base::VERSION;
        let edited = format!(
            "{{\"schema\": \"vsa-audit/record/99\", \"tool\": {{\"name\": \"vsa-audit\", \"version\": \"{this}\"}}}}"
        );
        let refused = read_record(edited.as_bytes()).unwrap_err().to_string();
        assert!(
            refused.ends_with("no version up to this one writes that number: the record was edited, or a later version wrote it"),
            "{refused}"
        );
    }

    #[test]
    fn a_record_that_version_0_1_0_wrote_is_read() {
        let written = include_bytes!("../../samples/record.json");
        let read = read_record(written);
        assert_eq!(read.unwrap().tool.version, "0.1.0");
    }

    #[test]
    fn a_number_that_is_not_higher_than_the_one_that_is_read_comes_from_no_version() {
        // 0 was never written; 03 is the number that is read, and not its name.
        for found in ["vsa-audit/record/0", "vsa-audit/record/03"] {
            for written_by in [None, Some("1.0.0"), Some("7.1.0")] {
                assert_eq!(
                    advice_of(found, written_by, ("vsa-audit/record/3", "1.0.0"), &[]),
                    "no version of vsa-audit writes such records",
                    "{found} by {written_by:?}"
                );
            }
        }
    }
}
