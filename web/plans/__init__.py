"""What plans say in figures, computed once a state: indicators, money, schedules, coverage, progress, citations."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from graph.stores import Store
from ingest.library import State
from ingest.records import AnyRecord, FindingRecord, ImplementedItemRecord, ProgressCountRecord, ProjectRecord, Record
from web.directory import Directory
from web.kept import Kept
from web.plans.comparison import Comparison
from web.plans.figures import Board, Figure, figures_of
from web.plans.legal import Citation, citations_of
from web.plans.legend import Legend, read_legend
from web.plans.money import Amount, amounts_of
from web.plans.progress import Progress, progress_of
from web.plans.quality import Quality, quality_of
from web.plans.renamed import Joined, renamed
from web.plans.variants import Variant, variants_of

Kind = TypeVar("Kind", bound=Record)


class Plans:
    """The figures of a state; each part is made when it is first asked for, and kept as long as the state is open."""

    def __init__(self, state: State, directory: Directory, store: Store) -> None:
        self.state, self.directory, self._store = state, directory, store
        self.kept = Kept()
        self.comparisons: dict[tuple[str, str], Comparison] = {}
        self._variants: dict[str, list[Variant]] = {}
        self._texts: dict[str, list[str]] = {}

    def of_type(self, kind: type[Kind], tag: str) -> Iterator[Kind]:
        """Yield the records of a type; documents without one are not read."""
        for document, entry in self.state.documents.items():
            if tag in entry.counts:
                yield from (record for record in self.state.records(document) if isinstance(record, kind))

    def text(self, document: str) -> list[str]:
        """Return the lines of a document."""
        if document not in self._texts:
            self._texts[document] = self.state.text(document)
        return self._texts[document]

    @cached_property
    def legends(self) -> dict[str, Legend]:
        """What the marks of each document mean, by its own legend; documents that print none are absent."""
        marks: dict[str, set[str]] = {}
        for project in self.directory.projects.values():
            marks.setdefault(project.document, set()).update(project.ratings)
        read = {document: read_legend(self.text(document), found) for document, found in marks.items() if found}
        return {document: legend for document, legend in read.items() if legend}

    @cached_property
    def distinct_legends(self) -> list[tuple[Legend, list[str]]]:
        """The legends that differ in their words, each with the documents that print it."""
        found: dict[tuple[tuple[str, str], ...], list[str]] = {}
        for document, legend in self.legends.items():
            found.setdefault(tuple(legend.words.items()), []).append(document)
        return [(self.legends[documents[0]], documents) for documents in found.values()]

    @cached_property
    def common_legend(self) -> Legend:
        """The words on which all legends agree, for a head over several documents."""
        words: dict[str, set[str]] = {}
        for legend in self.legends.values():
            for mark, word in legend.words.items():
                words.setdefault(mark, set()).add(word)
        return Legend({mark: said.pop() for mark, said in words.items() if len(said) == 1}, (0, 0))

    @cached_property
    def figures(self) -> list[Figure]:
        """Every indicator with its values and rating, in document order."""
        with_figures = {p.document for p in self.directory.projects.values() if p.has_indicators}
        with_figures |= {name for name, entry in self.state.documents.items() if "basic_indicator" in entry.counts}
        return [
            figure
            for name in self.state.documents
            if name in with_figures
            for figure in figures_of(self.directory.documents[name], self._records(name), self.legends.get(name))
        ]

    @cached_property
    def amounts(self) -> list[Amount]:
        """Every amount of every budget, each once: rows that only add up others are left out."""
        return [amount for project in self._projects() for amount in amounts_of(project, self.directory)]

    @cached_property
    def scheduled(self) -> list[str]:
        """The ids of the projects that have a schedule."""
        return [project.id for project in self.directory.projects.values() if project.has_schedule]

    @cached_property
    def with_figures(self) -> list[str]:
        """The documents that have indicators."""
        return list(dict.fromkeys(figure.document for figure in self.figures))

    @cached_property
    def with_schedules(self) -> list[str]:
        """The documents that have schedules."""
        return list(dict.fromkeys(self.directory.projects[key].document for key in self.scheduled))

    @cached_property
    def with_amounts(self) -> list[str]:
        """The documents that have budgets."""
        return list(dict.fromkeys(amount.document for amount in self.amounts))

    @cached_property
    def amounts_by_project(self) -> Mapping[str, list[Amount]]:
        """The amounts of each project that has a budget."""
        found: dict[str, list[Amount]] = {}
        for amount in self.amounts:
            found.setdefault(amount.project, []).append(amount)
        return found

    @cached_property
    def figures_by_document(self) -> Mapping[str, list[Figure]]:
        """The figures of each document that has some."""
        found: dict[str, list[Figure]] = {}
        for figure in self.figures:
            found.setdefault(figure.document, []).append(figure)
        return found

    def renamed(self) -> Mapping[str, Joined]:
        """Return the projects with indicators that go on with one that another document calls otherwise."""
        measured = [figure.project for figure in self.figures if figure.project]
        return self.kept.answer("renamed", lambda: renamed(self._store, self.directory.projects, measured))

    @cached_property
    def board(self) -> Board:
        """The board of all figures."""
        return Board(self.figures, self.directory.projects, self.renamed)

    @cached_property
    def progress(self) -> list[Progress]:
        """The progress over the years of each document that prints it."""
        found = []
        for name, entry in self.state.documents.items():
            if "progress_count" in entry.counts:
                counts = [r for r in self._records(name) if isinstance(r, ProgressCountRecord)]
                listed = len(self.directory.by_document.get(name, ()))
                found.append(progress_of(name, counts, self.text(name), listed))
        return found

    @cached_property
    def implemented(self) -> list[ImplementedItemRecord]:
        """What documents list as carried out."""
        return list(self.of_type(ImplementedItemRecord, "implemented_item"))

    @cached_property
    def citations(self) -> list[Citation]:
        """Every law, guideline or memorandum that a document names as its ground, with its place."""
        return [
            citation
            for name in self.state.documents
            for citation in citations_of(self.directory.documents[name], self._records(name), self.text(name))
        ]

    @cached_property
    def findings(self) -> list[FindingRecord]:
        """What a reader should know before trusting a document, in document order."""
        return list(self.of_type(FindingRecord, "finding"))

    @cached_property
    def marks(self) -> list[str]:
        """The marks in use, in the order of the legends; those that no legend explains come last."""
        used = {mark for _, mark in self.board.counts}
        explained = dict.fromkeys(mark for legend in self.legends.values() for mark in legend.words)
        return [*(mark for mark in explained if mark in used), *sorted(used - explained.keys())]

    @cached_property
    def quality(self) -> dict[str, Quality]:
        """How each document was read."""
        entries = self.state.documents
        return {name: quality_of(entry, self._records(name), self.text(name)) for name, entry in entries.items()}

    def variants(self, document: str) -> list[Variant]:
        """Return the words that a document writes in more than one way, worked out from its text; raises ``UnknownRecord``."""
        if document not in self._variants:
            self._variants[document] = variants_of(self.text(document))
        return self._variants[document]

    def _projects(self) -> Iterator[ProjectRecord]:
        yield from self.of_type(ProjectRecord, "project")

    def _records(self, document: str) -> list[AnyRecord]:
        return self.state.records(document)
