//~ E0308: mismatched types
use vsa_room::RedactedSink;
fn film(sink: &mut dyn RedactedSink) {
    let _ = sink.frame(&vec![0u8; 3]);
}
fn main() {
    let _ = film;
}
