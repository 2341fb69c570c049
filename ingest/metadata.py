"""What the first pages of a document say of it as a whole: dates, period, draft mark, the laws it rests on."""

import re

import msgspec

from ingest import years
from ingest.document import Document
from ingest.parties import Parties, names_in
from ingest.records import DocumentRecord, Kind, PartyRecord, Period, Source
from ingest.text import clean, nfkc
from ingest.titles import COVER, DRAFT, without_draft

_EFFECTIVE = re.compile(
    r"(?:この|本)[^。]{0,20}(?:協約|協定|規約|覚書)[^。]{0,20}?(?P<when>[^。、]{4,30}?)から(?:施行|効力を(?:生|発)|発効|適用)"
)
_EFFECTIVE_AT = re.compile(
    r"(?:この|本)[^。]{0,20}(?:協約|協定|規約|覚書)[^。]{0,12}?(?P<when>(?:令和|平成|20\d\d)[^。、]{3,24}日)に[、]?効力を(?:生|発)"
)
_EFFECTIVE_AHEAD = re.compile(
    r"(?P<when>(?:令和|平成|20\d\d)[^。、]{3,24}日)から[、]?(?:この|本)[^。]{0,30}(?:施行|効力|発効|適用)"
)
_EFFECTIVE_DURING = re.compile(
    r"(?:有効期間|協約の期間|協定の期間|期間)は[、]?(?P<when>(?:令和|平成|20\d\d)[^。、]{3,24}日)から[^。]{0,30}まで"
)
_EFFECTIVE_AT_ONCE = re.compile(
    r"(?:この|本)[^。]{0,20}(?:協約|協定|規約|覚書)は[、]?(?:その)?(?:締結|調印|成立)(?:の|した)日から(?:施行|効力を(?:生|発)|発効|適用)"
)
_AROUND_DATES = re.compile(r"[\d元年月日()令和平成昭現在付け発行作成改訂策定版更新変改一部正公表 .,/:・、時点]")
# The date on which a page went onto the web, which is not that of the paper on it.
_OF_PAGE = re.compile(r"(?:最終)?(?:公開|更新|掲載|登録)(?:年月)?日")
_LATER_ARTICLE = re.compile(r"第(?:[3-9]|[三四五六七八九]|1\d)条")
_ON_PERIOD = re.compile(r"計画期間|取組の?期間|期間は|期間を|実施期間|の期間")
_HEADS_PERIOD = re.compile(r"^.{0,8}期間$")
_MADE = re.compile(
    r"(?P<date>(?:令和|平成|20\d\d)\S{1,3}年\d{1,2}月(?:\d{1,2}日)?)に?(?:策定|作成|公表|決定)(?:[。、]|しま?した)"
)
_BODY_BEHIND = re.compile(
    r"(?<=[日月])\s*\S{2,16}(?:会議|協議会|懇談会|委員会|[市町村区]役?[所場]?|部|課|局|室|組合|連合|県)(?:\s*(?:配付)?資料\s*\d*(?:-\d+)?)?$"
)
_VALIDITY = re.compile(r"(?:有効期間|協定期間|協約の期間|期間)[^。]{0,20}")
_LAW = re.compile(
    r"(?P<law>[一-鿿ァ-ヺーぁ-ん]*?(?:法|法律|要綱|条例|規則))(?P<number>\([^()]{4,60}?(?:第\d+号|通知)[^()]*\))?(?P<article>第\d+(?:条(?:の\d+)*)?(?:第\d+項)?(?:第\d+号)?)"
)
_OUTLINE = re.compile(
    r"(?P<law>[一-鿿ァ-ヺー]{4,30}?(?:要綱|要領|条例))[」』]?(?P<number>\([^()]{4,60}?(?:第\d+号|通知)[^()]*\))?[」』]?(?=に基づ|に規定|の規定|により|に定め|の趣旨)"
)
_MEMORANDUM = re.compile(r"[「『](?P<name>[^「」『』]{4,60}?(?:覚書|協定書?|協約書?))[」』]に基づ")
_BASED = re.compile(r"(?:に基づ|に規定|の規定|により定め|に定める)")


def is_draft(document: Document) -> bool:
    """Tell whether the first lines call the document a draft (案, 素案, 未定稿)."""
    return any(DRAFT.search(nfkc(text)) and len(text) <= 70 for _, text in document.cover)


def issued(document: Document) -> str | None:
    """Return the date on the cover: a line that holds a date and little else; of a revised paper that of its revision."""
    dates: list[tuple[str, bool]] = []
    of_page: str | None = None
    for _, raw in document.numbered[:COVER]:
        cells = [cell for cell in raw.split("\t") if cell.strip()]
        if len(cells) == 1:
            raw = cells[0]  # noqa: PLW2901  a date far to the right in a workbook
        elif len(cells) == 2 and re.fullmatch(
            r"(?:更新|作成|策定|公表|発行|改訂|改定)(?:日|年月日?|時期)", clean(cells[0])
        ):
            raw = cells[1]  # noqa: PLW2901  the row of a cover sheet: 更新日 | 2024年7月31日
        elif 2 <= len(cells) <= 3 and years.iso_date(cells[0]):
            raw = cells[0]  # noqa: PLW2901  a date beside other words in a row of a cover
        text = clean(raw)
        if made := _MADE.match(text):
            text = made["date"]
        if "\t" in raw or len(text) > 40:
            continue
        changed = re.search(r"[(\s]([^()\s]*\d+[年月日][^()]*?(?:改訂|改定|変更))", text)
        when = years.iso_date(changed[1] if changed else text)
        if when and len(_AROUND_DATES.sub("", _beside_date(text))) <= 2:
            if _OF_PAGE.match(text):
                of_page = of_page or when
                continue
            dates.append((when, bool(re.search(r"変更|改訂|改定|更新(?!日)|一部改正", text))))
    revised = [when for when, changed in dates if changed]
    return revised[-1] if revised else dates[0][0] if dates else of_page


