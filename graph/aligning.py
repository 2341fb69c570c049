"""Keeps the alignments that a store holds up to date with its documents and with what people have judged.

Only pairs with a changed document are compared anew. A library of more than ``MOST`` projects is not compared as
documents come in, so that one document more costs no look at all others; ``every`` compares it when asked.
"""

from collections.abc import Collection, Iterable, Iterator

from graph.alignment import proposals, works
from graph.judgements import Judgement, latest
from graph.likeness import shared_words
from graph.queries import query
from graph.statements.matches import Matches, Proposal, reason
from graph.stores import Store
from graph.things import id_of

MOST = 2000
"""Projects up to which documents that come in are compared with all others."""


def align(
    store: Store,
    base: str,
    changed: Collection[str],
    judgements: Iterable[Judgement],
    *,
    every: bool = False,
) -> int:
    """Bring the alignments of a store up to date; return by how many statements its union grew.

    ``changed`` are the ids of documents that are new, changed or gone. A proposal says no time: the same documents give
    the same statements.
    """
    matches, said = Matches(base), latest(judgements)
    kept = [] if every else [each for each in _stored(store) if not _documents(each) & set(changed)]
    if every or _count(store) <= MOST:
        kept += _compared(store, None if every else changed)
    proposed = [quad for each in kept if (each.a, each.b) not in said for quad in matches.proposal(each)]
    for each in said.values():
        things = [found for end in each.pair if (found := _there(store, matches, end))]
        proposed += matches.judgement(each, things) if len(things) == len(each.pair) else ()
    return store.replace("", proposed)


def _compared(store: Store, documents: Collection[str] | None) -> Iterator[Proposal]:
    known = works(store)
    for a, b, likeness in proposals(known, documents):
        words = shared_words(known.all[a].text, known.all[b].text)
        yield Proposal(a, b, likeness.score, reason(likeness, words))


def _count(store: Store) -> int:
    return int(str(store.select("SELECT (COUNT(?p) AS ?n) WHERE { ?p a rk:Measure }")[0]["n"]))


def _there(store: Store, matches: Matches, thing: str) -> str | None:
    """Return the IRI of the project or the department of an id, if the store has it."""
    kinds = ("rk:Measure", "org:OrganizationalUnit")
    for iri, kind in zip(matches.named(thing), kinds, strict=True):
        if store.select(f"SELECT ?thing WHERE {{ BIND (<{iri}> AS ?thing) ?thing a {kind} }}"):
            return iri
    return None


def _stored(store: Store) -> list[Proposal]:
    return [
        Proposal(
            id_of(str(row["a"])),
            id_of(str(row["b"])),
            float(str(row["score"])),
            str(row["reason"]),
        )
        for row in store.select(query("alignments"))
    ]


def _documents(each: Proposal) -> set[str]:
    return {each.a.partition("/")[0], each.b.partition("/")[0]}
