//! `unsafe` is needed here: vector instructions that are chosen at run time read and write through pointers.
//!
//! In: the loops of the layers, written once over registers of any width. Out: the same loops compiled for the best
//! instructions that this machine has. Deliberately not here: what is computed (see `dense.rs`, `depthwise.rs`).
//!
//! Machines with fused multiply-add agree with each other to the bit; those without round once more per step.
#![expect(unsafe_code, reason = "see the first lines")]

use super::bfloat::PackedWeights;
use super::dense::Dense;

/// Output channels are packed in groups of this many floats: one AVX-512 register, two of AVX2, four of SSE or NEON.
pub(super) const PANEL: usize = 16;

/// Repeats `body` for each constant index below `count`, which is 12 at most. Loops over an array of registers are
/// unrolled too late by the compiler: it would keep the array in memory and store each sum at each step.
macro_rules! unrolled {
    ($index:ident < $count:ident $body:block) => {
        unrolled!(@ $index $count $body 0 1 2 3 4 5 6 7 8 9 10 11)
    };
    (@ $index:ident $count:ident $body:block $($number:literal)*) => {
        $({
            const $index: usize = $number;
            if $index < $count $body
        })*
    };
}
pub(super) use unrolled;

/// Loops that can be compiled for registers of any width.
pub(super) trait Work {
    /// `TALL` pixels by `WIDE` registers of output channels are summed at once; `NARROW` registers hold one panel, and
    /// `HALF` registers of [`Lanes::Half`] half a panel.
    ///
    /// # Safety
    /// The machine has the instructions of `L`, and the pointers inside reach as far as the layer reads and writes.
    unsafe fn with<L: Lanes, const TALL: usize, const WIDE: usize, const NARROW: usize, const HALF: usize>(
        self,
    );
}

/// Runs with the best instructions that this machine has.
///
/// # Safety
/// The pointers inside reach as far as the layer reads and writes.
pub(super) unsafe fn on_this_machine(work: impl Work) {
    #[cfg(target_arch = "x86_64")]
    {
        #[cfg(test)]
        match forced::WIDTH.get() {
            // SAFETY: tests force nothing that the machine lacks.
            Some(256) => return unsafe { x86::on_avx2(work) },
            // SAFETY: these need no special instructions.
            Some(_) => return unsafe { work.with::<Portable, PORTABLE_TALL, 4, 4, 2>() },
            None => {}
        }
        if has_bfloat() {
            // SAFETY: the instructions were just found.
            return unsafe { x86::on_avx512_with_bfloat(work) };
        }
        if is_x86_feature_detected!("avx512f") {
            // SAFETY: the instructions were just found.
            return unsafe { x86::on_avx512(work) };
        }
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            // SAFETY: as above.
            return unsafe { x86::on_avx2(work) };
        }
    }
    // SAFETY: these need no special instructions.
    unsafe { work.with::<Portable, PORTABLE_TALL, 4, 4, 2>() }
}

/// Lets a test run with narrower registers than the machine's widest, so that each path is tested on one machine.
#[cfg(test)]
pub(super) mod forced {
    use std::cell::Cell;

    thread_local! {
        /// 256: AVX2; another number: none of the special instructions. Only for layers run on this thread.
        pub(in super::super) static WIDTH: Cell<Option<u32>> = const { Cell::new(None) };
    }

    /// Runs `check` with every width that this machine has, and says how many there were.
    pub(in super::super) fn with_every_width(check: impl Fn()) -> usize {
        let mut widths = vec![None, Some(0)];
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            widths.push(Some(256));
        }
        for width in &widths {
            WIDTH.set(*width);
            check();
        }
        WIDTH.set(None);
        widths.len()
    }
}

/// One vector register.
pub(super) trait Lanes {
    type V: Copy;
    /// For half a panel: registers of half the width, where that leaves none of them half empty.
    type Half: Lanes;
    const N: usize;
    unsafe fn load(from: *const f32) -> Self::V;
    unsafe fn store(value: Self::V, to: *mut f32);
    /// The first `count` floats, fewer than a register holds, and zeros.
    unsafe fn load_some(from: *const f32, count: usize) -> Self::V;
    /// The first `count` floats, fewer than a register holds; nothing else is written.
    unsafe fn store_some(value: Self::V, to: *mut f32, count: usize);
    unsafe fn splat(value: f32) -> Self::V;
    unsafe fn multiply_add(a: Self::V, b: Self::V, c: Self::V) -> Self::V;
    unsafe fn at_least(value: Self::V, low: Self::V) -> Self::V;
    unsafe fn clamp(value: Self::V, low: Self::V, high: Self::V) -> Self::V;
    unsafe fn divide(a: Self::V, b: Self::V) -> Self::V;
    /// To the nearest whole number, to the even one of two that are as near.
    unsafe fn round(value: Self::V) -> Self::V;
    /// Two to the power of whole numbers from -126 to 127.
    unsafe fn two_to(power: Self::V) -> Self::V;
    /// The same on one float, rounded the same way.
    fn multiply_add_one(a: f32, b: f32, c: f32) -> f32;
    /// A layer whose weights are packed; only where [`has_bfloat`].
    unsafe fn in_pairs(_: &Dense, _: &PackedWeights, _: usize, _: *const f32, _: *mut f32) {
        unreachable!("weights are packed only where the machine can compute with them");
    }
}

