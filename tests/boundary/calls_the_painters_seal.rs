//~ E0624: private
fn main() {
    let _ = vsa_audit::observe::RedactedFrame::black(1, 1);
}
