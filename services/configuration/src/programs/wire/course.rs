//! Courses.

use chassis::mask::Mask;
use kernel::{Fields, Invalid};
use proto::configuration::v1 as pb;

use crate::{
    programs::domain::course::Course,
    resources::{
        Message, Stored,
        text::{bilingual, code, localized},
    },
};

chassis::overlay!(pb::Course { code, name, hours, placement_type_code, active });

impl Message for Course {
    type Proto = pb::Course;
    type Event = pb::CourseChanged;

    const NAME: &'static str = "course";
    const CHANGEABLE: &'static [&'static str] = CHANGEABLE;

    fn overlay(stored: &mut pb::Course, from: &pb::Course, mask: &Mask) {
        overlay(stored, from, mask);
    }

    fn changed(stored: &Stored<Self>) -> pb::CourseChanged {
        pb::CourseChanged { course: Some(Self::write(stored)) }
    }

    fn parse(message: &pb::Course) -> Result<Self, Invalid> {
        let mut fields = Fields::default();
        let id = fields.id("course.id", &message.id);
        let program_id = fields.id("course.program_id", &message.program_id);
        let own_code = fields.text("course.code", &message.code, 1..=40);
        let name = bilingual(&mut fields, "course.name", message.name.as_ref());
        let hours = fields.number("course.hours", message.hours, 0..=Self::MOST_HOURS);
        let placement_type = match message.placement_type_code.as_str() {
            "" => Some(None),
            text => code(&mut fields, "course.placement_type_code", text, 2..=40).map(Some),
        };
        fields.finish(|| {
            Some(Self {
                id: id?,
                program_id: program_id?,
                code: own_code?,
                name: name?,
                hours: hours?,
                placement_type: placement_type?,
                active: message.active,
            })
        })
    }

    fn write(stored: &Stored<Self>) -> pb::Course {
        let course = &stored.value;
        pb::Course {
            id: course.id.to_string(),
            program_id: course.program_id.to_string(),
            code: course.code.clone(),
            name: localized(&course.name),
            hours: course.hours,
            placement_type_code: course.placement_type.as_ref().map_or("", |c| c.as_str()).to_owned(),
            active: course.active,
            etag: stored.version.to_string(),
        }
    }
}
