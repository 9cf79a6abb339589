//~ E0603: module `sealed` is private
struct MyBoxes(Vec<[f32; 4]>);
impl vsa_audit::record::disclosure::sealed::Sealed for MyBoxes {}
fn main() {}
