//~ E0451: private
use vsa_room::RedactedFrame;
fn main() {
    let _: RedactedFrame = RedactedFrame { pixels: loop {} };
}
