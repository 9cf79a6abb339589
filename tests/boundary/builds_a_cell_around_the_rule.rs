//~ E0603: private
// Only a DisclosurePolicy makes a cell: nobody can publish a count that the rule would withhold.
fn main() {
    let _ = vsa_audit::record::disclosure::Cell::Shown { value: 1u64, people: 1 };
}
