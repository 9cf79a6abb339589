//~ E0624: private
fn main() {
    let _ = vsa_room::RedactedFrame::black(1, 1);
}
