"""The areas that headings and marked lines open above the forms and tables that name none of their own."""

import re
from collections.abc import Sequence

from ingest import areas, years
from ingest.blocks import Heading
from ingest.document import Document
from ingest.projects import Draft
from ingest.text import clean
from ingest.titles import is_titled

# Headings of chapters, which are no policy areas.
_CHAPTER = re.compile(
    r"^(?:はじめに|総論|各論|概要|趣旨|背景|これまでの|現在の|今後の|従来の)|^(?:形成)?(?:協定|協約)(?:の内容|の規定|項目)?$|^(?:(?:圏域|連携|個別|具体的な?|主な|共同|推進する|協定に基づく?|の|する)*(?:事業|施策|取組|取り組み))(?:等|の内容)?$"
    r"|(?:個別計画|個票|調書|個別事業|シート)\s*(?:No\.?)?\s*\d*$|(?:具体的な?取組|取組内容|事業一覧|将来像|名称|期間|位置付け|位置づけ|推進体制|について|ビジョン|計画|体系図?|状況|実績|評価|結果|報告|一覧表?|概況|現状|課題|指標|KPI|スケジュール|資料|構成市町村?|構成市?町?)(?:等|の内容)?$",
    re.IGNORECASE,
)
# A section, or a chapter that is named as policies are, is an area all the same.
_AREA_OF_CHAPTER = re.compile(r"^第\S+(?:節|項|の柱) |(?:強化|向上|けん引|牽引|集積|促進|充実|形成)$")


FORM = re.compile(r"調書|個票|(?:票|シート|(?:事業|取組|施策|プロジェクト|連携)カード)$")
_IN_PARENTHESES = re.compile(
    r"[(（](?!続き|つづき|再掲|新規|継続|拡充|案|別|単位|[※注])(?P<label>[ぁ-んァ-ヺー一-鿿・]{2,16})[)）]"
)
_NO_AREA = re.compile(rf"[。:：]|{FORM.pattern}")


def area_line(words: str) -> areas.Heading | None:
    """Return the name of an area that a line is: it bears a mark, or stands in parentheses alone (（医療）), and is short."""
    inside = _IN_PARENTHESES.fullmatch(clean(words))
    item = areas.Heading("parenthesised", None, inside["label"]) if inside else areas.heading(words)
    if item.kind in (None, "bullet") or re.search(r"参考|資料|様式|別紙|特産", item.label):
        return None
    return item if 0 < len(item.label) <= 40 and not _NO_AREA.search(item.label) else None


def is_chapter(words: str) -> bool:
    """Tell whether words head a chapter (取組一覧, 計画の概要), which is no policy area."""
    return bool(_CHAPTER.search(words))


class AreasAbove:
    """The areas that are open above a form: headings by their level, marked lines below them by their marks."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._headings: list[tuple[int, areas.Heading | None]] = []
        self._bare = False
        self._lines = areas.AreaStack()

    def enter_heading(self, block: Heading) -> None:
        """Open a heading and close those of its level and below; chapters hold areas and are none.

        A heading with nothing under it before the next of its level, which bears another mark, holds that one
        (A 生活機能の強化 / ア 病児保育の広域利用) until a mark of its own kind comes again.
        """
        if self._document.heads_sheets:
            return
        item = areas.heading(block.words)
        kept = [(level, above) for level, above in self._headings if level < block.level]
        beside = [(level, above) for level, above in self._headings if level == block.level and above]
        kinds = [above.kind for _, above in beside if above]
        if item.kind in kinds:
            kept += beside[: kinds.index(item.kind)]
        elif item.kind and (self._bare or len(beside) > 1) and None not in kinds:
            kept += beside if self._bare else beside[:-1]
        self._headings, self._bare = kept, True
        self._lines.open = []
        chapter = item.kind == "article" and not _AREA_OF_CHAPTER.search(f"{item.notation} {item.label}")
        named = not chapter and 0 < len(item.label) <= 40 and not _NO_AREA.search(item.label)
        plain = item.kind is None and (len(item.label) > 30 or is_titled(item.label, self._document.title))
        self._headings.append((block.level, item if named and not plain else None))

    def pass_text(self) -> None:
        """Remember that something stands under the last heading."""
        self._bare = False

    def enter_line(self, words: str) -> None:
        """Open an area that a marked line of text names."""
        item = area_line(words)
        if item is None or (item.kind == "parenthesised" and not self._lines.open and not self._headings):
            return
        if item.kind == "article":  # a chapter: what follows is no part of the areas before it
            self._headings, self._lines.open = [], []
        else:
            self._lines.enter(item)

    def enter(self, item: areas.Heading) -> None:
        """Open an area that a line names without a mark."""
        self._lines.enter(item)

    def enter_named(self, level: int, words: str) -> None:
        """Open an area that a line names by its label (施策の柱:圏域全体の経済成長のけん引)."""
        self._lines.enter(areas.heading(words), min(level, len(self._lines.open) + 1))

    def year(self) -> int | None:
        """Return the fiscal year that the innermost heading with one names (令和5年度事業報告), if it is one alone."""
        labels = [item.label for _, item in self._headings if item] + [item.label for item in self._lines.open]
        named = next((found for words in reversed(labels) if (found := set(years.fiscal_years_in(words)))), set())
        return next(iter(named)) if len(named) == 1 else None

    def areas(self, name: str | None) -> tuple[areas.Heading, ...]:
        """Return the open areas for a form of this name."""
        found = [item for _, item in self._headings if item] + self._lines.open
        return tuple(h for h in found if h.label != name and not is_chapter(h.label))


def fill_bare_marks(drafts: Sequence[Draft], register: areas.AreaRegister) -> None:
    """Name areas that a table gives by their mark alone ((2)), where the same mark is named elsewhere in the document."""
    named = {(path[:-1], notation): path[-1] for path, (notation, _, _) in register.seen.items() if path[-1]}
    for draft in drafts:
        filled: list[areas.Heading] = []
        for item in draft.area:
            outer = tuple(h.label for h in filled)
            label = item.label or named.get((outer, item.notation), "")
            if label:
                filled.append(areas.Heading(item.kind, item.notation, label))
        draft.area = tuple(filled)
