"""Records, municipalities and departments → IRIs, and back to ids and pages.

    {base}/id/municipality/012246                          by code; by name where no code is known
    {base}/id/department/012246/産業振興部/商業労働課           the path from the top unit down
    {base}/id/document/{document}   {base}/id/graph/{document}
    {base}/id/project/{document}/7-2                       the local part of the record's id
    {base}/id/area/{document}/3/1/g   {base}/id/article/{document}/3   {base}/id/{type}/{document}/{n}
    {base}/id/indicator/{document}/{project}/1             parts of a project: its local part, then theirs

IRIs are NFC and keep Japanese as it is; what an IRI cannot hold is percent-encoded.
``to_uri`` gives the form of the wire.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote

_PLANES = [(plane << 16, (plane << 16) + 0xFFFD) for plane in range(1, 14)] + [(0xE1000, 0xEFFFD)]
_UCS = "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _PLANES)
"""What an IRI may hold beyond ASCII (ucschar, RFC 3987 section 2.2), as the inside of a character class."""
_UNSAFE = re.compile(f"[^A-Za-z0-9._~!$&'()*+,;=:@{_UCS}-]")
_ENCODED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_WIRE_SAFE = "!#$%&'()*+,/:;=?@[]~"

RECORD_TYPES = (
    "article", "area", "party", "scheme-row", "scheme", "basic-indicator", "progress-count", "implemented-item",
    "observation", "facility", "metropolitan-area", "finding",
)  # fmt: skip
"""The types whose name begins the local part of their records' ids; all other local parts are of projects."""

PROJECT_PARTS = (
    "responsibility", "role", "indicator", "rating", "schedule-item", "budget-row", "budget",
)  # fmt: skip
"""Things that a project's sheet states, named after the project."""

DOCUMENT_PARTS = (
    "document", "graph", "provenance", "partnership", "dataset", "person", "grade", "category",
    "area-scheme", "grade-scheme", "category-scheme", "statistic", "breakdown", "saying", "place", "statement",
    "reading",
)  # fmt: skip
"""Things that exist once in a document, or are named within it."""

LIBRARY_THINGS = ("municipality", "department", "law", "period", "post", "agent", "matches", "match")
"""Things that several documents can speak of."""

GRAPHS = ("graph", "provenance", "matches")
"""The kinds of named graphs: what a document states, from where each value of it was read, and what joins documents."""

_TYPES = ("project", *RECORD_TYPES, *PROJECT_PARTS, *DOCUMENT_PARTS, *LIBRARY_THINGS)
_PAGES = {"municipality": "municipalities", "department": "departments", "area": "areas"}


