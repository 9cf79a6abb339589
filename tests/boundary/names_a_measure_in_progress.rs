//~ E0603: module `measure` is private
fn main() {
    let _: Option<vsa_room::measure::Seen<'static>> = None;
}
