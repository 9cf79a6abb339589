//~ E0603: module `detect` is private
fn main() {
    let _: Option<vsa_room::detect::detection::Landmarks> = None;
}
