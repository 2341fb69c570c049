"""Where a document states what: one annotation for each value that was read, in a graph beside the document's own.

    {base}/id/provenance/{document}                         the graph
    {base}/id/statement/{document}/{kind}/{…}/{property}    an annotation: which value of which thing, word for word
    {base}/id/place/{document}/{first}-{last}               lines of the document, by position and by quotation

The document's own graph stays plain: it says what is so, this one from where. Positions and quotations are those of the
extracted text; without the text only pages and lines are said.
"""

from collections.abc import Sequence
from importlib import metadata
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Quad

from graph.identifiers import LIBRARY_THINGS, Identifiers, segment
from graph.namespaces import DCTERMS, FOAF, OA, PROV, RDF, RDFS, RK, SDO, XSD
from ingest.records import Source

_AROUND = 24
"""Characters before and behind a quotation."""
_LONGEST = 1000
"""A longer range is found by its position alone: a quotation of a whole document helps nobody."""

_OWN = frozenset(
    {
        DCTERMS.title, DCTERMS.issued, DCTERMS.valid, FOAF.name, SDO.name, SDO.description, SDO.text, SDO.address,
        RK.program, RK.purpose, RK.costSharing, RK.progress, RK.roleText, RK.printedAs, RK.amount, RK.count, RK.value,
        RK.capacity, RK.partySymbol, RK.core, RK.declared, RK.agreed, RK.vision, RK.members,
        RK.population, RK.areaInSquareKilometres, RK.listing, RK.grade, RK.category,
    }
)  # fmt: skip
"""The properties whose values are read out of a document; all others follow from these or from its form."""


class Provenance:
    """Collects the annotations of one document; ``at`` says where the values that come next stand."""

    def __init__(self, ids: Identifiers, document: str, text: Sequence[str] | None, *, draft: bool) -> None:
        self._ids, self._name = ids, document
        self._document = NamedNode(ids.document(document))
        self._graph = NamedNode(ids.make("provenance", document))
        self._text = "\n".join(text) if text else None
        self._starts = _line_starts(text or ())
        self._quads: list[Quad] = []
        self._made: set[str] = set()
        self._places: dict[Source, tuple[NamedNode, Literal]] = {}
        self._prefix = f"{ids.base}/id/"
        self._own = segment(document)
        self._statements = ids.make("statement", document)
        self._source: Source | None = None
        self._activity(draft)

    def quads(self) -> list[Quad]:
        """Return all statements made so far, each once."""
        return self._quads

    def at(self, source: Source) -> None:
        """Say where the values that come next stand."""
        self._source = source

    def value(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        """Annotate a value with its place, if it is one that was read."""
        if predicate not in _OWN or self._source is None:
            return
        name = self._name_of(subject.value, predicate.value)
        if name is None or name in self._made:
            return
        self._made.add(name)
        node, (place, label) = NamedNode(name), self._place(self._source)
        # A grade or a category is named after the words that are printed for it.
        words = value.value if isinstance(value, Literal) else unquote(value.value.rpartition("/")[2])
        graph = self._graph
        self._quads += (
            Quad(node, RDF.type, OA.Annotation, graph),
            Quad(node, RDF.type, PROV.Entity, graph),
            Quad(node, RDFS.label, label, graph),
            Quad(node, OA.hasBody, subject, graph),
            Quad(node, RK.property, predicate, graph),
            Quad(node, PROV.value, Literal(words), graph),
            Quad(node, PROV.wasQuotedFrom, self._document, graph),
            Quad(node, OA.hasTarget, place, graph),
        )

    def _add(self, subject: NamedNode, predicate: NamedNode, thing: NamedNode | Literal) -> None:
        self._quads.append(Quad(subject, predicate, thing, self._graph))

    def _name_of(self, subject: str, predicate: str) -> str | None:
        """Name the annotation after its value's thing and property; things of the whole library have none of their own."""
        kind, _, rest = subject.removeprefix(self._prefix).partition("/")
        if kind in LIBRARY_THINGS:
            return None
        own = rest.removeprefix(self._own)
        return f"{self._statements}/{kind}{own}/{predicate.rpartition('#')[2].rpartition('/')[2]}"

    def _place(self, source: Source) -> tuple[NamedNode, Literal]:
        """Return lines of the document, and the label of what is read from them."""
        if source in self._places:
            return self._places[source]
        first, last = source.lines
        # Of two pages that both have these lines, the first that was asked for is said.
        node = NamedNode(self._ids.make("place", self._name, f"{first}-{last}"))
        self._places[source] = node, Literal(f"{first}～{last}行の記載", language="ja")
        if node.value in self._made:
            return self._places[source]
        self._made.add(node.value)
        self._add(node, RDF.type, OA.SpecificResource)
        self._add(node, RDFS.label, Literal(f"{first}～{last}行", language="ja"))
        self._add(node, OA.hasSource, self._document)
        self._add(node, RK.firstLine, _number(first))
        self._add(node, RK.lastLine, _number(last))
        if source.page is not None:
            self._add(node, RK.page, _number(source.page))
        if self._text is not None and last < len(self._starts):
            self._selectors(node, self._text, self._starts[first - 1], self._starts[last] - 1)
        return self._places[source]

    def _selectors(self, place: NamedNode, text: str, start: int, end: int) -> None:
        position = NamedNode(f"{place.value}/position")
        self._add(place, OA.hasSelector, position)
        self._add(position, RDF.type, OA.TextPositionSelector)
        self._add(position, OA.start, _number(start))
        self._add(position, OA.end, _number(end))
        if end - start > _LONGEST:
            return
        quote = NamedNode(f"{place.value}/quote")
        self._add(place, OA.hasSelector, quote)
        self._add(quote, RDF.type, OA.TextQuoteSelector)
        around = (OA.prefix, max(0, start - _AROUND), start), (OA.exact, start, end), (OA.suffix, end, end + _AROUND)
        for predicate, begin, stop in around:
            self._add(quote, predicate, Literal(_for_xml(text[begin:stop])))

    def _activity(self, draft: bool) -> None:
        """Say what read the document: this software, of which version."""
        activity = NamedNode(self._ids.make("reading", self._name))
        agent = NamedNode(self._ids.make("agent", "renkei"))
        bundle = NamedNode(self._ids.graph(self._name))
        self._add(agent, RDF.type, PROV.SoftwareAgent)
        self._add(agent, RDFS.label, Literal("連携", language="ja"))
        self._add(agent, SDO.softwareVersion, Literal(metadata.version("renkei")))
        self._add(activity, RDF.type, PROV.Activity)
        self._add(activity, RDFS.label, Literal("文書の読み取り", language="ja"))
        self._add(activity, PROV.used, self._document)
        self._add(activity, PROV.wasAssociatedWith, agent)
        self._add(bundle, RDF.type, PROV.Bundle)
        self._add(bundle, RDFS.label, Literal("文書の記載内容", language="ja"))
        self._add(bundle, PROV.wasDerivedFrom, self._document)
        self._add(bundle, PROV.wasGeneratedBy, activity)
        self._add(bundle, RK.draft, Literal("true" if draft else "false", datatype=XSD.boolean))


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)


def _line_starts(text: Sequence[str]) -> list[int]:
    """Return where each line begins in the lines joined by line feeds, and where one behind the last would."""
    starts = [0]
    for line in text:
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _for_xml(text: str) -> str:
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))
