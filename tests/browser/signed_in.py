"""A real provider, the real app and browsers that sign in."""

import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.request
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import sleep

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.gate.marked import MARKERS

ROOT = Path(__file__).parent.parent.parent
OIDC = ROOT / "tests" / "oidc"
SECRETS = """[auth]
redirect_uri = "{app}/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef of the tests"
client_id = "care_metrics"
client_secret = "a secret of the tests only, drawn by nobody"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
client_kwargs = {{ scope = "openid email", prompt = "login" }}
"""


@dataclass
class Site:
    """Where the app and its provider answer, and the database of rights."""

    app: str
    issuer: str
    database: Path
    running: list[subprocess.Popen[str]]

    def stop(self) -> None:
        for one in self.running:
            one.terminate()
            one.wait()


def free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def start(store: str, database: Path, folder: Path) -> Site:
    """Provider and app, both answering."""
    if not shutil.which("node"):
        pytest.skip("needs Debian's nodejs")
    if not (OIDC / "node_modules").exists():
        done = subprocess.run(["npm", "ci", "--silent"], cwd=OIDC, capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"npm could not fetch oidc-provider: {done.stderr[-200:]}")
    port = free_port()
    app, issuer_port = f"http://127.0.0.1:{port}", free_port()
    issuer = f"http://127.0.0.1:{issuer_port}"
    secrets = folder / "secrets.toml"
    secrets.write_text(SECRETS.format(app=app, issuer=issuer))
    provider = subprocess.Popen(
        ["node", "provider.mjs", str(issuer_port), app], cwd=OIDC, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    command += ["--secrets.files", str(secrets)]
    environment = os.environ | {"CARE_METRICS_STORE": store, "CARE_METRICS_DATABASE": str(database)}
    log = (folder / "app.log").open("w")
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    for address in (f"{app}/_stcore/health", f"{issuer}/.well-known/openid-configuration"):
        for _attempt in range(300):
            try:
                urllib.request.urlopen(address)
                break
            except OSError:
                sleep(0.1)
    return Site(app, issuer, database, [provider, server])


def sign_in(page: Page, site: Site, name: str, path: str = "/") -> None:
    """Through the provider's own pages, as a person would."""
    page.goto(site.app + path)
    page.get_by_role("button", name="Sign in").click()
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill("any")
    page.get_by_role("button").first.click()
    page.get_by_role("button", name=re.compile("continue", re.IGNORECASE)).click()
    page.wait_for_url(re.compile(re.escape(site.app)))


def settled(page: Page) -> None:
    page.get_by_text("Data version").first.wait_for()
    page.wait_for_function("() => document.querySelector('[data-test-script-state=notRunning]')")


@dataclass
class Ear:
    """All that reached one browser: websocket frames, answers, and the words on the screen."""

    heard: list[bytes]

    @classmethod
    def of(cls, context: BrowserContext) -> "Ear":
        ear = cls([])

        def listen(page: Page) -> None:
            page.on("websocket", lambda ws: ws.on("framereceived", lambda frame: ear.hear(frame)))

        context.on("page", listen)
        return ear

    def hear(self, frame: str | bytes) -> None:
        self.heard.append(frame.encode() if isinstance(frame, str) else frame)

    def foreign(self, page: Page, *seen: str) -> list[str]:
        """Markers of clients other than those seen, in frames or on the screen."""
        everything = b" ".join(self.heard).lower() + page.content().lower().encode()
        return [marker for client, marker in MARKERS.items() if client not in seen and marker.encode() in everything]
