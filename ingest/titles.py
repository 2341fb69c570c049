"""The title of a document, found among its first lines: which of them end as titles do, and what goes on below one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.extract import Line
from ingest.text import clean, is_spaced

COVER = 60
"""How many of the first lines say what a document is."""

DRAFT = re.compile(
    r"[(【\[](?:案|素案|原案|骨子案|未定稿|たたき台|パブリックコメント案|中間案)[)】\]]|^(?:素案|原案|未定稿)$"
)
"""The mark of a draft."""

_TITLE_WORDS = re.compile(
    r"(?:計画書?|ビジョン|構想|プラン|協約書?|協定書?|覚書|規約|一覧表?|について|調書|個票|報告書?|資料|概要版?|方針|宣言書?|実施状況等?|進捗状況等?|評価|取組状況等?|(?:管理|評価|進捗|事業|検証)(?:表|シート)|達成状況|検証結果?|(?:年度|事業|取組|施策)\S{0,12}(?:実績|成果|結果)書?)"
    r"(?:\s*\(.{1,16}\)|【.{1,12}】|\d{4}|第\d期|等|表|の?(?:概要|一覧)|(?:令和|平成)\S{1,6})*$"
)
_NO_TITLE = re.compile(r"^(?:目的|第\d+条|\d+[\s.]|\(\d+\)|別表|\()(?!仮称)")
_FORM = re.compile(r"調書|個票|別冊$")
_OF_PLAN = re.compile(r"計画|ビジョン|プラン|構想")
_PREAMBLE = re.compile(r"以下、?「?甲|協[定約]を締結(?:する|した)")
_LOCATION = re.compile(r"(?:現在の?位置|ホーム|トップ)")
_BREADCRUMB = re.compile(r"^(?:現在の?位置|ホーム|トップ)\s*[:>＞]|(?:[^>＞]+\s*[>＞]\s*){2,}")
_EDITION = re.compile(r"^第\d+[期次版]|^\((?:令和|平成|20\d\d)[^()~〜-]{1,12}\)$")

_REPORTS = re.compile(
    r"^(?:令和|平成|R|H|20)\S{1,6}年度?の?\s?\S{0,16}(?:実施状況|進捗|実績|評価|検証|達成状況)\S{0,6}$"
)

_NOTE_BESIDE = re.compile(r"\(?単位[:：].{1,8}\)?|(?:参考)?(?:資料|別紙|別添|様式)\s*第?\d*(?:-\d+)?(?:号)?")

Cover = Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True, order=True)
class _Candidate:
    """A line that may be the title: lower ranks before higher ones, then earlier lines."""

    rank: int
    place: int
    text: str


def cover_of(numbered: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return the first lines, cleaned, one-character lines (協 / 定 / 書) joined: where a document says what it is."""
    joined: list[tuple[int, str]] = []
    run: list[tuple[int, str]] = []
    for number, raw in numbered[:COVER]:
        raw = _without_notes(raw)  # noqa: PLW2901  the row of a workbook: its title, and the unit far to the right
        text = clean(raw.lstrip("#○◯ \u3000")) if "\t" not in raw else raw
        if (_LOCATION.match(text) or text.count(">") + text.count("＞") > 1) and _BREADCRUMB.search(text):
            continue
        if len(text) == 1:
            run.append((number, text))
            continue
        if run:
            joined.append((run[0][0], "".join(t for _, t in run)))
            run = []
        joined.append((number, text.replace(" ", "") if is_spaced(raw) else text))
    return joined + ([(run[0][0], "".join(t for _, t in run))] if run else [])


def _without_notes(raw: str) -> str:
    """Return the one cell of a row that is no note beside a title (単位, the number of a paper), else the row."""
    if "\t" not in raw:
        return raw
    cells = [cell for cell in raw.split("\t") if cell.strip()]
    kept = [cell for cell in cells if not _NOTE_BESIDE.fullmatch(clean(cell))]
    return kept[0] if len(kept) == 1 else raw


def title_of(cover: Cover, lines: Sequence[Line], *, heads_sheets: bool) -> str | None:
    """Return the best of the first lines that end as titles do, else the first heading or line.

    ``heads_sheets``: headings are the names of the sheets of a workbook, and no titles.
    """
    candidates = list(_candidates(cover, lines, heads_sheets=heads_sheets))
    if candidates:
        best = min(candidates)
        return without_draft(_title_of_agreement(cover, candidates) or _with_edition(cover, best))
    sheets = [n for n, _ in cover if heads_sheets and lines[n - 1].text.startswith("# ")]
    first = next((t for n, t in cover if "\t" not in t and len(t) >= 2 and n not in sheets), None)
    return without_draft(first[:80]) if first else None


def _candidates(cover: Cover, lines: Sequence[Line], *, heads_sheets: bool) -> Iterator[_Candidate]:
    for place, (number, text) in enumerate(cover):
        if "\t" in text or "。" in text or not 4 <= len(text) <= 80:
            continue
        raw = lines[number - 1].text.lstrip()
        if heads_sheets and raw.startswith("# "):
            continue
        level = len(raw) - len(raw.lstrip("#"))
        if _TITLE_WORDS.search(text) and not _NO_TITLE.match(text):
            form = bool(_FORM.search(text)) and not _OF_PLAN.search(text)
            yield _Candidate(2 if form else 0 if level == 1 else 1, place, text)


def _title_of_agreement(cover: Cover, candidates: Sequence[_Candidate]) -> str | None:
    """The title of an agreement is the one right above its preamble; its cover may print a shorter one."""
    preamble = next((place for place, (_, text) in enumerate(cover) if _PREAMBLE.search(text)), None)
    above = [
        c for c in candidates if preamble is not None and c.place < preamble and re.search(r"協[定約]|覚書", c.text)
    ]
    return max(above, key=lambda c: c.place).text if above else None


def _with_edition(cover: Cover, best: _Candidate) -> str:
    """A plan's title goes on in the line below it where that names the edition (第2期(令和6年度～令和10年度), (令和6年度)) or what it reports."""
    following = cover[best.place + 1][1] if best.place + 1 < len(cover) else ""
    reports = _OF_PLAN.search(best.text) and not _REPORTS.search(best.text) and _REPORTS.match(following)
    goes_on = (_EDITION.match(following) or reports) and len(following) < 50
    blank = "" if following.startswith("(") else " "
    return clean(f"{best.text}{blank}{following}") if goes_on else best.text


def is_titled(words: str, title: str) -> bool:
    """Tell whether a heading is the document's title, or ends as titles do."""
    plain = without_draft(words)
    return plain in title or bool(_TITLE_WORDS.search(plain))


def without_draft(title: str) -> str:
    """Return a title without its mark of a draft."""
    return DRAFT.sub("", title).strip() or title
