"""Relations in words: what the end of a link is to its start, and the start to the end, in Japanese and English.

Whole sentences are data, in ``data/reference/relations.toml``.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode

from graph.namespaces import DCTERMS, ORG, PREFIXES, RK, SDO, SKOS

SENTENCES = Path(__file__).parent.parent / "data" / "reference" / "relations.toml"
"""The sentences, by the prefixed names of the relations that they say."""


@dataclass(frozen=True, slots=True)
class Words:
    """The end is the ``ja``/``en`` of the start; the start is the ``inverse_…`` of the end."""

    ja: str
    en: str
    inverse_ja: str
    inverse_en: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A link as a sentence with ``{start}`` and ``{end}``; ``back`` says it from its end."""

    ja: str
    en: str
    back_ja: str
    back_en: str


PARTY = Words("当事者", "party", "当事者となる文書", "document that it is a party of")
"""Between a document and a municipality that it is of; the graph says it by a membership."""

LISTED = Words(
    "体系図が記す部署",
    "department in the overview table",
    "体系図で並ぶ事業",
    "project beside it in the overview table",
)
"""Between a project and a unit that only the row of the overview table names; the graph says it by that row."""

_WORDS: dict[NamedNode, Words] = {
    RK.responsibleUnit: Words("担当部署", "department in charge", "担当する事業", "project in its charge"),
    RK.unit: Words("担当部署", "department in charge", "担当", "responsibility"),
    RK.namesUnit: Words("記載部署", "department named", "体系図の行", "row of the overview table"),
    RK.municipality: Words("関係市町村", "municipality concerned", "関係する事業", "project that concerns it"),
    RK.onBehalfOf: Words("所属市町村", "municipality", "担当", "responsibility"),
    RK.party: Words("役割を担う市町村", "municipality with the role", "役割分担", "role"),
    RK.measure: Words("事業", "project", "事業に関する記載", "statement about the project"),
    RK.indicator: Words("指標", "indicator", "値", "value"),
    RK.rates: Words("評価対象", "indicator rated", "評価", "rating"),
    RK.grade: Words("評価記号", "grade", "評価", "rating"),
    RK.subject: Words("対象", "subject", "要確認事項", "discrepancy"),
    RK.kind: Words("種別", "kind", "該当するもの", "thing of this kind"),
    RK.category: Words("区分", "category", "施設", "facility"),
    RK.signedBy: Words("署名者", "signatory", "署名した当事者", "party signed for"),
    ORG.subOrganizationOf: Words("上位の部署", "department above", "下位の部署", "division below"),
    ORG.unitOf: Words("市町村", "municipality", "部署", "department"),
    ORG.hasUnit: Words("部署", "department", "市町村", "municipality"),
    ORG.classification: Words("組織の種別", "kind of unit", "該当する部署", "unit of this kind"),
    ORG.member: Words("構成市町村", "member", "当事者としての立場", "membership"),
    ORG.organization: Words("連携の枠組み", "partnership", "当事者", "membership"),
    ORG.role: Words("立場", "capacity", "当事者", "membership"),
    ORG.postIn: Words("所属", "organisation of the post", "職", "post"),
    ORG.holds: Words("職", "post", "在職者", "holder"),
    DCTERMS.subject: Words("政策分野", "policy area", "分野の事業", "project of the area"),
    DCTERMS.isPartOf: Words("収録文書", "document", "収録内容", "part"),
    DCTERMS.source: Words("出典", "source", "記載内容", "statement"),
    DCTERMS.references: Words("根拠法令", "legal basis", "根拠とする文書", "document based on it"),
    DCTERMS.temporal: Words("期間", "period", "期間の対象", "thing of this period"),
    DCTERMS.type: Words("文書の種別", "kind of document", "該当する文書", "document of this kind"),
    SDO.containedInPlace: Words("所在市町村", "municipality", "施設", "facility"),
    SDO.legislationType: Words("種別", "kind of agreement", "該当する文書", "agreement of this kind"),
    SKOS.broader: Words("上位の分野", "broader area", "下位の分野", "narrower area"),
    SKOS.inScheme: Words("体系", "scheme", "項目", "concept"),
    SKOS.topConceptOf: Words("体系", "scheme", "最上位の項目", "top concept"),
}
RELATIONS: tuple[str, ...] = tuple(
    node.value
    for node in (
        RK.responsibleUnit,
        RK.municipality,
        DCTERMS.subject,
        DCTERMS.isPartOf,
        SKOS.broader,
        ORG.subOrganizationOf,
        ORG.unitOf,
    )
)
"""The relations that a path can take, besides those of a document and its parties, of a project and a unit listed with it."""

_BY_IRI = {node.value: said for node, said in _WORDS.items()}


def words(predicate: str) -> Words:
    """Return the words of a predicate; one without words is called by the last part of its IRI."""
    name = predicate.rpartition("#")[2].rpartition("/")[2]
    return _BY_IRI.get(predicate) or Words(name, name, f"{name}の元", f"{name} of")


@cache
def _file() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    with SENTENCES.open("rb") as file:
        return tomllib.load(file)


@cache
def _sentences() -> Mapping[str, Sentence]:
    return {_whole(name): Sentence(**said) for name, said in _file()["link"].items()}


def _whole(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return f"{PREFIXES[prefix]}{local}" if colon else name


def sentence(relation: str) -> Sentence:
    """Return the sentence of a relation that a path can take, or of ``party`` or ``listed`` (``graph.links``)."""
    return _sentences()[relation]


def shared_sentence(kind: str, language: str, **facts: object) -> str:
    """Return what two things have in common as a sentence; ``facts`` are ``a``, ``b`` and the count ``n``."""
    return _file()["shared"][kind][language].format(**facts)
