//! `unsafe` is needed here: vector instructions that not every machine has read and write through pointers.
//!
//! For tests: the loops as they are cut for registers of 512 bits, over pairs of registers of 256 bits. Neither valgrind nor QEMU
//! knows AVX-512, and few machines have it; the bounds and the order of its sums are those of the loops, which run here.
#![expect(unsafe_code, reason = "see the first lines")]

use super::lanes::{Lanes, Work};
use super::x86::{Avx2, compiled_for};
use std::arch::x86_64::__m256;

struct Paired;

/// `work` on each half.
macro_rules! halves {
    ($half:ident => $work:expr) => {
        std::array::from_fn(|$half| {
            // SAFETY: each half is a register of 256 bits, whose instructions and eight floats the caller has.
            unsafe { $work }
        })
    };
}

impl Lanes for Paired {
    type V = [__m256; 2];
    type Half = Avx2;
    const N: usize = 16;
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self::V {
        halves!(half => Avx2::load(from.add(8 * half)))
    }
    #[inline(always)]
    unsafe fn store(value: Self::V, to: *mut f32) {
        let [low, high] = value;
        // SAFETY: the caller has room for 16 floats there, and AVX.
        unsafe {
            Avx2::store(low, to);
            Avx2::store(high, to.add(8));
        }
    }
    #[inline(always)]
    unsafe fn load_some(from: *const f32, count: usize) -> Self::V {
        let beyond = count.saturating_sub(8);
        // SAFETY: the caller has `count` floats there: whole registers are loaded where they hold that many, and what is masked
        // is not read, so that it may lie beyond the memory.
        unsafe {
            let low = if count < 8 {
                Avx2::load_some(from, count)
            } else {
                Avx2::load(from)
            };
            [low, Avx2::load_some(from.wrapping_add(8), beyond)]
        }
    }
    #[inline(always)]
    unsafe fn store_some(value: Self::V, to: *mut f32, count: usize) {
        let [low, high] = value;
        // SAFETY: as for `load_some`; what is masked is not written.
        unsafe {
            if count < 8 {
                Avx2::store_some(low, to, count);
            } else {
                Avx2::store(low, to);
                Avx2::store_some(high, to.wrapping_add(8), count - 8);
            }
        }
    }
    #[inline(always)]
    unsafe fn splat(value: f32) -> Self::V {
        halves!(_half => Avx2::splat(value))
    }
    #[inline(always)]
    unsafe fn multiply_add(a: Self::V, b: Self::V, c: Self::V) -> Self::V {
        halves!(half => Avx2::multiply_add(a[half], b[half], c[half]))
    }
    #[inline(always)]
    unsafe fn at_least(value: Self::V, low: Self::V) -> Self::V {
        halves!(half => Avx2::at_least(value[half], low[half]))
    }
    #[inline(always)]
    unsafe fn clamp(value: Self::V, low: Self::V, high: Self::V) -> Self::V {
        halves!(half => Avx2::clamp(value[half], low[half], high[half]))
    }
    #[inline(always)]
    unsafe fn divide(a: Self::V, b: Self::V) -> Self::V {
        halves!(half => Avx2::divide(a[half], b[half]))
    }
    #[inline(always)]
    unsafe fn round(value: Self::V) -> Self::V {
        halves!(half => Avx2::round(value[half]))
    }
    #[inline(always)]
    unsafe fn two_to(power: Self::V) -> Self::V {
        halves!(half => Avx2::two_to(power[half]))
    }
    #[inline(always)]
    fn multiply_add_one(a: f32, b: f32, c: f32) -> f32 {
        Avx2::multiply_add_one(a, b, c)
    }
    #[inline(always)]
    unsafe fn apart(work: impl Work) {
        // SAFETY: the caller answers for the pointers, and has the instructions of these registers.
        unsafe { on_pairs(work) }
    }
}

compiled_for! {
    /// The instructions are those of both halves, and the tiles those of AVX-512.
    ["avx2", "avx", "fma"]
    has_pairs, on_pairs: Paired, 12, 2, 1, 1
}
