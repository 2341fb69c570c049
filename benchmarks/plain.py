"""Two engines as they come, to measure ours beside: SQLite FTS5 and Tantivy, over the same words, fields and facets."""

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import tantivy

from search.japanese import cut
from search.model import FACETS, WEIGHTS, SearchDocument, SearchQuery, Term
from search.plan import runs_of

TOP = 20
Library = Mapping[str, Sequence[SearchDocument]]


class Fts:
    """SQLite FTS5 over our tokens, with facets in a table."""

    def __init__(self, folder: Path) -> None:
        self._base = sqlite3.connect(folder / "fts.db")
        self._rank = f"bm25(entry, {', '.join(map(str, WEIGHTS.values()))})"

    @staticmethod
    def build(folder: Path, made: Library) -> None:
        """Index all entries."""
        base = sqlite3.connect(folder / "fts.db")
        columns = ", ".join(WEIGHTS)
        base.execute(f"CREATE VIRTUAL TABLE entry USING fts5({columns}, tokenize='unicode61 remove_diacritics 0')")
        base.execute("CREATE TABLE facet (entry INTEGER, name TEXT, value TEXT)")
        marks = ", ".join("?" * len(WEIGHTS))
        for row, entry in enumerate((e for entries in made.values() for e in entries), 1):
            texts = [" ".join(_words(entry.text_of(field))) for field in WEIGHTS]
            base.execute(f"INSERT INTO entry(rowid, {columns}) VALUES ({row}, {marks})", texts)  # noqa: S608
            pairs = ((row, name, value) for name, values in entry.facets.items() for value, _ in values)
            base.executemany("INSERT INTO facet VALUES (?, ?, ?)", pairs)
        base.execute("CREATE INDEX facet_entry ON facet(entry)")
        base.execute("CREATE INDEX facet_value ON facet(name, value, entry)")
        base.commit()
        base.close()

    def query(self, asked: SearchQuery) -> int:
        """Score what matches, and return how much of it is shown."""
        select = f"SELECT rowid FROM entry WHERE {self._where(asked)} ORDER BY {self._rank} LIMIT {TOP}"  # noqa: S608
        return len(self._base.execute(select).fetchall())

    def answer(self, asked: SearchQuery) -> int:
        """Return how many hits a page, its total and its facets have."""
        where = self._where(asked)
        mark = "snippet(entry, -1, '[', ']', '…', 40)"
        select = f"SELECT rowid, {mark} FROM entry WHERE {where} ORDER BY {self._rank} LIMIT {TOP}"  # noqa: S608
        hits = self._base.execute(select).fetchall()
        self._base.execute(f"CREATE TEMP TABLE hit AS SELECT rowid AS entry FROM entry WHERE {where}")  # noqa: S608
        counts = "SELECT name, value, count(*) FROM hit JOIN facet USING (entry) GROUP BY name, value"
        self._base.execute(counts).fetchall()
        self._base.execute("DROP TABLE hit")
        return len(hits)

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def _where(self, asked: SearchQuery) -> str:
        words = " AND ".join(f"({' OR '.join(map(_match, group))})" for group in asked.groups)
        # The plus keeps SQLite from asking the full text anew for each row of the facet.
        narrowed = "+rowid IN (SELECT entry FROM facet WHERE name = '{}' AND value = '{}')"
        return " AND ".join([f"entry MATCH '{words}'", *(narrowed.format(*pair) for pair in asked.filters)])


class Tantivy:
    """Tantivy over our tokens: BM25 of each field times its weight, and its own aggregations."""

    def __init__(self, folder: Path) -> None:
        self._index = tantivy.Index.open(os.fspath(folder))
        self._searcher, self._schema = self._index.searcher(), self._index.schema
        self._facets = {name: {"terms": {"field": f"facet_{name}", "size": 200}} for name in FACETS}

    @staticmethod
    def build(folder: Path, made: Library) -> None:
        """Index all entries."""
        builder = tantivy.SchemaBuilder()
        for name in WEIGHTS:
            builder.add_text_field(name, stored=name == "overview", tokenizer_name="whitespace")
        for name in FACETS:
            builder.add_text_field(f"facet_{name}", fast=True, tokenizer_name="raw", index_option="basic")
        with tantivy.Index(builder.build(), path=os.fspath(folder)).writer(num_threads=1) as writer:
            for entry in (e for entries in made.values() for e in entries):
                document = tantivy.Document()
                for name in WEIGHTS:
                    document.add_text(name, " ".join(_words(entry.text_of(name))))
                for name, values in entry.facets.items():
                    for value, _ in values:
                        document.add_text(f"facet_{name}", value)
                writer.add_document(document)

    def query(self, asked: SearchQuery) -> int:
        """Score what matches, and return how much of it is shown."""
        return len(self._searcher.search(self._read(asked), limit=TOP).hits)

    def answer(self, asked: SearchQuery) -> int:
        """Return how many hits a page, its total and its facets have."""
        query = self._read(asked)
        found = self._searcher.search(query, limit=TOP)
        snippets = tantivy.SnippetGenerator.create(self._searcher, query, self._schema, "overview")
        for _, address in found.hits:
            snippets.snippet_from_doc(self._searcher.doc(address)).highlighted()
        self._searcher.aggregate(query, self._facets)
        return len(found.hits)

    def close(self) -> None:
        """Let go of the files."""
        del self._searcher, self._index

    def _read(self, asked: SearchQuery) -> Any:
        must = [(tantivy.Occur.Must, self._group(group)) for group in asked.groups]
        for name, value in asked.filters:
            term = tantivy.Query.term_query(self._schema, f"facet_{name}", value)
            must.append((tantivy.Occur.Must, tantivy.Query.const_score_query(term, 0.0)))
        return tantivy.Query.boolean_query(must)

    def _group(self, terms: Sequence[Term]) -> Any:
        runs = [[self._run(run.forms) for run in runs_of(cut(term.text))] for term in terms]
        either = [tantivy.Query.boolean_query([(tantivy.Occur.Must, run) for run in listed]) for listed in runs]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in either])

    def _run(self, forms: Sequence[str]) -> Any:
        fields = []
        for name, weight in WEIGHTS.items():
            query = (
                tantivy.Query.phrase_query(self._schema, name, list(forms))
                if len(forms) > 1
                else tantivy.Query.term_query(self._schema, name, forms[0])
            )
            fields.append((tantivy.Occur.Should, tantivy.Query.boost_query(query, weight)))
        return tantivy.Query.boolean_query(fields)


SIDES: Mapping[str, type[Fts] | type[Tantivy]] = {"fts5": Fts, "plain-tantivy": Tantivy}
"""The sides beside ours."""


def _match(term: Term) -> str:
    return " AND ".join(f'"{" ".join(run.forms)}"' for run in runs_of(cut(term.text)))


def _words(text: str) -> Iterator[str]:
    return (unit.form for unit in cut(text).units if any(map(str.isalnum, unit.form)))
