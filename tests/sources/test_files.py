"""Only regular files are opened; a pipe never blocks, a link never leads outside."""

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
