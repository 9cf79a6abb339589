//! What one sighting looked like. It never leaves the room: no `Clone`, no `Debug`, no `Serialize`, wiped when dropped.

use super::clothing::Clothing;
use vsa_plan::Role;
use zeroize::Zeroize;

/// Numbers by which a network tells people apart, scaled to length 1.
pub(crate) struct Embedding(Vec<f32>);

impl Embedding {
    /// Takes the raw output of a network, and wipes nothing but what it owns. None: it has no direction (all zeros), or
    /// is no number.
    pub(crate) fn of(mut raw: Vec<f32>) -> Option<Self> {
        let length = raw
            .iter()
            .map(|value| f64::from(*value).powi(2))
            .sum::<f64>()
            .sqrt();
        if !length.is_finite() || length <= 0.0 {
            raw.zeroize();
            return None;
        }
        for value in &mut raw {
            *value = (f64::from(*value) / length) as f32;
        }
        Some(Self(raw))
    }

    /// Cosine of the angle between two embeddings, from -1 to 1; 0 where they have different lengths, which one model
    /// never gives. Summed in the order of the numbers.
    pub(crate) fn similarity(&self, other: &Self) -> f64 {
        if self.0.len() != other.0.len() {
            return 0.0;
        }
        let products = self.0.iter().zip(&other.0);
        let sum: f64 = products.map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();
        sum.clamp(-1.0, 1.0)
    }

    #[cfg(test)]
    pub(crate) fn values(&self) -> &[f32] {
        &self.0
    }
}

impl Drop for Embedding {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// The attributes that classifiers assign, in the order of [`Labels`].
pub(crate) const ATTRIBUTES: [Role; 4] = [Role::Age, Role::Gender, Role::Emotion, Role::Mask];

/// The label that each classifier would assign, by its number: what it is called is never kept.
#[derive(Clone, Copy, Default)]
pub(crate) struct Labels([Option<u16>; ATTRIBUTES.len()]);

impl Labels {
    /// Notes a label. Other roles assign none.
    pub(crate) fn set(&mut self, role: Role, label: u16) {
        if let Some(at) = place(role) {
            self.0[at] = Some(label);
        }
    }

    pub(crate) fn get(self, role: Role) -> Option<u16> {
        place(role).and_then(|at| self.0[at])
    }
}

/// Where an attribute stands in [`ATTRIBUTES`].
pub(crate) fn place(role: Role) -> Option<usize> {
    ATTRIBUTES.iter().position(|attribute| *attribute == role)
}

/// What one sighting of a person, or of a face, looked like. The embeddings in it wipe themselves.
#[derive(Default)]
pub(crate) struct Description {
    /// Of the body.
    pub(crate) body: Option<Embedding>,
    /// Of the body, its head filled black.
    pub(crate) redacted: Option<Embedding>,
    /// Of the face.
    pub(crate) face: Option<Embedding>,
    /// Of a body.
    pub(crate) clothing: Option<Clothing>,
    /// Of a face; of a body, those of its face.
    pub(crate) labels: Labels,
    /// Of a body: whether a network of poses saw both legs; none: it was not asked.
    pub(crate) legs: Option<bool>,
    /// The pose alone was looked at, as happens more often than everything else.
    pub(crate) pose_alone: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn similarity_is_the_cosine_whatever_the_lengths() {
        let of = |values: &[f32]| Embedding::of(values.to_vec()).unwrap();
        let right = of(&[3.0, 0.0]);
        assert!((right.similarity(&of(&[100.0, 0.0])) - 1.0).abs() < 1e-7);
        assert!((right.similarity(&of(&[1.0, 1.0])) - 0.5f64.sqrt()).abs() < 1e-7);
        assert!((right.similarity(&of(&[-0.5, 0.0])) + 1.0).abs() < 1e-7);
        assert!(right.similarity(&of(&[0.0, 7.0])).abs() < 1e-7);
    }

    #[test]
    fn numbers_without_a_direction_are_no_embedding() {
        for raw in [
            vec![0.0, 0.0],
            vec![f32::NAN, 1.0],
            vec![f32::INFINITY, 1.0],
            vec![],
        ] {
            assert!(Embedding::of(raw).is_none());
        }
    }

    #[test]
    fn each_attribute_has_a_place_of_its_own_and_other_roles_have_none() {
        let mut labels = Labels::default();
        labels.set(Role::Gender, 1);
        labels.set(Role::Age, 7);
        labels.set(Role::BodyEmbedding, 9);
        assert_eq!(labels.get(Role::Gender), Some(1));
        assert_eq!(labels.get(Role::Age), Some(7));
        assert_eq!(labels.get(Role::Mask), None);
        assert_eq!(labels.get(Role::BodyEmbedding), None);
    }

    static_assertions::assert_not_impl_any!(Embedding: Clone, std::fmt::Debug, serde::Serialize);
    static_assertions::assert_not_impl_any!(Description: Clone, std::fmt::Debug, serde::Serialize);
}
