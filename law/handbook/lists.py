"""Lists that a lawyer keeps beside the rules: what is not modelled, which values no rule reads."""

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import yaml

from law.handbook.errors import HandbookFileError

_UZ = Path(__file__).resolve().parents[1] / "uz"


@dataclass(frozen=True)
class NotModelled:
    """Something that the law says and the program does not decide."""

    what: str
    article: str
    why: str
    instead: str
    who: str


@cache
def not_modelled(file: Path = _UZ / "not_modelled.yaml") -> tuple[NotModelled, ...]:
    """What the program leaves to people; raises HandbookFileError where a part lacks."""
    names = {field.name for field in fields(NotModelled)}
    found = []
    for number, entry in enumerate(yaml.safe_load(file.read_text(encoding="utf-8")), 1):
        lacking = sorted(name for name in names if not str(entry.get(name) or "").strip())
        if lacking or set(entry) - names:
            why = f"entry {number} must have exactly {', '.join(sorted(names))}."
            raise HandbookFileError(file.name, why)
        found.append(NotModelled(**entry))
    return tuple(found)


@cache
def reference_only(file: Path = _UZ / "reference_only.yaml") -> dict[str, str]:
    """Dated values that no rule reads, each with the reason for which it is recorded."""
    found: dict[str, str] = {}
    for number, entry in enumerate(yaml.safe_load(file.read_text(encoding="utf-8")), 1):
        why = str(entry.get("why") or "").strip()
        if not why or not entry.get("values"):
            raise HandbookFileError(file.name, f"entry {number} needs why and values.")
        found |= dict.fromkeys(entry["values"], why)
    return found
