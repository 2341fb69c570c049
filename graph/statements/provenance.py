"""Where a document states what: one annotation for each value that was read, in a graph beside the document's own.

    {base}/id/provenance/{document}                         the graph
    {base}/id/statement/{document}/{kind}/{…}/{property}    an annotation: which value of which thing, word for word
    {base}/id/statement/{document}/{kind}/{…}/{property}/2  the same for the second value of that property
    {base}/id/place/{document}/{first}-{last}               lines of the document, by position and by quotation

The document's own graph stays plain: it says what is so, this one from where. Positions and quotations are those of the
extracted text, as are the lines of a value inside those of its record (``graph.statements.narrowing``); without the text
only the pages and lines of records are said.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib import metadata
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode

from graph.identifiers import LIBRARY_THINGS, Identifiers, segment
from graph.namespaces import DCTERMS, FOAF, OA, PROV, RDF, RDFS, RK, SDMX, SDO, XSD
from graph.statements.narrowing import Narrowing
from graph.statements.stated import Terms
from ingest.records import Source

_AROUND = 24
"""Characters before and behind a quotation."""
_LONGEST = 1000
"""A longer range is found by its position alone: a quotation of a whole document helps nobody."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")

READ = frozenset(
    {
        DCTERMS.title, DCTERMS.issued, DCTERMS.valid, FOAF.name, SDO.name, SDO.description, SDO.text, SDO.address,
        RK.program, RK.purpose, RK.costSharing, RK.progress, RK.roleText, RK.printedAs, RK.amount, RK.count, RK.value,
        RK.capacity, RK.partySymbol, RK.core, RK.declared, RK.agreed, RK.vision, RK.members,
        RK.population, RK.areaInSquareKilometres, RK.listing, RK.grade, RK.category, RK.sheetNo, RK.branch, RK.status,
        RK.unitText, RK.due, RK.asOf, RK.printedMark, SDMX.refPeriod,
    }
)  # fmt: skip
"""The properties whose values are read out of a document; all others follow from these or from its form."""


