//! `unsafe` is needed here: a loop that was compiled for instructions which not every machine has is called once they are found.
//!
//! In: a loop over the bytes of a picture, written in plain Rust. Out: what it gives, computed with wider registers where the
//! machine has them. Only for loops whose results do not depend on it: whole numbers, and fractions of which each is computed
//! for itself. Deliberately not here: loops that add up fractions (see the engine's own registers, `lanes.rs`).
#![cfg_attr(target_arch = "x86_64", expect(unsafe_code, reason = "see the first line"))]

/// A loop, in a function that is inlined: only then is it compiled for whoever calls it.
pub trait Loop {
    /// What it gives.
    type Output;
    /// Runs it.
    fn run(self) -> Self::Output;
}

/// Runs with the widest registers for bytes that this machine has.
pub fn with_wide_registers<L: Loop>(work: L) -> L::Output {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: AVX2, for which alone the function is compiled, was just found; the loop itself is safe code.
        return unsafe { on_avx2(work) };
    }
    work.run()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn on_avx2<L: Loop>(work: L) -> L::Output {
    work.run()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Sum<'a>(&'a [u8]);

    impl Loop for Sum<'_> {
        type Output = u32;

        #[inline(always)]
        fn run(self) -> u32 {
            self.0.iter().map(|byte| u32::from(*byte)).sum()
        }
    }

    #[test]
    fn a_loop_gives_what_it_gives_anywhere() {
        let bytes: Vec<u8> = (0..=255).cycle().take(1000).collect();
        assert_eq!(with_wide_registers(Sum(&bytes)), Sum(&bytes).run());
        assert_eq!(with_wide_registers(Sum(&bytes)), 3 * 32_640 + 26_796);
    }
}
