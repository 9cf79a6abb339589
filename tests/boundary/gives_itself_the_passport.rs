//~ E0277: Sealed
// Who may be written carries a seal beside the type's definition, in this house, and tests/tidy.rs holds the list.
struct MyBoxes(Vec<[f32; 4]>);
fn may_be_written<T: vsa_record::disclosure::sealed::Sealed>(_: &T) {}
fn main() {
    may_be_written(&MyBoxes(Vec::new()));
}
