//! `unsafe` is needed here: vector instructions that not every machine has read and write through pointers.
//!
//! In and out: registers of 256 and of 512 bits, for loops that are written over [`Lanes`]. Deliberately not here: which of them
//! a machine has (see `lanes.rs`).
//!
//! Every load and store is of the kind that asks for no alignment.
#![expect(unsafe_code, reason = "see the first lines")]

use super::lanes::{InPairs, Lanes, PORTABLE_TALL, Pairs, Portable, Work};
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
            // SAFETY: the caller has 16 floats there, and AVX-512F.
            unsafe { _mm512_loadu_ps(from) }
        }
        #[inline(always)]
        unsafe fn store(value: __m512, to: *mut f32) {
            // SAFETY: the caller has room for 16 floats there, and AVX-512F.
            unsafe { _mm512_storeu_ps(to, value) }
        }
        #[inline(always)]
        unsafe fn load_some(from: *const f32, count: usize) -> __m512 {
            // SAFETY: the mask has one bit for each of the floats, below 16, that the caller has there; what it leaves out is
            // not read, so that it may lie beyond the memory.
            unsafe { _mm512_maskz_loadu_ps((1 << count) - 1, from) }
        }
        #[inline(always)]
        unsafe fn store_some(value: __m512, to: *mut f32, count: usize) {
            // SAFETY: as for `load_some`; what the mask leaves out is not written.
            unsafe { _mm512_mask_storeu_ps(to, (1 << count) - 1, value) }
        }
        #[inline(always)]
        unsafe fn splat(value: f32) -> __m512 {
            // SAFETY: touches no memory; the caller has AVX-512F.
            unsafe { _mm512_set1_ps(value) }
        }
        #[inline(always)]
        unsafe fn multiply_add(a: __m512, b: __m512, c: __m512) -> __m512 {
            // SAFETY: touches no memory; the caller has AVX-512F, whose own fused multiply-add this is.
            unsafe { _mm512_fmadd_ps(a, b, c) }
        }
        #[inline(always)]
        unsafe fn at_least(value: __m512, low: __m512) -> __m512 {
            // SAFETY: touches no memory; the caller has AVX-512F.
            unsafe { _mm512_max_ps(value, low) }
        }
        #[inline(always)]
        unsafe fn clamp(value: __m512, low: __m512, high: __m512) -> __m512 {
            // SAFETY: touches no memory; the caller has AVX-512F.
            unsafe { _mm512_min_ps(_mm512_max_ps(value, low), high) }
        }
        #[inline(always)]
        unsafe fn divide(a: __m512, b: __m512) -> __m512 {
            // SAFETY: touches no memory; the caller has AVX-512F. A division by zero is infinite and traps nowhere.
            unsafe { _mm512_div_ps(a, b) }
        }
        #[inline(always)]
        unsafe fn round(value: __m512) -> __m512 {
            // SAFETY: touches no memory; the caller has AVX-512F.
            unsafe { _mm512_roundscale_ps::<{ _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC }>(value) }
        }
        #[inline(always)]
        unsafe fn two_to(power: __m512) -> __m512 {
            // SAFETY: touches no memory; the caller has AVX-512F, and its powers fit into an exponent.
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

    #[inline(always)]
    unsafe fn apart(work: impl Work) {
        // SAFETY: the caller answers for the pointers, and has the instructions of these registers.
        unsafe { on_avx512(work) }
    }
}

/// Also converts and adds up bfloat16.
struct Avx512WithBfloat;

pub(super) struct Avx2;

/// A mask of the first `count` of 8 lanes.
///
/// # Safety
/// The machine has AVX, and `count` is 8 at most.
#[inline(always)]
unsafe fn first(count: usize) -> __m256i {
    const LANES: [i32; 16] = [-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0];
    // SAFETY: eight numbers follow, wherever in the first nine it starts, which it does for a `count` of 0 to 8.
    unsafe { _mm256_loadu_si256(LANES.as_ptr().add(8 - count).cast()) }
}

