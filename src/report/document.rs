//! The one object that every format is drawn from: sentences, tables, charts and figures, already rounded and worded.
//! A format adds form, never content: what is not in here is in no report.
//! Deliberately not here: how it is composed (see `compose`) and how it looks (see `html`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vsa_audits::Finding;
use vsa_base::language::Language;
use vsa_record::disclosure::Cell;
use vsa_record::estimate::Estimate;
use vsa_record::{DisclosurePolicy, Record};

/// The name of this format. It changes when a field changes its meaning or goes away.
pub const SCHEMA: &str = "vsa-audit/report/1";

/// A whole report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Language of all texts, as in the HTML attribute `lang`.
    pub language: Language,
    /// What this is.
    pub header: Header,
    /// The answer in plain words.
    pub answer: Answer,
    /// Everything else, in reading order.
    pub sections: Vec<Section>,
    /// Fixed words of the page around the content.
    pub labels: Labels,
    /// How it is arranged as an exhibit; none: it is not one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exhibit: Option<Exhibit>,
    /// The rule by which cells were withheld.
    pub disclosure: DisclosurePolicy,
    /// Every finding as data.
    pub findings: Vec<Finding>,
    /// Every estimate as data, unrounded.
    pub estimates: Vec<NamedEstimate>,
}

vsa_record::passport!(Document);

impl Document {
    /// Everything that can be said about `record` and the `findings` drawn from it, in English.
    #[must_use]
    pub fn new(record: &Record, findings: &[Finding]) -> Self {
        Self::in_language(Language::English, record, findings)
    }

    /// Everything that can be said about `record` and the `findings` drawn from it.
    #[must_use]
    pub fn in_language(language: Language, record: &Record, findings: &[Finding]) -> Self {
        super::compose::document(language, record, findings)
    }

    /// The same with what a case file says in its header.
    #[must_use]
    pub fn for_case(mut self, case: &vsa_custody::case::Case) -> Self {
        super::compose::add_case(&mut self, case);
        self
    }

    /// The same with a vendor's claims, examined.
    #[must_use]
    pub fn with_claims(mut self, claims: &vsa_claims::ClaimsReport) -> Self {
        super::compose::add_claims(&mut self, claims);
        self
    }

    /// The same with redacted stills.
    #[must_use]
    pub fn with_stills(mut self, stills: &super::stills::Stills) -> Self {
        super::compose::stills::add(&mut self, stills);
        self
    }

    /// The same with what a benchmark of one machine says about the cost of watching.
    #[must_use]
    pub fn for_bench(mut self, bench: &vsa_record::bench::BenchFacts) -> Self {
        super::compose::cost::add(&mut self, bench);
        self
    }
}

/// The first thing a reader sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The kind of document.
    pub kicker: String,
    /// Its title: states what was looked at.
    pub title: String,
    /// What this is, in two or three sentences.
    pub introduction: String,
    /// What was looked at, in short.
    pub facts: Vec<Fact>,
    /// What must be known before anything else is read.
    pub notices: Vec<Notice>,
}

/// What a report is as an exhibit: the same sections, in the order in which a court expects them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exhibit {
    /// On every page: the exhibit's number, or that none was stated.
    pub number: String,
    /// What was asked, by whom, and what was looked at.
    pub facts: Vec<Fact>,
    /// On every page: the digest by which the record can be told from any other.
    pub digest: Fact,
    /// The number of a page; `{page}` and `{pages}` stand for the numbers.
    pub page: String,
    /// The parts, in their order.
    pub parts: Vec<ExhibitPart>,
    /// Files that the document carries: names, and what each is.
    pub attachments: Vec<Fact>,
}

/// A part of an exhibit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExhibitPart {
    /// Its title.
    pub title: String,
    /// The anchors of its sections.
    pub sections: Vec<String>,
}

/// Something that must be known first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// States what is the case.
    pub title: String,
    /// In full.
    pub text: String,
}

/// The answer in plain words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Heading.
    pub title: String,
    /// A few sentences (or pairs of sentences), each naming its number with its interval.
    pub sentences: Vec<String>,
    /// How to read the intervals.
    pub note: String,
}

/// A part of the report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Anchor.
    pub id: String,
    /// Short name for the table of contents.
    pub name: String,
    /// Heading.
    pub title: String,
    /// One or two sentences that lead in.
    pub lead: String,
    /// The content.
    pub blocks: Vec<Block>,
}

/// A piece of content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "block", rename_all = "snake_case", deny_unknown_fields)]
pub enum Block {
    /// A heading below the section's.
    Heading {
        /// The heading.
        text: String,
    },
    /// Running text.
    Paragraph {
        /// The text.
        text: String,
    },
    /// Points of equal rank.
    List {
        /// The points.
        points: Vec<Point>,
    },
    /// Terms with values.
    Facts {
        /// The pairs.
        facts: Vec<Fact>,
    },
    /// A table.
    Table(Table),
    /// A chart.
    Chart(Chart),
    /// A finding in words.
    Finding(FindingText),
    /// A command to type.
    Command {
        /// What it does.
        caption: String,
        /// The command.
        text: String,
    },
}

/// A point of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// States what is the case.
    pub title: String,
    /// What it means for the numbers.
    pub text: String,
}

/// A term with its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// The term.
    pub term: String,
    /// Its value.
    pub value: String,
    /// Whether the value is to be compared letter by letter (digests, commands).
    pub literal: bool,
}

/// A table. The first cell of a row names the row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Heads of the columns.
    pub columns: Vec<Column>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<String>>,
}

/// Head of a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// The head.
    pub title: String,
    /// Whether numbers stand in it.
    pub numeric: bool,
}

