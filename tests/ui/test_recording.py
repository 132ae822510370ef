"""A link out of an export leads to a listed host or nowhere."""

import pytest

from care_metrics.ui.recording import hosts, trusted

LISTED = hosts(" Recordings.Example.com, calls.example.org ")


@pytest.mark.parametrize(
    "address",
    [
        "https://recordings.example.com/acme/i1",
        "https://RECORDINGS.example.com/i1?at=30#x",
        "https://calls.example.org:443/i1",
    ],
)
def test_https_to_a_listed_host_is_opened(address: str) -> None:
    assert trusted(address, LISTED) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        7,
        "http://recordings.example.com/i1",
        "javascript:alert(1)//recordings.example.com",
        "data:text/html,x",
        "//recordings.example.com/i1",
        "https://evil.example/recordings.example.com",
        "https://recordings.example.com.evil.example/i1",
        "https://x.recordings.example.com/i1",
        "https://recordings.example.com@evil.example/i1",
        "https://user:word@recordings.example.com/i1",
        "https://recordings.example.com:8443/i1",
        "https://recordings.example.com:x/i1",
        "https://evil.example\\@recordings.example.com/i1",
        "https://recordings.example.com\t.evil.example/i1",
        "https://recordings.example.com/ i1",
        "https://rеcordings.example.com/i1",
        "https://[recordings.example.com/i1",
        "https://recordings.example.com/" + "a" * 2_000,
    ],
)
def test_anything_else_is_no_link(address: object) -> None:
    assert trusted(address, LISTED) is None


def test_without_a_list_no_link_is_opened() -> None:
    assert trusted("https://recordings.example.com/i1", hosts("")) is None
