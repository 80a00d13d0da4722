//! The fields of a form about a message, each declared once: its name, its label, and how it is read and written. What a form
//! shows, what it makes of what was typed, and which fields an update names follow from the table.

use prost_types::FieldMask;

use super::{form_errors::FormErrors, text::Text};

/// A field of a form about a message.
pub(crate) struct Field<M: 'static> {
    name: &'static str,
    /// Its name in an update: of a text in two languages, the field that holds both.
    path: &'static str,
    /// The key of its label.
    label: &'static str,
    kind: Kind<M>,
}

/// Where it is in the message.
enum Kind<M: 'static> {
    /// What is typed, or the value of a choice.
    Text(fn(&mut M) -> &mut String),
    Number(fn(&mut M) -> &mut i32),
    /// A number that is not there when it is 0; the service refuses what is none, beside its field.
    Count(fn(&mut M) -> &mut i32),
    Flag(fn(&mut M) -> &mut bool),
    Ids(fn(&mut M) -> &mut Vec<String>),
    Codes(fn(&mut M) -> &mut Vec<i32>),
    /// Whatever is written otherwise: its values, and how each that is typed is taken.
    Written {
        show: fn(&M) -> Vec<String>,
        take: fn(&mut M, &str),
    },
}

/// What was typed, or what is stored, by the names of the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Values(Vec<(String, String)>);

impl<M: Clone + Default> Field<M> {
    const fn new(name: &'static str, label: &'static str, kind: Kind<M>) -> Self {
        Self { name, path: name, label, kind }
    }

    pub(crate) const fn text(name: &'static str, label: &'static str, at: fn(&mut M) -> &mut String) -> Self {
        Self::new(name, label, Kind::Text(at))
    }

    pub(crate) const fn number(name: &'static str, label: &'static str, at: fn(&mut M) -> &mut i32) -> Self {
        Self::new(name, label, Kind::Number(at))
    }

    pub(crate) const fn count(name: &'static str, label: &'static str, at: fn(&mut M) -> &mut i32) -> Self {
        Self::new(name, label, Kind::Count(at))
    }

    pub(crate) const fn flag(name: &'static str, label: &'static str, at: fn(&mut M) -> &mut bool) -> Self {
        Self::new(name, label, Kind::Flag(at))
    }

    pub(crate) const fn ids(name: &'static str, label: &'static str, at: fn(&mut M) -> &mut Vec<String>) -> Self {
        Self::new(name, label, Kind::Ids(at))
    }

    pub(crate) const fn codes(name: &'static str, label: &'static str, at: fn(&mut M) -> &mut Vec<i32>) -> Self {
        Self::new(name, label, Kind::Codes(at))
    }

    pub(crate) const fn written(
        name: &'static str,
        label: &'static str,
        show: fn(&M) -> Vec<String>,
        take: fn(&mut M, &str),
    ) -> Self {
        Self::new(name, label, Kind::Written { show, take })
    }

    /// The same as a part of another field of the message.
    pub(crate) const fn part_of(mut self, path: &'static str) -> Self {
        self.path = path;
        self
    }

    fn show(&self, message: &mut M) -> Vec<String> {
        match self.kind {
            Kind::Text(at) => vec![at(message).clone()],
            Kind::Number(at) => vec![at(message).to_string()],
            Kind::Count(at) => Some(*at(message)).filter(|n| *n != 0).map(|n| n.to_string()).into_iter().collect(),
            Kind::Flag(at) => {
                if *at(message) {
                    vec!["true".to_owned()]
                } else {
                    Vec::new()
                }
            }
            Kind::Ids(at) => at(message).clone(),
            Kind::Codes(at) => at(message).iter().map(ToString::to_string).collect(),
            Kind::Written { show, .. } => show(message),
        }
    }

    fn parse(&self, values: &Values, message: &mut M, errors: &mut FormErrors, text: Text) {
        let typed = values.one(self.name).trim();
        match self.kind {
            // As the API keeps it: browsers end lines in their own way.
            Kind::Text(at) => *at(message) = typed.replace("\r\n", "\n"),
            Kind::Number(at) => *at(message) = errors.number(self.name, typed, text),
            Kind::Count(at) if typed.is_empty() => *at(message) = 0,
            Kind::Count(at) => *at(message) = typed.parse().unwrap_or(-1),
            Kind::Flag(at) => *at(message) = !typed.is_empty(),
            Kind::Ids(at) => *at(message) = values.all(self.name).map(str::to_owned).collect(),
            Kind::Codes(at) => *at(message) = values.all(self.name).filter_map(|code| code.parse().ok()).collect(),
            Kind::Written { take, .. } => {
                let typed = values.all(self.name).map(str::trim).filter(|value| !value.is_empty());
                typed.for_each(|value| take(message, value));
            }
        }
    }
}

impl Values {
    /// What is typed into one field; empty where nothing is.
    pub(crate) fn one(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    pub(crate) fn all<'v>(&'v self, name: &str) -> impl Iterator<Item = &'v str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether a box is ticked.
    pub(crate) fn has(&self, name: &str) -> bool {
        !self.one(name).is_empty()
    }

    /// Whether one of several boxes is ticked.
    pub(crate) fn holds(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|held| held == value)
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value.into()));
        self
    }

    /// The same where nothing is typed yet.
    pub(crate) fn or(self, name: &str, value: impl Into<String>) -> Self {
        if self.has(name) { self } else { self.with(name, value) }
    }

    /// As parameters of an address.
    pub(crate) fn parameters(&self) -> Vec<(&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    /// Those of some fields, in their order.
    pub(crate) fn only<'f, M: 'static>(&self, fields: impl IntoIterator<Item = &'f Field<M>>) -> Self {
        let of = |name: &'static str| self.all(name).map(move |value| (name.to_owned(), value.trim().to_owned()));
        Self(fields.into_iter().flat_map(|field| of(field.name)).collect())
    }

    /// What a message holds.
    pub(crate) fn of<'f, M: Clone + Default + 'static>(
        fields: impl IntoIterator<Item = &'f Field<M>>,
        message: &M,
    ) -> Self {
        let mut message = message.clone();
        let shown = fields.into_iter().flat_map(|field| {
            field.show(&mut message).into_iter().map(|value| (field.name.to_owned(), value)).collect::<Vec<_>>()
        });
        Self(shown.collect())
    }

    /// The message that was typed, over one that holds what the form does not show.
    pub(crate) fn message<'f, M: Clone + Default + 'static>(
        &self,
        fields: impl IntoIterator<Item = &'f Field<M>>,
        base: M,
        errors: &mut FormErrors,
        text: Text,
    ) -> M {
        let mut message = base;
        fields.into_iter().for_each(|field| field.parse(self, &mut message, errors, text));
        message
    }
}

impl From<Vec<(String, String)>> for Values {
    fn from(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }
}

/// The key of a field's label.
pub(crate) fn label_of<M: 'static>(fields: &[&Field<M>], name: &str) -> &'static str {
    fields.iter().find(|field| field.name == name).map_or("", |field| field.label)
}

/// The names of fields.
pub(crate) fn names<'f, M: 'static>(fields: impl IntoIterator<Item = &'f Field<M>>) -> Vec<&'static str> {
    fields.into_iter().map(|field| field.name).collect()
}

/// Which fields an update changes.
pub(crate) fn mask<'f, M: 'static>(fields: impl IntoIterator<Item = &'f Field<M>>) -> FieldMask {
    let mut paths: Vec<String> = fields.into_iter().map(|field| field.path.to_owned()).collect();
    paths.dedup();
    FieldMask { paths }
}

#[cfg(test)]
mod tests;
