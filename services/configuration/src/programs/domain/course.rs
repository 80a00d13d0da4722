//! Practicum courses (domain §6).

use kernel::{CourseId, Locale, ProgramId, Text, sort_key};

use crate::resources::{Code, Sorted, fold_all};

/// A practicum course of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Its id.
    pub id: CourseId,
    /// Which program.
    pub program_id: ProgramId,
    /// The school's own code, such as `180-A10`; one active course of a program has it.
    pub code: String,
    /// Name.
    pub name: Text,
    /// Hours required of a student.
    pub hours: i32,
    /// The placement type that requests start with, if any.
    pub placement_type: Option<Code>,
    /// False once retired.
    pub active: bool,
}

impl Course {
    /// The most hours that a course may require.
    pub const MOST_HOURS: i32 = 5000;
}

impl Sorted for Course {
    fn sort_key(&self, locale: Locale) -> String {
        sort_key(self.name.get(locale))
    }

    fn search_text(&self) -> String {
        fold_all(&[&self.name.fr, &self.name.en, &self.code])
    }
}
