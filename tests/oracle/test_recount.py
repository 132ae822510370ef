"""The recount itself, on few rows with the answer worked by hand in the comments."""

from datetime import UTC, date, datetime

import pytest

from .facts import Centre
from .recount import Cell, Question, answer

EVER = Question()


def centre(zone: str = "UTC", **tables: list[dict]) -> Centre:
    return Centre("acme", zone, {table: [texts(row) for row in rows] for table, rows in tables.items()})


def texts(row: dict) -> dict[str, str | None]:
    return {name: value if value is None else str(value) for name, value in row.items()}


def leg(number: object, start: str = "2024-05-01T10:00:00Z", **more: object) -> dict:
    return {"interaction_id": f"i{number}", "started_at": start, "outcome": "handled"} | more


def turn(number: int, speaker: str = "customer", leg: str = "i1", **more: object) -> dict:
    return {"interaction_id": leg, "turn_no": number, "speaker": speaker} | more


def one(name: str, house: Centre, question: Question = EVER) -> Cell:
    return answer(name, [house], question)[()]


def counts(cell: Cell) -> tuple:
    return cell.value, cell.n, cell.n_invalid, cell.n_missing, cell.n_immature


def test_nps_counts_whole_answers_only():
    # 9 promotes, 8 is passive, 6 detracts: 100 x (1 - 1) / 3. 5.5 and 11 are invalid, '' missing.
    surveys = [{"survey_id": f"s{k}", "nps": value} for k, value in enumerate([9, 8, 6, 5.5, 11, ""])]
    assert counts(one("nps", centre(surveys=surveys))) == (0.0, 3, 2, 1, 0)


def test_the_latest_answer_of_a_customer_is_the_relationship():
    # c1 answered 10 on the 1st, 0 on the 3rd: 0 counts. c2's two at one instant: s4 > s3 counts, 9. No customer: missing.
    rows = [
        ("s1", "c1", "01", 10),
        ("s2", "c1", "03", 0),
        ("s3", "c2", "01", 0),
        ("s4", "c2", "01", 9),
        ("s5", "", "01", 9),
    ]
    surveys = [
        {"survey_id": key, "customer_id": who, "responded_at": f"2024-05-{day}T00:00:00Z", "nps": nps}
        for key, who, day, nps in rows
    ]
    house = centre(surveys=surveys)
    assert counts(one("nps_relationship", house)) == (0.0, 2, 0, 1, 0)
    # Before the 3rd, c1's latest was the 10: 100 x (1 + 1) / 2.
    assert counts(one("nps_relationship", house, Question(end=date(2024, 5, 3)))) == (100.0, 2, 0, 1, 0)


def test_effort_scales_never_mix():
    # Scale 7: 5 and 7 -> 6. Scale 5: 2. A 6 on scale 5 is invalid there; scale 6 is invalid on both.
    rows = [(5, ""), (7, 7), (2, 5), (6, 5), (3, 6), ("", 7)]
    surveys = [{"survey_id": f"s{k}", "ces": ces, "ces_scale": scale} for k, (ces, scale) in enumerate(rows)]
    assert counts(one("ces", centre(surveys=surveys))) == (6.0, 2, 1, 1, 0)
    assert counts(one("ces_5", centre(surveys=surveys))) == (2.0, 1, 2, 0, 0)


def test_responses_are_counted_on_their_own_day():
    surveys = [
        {"survey_id": "s1", "sent_at": "2024-05-01T10:00:00Z", "responded_at": "2024-05-02T10:00:00Z"},
        {"survey_id": "s2", "sent_at": "2024-05-01T10:00:00Z"},
        {"survey_id": "s3", "responded_at": "2024-05-01T10:00:00Z"},
    ]
    house = centre(interactions=[leg(1), leg(2), leg(3), leg(4, outcome="abandoned")], surveys=surveys)
    # Of two invited one answered; s3 was never sent. Coverage 2 sent / 3 handled; end to end 2 answered / 3.
    assert counts(one("response_rate", house)) == (0.5, 2, 0, 1, 0)
    assert one("response_coverage", house).value == pytest.approx(2 / 3)
    # On 1 May: s2 sent, s3 answered, three handled; s1 belongs to the 2nd.
    first = Question(end=date(2024, 5, 2))
    assert counts(one("response_coverage", house, first)) == (pytest.approx(1 / 3), 3, 0, 1, 0)


