//~ E0603: module `footage` is private
use vsa_room::footage::frame::Frame;
fn main() {
    let _: Option<Frame<'static>> = None;
}
