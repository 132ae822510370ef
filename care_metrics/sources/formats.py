"""What a file can have been read as, and how far that reading is to be trusted."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from care_metrics.sources.mapping_file import OWN, shipped
from care_metrics.sources.readers import READERS


@dataclass(frozen=True)
class Format:
    """label: what a person calls it.

    confidence: 'export' if it was tried on a real export, 'documentation' if only on the vendor's description,
    'own' if a mapping says how, of which only its author knows how far it was tried.
    """

    label: str
    confidence: Literal["export", "documentation", "own"]


@cache
def formats() -> dict[str, Format]:
    """Every reader and every shipped mapping, by name; OWN stands for all other mappings."""
    readers = {reader.name: Format(reader.label, reader.confidence) for reader in READERS}
    mappings = {name: Format(mapping.label, mapping.confidence) for name, mapping in shipped().items()}
    return readers | mappings | {OWN: Format(readers[OWN].label, "own")}
