//! `unsafe` is needed here: an allocator hands out memory.
//!
//! How often a piece of work asks the system for memory, for the tests that hold the loop to its promise of asking for none
//! per frame. Only the calling thread is counted, so tests that run beside it do not matter.
#![expect(unsafe_code, reason = "see the first lines")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

thread_local! {
    static COUNTED: Cell<Allocations> = const { Cell::new(Allocations { calls: 0, bytes: 0 }) };
}

/// What was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Allocations {
    pub(crate) calls: u64,
    pub(crate) bytes: u64,
}

/// What `work` asks for.
pub(crate) fn of(work: impl FnOnce()) -> Allocations {
    let before = COUNTED.get();
    work();
    let after = COUNTED.get();
    Allocations {
        calls: after.calls - before.calls,
        bytes: after.bytes - before.bytes,
    }
}

fn count(bytes: usize) {
    // A thread that is ending counts nothing any more.
    let _ = COUNTED.try_with(|counted| {
        let Allocations { calls, bytes: sum } = counted.get();
        counted.set(Allocations {
            calls: calls + 1,
            bytes: sum + bytes as u64,
        });
    });
}

// SAFETY: every call is handed to the system's allocator with the arguments that it came with, and its answer is handed back,
// so that its promises hold. Counting allocates nothing: a `Cell` without destructor that is made at compile time.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        // SAFETY: the caller's layout is of a size above zero, as the system's allocator wants it.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        // SAFETY: as for `alloc`.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size);
        // SAFETY: all that was handed out came from the system's allocator, with this layout; the new size is the caller's.
        unsafe { System.realloc(pointer, layout, size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: all that was handed out came from the system's allocator, with this layout, and is given back once.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[test]
fn what_is_asked_for_is_counted() {
    let asked = of(|| drop(std::hint::black_box(vec![1u8; 1000])));
    assert_eq!(
        asked,
        Allocations {
            calls: 1,
            bytes: 1000
        }
    );
    assert_eq!(of(|| ()), Allocations::default());
}
