"""Reviewers of the served app without a browser: each holds a websocket as one does, and knows what would be on the screen."""

import json
from collections.abc import Callable
from contextlib import suppress

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PAGE = "low_sentiment_calls"
NOTE, SAVE, SAID = "care_metrics.note", "Save review", "Saved."


class Reviewer:
    """One contact's review form as the server draws it; every save is a text of its own.

    contact: client/interaction_id, the only one on this reviewer's list. note, button: what the screen holds of the form.
    sent, told: texts that were sent with "Save review", and those for which the screen then said "Saved.".
    """

    def __init__(self, contact: str) -> None:
        self.contact = contact
        self.find = f"find={contact.partition('/')[2]}"
        self.note = self.button = self.page = self.part = ""
        self.sent: list[str] = []
        self.told: list[str] = []

    async def work(self, address: str, texts: Callable[[], str], said: Callable[[], None]) -> None:
        """Open the page, then save one text after the other, each as soon as the form stands open for it, until the server is gone."""
        stream = address.replace("http", "ws", 1) + "/_stcore/stream"
        with suppress(websockets.ConnectionClosed):
            async with websockets.connect(stream, origin=address, subprotocols=["streamlit"], max_size=None) as socket:  # ty: ignore
                await socket.send(self._opening())
                while True:
                    await self._form(socket)
                    self.sent.append(texts())
                    await socket.send(self._saving(self.sent[-1]))
                    # The next text belongs into the form that opens after this one.
                    self.note = ""
                    while not self._see(await socket.recv(decode=False)):
                        pass
                    self.told.append(self.sent[-1])
                    said()

    async def _form(self, socket: websockets.ClientConnection) -> None:
        while not (self.note and self.button):
            self._see(await socket.recv(decode=False))

    def _opening(self) -> bytes:
        message = BackMsg()
        message.rerun_script.page_name, message.rerun_script.query_string = PAGE, self.find
        return message.SerializeToString()

    def _saving(self, text: str) -> bytes:
        """What a browser sends when somebody presses "Save review" with this note in the box."""
        message = BackMsg()
        message.rerun_script.page_script_hash, message.rerun_script.fragment_id = self.page, self.part
        message.rerun_script.query_string = f"{self.find}&contact={self.contact}"
        widgets = message.rerun_script.widget_states.widgets
        widgets.add(id=self.note, json_value=json.dumps({"text": text}))
        widgets.add(id=self.button, trigger_value=True)
        return message.SerializeToString()

    def _see(self, frame: bytes) -> bool:
        """Take in one message; whether it puts "Saved." on the screen."""
        message = ForwardMsg.FromString(frame)
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self.page = message.navigation.page_script_hash
        if kind != "delta" or message.delta.WhichOneof("type") != "new_element":
            return False
        element = message.delta.new_element
        shown = element.WhichOneof("type")
        if shown == "exception":
            raise AssertionError(element.exception.message)
        if shown == "bidi_component" and element.bidi_component.component_name == NOTE:
            self.note, self.part = element.bidi_component.id, message.delta.fragment_id
        if shown == "button" and element.button.label == SAVE:
            self.button = element.button.id
        return shown == "toast" and element.toast.body == SAID
