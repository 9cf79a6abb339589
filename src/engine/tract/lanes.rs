//! `unsafe` is needed here: vector instructions that are chosen at run time read and write through pointers.
//!
//! In: the loops of the layers, written once over registers of any width. Out: the same loops compiled for the best
//! instructions that this machine has, and which these are. Deliberately not here: what is computed (see `dense.rs`,
//! `depthwise.rs`), and the registers of x86-64 (see `x86.rs`).
//!
//! Machines with fused multiply-add agree with each other to the bit; those without round once more per step.
#![expect(unsafe_code, reason = "see the first lines")]

#[cfg(all(test, target_arch = "x86_64"))]
use super::paired;
#[cfg(target_arch = "x86_64")]
use super::x86;
use vsa_plan::Precision;

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
    /// The machine has the instructions of `L` and of [`Lanes::Half`], and the pointers inside reach as far as the layer reads
    /// and writes.
    unsafe fn with<L: Lanes, const TALL: usize, const WIDE: usize, const NARROW: usize, const HALF: usize>(
        self,
    );
}

/// The registers that the loops are compiled for, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Registers {
    /// Of 512 bits, on a machine that also adds products of bfloat16.
    Avx512WithBfloat,
    /// Of 512 bits.
    Avx512,
    /// Of 256 bits.
    Avx2,
    /// The compiler's choice, with fused multiply-add.
    Fused,
    /// The compiler's choice: SSE2 on x86-64, and NEON, whose multiply-add is fused, on 64-bit Arm.
    Portable,
    /// The loops as they are for 512 bits, over pairs of registers of 256: where they read and write is then seen on machines
    /// that lack the former, and by tools that do not know it.
    #[cfg(test)]
    Paired,
}

impl Registers {
    const ALL: &[Self] = &[
        Self::Avx512WithBfloat,
        Self::Avx512,
        Self::Avx2,
        Self::Fused,
        Self::Portable,
    ];

    /// Whether the processor has every instruction that the loops for these are compiled with.
    fn are_here(self) -> bool {
        #[cfg(target_arch = "x86_64")]
        let found = match self {
            Self::Avx512WithBfloat => x86::has_avx512_with_bfloat(),
            Self::Avx512 => x86::has_avx512(),
            Self::Avx2 => x86::has_avx2(),
            Self::Fused => x86::has_fused(),
            Self::Portable => true,
            #[cfg(test)]
            Self::Paired => paired::has_pairs(),
        };
        #[cfg(not(target_arch = "x86_64"))]
        let found = self == Self::Portable;
        found
    }

    /// The best ones here.
    fn of_this_machine() -> Self {
        let mut best = Self::ALL.iter().copied();
        best.find(|registers| registers.are_here())
            .unwrap_or(Self::Portable)
    }

    /// Whether multiply-adds round once, as they do on all such machines alike.
    #[cfg(test)]
    pub(super) fn fuse(self) -> bool {
        self != Self::Portable || cfg!(target_arch = "aarch64")
    }

    /// The instruction sets that decide how numbers round in a network that is computed with these, as Linux names them: ours,
    /// and those that tract's own operations choose by on such a machine.
    fn instruction_sets(self, precision: Precision) -> &'static [&'static str] {
        match (self, precision) {
            (Self::Avx512WithBfloat, Precision::Bf16) => &["avx", "avx2", "fma", "avx512f", "avx512_bf16"],
            (Self::Avx512WithBfloat | Self::Avx512, _) => &["avx", "avx2", "fma", "avx512f"],
            (Self::Avx2, _) => &["avx", "avx2", "fma"],
            (Self::Fused, _) => &["avx", "fma"],
            // Of these, those that there are: tract has loops for AVX alone, and on Arm for SVE.
            (Self::Portable, _) => &["avx", "asimd", "sve"],
            #[cfg(test)]
            (Self::Paired, _) => Self::Avx2.instruction_sets(precision),
        }
    }
}

