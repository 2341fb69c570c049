"""What was searched for, kept on the machine of the service where its operator asks for it (``RENKEI_SEARCH_LOG``: days).

A line has the words and how many things were found, in a file of its day: no time of the day, no address, nothing of who
asked. Files older than the days that they are kept are deleted. The operator sees by it what readers look for in vain.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from threading import Lock

import msgspec

FOLDER = "searches"
LONGEST = 200
"""Characters of a question that are kept."""


class _Line(msgspec.Struct, frozen=True):
    words: str
    found: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Words that were searched for: how often, and how many things were found the last time."""

    words: str
    times: int
    found: int


class SearchLog:
    """Notes what is searched for; ``days`` of 0 notes nothing."""

    def __init__(self, home: Path, days: int, today: Callable[[], date] = date.today) -> None:
        self._folder, self._days, self._today = home / FOLDER, days, today
        self._lock, self._day = Lock(), date.min

    def note(self, words: str, found: int) -> None:
        """Note words that were searched for, and how many things they found."""
        plain = " ".join(words.split())[:LONGEST]
        if not self._days or not plain:
            return
        day = self._today()
        with self._lock:
            if day != self._day:
                self._folder.mkdir(parents=True, exist_ok=True)
                forget(self._folder, day - timedelta(days=self._days - 1))
                self._day = day
            with (self._folder / f"{day.isoformat()}.jsonl").open("ab") as file:
                file.write(msgspec.json.encode(_Line(plain, found)) + b"\n")


def forget(folder: Path, first: date) -> None:
    """Delete the files of the days before the first one that is kept."""
    for path in folder.glob("????-??-??.jsonl"):
        if path.stem < first.isoformat():
            path.unlink(missing_ok=True)


def asked(home: Path) -> list[Asked]:
    """Return what was searched for on the days that are kept, the most frequent words first."""
    found: dict[str, Asked] = {}
    for line in _lines(home / FOLDER):
        before = found.get(line.words)
        found[line.words] = Asked(line.words, before.times + 1 if before else 1, line.found)
    return sorted(found.values(), key=lambda each: (-each.times, each.words))


def _lines(folder: Path) -> Iterator[_Line]:
    for path in sorted(folder.glob("????-??-??.jsonl")):
        for line in path.read_bytes().splitlines():
            try:
                yield msgspec.json.decode(line, type=_Line)
            except msgspec.DecodeError:  # cut off by a halt
                continue