def test_sentiment_is_a_mean_of_legs_and_one_turn_has_no_start():
    # i1: (-1 + 0 + 1) / 3 = 0, its 2 is invalid and leaves; i2: one turn, 0.5; i3: no turn. Mean of legs .25, not of turns.
    values = [(-1, 0), (0, 100), (1, 300), (2, 350)]
    turns = [turn(k, valence=v, begin_s=begin, end_s=begin + 10) for k, (v, begin) in enumerate(values)]
    turns += [turn(9, "agent", valence=-1, begin_s=1), turn(0, leg="i2", valence=0.5, begin_s=0, end_s=5)]
    house = centre(interactions=[leg(1, ended_at="2024-05-01T10:06:40Z"), leg(2), leg(3)], turns=turns)
    assert counts(one("sentiment", house)) == (0.25, 2, 1, 1, 0)
    # 400 s: quarters at 100, 200, 300. Start is the turn at 0 s alone, end the one at 300 s: recovery 2.
    assert counts(one("sentiment_start", house)) == (-1.0, 1, 1, 2, 0)
    assert counts(one("recovery", house)) == (2.0, 1, 1, 2, 0)
    # Lowest turns -1 and 0.5.
    assert one("sentiment_lowest", house).value == -0.25


def test_low_sentiment_includes_the_threshold_exactly():
    # Three turns of -0.3 have a mean of -0.3, whatever binary fractions make of it.
    house = centre(interactions=[leg(1)], turns=[turn(k, valence=-0.3) for k in range(3)])
    assert one("low_sentiment", house).value == 1.0


def test_retention_counts_customers_without_contacts_and_those_who_came_back():
    rows = [("a", "2024-01-01", ""), ("b", "2024-01-01", "2024-02-10"), ("b", "2024-02-20", ""), ("c", "2024-01-15", "2024-02-15"),
            ("d", "2024-02-05", "2024-02-06"), ("e", "2024-01-01", "2024-02-01")]  # fmt: skip
    customers = [
        {"customer_id": who, "start_at": f"{start}T00:00:00Z", "end_at": f"{end}T00:00:00Z" if end else ""}
        for who, start, end in rows
    ]
    house = centre(customers=customers)
    february = Question(date(2024, 2, 1), date(2024, 3, 1))
    # Active at 1 Feb: a, b, c; e ended that instant, d joined later. At 1 Mar: a and b.
    assert counts(one("retention", house, february)) == (pytest.approx(2 / 3), 3, 0, 0, 0)
    assert one("churn", house, february).value == pytest.approx(1 / 3)
    # Week of 12 Feb: a and c active at its start (b away), a at its end.
    week = answer("retention", [house], Question(february.start, february.end, by=("week",)))
    assert counts(week[("2024-02-12",)]) == (0.5, 2, 0, 0, 0)


def test_retention_starts_at_local_midnight():
    # Bogota is UTC-5: the period begins at 05:00Z, when this customer was there already.
    customers = [{"customer_id": "a", "start_at": "2024-02-01T05:00:00Z"}]
    period = Question(date(2024, 2, 1), date(2024, 3, 1))
    assert one("retention", centre("America/Bogota", customers=customers), period).n == 1
    assert one("retention", centre("America/New_York", customers=customers), period).n == 1
    assert one("retention", centre("UTC", customers=customers), period).n == 0


def test_the_first_of_two_midnights_opens_the_day():
    # Havana went back from 01:00 to 00:00 on 3 November 2024: its day began at 04:00Z, not at 05:00Z.
    assert centre("America/Havana").midnight(date(2024, 11, 3)) == datetime(2024, 11, 3, 4, tzinfo=UTC)
    # Santiago has no 00:00 on 8 September 2024: the day began at 04:00Z, one o'clock.
    assert centre("America/Santiago").midnight(date(2024, 9, 8)) == datetime(2024, 9, 8, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("second", "again"), [("2024-05-08T10:00:00Z", 1.0), ("2024-05-08T10:00:01Z", 0.0), ("2024-05-01T10:00:00Z", 0.0)]
)
def test_a_repeat_comes_within_168_hours_inclusive(second: str, again: float):
    who = {"customer_id": "c", "reason": "bill"}
    late = leg(9, "2024-06-01T10:00:00Z", outcome="abandoned", **who)
    house = centre(interactions=[leg(1, **who), leg(2, second, outcome="abandoned", **who), late])
    assert counts(one("repeat_contact", house)) == (again, 1, 0, 0, 0)
    assert one("fcr", house).value == 1 - again


