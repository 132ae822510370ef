"""Any table by a mapping file: the operator's (--mapping) or a shipped one that knows the file by its columns."""

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from care_metrics.errors import FileRefused
from care_metrics.schema import TABLES, Table
from care_metrics.sources.mapping_file import START, Mapping, Rule, TableRules, load, name_of, shipped
from care_metrics.sources.official_name import contact_id, start_of
from care_metrics.sources.raw_tables import columns_of, frames_of
from care_metrics.sources.reading import Reading, with_rejects
from care_metrics.sources.rules import applied, split_turns
from care_metrics.sources.source import Source
from care_metrics.sources.validate import validate


def mapping_of(source: Source) -> Mapping | None:
    """The operator's mapping, else the shipped one whose columns the file has."""
    if source.mapping:
        return load(source.mapping)
    for mapping in shipped().values():
        if mapping.recognised_by and set(mapping.recognised_by) <= set(columns_of(source, mapping)):
            return mapping
    return None


def sniff(source: Source) -> bool:
    """Whether a mapping is given or a shipped one fits."""
    return mapping_of(source) is not None


def read(source: Source) -> Iterator[Reading]:
    """The mapped tables, batch by batch."""
    mapping = mapping_of(source)
    if mapping is None:
        raise FileRefused(source.path, f"fits none of the shipped mappings ({', '.join(shipped())}); pass a --mapping.")
    columns = columns_of(source, mapping)
    used = _used(source, mapping, columns)
    unknown = [name for name in columns if name not in used]
    first = True
    for frame, rejects in frames_of(source, mapping, used):
        for name, rules in mapping.tables.items():
            if first or not rules.once:
                reading = _reading(source, TABLES[name], rules, frame.head(1) if rules.once else frame, unknown)
                yield replace(with_rejects(reading, rejects), format=name_of(mapping))
            rejects = [] if not rules.once else rejects
        first = False


def _used(source: Source, mapping: Mapping, columns: tuple[str, ...]) -> frozenset[str]:
    """The columns that the rules use; refused if one is not there that a required column of ours is made of."""
    used: set[str | None] = set()
    for name, rules in mapping.tables.items():
        needed = {rules.columns[ours].column for ours in TABLES[name].required if ours in rules.columns}
        if rules.split:
            needed.add(rules.split.column)
        missing = sorted(column for column in needed if column and column not in columns)
        if missing:
            raise FileRefused(
                source.path,
                f"lacks the column {missing[0]!r}, which the mapping makes a required column of {name} from; "
                f"found {', '.join(map(repr, columns[:12])) or 'no columns'}.",
            )
        used |= needed | {rule.column for rule in rules.columns.values()}
    twice = sorted(column for column in used if column and columns.count(column) > 1)
    if twice:
        raise FileRefused(
            source.path, f"names the column {twice[0]!r} of the mapping twice in its header; rename one of them."
        )
    return frozenset(column for column in used if column and column in columns)


def _reading(source: Source, table: Table, rules: TableRules, frame: pl.DataFrame, unknown: list[str]) -> Reading:
    if rules.split:
        frame = split_turns(frame, rules.split)
    made = {"turn_no": frame["turn_no"], "speaker": frame["speaker"], "text": frame["text"]} if rules.split else {}
    ours = {name: _column(source, frame, rule) for name, rule in rules.columns.items()} | made
    raw = pl.DataFrame({name: values.alias(name) for name, values in ours.items()}).with_columns(frame["line"])
    return validate(raw, table, str(source.path), unknown)


def _column(source: Source, frame: pl.DataFrame, rule: Rule) -> pl.Series:
    rule = _started(source, rule)
    if rule.column in frame.columns:
        return applied(frame[rule.column], rule, source.timezone)
    value = rule.constant if rule.constant is not None else rule.otherwise
    if rule.file:
        value = source.path.stem if rule.file == "stem" else contact_id(source)
    return pl.repeat(value, frame.height, dtype=pl.String, eager=True)


def _started(source: Source, rule: Rule) -> Rule:
    """The rule with the start in place of its stand-in; only then must the file have one."""
    if START not in (rule.constant, rule.before, rule.otherwise, *rule.values.values()):
        return rule
    start = start_of(source).isoformat()
    values = {old: start if new == START else new for old, new in rule.values.items()}
    replaced = {name: start for name in ("constant", "before", "otherwise") if getattr(rule, name) == START}
    return rule.model_copy(update=replaced | {"values": values})