def _beside_date(text: str) -> str:
    """Return a line without the municipality or body that may stand beside its date (令和6年9月 姫路市)."""
    for name in names_in(text):
        text = text.replace(name, "")
    return _BODY_BEHIND.sub("", text)


def signed(document: Document) -> str | None:
    """Return the date of signing of an agreement: the last line that is a date alone, before any annex."""
    found = None
    for _, raw in document.numbered:
        text = clean(raw)
        if text.startswith("別表"):
            break
        if len(text) <= 24 and (when := years.iso_date(text)) and re.match(r"^(?:令和|平成|昭和|20|19)", text):
            found = when
    return found


def effective(document: Document) -> str | None:
    """Return the date from which an agreement holds, where a sentence says so."""
    text = " ".join(clean(raw) for _, raw in document.flow if "\t" not in raw)
    for pattern in (_EFFECTIVE, _EFFECTIVE_AT, _EFFECTIVE_AHEAD, _EFFECTIVE_DURING):
        for match in pattern.finditer(text):
            when = years.iso_date(match["when"])
            if when:
                return when
    return signed(document) if _EFFECTIVE_AT_ONCE.search(text) else None


def plan_period(document: Document) -> Period | None:
    """Return the fiscal years of a plan: from its title or the lines right below, else from the first sentence on it."""
    cover = [text for _, text in document.cover]
    near = next(
        (cover[i : i + 5] for i, text in enumerate(cover) if document.title.startswith(without_draft(text))), []
    )
    for text in [document.title, *near]:
        if "\t" not in text and (found := years.period(text)):
            return Period(*found)
    above = ""
    for _, raw in document.flow:
        headed = bool(_HEADS_PERIOD.search(above))
        text, above = (f"{above} {clean(raw)}" if len(above) < 24 else clean(raw)), clean(raw)
        if (headed or _ON_PERIOD.search(text)) and (found := years.period(text)):
            return Period(*found)
    return None


def validity(document: Document) -> Period | None:
    """Return the period that an article on the validity of an agreement names."""
    for _, raw in document.flow:
        text = clean(raw)
        if not _VALIDITY.search(text) or "協" not in text:
            continue
        if found := years.period(text):
            return Period(*found)
        ends = re.search(r"(?P<first>\S{4,16}日)から(?P<last>\S{4,16}日)まで", text)
        first, last = (years.iso_date(ends[g]) for g in ("first", "last")) if ends else (None, None)
        if first and last:
            return Period(_fiscal_year(first), _fiscal_year(last))
    return None


def _fiscal_year(date: str) -> int:
    """Return the fiscal year of an ISO date: it begins in April."""
    return int(date[:4]) - (date[5:7] < "04")


def reported_year(document: Document) -> Period | None:
    """Return the fiscal year that the title of a yearly report names."""
    found = years.fiscal_years_in(document.title)
    return Period(found[0], found[-1]) if found else None


def legal_basis(document: Document) -> tuple[str, ...]:
    """Return the laws, outlines and memoranda on which a document says that it rests.

    Of an agreement only the preamble and the first articles count: later ones cite laws for their procedures.
    """
    found: list[str] = []
    for _, raw in document.flow:
        text = clean(raw) if "\t" not in raw else ""
        if _LATER_ARTICLE.match(text):
            break
        if not _BASED.search(text):
            continue
        found += [clean(m["name"]) for m in _MEMORANDUM.finditer(text)]
        for match in _OUTLINE.finditer(text):
            found.append(f"{match['law']}{match['number'] or ''}")
        for match in _LAW.finditer(text):
            law = re.sub(r"^.*?(?:は|、|を|が|し|する|の、|において)(?=[一-鿿ァ-ヺ])", "", match["law"])
            found.append(f"{law}{match['number'] or ''}{match['article']}")
    return tuple(dict.fromkeys(found))


def document_record(document: Document, kind: Kind) -> DocumentRecord:
    """Return the record of the document as a whole."""
    agreement = kind in ("agreement", "settlement-agreement")
    record = DocumentRecord(
        id=document.id,
        document=document.id,
        source=Source(document.lines[0].page if document.lines else None, (1, max(1, len(document.lines)))),
        title=document.title,
        kind=kind,
        issued=signed(document) or issued(document) if agreement else issued(document),
        draft=is_draft(document),
        file=document.file,
        media_type=document.extract.media_type,
        sha256=document.sha256,
        pages=document.extract.pages,
        legal_basis=legal_basis(document),
    )
    if agreement:
        return replace_fields(record, effective=effective(document), period=validity(document))
    return replace_fields(record, period=reported_year(document) if kind == "status-report" else plan_period(document))


def replace_fields(record: DocumentRecord, **changes: object) -> DocumentRecord:
    """Return the record with other values for some fields."""
    return msgspec.structs.replace(record, **changes)


def party_records(document: Document, parties: Parties) -> list[PartyRecord]:
    """Return the records of the parties, each at the line that first names it."""
    return [
        PartyRecord(
            id=f"{document.id}/party-{party.code or party.name}",
            document=document.id,
            source=Source(document.lines[party.line - 1].page, (party.line, party.line)),
            municipality=party.name,
            code=party.code,
            symbol=party.symbol,
            capacity=party.capacity,
            signatory=party.signatory,
            address=party.address,
        )
        for party in parties.members
    ]
