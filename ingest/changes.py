"""What each state of a library changed of the one before: documents and projects that came, went, or say other things.

Kept as lines of JSON in ``home/changes.jsonl``, beside the states, which hold no time; the oldest lines give way to new
ones. A record that is gone stays known by its id, so that its address can say since when.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from ingest.records import DocumentRecord, ProjectRecord, Record, type_of
from ingest.sealed_files import make_durable

FILE = "changes.jsonl"
MOST = 1000
"""Changes that are kept; older ones are forgotten."""

Kind = Literal["added", "changed", "removed"]


class ProjectChange(msgspec.Struct, frozen=True, kw_only=True):
    """A project that came, went, or says other things: in which fields."""

    id: str
    title: str
    kind: Kind
    fields: tuple[str, ...] = ()


class DocumentChange(msgspec.Struct, frozen=True, kw_only=True):
    """A document that came, went or was read otherwise; ``records`` count what came and went, ``gone`` names the latter."""

    document: str
    title: str
    kind: Kind
    projects: tuple[ProjectChange, ...] = ()
    came: Mapping[str, int] = {}
    went: Mapping[str, int] = {}
    gone: tuple[str, ...] = ()


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What a state changed; ``when`` is an ISO time in UTC."""

    state: str
    when: str
    documents: tuple[DocumentChange, ...]


def added(document: str, title: str, counts: Mapping[str, int]) -> DocumentChange:
    """Return the change that a new document is; its projects are those of its page."""
    return DocumentChange(document=document, title=title, kind="added", came=dict(counts))


def compare(before: Sequence[Record], after: Sequence[Record]) -> DocumentChange | None:
    """Compare the records of a document with those of a later state, none where it is gone; None where nothing differs."""
    if list(before) == list(after):
        return None
    old, new = ({record.id: record for record in records} for records in (before, after))
    gone = tuple(name for name in old if name not in new)
    head = next(r for r in (*after, *before) if isinstance(r, DocumentRecord))
    return DocumentChange(
        document=head.id,
        title=head.title,
        kind="changed" if after else "removed",
        projects=tuple(_projects(old, new)),
        came=_counts(new[name] for name in new if name not in old),
        went=_counts(old[name] for name in gone),
        gone=gone,
    )


def _projects(old: Mapping[str, Record], new: Mapping[str, Record]) -> Iterable[ProjectChange]:
    for name, record in new.items():
        before = old.get(name)
        if not isinstance(record, ProjectRecord):
            continue
        if not isinstance(before, ProjectRecord):
            yield ProjectChange(id=name, title=record.title, kind="added")
        elif fields := _differing(before, record):
            yield ProjectChange(id=name, title=record.title, kind="changed", fields=fields)
    for name, record in old.items():
        if isinstance(record, ProjectRecord) and not isinstance(new.get(name), ProjectRecord):
            yield ProjectChange(id=name, title=record.title, kind="removed")


def _differing(before: ProjectRecord, after: ProjectRecord) -> tuple[str, ...]:
    """Return the fields in which two records of a project differ; where it stands in its document is none of them."""
    names = (name for name in ProjectRecord.__struct_fields__ if name != "source")
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _counts(records: Iterable[Record]) -> dict[str, int]:
    return dict(Counter(map(type_of, records)))


def append(home: Path, change: Change) -> None:
    """Keep a change; the file is replaced as a whole, so that a reader never sees a half of it."""
    kept = [known for known in read(home) if known.state < change.state]
    lines = [msgspec.json.encode(each) for each in [*kept[-(MOST - 1) :], change]]
    aside = home / f".{FILE}-new"
    aside.write_bytes(b"\n".join(lines) + b"\n")
    make_durable(aside)
    aside.replace(home / FILE)
    make_durable(home)


def read(home: Path) -> list[Change]:
    """Return the changes that are kept, the oldest first; lines that cannot be read are left out."""
    path = home / FILE
    found = []
    for line in path.read_bytes().splitlines() if path.is_file() else ():
        try:
            found.append(msgspec.json.decode(line, type=Change))
        except msgspec.DecodeError:
            continue
    return found
