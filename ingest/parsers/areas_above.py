"""The areas that headings and marked lines open above the forms and tables that name none of their own."""

import re
from collections.abc import Sequence

from ingest import areas
from ingest.blocks import Heading
from ingest.document import Document
from ingest.projects import Draft
from ingest.titles import is_titled

# Headings of chapters, which are no policy areas.
_CHAPTER = re.compile(
    r"^(?:はじめに|総論|各論|概要|趣旨|背景)|^(?:形成)?(?:協定|協約)(?:の内容|の規定|項目)?$|^(?:(?:圏域|連携|個別|具体的な?|主な|共同|推進する|協定に基づく?|の|する)*(?:事業|施策|取組|取り組み))(?:等|の内容)?$"
    r"|(?:個別計画|個票|調書|個別事業|シート)\s*(?:No\.?)?\s*\d*$|(?:具体的な?取組|取組内容|事業一覧|将来像|名称|期間|位置付け|位置づけ|推進体制|について|ビジョン|計画|体系図?|状況|実績|評価|結果|一覧表?|概況|現状|課題|指標|KPI|スケジュール|資料|構成市町村?|構成市?町?)(?:等|の内容)?$",
    re.IGNORECASE,
)
# A section, or a chapter that is named as policies are, is an area all the same.
_AREA_OF_CHAPTER = re.compile(r"^第\S+(?:節|項|の柱) |(?:強化|向上|けん引|牽引|集積|促進|充実|形成)$")


FORM = re.compile(r"調書|個票|(?:票|シート|(?:事業|取組|施策|プロジェクト|連携)カード)$")
_NO_AREA = re.compile(rf"[。:：]|{FORM.pattern}")


def is_marked(words: str) -> bool:
    """Tell whether a line bears the mark and the length of the name of an area."""
    item = areas.heading(words)
    marked = item.kind is not None and item.kind != "bullet" and not re.search(r"参考|資料|様式|別紙|特産", item.label)
    return marked and 0 < len(item.label) <= 40 and not _NO_AREA.search(item.label)


class AreasAbove:
    """The areas that are open above a form: headings by their level, marked lines below them by their marks."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._headings: list[tuple[int, areas.Heading | None]] = []
        self._lines = areas.AreaStack()

    def enter_heading(self, block: Heading) -> None:
        """Open a heading and close those of its level and below; chapters hold areas and are none."""
        if self._document.heads_sheets:
            return
        self._headings = [(level, item) for level, item in self._headings if level < block.level]
        self._lines.open = []
        item = areas.heading(block.words)
        chapter = item.kind == "article" and not _AREA_OF_CHAPTER.search(f"{item.notation} {item.label}")
        named = not chapter and 0 < len(item.label) <= 40 and not _NO_AREA.search(item.label)
        plain = item.kind is None and (len(item.label) > 30 or is_titled(item.label, self._document.title))
        self._headings.append((block.level, item if named and not plain else None))

    def enter_line(self, words: str) -> None:
        """Open an area that a marked line of text names."""
        item = areas.heading(words)
        if item.kind == "article":  # a chapter: what follows is no part of the areas before it
            self._headings, self._lines.open = [], []
        else:
            self._lines.enter(item)

    def enter_named(self, level: int, words: str) -> None:
        """Open an area that a line names by its label (施策の柱:圏域全体の経済成長のけん引)."""
        self._lines.enter(areas.heading(words), min(level, len(self._lines.open) + 1))

    def areas(self, name: str | None) -> tuple[areas.Heading, ...]:
        """Return the open areas for a form of this name."""
        found = [item for _, item in self._headings if item] + self._lines.open
        return tuple(h for h in found if h.label != name and not _CHAPTER.search(h.label))


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
