//~ E0594: cannot assign to data in a `&` reference
use vsa_room::RedactedFrame;
fn change(frame: &RedactedFrame) {
    frame.rgb()[0] = 0;
}
fn main() {
    let _ = change;
}