/// The processor as far as the embedded engine's numbers depend on it: the instructions that its loops use here.
pub(super) fn instruction_sets(precision: Precision) -> String {
    vsa_base::environment::instruction_sets_among(Registers::of_this_machine().instruction_sets(precision))
}

/// Whether this machine adds products of bfloat16 in one instruction.
pub(super) fn has_bfloat() -> bool {
    Registers::Avx512WithBfloat.are_here()
}

/// Runs with the best instructions that this machine has.
///
/// # Safety
/// The pointers inside reach as far as the layer reads and writes.
pub(super) unsafe fn on_this_machine(work: impl Work) {
    #[cfg(not(test))]
    let chosen = Registers::of_this_machine();
    #[cfg(test)]
    let chosen = forced::REGISTERS.get().unwrap_or_else(Registers::of_this_machine);
    // SAFETY: `are_here` found every instruction that the chosen function is compiled for (tests force no others), and the
    // caller answers for the pointers.
    unsafe {
        match chosen {
            #[cfg(target_arch = "x86_64")]
            Registers::Avx512WithBfloat => x86::on_avx512_with_bfloat(work),
            #[cfg(target_arch = "x86_64")]
            Registers::Avx512 => x86::on_avx512(work),
            #[cfg(target_arch = "x86_64")]
            Registers::Avx2 => x86::on_avx2(work),
            #[cfg(target_arch = "x86_64")]
            Registers::Fused => x86::on_fused(work),
            #[cfg(all(test, target_arch = "x86_64"))]
            Registers::Paired => paired::on_pairs(work),
            _ => on_any(work),
        }
    }
}

/// Runs with what every machine has.
///
/// # Safety
/// As for [`Work::with`].
#[inline(never)]
unsafe fn on_any(work: impl Work) {
    // SAFETY: the caller answers for the pointers; no instructions are asked for.
    unsafe { work.with::<Portable<{ cfg!(target_arch = "aarch64") }>, PORTABLE_TALL, 4, 4, 2>() }
}

/// One vector register.
///
/// # Safety
/// Of every function: the machine has the instructions of the type, and whoever calls it was compiled for them. Pointers are
/// aligned like floats, and no further.
pub(super) trait Lanes {
    type V: Copy;
    /// For half a panel: registers of half the width, where that leaves none of them half empty.
    type Half: Lanes;
    const N: usize;
    /// `N` floats.
    unsafe fn load(from: *const f32) -> Self::V;
    /// All `N`.
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
    /// Runs with these registers in a function of its own, compiled once, however many call it.
    ///
    /// # Safety
    /// As for [`Work::with`].
    unsafe fn apart(work: impl Work);
    /// Runs over pairs of bfloat16; only where [`has_bfloat`].
    unsafe fn in_pairs(_: impl InPairs) {
        unreachable!("weights are packed only where the machine can compute with them");
    }
}

/// Numbers that are packed by one instruction.
pub(super) const RUN: usize = 32;

/// A register of floats that can also hold pairs of bfloat16.
///
/// # Safety
/// As for [`Lanes`].
pub(super) trait Pairs: Lanes {
    /// Adds the products of both numbers of each pair to each sum.
    unsafe fn dot(sums: Self::V, a: Self::V, b: Self::V) -> Self::V;
    /// A pair, in every place.
    unsafe fn splat_pair(from: *const u16) -> Self::V;
    /// Rounds `count` floats, [`RUN`] at most, and zeros for the rest of them; so many are written.
    unsafe fn pack(from: *const f32, count: usize, to: *mut u16);
}

/// Loops over pairs of bfloat16.
pub(super) trait InPairs {
    /// `TALL` pixels by `WIDE` registers of `L` are summed at once; `H` are half as wide.
    ///
    /// # Safety
    /// As for [`Work::with`]: of both types.
    unsafe fn with<L: Pairs, H: Pairs, const TALL: usize, const WIDE: usize>(self);
}

