//! Programs, courses, terms, placement types and reasons.

use jiff::civil::Date;
use kernel::{DateRange, Text};
use uuid::Uuid;

use super::{
    organisation::searchable,
    table::{Inconsistent, row},
};
use crate::model::{Course, PlacementType, Program, Reason, ReasonUse, Term};

row!(ProgramRow in "directory_program" by id: "uuid" {
    agency_id: Uuid as "uuid",
    name_fr: String as "text",
    name_en: String as "text",
    search: String as "text",
    is_user: bool as "boolean",
    active: bool as "boolean",
});

impl From<&Program> for ProgramRow {
    fn from(program: &Program) -> Self {
        Self {
            id: program.id.uuid(),
            agency_id: program.agency.uuid(),
            name_fr: program.name.fr.clone(),
            name_en: program.name.en.clone(),
            search: searchable(&program.name),
            is_user: program.is_user,
            active: program.active,
        }
    }
}

impl TryFrom<ProgramRow> for Program {
    type Error = Inconsistent;

    fn try_from(row: ProgramRow) -> Result<Self, Inconsistent> {
        Ok(Self {
            id: row.id.into(),
            agency: row.agency_id.into(),
            name: Text::new(row.name_fr, row.name_en),
            is_user: row.is_user,
            active: row.active,
        })
    }
}

row!(CourseRow in "directory_course" by id: "uuid" {
    program_id: Uuid as "uuid",
    code: String as "text",
    name_fr: String as "text",
    name_en: String as "text",
    active: bool as "boolean",
});

impl From<&Course> for CourseRow {
    fn from(course: &Course) -> Self {
        Self {
            id: course.id.uuid(),
            program_id: course.program.uuid(),
            code: course.code.clone(),
            name_fr: course.name.fr.clone(),
            name_en: course.name.en.clone(),
            active: course.active,
        }
    }
}

impl TryFrom<CourseRow> for Course {
    type Error = Inconsistent;

    fn try_from(row: CourseRow) -> Result<Self, Inconsistent> {
        let name = Text::new(row.name_fr, row.name_en);
        Ok(Self { id: row.id.into(), program: row.program_id.into(), code: row.code, name, active: row.active })
    }
}

row!(TermRow in "directory_term" by id: "uuid" {
    name_fr: String as "text",
    name_en: String as "text",
    start_date: Date as "date",
    end_date: Date as "date",
    release_date: Option<Date> as "date",
    active: bool as "boolean",
});

impl From<&Term> for TermRow {
    fn from(term: &Term) -> Self {
        Self {
            id: term.id.uuid(),
            name_fr: term.name.fr.clone(),
            name_en: term.name.en.clone(),
            start_date: term.days.start(),
            end_date: term.days.end(),
            release_date: term.release_date,
            active: term.active,
        }
    }
}

impl TryFrom<TermRow> for Term {
    type Error = Inconsistent;

    fn try_from(row: TermRow) -> Result<Self, Inconsistent> {
        let days = DateRange::new(row.start_date, row.end_date).map_err(|_| Inconsistent::of(&row, "end_date"))?;
        let name = Text::new(row.name_fr, row.name_en);
        Ok(Self { id: row.id.into(), name, days, release_date: row.release_date, active: row.active })
    }
}

row!(PlacementTypeRow in "directory_placement_type" by code: "text" {
    name_fr: String as "text",
    name_en: String as "text",
    valid_from: Date as "date",
    valid_to: Option<Date> as "date",
});

impl From<&PlacementType> for PlacementTypeRow {
    fn from(kind: &PlacementType) -> Self {
        Self {
            code: kind.code.clone(),
            name_fr: kind.name.fr.clone(),
            name_en: kind.name.en.clone(),
            valid_from: kind.valid_from,
            valid_to: kind.valid_to,
        }
    }
}

impl TryFrom<PlacementTypeRow> for PlacementType {
    type Error = Inconsistent;

    fn try_from(row: PlacementTypeRow) -> Result<Self, Inconsistent> {
        let name = Text::new(row.name_fr, row.name_en);
        Ok(Self { code: row.code, name, valid_from: row.valid_from, valid_to: row.valid_to })
    }
}

row!(ReasonRow in "directory_reason" by code: "text" {
    name_fr: String as "text",
    name_en: String as "text",
    uses: Vec<String> as "text[]",
    active: bool as "boolean",
});

impl From<&Reason> for ReasonRow {
    fn from(reason: &Reason) -> Self {
        Self {
            code: reason.code.clone(),
            name_fr: reason.name.fr.clone(),
            name_en: reason.name.en.clone(),
            uses: reason.uses.iter().map(|used_for| used_for.code().to_owned()).collect(),
            active: reason.active,
        }
    }
}

impl TryFrom<ReasonRow> for Reason {
    type Error = Inconsistent;

    fn try_from(row: ReasonRow) -> Result<Self, Inconsistent> {
        let uses = row.uses.iter().map(|code| ReasonUse::parse(code)).collect::<Option<_>>();
        let uses = uses.ok_or_else(|| Inconsistent::of(&row, "uses"))?;
        Ok(Self { code: row.code, name: Text::new(row.name_fr, row.name_en), uses, active: row.active })
    }
}
