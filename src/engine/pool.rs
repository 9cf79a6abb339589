//! What is expensive to create and belongs to one worker at a time, kept for the next worker: a run makes its sessions once, not
//! once for each piece of footage. Whoever lends wipes what must not stay before giving back.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};

/// Those that nobody has.
pub(super) struct InstancePool<T>(Arc<Mutex<Vec<T>>>);

impl<T> InstancePool<T> {
    /// With one on it: that which was made to see what a model gives.
    pub(super) fn with(first: T) -> Self {
        Self(Arc::new(Mutex::new(vec![first])))
    }

    /// The last that was given back, or one that `make` makes.
    pub(super) fn lend<E>(&self, make: impl FnOnce() -> Result<T, E>) -> Result<PoolGuard<T>, E> {
        // Not within the match: others would wait while this one is made.
        let idle = locked(&self.0).pop();
        let held = match idle {
            Some(idle) => idle,
            None => make()?,
        };
        Ok(PoolGuard {
            held: Some(held),
            pool: Arc::clone(&self.0),
        })
    }
}

/// A panic elsewhere leaves the list as good as before.
fn locked<T>(pool: &Mutex<Vec<T>>) -> std::sync::MutexGuard<'_, Vec<T>> {
    pool.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Somebody's until it is dropped, then back in its pool.
pub(super) struct PoolGuard<T> {
    held: Option<T>,
    pool: Arc<Mutex<Vec<T>>>,
}

impl<T> Deref for PoolGuard<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.held.as_ref().expect("it is held until it is dropped")
    }
}

impl<T> DerefMut for PoolGuard<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.held.as_mut().expect("it is held until it is dropped")
    }
}

impl<T> Drop for PoolGuard<T> {
    fn drop(&mut self) {
        // After a panic nobody knows what state it is in.
        if !std::thread::panicking() {
            locked(&self.pool).extend(self.held.take());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    /// A pool of numbers, and what was lent when the next one to be made is `next`.
    fn lend(pool: &InstancePool<u32>, next: u32) -> PoolGuard<u32> {
        pool.lend(|| Ok::<_, Infallible>(next))
            .unwrap_or_else(|never| match never {})
    }

    #[test]
    fn one_is_made_only_when_all_are_lent_and_comes_back_as_it_was_left() {
        let pool = InstancePool::with(1);
        let mut first = lend(&pool, 7);
        let second = lend(&pool, 2);
        assert_eq!((*first, *second), (1, 2));
        *first = 10;
        drop(first);
        let again = lend(&pool, 7);
        assert_eq!(*again, 10);
        drop((second, again));
        assert_eq!(locked(&pool.0).len(), 2);
    }

    #[test]
    fn what_cannot_be_made_is_said_and_what_a_panic_held_is_not_lent_again() {
        let pool = InstancePool::with(1);
        let held = lend(&pool, 7);
        assert_eq!(pool.lend(|| Err("no memory")).err(), Some("no memory"));
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            let _held = held;
            panic!("in the middle of a run");
        }));
        assert!(panicked.is_err());
        assert_eq!(*lend(&pool, 3), 3);
    }
}
