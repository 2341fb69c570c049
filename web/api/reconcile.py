"""Reconciliation: names of municipalities and departments in a table matched with ours, as OpenRefine asks for it.

Reconciliation Service API 0.2, https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/ : a
manifest where no query is given, else for each query candidates with a score (0 to 100) and, as their description, why.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, jsonify, request

from graph.relations import find_units
from ingest import municipalities
from search.folding import fold_text
from web.errors import BadParameter
from web.pages.frame import identifiers, link, opened

service = Blueprint("reconcile", __name__)

TYPES = {"municipality": "市町村", "department": "部署"}
MOST_QUERIES, MOST_CANDIDATES, LONGEST_NAME = 100, 25, 200
EXACT, PART, NEAR = 100, 80, 60
"""The score of a whole name, and the most that a part of a name and a name nearly so can have."""
_LEAST = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that a name may mean: its IRI, name and type, its score, and why it is one."""

    iri: str
    name: str
    type: str
    score: float
    reason: str


@service.route("/reconcile", methods=["GET", "POST"])
def reconcile() -> Response:
    """Return the manifest, or the candidates for each of the ``queries``; raises ``BadParameter``."""
    text = request.values.get("queries")
    found = _manifest() if text is None else {key: {"result": _results(query)} for key, query in _queries(text).items()}
    response = jsonify(found)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _manifest() -> dict[str, Any]:
    base = opened().state.manifest.base
    return {
        "versions": ["0.2"],
        "name": "連携 Renkei",
        "identifierSpace": f"{base}/id/",
        "schemaSpace": f"{base}{link('vocabulary.terms')}",
        "documentation": f"{base}{link('api.reference')}",
        "defaultTypes": [_type(name) for name in TYPES],
        "view": {"url": "{{id}}"},
    }


def _type(name: str) -> dict[str, str]:
    return {"id": name, "name": TYPES[name]}


def _queries(text: str) -> dict[str, dict[str, Any]]:
    expected = '{"q0": {"query": "千歳市", "type": "municipality"}, …}'
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        raise BadParameter("queries", text[:40], expected) from None
    if not isinstance(read, dict) or not all(
        isinstance(q, dict) and isinstance(q.get("query"), str) for q in read.values()
    ):
        raise BadParameter("queries", text[:40], expected)
    if len(read) > MOST_QUERIES:
        raise BadParameter("queries", f"{len(read)} queries", f"{MOST_QUERIES} at most")
    return read


def _results(query: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the candidates of one query, the best first; one alone with a whole name is the match."""
    name, kind, limit = query["query"][:LONGEST_NAME].strip(), query.get("type"), query.get("limit", 5)
    if kind is not None and (not isinstance(kind, str) or kind not in TYPES):
        raise BadParameter("type", str(kind), ", ".join(TYPES))
    most = min(limit, MOST_CANDIDATES) if isinstance(limit, int) and limit > 0 else MOST_CANDIDATES
    found: dict[str, Candidate] = {}
    for candidate in _candidates(name, kind) if name else ():
        if candidate.iri not in found or candidate.score > found[candidate.iri].score:
            found[candidate.iri] = candidate
    ranked = sorted(found.values(), key=lambda each: (-each.score, each.iri))
    whole = sum(each.score == EXACT for each in ranked)
    return [
        {
            "id": each.iri, "name": each.name, "type": [_type(each.type)], "score": round(each.score, 1),
            "match": whole == 1 and each.score == EXACT, "description": each.reason,
        }
        for each in ranked[:most]
    ]  # fmt: skip


def _candidates(name: str, kind: str | None) -> list[Candidate]:
    found: list[Candidate] = []
    if kind in (None, "municipality"):
        found += _municipalities(name)
    if kind in (None, "department"):
        found += _departments(name)
    # To look for a name nearly so takes as long as all the rest, and has nothing to add where the name means something.
    return found or (list(_near(name)) if kind in (None, "municipality") else [])


def _names() -> dict[str, list[tuple[str, int, str]]]:
    """Return the municipalities by folded name, code and reading, with the score and the reason; kept for the state."""
    found: defaultdict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for key, entry in opened().directory.municipalities.items():
        for name in {fold_text(entry.name), key}:
            found[name].append((key, EXACT, "名前かコードが同じ"))
        reading = fold_text(entry.reading or "")
        for name in {reading, reading[:-1]} - {""}:
            found[name].append((key, PART, "読みが同じ"))
    return found


def _municipalities(name: str) -> Iterator[Candidate]:
    """Yield municipalities of the library: by name or code, by reading, or without 市 or its like."""
    known = opened().directory.municipalities
    names = opened().directory.kept.answer("names to reconcile", _names)
    for key, score, reason in names.get(fold_text(name), ()):
        yield _municipality(key, score, reason)
    meant = municipalities.resolve(name)
    if meant and meant.code in known:
        whole = meant.name in name
        reason = "名前かコードが同じ" if whole else "「市」「町」などを省いた名前"
        yield _municipality(meant.code, EXACT if whole else PART, reason)


def _near(name: str) -> Iterator[Candidate]:
    known = opened().directory.municipalities
    near = municipalities.nearest(name, near=known.keys())
    if near and near.code in known:
        yield _municipality(near.code, NEAR, "この名の市町村はなく、最も近い名前")


def _municipality(key: str, score: float, reason: str) -> Candidate:
    name = opened().directory.municipalities[key].name
    return Candidate(identifiers().municipality(key), name, "municipality", score, reason)


def _departments(name: str) -> Iterator[Candidate]:
    """Yield departments: by their whole name, by an end of it, or with the words in it."""
    folded = fold_text(name)
    for unit in find_units(opened().store, name):
        if not unit.path:
            continue
        label = fold_text(unit.label)
        if folded in (label, fold_text(unit.id)):
            score, reason = float(EXACT), "名前が同じ"
        else:
            likeness = 2 * len(folded) / (len(folded) + len(label))
            if likeness < _LEAST and folded not in label:
                continue
            score, reason = PART * likeness, "名前の一部が同じ"
        iri = identifiers().department(unit.code or unit.municipality or "", unit.path)
        yield Candidate(iri, unit.label, "department", score, reason)
