//~ E0599: no method named `clone` found
use vsa_room::RedactedFrame;
fn copy(frame: RedactedFrame) -> RedactedFrame {
    frame.clone()
}
fn main() {
    let _ = copy;
}
