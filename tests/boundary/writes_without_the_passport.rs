//~ E0277: Disclosable
fn needs(_: &impl vsa_record::Disclosable) {}
fn main() {
    needs(&vec![[0.0f32; 4]]);
}
