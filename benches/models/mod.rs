//! Models that benchmarks run: found here, or fetched.

use std::sync::Arc;
use vsa_plan::ModelChoice;
use vsa_supply::{ModelRegistry, Store, StoreOptions, Unwatched};

pub(super) fn store() -> Store {
    Store::open(&StoreOptions::from_variables(false, Arc::default()).expect("a home or a cache folder"))
}

pub(super) fn obtained(store: &Store, name: &str) -> ModelChoice {
    let registry = ModelRegistry::builtin().expect("the built-in registry is tested");
    let model = registry.get(name).expect("registered");
    let mut obtained = store
        .obtain_models(&[model], &mut Unwatched)
        .unwrap_or_else(|error| {
            panic!("{name} is not here and cannot be fetched (vsa-audit models pull {name}): {error}")
        });
    obtained.remove(0)
}