def test_what_is_no_repeat():
    who = {"customer_id": "c", "reason": "bill"}
    soon = "2024-05-02T10:00:00Z"
    others = [
        leg("1b", soon, contact_id="k", **who),
        leg(2, soon, direction="outbound", **who),
        leg(3, soon, customer_id="c", reason="other", outcome="abandoned"),
        leg(4, soon, customer_id="d", reason="bill", outcome="abandoned"),
        leg(5, soon, reason="bill"),
        leg(6, "2024-05-09T10:00:00Z", outcome="abandoned", customer_id="z"),
    ]
    house = centre(interactions=[leg(1, contact_id="k", **who), *others])
    # Contact k is evaluable (start + 168 h = 8 May <= 9 May) and alone; i5 has no customer. The outbound one is out.
    assert counts(one("repeat_contact", house)) == (0.0, 1, 0, 1, 0)
    # As of 8 May 09:59 the window is still open.
    earlier = Question(as_of=datetime(2024, 5, 8, 9, 59, tzinfo=UTC))
    assert counts(one("fcr", house, earlier)) == (None, 0, 0, 1, 1)


def test_a_follow_up_outside_the_period_and_filter_still_counts():
    who = {"customer_id": "c", "reason": "bill"}
    rows = [leg(1, site="n", **who), leg(2, "2024-05-04T10:00:00Z", site="s", **who), leg(3, "2024-06-01T10:00:00Z")]
    question = Question(end=date(2024, 5, 2), where=(("site", ("n",)),))
    assert counts(one("repeat_contact", centre(interactions=rows), question)) == (1.0, 1, 0, 0, 0)


def test_a_contact_is_about_its_first_leg_and_belongs_to_its_last():
    rows = [
        leg(1, contact_id="k", reason="bill", channel="chat", agent_id="a", site="n", customer_id="c"),
        leg(2, "2024-05-01T10:05:00Z", contact_id="k", reason="other", channel="voice", agent_id="b", site="s"),
        leg(3, "2024-06-01T10:00:00Z", outcome="abandoned"),
    ]
    cells = answer("fcr", [centre(interactions=rows)], Question(by=("reason", "channel", "agent_id", "site")))
    assert list(cells) == [("bill", "chat", "b", "s")]


def test_containment_leaves_out_hang_ups_and_call_backs():
    ai = {"handler": "ai", "outcome": "contained"}
    rows = [
        leg(1, customer_id="a", **ai),
        leg(2, customer_id="b", **ai),
        leg(3, "2024-05-02T10:00:00Z", customer_id="b"),
        leg(4, customer_id="c", handler="ai", outcome="abandoned"),
        leg(5, customer_id="d", handler="ai_then_human"),
        leg(6, customer_id="e", contact_id="k", **ai),
        leg(7, "2024-05-01T10:05:00Z", customer_id="e", contact_id="k"),
        leg(8, **ai),
        leg(9, "2024-05-02T09:00:00Z", customer_id="f", **ai),
    ]
    house = centre(interactions=rows)
    # a held; b called back at exactly 24 h; c hung up; d and e went to a human; i8 unknown; f's window is open.
    assert counts(one("containment", house)) == (pytest.approx(1 / 5), 5, 0, 1, 1)
    # Naively 7 began with AI, d and e were handed over.
    assert counts(one("containment_naive", house)) == (pytest.approx(5 / 7), 7, 0, 0, 0)


def test_reopen_looks_from_the_first_closing_leg():
    rows = [
        leg(1, case_id="x", case_closed="true"),
        leg(2, "2024-05-08T10:00:00Z", case_id="x", case_closed="true", direction="outbound"),
        leg(3, case_id="y", case_closed="true", contact_id="k"),
        leg(4, "2024-05-01T11:00:00Z", case_id="y", contact_id="k"),
        leg(5, "2024-05-08T10:00:00Z", case_id="z", case_closed="true"),
        leg(6, "2024-05-08T10:00:00Z", case_id="y", case_closed="false", contact_id="k"),
        leg(7, "2024-05-01T09:00:00Z", case_id="y", contact_id="m"),
        leg(8, "2024-05-01T12:00:00Z", case_id="y", contact_id="m"),
    ]
    # x came back at 168 h; y's later legs are the same contact or one that had begun before; z's window is open.
    assert counts(one("reopen", centre(interactions=rows))) == (0.5, 2, 0, 0, 1)


