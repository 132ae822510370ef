"""READERS: every format that `ingest` reads, one line each, in the order in which they are asked about a file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Literal

from care_metrics.errors import FileRefused, UnknownName
from care_metrics.sources.mapping_file import load
from care_metrics.sources.reading import Reading
from care_metrics.sources.source import Source


@dataclass(frozen=True)
class Reader:
    """One format: its name for --format, what a person calls it, the module with `sniff(source)` and `read(source)`.

    confidence: 'export' if it was tried on a real export, 'documentation' if only on the vendor's description.
    """

    name: str
    label: str
    module: str
    confidence: Literal["export", "documentation"] = "export"

    def sniff(self, source: Source) -> bool:
        """Whether the file's content is of this format."""
        return self._function("sniff")(source)

    def read(self, source: Source) -> Iterator[Reading]:
        """The file's rows; FileRefused if it cannot be taken."""
        return self._function("read")(source)

    def _function(self, name: str) -> Callable:
        return getattr(import_module(f"care_metrics.sources.{self.module}"), name)


READERS: tuple[Reader, ...] = (
    Reader("parquet", "Canonical table, Parquet", "canonical_parquet"),
    Reader("xlsx", "Canonical table, XLSX", "canonical_xlsx"),
    Reader("mapping", "Any table, by a mapping file", "mapped"),
    Reader("contact_lens_voice", "Amazon Connect Contact Lens, voice", "contact_lens_voice"),
    Reader("contact_lens_chat", "Amazon Connect Contact Lens, chat", "contact_lens_chat", "documentation"),
    Reader("transcribe_calls", "Amazon Transcribe Call Analytics", "transcribe_calls"),
    Reader("evaluation_forms", "Amazon Connect evaluation form", "evaluation_forms"),
    Reader("bedrock_data_automation", "Amazon Bedrock data automation", "bedrock_data_automation"),
    Reader("post_call_analytics", "AWS post-call analytics", "post_call_analytics", "documentation"),
    Reader("google_insights", "Google Customer Experience Insights", "google_insights", "documentation"),
    Reader("genesys_conversations", "Genesys Cloud conversation details", "genesys_conversations", "documentation"),
    Reader("zendesk_tickets", "Zendesk tickets with comments", "zendesk_tickets", "documentation"),
    Reader("conversation_json", "Conversation JSON", "conversation_json"),
    Reader("jsonl", "Canonical table, JSON lines", "canonical_jsonl"),
    Reader("csv", "Canonical table, CSV", "canonical_csv"),
)


_NAMED = {reader.name: reader for reader in READERS}


def check_format(name: str) -> None:
    """UnknownName, with the nearest one, if no reader has this name."""
    if name != "auto" and name not in _NAMED:
        raise UnknownName("format", name, ("auto", *_NAMED))


def reader_for(source: Source, name: str = "auto") -> Reader:
    """The reader of that name, or the one the mapping means, or the first that recognises the file's content."""
    if name == "auto" and source.mapping:
        mapping = load(source.mapping)
        name = "mapping" if mapping.tables else mapping.format
    check_format(name)
    if name != "auto":
        return _NAMED[name]
    for reader in READERS:
        if reader.sniff(source):
            return reader
    raise FileRefused(
        source.path, f"is of no format that ingest knows: {', '.join(r.name for r in READERS)}; pass a --mapping."
    )
