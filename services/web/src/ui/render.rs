use askama::Template;
use axum::response::Html;

pub(crate) fn render(template: &impl Template) -> Html<String> {
    Html(template.render().expect("templates write to memory, and their values can be displayed"))
}