/// A chart: data with their labels; and the same data as a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    /// Anchor.
    pub id: String,
    /// States what is the case.
    pub title: String,
    /// The chart in words, for those who do not see it.
    pub description: String,
    /// The limit of what it shows.
    pub caption: String,
    /// What to draw.
    pub plot: Plot,
    /// The same data.
    pub data: Table,
}

/// What to draw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "plot", rename_all = "snake_case", deny_unknown_fields)]
pub enum Plot {
    /// Upright columns on a common base.
    Columns(Columns),
    /// A dot with its interval on each row.
    Ranges(Ranges),
    /// Square cells that cover a picture.
    Places(Places),
    /// Points along two axes, each with its interval.
    Curve(CurvePlot),
}

/// Points along two axes, joined by a line, each with the interval of its height.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CurvePlot {
    /// Name of the upright axis.
    pub value_axis: String,
    /// Name of the level axis.
    pub level_axis: String,
    /// Marks of the upright axis; the first and the last are its ends.
    pub value_ticks: Vec<Tick>,
    /// Marks of the level axis, evenly spaced as they are to be drawn (logarithms, where the axis is logarithmic).
    pub level_ticks: Vec<Tick>,
    /// The points from left to right.
    pub points: Vec<CurveMark>,
    /// Whether equality of both axes is drawn as a line to compare by, with this label.
    pub diagonal: Option<String>,
}

/// A point of a curve, in the units of the ticks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CurveMark {
    /// Along the level axis.
    pub x: f64,
    /// Along the upright axis, with the ends of its interval.
    pub range: Range,
}

/// Square cells that cover a picture: the darker, the more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Places {
    /// Cells from left to right.
    pub columns: u32,
    /// Cells from top to bottom.
    pub rows: u32,
    /// The cells, row by row.
    pub marks: Vec<PlaceMark>,
    /// What the shades mean, from the lightest to the darkest, then what an empty frame means.
    pub legend: Vec<PlaceMark>,
}

/// One cell of [`Places`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceMark {
    /// 0: nobody; 1 to 4: from few to many; none: withheld, as `text` says.
    pub shade: Option<u8>,
    /// What stands in it, where there is room; empty where nobody was.
    pub text: String,
}

/// Upright columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// Name of the upright axis.
    pub value_axis: String,
    /// Name of the level axis.
    pub category_axis: String,
    /// Whether a column's label names its left edge; otherwise the whole column.
    pub labels_name_edges: bool,
    /// Marks of the upright axis; the last is its end.
    pub value_ticks: Vec<Tick>,
    /// The columns, from left to right.
    pub columns: Vec<ColumnMark>,
    /// Lines between columns that divide them.
    pub dividers: Vec<Divider>,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ColumnMark {
    /// Label below; empty where there is no room for every label.
    pub label: String,
    /// Height; none: withheld or not measured, as `text` says.
    pub value: Option<f64>,
    /// Label above the column, or in its place.
    pub text: String,
}

/// An upright line between two columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Divider {
    /// Place in columns from the left, with fractions.
    pub at: f64,
    /// Its label.
    pub label: String,
}

/// A mark of an axis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tick {
    /// Where.
    pub at: f64,
    /// Label.
    pub label: String,
}

/// Dots with intervals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ranges {
    /// Name of the value axis.
    pub value_axis: String,
    /// Marks of the value axis; the first and the last are its ends.
    pub value_ticks: Vec<Tick>,
    /// The rows, from top to bottom.
    pub rows: Vec<RangeMark>,
    /// Upright lines to hold the rows against, such as a claimed value.
    pub references: Vec<Tick>,
}

/// One row of dots with intervals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RangeMark {
    /// What the row is about.
    pub label: String,
    /// Addition to the label, in smaller type.
    pub detail: String,
    /// The value with the ends of its interval; none: withheld or not measured, as `text` says.
    pub range: Option<Range>,
    /// The value in words.
    pub text: String,
    /// Whether a new group of rows begins here.
    pub begins_group: bool,
}

/// A value with the ends of its interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// Lower end.
    pub low: f64,
    /// The value.
    pub value: f64,
    /// Upper end.
    pub high: f64,
}

/// A finding in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FindingText {
    /// Id of the audit.
    pub audit: String,
    /// How it was decided.
    pub mark: VerdictMark,
    /// The verdict in a word or two.
    pub verdict: String,
    /// States what is the case.
    pub title: String,
    /// The numbers behind it.
    pub evidence: String,
    /// How it was decided.
    pub decision: String,
    /// The limit of the statement.
    pub limit: String,
    /// Where the threshold comes from.
    pub source: String,
}

/// The form of the sign beside a verdict; the verdict is also said in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VerdictMark {
    /// The whole interval is on the far side of the threshold.
    Reached,
    /// The whole interval is on the near side.
    NotReached,
    /// The interval holds the threshold.
    Open,
    /// There is no evidence.
    Unmeasured,
}

/// Fixed words of the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    /// Link that skips to the content.
    pub skip: String,
    /// Heading of the table of contents.
    pub contents: String,
    /// Opens the table below a chart.
    pub show_data: String,
    /// Before the limit of a finding.
    pub limit: String,
    /// Before the evidence of a finding.
    pub evidence: String,
    /// Before the way in which a finding was decided.
    pub decision: String,
    /// Before the id of an audit.
    pub audit: String,
    /// Last line of the page.
    pub colophon: String,
    /// Words of the page's verifier, by name.
    pub verifier: std::collections::BTreeMap<String, String>,
}

/// An estimate with its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedEstimate {
    /// Stable name, such as `presence.people_per_frame`.
    pub name: String,
    /// The estimate, or the reason why it is withheld.
    pub estimate: Cell<Estimate>,
}
