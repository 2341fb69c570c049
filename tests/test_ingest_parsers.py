"""Which parser reads a document: told by what it holds, one alone, or none."""

from types import SimpleNamespace

import pytest

from corpus import SAMPLES, lines_of, read_text
from ingest.document import Document
from ingest.errors import AmbiguousDocument
from ingest.extract import Extract
from ingest.parsers import PARSERS, parse
from ingest.records import DocumentRecord, FindingRecord, PartyRecord, ProjectRecord

KINDS = {
    "chitose-eniwa-plan-2024": "plan",
    "iwamizawa-bibai-agreement-2025": "agreement",
    "sapporo-ishikari-agreement-2019": "agreement",
    "sapporo-status-2019": "status_report",
    "sapporo-briefing-2018": "briefing",
}
UNKNOWN = "盛岡市・滝沢市 合同防災訓練の記録\n\n令和5年9月1日\n\n朝から雨が降ったが、訓練は予定どおり行われた。\n"


def document(text: str, name: str = "paper.txt") -> Document:
    """Return a text as a document in reading, under a name that says nothing."""
    return Document("paper", name, "0" * 64, Extract(lines_of(text), "text/plain"))


@pytest.mark.parametrize(("stem", "parser"), KINDS.items())
def test_a_document_is_claimed_by_its_parser_alone_whatever_its_file_is_called(stem: str, parser: str) -> None:
    read = document((SAMPLES / f"{stem}.txt").read_text("utf-8"))
    assert [name for name, module in PARSERS.items() if module.identify(read)] == [parser]


def test_a_document_that_two_parsers_claim_is_an_error_that_names_both() -> None:
    greedy = SimpleNamespace(identify=lambda _: True, parse=lambda _: iter(()))
    with pytest.raises(AmbiguousDocument, match=r"paper\.txt.*one and other"):
        parse(document(UNKNOWN), {"one": greedy, "other": greedy})


def test_a_document_of_no_known_kind_has_its_record_its_parties_and_a_finding() -> None:
    records = read_text("kiroku.txt", UNKNOWN)
    (head,) = [r for r in records if isinstance(r, DocumentRecord)]
    assert (head.kind, head.issued) == ("other", "2023-09-01")
    assert [p.municipality for p in records if isinstance(p, PartyRecord)] == ["盛岡市", "滝沢市"]
    assert [f.subject for f in records if isinstance(f, FindingRecord)] == ["kiroku"]


def test_an_empty_document_is_no_failure() -> None:
    assert [type(r) for r in read_text("empty.txt", "\n\n")] == [DocumentRecord, FindingRecord]


def test_a_cover_that_parts_its_municipalities_by_wide_blanks_names_them_all() -> None:
    records = read_text("paper.txt", "渡良瀬共同事業計画\n足利市　佐野市　板倉町\n令和6年3月\n")
    assert [r.municipality for r in records if isinstance(r, PartyRecord)] == ["足利市", "佐野市", "板倉町"]


def test_a_subsidy_among_the_amounts_of_a_budget_is_a_kind_of_cost() -> None:
    rows = (
        "事業名\t路線バスの維持",
        "連携市町村\t足利市、佐野市",
        "事業概要\t市境を越える路線を支える。",
        "事業費（千円）\t\t\tR6\tR7",
        "\t補助金\t足利市\t-\t320",
        "\t\t佐野市\t150\t0",
        "補助金\t地域公共交通の補助制度",
    )
    (project,) = [
        r for r in read_text("paper.txt", "共生ビジョン\n\n" + "\n".join(rows)) if isinstance(r, ProjectRecord)
    ]
    assert [(b.label, b.municipality, b.amounts) for b in project.budget] == [
        ("補助金", "足利市", {"2024": None, "2025": 320}),
        ("補助金", "佐野市", {"2024": 150, "2025": 0}),
    ]
