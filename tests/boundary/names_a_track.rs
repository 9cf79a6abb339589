//~ E0603: module `track` is private
use vsa_audit::observe::track::track::Track;
fn main() {
    let _: Option<Track> = None;
}
