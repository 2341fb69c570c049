"""The answers of the API as types: what the views build, what mypy checks, and what the OpenAPI document is made from."""

from typing import TypedDict


class Ref(TypedDict):
    """A project by its id and title."""

    id: str
    title: str


class UnitAnswer(TypedDict):
    """A department as relations name it."""

    municipality: str | None
    path: list[str]
    id: str


class FacetValueAnswer(TypedDict):
    """A value of a facet, and how many entries choosing it gives."""

    value: str
    label: str
    count: int


class HitAnswer(TypedDict):
    """An entry that was found; ``matched`` are the words of the source by which it was."""

    id: str
    type: str
    document: str
    number: str | None
    branch: str | None
    title: str
    score: float
    snippet: str
    url: str
    lines: tuple[int, int] | None
    matched: list[str]


class SearchAnswer(TypedDict):
    """A page of what a search found."""

    query: str
    total: int
    took_ms: float
    did_you_mean: str | None
    facets: dict[str, list[FacetValueAnswer]]
    hits: list[HitAnswer]


class SuggestionAnswer(TypedDict):
    """A name that completes what was typed."""

    text: str
    type: str
    label: str
    count: int


class SuggestAnswer(TypedDict):
    """What completes a text."""

    query: str
    suggestions: list[SuggestionAnswer]


class ProjectAnswer(TypedDict):
    """A project as lists say it; ``municipalities`` and ``departments`` are keys."""

    id: str
    document: str
    number: str | None
    branch: str | None
    program: str | None
    title: str
    area: list[str]
    municipalities: list[str]
    departments: list[str]
    years: list[str]
    ratings: list[str]
    url: str


class DepartmentAnswer(TypedDict):
    """A department with the ids of its projects, of the departments below it, and of the rows of a 体系図 that name it."""

    id: str
    municipality: str
    path: list[str]
    projects: list[str]
    below: list[str]
    overview_rows: list[str]
    url: str


class MunicipalityAnswer(TypedDict):
    """A municipality and how many projects name it."""

    code: str | None
    name: str
    projects: int
    url: str


class PairAnswer(TypedDict):
    """Two departments of different municipalities with what they share."""

    a: UnitAnswer
    b: UnitAnswer
    count: int
    projects: list[Ref]


class CounterpartAnswer(TypedDict):
    """A department of another municipality with what is shared with it."""

    unit: UnitAnswer
    count: int
    projects: list[Ref]


class ThingAnswer(TypedDict):
    """A thing of the graph."""

    type: str
    id: str
    label: str
    url: str | None


class RelationAnswer(TypedDict):
    """Words in both languages."""

    ja: str
    en: str


class StepAnswer(TypedDict):
    """A step of a path; ``lines`` are null where it follows from a printed name alone."""

    start: ThingAnswer
    relation: RelationAnswer
    end: ThingAnswer
    sentence: RelationAnswer
    document: str | None
    lines: tuple[int, int] | None


class PathAnswer(TypedDict):
    """A path between two things."""

    length: int
    steps: list[StepAnswer]


class PathsAnswer(TypedDict):
    """The shortest paths between two things."""

    paths: list[PathAnswer]


class CentralAnswer(TypedDict):
    """A department with its place among all; the network may be so large that ``betweenness`` is an estimate."""

    unit: UnitAnswer
    partners: int
    projects: int
    betweenness: float
    betweenness_estimated: bool


class AreaCountAnswer(TypedDict):
    """An area and how much of the work is in it."""

    label: str
    count: int


class CommunityAnswer(TypedDict):
    """Departments that work together, and the areas of what they share."""

    units: list[UnitAnswer]
    projects: int
    areas: list[AreaCountAnswer]


class LikenessAnswer(TypedDict):
    """The parts of a score: names and text from 0 to 1, fields of the national guidelines (1 the same, 0 others)."""

    names: float
    text: float
    field: float


class JudgementAnswer(TypedDict):
    """Who said of two projects whether they are the same work, when (ISO time), and why."""

    by: str
    when: str
    why: str