def test_promises_not_yet_due_do_not_count():
    promise = {"follow_up_promised": "true"}
    rows = [
        leg(1, follow_up_due_at="2024-05-01T11:00:00Z", follow_up_kept="true", **promise),
        leg(2, follow_up_due_at="2024-05-01T12:00:00Z", follow_up_kept="false", **promise),
        leg(3, follow_up_due_at="2024-05-01T12:00:01Z", **promise),
        leg(4, follow_up_due_at="2024-05-01T11:00:00Z", **promise),
        leg(5, follow_up_kept="true", **promise),
        leg(6, ended_at="2024-05-01T12:00:00Z"),
    ]
    assert counts(one("follow_up_kept", centre(interactions=rows))) == (0.5, 2, 0, 2, 1)


def test_handle_time_needs_its_three_parts():
    parts = [(100, 0, 20), (200, 10, ""), (300, -1, ""), (100, 20, 0)]
    rows = [leg(k, talk_s=t, hold_s=h, acw_s=a, contact_id=f"k{k % 3}") for k, (t, h, a) in enumerate(parts)]
    rows.append(leg(9, outcome="abandoned", talk_s=5, hold_s=5, acw_s=5))
    house = centre(interactions=rows)
    # 120 and 120; one incomplete, one invalid although also incomplete.
    assert counts(one("aht", house)) == (120.0, 2, 1, 1, 0)
    # Contact k0 has legs 0 and 3: 240.
    assert counts(one("aht_contact", house)) == (240.0, 1, 1, 1, 0)
    assert counts(one("hold_time", house)) == (10.0, 3, 1, 0, 0)


def test_percentiles_interpolate():
    rows = [leg(k, talk_s=seconds, hold_s=0, acw_s=0) for k, seconds in enumerate([10, 20, 30, 40])]
    # Place 0.9 x 3 = 2.7: 30 + 0.7 x 10.
    assert one("aht_p90", centre(interactions=rows)).value == pytest.approx(37)
    assert one("aht_p50", centre(interactions=rows)).value == 25


def test_five_service_levels_of_the_same_traffic():
    # The published example: 1000 answered, 860 of them in 20 s; 60 abandoned, 20 within 20 s, 10 within 5 s.
    # From: callcentrehelper.com/service-level-threshold-calculations-206890.htm
    waits = [("handled", 20)] * 860 + [("handled", 21)] * 140
    waits += [("abandoned", 5)] * 10 + [("abandoned", 20)] * 10 + [("abandoned", 21)] * 40
    house = centre(interactions=[leg(k, outcome=how, queue_s=s) for k, (how, s) in enumerate(waits)])
    expected = [880 / 1060, 860 / 1000, 860 / 1060, 860 / 1040, 870 / 1060]
    assert [one(f"service_level_{k}", house).value for k in range(1, 6)] == pytest.approx(expected)
    assert one("service_level", house).value == pytest.approx(860 / 1050)
    assert counts(one("abandonment", house)) == (pytest.approx(50 / 1050), 1050, 0, 0, 0)


def test_queue_kpis_take_inbound_voice_and_chat():
    rows = [leg(1, queue_s=10, channel="voice"), leg(2, queue_s=30), leg(3, queue_s=99, channel="email")]
    rows += [leg(4, queue_s=99, direction="outbound"), leg(5, queue_s=-1), leg(6), leg(7, outcome="abandoned")]
    house = centre(interactions=rows)
    assert counts(one("asa", house)) == (20.0, 2, 1, 1, 0)
    assert counts(one("service_level", house)) == (0.5, 2, 1, 2, 0)
    assert counts(one("offered", house)) == (6.0, 6, 0, 0, 0)
    assert one("handled", house).value == 6


def test_silence_uses_the_latest_end_so_far():
    # Ends 30, 100 (overlapping), then begin 104: 4 s is no gap; 120 -> 130 is 10 s. 160 s in all.
    spans = [(0, 30), (20, 100), (104, 120), (130, 160)]
    turns = [turn(k, begin_s=b, end_s=e) for k, (b, e) in enumerate(spans)] + [turn(1, leg="i2", begin_s=0)]
    house = centre(interactions=[leg(1), leg(2), leg(3), leg(4, channel="chat")], turns=turns)
    assert counts(one("silence", house)) == (pytest.approx(10 / 160), 1, 0, 1, 0)


