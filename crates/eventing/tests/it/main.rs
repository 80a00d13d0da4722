//! Crashes, duplicates, disorder: what eventing promises, tried against real servers, on both transports.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod broker;
mod copies;
mod encrypted;
mod killed;
mod statements;
mod suite;
mod tail;
mod take_over;
mod traces;
mod world;

/// Runs each fact of the suite on both transports, and with a handler that takes batches.
macro_rules! everywhere {
    ($($fact:ident),* $(,)?) => {
        mod rabbitmq {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $fact() {
                crate::suite::$fact(crate::world::World::on_rabbitmq().await).await;
            })*
        }
        mod in_process {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $fact() {
                crate::suite::$fact(crate::world::World::in_process().await).await;
            })*
        }
        mod in_batches {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $fact() {
                crate::suite::$fact(crate::world::World::in_batches().await).await;
            })*
        }
    };
}

everywhere! {
    what_was_committed_before_a_kill_is_handled_after_it,
    an_event_whose_relay_died_before_the_mark_takes_effect_once,
    an_event_whose_handler_was_killed_comes_again,
    an_event_that_arrives_five_times_takes_effect_once,
    an_older_version_that_arrives_late_changes_nothing,
    a_poison_message_is_laid_aside_listed_and_replayed,
    a_message_that_cannot_be_read_is_laid_aside,
    a_failed_event_comes_again_after_its_delay,
    hooks_are_told_of_commits_alone,
    an_event_that_fails_every_time_is_given_up,
    a_serialization_failure_is_tried_again_at_once,
    a_swallowed_database_error_does_not_lose_the_event,
    an_event_that_no_queue_takes_waits_until_one_does,
    another_relay_takes_over_from_a_dead_leader,
    a_commit_beside_a_relay_that_does_not_lead_wakes_the_one_that_does,
    a_stopping_consumer_finishes_what_is_in_hand,
    old_rows_are_deleted,
    a_poison_event_in_the_middle_of_a_batch_holds_up_no_other,
    an_event_that_comes_twice_in_a_batch_takes_effect_once,
    a_batch_killed_before_its_commit_comes_again_whole,
    what_no_handler_takes_yet_waits_for_one_that_does,
}
