"""What all entries of a document share: its parties, its years, and the facets that follow from them."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from ingest.municipalities import resolve
from ingest.records import AnyRecord, Department, DocumentRecord, PartyRecord, ProjectRecord
from ingest.years import fiscal_years_in
from search.facets import KIND_LABELS, TYPE_LABELS, Pairs, department_pairs, path_pairs, word_pairs, year_pairs
from search.model import SearchDocument
from search.texts import lines_of, page, years_of

_TYPES: dict[str, Pairs] = {kind: ((kind, label),) for kind, label in TYPE_LABELS.items()}


class Context:
    """The records and the text of one document, and what is known of it as a whole."""

    def __init__(self, records: Sequence[AnyRecord], text: Sequence[str]) -> None:
        self.records, self.text = records, text
        self.head = next(r for r in records if isinstance(r, DocumentRecord))
        self.parties = [r for r in records if isinstance(r, PartyRecord)]
        self.projects = [r for r in records if isinstance(r, ProjectRecord)]
        self._symbols = {p.municipality: p.symbol for p in self.parties if p.symbol}
        self._facets: dict[str, dict[str, Pairs]] = {}
        self._codes = {p.municipality: p.code for p in self.parties if p.code}

    @cached_property
    def years(self) -> list[int]:
        """The fiscal years that the document is of: its period, else those of its title, else that of its date."""
        if self.head.period:
            return list(range(self.head.period.from_fy, self.head.period.to_fy + 1))
        if named := fiscal_years_in(self.head.title):
            return named
        date = self.head.issued or self.head.effective or ""
        return [int(date[:4]) - (date[5:7] < "04")] if len(date) >= 7 else []

    @cached_property
    def owners(self) -> list[str]:
        """The municipalities that the document is of."""
        return [p.municipality for p in self.parties]

    def municipality(self, name: str) -> tuple[str, str]:
        """Return (code, name); the name itself where no code is known."""
        if name not in self._codes:
            found = resolve(name, [p.code for p in self.parties if p.code])
            self._codes[name] = found.code if found else name
        return self._codes[name], name

    @cached_property
    def owner_pairs(self) -> Pairs:
        """The (code, name) pairs of the municipalities that the document is of."""
        return self.municipalities(self.owners)

    def municipalities(self, names: Sequence[str]) -> Pairs:
        """Return the (code, name) pairs of municipalities, each once."""
        return tuple(dict.fromkeys(map(self.municipality, names)))

    def entry(
        self,
        kind: str,
        entry_id: str,
        title: str,
        url: str,
        *,
        texts: Mapping[str, str | None],
        facets: Mapping[str, Pairs],
        lines: tuple[int, int] | None,
        number: str | None = None,
        branch: str | None = None,
        budget: float | None = None,
    ) -> SearchDocument:
        """Make an entry of this document: what is empty is left out."""
        pairs = {"type": _TYPES[kind], **self._shared, **facets}
        return SearchDocument(
            id=entry_id,
            type=kind,
            document=self.head.id,
            title=title,
            url=url,
            texts={name: text for name, text in texts.items() if text},
            facets={name: values for name, values in pairs.items() if values},
            number=number,
            branch=branch,
            date=self.head.issued or self.head.effective,
            budget=budget,
            lines=lines,
        )

    @cached_property
    def _shared(self) -> dict[str, Pairs]:
        """The facets that all entries have alike."""
        return {
            "kind": ((self.head.kind, KIND_LABELS[self.head.kind]),),
            "document": ((self.head.id, self.head.title),),
            "year": year_pairs(self.years),
        }

    def with_symbols(self, names: Sequence[str]) -> list[str]:
        """Return names with what this document calls them (甲 札幌市): whoever asks for one means the other too."""
        return [f"{self._symbols[name]} {name}" if name in self._symbols else name for name in names]

    def names_of(self, project: ProjectRecord) -> list[str]:
        """Return the municipalities that a project is of; those of the document where it names none itself."""
        listed = [d.municipality for d in project.departments] + [b.municipality for b in project.budget]
        return list(dict.fromkeys(filter(None, (*project.roles, *listed)))) or self.owners

    def units(self, department: Department) -> Pairs:
        """Return the pairs of a unit in charge and of all above it."""
        code, name = self.municipality(department.municipality) if department.municipality else ("", "")
        return department_pairs(code, name, department.path)

    def project_facets(self, project: ProjectRecord) -> dict[str, Pairs]:
        """Return the facets that a project has of its own, and its indicators with it."""
        if project.id not in self._facets:
            self._facets[project.id] = self._facets_of(project)
        return self._facets[project.id]

    def _facets_of(self, project: ProjectRecord) -> dict[str, Pairs]:
        units = (pair for department in project.departments for pair in self.units(department))
        return {
            "municipality": self.municipalities(self.names_of(project)),
            "area": path_pairs(project.area or ()),
            "department": tuple(dict.fromkeys(units)),
            "rating": word_pairs(i.rating for i in project.indicators),
            "year": year_pairs(years_of(project) or self.years),
        }

    def printed(self, lines: tuple[int, int]) -> str:
        """Return the source lines themselves."""
        return lines_of(*self.text[lines[0] - 1 : lines[1]])

    def line_url(self, lines: tuple[int, int]) -> str:
        """Return the page of the document's text, at these lines."""
        first, last = lines
        return self.page + (f"#L{first}" if first == last else f"#L{first}-{last}")

    @cached_property
    def page(self) -> str:
        """The page of the document."""
        return page("documents", self.head.id)
