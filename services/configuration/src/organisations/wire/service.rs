//! Services.

use chassis::mask::Mask;
use kernel::{Fields, Invalid};
use proto::configuration::v1 as pb;

use crate::{
    organisations::domain::service::Service,
    resources::{
        Message, Stored,
        text::{bilingual, localized},
    },
};

chassis::overlay!(pb::Service { name, receiving_coordinator_id, automatic_redirect, active });

impl Message for Service {
    type Proto = pb::Service;
    type Event = pb::ServiceChanged;

    const NAME: &'static str = "service";
    const CHANGEABLE: &'static [&'static str] = CHANGEABLE;

    fn overlay(stored: &mut pb::Service, from: &pb::Service, mask: &Mask) {
        overlay(stored, from, mask);
    }

    fn changed(stored: &Stored<Self>) -> pb::ServiceChanged {
        pb::ServiceChanged { service: Some(Self::write(stored)) }
    }

    fn parse(message: &pb::Service) -> Result<Self, Invalid> {
        let mut fields = Fields::default();
        let id = fields.id("service.id", &message.id);
        let site_id = fields.id("service.site_id", &message.site_id);
        let name = bilingual(&mut fields, "service.name", message.name.as_ref());
        let coordinator = fields.id("service.receiving_coordinator_id", &message.receiving_coordinator_id);
        fields.finish(|| {
            Some(Self {
                id: id?,
                site_id: site_id?,
                name: name?,
                receiving_coordinator_id: coordinator?,
                automatic_redirect: message.automatic_redirect,
                active: message.active,
            })
        })
    }

    fn write(stored: &Stored<Self>) -> pb::Service {
        let service = &stored.value;
        pb::Service {
            id: service.id.to_string(),
            site_id: service.site_id.to_string(),
            name: localized(&service.name),
            receiving_coordinator_id: service.receiving_coordinator_id.to_string(),
            automatic_redirect: service.automatic_redirect,
            active: service.active,
            etag: stored.version.to_string(),
        }
    }
}
