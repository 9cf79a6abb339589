//! Who stands behind what falls into bands: frames by number of people, boxes by score or by who drew them. In: counts, the
//! bands in which each track was seen, the most in one still. Out: how many people stand behind a range of bands.

use super::axis::Support;
use std::collections::BTreeMap;
use std::ops::Range;

/// No more bands than bits that tell where a track was seen.
const MOST_BANDS: usize = 32;

/// Counts by band, and the people behind them.
#[derive(Default)]
pub(super) struct Bands {
    counts: [u64; MOST_BANDS],
    /// Most people in one still, for each band.
    crowds: [u64; MOST_BANDS],
    /// In which bands a settled track was seen (one bit each), and how many tracks.
    touched: BTreeMap<u32, u64>,
}

impl Bands {
    pub(super) fn count(&mut self, band: usize, more: u64) {
        self.counts[band] += more;
    }

    /// So many people were seen in one still.
    pub(super) fn still(&mut self, band: usize, people: u64) {
        self.crowds[band] = self.crowds[band].max(people);
    }

    /// A track was seen in these bands.
    pub(super) fn track(&mut self, support: Support, bands: impl Iterator<Item = usize>) {
        if support == Support::Confirmed {
            *self.touched.entry(bits(bands)).or_insert(0) += 1;
        }
    }

    pub(super) fn counted(&self, range: Range<usize>) -> u64 {
        self.counts[range].iter().sum()
    }

    /// Most people in one still.
    pub(super) fn crowd(&self, range: Range<usize>) -> u64 {
        self.crowds[range].iter().copied().max().unwrap_or(0)
    }

    /// People behind the counts in a range: the settled tracks that were seen there, or the most in one still, whichever is
    /// more; never more than there are counts; at least one where there is a count.
    pub(super) fn people(&self, range: Range<usize>) -> u64 {
        let here = bits(range.clone());
        let touching = self.touched.iter().filter(|(seen, _)| *seen & here != 0);
        let tracks: u64 = touching.map(|(_, tracks)| tracks).sum();
        let people = tracks.max(self.crowd(range.clone())).max(1);
        people.min(self.counted(range))
    }
}

fn bits(bands: impl Iterator<Item = usize>) -> u32 {
    bands.fold(0, |bits, band| bits | (1 << band))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behind_a_band_stand_settled_tracks_seen_there_or_whoever_was_there_at_once() {
        let mut bands = Bands::default();
        bands.count(0, 5);
        bands.count(1, 20);
        bands.track(Support::Confirmed, [0, 1, 1].into_iter());
        bands.track(Support::Confirmed, [1].into_iter());
        bands.track(Support::Fragment, [0].into_iter());
        let people = |bands: &Bands| [0..1, 1..2, 0..2, 2..3].map(|range| bands.people(range));
        assert_eq!(people(&bands), [1, 2, 2, 0]);
        bands.still(0, 9);
        assert_eq!(people(&bands), [5, 2, 9, 0], "no more people than counts");
    }
}
