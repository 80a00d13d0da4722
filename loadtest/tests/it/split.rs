//! A few seconds of journeys through services that are processes of their own.

#[test]
fn every_journey_arrives_where_a_broker_is_between_the_services() {
    let ran = crate::ended(&["smoke", "--split", "--seconds", "3", "--rate", "2", "--raw-seconds", "0"]);
    // Not of this run's making.
    if ran.complaint.contains("RabbitMQ is not to be found") {
        return;
    }
    let crate::Ran { succeeded, text, complaint, results } = ran;
    assert!(succeeded, "{text}\n{complaint}");
    let (phase, verdict) = (&results["phases"][0], &results["verdict"]);
    assert!(phase["arrived"].as_u64() >= Some(6) && phase["failed"] == 0, "{text}");
    assert_eq!(verdict["confirmed"], verdict["confirmed_in_reports"], "{text}");
    assert_eq!((&verdict["lost"], &verdict["doubled"]), (&0.into(), &0.into()), "{text}");
    assert_eq!(verdict["dead_letters"].as_array().map(Vec::len), Some(0), "{text}");
    // Whose time it is, is told apart.
    assert!(phase["cpu_ms"]["broker"].as_f64() > Some(0.0) && phase["cpu_ms"]["tandem"].as_f64() > Some(0.0), "{text}");
}
