"""What people have judged of two projects: the same work, different work, undecided; by whom, when and why.

Kept as JSON Lines in the home of the library, outside its states, so that a judgement outlives every reading of the
documents; the last one on a pair counts, earlier ones stay as history.

    {"a": "plan/28", "b": "status/40", "verdict": "same", "by": "…", "when": "2024-04-01T09:00:00Z", "why": "…"}
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from graph.errors import JudgementsUnreadable

FILE = "judgements.jsonl"
"""The file in the home of a library."""

Verdict = Literal["same", "different", "undecided"]
VERDICTS: tuple[Verdict, ...] = ("same", "different", "undecided")


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """One person's judgement of two projects by their ids; ``when`` is an ISO time with its zone."""

    a: str
    b: str
    verdict: Verdict
    by: str
    when: str
    why: str

    def __post_init__(self) -> None:
        """Refuse a time that is none; what raises here makes a line of the file unreadable."""
        datetime.fromisoformat(self.when)

    @property
    def pair(self) -> tuple[str, str]:
        """The two ids in the order that both sides have in common."""
        return (self.a, self.b) if self.a < self.b else (self.b, self.a)


def read(path: Path) -> list[Judgement]:
    """Return all judgements of a file in their order, none where there is no file; raises ``JudgementsUnreadable``."""
    if not path.is_file():
        return []
    found = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if line.strip():
            try:
                found.append(msgspec.json.decode(line, type=Judgement))
            except msgspec.DecodeError as error:
                raise JudgementsUnreadable(path, number, error) from error
    return found


def append(path: Path, judgement: Judgement) -> None:
    """Write a judgement behind the others."""
    with path.open("ab") as file:
        file.write(msgspec.json.encode(judgement) + b"\n")


def latest(judgements: Iterable[Judgement]) -> Mapping[tuple[str, str], Judgement]:
    """Return the judgement that counts for each pair."""
    return {each.pair: each for each in judgements}