def _any(names: Sequence[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_IRI = re.compile(rf"(?P<base>.*?)/id/(?P<type>{_any(_TYPES)})/(?P<rest>.+)", re.DOTALL)
_LOCAL = re.compile(rf"(?P<type>{_any(RECORD_TYPES)})-(?P<rest>.+)", re.DOTALL)


def segment(text: str) -> str:
    """Return a text as one segment of an IRI's path: NFC, Japanese as it is, the rest percent-encoded."""
    text = unicodedata.normalize("NFC", text)
    if text in {".", ".."}:
        return text.replace(".", "%2E")
    return _UNSAFE.sub(lambda m: quote(m[0], safe="", errors="surrogatepass"), text)


def to_uri(iri: str) -> str:
    """Return the form of an IRI for the wire (RFC 3987 section 3.1): all that is not ASCII is percent-encoded."""
    return quote(iri, safe=_WIRE_SAFE)


def from_uri(uri: str) -> str:
    """Return the IRI of a form of the wire; what an IRI cannot hold stays encoded."""
    return unicodedata.normalize("NFC", _ENCODED.sub(_decode, uri) if "%" in uri else uri)


def _decode(match: re.Match[str]) -> str:
    try:
        return _UNSAFE.sub(lambda m: quote(m[0]), unquote(match[0], errors="strict"))
    except UnicodeDecodeError:
        return match[0]


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The IRIs of one library; ``base`` is its address without a slash at the end."""

    base: str

    @staticmethod
    def segment(text: str) -> str:
        """Return a text as one segment of an IRI."""
        return segment(text)

    def make(self, kind: str, *parts: str) -> str:
        """Return the IRI of a thing from its type and the parts of its name."""
        return f"{self.base}/id/{kind}/" + "/".join(segment(part) for part in parts)

    def document(self, document: str) -> str:
        """Return the IRI of a document."""
        return self.make("document", document)

    def graph(self, document: str) -> str:
        """Return the IRI of the graph that holds what a document states."""
        return self.make("graph", document)

    def municipality(self, code: str) -> str:
        """Return the IRI of a municipality by its six-digit code, or by its name where no code is known."""
        return self.make("municipality", code)

    def department(self, owner: str, path: Sequence[str]) -> str:
        """Return the IRI of a department; ``owner`` is its municipality's code (or name, as for ``municipality``)."""
        return self.make("department", owner, *path)

    def record(self, record: str) -> str:
        """Return the IRI of a record by its id (``{document}`` or ``{document}/{local}``)."""
        document, _, local = record.partition("/")
        if not local:
            return self.document(document)
        match = _LOCAL.fullmatch(local)
        if not match:
            return self.make("project", document, local)
        parts = match["rest"].split(".") if match["type"] == "area" else [match["rest"]]
        return self.make(match["type"], document, *parts)

    def part(self, kind: str, record: str, *parts: object) -> str:
        """Return the IRI of a part of a record: ``kind`` replaces the type, ``parts`` follow the record's own."""
        own = self.record(record).removeprefix(f"{self.base}/id/").partition("/")[2]
        return "/".join((f"{self.base}/id/{kind}/{own}", *(segment(str(part)) for part in parts)))


@dataclass(frozen=True, slots=True)
class Name:
    """An IRI of ours taken apart: type and the parts of the name, percent-encoding undone."""

    base: str
    kind: str
    parts: tuple[str, ...]

    @property
    def document(self) -> str | None:
        """The document that the thing belongs to, or None for municipalities, departments and the like."""
        return None if self.kind in LIBRARY_THINGS else self.parts[0]

    @property
    def local(self) -> str:
        """The parts joined as the routes of pages and the ids of departments join them."""
        return "/".join(segment(part) for part in self.parts)

    @property
    def record(self) -> str | None:
        """The id of the record that states the thing, or None where it is no single record."""
        if self.kind == "document":
            return self.parts[0]
        if self.kind == "project" or self.kind in PROJECT_PARTS:
            return "/".join(self.parts[:2])
        if self.kind == "area":
            return f"{self.parts[0]}/area-{'.'.join(self.parts[1:])}"
        return f"{self.parts[0]}/{self.kind}-{self.parts[1]}" if self.kind in RECORD_TYPES else None

    @property
    def page(self) -> str | None:
        """The path of the page that shows the thing, or None where none does."""
        if self.kind in _PAGES:
            return f"/{_PAGES[self.kind]}/{self.local}"
        if self.kind == "project" or self.kind in PROJECT_PARTS:
            return "/projects/" + "/".join(segment(part) for part in self.parts[:2])
        return f"/documents/{segment(self.document)}" if self.document else None


@lru_cache(4096)  # links come sorted, so that one graph and one thing are asked for again and again
def parse(iri: str) -> Name | None:
    """Take an IRI of ours apart (also in the form of the wire); None for any other IRI."""
    match = _IRI.fullmatch(from_uri(iri))
    if not match:
        return None
    parts = match["rest"].split("/")
    return Name(match["base"], match["type"], tuple(map(unquote, parts) if "%" in match["rest"] else parts))


def is_provenance(iri: str) -> bool:
    """Tell whether an IRI is that of a graph that says from where values were read."""
    return "/id/provenance/" in iri


def page(iri: str) -> str | None:
    """Return the path of the page that shows a thing, or None where none does."""
    name = parse(iri)
    return name.page if name else None