impl Lanes for Avx2 {
    type V = __m256;
    type Half = Self;
    const N: usize = 8;
    #[inline(always)]
    unsafe fn load(from: *const f32) -> __m256 {
        // SAFETY: the caller has 8 floats there, and AVX.
        unsafe { _mm256_loadu_ps(from) }
    }
    #[inline(always)]
    unsafe fn store(value: __m256, to: *mut f32) {
        // SAFETY: the caller has room for 8 floats there, and AVX.
        unsafe { _mm256_storeu_ps(to, value) }
    }
    #[inline(always)]
    unsafe fn load_some(from: *const f32, count: usize) -> __m256 {
        // SAFETY: the caller has `count` floats there, fewer than 8; the others are masked, which are not read, so that they may
        // lie beyond the memory.
        unsafe { _mm256_maskload_ps(from, first(count)) }
    }
    #[inline(always)]
    unsafe fn store_some(value: __m256, to: *mut f32, count: usize) {
        // SAFETY: as for `load_some`; what is masked is not written.
        unsafe { _mm256_maskstore_ps(to, first(count), value) }
    }
    #[inline(always)]
    unsafe fn splat(value: f32) -> __m256 {
        // SAFETY: touches no memory; the caller has AVX.
        unsafe { _mm256_set1_ps(value) }
    }
    #[inline(always)]
    unsafe fn multiply_add(a: __m256, b: __m256, c: __m256) -> __m256 {
        // SAFETY: touches no memory; the caller has FMA.
        unsafe { _mm256_fmadd_ps(a, b, c) }
    }
    #[inline(always)]
    unsafe fn at_least(value: __m256, low: __m256) -> __m256 {
        // SAFETY: touches no memory; the caller has AVX.
        unsafe { _mm256_max_ps(value, low) }
    }
    #[inline(always)]
    unsafe fn clamp(value: __m256, low: __m256, high: __m256) -> __m256 {
        // SAFETY: touches no memory; the caller has AVX.
        unsafe { _mm256_min_ps(_mm256_max_ps(value, low), high) }
    }
    #[inline(always)]
    unsafe fn divide(a: __m256, b: __m256) -> __m256 {
        // SAFETY: touches no memory; the caller has AVX. A division by zero is infinite and traps nowhere.
        unsafe { _mm256_div_ps(a, b) }
    }
    #[inline(always)]
    unsafe fn round(value: __m256) -> __m256 {
        // SAFETY: touches no memory; the caller has AVX.
        unsafe { _mm256_round_ps::<{ _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC }>(value) }
    }
    #[inline(always)]
    unsafe fn two_to(power: __m256) -> __m256 {
        // SAFETY: touches no memory; the caller has AVX2, and its powers fit into an exponent.
        unsafe {
            let biased = _mm256_add_epi32(_mm256_cvtps_epi32(power), _mm256_set1_epi32(127));
            _mm256_castsi256_ps(_mm256_slli_epi32::<23>(biased))
        }
    }
    #[inline(always)]
    fn multiply_add_one(a: f32, b: f32, c: f32) -> f32 {
        a.mul_add(b, c)
    }
    #[inline(always)]
    unsafe fn apart(work: impl Work) {
        // SAFETY: the caller answers for the pointers, and has the instructions of these registers.
        unsafe { on_avx2(work) }
    }
}

impl Lanes for Avx512WithBfloat {
    avx512_lanes!();

    #[inline(always)]
    unsafe fn apart(work: impl Work) {
        // SAFETY: the caller answers for the pointers, and has the instructions of these registers.
        unsafe { on_avx512_with_bfloat(work) }
    }

    #[inline(always)]
    unsafe fn in_pairs(work: impl InPairs) {
        // SAFETY: the caller's pointers reach as far as the layer; who chose this type found AVX512-BF16, and with it what the
        // half registers need.
        unsafe { work.with::<Self, Avx2, 12, 2>() }
    }
}

impl Pairs for Avx512WithBfloat {
    #[inline(always)]
    unsafe fn dot(sums: __m512, a: __m512, b: __m512) -> __m512 {
        // SAFETY: both types are 64 bytes of which every pattern is a value; the caller has AVX512-BF16.
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
        // SAFETY: the caller has two numbers of two bytes there; they are read at any alignment.
        unsafe { _mm512_castsi512_ps(_mm512_set1_epi32(from.cast::<i32>().read_unaligned())) }
    }
    #[inline(always)]
    unsafe fn pack(from: *const f32, count: usize, to: *mut u16) {
        // SAFETY: 32 floats are read where the caller has 32, and otherwise those of the first `count` whose bits are in the
        // masks; 32 numbers are written, for which the caller has room.
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
        // SAFETY: both types are 32 bytes of which every pattern is a value; the caller has AVX512-BF16 and AVX-512VL.
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
        // SAFETY: the caller has two numbers of two bytes there; they are read at any alignment.
        unsafe { _mm256_castsi256_ps(_mm256_set1_epi32(from.cast::<i32>().read_unaligned())) }
    }
    #[inline(always)]
    unsafe fn pack(from: *const f32, count: usize, to: *mut u16) {
        // SAFETY: the caller promises the same there.
        unsafe { Avx512WithBfloat::pack(from, count, to) }
    }
}

/// A function that is compiled for instructions, and whether this machine has every one of them: both from one list, so that
/// none is called for unasked. What those named imply is named as well, down to AVX, which no machine has without SSE4.2.
macro_rules! compiled_for {
    ($(#[$why:meta])* [$($feature:tt),+] $are_here:ident, $run:ident: $($registers:tt)+) => {
        /// Whether this machine has every instruction of the function below.
        pub(super) fn $are_here() -> bool {
            [$(is_x86_feature_detected!($feature)),+].into_iter().all(|found| found)
        }

        $(#[$why])*
        ///
        /// # Safety
        /// As for [`Work::with`], with the instructions that the function above finds.
        #[inline(never)]
        $(#[target_feature(enable = $feature)])+
        pub(super) unsafe fn $run(work: impl Work) {
            // SAFETY: the caller answers for the pointers; the instructions of these registers and of their halves are those
            // that this function is compiled for.
            unsafe { work.with::<$($registers)+>() }
        }
    };
}
#[cfg(test)]
pub(super) use compiled_for;

compiled_for! {
    /// 24 of 32 registers hold sums.
    ["avx512bf16", "avx512vl", "avx512bw", "avx512f", "avx2", "avx", "fma", "f16c"]
    has_avx512_with_bfloat, on_avx512_with_bfloat: Avx512WithBfloat, 12, 2, 1, 1
}

compiled_for! {
    /// 24 of 32 registers hold sums.
    ["avx512f", "avx2", "avx", "fma", "f16c"]
    has_avx512, on_avx512: Avx512, 12, 2, 1, 1
}

compiled_for! {
    /// 12 of 16 registers hold sums.
    ["avx2", "avx", "fma"]
    has_avx2, on_avx2: Avx2, 6, 2, 2, 1
}

compiled_for! {
    /// Processors with neither of the above, which round like them all the same; these registers need no instructions of
    /// their own.
    ["avx", "fma"]
    has_fused, on_fused: Portable<true>, PORTABLE_TALL, 4, 4, 2
}
