//! Flat tables for notebooks. In: named columns of the same length. Out: CSV, JSON or Parquet, as bytes.
//! Deliberately not here: what is in the rows (`score_rows`; matches come out of the room by their own door).

mod parquet;
pub mod score_rows;

use serde_json::{Map, Value, json};

/// Columns of the same length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    columns: Vec<(&'static str, Values)>,
}

/// The values of a column; none: there is no value.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Words.
    Text(Vec<Option<String>>),
    /// Numbers.
    Number(Vec<Option<f64>>),
    /// Whole numbers.
    Whole(Vec<Option<i64>>),
}

impl Values {
    fn len(&self) -> usize {
        match self {
            Self::Text(values) => values.len(),
            Self::Number(values) => values.len(),
            Self::Whole(values) => values.len(),
        }
    }
}

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// Comma-separated values, one line for each row.
    Csv,
    /// An array of objects.
    Json,
    /// Apache Parquet, uncompressed.
    Parquet,
}

impl TableFormat {
    /// The ending of such a file.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Parquet => "parquet",
        }
    }
}

impl Table {
    /// A column more. All columns of a table have the same length.
    #[must_use]
    pub fn with(mut self, name: &'static str, values: Values) -> Self {
        debug_assert!(
            self.columns
                .first()
                .is_none_or(|(_, first)| first.len() == values.len())
        );
        self.columns.push((name, values));
        self
    }

    /// How many rows it has.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.columns.first().map_or(0, |(_, values)| values.len())
    }

    /// As bytes. Numbers are written so that reading gives the same number again.
    #[must_use]
    pub fn to_bytes(&self, format: TableFormat) -> Vec<u8> {
        match format {
            TableFormat::Csv => self.csv().into_bytes(),
            TableFormat::Json => self.json(),
            TableFormat::Parquet => parquet::bytes(&self.columns, self.rows()),
        }
    }

    fn csv(&self) -> String {
        let mut text = String::new();
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        text.push_str(&names.join(","));
        text.push('\n');
        for row in 0..self.rows() {
            for (at, (_, values)) in self.columns.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                match values {
                    Values::Text(values) => {
                        let value = values[row].as_deref().unwrap_or("");
                        // A spreadsheet takes what begins so for a formula: class names come from files of others.
                        let guarded = value.starts_with(['=', '+', '@', '\t', '\r']);
                        if guarded || value.contains([',', '"', '\n', '\r']) {
                            let guard = if guarded { "'" } else { "" };
                            text.push_str(&format!("\"{guard}{}\"", value.replace('"', "\"\"")));
                        } else {
                            text.push_str(value);
                        }
                    }
                    Values::Number(values) => text.extend(values[row].map(|value| value.to_string())),
                    Values::Whole(values) => text.extend(values[row].map(|value| value.to_string())),
                }
            }
            text.push('\n');
        }
        text
    }

    fn json(&self) -> Vec<u8> {
        let row = |row: usize| -> Value {
            let field = |(name, values): &(&'static str, Values)| {
                let value = match values {
                    Values::Text(values) => json!(values[row]),
                    Values::Number(values) => json!(values[row]),
                    Values::Whole(values) => json!(values[row]),
                };
                ((*name).to_owned(), value)
            };
            Value::Object(self.columns.iter().map(field).collect::<Map<_, _>>())
        };
        let rows: Vec<Value> = (0..self.rows()).map(row).collect();
        let mut bytes = serde_json::to_vec_pretty(&rows).expect("words and finite numbers are JSON");
        bytes.push(b'\n');
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_would_be_a_formula_or_hold_a_comma_is_quoted() {
        let table = Table::default()
            .with(
                "name",
                Values::Text(vec![Some("a,\"b\"".to_owned()), Some("=1+1".to_owned()), None]),
            )
            .with("value", Values::Number(vec![Some(0.1), None, Some(-1e-12)]));
        let text = String::from_utf8(table.to_bytes(TableFormat::Csv)).unwrap();
        assert_eq!(
            text,
            "name,value\n\"a,\"\"b\"\"\",0.1\n\"'=1+1\",\n,-0.000000000001\n"
        );
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        assert_eq!(reader.records().map(Result::unwrap).count(), 3);
        let read: Vec<Value> = serde_json::from_slice(&table.to_bytes(TableFormat::Json)).unwrap();
        assert_eq!(read[2], json!({"name": null, "value": -1e-12}));
    }

    #[test]
    fn a_table_knows_its_rows_and_a_format_its_ending() {
        let endings = [TableFormat::Csv, TableFormat::Json, TableFormat::Parquet].map(TableFormat::ending);
        assert_eq!(endings, ["csv", "json", "parquet"]);
        assert_eq!(Table::default().rows(), 0);
        let three = Table::default().with("count", Values::Whole(vec![Some(2), None, Some(-1)]));
        assert_eq!(three.rows(), 3);
        let text = String::from_utf8(three.to_bytes(TableFormat::Csv)).unwrap();
        assert_eq!(text, "count\n2\n\n-1\n");
    }
}
