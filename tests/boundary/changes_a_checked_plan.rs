//~ E0594: cannot assign to data in dereference of `Plan`
// What was checked is what is observed: nothing can be put into a plan behind the check's back.
use vsa_plan::Plan;
fn change(plan: &mut Plan) {
    plan.face_stride = 0;
}
fn main() {
    let _ = change;
}
