"""Figures are plain dicts that Plotly takes, without markup from the data."""

import plotly.graph_objects as go

from care_metrics.charts.arc import ArcTurn, arc
from care_metrics.charts.quadrants import LARGEST, SMALLEST, Point, quadrants
from care_metrics.charts.theme import ALARM, CARE, EFFICIENCY
from care_metrics.charts.trend import Bucket, Mark, trend

HOSTILE = '<a href="http://evil.example">x</a>'


def test_the_arc_names_its_lowest_turn_and_marks_low_turns() -> None:
    turns = [ArcTurn(1, 0.4, "a"), ArcTurn(3, -0.9, "b"), ArcTurn(5, 0.0, "c")]
    drawn = arc(turns, low=-0.3, chosen=5, lowest="turn 3", turn="turn")
    go.Figure(drawn)
    [note] = drawn["layout"]["annotations"]
    assert (note["x"], note["y"], note["text"]) == (3, -0.9, "turn 3")
    assert drawn["data"][1]["marker"]["color"] == [CARE, ALARM, EFFICIENCY]
    assert drawn["data"][1]["marker"]["size"] == [8, 8, 13]


def test_the_shade_ends_where_the_line_crosses_zero() -> None:
    """From -0.5 at turn 2 to 0.5 at turn 4 the line crosses at turn 3."""
    drawn = arc([ArcTurn(2, -0.5, ""), ArcTurn(4, 0.5, "")], low=-0.3, chosen=2, lowest="", turn="")
    shade = drawn["data"][0]
    assert list(zip(shade["x"], shade["y"], strict=True)) == [(2, -0.5), (3.0, 0.0), (4, 0.0)]


def test_a_turn_number_is_ticked_once() -> None:
    """A single turn once gave the ticks 0 0 0 1 1 1."""
    drawn = arc([ArcTurn(1, -0.8, "")], low=-0.3, chosen=1, lowest="", turn="")
    assert drawn["layout"]["xaxis"]["dtick"] == 1


def test_dots_of_a_corner_differ_by_shape_as_well_as_by_colour() -> None:
    points = [Point(-40, -6, 100, "bad", "A"), Point(30, 5, 25, "good", "B"), Point(1, 0, 50, "plain", "C")]
    drawn = quadrants(points, "seconds", "points", ("fast, low care", "takes the time"))
    go.Figure(drawn)
    marks = {trace["customdata"][0]: trace["marker"] for trace in drawn["data"]}
    assert (marks["A"]["symbol"], marks["A"]["color"]) == ("diamond", ALARM)
    assert marks["B"]["color"] == CARE
    # Area, not width, grows with the contacts: a quarter of them is half as far between the smallest and the largest.
    assert marks["A"]["size"] == [LARGEST]
    assert marks["B"]["size"] == [(SMALLEST + LARGEST) / 2]
    low, high = drawn["layout"]["xaxis"]["range"]
    assert low == -high < -40


def test_a_trend_keeps_its_gap_its_target_and_what_happened() -> None:
    buckets = [
        Bucket("2026-08-03", "3 Aug", 30, 25, 35, ""),
        Bucket("2026-08-10", "10 Aug", None, None, None, ""),
        Bucket("2026-08-17", "17 Aug", 20, 15, 25, ""),
    ]
    drawn = trend(buckets, "care", target=(30, "target 30"), marks=[Mark("2026-08-04", "outage")])
    go.Figure(drawn)
    line = drawn["data"][2]
    assert line["y"] == [30, None, 20]
    assert line["connectgaps"] is False
    assert drawn["layout"]["xaxis"]["ticktext"] == ["3 Aug", "10 Aug", "17 Aug"]
    assert {note["text"] for note in drawn["layout"]["annotations"]} == {"target 30", "outage"}
    assert len(drawn["layout"]["shapes"]) == 2


def test_the_band_of_a_trend_covers_no_gap() -> None:
    """One polygon a stretch of neighbours: filled as one, it would cover the week that nobody measured."""
    values = [(30, 25, 35), (32, 26, 36), (None, None, None), (20, 15, 25)]
    buckets = [Bucket(f"2026-08-{3 + 7 * n:02}", "", *three, "") for n, three in enumerate(values)]
    first, second, _line = trend(buckets, "care")["data"]
    assert first["x"] == ["2026-08-03", "2026-08-10", "2026-08-10", "2026-08-03"]
    assert first["y"] == [25, 26, 36, 35]
    assert second["y"] == [15, 25]


def test_an_open_bucket_is_a_ring_that_no_line_leads_to() -> None:
    buckets = [Bucket("2026-08-03", "", 30, 25, 35, ""), Bucket("2026-08-10", "", 90, 80, 99, "", open=True)]
    band, line, ring = trend(buckets, "care")["data"]
    assert line["y"] == [30, None]
    assert band["y"] == [25, 35]
    assert (ring["y"], ring["marker"]["symbol"]) == ([90], "circle-open")


def test_labels_from_data_lose_their_links() -> None:
    """Plotly renders <a> in tick labels, hover texts and annotations."""
    drawn = [
        arc([ArcTurn(1, -0.8, HOSTILE)], low=-0.3, chosen=1, lowest=HOSTILE, turn=HOSTILE),
        quadrants([Point(1, 1, 2, "bad", HOSTILE)], "x", "y", (HOSTILE, HOSTILE)),
        trend(
            [Bucket("2026-08-03", HOSTILE, 1, 0, 2, HOSTILE)],
            "care",
            target=(1, HOSTILE),
            marks=[Mark("2026-08-03", HOSTILE)],
        ),
    ]
    assert all("<a" not in str(figure) and "evil" not in str(figure) for figure in drawn)
