use super::*;

const TODAY: Date = Date::constant(2026, 11, 24);

fn crowded() -> Filters {
    let trail = Trail::default().after("MQ").after("Mg");
    Filters {
        states: vec![State::Sent, State::RedirectedAutomatically],
        site: "01a2".into(),
        service: "01a3".into(),
        destination: "01a4".into(),
        program: "01a5".into(),
        closure: "01a6".into(),
        period: "custom".into(),
        from: "2027-01-01".into(),
        to: "2027-04-30".into(),
        query: "Été & co".into(),
        overdue: true,
        changed: true,
        more: true,
        order: Order::Start,
        size: 200,
        trail,
    }
}

#[test]
fn an_address_gives_back_what_it_was_made_of() {
    for filters in [crowded(), Filters::default(), Filters { order: Order::Reference, ..Filters::default() }] {
        assert_eq!(Filters::read(&filters.address(LIST)), filters);
    }
    assert_eq!(Filters::default().address(LIST), "/requests");
}

#[test]
fn what_an_address_holds_besides_is_left_aside() {
    let odd = "/requests?state=nonsense&state=sent&state=sent&size=7&order=price&site=&toast=1&overdue=1";
    let expected = Filters { states: vec![State::Sent], overdue: true, ..Filters::default() };
    assert_eq!(Filters::read(odd), expected);
}

#[test]
fn whoever_asks_for_what_waits_asks_for_every_way_in_which_it_waits() {
    let filters = || Filters { states: vec![State::Redirected], ..Filters::default() };
    let unit = filters().seen_by(Role::DestinationCoordinator).states;
    assert!(unit.contains(&State::RedirectedOffline) && unit.contains(&State::RedirectedAutomatically));
    assert_eq!(filters().seen_by(Role::ReceivingCoordinator), filters());
}

#[test]
fn another_question_begins_on_its_first_page() {
    let other = crowded().with(|filters| filters.order = Order::Reference);
    assert_eq!((other.trail, other.order), (Trail::default(), Order::Reference));
}

#[test]
fn order_and_size_narrow_nothing() {
    assert!(!Filters { order: Order::Start, size: 100, more: true, ..Filters::default() }.narrows());
    assert!(Filters { overdue: true, ..Filters::default() }.narrows());
}

#[test]
fn the_question_of_the_contract_holds_every_filter() {
    let question = crowded().question(TODAY);
    assert_eq!(question.states, [3, 7]);
    assert_eq!((&*question.from_date, &*question.to_date), ("2027-01-01", "2027-04-30"));
    assert_eq!((&*question.order_by, question.page_size, &*question.page_token), ("start_date", 200, "Mg"));
    assert!(question.overdue && question.changed_by_others && question.closure_id == "01a6");
    assert_eq!(Filters::default().question(TODAY).page_size, 50);
}
