//~ E0603: module `describe` is private
use vsa_audit::observe::describe::description::Embedding;
fn main() {
    let _: Option<Embedding> = None;
}
