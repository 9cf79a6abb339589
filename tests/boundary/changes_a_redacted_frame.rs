//~ E0594: behind a `&` reference
use vsa_audit::observe::RedactedFrame;
fn change(frame: &RedactedFrame) {
    frame.rgb()[0] = 0;
}
fn main() {
    let _ = change;
}
