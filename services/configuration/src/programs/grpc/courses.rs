//! Practicum courses.

use proto::configuration::v1 as pb;

use crate::{
    programs::domain::course::Course,
    resources::{self, rpcs},
};

rpcs! {
    CourseService in course_service_server: Course as course, courses;
    create create_course(CreateCourseRequest) -> CreateCourseResponse, begin |new: &mut pb::Course, ids| {
        new.id = ids.next::<uuid::Uuid>().to_string();
        new.active = true;
    };
    get get_course(GetCourseRequest by course_id) -> GetCourseResponse, key resources::key;
    list list_courses(ListCoursesRequest) -> ListCoursesResponse;
    update update_course(UpdateCourseRequest by id) -> UpdateCourseResponse, mask rpcs::all::<Course>;
}