def test_credit_needs_its_evidence():
    def row(**more: object) -> dict:
        return {"interaction_id": "i1", "pillar": "empathy", "behaviour": "b", "earned": 2, "possible": 2} | more

    evidence = [
        row(turn_no=1),
        row(turn_no=2),
        row(behaviour="c"),
        row(behaviour="d", earned=0),
        row(source="operational", event_id="e"),
        row(source="operational", behaviour="f"),
        row(source="human", pillar="quality", earned=1),
        row(interaction_id="unknown", turn_no=1),
    ]
    house = centre(interactions=[leg(1)], turns=[turn(1, "agent"), turn(2)], evidence=evidence)
    # Earned 2 (agent turn) + 2 (event) of 6 x 2; a customer's turn, no turn and no event earn nothing.
    assert counts(one("empathy", house)) == (pytest.approx(100 * 4 / 12), 1, 3, 0, 0)
    assert counts(one("qa_score", house)) == (50.0, 1, 0, 0, 0)


def test_care_index_is_the_mean_of_pillars_not_of_points():
    scores = [("i1", "empathy", 1, 1), ("i2", "ownership", 1, 4), ("i2", "empathy", 0, 3), ("i3", "proactivity", 0, 0)]
    evidence = [
        {"interaction_id": i, "pillar": p, "behaviour": "b", "earned": e, "possible": x, "source": "operational", "event_id": "e"}
        for i, p, e, x in scores
    ]  # fmt: skip
    house = centre(interactions=[leg(1), leg(2), leg(3)], evidence=evidence)
    # Empathy 1 / 4, ownership 1 / 4, proactivity undefined, personalization absent.
    assert counts(one("care_index", house)) == (25.0, 2, 0, 0, 0)


def test_occupancy_is_a_ratio_of_sums_over_agents():
    times = [("a", 1, 30, 10), ("a", 2, 30, 30), ("b", 1, 0, 0), ("c", 1, -1, 5), ("d", 1, "", 5)]
    rows = [
        {"agent_id": a, "start_at": f"2024-05-0{day}T00:00:00Z", "handle_s": h, "available_s": v}
        for a, day, h, v in times
    ]
    assert counts(one("occupancy", centre(agent_time=rows))) == (0.6, 1, 1, 1, 0)


def test_costs_are_prorated_by_day_and_meet_their_own_legs():
    costs = [{"month": "2024-05", "site": "n", "cost": 310}, {"month": "2024-05", "handler": "ai", "cost": 31}]
    rows = [leg(1, site="n"), leg(2, site="n"), leg(3, site="s"), leg(4, handler="ai", site="s"), leg(5, "2024-06-01T00:00:00Z", site="n")]  # fmt: skip
    house = centre(interactions=rows, costs=costs)
    # May: 341 over i1, i2, i4; i3 has no cost, June none.
    assert counts(one("cost_per_contact", house)) == (pytest.approx(341 / 3), 3, 0, 2, 0)
    # The first two days of May: 2/31 of it.
    first = Question(date(2024, 5, 1), date(2024, 5, 3))
    assert one("cost_per_contact", house, first).value == pytest.approx(22 / 3)
    assert answer("cost_per_contact", [house], Question(by=("site",)))[("n",)].value == pytest.approx(155)


def test_a_day_belongs_to_the_zone_and_the_newest_version_wins():
    late = leg(1, "2024-05-31T23:30:00-05:00", updated_at="2024-06-02T00:00:00Z", talk_s=1, hold_s=0, acw_s=0)
    old = late | {"updated_at": "2024-06-01T00:00:00Z", "talk_s": 99}
    house = centre("America/Bogota", interactions=[late, old])
    assert list(answer("handled", [house], Question(by=("day", "month")))) == [("2024-05-31", "2024-05")]
    assert one("aht", house).value == 1
    assert one("handled", house, Question(date(2024, 6, 1))).value == 0


def test_quarantined_rows_do_not_count():
    rows = [leg(1), leg(2, "yesterday"), leg(3, outcome="lost"), leg("", interaction_id=""), leg(4, ended_at="soon")]
    assert one("handled", centre(interactions=rows)).value == 1


def test_states_by_n():
    rows = [leg(k, queue_s=1) for k in range(10)]
    house = centre(interactions=rows)
    assert one("asa", house, Question(min_n=10)).state == "low_n"
    assert one("asa", house, Question(min_n=11)) == Cell(None, 10, state="suppressed")
    assert one("nps", house) == Cell(None, state="no_data")
    assert one("handled", house, Question(min_n=99)).state == "ok"
