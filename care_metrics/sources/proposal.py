"""A first draft of a mapping file for a table that nothing recognises: each of our columns and its nearest name there."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import islice

from care_metrics.errors import FileRefused
from care_metrics.schema import TABLES, Table
from care_metrics.sources.characters import visible
from care_metrics.sources.mapping_file import Mapping
from care_metrics.sources.raw_tables import columns_of
from care_metrics.sources.source import Source

NEAR, MOST_COLUMNS = 0.72, 200
# What other systems call our columns; the nearest name is looked for among these too.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "interaction_id": (
        "call id",
        "call no",
        "call number",
        "contact id",
        "conversation id",
        "session id",
        "ticket id",
        "segment id",
    ),
    "contact_id": ("master contact id", "parent call id"),
    "case_id": ("case number", "ticket number"),
    "customer_id": ("customer", "client id", "account id", "account number", "subscriber id"),
    "agent_id": ("agent", "agent name", "agent login", "user id", "operator", "representative"),
    "team": ("team name", "group", "skill group"),
    "channel": ("media type", "media", "contact type"),
    "direction": ("call type", "call direction"),
    "reason": ("disposition", "call reason", "wrap up code", "category", "topic", "contact reason"),
    "started_at": (
        "start time",
        "begin",
        "call date",
        "call start",
        "timestamp",
        "date time",
        "created at",
        "created",
        "start",
    ),
    "ended_at": ("end time", "call end", "end", "closed at"),
    "queue_s": ("queue wait time", "wait time", "time in queue", "speed of answer"),
    "talk_s": ("talk time", "talk duration", "conversation time"),
    "hold_s": ("hold time", "hold duration"),
    "acw_s": ("after call work time", "wrap up time", "acw time", "after call work"),
    "outcome": ("status", "call result", "abandoned", "result"),
    "transfers": ("transfer count", "number of transfers"),
    "survey_id": ("response id", "feedback id"),
    "sent_at": ("invited at", "sent date"),
    "responded_at": ("response date", "answered at", "completed at", "submitted at"),
    "nps": ("nps score", "likelihood to recommend", "recommend"),
    "ces": ("effort score", "customer effort score"),
    "csat": ("satisfaction", "csat score", "satisfaction score"),
    "comment": ("verbatim", "feedback", "remarks"),
    "turn_no": ("sentence index", "utterance", "sequence", "turn"),
    "speaker": ("role", "participant", "party"),
    "text": ("transcript", "message", "utterance text", "content", "body"),
    "begin_s": ("start offset", "offset", "begin"),
    "end_s": ("end offset",),
    "start_at": ("member since", "customer since", "signup date", "contract start"),
    "end_at": ("churn date", "contract end", "cancelled at"),
    "monthly_value": ("monthly charges", "mrr", "monthly revenue"),
}


def proposed_mapping(source: Source) -> str:
    """YAML to be completed and passed as --mapping; FileRefused if the file has no columns to map.

    The table proposed is the one with the most near names, a required column without one counting against it.
    """
    kind, columns = _columns(source)
    drafts = [(table, *_paired(table, columns[:MOST_COLUMNS])) for table in TABLES.values()]
    table, near, _ = max(drafts, key=lambda draft: draft[2])
    lines = [f"# A draft for {source.path.name}: check every line, complete those with ???, delete what is wrong."]
    lines += [f"label: {_quoted(source.path.stem)}", f"format: {kind}", "tables:", f"  {table.name}:", "    columns:"]
    lines += [f"      {name}: {_quoted(near.get(name, '???'))}" for name in table.required]
    lines += [f"      {name}: {_quoted(found)}" for name, found in near.items() if name not in table.required]
    unused = [name for name in columns if name not in near.values()]
    return "\n".join([*lines, f"# Not used: {', '.join(islice(map(_quoted, unused), 40)) or 'nothing'}.", ""])


def _columns(source: Source) -> tuple[str, Sequence[str]]:
    text = source.head.lstrip()[:1] not in (b"{", b"[")
    kinds = ("parquet", "xlsx", "csv") if text else ("json",)
    for kind in kinds:
        columns = columns_of(source, Mapping(format=kind)) if kind != "xlsx" or source.head.startswith(b"PK") else ()
        if columns:
            return kind, columns
    raise FileRefused(source.path, "has no columns that a mapping could name.")


def _paired(table: Table, columns: Sequence[str]) -> tuple[dict[str, str], float]:
    """Our columns and the one most like each, no column of theirs twice; and how well the table fits as a whole."""
    likeness = {
        (name, column): max(
            _likeness(_plain(column), word) for word in (name.replace("_", " "), *SYNONYMS.get(name, ()))
        )
        for name in table.names
        for column in columns
    }
    pairs: dict[str, str] = {}
    for (name, column), how in sorted(likeness.items(), key=lambda pair: -pair[1]):
        if how >= NEAR and name not in pairs and column not in pairs.values():
            pairs[name] = column
    missing = sum(name not in pairs for name in table.required)
    return {name: pairs[name] for name in table.names if name in pairs}, sum(
        likeness[pair] for pair in pairs.items()
    ) - missing / 2


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _plain(column: str) -> str:
    """interactionStartTime, INTERACTION_START_TIME and 'Interaction start time' are one name."""
    spaced = "".join(
        f" {sign}" if sign.isupper() and before.islower() else sign
        for before, sign in zip(f" {column}", column, strict=False)
    )
    return " ".join(spaced.replace("_", " ").replace("-", " ").replace(".", " ").lower().split())


def _quoted(name: str) -> str:
    name = visible(name)
    plain = name.replace(" ", "").replace("_", "")
    return (
        name if plain.isalnum() and not plain.isdigit() else '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    )