/// Left to the compiler. `FUSED`: it was told of an instruction for fused multiply-add.
pub(super) struct Portable<const FUSED: bool>;

/// As x86-64's instruction has it, bit for bit: the limit where `value` is no number, and of two zeros the limit's.
/// `f32::max` leaves open which zero.
#[inline(always)]
fn larger(value: f32, limit: f32) -> f32 {
    if value > limit { value } else { limit }
}

/// As [`larger`].
#[inline(always)]
fn smaller(value: f32, limit: f32) -> f32 {
    if value < limit { value } else { limit }
}

/// Registers left for the sums decide how many pixels are summed at once: 32 registers on Arm, 16 on x86-64.
pub(super) const PORTABLE_TALL: usize = if cfg!(target_arch = "aarch64") { 6 } else { 2 };

impl<const FUSED: bool> Lanes for Portable<FUSED> {
    type V = [f32; 4];
    type Half = Self;
    const N: usize = 4;
    #[inline(always)]
    unsafe fn load(from: *const f32) -> [f32; 4] {
        // SAFETY: the caller has four floats there, aligned like floats, as an array of them is.
        unsafe { from.cast::<[f32; 4]>().read() }
    }
    #[inline(always)]
    unsafe fn store(value: [f32; 4], to: *mut f32) {
        // SAFETY: the caller has room for four floats there, aligned as in `load`.
        unsafe { to.cast::<[f32; 4]>().write(value) }
    }
    #[inline(always)]
    unsafe fn load_some(from: *const f32, count: usize) -> [f32; 4] {
        let mut whole = [0.0; 4];
        // SAFETY: the caller has `count` floats there, fewer than the four that there is room for.
        unsafe { whole.as_mut_ptr().copy_from_nonoverlapping(from, count) };
        whole
    }
    #[inline(always)]
    unsafe fn store_some(value: [f32; 4], to: *mut f32, count: usize) {
        // SAFETY: the caller has room for `count` floats there, fewer than the four that are copied from.
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
        std::array::from_fn(|lane| larger(value[lane], low[lane]))
    }
    #[inline(always)]
    unsafe fn clamp(value: [f32; 4], low: [f32; 4], high: [f32; 4]) -> [f32; 4] {
        std::array::from_fn(|lane| smaller(larger(value[lane], low[lane]), high[lane]))
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
        if FUSED { a.mul_add(b, c) } else { a * b + c }
    }
    #[inline(always)]
    unsafe fn apart(work: impl Work) {
        // SAFETY: the caller answers for the pointers, and on x86-64 has the instructions where he chose these registers with them.
        unsafe {
            #[cfg(target_arch = "x86_64")]
            if FUSED {
                return x86::on_fused(work);
            }
            on_any(work);
        }
    }
}

/// Lets a test run with other registers than the machine's best, so that each path is tested on one machine.
#[cfg(test)]
pub(super) mod forced {
    use super::Registers;
    use std::cell::Cell;

    thread_local! {
        /// Only for layers run on this thread.
        pub(super) static REGISTERS: Cell<Option<Registers>> = const { Cell::new(None) };
    }

    /// Runs `check` with all registers that this machine has, and says how many there were.
    pub(in super::super) fn with_every_width(check: impl Fn()) -> usize {
        each_width(|_| check()).len()
    }

    /// What `check` gives with all registers that this machine has: the machine's own choice, then each of them.
    pub(in super::super) fn each_width<T>(check: impl Fn(Registers) -> T) -> Vec<(Registers, T)> {
        let all = Registers::ALL.iter().copied().chain([Registers::Paired]);
        let here = all.filter(|registers| registers.are_here()).map(Some);
        let results = [None].into_iter().chain(here).map(|registers| {
            REGISTERS.set(registers);
            let registers = registers.unwrap_or_else(Registers::of_this_machine);
            (registers, check(registers))
        });
        let results = results.collect();
        REGISTERS.set(None);
        results
    }
}
