//! One look at one province: dereference, validate, build, apply, status.

use std::{sync::Arc, time::Duration};

use k8s_openapi::apimachinery::pkg::apis::meta::v1::OwnerReference;
use kube::{
    Api, Resource as _, ResourceExt as _,
    api::{ListParams, PostParams},
    core::DynamicObject,
    runtime::{controller::Action, finalizer},
};

use crate::{
    apply::{self, Happening},
    build::{self, Desired, Origin},
    context::Context,
    dereference::dereference,
    domain::Plan,
    facts::Facts,
    labels, measure, report,
    resource::{Province, ProvinceStatus},
    status, texts,
    validate::{self, validate},
};

/// How long the cache is given to hear of what overtook it.
const SOON: Duration = Duration::from_millis(50);

/// Why a look ended early. Another follows soon.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The API server refused or did not answer.
    #[error(transparent)]
    Kube(#[from] kube::Error),
    /// The finalizer could not be set or removed, or what it guards failed.
    #[error("{0}")]
    Finalizer(String),
    /// Autoscalers are still there after they were deleted.
    #[error("the autoscalers {0} are still there")]
    Remaining(String),
}

/// Reconciles a province, or lets its release go when it is deleted.
pub async fn reconcile(province: Arc<Province>, context: Arc<Context>) -> Result<Action, Error> {
    let timer = measure::Timer::start(&province);
    let provinces: Api<Province> = Api::namespaced(context.client.clone(), &province.namespace().unwrap_or_default());
    let outcome = finalizer(&provinces, labels::FINALIZER, province, async |event| match event {
        finalizer::Event::Apply(province) => look(&context, &provinces, &province).await,
        finalizer::Event::Cleanup(province) => release(&context, &province).await,
    })
    .await;
    let outcome = match outcome {
        Err(finalizer::Error::AddFinalizer(error) | finalizer::Error::RemoveFinalizer(error))
            if is_overtaken(&error) =>
        {
            Ok(Action::requeue(SOON))
        }
        Err(finalizer::Error::ApplyFailed(error) | finalizer::Error::CleanupFailed(error)) => Err(error),
        other => other.map_err(|error| Error::Finalizer(error.to_string())),
    };
    timer.stop(outcome.is_ok());
    outcome
}

async fn look(context: &Context, provinces: &Api<Province>, province: &Province) -> Result<Action, Error> {
    let facts = dereference(context, province).await;
    let plan = match validate(province) {
        Ok(plan) => plan,
        Err(faults) => {
            let locale = validate::locale(&province.spec);
            let status = status::of_faults(province, locale, &faults, facts.now);
            write(provinces, province, status).await?;
            return Ok(Action::requeue(context.look_every));
        }
    };
    measure::backlog(province, &plan, &facts);
    let memories = status::memories(province);
    let desired = match facts.rival {
        Some(_) => Desired::default(),
        None => build::build(&plan, &facts, &memories, &origin(context, province)),
    };
    let status = status::of_plan(province, &plan, &facts, &desired);
    match carry_out(context, province, &facts, &desired).await {
        Ok(happenings) => {
            if !write(provinces, province, status).await? {
                return Ok(Action::requeue(SOON));
            }
            tell(context, province, &plan, &facts, &desired, &happenings).await;
            Ok(Action::requeue(context.look_every))
        }
        Err(error) => {
            let status = status::with_failure(status, province, &error.to_string(), facts.now);
            write(provinces, province, status).await?;
            Err(error.into())
        }
    }
}

