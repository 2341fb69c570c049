"""Alignments of projects of two documents as statements: what is linked, who says so, and why.

All lie in one graph of the library, ``{base}/id/matches/library``: they are about two documents, not of one. What is the
same work, by score or by a person, is linked by skos:closeMatch both ways; what a person called different or left
undecided is said without a link.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata

from pyoxigraph import Literal, NamedNode, Quad

from graph import vocabulary
from graph.identifiers import Identifiers
from graph.judgements import Judgement
from graph.likeness import Likeness
from graph.namespaces import PROV, RDF, RDFS, RK, SDO, SKOS, XSD
from graph.statements.writer import number


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two projects that are alike, the score of that, and its parts in words."""

    a: str
    b: str
    score: float
    reason: str


def reason(likeness: Likeness, words: Sequence[str]) -> str:
    """Return the parts of a score as a Japanese sentence."""
    parts = f"名称の一致{likeness.names:.2f}、全文の類似{likeness.text:.2f}"
    parts += {1.0: "、国の要綱の分野が同じ", 0.6: "、国の要綱の分野が上下の関係", 0.0: "、国の要綱の分野が異なる"}.get(
        likeness.field, ""
    )
    return f"{parts}。共通の語：{'、'.join(words)}。" if words else f"{parts}。"


def _utc(when: str) -> str:
    """Return a time in the form in which every store gives it back: in UTC, without a fraction of a second."""
    moment = datetime.fromisoformat(when)
    return (moment.astimezone(UTC) if moment.tzinfo else moment).strftime("%Y-%m-%dT%H:%M:%SZ")


class Matches:
    """Makes the statements of alignments of one library."""

    def __init__(self, base: str) -> None:
        self._ids = Identifiers(base)
        self.graph = NamedNode(self._ids.make("matches", "library"))

    def proposal(self, found: Proposal) -> Iterator[Quad]:
        """Yield the statements of what a score proposes."""
        agent = NamedNode(self._ids.make("agent", "renkei"))
        yield self._quad(agent, RDF.type, PROV.SoftwareAgent)
        yield self._quad(agent, RDFS.label, Literal("連携", language="ja"))
        yield self._quad(agent, SDO.softwareVersion, Literal(metadata.version("renkei")))
        node = self._node(found.a, found.b, "proposed")
        yield from self._alignment(node, (found.a, found.b), "proposed", found.reason, agent)
        things = [self._ids.record(each) for each in (found.a, found.b)]
        yield from (self._quad(node, RK.aligns, NamedNode(thing)) for thing in things)
        yield self._quad(node, RK.score, number(found.score))
        yield from self._links(*things)

    def judgement(self, found: Judgement, things: Sequence[str]) -> Iterator[Quad]:
        """Yield the statements of what a person judged of two things by their IRIs, in the order of ``found.pair``."""
        person = NamedNode(self._ids.make("agent", "person", found.by))
        yield self._quad(person, RDF.type, PROV.Person)
        yield self._quad(person, RDFS.label, Literal(found.by, language="ja"))
        node = self._node(*found.pair, "judged")
        yield from self._alignment(node, found.pair, found.verdict, found.why, person)
        yield from (self._quad(node, RK.aligns, NamedNode(thing)) for thing in things)
        yield self._quad(node, PROV.generatedAtTime, Literal(_utc(found.when), datatype=XSD.dateTime))
        if found.verdict == "same":
            yield from self._links(*things)

    def named(self, thing: str) -> tuple[str, str]:
        """Return the IRIs that the id of a project or a department can stand for."""
        owner, *path = thing.split("/")
        return self._ids.record(thing), self._ids.department(owner, path)

    def _alignment(
        self, node: NamedNode, pair: tuple[str, str], verdict: str, why: str, agent: NamedNode
    ) -> Iterator[Quad]:
        said = vocabulary.concept("Verdicts", verdict)
        yield self._quad(node, RDF.type, RK.Alignment)
        yield self._quad(node, RDF.type, PROV.Entity)
        yield self._quad(
            node, RDFS.label, Literal(f"{said.label if said else verdict}：{pair[0]} と {pair[1]}", language="ja")
        )
        if said:
            yield self._quad(node, RK.verdict, said.node)
            yield self._quad(said.node, RDF.type, SKOS.Concept)
            yield self._quad(said.node, SKOS.prefLabel, Literal(said.label, language="ja"))
            yield self._quad(said.node, SKOS.notation, Literal(verdict))
            yield self._quad(said.node, SKOS.inScheme, said.scheme)
        yield self._quad(node, RK.reason, Literal(why, language="ja"))
        yield self._quad(node, PROV.wasAttributedTo, agent)

    def _links(self, a: str, b: str) -> Iterator[Quad]:
        one, other = NamedNode(a), NamedNode(b)
        yield self._quad(one, SKOS.closeMatch, other)
        yield self._quad(other, SKOS.closeMatch, one)

    def _node(self, a: str, b: str, how: str) -> NamedNode:
        return NamedNode(self._ids.make("match", *a.split("/"), *b.split("/"), how))

    def _quad(self, subject: NamedNode, predicate: NamedNode, thing: NamedNode | Literal) -> Quad:
        return Quad(subject, predicate, thing, self.graph)
