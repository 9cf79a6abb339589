//~ E0423: private
// Only a DisclosurePolicy makes a cell: nobody can publish a count that the rule would withhold.
use vsa_record::{Cell, CellState};
fn main() {
    let _: Cell<u64> = Cell(CellState::Shown { value: 1, people_at_least: 1 });
}
