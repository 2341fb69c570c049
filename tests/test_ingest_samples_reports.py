"""Reports and containers: each sample document gives the records that lie beside it as ``<stem>.expected.json``.

An expected file holds ``rule`` and ``records`` (each a part of a record that must be there: dicts agree in the keys given,
lists in length, an empty dict or list only with an empty one), and may hold ``counts`` by type, ``findings``,
``no_findings`` and ``absent`` (parts that no record may have; ``*`` is any value but null).
"""

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from documents.reports_and_containers.papers import PAPERS
from documents.reports_and_containers.workbooks import WORKBOOKS
from ingest.extract import Extract
from ingest.files import records_of
from ingest.readers import read
from ingest.records import to_builtins
from ingest.text import clean

FOLDER = Path(__file__).parent / "documents" / "reports_and_containers"
BUILDERS = {**WORKBOOKS, **PAPERS}
FILES = sorted([*(p.name for p in FOLDER.iterdir() if p.suffix in (".txt", ".html")), *BUILDERS])


@cache
def ingested(name: str) -> tuple[Extract, list[dict[str, Any]]]:
    """Return what is read out of a sample, and its records as plain dicts."""
    if name in BUILDERS:
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(BUILDERS[name]())
            extract = read(path)
    else:
        extract = read(FOLDER / name)
    return extract, [to_builtins(record) for record in records_of(name, "0" * 64, extract)]


def expected(name: str) -> dict[str, Any]:
    """Return the expectation beside a sample."""
    found: dict[str, Any] = json.loads((FOLDER / f"{Path(name).stem}.expected.json").read_text("utf-8"))
    return found


def differences(want: Any, have: Any, at: str = "") -> Iterator[str]:
    """Yield where a record is not what is wanted of it."""
    if isinstance(want, dict) and want and isinstance(have, dict):
        for key, value in want.items():
            yield from differences(value, have.get(key), f"{at}.{key}" if at else key)
    elif isinstance(want, list) and isinstance(have, list | tuple) and len(want) == len(have):
        for number, (one, other) in enumerate(zip(want, have, strict=True)):
            yield from differences(one, other, f"{at}[{number}]")
    elif want == "*":
        if have is None:
            yield f"{at}: wanted a value, have none"
    elif want != (list(have) if isinstance(have, tuple) else have):
        yield f"{at}: want {want!r}\n{' ' * len(at)}  have {have!r}"


def nearest(want: dict[str, Any], records: list[dict[str, Any]]) -> str | None:
    """Return what differs from the record that comes nearest, or None where one agrees."""
    same = [record for record in records if record["type"] == want["type"]]
    found = [(list(differences(want, record)), record["id"]) for record in same]
    if any(not differing for differing, _ in found):
        return None
    name = (
        want.get("id") or want.get("title") or want.get("name") or want.get("municipality") or want.get("label") or ""
    )
    if not found:
        return f"no {want['type']} at all, wanted {name or want}"
    differing, near = min(found, key=lambda one: (any(d.startswith(_NAMING) for d in one[0]), len(one[0])))
    lines = "\n    ".join(line for one in differing for line in one.split("\n"))
    return f"{want['type']} {name!r}, nearest is {near}:\n    {lines}"


_NAMING = ("id:", "number:", "title:", "name:", "municipality:", "label:", "heading:")


def test_every_expectation_has_its_sample() -> None:
    stems = {path.name.removesuffix(".expected.json") for path in FOLDER.glob("*.expected.json")}
    assert stems == {Path(name).stem for name in FILES}


def test_a_part_of_a_record_agrees_in_the_keys_it_names_and_in_the_length_of_lists() -> None:
    record: dict[str, Any] = {"title": "a", "roles": {}, "indicators": ({"name": "x", "rating": "A"},), "area": None}
    assert not list(differences({"title": "a", "roles": {}, "indicators": [{"rating": "A"}]}, record))
    wrong: tuple[dict[str, Any], ...] = (
        {"title": "b"},
        {"indicators": []},
        {"indicators": [{"rating": "B"}]},
        {"area": "*"},
        {"roles": {"x": "y"}},
    )
    assert all(list(differences(want, record)) for want in wrong)


@pytest.mark.parametrize("name", FILES)
def test_a_sample_gives_the_records_beside_it(name: str) -> None:
    wanted = expected(name)
    _, records = ingested(name)
    parts = [*wanted["records"], *({"type": "finding", **one} for one in wanted.get("findings", []))]
    wrong = [difference for one in parts if (difference := nearest(one, records))]
    counts = Counter(record["type"] for record in records)
    for kind, number in wanted.get("counts", {}).items():
        if counts[kind] != number:
            wrong.append(f"{kind}: want {number} records, have {counts[kind]}")
    if wanted.get("no_findings"):
        wrong += [f"unwanted finding: {r['kind']} {r['where']}: {r['says']}" for r in records if r["type"] == "finding"]
    for one in wanted.get("absent", []):
        present = [r["id"] for r in records if r["type"] == one["type"] and not list(differences(one, r))]
        wrong += [f"{id_} must not be there: {one}" for id_ in present]
    if wrong:
        pytest.fail("\n".join([f"{name}: {wanted['rule']}", *wrong]), pytrace=False)


@pytest.mark.parametrize("name", FILES)
def test_the_lines_of_every_record_lie_in_the_document(name: str) -> None:
    extract, records = ingested(name)
    last = max(1, len(extract.lines))
    for record in records:
        first, to = record["source"]["lines"]
        assert 1 <= first <= to <= last, record["id"]


def texts(project: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the words of a project that its own lines print, with the name of the field."""
    for field in ("title", "overview", "purpose", "cost_sharing", "progress"):
        if project[field]:
            yield field, project[field]
    yield from project["roles"].items()
    for department in project["departments"]:
        yield "departments", department["raw"]
    for indicator in project["indicators"]:
        yield "indicators", indicator["name"]
        for value in (indicator["baseline"], indicator["target"], indicator["actual"]):
            if value:
                yield "indicators", value["text"]


def pieces(words: str, text: str) -> int:
    """Return in how many pieces of the text the words stand, each as long as can be; more than enough where they do not."""
    count = 0
    while words:
        length = next((n for n in range(len(words), 0, -1) if words[:n] in text), 0)
        if not length:
            return len(text) + 2
        words, count = words[length:], count + 1
    return count


@pytest.mark.parametrize("name", FILES)
def test_every_word_of_a_project_stands_in_its_own_lines(name: str) -> None:
    """Rows cut by a page, and several values in a cell, may part a text: not more often than there are lines."""
    extract, records = ingested(name)
    for project in (record for record in records if record["type"] == "project"):
        first, last = project["source"]["lines"]
        lines = extract.text[first - 1 : last]
        text = squeezed(" ".join(lines))
        for field, words in texts(project):
            assert pieces(squeezed(words), text) <= len(lines), f"{project['id']} {field}: {words!r} not in {lines}"


def squeezed(text: str) -> str:
    """Return the normalised words without white space."""
    return "".join(clean(text).split())
