"""The contract of the API: every operation with its parameters and the type of its answer.

The OpenAPI document, the page that explains the API and the tests are all made from this table; its words are those of
the catalogues (``api.op.{name}``, ``api.param.{name}``).
"""

from dataclasses import dataclass
from typing import Any

from graph.things import KINDS as KINDS_OF_THINGS
from ingest.records import TYPES, AnyRecord, DocumentRecord, ProjectRecord
from search.model import FACETS, SORTS
from web.api import answers
from web.api.listing import FORMATS, MAXIMUM, ROWS
from web.api.parameters import KNOWN_BY
from web.pages.findings import KINDS
from web.pages.paging import MAXIMUM_LIMIT
from web.pages.plans import BUDGET_BY
from web.plans.judging import VERDICTS

Schema = dict[str, Any]

CHOICE = ("document", "municipality", "area")
"""What the views on plans can be narrowed by."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an address: its JSON schema, an example, and whether it can be given several times or must be."""

    schema: Schema
    example: str | None = None
    many: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation: its endpoint, the type of its answer, and the names of its parameters.

    Where ``rows`` is given the answer is a window of a list under that name, which CSV can have as well. ``extra``
    stands beside the fields of a record.
    """

    name: str
    endpoint: str
    answer: Any
    parameters: tuple[str, ...] = ()
    rows: str | None = None
    extra: type | None = None
    largest: int = MAXIMUM

    @property
    def spelt(self) -> tuple[str, ...]:
        """The names of its parameters in the address."""
        return tuple(dict.fromkeys(SPELT.get(name, name) for name in self.parameters))


def _text(example: str | None = None, *, many: bool = False, required: bool = False, **more: object) -> Parameter:
    return Parameter({"type": "string", **more}, example, many, required)


PARAMETERS: dict[str, Parameter] = {
    "q": _text("航空写真", maxLength=400),
    "document": _text(many=True),
    "municipality": _text("012246", many=True),
    "area": _text(many=True),
    "department": _text(many=True),
    "type": _text(many=True),
    "kind": _text(many=True),
    "rating": _text("◎", many=True),
    "year": Parameter({"type": "integer", "minimum": 1900, "maximum": 2200}, "2024"),
    "years": _text("2024", many=True),
    "any_municipality": _text("千歳市", many=True),
    "any_document": _text(many=True),
    "sort": _text(enum=list(SORTS)),
    "verdict": _text(many=True, enum=list(VERDICTS)),
    "finding": _text(many=True, enum=list(KINDS)),
    "record": _text(many=True, enum=list(TYPES)),
    "by": _text(enum=list(BUDGET_BY)),
    "columns": _text(enum=["document", "municipality"]),
    "law": _text("地方自治法", many=True),
    "typed": _text("ちとせ"),
    "a": _text(required=True, pattern=r"\S"),
    "b": _text(required=True, pattern=r"\S"),
    "document_a": _text(required=True),
    "document_b": _text(required=True),
    "department_a": _text(),
    "department_b": _text(),
    "one_document": _text(),
    "one_area": _text(),
    "one_of": _text("012246", many=True),
    "k": Parameter({"type": "integer", "minimum": 1, "maximum": 10}, "3"),
    "hubs": _text(),
    "every": _text(),
    "thing": _text("012246", required=True, pattern=r"\S"),
    "depth": _text(enum=["1", "2"]),
    "without": _text(many=True, enum=list(KINDS_OF_THINGS)),
    "suggest": Parameter({"type": "integer", "minimum": 1, "maximum": 50}),
    "limit": Parameter({"type": "integer", "minimum": 1}),
    "offset": Parameter({"type": "integer", "minimum": 0, "maximum": 10_000_000, "default": 0}),
    "format": _text(enum=list(FORMATS)),
    "bom": _text(enum=["0", "1"]),
    "since": _text("2026-04-01", format="date"),
}
"""The parameters by name in this table; ``SPELT`` has the name in the address where that is another one."""

SPELT = {
    "finding": "kind",
    "record": "type",
    "years": "year",
    "any_municipality": "municipality",
    "any_document": "document",
    "typed": "q",
    "department_a": "a",
    "department_b": "b",
    "document_a": "a",
    "document_b": "b",
    "one_document": "document",
    "one_area": "area",
    "one_of": "municipality",
    "suggest": "limit",
}

KNOWN = {
    "document": "documents", "one_document": "documents", "document_a": "documents", "document_b": "documents",
    "municipality": "municipalities", "one_of": "municipalities", "department_a": "departments", "department_b": "departments",
}  # fmt: skip
"""Parameters whose values are those that the library holds."""

WINDOW = ("limit", "offset", "format", "bom")

_FREE = {"year": "years", "municipality": "any_municipality", "document": "any_document"}
_FACETS = tuple(_FREE.get(name, name) for name in FACETS)

OPERATIONS = (
    Operation("search", "v1.find", answers.SearchAnswer, ("q", *_FACETS, "sort", *WINDOW), largest=MAXIMUM_LIMIT),
    Operation("suggest", "completion.suggest", answers.SuggestAnswer, ("typed", "suggest")),
    Operation("documents", "v1.documents", DocumentRecord, WINDOW, "documents", answers.DocumentAnswer),
    Operation("document", "v1.one_document", DocumentRecord, extra=answers.DocumentAnswer),
    Operation("changes", "v1.changes", answers.ChangeAnswer, ("since", *WINDOW), "changes"),
    Operation("records", "v1.records", AnyRecord, ("document", "record", *WINDOW), "records"),
    Operation("record", "v1.one_record", AnyRecord),
    Operation("projects", "v1.projects", answers.ProjectAnswer, (*CHOICE, "rating", "year", *WINDOW), "projects"),
    Operation("project", "v1.one_project", ProjectRecord, extra=answers.WithUrl),
    Operation("departments", "v1.departments", answers.DepartmentAnswer, ("one_of", *WINDOW), "departments"),
    Operation("department", "v1.one_department", answers.DepartmentAnswer),
    Operation("municipalities", "v1.municipalities", answers.MunicipalityAnswer, WINDOW, "municipalities"),
    Operation("figures", "plans_api.figures", answers.FigureAnswer, (*CHOICE, "rating", "verdict", *WINDOW), "figures"),
    Operation("schedules", "plans_api.schedules", answers.ScheduleAnswer, (*CHOICE, *WINDOW), "schedules"),
    Operation("budgets", "plans_api.budgets", answers.AmountAnswer, (*CHOICE, *WINDOW), "budgets"),
    Operation("sums", "plans_api.sums", answers.SumAnswer, ("by", *CHOICE, *WINDOW), "sums"),
    Operation("coverage", "plans_api.covered", answers.CoverageAnswer, ("columns", *CHOICE, *WINDOW), "coverage"),
    Operation("progress", "plans_api.progress", answers.ProgressAnswer, ("document", *WINDOW), "progress"),
    Operation("findings", "plans_api.findings", answers.FindingAnswer, ("document", "finding", *WINDOW), "findings"),
    Operation("legal", "plans_api.legal", answers.CitationAnswer, ("document", "law", *WINDOW), "citations"),
    Operation("quality", "plans_api.quality", answers.QualityAnswer, ("document", *WINDOW), "quality"),
    Operation("variants", "plans_api.variants", answers.VariantAnswer, ("document", *WINDOW), "variants"),
    Operation(
        "compare", "plans_api.compared", answers.AlignedAnswer, ("document_a", "document_b", *WINDOW), "projects"
    ),
    Operation(
        "shared_projects",
        "v1.shared_projects",
        answers.PairAnswer,
        ("one_of", "one_area", "department_a", "department_b", *WINDOW),
        "pairs",
    ),
    Operation("counterparts", "v1.counterparts", answers.CounterpartAnswer, WINDOW, "counterparts"),
    Operation("shared", "v1.shared", answers.SharedAnswer, ("a", "b")),
    Operation("path", "v1.path", answers.PathsAnswer, ("a", "b", "k", "hubs", "without")),
    Operation("ego", "v1.ego", answers.EgoAnswer, ("thing", "depth", "without")),
    Operation("central", "v1.central", answers.CentralAnswer, WINDOW, "departments"),
    Operation("bridges", "v1.bridges", answers.BridgesAnswer),
    Operation("communities", "v1.communities", answers.CommunityAnswer, WINDOW, "communities"),
    Operation("graph_coverage", "v1.coverage", answers.GraphCoverageAnswer, ("every",)),
    Operation("role_summaries", "v1.role_summaries", answers.RoleSummaryAnswer, WINDOW, "documents"),
    Operation("project_roles", "v1.project_roles", answers.ProjectRolesAnswer),
    Operation("chains", "v1.chains", answers.ChainAnswer, ("one_document", *WINDOW), "chains"),
    Operation("same_work", "v1.same_work", answers.MatchAnswer, WINDOW, "matches"),
)
"""Every operation, in the order in which the documentation shows them."""

ROWS.update({each.endpoint: (each.answer, *([each.extra] if each.extra else [])) for each in OPERATIONS if each.rows})
ROWS["v1.find"] = (answers.HitAnswer,)
KNOWN_BY.update({each.endpoint: each.spelt for each in OPERATIONS})
