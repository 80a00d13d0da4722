//! The comments of the contracts.

use std::collections::HashMap;

use prost_reflect::FileDescriptor;

/// What stands above each declaration, by file and place.
pub(super) struct Comments(HashMap<(String, Vec<i32>), String>);

impl Comments {
    pub(super) fn read() -> Self {
        let mut comments = HashMap::new();
        for file in proto::descriptors().files() {
            let declared = file.file_descriptor_proto();
            let places = declared.source_code_info.iter().flat_map(|info| &info.location);
            comments.extend(places.filter_map(|place| {
                let said = place.leading_comments.as_deref()?;
                Some(((file.name().to_owned(), place.path.clone()), plain(said)))
            }));
        }
        Self(comments)
    }

    /// The comment of what stands at a place; empty without one.
    pub(super) fn of(&self, file: &FileDescriptor, place: &[i32]) -> &str {
        self.0.get(&(file.name().to_owned(), place.to_vec())).map_or("", String::as_str)
    }
}

/// Comments are broken into lines to be read beside the code.
fn plain(comment: &str) -> String {
    comment.lines().map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// What a comment says first.
pub(super) fn first_sentence(comment: &str) -> &str {
    comment.split_once(". ").map_or(comment, |(first, _)| first).trim_end_matches('.')
}
