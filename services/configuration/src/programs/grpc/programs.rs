//! Curricula of schools.

use proto::configuration::v1 as pb;

use crate::{
    programs::domain::program::Program,
    resources::{self, rpcs},
};

rpcs! {
    ProgramService in program_service_server: Program as program, programs;
    create create_program(CreateProgramRequest) -> CreateProgramResponse, begin |new: &mut pb::Program, ids| {
        new.id = ids.next::<uuid::Uuid>().to_string();
        new.active = true;
    };
    get get_program(GetProgramRequest by program_id) -> GetProgramResponse, key resources::key;
    list list_programs(ListProgramsRequest) -> ListProgramsResponse;
    update update_program(UpdateProgramRequest by id) -> UpdateProgramResponse, mask rpcs::all::<Program>;
}
