//! Leaves in, Merkle tree hash out, and proofs that one leaf is under it, as RFC 6962 (section 2.1) defines them: a leaf
//! and a node are hashed with different first bytes, so that neither can be passed off as the other.
//! Deliberately not here: what a leaf says (see `manifest`).

use sha2::{Digest, Sha256};

/// A SHA-256 digest.
pub type Hash = [u8; 32];

/// The hash of a leaf.
#[must_use]
pub fn leaf(data: &[u8]) -> Hash {
    Sha256::new()
        .chain_update([0])
        .chain_update(data)
        .finalize()
        .into()
}

fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new()
        .chain_update([1])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

/// The largest power of two below `n`, which has to be 2 or more.
fn split(n: usize) -> usize {
    1 << (usize::BITS - 1 - (n - 1).leading_zeros())
}

/// The tree hash over the hashes of leaves.
#[must_use]
pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Sha256::digest([]).into(),
        [only] => *only,
        many => {
            let (left, right) = many.split_at(split(many.len()));
            node(&root(left), &root(right))
        }
    }
}

/// The audit path of leaf `at` (RFC 6962, section 2.1.1): the hashes beside its way up, from the leaf to the root.
/// None: there is no such leaf.
#[must_use]
pub fn path(leaves: &[Hash], at: usize) -> Option<Vec<Hash>> {
    if at >= leaves.len() {
        return None;
    }
    if leaves.len() == 1 {
        return Some(Vec::new());
    }
    let (left, right) = leaves.split_at(split(leaves.len()));
    let (mut path, beside) = if at < left.len() {
        (self::path(left, at)?, root(right))
    } else {
        (self::path(right, at - left.len())?, root(left))
    };
    path.push(beside);
    Some(path)
}

/// The root that `leaf`, as number `at` of `size`, and its `path` lead to (RFC 9162, section 2.1.3.2). None: the path
/// has not the length that such a place has.
#[must_use]
pub fn root_by_path(leaf: &Hash, at: usize, size: usize, path: &[Hash]) -> Option<Hash> {
    if at >= size {
        return None;
    }
    let (mut place, mut last) = (at, size - 1);
    let mut hash = *leaf;
    for beside in path {
        if last == 0 {
            return None;
        }
        if place % 2 == 1 || place == last {
            hash = node(beside, &hash);
            while place.is_multiple_of(2) && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            hash = node(&hash, beside);
        }
        place >>= 1;
        last >>= 1;
    }
    (last == 0).then_some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use vsa_base::digest::hexadecimal;

    /// The leaves of the Certificate Transparency reference tests (google/certificate-transparency,
    /// merkle_tree_test.cc), and the roots of their first 1 to 8.
    const LEAVES: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    const ROOTS: [&str; 8] = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    fn leaves(n: usize) -> Vec<Hash> {
        LEAVES[..n].iter().map(|data| leaf(data)).collect()
    }

    #[test]
    fn roots_are_those_of_certificate_transparency() {
        for (n, expected) in (1..).zip(ROOTS) {
            assert_eq!(hexadecimal(&root(&leaves(n))), expected, "{n} leaves");
        }
        assert_eq!(
            hexadecimal(&root(&[])),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }

    #[test]
    fn every_path_leads_to_the_root_and_none_does_from_another_leaf_place_or_size() {
        // Up to three leaves beyond the fourth power of two, which makes a tree of six storeys.
        for size in 1..=19usize {
            let leaves: Vec<Hash> = (0..size).map(|i| leaf(&[u8::try_from(i).unwrap()])).collect();
            let top = root(&leaves);
            for at in 0..size {
                let path = path(&leaves, at).unwrap();
                assert_eq!(root_by_path(&leaves[at], at, size, &path), Some(top));
                assert_ne!(root_by_path(&leaf(b"other"), at, size, &path), Some(top));
                for other in (0..size).filter(|other| *other != at) {
                    assert_ne!(
                        root_by_path(&leaves[at], other, size, &path),
                        Some(top),
                        "{at} as {other} of {size}"
                    );
                }
                let mut longer = path.clone();
                longer.push(top);
                assert_ne!(root_by_path(&leaves[at], at, size, &longer), Some(top));
                if let Some((_, shorter)) = path.split_last() {
                    assert_ne!(root_by_path(&leaves[at], at, size, shorter), Some(top));
                }
            }
            assert_eq!(path(&leaves, size), None);
        }
    }
}
