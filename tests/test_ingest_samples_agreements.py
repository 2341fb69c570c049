"""Agreements, visions and project sheets of many forms give the records that stand beside them.

Each sample is a document of its own invention with ``<stem>.expected.json``: its rule, records of which the named
fields must be equal, and how many records of a type there are. Fields of a record may be left out; the keys of
``roles``, ``amounts`` and ``marks`` are data and may not.
"""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ingest.files import records_of
from ingest.readers import read
from ingest.records import to_json_lines
from ingest.text import clean

FOLDER = Path(__file__).parent / "documents" / "agreements_and_sheets"
SAMPLES = sorted(path for path in FOLDER.iterdir() if not path.name.endswith(".expected.json"))
MAPS = ("roles", "amounts", "marks", "counts", "dimensions")
KEYS = ("title", "municipality", "number", "label", "name")

sample = pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)


@cache
def lines_of(path: Path) -> tuple[str, ...]:
    """Return the lines of a sample as its reader numbers them."""
    return tuple(line.text for line in read(path).lines)


@cache
def records_in(path: Path) -> tuple[dict[str, Any], ...]:
    """Return the records of a sample as a reader of their JSON sees them."""
    written = to_json_lines(records_of(path.name, "0" * 64, read(path)))
    return tuple(json.loads(line) for line in written.decode().splitlines())


def expected(path: Path) -> dict[str, Any]:
    """Return what stands beside a sample."""
    loaded: dict[str, Any] = json.loads((FOLDER / f"{path.stem}.expected.json").read_text(encoding="utf-8"))
    return loaded


def differences(wanted: Any, found: Any, where: str = "") -> list[str]:
    """Return what differs: a record may have more fields than wanted, a list or a map no more entries."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        extra = sorted(set(found) - set(wanted)) if where.rpartition(".")[2] in MAPS else []
        unwanted = [f"{where}.{name}: unwanted {found[name]!r}" for name in extra]
        return unwanted + [line for k, v in wanted.items() for line in differences(v, found.get(k), f"{where}.{k}")]
    if isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        pairs = enumerate(zip(wanted, found, strict=True))
        return [line for i, (w, f) in pairs for line in differences(w, f, f"{where}[{i}]")]
    return [] if _said(wanted) == _said(found) else [f"{where}: wanted {wanted!r}\n{'':8}found  {found!r}"]


def _said(value: Any) -> Any:
    # A bullet (・) may keep the space before it: whether ・ counts as Japanese is not settled by the contract.
    return value.replace(" ・", "・") if isinstance(value, str) else value


def nearest(wanted: dict[str, Any], records: list[dict[str, Any]]) -> tuple[dict[str, Any] | None, list[str]]:
    """Return the record that is most like the wanted one, and the differences that remain."""
    found: tuple[dict[str, Any] | None, list[str]] = (None, ["no record of this type"])
    best: tuple[int, int] | None = None
    for record in records:
        lines = differences(wanted, record)
        score = (-sum(k in wanted and wanted[k] == record.get(k) for k in KEYS), len(lines))
        if not lines:
            return record, []
        if best is None or score < best:
            best, found = score, (record, lines)
    return found


def name_of(record: dict[str, Any] | None) -> str:
    """Return the words by which a reader of a failure knows a record."""
    return next((str(record[k]) for k in KEYS if record.get(k)), "") if record else ""


@sample
def test_the_named_fields_of_each_expected_record_are_read(path: Path) -> None:
    report = []
    for wanted in expected(path)["records"]:
        candidates = [record for record in records_in(path) if record["type"] == wanted["type"]]
        record, lines = nearest(wanted, candidates)
        if lines:
            report.append(f"{wanted['type']} {name_of(wanted)} (nearest: {name_of(record)})")
            report += [f"    {line}" for line in lines]
    assert not report, "\n".join([expected(path)["rule"], *report])


@sample
def test_no_record_too_many_or_too_few_is_read(path: Path) -> None:
    found = Counter(record["type"] for record in records_in(path))
    wanted = expected(path)["counts"]
    names = {kind: [name_of(r) for r in records_in(path) if r["type"] == kind] for kind in wanted}
    wrong = [f"{kind}: wanted {n}, found {found[kind]} {names[kind]}" for kind, n in wanted.items() if found[kind] != n]
    assert not wrong, "\n".join(wrong)


@sample
def test_a_document_without_faults_has_no_findings(path: Path) -> None:
    findings = [record for record in records_in(path) if record["type"] == "finding"]
    assert not findings or not expected(path).get("no_findings"), findings


@sample
def test_every_record_lies_within_its_document(path: Path) -> None:
    last = len(lines_of(path))
    spans = {record["id"]: record["source"]["lines"] for record in records_in(path)}
    assert spans
    assert not {name: lines for name, lines in spans.items() if not 1 <= lines[0] <= lines[1] <= last}


@sample
def test_every_id_of_a_document_is_its_own(path: Path) -> None:
    ids = Counter(record["id"] for record in records_in(path))
    assert not [name for name, count in ids.items() if count > 1]
    assert all(name == path.stem or name.startswith(f"{path.stem}/") for name in ids)


def texts(project: dict[str, Any]) -> list[str]:
    """Return the words that a project claims to have from its document."""
    fields = ("program", "title", "overview", "purpose", "cost_sharing", "progress")
    rows = [row["label"] for row in project["schedule"]]
    marks = [mark for row in project["schedule"] for mark in row["marks"].values()]
    raws = [department["raw"] for department in project["departments"]]
    named = [indicator["name"] for indicator in project["indicators"]]
    return [t for t in [*(project[f] for f in fields), *project["roles"].values(), *rows, *marks, *raws, *named] if t]


def without_spaces(text: str) -> str:
    """Return the text without white space."""
    return "".join(text.split())


@sample
def test_every_word_of_a_project_stands_in_its_source_lines(path: Path) -> None:
    invented = []
    for project in (record for record in records_in(path) if record["type"] == "project"):
        first, last = project["source"]["lines"]
        source = without_spaces(clean("\n".join(lines_of(path)[first - 1 : last])))
        invented += [f"{project['title']}: {t}" for t in texts(project) if without_spaces(t) not in source]
        above = without_spaces(clean("\n".join(lines_of(path)[:last])))  # the head of a column names its amounts
        labels = [row["label"] for row in project["budget"] if row["label"]]
        invented += [f"{project['title']}: {label}" for label in labels if without_spaces(label) not in above]
    assert not invented, "\n".join(invented)
