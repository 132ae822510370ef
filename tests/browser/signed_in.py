"""A real provider, the real app and browsers that sign in."""

import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.request
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from time import sleep

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from care_metrics.reviews import open_database, rights
from care_metrics.reviews.rows import Reader
from care_metrics.scope import operator
from tests.browser.npm import fetched
from tests.gate.marked import MARKERS, build, work

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

OPERATOR = operator(MARKERS)
# name -> role, clients, whether every client.
READERS = {
    "ana": ("client", ("quorix_air",), False),
    "vic": ("client", ("vexalia_bank",), False),
    "eve": ("executive", (), True),
    "adam": ("admin", (), True),
    "rob": ("client", ("quorix_air",), False),
    "old": ("executive", (), True),
}


@dataclass
class Site:
    """Where the app and its provider answer, and the database of rights."""

    app: str
    issuer: str
    database: Path
    running: list[subprocess.Popen[str]]
    environment: dict[str, str] = field(default_factory=dict)

    def stop(self) -> None:
        for one in self.running:
            one.terminate()
            one.wait()

    def begin_anew(self) -> None:
        """Another process of the app at the same address: every cache is empty, whoever signed in still is."""
        old = self.running.pop()
        old.terminate()
        old.wait()
        self.running.append(subprocess.Popen(old.args, cwd=ROOT, env=self.environment, stderr=subprocess.DEVNULL))
        answers(f"{self.app}/_stcore/health")


def free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def start(store: str, database: Path, folder: Path) -> Site:
    """Provider and app, both answering."""
    if not shutil.which("node"):
        pytest.skip("needs Debian's nodejs")
    fetched(OIDC)
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
    answers(f"{app}/_stcore/health")
    answers(f"{issuer}/.well-known/openid-configuration")
    return Site(app, issuer, database, [provider, server], environment)


def answers(address: str) -> None:
    """Return once somebody answers there."""
    for _attempt in range(300):
        try:
            urllib.request.urlopen(address)
            return
        except OSError:
            sleep(0.1)
    raise TimeoutError(f"nobody answers at {address}")


def marked_site(folder: Path) -> Site:
    """The app over the marked centre, with READERS invited and work of both clients on record."""
    store, path = build(folder), folder / "rights.db"
    open_database(str(path))
    site, database = start(store.url, path, folder), open_database(str(path))
    work(database)
    for name, (role, clients, every) in READERS.items():
        rights.grant(OPERATOR, database, Reader(site.issuer, None, f"{name}@example.org", role, clients, every))  # ty: ignore
    return site


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


class Person:
    """A browser of somebody's own."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.context = browser.new_context(viewport={"width": 1440, "height": 900})
        self.context.set_default_timeout(60_000)
        self.problems: list[str] = []
        self.ear, self.site = Ear.of(self.context), site
        self.page = self.tab()

    def tab(self) -> Page:
        page = self.context.new_page()
        page.on("console", lambda m: self.problems.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        return page

    def open(self, path: str) -> None:
        self.page.goto(self.site.app + path)
        settled(self.page)
