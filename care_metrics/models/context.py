"""The turn before a text, as models see it: without the speaker's name in front."""

import re

_ROLE = re.compile(r"^\s*(?:agent|customer|bot|system|representative|caller)\s*:\s*", re.IGNORECASE)


def strip_role(turn: str) -> str:
    """The turn without a leading 'agent:' or 'customer:'."""
    return _ROLE.sub("", turn)
