//~ E0603: module `detect` is private
fn main() {
    let _: Option<vsa_audit::observe::detect::detection::Landmarks> = None;
}