class MatchAnswer(TypedDict):
    """A project that may be the same work as another: score, its parts, the words of both, what a person said of it."""

    id: str
    title: str
    score: float
    parts: LikenessAnswer
    words: list[str]
    verdict: str | None
    judgement: JudgementAnswer | None


class ValueAnswer(TypedDict):
    """A figure as printed, with its number and unit where one can be read; ``time`` is what it speaks of, as printed."""

    text: str
    value: float | None
    unit: str | None
    time: str | None


class FigureAnswer(TypedDict):
    """An indicator with its rating, the word that the document's legend has for it, and what the figures say."""

    document: str
    draft: bool
    project: str | None
    area: list[str]
    name: str
    year: int | None
    baseline: ValueAnswer | None
    target: ValueAnswer | None
    actual: ValueAnswer | None
    rating: str | None
    rating_word: str | None
    shared: bool
    verdict: str
    verdict_reason: str | None
    lines: tuple[int, int]
    url: str


class ScheduleAnswer(TypedDict):
    """A row of a schedule: the printed mark of each year that has one, and whether work goes on in a year."""

    project: str
    document: str
    title: str
    label: str | None
    marks: dict[str, str]
    running: list[str]
    url: str


class AmountAnswer(TypedDict):
    """A cell of a budget in thousand yen; ``value`` is null for a printed dash."""

    project: str
    document: str
    draft: bool
    area: str | None
    municipality: str | None
    label: str | None
    year: str
    value: float | None
    url: str


class SumAnswer(TypedDict):
    """A sum of a budget by document, area, municipality or project; ``value`` is null where all is blank."""

    key: str | None
    label: str | None
    draft: bool
    projects: int
    year: str
    value: float | None
    amounts: int
    blanks: int


class CoverageAnswer(TypedDict):
    """A cell of the coverage map; ``municipality`` is null for projects that name none."""

    area: list[str]
    municipality: str | None
    document: str | None
    projects: int
    url: str


class ProgressAnswer(TypedDict):
    """How many projects stood at a status, by year; ``totals`` are the sums over all statuses of the document."""

    document: str
    status: str
    counts: dict[str, int | None]
    totals: dict[str, int | None]
    lines: tuple[int, int]
    url: str


class FindingAnswer(TypedDict):
    """What a reader should know before trusting a document, with both places."""

    id: str
    document: str
    kind: str
    where: str
    says: str | None
    elsewhere: str | None
    subject: str | None
    lines: tuple[int, int]
    elsewhere_lines: tuple[int, int] | None
    url: str


class CitationAnswer(TypedDict):
    """A law, guideline or memorandum that a document cites; ``place`` is the number of the citing article."""

    law: str
    article: str | None
    document: str
    place: str | None
    ground: bool
    lines: tuple[int, int]
    url: str


class SpellingAnswer(TypedDict):
    """A way of writing a word, and the lines it stands on."""

    text: str
    lines: list[int]


class VariantAnswer(TypedDict):
    """A word that a document writes in more than one way; ``sound`` where the spellings only sound alike."""

    document: str
    sound: bool
    spellings: list[SpellingAnswer]
    url: str


class AlignedAnswer(TypedDict):
    """Two projects that are likely the same work; ``a`` or ``b`` is null where it stands in one document only."""

    a: Ref | None
    b: Ref | None
    score: float | None
    words: list[str]


class ProblemAnswer(TypedDict, total=False):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str


class DocumentAnswer(TypedDict):
    """What stands beside the record of a document: its lines, and how many records of each type were read."""

    lines: int
    counts: dict[str, int]


class WithUrl(TypedDict):
    """The address of the page of a record."""

    url: str


class SharedThingAnswer(ThingAnswer):
    """A thing that two others share, with its place."""

    document: str | None
    lines: tuple[int, int] | None


class SharedGroupAnswer(TypedDict):
    """What two things share of one kind."""

    kind: str
    count: int
    sentence: RelationAnswer
    things: list[SharedThingAnswer]


class SharedAnswer(TypedDict):
    """Two things and everything that they share."""

    a: ThingAnswer
    b: ThingAnswer
    groups: list[SharedGroupAnswer]


