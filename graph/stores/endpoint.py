"""Any SPARQL 1.1 server: ``sparql+https://host/path``, with ``?update=/path`` where it takes updates elsewhere.

Queries and updates go over HTTP as the SPARQL 1.1 Protocol has it. The union of the documents is written into the
server's default graph, so it needs no setting for unions. One update replaces a document: a server that runs updates
as transactions shows the old document or the new one.
"""

import base64
from collections.abc import Iterable, Iterator, Mapping
from http.client import HTTPException, HTTPResponse
from typing import Any, cast
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit, urlunsplit
from urllib.request import Request, urlopen

import pyoxigraph
from pyoxigraph import NamedNode, Quad, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat, Triple

from graph.errors import QueryInvalid, StoreReadOnly, StoreUnavailable
from graph.identifiers import GRAPHS, is_provenance, parse
from graph.namespaces import PREFIXES
from graph.stores import Results, Scope, Store
from graph.stores.terms import Plain, Row, bind, rows

_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9"
_PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
_FORGET = """
DELETE {{ ?s ?p ?o }} WHERE {{
  GRAPH <{graph}> {{ ?s ?p ?o }}
  FILTER NOT EXISTS {{ GRAPH ?other {{ ?s ?p ?o }} FILTER (?other != <{graph}>) }}
}} ;
DROP SILENT GRAPH <{graph}> ;
"""
_DROP = "DROP SILENT GRAPH <{graph}> ;\n"
_GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { } }"


class EndpointStore:
    """A store behind a SPARQL 1.1 server; ``timeout`` in seconds bounds each request."""

    def __init__(self, query_url: str, update_url: str | None, *, timeout: float = 60) -> None:
        self._query_url, self._headers = _without_password(query_url)
        self._update_url = _without_password(update_url)[0] if update_url else None
        self._timeout = timeout

    @property
    def memo(self) -> dict[str, Any]:
        """Nothing is kept: others may change what the server holds."""
        return {}

    def replace(self, document: str, quads: Iterable[Quad]) -> int:
        """Replace the document by one update."""
        new: dict[str, list[str]] = {}
        for quad in quads:
            new.setdefault(str(quad.graph_name)[1:-1], []).append(f"{quad.triple} .")
        named = self._named(document)
        text = "".join((_DROP if is_provenance(graph) else _FORGET).format(graph=graph) for graph in named)
        for graph, lines in new.items():
            stated = "\n".join(lines)
            union = "" if is_provenance(graph) else stated
            text += f"INSERT DATA {{ {union}\n GRAPH <{graph}> {{ {stated} }} }} ;\n"
        before = self.count()
        if text:
            self._update(text)
        return self.count() - before

    def remove(self, document: str) -> int:
        """Take the document out by one update."""
        return self.replace(document, ())

    def _named(self, document: str) -> list[str]:
        return [graph for graph, name in self._graphs() if name == document]

    def _graphs(self) -> list[tuple[str, str]]:
        names = [(str(row["g"]), parse(str(row["g"]))) for row in self.select(_GRAPHS)]
        ours = [(iri, name.document or "") for iri, name in names if name and name.kind in GRAPHS]
        return sorted(ours, key=lambda pair: (pair[1], pair[0]))

    def documents(self) -> list[str]:
        """Return the ids of the documents, sorted."""
        return sorted({name for _, name in self._graphs() if name})

    def graphs(self) -> list[str]:
        """Return the IRIs of the documents' graphs, those of their provenance included."""
        return [graph for graph, _ in self._graphs()]

    def select(self, text: str, **bindings: Plain) -> list[Row]:
        """Run a SELECT query, and return its rows as plain Python values."""
        found = self.query(bind(text, bindings))
        if not isinstance(found, QuerySolutions):
            raise QueryInvalid("a SELECT query is needed here")
        return rows(found)

    def query(self, text: str, scope: Scope | None = None, base: str | None = None) -> Results:
        """Run any SPARQL query; the answer is read whole before it is used."""
        form: dict[str, str | tuple[str, ...]] = {"query": (f"BASE <{base}>\n" if base else "") + _PROLOGUE + text}
        if scope:
            form |= {"default-graph-uri": scope.default, "named-graph-uri": scope.named}
        kind, body = self._post(self._query_url, form, _ACCEPT)
        try:
            if "sparql-results" in kind:
                return pyoxigraph.parse_query_results(body, QueryResultsFormat.JSON)
            return _as_triples(body)
        except (SyntaxError, ValueError) as error:
            raise StoreUnavailable(self._query_url, f"an answer that cannot be read: {error}") from error

    def triples(self, document: str | None = None) -> Iterator[Triple]:
        """Yield each statement once: those of one document, or all."""
        named = [] if document is None else [g for g in self._named(document) if not is_provenance(g)]
        for graph in named:
            yield from self.triples_in(graph)
        if document is None:
            yield from cast("QueryTriples", self.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"))

    def triples_in(self, graph: str) -> Iterator[Triple]:
        """Yield the statements of one named graph."""
        yield from cast(
            "QueryTriples", self.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
        )

    def quads(self) -> Iterator[Quad]:
        """Yield the statements of all documents with their graphs."""
        for graph, _ in self._graphs():
            for triple in self.triples_in(graph):
                yield Quad(triple.subject, triple.predicate, triple.object, NamedNode(graph))

    def count(self) -> int:
        """Count the statements, each once."""
        return int(str(self.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")[0]["n"]))

    def close(self) -> None:
        """Do nothing: every request is a connection of its own."""

    def _update(self, text: str) -> None:
        if self._update_url is None:
            raise StoreReadOnly(self._query_url)
        self._post(self._update_url, {"update": text}, "*/*")

    def _post(self, url: str, form: Mapping[str, str | tuple[str, ...]], accept: str) -> tuple[str, bytes]:
        headers = {**self._headers, "Accept": accept}
        # The scheme is http or https: open_url takes no other.
        request = Request(url, urlencode(form, doseq=True).encode("ascii"), headers)  # noqa: S310
        try:
            with cast("HTTPResponse", urlopen(request, timeout=self._timeout)) as response:  # noqa: S310
                return response.headers.get("Content-Type", ""), response.read()
        except HTTPError as error:
            reason = error.read(2000).decode("utf-8", "replace").strip()
            error.close()
            if error.code == 400:
                raise QueryInvalid(reason) from error
            raise StoreUnavailable(url, f"status {error.code}") from error
        except (URLError, HTTPException, OSError) as error:
            raise StoreUnavailable(url, error) from error


def _as_triples(body: bytes) -> QueryTriples:
    """Return triples of N-Triples as a query gives them, so that all stores answer alike."""
    store = pyoxigraph.Store()
    store.extend(pyoxigraph.parse(body, RdfFormat.N_TRIPLES))
    return cast("QueryTriples", store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"))


def _without_password(url: str) -> tuple[str, dict[str, str]]:
    """Take name and password out of a URL; they go into a header, and into no message."""
    parts = urlsplit(url)
    if parts.username is None:
        return url, {}
    login = base64.b64encode(f"{parts.username}:{parts.password or ''}".encode()).decode("ascii")
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])), {"Authorization": f"Basic {login}"}


def open_url(url: str, writable: bool) -> Store:
    """Open the server of a URL; nothing is asked of it before the first query."""
    parts = urlsplit(url.removeprefix("sparql+"))
    options = parse_qs(parts.query)
    update = options.pop("update", [""])[0]
    query_url = urlunsplit(parts._replace(query=urlencode(options, doseq=True), fragment=""))
    return EndpointStore(query_url, urljoin(query_url, update) if writable else None)
