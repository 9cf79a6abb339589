//~ E0603: module `measure` is private
fn main() {
    let _: Option<vsa_audit::observe::measure::Seen<'static>> = None;
}