class NodeAnswer(ThingAnswer):
    """A thing with its distance from the one in the middle."""

    distance: int


class FoldAnswer(TypedDict):
    """What is folded away at a thing, by kind."""

    at: str
    count: int
    kinds: dict[str, int]


class EgoAnswer(TypedDict):
    """What surrounds a thing."""

    centre: ThingAnswer
    total: int
    nodes: list[NodeAnswer]
    links: list[StepAnswer]
    folded: list[FoldAnswer]


class BridgeUnitAnswer(TypedDict):
    """A department without which others would be cut off, with the sizes of the parts."""

    unit: UnitAnswer
    betweenness: float
    parts: list[int]


class BridgeLinkAnswer(TypedDict):
    """A single link that holds two parts together."""

    a: UnitAnswer
    b: UnitAnswer
    projects: list[Ref]
    sizes: list[int]


class BridgesAnswer(TypedDict):
    """The departments and links whose loss would cut others off."""

    units: list[BridgeUnitAnswer]
    links: list[BridgeLinkAnswer]


class CoverageAreaAnswer(TypedDict):
    """A field of work of the coverage of the graph."""

    key: str
    path: list[str]
    notation: str | None


class CoverageCellAnswer(TypedDict):
    """The projects of a municipality in a field by a document."""

    area: str
    municipality: str
    document: str
    projects: list[Ref]


class UnstatedAnswer(TypedDict):
    """The projects of a field that name no municipality."""

    area: str
    document: str
    projects: list[Ref]


class GraphCoverageAnswer(TypedDict):
    """Which municipality works in which field by which document; what is not listed is empty."""

    areas: list[CoverageAreaAnswer]
    municipalities: list[ThingAnswer]
    documents: list[ThingAnswer]
    cells: list[CoverageCellAnswer]
    unstated: list[UnstatedAnswer]
    empty: int


class RoleTextAnswer(TypedDict):
    """The role of a partner, with the spans of the words that the other has not."""

    municipality: str
    text: str
    spans: list[list[int]]


class RoleComparisonAnswer(TypedDict):
    """How the roles of two partners compare."""

    kind: str
    leader: str | None
    a: RoleTextAnswer
    b: RoleTextAnswer


class ProjectRolesAnswer(TypedDict):
    """How the roles of a project's partners compare."""

    id: str
    title: str
    kind: str | None
    comparisons: list[RoleComparisonAnswer]


class RoleSummaryAnswer(TypedDict):
    """How many projects of a document are of each kind of symmetry, and who leads how often."""

    document: str
    projects: int
    kinds: dict[str, int]
    leaders: dict[str, int]


class ChainIndicatorAnswer(TypedDict):
    """An indicator at the end of a chain."""

    name: str
    grade: str | None


class ChainSheetAnswer(TypedDict):
    """A sheet of a chain, with its money and its results."""

    id: str
    title: str
    score: float | None
    budget_thousand_yen: dict[str, float | None]
    indicators: list[ChainIndicatorAnswer]


class ChainAnswer(TypedDict):
    """A chain from an article to results; ``broken`` names the links that it lacks."""

    article: SharedThingAnswer | None
    measure: Ref | None
    sheets: list[ChainSheetAnswer]
    broken: list[str]


class ProjectChangeAnswer(TypedDict):
    """A project that came, went, or says other things in some fields."""

    id: str
    title: str
    kind: str
    fields: list[str]


class ChangeAnswer(TypedDict):
    """What a state of the library changed of one document; ``came`` and ``went`` count records by type."""

    state: str
    when: str
    document: str
    title: str
    kind: str
    came: dict[str, int]
    went: dict[str, int]
    projects: list[ProjectChangeAnswer]
    url: str


class QualityAnswer(TypedDict):
    """How a document was read: records by type, projects that fill a field, lines with text that records come from."""

    document: str
    counts: dict[str, int]
    filled: dict[str, int]
    lines: int
    read: int
    findings: dict[str, int]
    url: str
