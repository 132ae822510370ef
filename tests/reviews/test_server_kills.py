"""D9 in short, on the served app; many more kills: tests/faults/server_kills.py."""

from pathlib import Path

from tests.pages.centre import build

from .server_kills import AT_ONCE, kill_servers


def test_what_the_screen_called_saved_is_there_after_the_server_was_killed(tmp_path: Path) -> None:
    store = build(tmp_path)
    contacts = ["zeta_bank/z3", "acme_air/a3"]
    tally = kill_servers(store.url, tmp_path / "reviews.db", contacts, kills=2)
    assert (tally.kills, len(contacts)) == (2, AT_ONCE)
    assert tally.acknowledged >= 2
    assert (tally.lost, tally.doubled, tally.damaged) == (0, 0, 0)