async fn carry_out(
    context: &Context,
    province: &Province,
    facts: &Facts,
    desired: &Desired,
) -> kube::Result<Vec<Happening>> {
    let before = province.status.as_ref();
    let was_held = before.is_some_and(|status| {
        status.conditions.iter().any(|of| of.type_ == crate::resource::conditions::HOLDING && of.status == "True")
    });
    let was_paused = before.is_some_and(|status| status.state == crate::resource::State::Paused);
    let declared_anew = before.and_then(|status| status.observed_generation) != province.metadata.generation;
    let is_news = |component: &str| {
        let decided = desired.decisions.get(component).is_some_and(|decision| decision.changed_from.is_some());
        decided || declared_anew || was_paused || was_held != desired.hold.is_some()
    };
    let namespace = province.namespace().unwrap_or_default();
    let place = (namespace.as_str(), &context.versions.autoscaling);
    apply::apply(&context.client, place, desired, &facts.own_autoscalers, is_news).await
}

/// Writes the status if it says anything new. False if somebody was faster: then nothing counts as decided, and the next
/// look begins from what they wrote.
async fn write(provinces: &Api<Province>, province: &Province, status: ProvinceStatus) -> Result<bool, Error> {
    measure::status(province, &status);
    if province.status.as_ref() == Some(&status) {
        return Ok(true);
    }
    let mut next = province.clone();
    next.status = Some(status);
    next.metadata.managed_fields = None;
    let parameters = PostParams { field_manager: Some(labels::FIELD_MANAGER.into()), ..PostParams::default() };
    match provinces.replace_status(&province.name_any(), &parameters, &next).await {
        Err(error) if is_overtaken(&error) => Ok(false),
        other => Ok(other.map(|_| true)?),
    }
}

/// Whether the province has changed, or gone, since the cache heard of it: nothing to complain of.
fn is_overtaken(error: &kube::Error) -> bool {
    matches!(error, kube::Error::Api(status) if matches!(status.code, 404 | 409))
}

/// Events and logs for what was decided and done. They come after the status, so that each decision is told once.
async fn tell(
    context: &Context,
    province: &Province,
    plan: &Plan,
    facts: &Facts,
    desired: &Desired,
    happenings: &[Happening],
) {
    for record in status::decisions(plan, facts, desired) {
        measure::decided(province, &record);
        report::decision(context, province, &record).await;
    }
    for happening in happenings {
        measure::happened(province, happening);
        let note = texts::text(plan.locale, happening.key, &happening.value);
        report::happening(context, province, happening, note).await;
    }
}

/// Removes every autoscaler of the province, and answers only once none is left. The workloads keep their replicas: how
/// many carry the load is known, how many another hand would want is not.
async fn release(context: &Context, province: &Province) -> Result<Action, Error> {
    let namespace = province.namespace().unwrap_or_default();
    let autoscalers: Api<DynamicObject> =
        Api::namespaced_with(context.client.clone(), &namespace, &context.versions.autoscaling);
    let own =
        format!("{}={},{}={}", labels::MANAGED_BY, labels::FIELD_MANAGER, labels::DECLARED_BY, province.name_any());
    let own = ListParams::default().labels(&own);
    let mut removed = Vec::new();
    for live in autoscalers.list(&own).await? {
        apply::remove(&autoscalers, &live).await?;
        removed.push(live.name_any());
    }
    let left: Vec<_> = autoscalers.list(&own).await?.iter().map(|live| live.name_any()).collect();
    if !left.is_empty() {
        return Err(Error::Remaining(left.join(", ")));
    }
    if !removed.is_empty() {
        let locale = validate::locale(&province.spec);
        let happening = Happening { code: "Released", key: "released", value: removed.join(", "), is_warning: false };
        let note = texts::text(locale, happening.key, &happening.value);
        report::happening(context, province, &happening, note).await;
    }
    measure::forget(province);
    Ok(Action::await_change())
}

fn origin(context: &Context, province: &Province) -> Origin {
    let owner = OwnerReference { controller: Some(true), ..province.owner_ref(&()).unwrap_or_default() };
    Origin {
        name: province.name_any(),
        namespace: province.namespace().unwrap_or_default(),
        owner,
        autoscaling: context.versions.autoscaling.clone(),
    }
}