/// Whether this machine adds products of bfloat16 in one instruction.
pub(super) fn has_bfloat() -> bool {
    #[cfg(target_arch = "x86_64")]
    let found = is_x86_feature_detected!("avx512bf16")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512bw");
    #[cfg(not(target_arch = "x86_64"))]
    let found = false;
    found
}

/// Left to the compiler: SSE2 on x86-64, NEON on 64-bit Arm.
struct Portable;

/// Registers left for the sums decide how many pixels are summed at once: 32 registers on Arm, 16 on x86-64.
const PORTABLE_TALL: usize = if cfg!(target_arch = "aarch64") { 6 } else { 2 };

impl Lanes for Portable {
    type V = [f32; 4];
    type Half = Self;
    const N: usize = 4;
    #[inline(always)]
    unsafe fn load(from: *const f32) -> [f32; 4] {
        // SAFETY: the caller has four floats there; arrays of floats are aligned like floats.
        unsafe { from.cast::<[f32; 4]>().read() }
    }
    #[inline(always)]
    unsafe fn store(value: [f32; 4], to: *mut f32) {
        // SAFETY: as above.
        unsafe { to.cast::<[f32; 4]>().write(value) }
    }
    #[inline(always)]
    unsafe fn load_some(from: *const f32, count: usize) -> [f32; 4] {
        let mut whole = [0.0; 4];
        // SAFETY: the caller has as many floats there.
        unsafe { whole.as_mut_ptr().copy_from_nonoverlapping(from, count) };
        whole
    }
    #[inline(always)]
    unsafe fn store_some(value: [f32; 4], to: *mut f32, count: usize) {
        // SAFETY: as above.
        unsafe { to.copy_from_nonoverlapping(value.as_ptr(), count) }
    }
    #[inline(always)]
    unsafe fn splat(value: f32) -> [f32; 4] {
        [value; 4]
    }
    #[inline(always)]
    unsafe fn multiply_add(a: [f32; 4], b: [f32; 4], c: [f32; 4]) -> [f32; 4] {
        std::array::from_fn(|lane| Self::multiply_add_one(a[lane], b[lane], c[lane]))
    }
    #[inline(always)]
    unsafe fn at_least(value: [f32; 4], low: [f32; 4]) -> [f32; 4] {
        std::array::from_fn(|lane| value[lane].max(low[lane]))
    }
    #[inline(always)]
    unsafe fn clamp(value: [f32; 4], low: [f32; 4], high: [f32; 4]) -> [f32; 4] {
        std::array::from_fn(|lane| value[lane].max(low[lane]).min(high[lane]))
    }
    #[inline(always)]
    unsafe fn divide(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        std::array::from_fn(|lane| a[lane] / b[lane])
    }
    #[inline(always)]
    unsafe fn round(value: [f32; 4]) -> [f32; 4] {
        // Adding what leaves no room for a fraction rounds; without the instruction, `round_ties_even` is a slow call.
        const NO_FRACTION: f32 = 12_582_912.0;
        value.map(|value| (value + NO_FRACTION) - NO_FRACTION)
    }
    #[inline(always)]
    unsafe fn two_to(power: [f32; 4]) -> [f32; 4] {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a biased exponent is a small whole number above zero"
        )]
        power.map(|power| f32::from_bits(((power as i32 + 127) as u32) << 23))
    }
    #[inline(always)]
    fn multiply_add_one(a: f32, b: f32, c: f32) -> f32 {
        // Without the instruction, `mul_add` is a slow call into the C library.
        if cfg!(target_arch = "aarch64") {
            a.mul_add(b, c)
        } else {
            a * b + c
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::super::bfloat::{PackedWeights, Pairs, dense_in_pairs};
    use super::super::dense::Dense;
    use super::{Lanes, Work};
    use std::arch::x86_64::*;
    use std::mem::transmute;

    struct Avx512;

    macro_rules! avx512_lanes {
        () => {
            type V = __m512;
            type Half = Avx2;
            const N: usize = 16;
            #[inline(always)]
            unsafe fn load(from: *const f32) -> __m512 {
                unsafe { _mm512_loadu_ps(from) }
            }
            #[inline(always)]
            unsafe fn store(value: __m512, to: *mut f32) {
                unsafe { _mm512_storeu_ps(to, value) }
            }
            #[inline(always)]
            unsafe fn load_some(from: *const f32, count: usize) -> __m512 {
                unsafe { _mm512_maskz_loadu_ps((1 << count) - 1, from) }
            }
            #[inline(always)]
            unsafe fn store_some(value: __m512, to: *mut f32, count: usize) {
                unsafe { _mm512_mask_storeu_ps(to, (1 << count) - 1, value) }
            }
            #[inline(always)]
            unsafe fn splat(value: f32) -> __m512 {
                unsafe { _mm512_set1_ps(value) }
            }
            #[inline(always)]
            unsafe fn multiply_add(a: __m512, b: __m512, c: __m512) -> __m512 {
                unsafe { _mm512_fmadd_ps(a, b, c) }
            }
            #[inline(always)]
            unsafe fn at_least(value: __m512, low: __m512) -> __m512 {
                unsafe { _mm512_max_ps(value, low) }
            }
            #[inline(always)]
            unsafe fn clamp(value: __m512, low: __m512, high: __m512) -> __m512 {
                unsafe { _mm512_min_ps(_mm512_max_ps(value, low), high) }
            }
            #[inline(always)]
            unsafe fn divide(a: __m512, b: __m512) -> __m512 {
                unsafe { _mm512_div_ps(a, b) }
            }
            #[inline(always)]
            unsafe fn round(value: __m512) -> __m512 {
                unsafe { _mm512_roundscale_ps::<{ _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC }>(value) }
            }
            #[inline(always)]
            unsafe fn two_to(power: __m512) -> __m512 {
                unsafe {
                    let biased = _mm512_add_epi32(_mm512_cvtps_epi32(power), _mm512_set1_epi32(127));
                    _mm512_castsi512_ps(_mm512_slli_epi32::<23>(biased))
                }
            }
            #[inline(always)]
            fn multiply_add_one(a: f32, b: f32, c: f32) -> f32 {
                a.mul_add(b, c)
            }
        };
    }

    impl Lanes for Avx512 {
        avx512_lanes!();
    }

    /// Also converts and adds up bfloat16.
    struct Avx512WithBfloat;

    struct Avx2;

    /// A mask of the first `count` of 8 lanes.
    #[inline(always)]
    unsafe fn first(count: usize) -> __m256i {
        const LANES: [i32; 16] = [-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0];
        // SAFETY: eight numbers follow, wherever in the first nine it starts.
        unsafe { _mm256_loadu_si256(LANES.as_ptr().add(8 - count).cast()) }
    }

    impl Lanes for Avx2 {
        type V = __m256;
        type Half = Self;
        const N: usize = 8;
        #[inline(always)]
        unsafe fn load(from: *const f32) -> __m256 {
            unsafe { _mm256_loadu_ps(from) }
        }
        #[inline(always)]
        unsafe fn store(value: __m256, to: *mut f32) {
            unsafe { _mm256_storeu_ps(to, value) }
        }
        #[inline(always)]
        unsafe fn load_some(from: *const f32, count: usize) -> __m256 {
            unsafe { _mm256_maskload_ps(from, first(count)) }
        }
        #[inline(always)]
        unsafe fn store_some(value: __m256, to: *mut f32, count: usize) {
            unsafe { _mm256_maskstore_ps(to, first(count), value) }
        }
        #[inline(always)]
        unsafe fn splat(value: f32) -> __m256 {
            unsafe { _mm256_set1_ps(value) }
        }
        #[inline(always)]
        unsafe fn multiply_add(a: __m256, b: __m256, c: __m256) -> __m256 {
            unsafe { _mm256_fmadd_ps(a, b, c) }
        }
        #[inline(always)]
        unsafe fn at_least(value: __m256, low: __m256) -> __m256 {
            unsafe { _mm256_max_ps(value, low) }
        }
        #[inline(always)]
        unsafe fn clamp(value: __m256, low: __m256, high: __m256) -> __m256 {
            unsafe { _mm256_min_ps(_mm256_max_ps(value, low), high) }
        }
        #[inline(always)]
        unsafe fn divide(a: __m256, b: __m256) -> __m256 {
            unsafe { _mm256_div_ps(a, b) }
        }
        #[inline(always)]
        unsafe fn round(value: __m256) -> __m256 {
            unsafe { _mm256_round_ps::<{ _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC }>(value) }
        }
        #[inline(always)]
        unsafe fn two_to(power: __m256) -> __m256 {
            unsafe {
                let biased = _mm256_add_epi32(_mm256_cvtps_epi32(power), _mm256_set1_epi32(127));
                _mm256_castsi256_ps(_mm256_slli_epi32::<23>(biased))
            }
        }
        #[inline(always)]
        fn multiply_add_one(a: f32, b: f32, c: f32) -> f32 {
            a.mul_add(b, c)
        }
    }

    impl Lanes for Avx512WithBfloat {
        avx512_lanes!();

        #[inline(always)]
        unsafe fn in_pairs(
            layer: &Dense,
            weights: &PackedWeights,
            columns: usize,
            x: *const f32,
            y: *mut f32,
        ) {
            // SAFETY: passed on to the caller.
            unsafe { dense_in_pairs::<Self, Avx2, 12, 2>(layer, weights, columns, x, y) }
        }
    }

    impl Pairs for Avx512WithBfloat {
        #[inline(always)]
        unsafe fn dot(sums: __m512, a: __m512, b: __m512) -> __m512 {
            // SAFETY: registers are read as what they hold.
            unsafe {
                _mm512_dpbf16_ps(
                    sums,
                    transmute::<__m512, __m512bh>(a),
                    transmute::<__m512, __m512bh>(b),
                )
            }
        }
        #[inline(always)]
        unsafe fn splat_pair(from: *const u16) -> __m512 {
            // SAFETY: the caller has two numbers there.
            unsafe { _mm512_castsi512_ps(_mm512_set1_epi32(from.cast::<i32>().read_unaligned())) }
        }
        #[inline(always)]
        unsafe fn pack(from: *const f32, count: usize, to: *mut u16) {
            // SAFETY: no more floats are read than `count`.
            unsafe {
                let (low, high) = if count == 32 {
                    (_mm512_loadu_ps(from), _mm512_loadu_ps(from.add(16)))
                } else {
                    let live = (1u32 << count) - 1;
                    #[expect(clippy::cast_possible_truncation, reason = "each half of the mask")]
                    let (low, high) = (live as u16, (live >> 16) as u16);
                    (
                        _mm512_maskz_loadu_ps(low, from),
                        _mm512_maskz_loadu_ps(high, from.wrapping_add(16)),
                    )
                };
                let packed = transmute::<__m512bh, __m512i>(_mm512_cvtne2ps_pbh(high, low));
                _mm512_storeu_si512(to.cast(), packed);
            }
        }
    }

    /// On machines that have the others too.
    impl Pairs for Avx2 {
        #[inline(always)]
        unsafe fn dot(sums: __m256, a: __m256, b: __m256) -> __m256 {
            // SAFETY: registers are read as what they hold.
            unsafe {
                _mm256_dpbf16_ps(
                    sums,
                    transmute::<__m256, __m256bh>(a),
                    transmute::<__m256, __m256bh>(b),
                )
            }
        }
        #[inline(always)]
        unsafe fn splat_pair(from: *const u16) -> __m256 {
            // SAFETY: the caller has two numbers there.
            unsafe { _mm256_castsi256_ps(_mm256_set1_epi32(from.cast::<i32>().read_unaligned())) }
        }
        #[inline(always)]
        unsafe fn pack(from: *const f32, count: usize, to: *mut u16) {
            // SAFETY: passed on to the caller.
            unsafe { Avx512WithBfloat::pack(from, count, to) }
        }
    }

    #[target_feature(enable = "avx512f,avx512vl,avx512bw,avx512bf16,avx2,fma")]
    pub(super) unsafe fn on_avx512_with_bfloat(work: impl Work) {
        // SAFETY: passed on to the caller.
        unsafe { work.with::<Avx512WithBfloat, 12, 2, 1, 1>() }
    }

    #[target_feature(enable = "avx512f,avx2,fma")]
    pub(super) unsafe fn on_avx512(work: impl Work) {
        // 24 of 32 registers hold sums.
        unsafe { work.with::<Avx512, 12, 2, 1, 1>() }
    }

    #[target_feature(enable = "avx2,fma")]
    pub(super) unsafe fn on_avx2(work: impl Work) {
        // 12 of 16 registers hold sums.
        unsafe { work.with::<Avx2, 6, 2, 2, 1>() }
    }
}
