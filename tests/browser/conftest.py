"""A real server over a small store, and a real browser that notes everything it should not have to do."""

import os
import re
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from time import sleep

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from care_metrics.reviews import open_database
from care_metrics.reviews.engine import Database
from care_metrics.store import Store
from tests.browser.signed_in import Person, Site, marked_site
from tests.pages.centre import build

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# How long something may take to appear: a busy machine is slow, and whoever finds it sooner goes on sooner.
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)
# On a deep link Streamlit's own script first asks for its server below the page's path and takes the 404 as a no.
PROBE = re.compile(r"/[a-z_]+/_stcore/(health|host-config)$")


@dataclass
class Visit:
    """One open page and what went wrong on it."""

    page: Page
    base: str
    problems: list[str] = field(default_factory=list)

    def open(self, path: str) -> "Visit":
        self.page.goto(self.base + path)
        return self.settle()

    def settle(self) -> "Visit":
        """Wait for the footer, the last thing that a run draws, and for the run to end."""
        self.page.get_by_text("Data version").or_(self.page.get_by_text("Versión de los datos")).first.wait_for()
        self.page.wait_for_function(
            "() => document.querySelector('[data-test-script-state=notRunning]') && !document.querySelector('[data-stale=true]')"
        )
        return self

    def after(self, act: Callable[[], object]) -> "Visit":
        """Do what starts a run, and wait for that run to begin and to end: right after a click the page is still the old one.

        A run that is still going would be seen neither to begin nor, cut off by the act, to end: it ends first.
        """
        return self.settle().begun_and_ended(act)

    def begun_and_ended(self, act: Callable[[], object]) -> "Visit":
        """The same on a page that stands still already."""
        self.page.evaluate(
            """() => {
                const app = document.querySelector('[data-test-script-state]');
                window.begun = false;
                const watch = () => { window.begun ||= app.dataset.testScriptState === 'running'; };
                new MutationObserver(watch).observe(app, { attributes: true, attributeFilter: ['data-test-script-state'] });
            }"""
        )
        act()
        self.page.wait_for_function("() => window.begun")
        return self.settle()

    def heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not PROBE.search(message.location.get("url", "")):
            self.problems.append(f"console: {message.text}")

    def asked(self, url: str) -> None:
        if not url.startswith((self.base, "blob:", "data:")):
            self.problems.append(f"off origin: {url}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip("needs Debian's chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Store], str]]:
    """serve(store) -> the address of an app over that store."""
    running: list[subprocess.Popen[bytes]] = []

    def _serve(store: Store) -> str:
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
        environment = os.environ | {"CARE_METRICS_STORE": store.url}
        running.append(subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL))
        base = f"http://127.0.0.1:{port}"
        for _attempt in range(600):
            try:
                urllib.request.urlopen(f"{base}/_stcore/health")
                return base
            except OSError:
                sleep(0.1)
        raise AssertionError("the server does not answer")

    yield _serve
    for server in running:
        server.terminate()
        server.wait()


@pytest.fixture(scope="session")
def base(serve: Callable[[Store], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    return serve(build(tmp_path_factory.mktemp("centre")))


@pytest.fixture(scope="module")
def office(serve: Callable[[Store], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Database]]:
    """A server of a module's own, with its database."""
    store = build(tmp_path_factory.mktemp("office"))
    with pytest.MonkeyPatch.context() as patched:
        path = Path(tmp_path_factory.mktemp("written")) / "reviews.db"
        patched.setenv("CARE_METRICS_DATABASE", str(path))
        yield serve(store), open_database(str(path))


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """visit(base, theme='dark', width=1024) -> a fresh page; at the end nothing may have gone wrong on it."""
    visits: list[Visit] = []

    def _visit(base: str, theme: str = "light", width: int = 1440) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)  # ty: ignore
        context.set_default_timeout(PATIENCE_MS)
        one = Visit(context.new_page(), base)
        one.page.on("console", one.heard)
        one.page.on("pageerror", lambda error: one.problems.append(f"page error: {error}"))
        one.page.on("request", lambda request: one.asked(request.url))
        visits.append(one)
        return one

    yield _visit
    problems = [problem for one in visits for problem in one.problems]
    for one in visits:
        one.page.context.close()
    assert problems == []


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The marked centre behind a sign-in: one server for everybody."""
    site = marked_site(tmp_path_factory.mktemp("signed_in"))
    yield site
    site.stop()


@pytest.fixture
def person(browser: Browser, site: Site) -> Iterator[Callable[[], Person]]:
    """person() -> a browser of somebody's own."""
    people: list[Person] = []

    def _person() -> Person:
        people.append(Person(browser, site))
        return people[-1]

    yield _person
    for one in people:
        one.context.close()
