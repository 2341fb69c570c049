"""Reconciliation: names of municipalities and departments in a table matched with ours, as OpenRefine asks for it.

Reconciliation Service API 0.2, https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/ : a
manifest where no query is given, else for each query candidates with a score (0 to 100) and, as their description, why.
"""

import json
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
    if name:
        makers = {"municipality": _municipalities, "department": _departments}
        for candidate in (each for type_, made in makers.items() if kind in (None, type_) for each in made(name)):
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


def _municipalities(name: str) -> Iterator[Candidate]:
    """Yield municipalities of the library: by name or code, by reading, without 市 or its like, or nearly so."""
    known, folded = opened().directory.municipalities, fold_text(name)
    meant, near = municipalities.resolve(name), municipalities.nearest(name, near=known.keys())
    for key, entry in known.items():
        iri = identifiers().municipality(key)
        if folded in (fold_text(entry.name), key) or (meant and meant.code == key and meant.name in name):
            yield Candidate(iri, entry.name, "municipality", EXACT, "名前かコードが同じ")
        elif entry.reading and folded in (fold_text(entry.reading), fold_text(entry.reading)[:-1]):
            yield Candidate(iri, entry.name, "municipality", PART, "読みが同じ")
        elif meant and meant.code == key:
            yield Candidate(iri, entry.name, "municipality", PART, "「市」「町」などを省いた名前")
        elif near and near.code == key:
            yield Candidate(iri, entry.name, "municipality", NEAR, "この名の市町村はなく、最も近い名前")


def _departments(name: str) -> Iterator[Candidate]:
    """Yield departments: by their whole name, by an end of it, or with the words in it."""
    folded = fold_text(name)
    for unit in find_units(opened().store, name):
        if not unit.path:
            continue
        iri = identifiers().department(unit.code or unit.municipality or "", unit.path)
        if folded in (fold_text(unit.label), fold_text(unit.id)):
            yield Candidate(iri, unit.label, "department", EXACT, "名前が同じ")
            continue
        label = fold_text(unit.label)  # has all of the name, in its order
        likeness = 2 * len(folded) / (len(folded) + len(label))
        if likeness >= _LEAST or folded in label:
            yield Candidate(iri, unit.label, "department", PART * likeness, "名前の一部が同じ")
