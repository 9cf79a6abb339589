// The control: the public way in and out.
use vsa_base::{Reason, environment::Environment};
use vsa_room::{RedactedFrame, RedactedSink};
use vsa_record::{Disclosable, Record};

fn accepts_only_what_has_the_passport(_: &impl Disclosable) {}

fn use_it(record: &Record) {
    accepts_only_what_has_the_passport(record);
    let _: &[vsa_record::ItemFacts] = &record.items;
}

/// Redacted pixels are the one kind that may be taken.
struct Takes(usize);

impl RedactedSink for Takes {
    fn begin(&mut self, _: u32, _: u32, _: f64) -> Result<(), Reason> {
        Ok(())
    }
    fn frame(&mut self, frame: &RedactedFrame) -> Result<(), Reason> {
        self.0 += frame.rgb().len();
        Ok(())
    }
}

fn main() {
    let _: &mut dyn RedactedSink = &mut Takes(0);
    let _ = use_it;
    let _ = Environment::new(None).jobs();
}
