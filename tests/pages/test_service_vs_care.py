"""Service vs care: it names the team that is fast by its contact mix only, and claims nothing where nothing was planted."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from care_metrics.commands.demo import reading_of
from care_metrics.commands.ingest import publish_readings
from care_metrics.demo import CLIENTS, simulate
from care_metrics.filters import Filters
from care_metrics.scope import operator
from care_metrics.store import Store, open_store, publishing
from care_metrics.ui import cached
from care_metrics.ui.cached import Edition
from tests.conftest import leg
from tests.pages.centre import END, frame
from tests.pages.test_pages import drawn, keys, text_of

OpenPage = Callable[..., AppTest]
TABLES = ("interactions", "surveys", "agents", "sites")


def centre(folder: Path, effects: tuple[str, ...]) -> Store:
    """The simulated centre with these effects only, without transcripts."""
    store = open_store(str(folder / "store"))
    with publishing(store) as publication:
        for client, tables in simulate(9_000, effects=effects).items():
            readings = [reading_of(name, tables[name]) for name in TABLES]
            publish_readings(publication, client, CLIENTS[client][1], readings)
    return store


@pytest.fixture(scope="module")
def trapped(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return centre(tmp_path_factory.mktemp("trap"), ("aht_trap",))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return centre(tmp_path_factory.mktemp("plain"), ())


def all_data(app: AppTest) -> AppTest:
    return app.selectbox(key="period").select("all").run()


def order(app: AppTest, side: str = "left") -> list[tuple[str, str]]:
    return [(row["rank"], row["name"]) for row in drawn(app, "ranking")[side]["rows"]]


def test_the_planted_team_is_named_and_changes_places_at_equal_mix(open_page: OpenPage, trapped: Store) -> None:
    app = all_data(open_page("service_vs_care", trapped))
    assert not app.exception
    told = text_of(app, "first_sentence")
    assert told.startswith("Judged by handle time, Juniper (Cobalt Mobile) is faster than all teams together by ")
    assert "at equal contact mix it is slower." in told
    assert order(app)[0] == ("1", "Juniper")
    app.selectbox(key="pace").select("equal").run()
    assert order(app)[-1] == ("4", "Juniper")
    assert drawn(app, "ranking")["left"]["title"] == "Handle time at equal mix"


def test_without_effects_it_claims_nothing(open_page: OpenPage, plain: Store) -> None:
    app = all_data(open_page("service_vs_care", plain))
    assert text_of(app, "first_sentence").startswith("No team is judged clearly otherwise")
    assert {row["tone"] for row in drawn(app, "ranking")["left"]["rows"]} == {"plain"}


def test_the_parts_add_up_to_the_difference_on_the_screen(open_page: OpenPage, trapped: Store) -> None:
    """Each is rounded to a second, so that their sum may differ from the rounded difference by one."""
    app = all_data(open_page("service_vs_care", trapped))
    times = {row["name"]: seconds(row["value"]) for row in drawn(app, "ranking")["left"]["rows"]}
    mean = seconds(text_of(app, "mix_note").split("mean is ")[1].rstrip("."))
    for name, _picture, mix, own in drawn(app, "mix_parts")["rows"]:
        assert abs(step(mix["text"]) + step(own["text"]) - (times[name["link"]["text"]] - mean)) <= 3


def seconds(clock: str) -> int:
    minutes, rest = clock.split(":")
    return 60 * int(minutes) + int(rest)


def step(text: str) -> int:
    return int(text.removesuffix(" s").replace("−", "-"))


@pytest.mark.parametrize("group", ["team", "agent_id", "site", "client"])
def test_every_bar_and_row_opens_as_many_contacts_as_it_counts(open_page: OpenPage, trapped: Store, group: str) -> None:
    app = all_data(open_page("service_vs_care", trapped))
    app.selectbox(key="group").select(group).run()
    assert not app.exception
    edition = Edition(trapped, trapped.snapshot())
    scope = operator(trapped.clients(edition.snapshot))
    slugs = {slug.replace("_", " ").title(): slug for slug in CLIENTS}
    rows = [row for name in ("mix_parts", "group_table") for row in drawn(app, name)["rows"]]
    links = [cell for row in rows for cell in row if "link" in cell]
    assert len(links) >= 2
    for cell in [*links[:8], *links[-4:]]:
        params = dict(cell["link"]["params"])
        name = params.pop("kpi")
        if "client" in params:
            params["client"] = slugs[params["client"]]
        if "site" in params:
            params["site"] = params["site"].lower()
        counted = cached.count_contacts(scope, edition, name, Filters().only(**params))
        assert cell.get("note", cell["link"]["text"]).split(" ")[0] == f"{counted:,}"


def test_a_link_to_a_team_narrows_the_list_to_it(open_page: OpenPage, trapped: Store) -> None:
    app = open_page("contacts", trapped)
    app.query_params["kpi"] = "aht"
    app.query_params["team"] = "Juniper"
    app.run()
    assert not app.exception
    assert text_of(app, "count").startswith("Average handle time of Juniper: ")
    app.query_params["team"] = "' OR 1=1 --"
    app.run()
    assert not app.exception
    assert "no_contacts" in keys(app)


def test_both_lenses_show_value_interval_n_change_and_verdict(open_page: OpenPage, small_centre: Store) -> None:
    pairs = drawn(open_page("service_vs_care", small_centre), "lenses")["pairs"]
    names = [([metric["label"] for metric in pair["service"]], pair["care"]["label"]) for pair in pairs]
    assert names[0] == (["Average handle time"], "Net Promoter Score")
    assert names[1] == (["First contact resolution", "Transfers"], "Customer Effort Score")
    assert (len(names[2][0]), names[2][1]) == (2, "Sentiment")
    assert names[3][1].startswith("Customer retention over ")
    for metric in (pairs[0]["service"][0], pairs[0]["care"]):
        assert metric["value"]
        assert re.fullmatch(r".+ to .+", metric["notes"][0])
        assert metric["link"]["text"].split(" ")[1] in ("contacts", "answers")
        assert metric["change"]
        assert metric["verdict"] in ("clear change", "could be chance")


def test_effort_on_the_other_scale_takes_the_place_of_the_missing_one(open_page: OpenPage, trapped: Store) -> None:
    app = open_page("service_vs_care", trapped)
    app.selectbox(key="client").select("brightfen_energy").run()
    assert drawn(app, "lenses")["pairs"][1]["care"]["label"] == "Effort spent (scale 5)"


def test_teams_with_few_contacts_are_listed_apart(open_page: OpenPage, tmp_path: Path) -> None:
    """40 contacts of Sol, 35 of Luna, 12 of Mar and 4 of Rio: two are ranked, and no measure of care serves them."""
    sizes = {"Sol": 40, "Luna": 35, "Mar": 12, "Rio": 4}
    rows = [
        {name: value for name, value in leg(k).items() if not name.endswith("_at")}
        | {"interaction_id": f"{team}{k}", "team": team, "started_at": END, "talk_s": 200 + 20 * k}
        for team, size in sizes.items()
        for k in range(size)
    ]
    store = open_store(str(tmp_path / "few"))
    with publishing(store) as publication:
        publish_readings(publication, "acme", "UTC", [reading_of("interactions", frame("interactions", rows))])
    app = open_page("service_vs_care", store)
    assert not app.exception
    assert {name for _rank, name in order(app)} == {"Sol", "Luna"}
    assert drawn(app, "ranking")["right"] is None
    note = text_of(app, "ranking_note")
    assert "Not ranked, with fewer than 30: Mar (12 contacts), Rio (4 contacts)." in note
    assert text_of(app, "ranking_finding") == "No measure of care has enough data to rank these teams."
    assert "slopes_none" in keys(app)


def test_contacts_of_no_team_site_or_agent_say_so(open_page: OpenPage, tmp_path: Path) -> None:
    row = {name: value for name, value in leg(1).items() if not name.endswith("_at")} | {"started_at": END}
    row |= {"agent_id": None, "site": None}
    store = open_store(str(tmp_path / "nobody"))
    with publishing(store) as publication:
        publish_readings(publication, "acme", "UTC", [reading_of("interactions", frame("interactions", [row]))])
    app = open_page("service_vs_care", store)
    assert not app.exception
    assert "groups_none" in keys(app)
    assert "ranking" not in keys(app)


def test_a_filter_that_leaves_nothing_says_so(open_page: OpenPage, trapped: Store) -> None:
    app = open_page("service_vs_care", trapped)
    app.selectbox(key="client").select("harrow_finch").run()
    app.selectbox(key="reason").select("power_cut").run()
    assert not app.exception
    assert text_of(app, "first_sentence").startswith("There is no handled contact")
    assert "failed" not in keys(app)


@pytest.mark.parametrize(
    ("name", "value"), [("group", "<b>"), ("within", "../../etc"), ("pace", "x" * 5000), ("group", "Equipos")]
)
def test_a_hostile_or_foreign_link_falls_back(open_page: OpenPage, trapped: Store, name: str, value: str) -> None:
    app = open_page("service_vs_care", trapped, **{name: value})
    assert not app.exception
    app.query_params[name] = value
    app.run()
    assert not app.exception
    assert "ranking" in keys(app)
