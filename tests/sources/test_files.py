"""Only regular files are opened; a pipe never blocks, a link never leads outside (I21)."""

import os
from pathlib import Path

import pytest

from care_metrics.errors import FileRefused
from care_metrics.sources import read as read_module
from care_metrics.sources.files import find_files
from care_metrics.sources.read import read
from care_metrics.sources.readers import Reader


def test_a_folder_stands_for_its_files_in_order_without_hidden_ones(write, tmp_path):
    for name in ("b.csv", "a.csv", ".hidden.csv", ".git/x.csv", "sub/é ü.csv"):
        write(name, "x")
    names = [str(path.relative_to(tmp_path)) for path in find_files([tmp_path, tmp_path / "a.csv"])]
    assert names == ["a.csv", "b.csv", "sub/é ü.csv"]


def test_what_is_missing_stays_listed_to_be_refused(tmp_path):
    assert find_files([tmp_path / "absent.csv"]) == [tmp_path / "absent.csv"]


def test_pipes_links_and_folders_are_refused_without_being_opened(write, tmp_path):
    secret = write("outside/agents.csv", "agent_id\na1\n")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    os.mkfifo(inbox / "agents_pipe.csv")
    (inbox / "agents_link.csv").symlink_to(secret)
    (inbox / "outside").symlink_to(secret.parent)
    (inbox / "empty").mkdir()
    found = find_files([inbox])
    assert [path.name for path in found] == ["agents_link.csv", "agents_pipe.csv", "outside"]
    for path in [*found, inbox / "empty"]:
        with pytest.raises(FileRefused):
            read(path, client="acme")


@pytest.mark.parametrize("name", ["a b.csv", "é-ü-漢.csv", "..%2f..%2fx.csv", "agents\nline.csv", "x" * 240 + ".csv"])
def test_odd_names_are_only_names(load, name):
    assert load(name, "agent_id,name,team\na1,Ana,red\n").rows.height == 1


def test_a_name_too_long_for_the_system_is_refused_like_any_that_is_not_there():
    long = Path("x" * 300 + ".csv")
    assert find_files([long]) == [long]
    with pytest.raises(FileRefused, match="File name too long"):
        read(long, client="acme")


def test_a_name_that_is_no_text_is_refused_by_it(tmp_path):
    """The record of the load could not hold it, and ended in a traceback after the work was done."""
    path = tmp_path / os.fsdecode(b"agents_\xff.csv")
    path.write_text("agent_id\na1\n")
    [found] = find_files([tmp_path])
    with pytest.raises(FileRefused, match="not UTF-8; rename it"):
        read(found, client="acme")


def test_a_file_that_grows_while_it_is_read_is_refused(write, monkeypatch):
    path = write("agents.csv", "agent_id\na1\n")

    class Growing(Reader):
        def read(self, source):
            yield from super().read(source)
            with Path(source.path).open("a") as file:
                file.write("a2\n")

    growing = Growing("csv", "CSV", "canonical_csv")
    monkeypatch.setattr(read_module, "reader_for", lambda source, name: growing)
    with pytest.raises(FileRefused, match="changed while it was read"):
        read(path, client="acme")
