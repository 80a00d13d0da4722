//! The kind of each reason, from the code that raises it: `kind()` and `reason()` of the types that are a `Problem`, and calls
//! that name both. What is neither is a fault of a field.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use syn::{
    Arm, Expr, ExprArray, ExprCall, ExprMethodCall, ExprTuple, ImplItem, ItemImpl, Lit, Pat, Stmt, Type,
    punctuated::Punctuated,
    visit::{self, Visit},
};

type Kinds = BTreeMap<String, BTreeSet<String>>;

/// The kinds of each reason, by the member of the workspace that raises it.
pub(super) struct ByMember(BTreeMap<String, Kinds>);

impl ByMember {
    /// The kinds under which `member` raises a reason, or all members do where it is a text of all.
    pub(super) fn of(&self, member: Option<&str>, reason: &str) -> BTreeSet<String> {
        let asked = self.0.iter().filter(|(name, _)| member.is_none_or(|member| *name == member));
        asked.filter_map(|(_, kinds)| kinds.get(reason)).flatten().cloned().collect()
    }
}

pub(super) fn of_all(root: &Path) -> anyhow::Result<ByMember> {
    let mut members = BTreeMap::new();
    for folder in ["crates", "services"] {
        for entry in fs::read_dir(root.join(folder))? {
            let entry = entry?;
            let kinds: &mut Kinds = members.entry(entry.file_name().to_string_lossy().into_owned()).or_default();
            for file in sources(&entry.path())? {
                kinds_of_file(&fs::read_to_string(file)?, kinds)?;
            }
        }
    }
    Ok(ByMember(members))
}

fn sources(folder: &Path) -> anyhow::Result<Vec<std::path::PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && !path.ends_with("tests") {
            files.extend(sources(&path)?);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    Ok(files)
}

fn kinds_of_file(source: &str, kinds: &mut Kinds) -> anyhow::Result<()> {
    let file = syn::parse_file(source)?;
    let mut found = Found::default();
    found.visit_file(&file);
    for (kind, reason) in found.pairs {
        kinds.entry(reason).or_default().insert(kind);
    }
    for problem in found.types.values().filter(|problem| !problem.kinds.is_empty()) {
        for (variant, reason) in &problem.reasons {
            let kind = problem.kinds.get(variant).or_else(|| problem.kinds.get(ANY));
            kinds.entry(reason.clone()).or_default().extend(kind.cloned().flatten());
        }
    }
    kinds.retain(|_, kinds| !kinds.is_empty());
    Ok(())
}

/// Stands for the variants that no arm names.
const ANY: &str = "_";

#[derive(Default)]
struct Found {
    pairs: Vec<(String, String)>,
    types: BTreeMap<String, Problem>,
}

/// What the methods of a type say of its variants.
#[derive(Default)]
struct Problem {
    /// None where the kind is that of a cause, which is looked at itself.
    kinds: BTreeMap<String, Option<String>>,
    reasons: Vec<(String, String)>,
}

