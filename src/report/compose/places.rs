//! Where in the picture people were seen, as shaded cells. In: a place map. Out: a chart.

use super::tables::chart_data;
use crate::document::{Chart, PlaceMark, Places, Plot};
use crate::formats::Numerals as _;
use crate::wording::say;
use vsa_base::language::Language;
use vsa_record::disclosure::Cell;
use vsa_record::measurements::PlaceMap;

/// Shades for somebody: from few to many.
const SHADES: u64 = 4;

/// The chart of one item; `number` tells its anchor from those of the others.
pub(super) fn chart(language: Language, map: &PlaceMap, number: usize) -> Chart {
    let shown = |cell: &Cell<u64>| cell.shown().copied();
    let most = map.visits.iter().filter_map(shown).max().unwrap_or(0);
    let marks = map
        .visits
        .iter()
        .map(|cell| PlaceMark {
            shade: shown(cell).map(|n| shade(n, most)),
            text: match shown(cell) {
                Some(0) => String::new(),
                Some(n) => language.count(n),
                None => say!(language, WITHHELD).to_owned(),
            },
        })
        .collect();
    let rows: Vec<Vec<String>> = (0..map.rows as usize)
        .map(|row| {
            let cells = &map.visits[row * map.columns as usize..(row + 1) * map.columns as usize];
            std::iter::once(language.count(row as u64 + 1))
                .chain(cells.iter().map(|it| say!(language, counted(it))))
                .collect()
        })
        .collect();
    let heads: Vec<String> = std::iter::once(say!(language, PLACE_ROW).to_owned())
        .chain((1..=u64::from(map.columns)).map(|n| language.count(n)))
        .collect();
    let withheld = map.visits.iter().filter(|cell| shown(cell).is_none()).count();
    let text = say!(language, places(&map.item, most, withheld));
    let plot = Plot::Places(Places {
        columns: map.columns,
        rows: map.rows,
        marks,
        legend: legend(language, most, withheld > 0),
    });
    let numeric = vec![true; heads.len()];
    let data = chart_data(language, &text.title, &heads, &numeric, rows);
    let words = (text.title, text.description, text.caption);
    super::charts::chart(format!("chart-places-{number}"), words, plot, data)
}

/// 0 for nobody, then equal steps up to the most.
fn shade(visits: u64, most: u64) -> u8 {
    if visits == 0 {
        0
    } else {
        (visits * SHADES).div_ceil(most.max(1)).clamp(1, SHADES) as u8
    }
}

fn legend(language: Language, most: u64, withheld: bool) -> Vec<PlaceMark> {
    let mark = |shade, text| PlaceMark { shade, text };
    let mut legend = vec![mark(Some(0), say!(language, PLACE_NOBODY).to_owned())];
    let mut low = 1;
    for step in 1..=SHADES {
        // The largest number of visits that still has this shade.
        let high = most * step / SHADES;
        if high >= low {
            legend.push(mark(Some(shade(high, most)), say!(language, visits(low, high))));
            low = high + 1;
        }
    }
    if withheld {
        legend.push(mark(None, say!(language, WITHHELD).to_owned()));
    }
    legend
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_of_visits_has_the_shade_that_the_legend_gives_it() {
        for most in [1, 2, 3, 4, 5, 7, 19, 100] {
            let legend = legend(Language::English, most, false);
            for visits in 1..=most {
                let shade = shade(visits, most);
                let holding: Vec<&PlaceMark> =
                    legend.iter().filter(|mark| mark.shade == Some(shade)).collect();
                assert_eq!(holding.len(), 1, "{visits} of {most}");
                let numbers: Vec<u64> = holding[0]
                    .text
                    .split(|c: char| !c.is_ascii_digit())
                    .filter_map(|n| n.parse().ok())
                    .collect();
                let (low, high) = (numbers[0], *numbers.last().unwrap());
                assert!(
                    (low..=high).contains(&visits),
                    "{visits} of {most}: {:?}",
                    holding[0]
                );
            }
        }
    }
}
