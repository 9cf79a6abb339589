//! Apache Parquet. In: columns. Out: the bytes of a file: one row group per million rows, one page per column, PLAIN values,
//! uncompressed, every column optional.
//!
//! Written here because the part that a flat table needs is this page, while the crate `parquet` brings forty others and
//! a minute of building even without default features. Source: apache/parquet-format, `README.md`, `Encodings.md`,
//! `parquet.thrift`; the metadata are Thrift's compact protocol (`thrift-compact-protocol.md`).

use super::Values;

const MAGIC: &[u8] = b"PAR1";
/// A page holds its sizes in 32 bits: so many rows stay far below.
const ROWS_OF_A_GROUP: usize = 1 << 20;

/// Physical types.
const INT64: i64 = 2;
const DOUBLE: i64 = 5;
const BYTE_ARRAY: i64 = 6;
/// Encodings.
const PLAIN: i64 = 0;
const RLE: i64 = 3;

/// A column's page, and where it begins.
struct Chunk {
    offset: usize,
    size: usize,
}

pub(super) fn bytes(columns: &[(&'static str, Values)], rows: usize) -> Vec<u8> {
    let mut file = MAGIC.to_vec();
    let mut groups = Vec::new();
    for from in (0..rows).step_by(ROWS_OF_A_GROUP) {
        let within = from..(from + ROWS_OF_A_GROUP).min(rows);
        let chunks = columns.iter().map(|(_, values)| {
            let page = page(values, within.clone());
            let chunk = Chunk {
                offset: file.len(),
                size: page.len(),
            };
            file.extend(page);
            chunk
        });
        let chunks: Vec<Chunk> = chunks.collect();
        groups.push((within.len(), chunks));
    }
    let footer = footer(columns, rows, &groups);
    file.extend(&footer);
    file.extend(length_of(&footer));
    file.extend(MAGIC);
    file
}

fn physical(values: &Values) -> i64 {
    match values {
        Values::Text(_) => BYTE_ARRAY,
        Values::Number(_) => DOUBLE,
        Values::Whole(_) => INT64,
    }
}

fn page(values: &Values, within: std::ops::Range<usize>) -> Vec<u8> {
    let rows = within.len();
    let mut plain = Vec::new();
    let there = match values {
        Values::Text(values) => put(&values[within], |text| {
            plain.extend(length_of(text.as_bytes()));
            plain.extend(text.as_bytes());
        }),
        Values::Number(values) => put(&values[within], |number| plain.extend(number.to_le_bytes())),
        Values::Whole(values) => put(&values[within], |number| plain.extend(number.to_le_bytes())),
    };
    // Definition levels: runs of 1 (a value) and 0 (none), each the length shifted by one, then the level.
    let mut levels = Vec::new();
    for run in there.chunk_by(|a, b| a == b) {
        varint(&mut levels, (run.len() as u64) << 1);
        levels.push(u8::from(run[0]));
    }
    let mut data = length_of(&levels).to_vec();
    data.extend(levels);
    data.extend(plain);
    let mut head = Struct::default();
    head.int(1, 0);
    head.int(2, data.len() as i64);
    head.int(3, data.len() as i64);
    let mut of_page = Struct::default();
    of_page.int(1, rows as i64);
    of_page.int(2, PLAIN);
    of_page.int(3, RLE);
    of_page.int(4, RLE);
    head.nested(5, of_page);
    let mut page = head.end();
    page.extend(data);
    page
}

/// Writes the values that are there, and tells which are.
fn put<T>(values: &[Option<T>], write: impl FnMut(&T)) -> Vec<bool> {
    values.iter().flatten().for_each(write);
    values.iter().map(Option::is_some).collect()
}

fn length_of(bytes: &[u8]) -> [u8; 4] {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes()
}

fn footer(columns: &[(&'static str, Values)], rows: usize, groups: &[(usize, Vec<Chunk>)]) -> Vec<u8> {
    let mut root = Struct::default();
    root.text(4, "rows");
    root.int(5, columns.len() as i64);
    let mut schema = vec![root.end()];
    for (name, values) in columns {
        let mut element = Struct::default();
        element.int(1, physical(values));
        element.int(3, 1);
        element.text(4, name);
        if matches!(values, Values::Text(_)) {
            // UTF-8, in the old way and in the new.
            element.int(6, 0);
            let mut logical = Struct::default();
            logical.nested(1, Struct::default());
            element.nested(10, logical);
        }
        schema.push(element.end());
    }
    let group = |(rows, chunks): &(usize, Vec<Chunk>)| {
        let of_column = |((name, values), chunk): (&(&'static str, Values), &Chunk)| {
            let mut about = Struct::default();
            about.int(1, physical(values));
            about.list(2, I32, &[zigzag(PLAIN), zigzag(RLE)]);
            about.list(3, BINARY, &[text(name)]);
            about.int(4, 0);
            about.long(5, *rows as i64);
            about.long(6, chunk.size as i64);
            about.long(7, chunk.size as i64);
            about.long(9, chunk.offset as i64);
            let mut column = Struct::default();
            column.long(2, chunk.offset as i64);
            column.nested(3, about);
            column.end()
        };
        let of_columns: Vec<Vec<u8>> = columns.iter().zip(chunks).map(of_column).collect();
        let mut group = Struct::default();
        group.list(1, STRUCT, &of_columns);
        group.long(2, chunks.iter().map(|chunk| chunk.size as i64).sum());
        group.long(3, *rows as i64);
        group.end()
    };
    let of_groups: Vec<Vec<u8>> = groups.iter().map(group).collect();
    let mut file = Struct::default();
    file.int(1, 1);
    file.list(2, STRUCT, &schema);
    file.long(3, rows as i64);
    file.list(4, STRUCT, &of_groups);
    file.text(6, vsa_base::PROGRAM);
    file.end()
}

/// Types of Thrift's compact protocol.
const I32: u8 = 5;
const I64: u8 = 6;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

/// A structure under way. Fields come in rising order, at most 15 apart.
#[derive(Default)]
struct Struct {
    bytes: Vec<u8>,
    last: u8,
}

impl Struct {
    fn field(&mut self, id: u8, kind: u8) {
        self.bytes.push((id - self.last) << 4 | kind);
        self.last = id;
    }

    fn int(&mut self, id: u8, value: i64) {
        self.field(id, I32);
        self.bytes.extend(zigzag(value));
    }

    fn long(&mut self, id: u8, value: i64) {
        self.field(id, I64);
        self.bytes.extend(zigzag(value));
    }

    fn text(&mut self, id: u8, value: &str) {
        self.field(id, BINARY);
        self.bytes.extend(text(value));
    }

    fn nested(&mut self, id: u8, inner: Self) {
        self.field(id, STRUCT);
        self.bytes.extend(inner.end());
    }

    fn list(&mut self, id: u8, kind: u8, elements: &[Vec<u8>]) {
        self.field(id, LIST);
        match u8::try_from(elements.len()) {
            Ok(few) if few < 15 => self.bytes.push(few << 4 | kind),
            _ => {
                self.bytes.push(0xf0 | kind);
                varint(&mut self.bytes, elements.len() as u64);
            }
        }
        for element in elements {
            self.bytes.extend(element);
        }
    }

    fn end(mut self) -> Vec<u8> {
        self.bytes.push(0);
        self.bytes
    }
}

fn text(value: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    varint(&mut bytes, value.len() as u64);
    bytes.extend(value.as_bytes());
    bytes
}

/// Small numbers of either sign become small ones without.
fn zigzag(value: i64) -> Vec<u8> {
    let mut bytes = Vec::new();
    varint(&mut bytes, (value << 1 ^ value >> 63).cast_unsigned());
    bytes
}

/// Seven bits a byte, the lowest first; the eighth says that more follow.
fn varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::super::{Table, TableFormat, Values};
    use super::{I32, STRUCT, Struct, zigzag};
    use vsa_base::digest;

    fn table(rows: usize) -> Table {
        let text = |at: usize| (!at.is_multiple_of(3)).then(|| format!("né {at}"));
        Table::default()
            .with("name", Values::Text((0..rows).map(text).collect()))
            .with(
                "value",
                Values::Number(
                    (0..rows)
                        .map(|at| (at % 5 != 1).then(|| at as f64 / 7.0))
                        .collect(),
                ),
            )
            .with(
                "count",
                Values::Whole((0..rows).map(|at| (at != 2).then(|| 3 - at as i64)).collect()),
            )
    }

    /// `tests/parity/parquet_reader.py` reads the file of these bytes with pyarrow and compares every value; the digest is
    /// that of the bytes that it read.
    #[test]
    fn the_file_is_byte_for_byte_the_one_that_pyarrow_read() {
        let bytes = table(1000).to_bytes(TableFormat::Parquet);
        if let Some(path) = std::env::var_os("VSA_AUDIT_WRITE_PARQUET") {
            let mut file = std::fs::File::create_new(path).unwrap();
            std::io::Write::write_all(&mut file, &bytes).unwrap();
        }
        assert_eq!(digest::of_bytes(&bytes), READ_BY_PYARROW);
        assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
    }

    const READ_BY_PYARROW: &str = "532ca5084c35fc535f87f3eee44e898eaacb8227c7343e623c115138cb79ff9c";

    #[test]
    fn a_table_without_rows_is_a_file_all_the_same() {
        let bytes = table(0).to_bytes(TableFormat::Parquet);
        let length = u32::from_le_bytes(bytes[bytes.len() - 8..bytes.len() - 4].try_into().unwrap());
        assert_eq!(bytes.len(), 4 + length as usize + 8);
    }

    /// By Thrift's `thrift-compact-protocol.md`: up to 14 elements, their number and their type share a byte; from 15 on, 15
    /// stands in place of the number, which follows as a varint. The table of scores has 17 columns.
    #[test]
    fn a_list_of_fifteen_or_more_tells_its_length_after_its_type() {
        for (length, kind, head) in [
            (0, I32, &[0x05][..]),
            (1, I32, &[0x15]),
            (14, STRUCT, &[0xec]),
            (15, STRUCT, &[0xfc, 15]),
            (16, I32, &[0xf5, 16]),
            (200, I32, &[0xf5, 0xc8, 0x01]),
            (300, STRUCT, &[0xfc, 0xac, 0x02]),
        ] {
            let mut holder = Struct::default();
            holder.list(3, kind, &vec![vec![0x2a]; length]);
            // Field 3 (three after none) of the type that is a list, 9; what holds it ends with 0.
            let mut wanted = vec![0x39];
            wanted.extend(head);
            wanted.extend(vec![0x2a; length]);
            wanted.push(0);
            assert_eq!(holder.end(), wanted, "{length} elements");
        }
    }

    /// The values are those of the table in Protocol Buffers' guide to its encoding, whose zigzag Thrift takes over.
    #[test]
    fn numbers_of_either_sign_are_folded_into_those_without() {
        for (value, wanted) in [
            (0, &[0][..]),
            (-1, &[1]),
            (1, &[2]),
            (-2, &[3]),
            (63, &[0x7e]),
            (-64, &[0x7f]),
            (64, &[0x80, 0x01]),
            // 4294967294 and 4294967295.
            (2_147_483_647, &[0xfe, 0xff, 0xff, 0xff, 0x0f]),
            (-2_147_483_648, &[0xff, 0xff, 0xff, 0xff, 0x0f]),
        ] {
            assert_eq!(zigzag(value), wanted, "{value}");
        }
    }
}