impl<'ast> Visit<'ast> for Found {
    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        if let Type::Path(path) = &*item.self_ty
            && let Some(name) = path.path.segments.last()
        {
            let problem = self.types.entry(name.ident.to_string()).or_default();
            for function in &item.items {
                let ImplItem::Fn(function) = function else { continue };
                let Some(Stmt::Expr(body, None)) = function.block.stmts.last() else { continue };
                for (variant, value) in outcomes(body) {
                    if function.sig.ident == "kind" {
                        problem.kinds.entry(variant).or_insert_with(|| kind(value));
                    } else if let Some(reason) = reason(value) {
                        problem.reasons.push((variant, reason));
                    }
                }
            }
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        self.neighbours(&call.args);
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        self.neighbours(&call.args);
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_tuple(&mut self, tuple: &'ast ExprTuple) {
        self.neighbours(&tuple.elems);
        visit::visit_expr_tuple(self, tuple);
    }

    fn visit_expr_array(&mut self, array: &'ast ExprArray) {
        self.neighbours(&array.elems);
        visit::visit_expr_array(self, array);
    }
}

impl Found {
    /// A kind with a reason right after it.
    fn neighbours<P>(&mut self, list: &Punctuated<Expr, P>) {
        let pairs = list.iter().zip(list.iter().skip(1));
        self.pairs.extend(pairs.filter_map(|(first, second)| Some((kind(first)?, reason(second)?))));
    }
}

/// What an expression comes to, by variant: the arms of a `match`, or itself for all.
fn outcomes(body: &Expr) -> Vec<(String, &Expr)> {
    match body {
        Expr::Match(choice) => choice.arms.iter().flat_map(of_arm).collect(),
        other => vec![(ANY.to_owned(), other)],
    }
}

fn of_arm(arm: &Arm) -> Vec<(String, &Expr)> {
    let body = match &*arm.body {
        Expr::Block(block) => match block.block.stmts.last() {
            Some(Stmt::Expr(last, None)) => last,
            _ => &*arm.body,
        },
        other => other,
    };
    variants(&arm.pat).into_iter().map(|variant| (variant, body)).collect()
}

fn variants(pattern: &Pat) -> Vec<String> {
    let last =
        |path: &syn::Path| -> Vec<String> { path.segments.last().map(|s| s.ident.to_string()).into_iter().collect() };
    match pattern {
        Pat::Or(choice) => choice.cases.iter().flat_map(variants).collect(),
        Pat::Path(path) => last(&path.path),
        // `Store(LostRace)` is not `Store(_)`.
        Pat::TupleStruct(pattern) => {
            let within: String = pattern.elems.iter().flat_map(variants).filter(|v| v != ANY).collect();
            last(&pattern.path).into_iter().map(|variant| variant + &within).collect()
        }
        Pat::Struct(pattern) => last(&pattern.path),
        Pat::Wild(_) => vec![ANY.to_owned()],
        _ => Vec::new(),
    }
}

/// `Conflict` of `ErrorKind::Conflict`.
fn kind(expression: &Expr) -> Option<String> {
    let Expr::Path(path) = expression else { return None };
    let segments: Vec<_> = path.path.segments.iter().map(|s| s.ident.to_string()).collect();
    let [.., of, kind] = &segments[..] else { return None };
    (of == "ErrorKind").then(|| kind.clone())
}

fn reason(expression: &Expr) -> Option<String> {
    let Expr::Lit(literal) = expression else { return None };
    let Lit::Str(text) = &literal.lit else { return None };
    let text = text.value();
    let is_code = text.len() > 3 && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    is_code.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(source: &str) -> Kinds {
        let mut kinds = Kinds::new();
        kinds_of_file(source, &mut kinds).expect("the source can be parsed");
        kinds
    }

    fn one(kind: &str) -> BTreeSet<String> {
        [kind.to_owned()].into()
    }

    #[test]
    fn variants_meet_their_kind_also_through_the_rest() {
        let found = kinds(
            r#"impl Problem for E {
                fn kind(&self) -> ErrorKind {
                    match self {
                        Self::A | Self::B { .. } | Self::C(C::Lost) => ErrorKind::Conflict,
                        Self::C(c) => c.kind(),
                        _ => ErrorKind::Invalid,
                    }
                }
                fn reason(&self) -> &'static str {
                    match self {
                        Self::A => "STALE",
                        Self::B { .. } => "TAKEN",
                        Self::C(_) => "INTERNAL",
                        Self::D(_) => "WRONG",
                    }
                }
            }"#,
        );
        assert_eq!(found["STALE"], one("Conflict"));
        assert_eq!(found["TAKEN"], one("Conflict"));
        assert_eq!(found["WRONG"], one("Invalid"));
        assert!(!found.contains_key("INTERNAL"), "the cause has the kind: {found:?}");
    }

    #[test]
    fn codes_that_another_method_gives_and_single_problems_count_too() {
        let found = kinds(
            r#"impl E { fn code(&self) -> &'static str { match self { Self::A => "EXISTS" } } }
               impl kernel::Problem for E {
                   fn kind(&self) -> kernel::ErrorKind { match self { Self::A => kernel::ErrorKind::AlreadyExists } }
                   fn reason(&self) -> &'static str { self.code() }
               }
               impl Problem for Away {
                   fn kind(&self) -> ErrorKind { ErrorKind::Unavailable }
                   fn reason(&self) -> &'static str { "UNAVAILABLE" }
               }
               impl State { fn name(self) -> &'static str { match self { Self::Sent => "SENT" } } }"#,
        );
        assert_eq!((found.len(), &found["EXISTS"]), (2, &one("AlreadyExists")));
        assert_eq!(found["UNAVAILABLE"], one("Unavailable"));
    }

    #[test]
    fn a_call_that_names_kind_and_reason_counts() {
        let found =
            kinds(r#"fn f() { refuse(ErrorKind::Exhausted, "RATE_LIMITED", &[]); let _ = ("field", "TOO_LONG"); }"#);
        assert_eq!((found.len(), &found["RATE_LIMITED"]), (1, &one("Exhausted")));
    }
}
