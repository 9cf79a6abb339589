//~ E0603: module `detect` is private
use vsa_room::detect::detection::Detection;
fn main() {
    let _: Option<Detection> = None;
}
