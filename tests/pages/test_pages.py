"""Every page over a small store: it opens, its number is the count of its list, and hostile links change nothing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from care_metrics.commands.demo import reading_of
from care_metrics.commands.ingest import publish_readings
from care_metrics.filters import Filters
from care_metrics.kpis import CATALOGUE
from care_metrics.scope import operator
from care_metrics.store import Store, open_store, publishing
from care_metrics.ui import cached, links
from care_metrics.ui.cached import Edition
from care_metrics.ui.text import speaking
from tests.conftest import leg, loader
from tests.pages.centre import END, build, frame
from tests.pages.conftest import PAGES

OpenPage = Callable[..., AppTest]


def drawn(app: AppTest, key: str) -> Any:
    """What one of our components was given."""
    [element] = [element for element in app.get("bidi_component") if element.key == key]
    return json.loads(element.proto.json)


def text_of(app: AppTest, key: str) -> str:
    return " ".join(s["text"] for paragraph in drawn(app, key)["paragraphs"] for s in paragraph["sentences"])


def keys(app: AppTest) -> set[str]:
    return {element.key for element in app.get("bidi_component")}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_page_opens(open_page: OpenPage, small_centre: Store, page: str, language: str) -> None:
    # AppTest formats the options of a select box itself, outside of the run that knows the language.
    with speaking(language):
        app = open_page(page, small_centre, lang=language)
    assert not app.exception
    assert "footer" in keys(app)
    assert "failed" not in keys(app)


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_store_says_how_to_begin(open_page: OpenPage, tmp_path: Path, page: str) -> None:
    app = open_page(page, open_store(str(tmp_path / "none")))
    assert not app.exception
    assert app.title[0].value == "No data yet"
    assert "care_metrics demo" in app.code[0].value


@pytest.mark.parametrize("page", PAGES)
def test_one_contact_without_survey_or_transcript_is_enough_for_every_page(
    open_page: OpenPage, tmp_path: Path, page: str
) -> None:
    row = {name: value for name, value in leg(1).items() if not name.endswith("_at")} | {"started_at": END}
    store = open_store(str(tmp_path / "one"))
    with publishing(store) as publication:
        publish_readings(publication, "acme", "UTC", [reading_of("interactions", frame("interactions", [row]))])
    app = open_page(page, store)
    assert not app.exception
    assert "failed" not in keys(app)


def test_the_scorecard_shows_value_interval_n_and_change(open_page: OpenPage, small_centre: Store) -> None:
    app = open_page("care_scorecard", small_centre)
    nps = drawn(app, "care")["cards"][0]
    assert nps["label"] == "Net Promoter Score"
    assert nps["value"][0] in "+−0"
    assert nps["notes"][0].startswith("95% interval ")
    assert nps["link"]["text"].endswith(" answers")
    assert nps["change"].endswith(" pts")
    assert nps["verdict"] in ("clear change", "could be chance")
    assert len(nps["weeks"]) == 13


def test_efficiency_is_never_coloured(open_page: OpenPage, small_centre: Store) -> None:
    cards = drawn(open_page("care_scorecard", small_centre), "efficiency")["cards"]
    assert {card["family"] for card in cards} == {"efficiency"}
    assert [card["scale"] for card in cards if card["label"] == "Cost per contact"] == ["USD"]
    assert {card["tone"] for card in cards} == {"plain"}


def test_the_planted_fall_is_told_with_its_place(open_page: OpenPage, small_centre: Store) -> None:
    app = open_page("care_scorecard", small_centre)
    told = text_of(app, "first_sentence")
    assert "Net Promoter Score fell by" in told
    assert "for the worse" in told
    rows = drawn(app, "places")["rows"]
    assert rows[0][0]["link"]["text"] == "Client: Acme Air"
    assert rows[0][0]["link"]["params"] == {"client": "Acme Air"}
    assert rows[0][2]["tone"] == "bad"


def test_a_kpi_that_a_filter_cannot_narrow_says_so(open_page: OpenPage, small_centre: Store) -> None:
    app = open_page("care_scorecard", small_centre)
    app.selectbox(key="site").select("leeds").run()
    retention = drawn(app, "care")["cards"][3]
    assert retention["label"].startswith("Customer retention")
    assert (retention["value"], retention["notes"]) == ("–", ["not known for this filter"])


def test_without_a_comparison_no_card_claims_a_change(open_page: OpenPage, small_centre: Store) -> None:
    app = open_page("care_scorecard", small_centre)
    app.selectbox(key="compare").select("none").run()
    assert not app.exception
    assert {card["change"] for card in drawn(app, "care")["cards"]} == {""}
    assert "not compared" in text_of(app, "first_sentence")


@pytest.mark.parametrize("period", ["30d", "90d", "quarter", "12m", "all", "custom"])
def test_every_period_opens(open_page: OpenPage, small_centre: Store, period: str) -> None:
    app = open_page("care_scorecard", small_centre)
    app.selectbox(key="period").select(period).run()
    assert not app.exception
    assert "failed" not in keys(app)


def test_a_language_change_keeps_the_filters(open_page: OpenPage, small_centre: Store) -> None:
    app = open_page("care_scorecard", small_centre)
    app.selectbox(key="period").select("30d").run()
    app.button_group(key="lang").set_value("es").run()
    assert not app.exception
    assert app.selectbox(key="period").value == "30d"
    assert app.title[0].value == "Cuadro de cuidado"


def test_the_queue_counts_what_the_tile_says(open_page: OpenPage, small_centre: Store) -> None:
    app = open_page("care_scorecard", small_centre)
    tile = next(card for card in drawn(app, "resolution")["cards"] if card["label"] == "Low-sentiment contacts")
    app = app.switch_page(PAGES["low_sentiment_calls"]).run()
    low, _of, contacts = text_of(app, "count").split(" ")[:3]
    assert tile["link"]["text"] == f"{contacts} contacts"
    assert f"({tile['value']})" in text_of(app, "count")
    assert len(app.dataframe[0].value) == int(low)


def test_the_worst_contact_is_open_and_its_lowest_turn_chosen(open_page: OpenPage, small_centre: Store) -> None:
    app = open_page("low_sentiment_calls", small_centre)
    [transcript] = [element for element in app.get("bidi_component") if element.key.startswith("transcript_")]
    turns = json.loads(transcript.proto.json)["turns"]
    scores = {turn["no"]: turn["score"] for turn in turns if turn["score"]}
    [chosen] = [turn for turn in turns if turn["chosen"]]
    assert chosen["speaker"] == "customer"
    assert chosen["score"] == max(scores.values()), "of texts with a minus the lowest value sorts last"
    assert {turn["score"] for turn in turns if turn["speaker"] == "agent"} == {""}


@pytest.mark.parametrize(
    "contact", ["nobody/none", "zeta_bank", "../../etc/passwd", "acme_air/' OR 1=1 --", "<script>", "x" * 9000]
)
def test_a_contact_that_is_not_there_is_not_found(open_page: OpenPage, small_centre: Store, contact: str) -> None:
    app = open_page("low_sentiment_calls", small_centre, contact=contact)
    assert not app.exception
    # AppTest drops page parameters on a switch; the address bar of a browser keeps them.
    app.query_params["contact"] = contact
    app.run()
    assert not app.exception
    assert "not_found" in keys(app)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("client", "somebody_else"),
        ("site", "'; DROP TABLE x"),
        ("period", "x" * 10_000),
        ("compare", "<b>"),
        ("lang", "xx"),
        ("kpi", "npss"),
    ],
)
def test_a_hostile_link_falls_back_to_the_default(
    open_page: OpenPage, small_centre: Store, name: str, value: str
) -> None:
    app = open_page("care_scorecard", small_centre, **{name: value})
    assert not app.exception
    assert app.selectbox(key="client").value == ""
    assert app.selectbox(key="period").value == "90d"


def test_an_unknown_kpi_in_the_link_is_named_with_the_nearest(open_page: OpenPage, small_centre: Store) -> None:
    app = open_page("contacts", small_centre)
    app.query_params["kpi"] = "npss"
    app.run()
    assert not app.exception
    assert "Did you mean 'nps'?" in text_of(app, "failed")


FILTERS = {
    "all": Filters(),
    "one_site": Filters(where=(("site", ("leeds",)),)),
    "one_client_and_channel": Filters(where=(("channel", ("chat",)), ("client", ("acme_air",)))),
}


@pytest.mark.parametrize("filters", FILTERS.values(), ids=FILTERS)
@pytest.mark.parametrize("name", [name for name, entry in CATALOGUE.items() if entry.grain not in links._NO_CONTACTS])
def test_the_number_on_a_tile_is_the_count_of_its_list(
    use_store: Callable[[str], None], small_centre: Store, name: str, filters: Filters
) -> None:
    use_store(small_centre.url)
    edition = Edition(small_centre, small_centre.snapshot())
    scope = operator(small_centre.clients(edition.snapshot))
    [answer] = cached.answers(scope, edition, (cached.Question((name,), filters),))
    n = answer["n"][0]
    assert cached.count_contacts(scope, edition, name, filters) == n
    assert cached.contacts(scope, edition, name, filters).height == min(n, 500)


def test_hostile_names_from_the_data_reach_the_components_as_they_are(
    open_page: OpenPage, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """They are set as text there; Plotly and the selection boxes are looked at in the browser tests."""
    payload = "<img src=http://evil.example/x> ![x](http://evil.example/y) [l](http://evil.example)"
    store = build(tmp_path_factory.mktemp("hostile"), 200, reason=payload, site=payload, text=payload, agent_id=payload)
    app = open_page("low_sentiment_calls", store)
    assert not app.exception
    [transcript] = [element for element in app.get("bidi_component") if element.key.startswith("transcript_")]
    assert json.loads(transcript.proto.json)["turns"][0]["text"] == payload
    assert payload not in " ".join(
        element.value for kind in ("markdown", "caption", "title") for element in app.get(kind)
    )


def test_invisible_characters_of_an_export_are_gone_before_a_page_shows_it(open_page: OpenPage, tmp_path: Path) -> None:
    """I7."""
    odd = "re\x00f\x1bu\u202en\u200bd"
    legs = [leg(number, reason=odd, site=odd, agent_id=odd) for number in range(20)]
    turns = [
        {"interaction_id": one["interaction_id"], "turn_no": 1, "speaker": "customer", "valence": -0.9, "text": odd}
        for one in legs
    ]
    store = open_store(str(tmp_path / "store"))
    loader(store, tmp_path)(interactions=legs, turns=turns)
    app = open_page("low_sentiment_calls", store)
    assert not app.exception
    [transcript] = [element for element in app.get("bidi_component") if element.key.startswith("transcript_")]
    assert json.loads(transcript.proto.json)["turns"][0]["text"] == "refund"
