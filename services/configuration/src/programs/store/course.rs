//! Practicum courses: table `course`.

use chassis::{StoreError, Tx};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;
use kernel::{CourseId, Locale, ProgramId, Text};
use uuid::Uuid;

use crate::{
    programs::domain::course::Course,
    resources::{Code, Sorted as _, Stored, Table, reads, row::code},
};

struct Row {
    id: Uuid,
    version: i64,
    changed_at: jiff_sqlx::Timestamp,
    program_id: Uuid,
    code: String,
    name_fr: String,
    name_en: String,
    hours: i32,
    placement_type_code: Option<String>,
    active: bool,
}

impl TryFrom<Row> for Stored<Course> {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            version: row.version,
            changed_at: row.changed_at.to_jiff(),
            value: Course {
                id: row.id.into(),
                program_id: row.program_id.into(),
                code: row.code,
                name: Text::new(row.name_fr, row.name_en),
                hours: row.hours,
                placement_type: row.placement_type_code.map(|c| code("course", &c)).transpose()?,
                active: row.active,
            },
        })
    }
}

impl Table for Course {
    type Key = CourseId;
    type Filter = Option<ProgramId>;

    fn key(&self) -> CourseId {
        self.id
    }

    reads! {
        Row of "course": "id, version, changed_at, program_id, code, name_fr, name_en, hours, placement_type_code, active";
        key "id" as "uuid": uuid, after after_uuid;
        active "active"; order "case $6::text when 'en' then sort_key_en else sort_key_fr end";
        where " and ($7::uuid is null or program_id = $7)";
        with |listing| listing.locale.code(), listing.filter.map(ProgramId::uuid)
    }

    async fn save(tx: &mut Tx, value: &Self, at: Timestamp) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar!(
            "insert into course
                 (id, changed_at, program_id, code, name_fr, name_en, hours, placement_type_code, active,
                  sort_key_fr, sort_key_en, search)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
             on conflict (id) do update set
                 version = course.version + 1,
                 changed_at = excluded.changed_at, program_id = excluded.program_id, code = excluded.code,
                 name_fr = excluded.name_fr, name_en = excluded.name_en, hours = excluded.hours,
                 placement_type_code = excluded.placement_type_code, active = excluded.active, sort_key_fr =
                 excluded.sort_key_fr, sort_key_en = excluded.sort_key_en, search = excluded.search
             returning version",
            value.id.uuid(),
            at.to_sqlx(),
            value.program_id.uuid(),
            value.code,
            value.name.fr,
            value.name.en,
            value.hours,
            value.placement_type.as_ref().map(Code::as_str),
            value.active,
            value.sort_key(Locale::Fr),
            value.sort_key(Locale::En),
            value.search_text(),
        )
        .fetch_one(&mut **tx)
        .await?)
    }
}
