"""The sample Caddyfile in a real Caddy before the real app."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest

from tests.browser.signed_in import ROOT, SECRETS, Site, free_port
from tests.browser.test_sign_in import ask

pytestmark = pytest.mark.browser
SAMPLE = ROOT / "docs" / "samples" / "Caddyfile"
UPGRADE = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec_WebSocket_Version": "13",
    "Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}


def started(folder: Path, with_sign_in: bool) -> Site:
    if not shutil.which("caddy"):
        pytest.skip("needs Debian's caddy")
    app, front = free_port(), free_port()
    address = f"http://127.0.0.1:{front}"
    text = SAMPLE.read_text(encoding="utf-8").replace("https://care.example.org", address)
    text = text.replace("care.example.org {", f"{address} {{").replace("127.0.0.1:8501", f"127.0.0.1:{app}")
    (folder / "Caddyfile").write_text("{\n\tadmin off\n}\n" + text)
    secrets = folder / "secrets.toml"
    if with_sign_in:
        secrets.write_text(SECRETS.format(app=address, issuer="http://127.0.0.1:1"))
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.port",
        str(app),
        "--secrets.files",
        str(secrets),
    ]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = [
        subprocess.Popen(command, cwd=ROOT, **quiet),
        subprocess.Popen(["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"], **quiet),
    ]
    site = Site(address, "", folder / "none.db", running)
    for _attempt in range(200):
        try:
            if ask(site, "/_stcore/health")[0] in (200, 403):
                break
        except OSError:
            pass
        sleep(0.1)
    return site


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = started(tmp_path_factory.mktemp("proxy"), with_sign_in=True)
    yield site
    site.stop()


def test_through_the_proxy_the_way_in_is_open_and_all_else_is_not(signed: Site) -> None:
    """T12, T16."""
    status, headers = ask(signed, "/")
    assert status == 200
    assert headers["strict-transport-security"].startswith("max-age=31536000")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert ask(signed, "/media/x.csv")[0] == 401
    assert ask(signed, "/component/x", X_Forwarded_User="adam@example.org")[0] == 401
    assert ask(signed, "/_stcore/metrics")[0] == 404
    assert ask(signed, "/_stcore/agent/openapi.json")[0] == 404


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1"])
def test_another_origin_is_refused_at_the_proxy_already(signed: Site, origin: str) -> None:
    """T10."""
    assert ask(signed, "/_stcore/stream", **UPGRADE, Origin=origin)[0] == 403
    assert ask(signed, "/_stcore/stream", **UPGRADE)[0] == 403
    assert ask(signed, "/_stcore/stream", **UPGRADE, Origin=signed.app)[0] == 101


def test_a_proxy_does_not_open_the_demo_to_the_world(tmp_path: Path) -> None:
    """T13: whoever forgets secrets.toml gets no dashboard instead of an open one."""
    site = started(tmp_path, with_sign_in=False)
    try:
        assert ask(site, "/")[0] == 403
        assert ask(site, "/_stcore/stream", **UPGRADE, Origin=site.app)[0] == 403
    finally:
        site.stop()
