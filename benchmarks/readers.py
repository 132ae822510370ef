"""Many readers at once: each holds a websocket as a browser does, opens pages with filters of its own, and thinks in between."""

import asyncio
import random
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import urlencode

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

THINK_S, PATIENCE_S = 5.0, 60.0
# Each look is at any of the pages that the filters change.
PAGES = ("", "service_vs_care", "pillars", "client_review", "low_sentiment_calls")
PERIODS = ("Last 30 days", "Last 90 days", "Last full quarter")


@dataclass
class Heard:
    """Seconds from asking to the end of the run, by page; failed: runs that ended in an exception or not at all."""

    waits: list[float] = field(default_factory=list)
    failed: int = 0


async def crowd(address: str, readers: int, seconds: float, clients: list[str], seed: int = 0) -> Heard:
    """The waits of so many readers over so many seconds; they come one after the other during the first think time.

    clients: their names as the filter shows them.
    """
    heard, until = Heard(), perf_counter() + seconds
    await asyncio.gather(
        *(_reader(address, random.Random((seed << 16) + k), until, clients, heard) for k in range(readers))
    )
    return heard


async def _reader(address: str, rng: random.Random, until: float, clients: list[str], heard: Heard) -> None:
    await asyncio.sleep(rng.uniform(0, THINK_S))
    stream = address.replace("http", "ws", 1) + "/_stcore/stream"
    async with websockets.connect(stream, origin=address, subprotocols=["streamlit"], max_size=None) as socket:  # ty: ignore
        while perf_counter() < until:
            begun = perf_counter()
            try:
                well = await asyncio.wait_for(_run(socket, _asked(rng, clients)), PATIENCE_S)
            except TimeoutError:
                well = False
            heard.waits.append(perf_counter() - begun)
            heard.failed += not well
            await asyncio.sleep(rng.expovariate(1 / THINK_S))


def _asked(rng: random.Random, clients: list[str]) -> bytes:
    """What a browser sends when a reader goes back to a page with other filters: names as they stand in the address."""
    message = BackMsg()
    message.rerun_script.is_history_navigation = True
    message.rerun_script.page_name = rng.choice(PAGES)
    message.rerun_script.query_string = urlencode({"client": rng.choice(clients), "period": rng.choice(PERIODS)})
    return message.SerializeToString()


async def _run(socket: websockets.ClientConnection, asked: bytes) -> bool:
    """Whether the run that this starts ends well; one that ends early to run anew, as after a link of codes, is no end."""
    await socket.send(asked)
    begun, well = False, True
    async for frame in socket:
        message = ForwardMsg.FromString(frame if isinstance(frame, bytes) else frame.encode())
        kind = message.WhichOneof("type")
        begun = begun or kind == "new_session"
        well = well and not (kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception")
        if begun and kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return well and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
    return False
