//! Rows out: a table's columns are declared once, and its files follow from them.
//!
//! A [`Column`] says what a value is called in the contracts (`key`), what heads it (`header`, in the reader's language), and
//! how a row gives it, as a typed [`Value`]. [`Csv`] writes header and rows piece by piece, so that a file of any length is streamed
//! and never held.
//!
//! Files open in spreadsheets as they are: a byte order mark, semicolons in French and commas in English (what a spreadsheet of
//! that language separates by), lines that end as RFC 4180 has it, days and moments by the ISO order.
//!
//! A text that a spreadsheet would take for a formula begins with an apostrophe: what one person typed must not run on the machine of
//! another. What is not text (days, numbers, moments) cannot be one.
//!
//! There is no XLSX here: the reports that need typed cells bring it, from the same columns.

mod column;
mod csv;
mod value;

pub use crate::{column::Column, csv::Csv, value::Value};
