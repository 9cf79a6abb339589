//! Pairs of letters that stand closer or wider than their widths say: the pair lookups of a font's GPOS table. The fonts
//! here were cut down to the feature `kern`, so that every pair lookup is meant. Contextual corrections are left out.

use skrifa::raw::TableProvider as _;
use skrifa::raw::tables::gpos::{PairPos, PositionSubtables};
use skrifa::{FontRef, GlyphId};

/// The pair lookups of one font: for each, its subtables.
pub(super) struct Kerning<'font>(Vec<Vec<PairPos<'font>>>);

impl<'font> Kerning<'font> {
    /// None, where the font has none.
    pub(super) fn of(font: &FontRef<'font>) -> Self {
        let mut lookups = Vec::new();
        if let Ok(list) = font.gpos().and_then(|gpos| gpos.lookup_list()) {
            for lookup in list.lookups().iter().flatten() {
                if let Ok(PositionSubtables::Pair(subtables)) = lookup.subtables() {
                    lookups.push(subtables.iter().flatten().collect());
                }
            }
        }
        Self(lookups)
    }

    /// What is added to the width of `left` before `right`, in units of the font.
    pub(super) fn between(&self, left: u32, right: u32) -> f32 {
        let (left, right) = (GlyphId::new(left), GlyphId::new(right));
        self.0
            .iter()
            // In each lookup, the first subtable that speaks of the pair decides.
            .filter_map(|subtables| subtables.iter().find_map(|table| value(table, left, right)))
            .map(f32::from)
            .sum()
    }
}

fn value(table: &PairPos<'_>, left: GlyphId, right: GlyphId) -> Option<i16> {
    match table {
        PairPos::Format1(pairs) => {
            let at = usize::from(pairs.coverage().ok()?.get(left)?);
            let set = pairs.pair_sets().get(at).ok()?;
            let record = set
                .pair_value_records()
                .iter()
                .flatten()
                .find(|record| GlyphId::from(record.second_glyph()) == right)?;
            record.value_record1().x_advance()
        }
        PairPos::Format2(classes) => {
            classes.coverage().ok()?.get(left)?;
            let first = usize::from(classes.class_def1().ok()?.get(left));
            let second = usize::from(classes.class_def2().ok()?.get(right));
            let row = classes.class1_records().get(first).ok()?;
            let record = row.class2_records().get(second).ok()?;
            record.value_record1().x_advance()
        }
    }
}
