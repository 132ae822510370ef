"""A client reader's walk over their pages: by link, number, address and the way back, and through every kind of widget.

What reaches the browser meanwhile (document, websocket frames, files) is looked through for words of other clients.
"""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import quote, quote_plus

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as TooSlow

from tests.browser.signed_in import Person
from tests.gate.marked import INNER, MARKERS

SEEN, RUN_WITHIN = 30, 3_000
# How a value may stand in an address.
WRITTEN: tuple[Callable[[str], str], ...] = (str, quote, quote_plus, partial(quote, safe=""))


@dataclass
class Walk:
    """One reader of one client in one browser; found: what should not have been seen, failed: pages that did not end."""

    person: Person
    client: str
    rng: random.Random
    counted: Counter[str] = field(default_factory=Counter)
    found: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    taken: list[bytes] = field(default_factory=list)
    did: str = ""

    @property
    def page(self) -> Page:
        return self.person.page

    def begin(self, acts: Sequence[tuple[Callable[["Walk"], str], int]]) -> None:
        """Do one of these acts; its run goes on while others act."""
        watch(self.page)
        act = self.rng.choices([one for one, _weight in acts], [weight for _one, weight in acts])[0]
        self.did = act.__name__
        self.page.keyboard.press("Escape")
        try:
            self.did = act(self)
        except TooSlow:
            # The widget went away with the run before; the view stands, and is looked at.
            self.counted["nothing to click"] += 1

    def end(self, kind: str) -> None:
        """Wait for the run and look at all that came."""
        try:
            ended(self.page)
        except TooSlow:
            self.failed.append(f"{self.client} at {self.page.url} after {self.did}")
        self.counted[kind] += 1
        self.counted[f"by {self.did}"] += 1
        self.found += [f"{self.client} at {self.page.url} after {self.did}: {one}" for one in self.look()]
        if self.failed and self.failed[-1].startswith(f"{self.client} at {self.page.url} "):
            self.person.open("/")

    def look(self) -> list[str]:
        """Foreign words in what came since the last look; what the reader wrote into the address is no answer."""
        heard, self.person.ear.heard[:] = list(self.person.ear.heard), []
        self.counted["websocket frames"] += len(heard)
        self.counted["bytes"] += sum(map(len, heard))
        everything = b"\n".join([*heard, *self.taken, self.page.content().encode()]).lower()
        self.taken = []
        for pair in self.asked:
            everything = everything.replace(pair.lower().encode(), b"")
        return [word for word in unseen_by(self.client) if word.encode() in everything]

    def go(self, address: str, client: str) -> None:
        """Open an address with this client's names in it."""
        marker = MARKERS[client]
        names = {"client": client, "marker": marker, "proper": client.replace("_", " ").title()}
        names["leg"] = f"{client[0]}{self.rng.randrange(0, SEEN, 3)}"
        where = address.format_map(names)
        if client != self.client:
            pairs = [pair.split("=") for pair in where.partition("?")[2].split("&") if pair]
            self.asked |= {f"{name}={how(value)}" for name, value in pairs for how in WRITTEN}
        self.page.goto(self.person.site.app + quote(where, safe="/?=&"))


def unseen_by(client: str) -> list[str]:
    """What no reader of this client may meet: other clients, their people, the centre's own notes, agents by name."""
    others = [marker for name, marker in MARKERS.items() if name != client]
    return [*others, INNER, f"{MARKERS[client]}_agent_id", f"{MARKERS[client]} agent id", "eve@", "adam@"]


def watch(page: Page) -> None:
    """Have the page notice that a run begins."""
    page.evaluate(
        """() => {
            const app = document.querySelector('[data-test-script-state]');
            window.begun = false;
            new MutationObserver(() => { window.begun ||= app.dataset.testScriptState === 'running'; })
                .observe(app, { attributes: true, attributeFilter: ['data-test-script-state'] });
        }"""
    )


def ended(page: Page) -> None:
    """Wait for the run to begin, unless the document is another one or nothing changed, and for it to end."""
    with suppress(TooSlow):
        page.wait_for_function("() => window.begun !== false", timeout=RUN_WITHIN)
    page.get_by_text("Data version").or_(page.get_by_text("Versión de los datos")).first.wait_for()
    page.wait_for_function(
        "() => document.querySelector('[data-test-script-state=notRunning]') && !document.querySelector('[data-stale=true]')"
    )
