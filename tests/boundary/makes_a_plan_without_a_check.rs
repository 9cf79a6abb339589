//~ E0423: private
// Only a check makes a plan.
use vsa_plan::{Checked, Plan};
fn make(unchecked: Checked) -> Plan {
    Plan(unchecked)
}
fn main() {
    let _ = make;
}