class Provenance:
    """Collects the annotations of one document as lines; ``at`` says where the values that come next stand."""

    def __init__(
        self,
        ids: Identifiers,
        document: str,
        text: Sequence[str] | None,
        sources: Iterable[Source] = (),
        *,
        draft: bool,
    ) -> None:
        self._ids, self._name = ids, document
        self._terms, self._lines = Terms(), list[str]()
        self._document = self._terms[NamedNode(ids.document(document))]
        self._end = f" {NamedNode(ids.make('provenance', document))} .\n"
        self._text = "\n".join(text) if text else None
        self._starts = _line_starts(text or ())
        self._narrowing = Narrowing(text, sources) if text else None
        self._made: set[str] = set()
        self._values: Counter[str] = Counter()
        self._places: dict[Source, tuple[str, str]] = {}
        self._prefix = f"{ids.base}/id/"
        self._own = segment(document)
        self._statements = ids.make("statement", document)
        self._source: Source | None = None
        self._activity(draft)

    def lines(self) -> str:
        """Return all statements made so far, each once, as lines of N-Quads."""
        return "".join(self._lines)

    def at(self, source: Source) -> None:
        """Say where the values that come next stand."""
        self._source = source

    def value(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal, behind: str = "") -> None:
        """Annotate a value that was read with its place; ``behind`` is the name that its words are printed behind."""
        if self._source is None:
            return
        name = self._name_of(subject.value, predicate.value)
        if name is None:
            return
        self._values[name] += 1
        if self._values[name] > 1:
            name = f"{name}/{self._values[name]}"
        # A grade or a category is named after the words that are printed for it.
        words = value.value if isinstance(value, Literal) else unquote(value.value.rpartition("/")[2])
        narrowing = self._narrowing
        place, label = self._place(narrowing.lines_of(words, self._source, behind) if narrowing else self._source)
        terms = self._terms
        self._say(
            f"<{name}>",
            (RDF.type, terms[OA.Annotation]),
            (RDF.type, terms[PROV.Entity]),
            (RDFS.label, label),
            (OA.hasBody, terms[subject]),
            (RK.property, terms[predicate]),
            (PROV.value, str(Literal(words))),
            (PROV.wasQuotedFrom, self._document),
            (OA.hasTarget, place),
        )

    def _say(self, subject: str, *facts: tuple[NamedNode, str]) -> None:
        """State facts about a thing; it and the values are written as N-Quads have them."""
        terms, end = self._terms, self._end
        self._lines += [f"{subject} {terms[predicate]} {thing}{end}" for predicate, thing in facts]

    def _name_of(self, subject: str, predicate: str) -> str | None:
        """Name the annotation after its value's thing and property; things of the whole library have none of their own."""
        kind, _, rest = subject.removeprefix(self._prefix).partition("/")
        if kind in LIBRARY_THINGS:
            return None
        own = rest.removeprefix(self._own)
        return f"{self._statements}/{kind}{own}/{predicate.rpartition('#')[2].rpartition('/')[2]}"

    def _place(self, source: Source) -> tuple[str, str]:
        """Return lines of the document, and the label of what is read from them."""
        if source in self._places:
            return self._places[source]
        first, last = source.lines
        lines = f"{first}行" if first == last else f"{first}～{last}行"
        # Of two pages that both have these lines, the first that was asked for is said.
        iri = self._ids.make("place", self._name, f"{first}-{last}")
        node = str(NamedNode(iri))
        self._places[source] = node, _japanese(f"{lines}の記載")
        if iri in self._made:
            return self._places[source]
        self._made.add(iri)
        self._say(
            node,
            (RDF.type, self._terms[OA.SpecificResource]),
            (RDFS.label, _japanese(lines)),
            (OA.hasSource, self._document),
            (RK.firstLine, _number(first)),
            (RK.lastLine, _number(last)),
        )
        if source.page is not None:
            self._say(node, (RK.page, _number(source.page)))
        if self._text is not None and last < len(self._starts):
            self._selectors(iri, self._text, self._starts[first - 1], self._starts[last] - 1)
        return self._places[source]

    def _selectors(self, place: str, text: str, start: int, end: int) -> None:
        position, quote = f"<{place}/position>", f"<{place}/quote>"
        self._say(f"<{place}>", (OA.hasSelector, position))
        self._say(
            position,
            (RDF.type, self._terms[OA.TextPositionSelector]),
            (OA.start, _number(start)),
            (OA.end, _number(end)),
        )
        if end - start > _LONGEST:
            return
        self._say(f"<{place}>", (OA.hasSelector, quote))
        self._say(quote, (RDF.type, self._terms[OA.TextQuoteSelector]))
        around = (OA.prefix, max(0, start - _AROUND), start), (OA.exact, start, end), (OA.suffix, end, end + _AROUND)
        for predicate, begin, stop in around:
            self._say(quote, (predicate, str(Literal(_NOT_IN_XML.sub("", text[begin:stop])))))

    def _activity(self, draft: bool) -> None:
        """Say what read the document: this software, of which version."""
        terms = self._terms
        activity = terms[NamedNode(self._ids.make("reading", self._name))]
        agent = terms[NamedNode(self._ids.make("agent", "renkei"))]
        self._say(
            agent,
            (RDF.type, terms[PROV.SoftwareAgent]),
            (RDFS.label, _japanese("連携")),
            (SDO.softwareVersion, str(Literal(metadata.version("renkei")))),
        )
        self._say(
            activity,
            (RDF.type, terms[PROV.Activity]),
            (RDFS.label, _japanese("文書の読み取り")),
            (PROV.used, self._document),
            (PROV.wasAssociatedWith, agent),
        )
        self._say(
            terms[NamedNode(self._ids.graph(self._name))],
            (RDF.type, terms[PROV.Bundle]),
            (RDFS.label, _japanese("文書の記載内容")),
            (PROV.wasDerivedFrom, self._document),
            (PROV.wasGeneratedBy, activity),
            (RK.draft, str(Literal("true" if draft else "false", datatype=XSD.boolean))),
        )


def _number(value: int) -> str:
    return str(Literal(str(value), datatype=XSD.integer))


def _japanese(text: str) -> str:
    return str(Literal(text, language="ja"))


def _line_starts(text: Sequence[str]) -> list[int]:
    """Return where each line begins in the lines joined by line feeds, and where one behind the last would."""
    starts = [0]
    for line in text:
        starts.append(starts[-1] + len(line) + 1)
    return starts
