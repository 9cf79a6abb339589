//~ E0451: private
use vsa_audit::observe::RedactedFrame;
fn main() {
    let _: RedactedFrame = RedactedFrame { pixels: loop {} };
}
