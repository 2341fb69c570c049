"""Writing the statements of one document: terms, provenance, and the nodes that many records speak of."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import cast

from pyoxigraph import Literal, NamedNode, Triple

from graph import area_codes, guidelines, vocabulary
from graph.identifiers import Identifiers
from graph.namespaces import DCTERMS, IC, ORG, RDF, RDFS, RK, SACS, SDO, SKOS, XSD
from graph.resolve import Body, Municipalities, normal_path
from graph.statements.provenance import READ, Provenance
from graph.statements.stated import Statement, Statements, written
from graph.vocabulary import Concept
from ingest.records import Record, Source

_DATES = (
    (re.compile(r"\d{4}-\d\d-\d\d"), XSD.date),
    (re.compile(r"\d{4}-\d\d"), XSD.gYearMonth),
    (re.compile(r"\d{4}"), XSD.gYear),
)

_CELL = re.compile(r"[\t|]")
_NO_AMOUNT = re.compile(r"[-－―−–—ー]|未定|未確定|検討中|調整中|予算の範囲内")

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Node = NamedNode
Object = NamedNode | Literal


def number(value: float) -> Literal:
    """Return a number as xsd:integer or xsd:decimal, in the form in which every store gives it back."""
    if isinstance(value, int):
        return Literal(str(value), datatype=XSD.integer)
    return Literal(format(Decimal(repr(value)).normalize(), "f"), datatype=XSD.decimal)


def date(text: str) -> Literal:
    """Return an ISO date, month or year with the data type that its length calls for; other text is Japanese text."""
    kind = next((datatype for pattern, datatype in _DATES if pattern.fullmatch(text)), None)
    return Literal(text, datatype=kind) if kind else Literal(text, language="ja")


class Writer:
    """Collects the statements of one document; each is kept once, in the order in which it was first made."""

    def __init__(
        self,
        ids: Identifiers,
        document: str,
        municipalities: Municipalities,
        *,
        text: Sequence[str] | None = None,
        sources: Iterable[Source] = (),
        day: str | None = None,
        draft: bool = False,
    ) -> None:
        self.ids = ids
        self.document = NamedNode(ids.document(document))
        self.document_id = document
        self.municipalities = municipalities
        self.areas: dict[tuple[str, ...], NamedNode] = {}
        self.numbered: dict[tuple[str | None, str | None], NamedNode] = {}
        self.period: NamedNode | None = None
        self.year: int | None = None
        self.day = day
        self.symbols: dict[str, str] = {}
        self._text = text
        self._graph = NamedNode(ids.graph(document))
        self._said: dict[Statement, None] = {}
        self._seen: Counter[tuple[object, ...]] = Counter()
        self._provenance = Provenance(ids, document, text, sources, draft=draft)

    def statements(self) -> Statements:
        """Return all statements made so far, those on where they come from last."""
        return written(self._said, self._graph, self._provenance.lines())

    def at(self, source: Source) -> None:
        """Say which lines the statements that come next are read from."""
        self._provenance.at(source)

    def add(self, subject: Node, predicate: NamedNode, thing: Object | None, behind: str = "") -> None:
        """Make one statement; None, what the document does not say, makes none.

        ``behind`` is a name that the words are printed behind, if they are printed behind several.
        """
        if thing is None or (subject, predicate, thing) in self._said:
            return
        self._said[subject, predicate, thing] = None
        if predicate in READ:
            self._provenance.value(subject, predicate, thing, behind)

    def copy(self, triples: Iterable[Triple]) -> None:
        """Make statements of the vocabulary, so that the graph can be read without it."""
        self._said.update(dict.fromkeys(cast("Iterable[Statement]", map(tuple, triples))))

    def is_new(self, subject: Node, class_: NamedNode) -> bool:
        """Tell whether a thing has not been said to be of a class yet."""
        return (subject, RDF.type, class_) not in self._said

    def nth(self, kind: str, key: tuple[object, ...]) -> int:
        """Count how often something of a kind has had this key, this time included."""
        self._seen[kind, *key] += 1
        return self._seen[kind, *key]

    def typed(self, subject: Node, *classes: NamedNode) -> Node:
        """State the classes of a thing, and return it."""
        for each in classes:
            self.add(subject, RDF.type, each)
        return subject

    def text(self, subject: Node, predicate: NamedNode, words: str | None, behind: str = "") -> None:
        """State words of the document, as Japanese; characters that XML cannot hold are no words."""
        if words:
            self.add(subject, predicate, Literal(_NOT_IN_XML.sub("", words), language="ja"), behind)

    def plain(self, subject: Node, predicate: NamedNode, value: str | None) -> None:
        """State a code, number as printed or other string that is in no language."""
        if value:
            self.add(subject, predicate, Literal(value))

    def number(self, subject: Node, predicate: NamedNode, value: float | None) -> None:
        """State a number."""
        if value is not None:
            self.add(subject, predicate, number(value))

    def date(self, subject: Node, predicate: NamedNode, value: str | None) -> None:
        """State a date, month or year."""
        if value:
            self.add(subject, predicate, date(value))

    def node(self, record: Record, *classes: NamedNode, label: str | None = None) -> Node:
        """Begin the thing that a record is of: its classes, its label and where the document states it."""
        subject = self.typed(NamedNode(self.ids.record(record.id)), *classes)
        self.text(subject, RDFS.label, label)
        self.source(subject, record.source)
        return subject

    def part(self, kind: str, record: Record, *parts: object) -> Node:
        """Return the node of a part of a record."""
        return NamedNode(self.ids.part(kind, record.id, *parts))

    def source(self, subject: Node, source: Source) -> None:
        """State the document, page and lines that a thing comes from."""
        self.add(subject, DCTERMS.source, self.document)
        self.number(subject, RK.page, source.page)
        self.number(subject, RK.firstLine, source.lines[0])
        self.number(subject, RK.lastLine, source.lines[1])

    def mark(self, record: Record) -> str | None:
        """Return what the lines of a record print in a cell without an amount (a dash, 未定); None without the text."""
        first, last = record.source.lines
        cells = (cell.strip() for line in (self._text or ())[first - 1 : last] for cell in _CELL.split(line))
        return next((cell for cell in cells if _NO_AMOUNT.fullmatch(cell)), None)

    def concept(self, subject: Node, predicate: NamedNode, found: Concept | None) -> None:
        """Point to a concept of our vocabulary, and say its label where the graph is read without the vocabulary."""
        if found:
            self.add(subject, predicate, found.node)
            self.typed(found.node, SKOS.Concept)
            self.text(found.node, SKOS.prefLabel, found.label)
            self.add(found.node, SKOS.inScheme, found.scheme)

    def local_concept(self, kind: str, scheme: str, label: str) -> Node:
        """Return a concept of a scheme that only this document has (its grades, its categories)."""
        node = self.typed(NamedNode(self.ids.make(kind, self.document_id, label)), SKOS.Concept)
        parent = self.typed(NamedNode(self.ids.make(f"{kind}-scheme", self.document_id)), SKOS.ConceptScheme)
        self.text(parent, SKOS.prefLabel, scheme)
        self.add(node, SKOS.inScheme, parent)
        self.text(node, SKOS.prefLabel, label)
        return node

    def municipality(self, name: str) -> Node:
        """Return a municipality by its printed name; it is described where the document first names it."""
        body = self.municipalities.find(name)
        node = NamedNode(self.ids.municipality(body.key))
        if self.is_new(node, ORG.FormalOrganization):
            self._describe(node, body)
        return node

    def _describe(self, node: Node, body: Body) -> None:
        self.typed(node, ORG.FormalOrganization, SDO.GovernmentOrganization, IC.組織型)
        self.text(node, SKOS.prefLabel, body.name)
        if body.code:
            code = Literal(body.code, datatype=RK.MunicipalityCode)
            self.add(node, DCTERMS.identifier, code)
            self.add(node, ORG.identifier, code)
            area, plain = NamedNode(area_codes.code_on(body.code, self.day)), self.plain_area_code(body.code, body.name)
            if area != plain:
                self.typed(area, SACS.StandardAreaCode)
                self.text(area, RDFS.label, f"{body.name}の標準地域コード")
                self.add(area, DCTERMS.isVersionOf, plain)
            self.add(node, DCTERMS.spatial, area)
            self.add(node, RK.areaCode, area)
            item = area_codes.wikidata(body.code)
            self.add(node, SDO.sameAs, NamedNode(item) if item else None)
        if body.entry:
            self.text(node, RK.prefecture, body.entry.prefecture)
            self.text(node, RK.county, body.entry.county)
            if body.entry.reading:
                self.add(node, SKOS.altLabel, Literal(body.entry.reading, language="ja-Hira"))

    def plain_area_code(self, code: str, name: str) -> Node:
        """Return the undated area code of a municipality, which statistics and the dated codes have in common."""
        node = self.typed(NamedNode(area_codes.plain_code(code)), SACS.PlainStandardAreaCode)
        self.text(node, RDFS.label, f"{name}の標準地域コード")
        return node

    def department(self, municipality: str | None, path: Sequence[str]) -> Node | None:
        """Return the last unit of a department's path; every level of it is a unit of its own, described once.

        A department without a municipality belongs to the document alone: it is one with none of another document.
        """
        units = normal_path(path)
        top = self.municipality(municipality) if municipality else None
        owner = self.municipalities.find(municipality).key if municipality else self.document_id
        name = self.municipalities.find(municipality).name if municipality else ""
        parent: Node | None = None
        for depth, unit in enumerate(units, 1):
            node = NamedNode(self.ids.department(owner, units[:depth]))
            if self.is_new(node, ORG.OrganizationalUnit):
                self.typed(node, ORG.OrganizationalUnit)
                self.text(node, SKOS.prefLabel, unit)
                self.text(node, RDFS.label, name + "".join(units[:depth]))
                self.concept(node, ORG.classification, vocabulary.unit_kind(unit))
                if parent:
                    self.add(node, ORG.subOrganizationOf, parent)
                elif top:
                    self.add(node, ORG.unitOf, top)
                    self.add(top, ORG.hasUnit, node)
            parent = node
        return parent

    def area(self, labels: Sequence[str]) -> Node:
        """Return a policy area by its labels from level 1 down; one that no record of an area names is made of them."""
        path = tuple(labels)
        if path not in self.areas:
            node = self.typed(NamedNode(self.ids.make("area", self.document_id, *path)), SKOS.Concept)
            self.areas[path] = node
            self.text(node, SKOS.prefLabel, path[-1])
            self.number(node, RK.level, len(path))
            self.in_scheme(node, self.area(path[:-1]) if len(path) > 1 else None)
            self.match_area(node, path)
        return self.areas[path]

    def match_area(self, area: Node, labels: Sequence[str]) -> None:
        """Join an area to the field of the national guidelines that its labels name, where they name one."""
        found = guidelines.match(labels)
        if found:
            self.concept(area, SKOS.exactMatch if found.exact else SKOS.closeMatch, found.concept)

    def in_scheme(self, area: Node, parent: Node | None) -> None:
        """Put an area into the document's scheme, below its parent or at the top."""
        scheme = self.typed(NamedNode(self.ids.make("area-scheme", self.document_id)), SKOS.ConceptScheme)
        self.text(scheme, SKOS.prefLabel, "政策分野")
        self.add(scheme, DCTERMS.source, self.document)
        self.add(area, SKOS.inScheme, scheme)
        self.add(area, SKOS.broader if parent else SKOS.topConceptOf, parent or scheme)

    def partnership(self) -> Node:
        """Return the partnership that the document is of."""
        node = NamedNode(self.ids.make("partnership", self.document_id))
        if self.is_new(node, ORG.OrganizationalCollaboration):
            self.typed(node, ORG.OrganizationalCollaboration)
            self.add(node, DCTERMS.source, self.document)
            self.text(node, RDFS.label, "・".join(self.municipalities.parties) or "圏域全体")
        return node
