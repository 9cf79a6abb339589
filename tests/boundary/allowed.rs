// The control: the public way in and out.
use vsa_audit::environment::Environment;
use vsa_audit::record::{Disclosable, Record};

fn accepts_only_what_has_the_passport(_: &impl Disclosable) {}

fn use_it(record: &Record) {
    accepts_only_what_has_the_passport(record);
    let _: &[vsa_audit::record::ItemFacts] = &record.items;
}

fn main() {
    let _ = use_it;
    let _ = Environment::new(None).jobs();
}
