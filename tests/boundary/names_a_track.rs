//~ E0603: module `track` is private
use vsa_room::track::track::Track;
fn main() {
    let _: Option<Track> = None;
}
