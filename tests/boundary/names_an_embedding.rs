//~ E0603: module `describe` is private
use vsa_room::describe::description::Embedding;
fn main() {
    let _: Option<Embedding> = None;
}
