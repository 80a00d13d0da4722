//! Sites.

use chassis::mask::Mask;
use kernel::{Fields, Invalid};
use proto::configuration::v1 as pb;

use crate::{
    organisations::domain::{
        address::{Coordinates, PostalCode, TIME_ZONES},
        site::Site,
    },
    resources::{Message, NAME, Stored},
};

chassis::overlay!(pb::Site { name, kind, street, city, postal_code, latitude, longitude, time_zone, web_link, active });

impl Message for Site {
    type Proto = pb::Site;
    type Event = pb::SiteChanged;

    const NAME: &'static str = "site";
    const CHANGEABLE: &'static [&'static str] = CHANGEABLE;

    fn overlay(stored: &mut pb::Site, from: &pb::Site, mask: &Mask) {
        overlay(stored, from, mask);
    }

    fn changed(stored: &Stored<Self>) -> pb::SiteChanged {
        pb::SiteChanged { site: Some(Self::write(stored)) }
    }

    fn parse(message: &pb::Site) -> Result<Self, Invalid> {
        let mut fields = Fields::default();
        let id = fields.id("site.id", &message.id);
        let agency_id = fields.id("site.agency_id", &message.agency_id);
        let name = fields.text("site.name", &message.name, NAME);
        let kind = fields.text("site.kind", &message.kind, 0..=100);
        let street = fields.text("site.street", &message.street, 0..=200);
        let city = fields.text("site.city", &message.city, NAME);
        let postal_code = postal_code(&mut fields, &message.postal_code);
        let coordinates = coordinates(&mut fields, message.latitude, message.longitude);
        let time_zone = time_zone(&mut fields, &message.time_zone);
        let web_link = web_link(&mut fields, &message.web_link);
        fields.finish(|| {
            Some(Self {
                id: id?,
                agency_id: agency_id?,
                name: name?,
                kind: kind?,
                street: street?,
                city: city?,
                postal_code: postal_code?,
                coordinates: coordinates?,
                time_zone: time_zone?,
                web_link: web_link?,
                active: message.active,
            })
        })
    }

    fn write(stored: &Stored<Self>) -> pb::Site {
        let site = stored.value.clone();
        pb::Site {
            id: site.id.to_string(),
            agency_id: site.agency_id.to_string(),
            name: site.name,
            kind: site.kind,
            street: site.street,
            city: site.city,
            postal_code: site.postal_code.as_ref().map_or("", PostalCode::as_str).to_owned(),
            latitude: site.coordinates.map_or(0.0, Coordinates::latitude),
            longitude: site.coordinates.map_or(0.0, Coordinates::longitude),
            time_zone: site.time_zone,
            web_link: site.web_link,
            active: site.active,
            etag: stored.version.to_string(),
        }
    }
}

fn postal_code(fields: &mut Fields, text: &str) -> Option<Option<PostalCode>> {
    if text.trim().is_empty() {
        return Some(None);
    }
    let code = text.parse().ok();
    if code.is_none() {
        fields.fault("site.postal_code", "MALFORMED_POSTAL_CODE");
    }
    code.map(Some)
}

/// Empty means the province's own.
fn time_zone(fields: &mut Fields, text: &str) -> Option<String> {
    if text.is_empty() || TIME_ZONES.contains(&text) {
        return Some(text.to_owned());
    }
    fields.fault("site.time_zone", "UNKNOWN_TIME_ZONE");
    None
}

/// An address that a browser opens as a page, and nothing that it would run.
fn web_link(fields: &mut Fields, text: &str) -> Option<String> {
    let link = fields.text("site.web_link", text, 0..=500)?;
    let is_page = |link: &str| {
        let uri = link.parse::<http::Uri>().ok()?;
        (matches!(uri.scheme_str()?, "https" | "http") && uri.host()?.contains('.')).then_some(())
    };
    if !link.is_empty() && is_page(&link).is_none() {
        fields.fault("site.web_link", "MALFORMED_WEB_LINK");
        return None;
    }
    Some(link)
}

/// Two zeros mean unknown.
fn coordinates(fields: &mut Fields, latitude: f64, longitude: f64) -> Option<Option<Coordinates>> {
    if latitude == 0.0 && longitude == 0.0 {
        return Some(None);
    }
    if !Coordinates::LATITUDES.contains(&latitude) {
        fields.fault("site.latitude", "OUT_OF_RANGE");
    }
    if !Coordinates::LONGITUDES.contains(&longitude) {
        fields.fault("site.longitude", "OUT_OF_RANGE");
    }
    Coordinates::new(latitude, longitude).map(Some)
}
