//! Cells that add up, such as the bins of a histogram. In: how many people stand behind every run of neighbouring
//! cells. Out: which edges between cells may be published.
