//! What is dear to make and belongs to one worker at a time, kept for the next worker: a run makes its sessions once, not
//! once for each piece of footage. Whoever lends wipes what must not stay before giving back.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};

/// Those that nobody has.
pub(super) struct Shelf<T>(Arc<Mutex<Vec<T>>>);

impl<T> Shelf<T> {
    /// With one on it: that which was made to see what a model gives.
    pub(super) fn with(first: T) -> Self {
        Self(Arc::new(Mutex::new(vec![first])))
    }

    /// The last that was given back, or one that `make` makes.
    pub(super) fn lend<E>(&self, make: impl FnOnce() -> Result<T, E>) -> Result<Lent<T>, E> {
        // Not within the match: others would wait while this one is made.
        let idle = locked(&self.0).pop();
        let held = match idle {
            Some(idle) => idle,
            None => make()?,
        };
        Ok(Lent {
            held: Some(held),
            shelf: Arc::clone(&self.0),
        })
    }
}

/// A panic elsewhere leaves the list as good as before.
fn locked<T>(shelf: &Mutex<Vec<T>>) -> std::sync::MutexGuard<'_, Vec<T>> {
    shelf.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Somebody's until it is dropped, then back on its shelf.
pub(super) struct Lent<T> {
    held: Option<T>,
    shelf: Arc<Mutex<Vec<T>>>,
}

impl<T> Deref for Lent<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.held.as_ref().expect("it is held until it is dropped")
    }
}

impl<T> DerefMut for Lent<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.held.as_mut().expect("it is held until it is dropped")
    }
}

impl<T> Drop for Lent<T> {
    fn drop(&mut self) {
        // After a panic nobody knows what state it is in.
        if !std::thread::panicking() {
            locked(&self.shelf).extend(self.held.take());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    /// A shelf of numbers, and what was lent when the next one to be made is `next`.
    fn lend(shelf: &Shelf<u32>, next: u32) -> Lent<u32> {
        shelf
            .lend(|| Ok::<_, Infallible>(next))
            .unwrap_or_else(|never| match never {})
    }

    #[test]
    fn one_is_made_only_when_all_are_lent_and_comes_back_as_it_was_left() {
        let shelf = Shelf::with(1);
        let mut first = lend(&shelf, 7);
        let second = lend(&shelf, 2);
        assert_eq!((*first, *second), (1, 2));
        *first = 10;
        drop(first);
        let again = lend(&shelf, 7);
        assert_eq!(*again, 10);
        drop((second, again));
        assert_eq!(locked(&shelf.0).len(), 2);
    }

    #[test]
    fn what_cannot_be_made_is_said_and_what_a_panic_held_is_not_lent_again() {
        let shelf = Shelf::with(1);
        let held = lend(&shelf, 7);
        assert_eq!(shelf.lend(|| Err("no memory")).err(), Some("no memory"));
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            let _held = held;
            panic!("in the middle of a run");
        }));
        assert!(panicked.is_err());
        assert_eq!(*lend(&shelf, 3), 3);
    }
}
