"""The values of facets and the words to show for them."""

from collections.abc import Iterable, Sequence
from itertools import accumulate

from search.model import PATH

TYPE_LABELS = {
    "project": "取組", "article": "条文", "department": "部署", "indicator": "指標", "facility": "施設",
    "municipality": "市町村", "document": "文書", "line": "本文",
}  # fmt: skip
KIND_LABELS = {
    "plan": "計画", "agreement": "連携協約・協定", "settlement-agreement": "定住自立圏形成協定",
    "status-report": "実施状況", "briefing": "説明資料", "other": "その他",
}  # fmt: skip

Pairs = tuple[tuple[str, str], ...]
"""(value, label) pairs."""


def year_label(year: int) -> str:
    """Return a fiscal year both ways: 令和6年度（2024年度）."""
    era, before = ("令和", 2018) if year > 2018 else ("平成", 1988)
    if year <= before:
        return f"{year}年度"
    return f"{era}{'元' if year - before == 1 else year - before}年度（{year}年度）"


def year_pairs(years: Iterable[int]) -> Pairs:
    """Return the pairs of fiscal years."""
    return tuple((str(year), year_label(year)) for year in years)


def path_pairs(steps: Sequence[str]) -> Pairs:
    """Return the pairs of a policy area and all above it: a value names the whole way down, a label the last step."""
    paths = accumulate(steps, lambda above, step: above + PATH + step)
    return tuple(zip(paths, steps, strict=True))


def department_pairs(code: str, municipality: str, path: Sequence[str]) -> Pairs:
    """Return the pairs of a unit and all above it; a label has the municipality and the whole name."""
    values = accumulate((code, *path), lambda above, unit: above + PATH + unit)
    names = accumulate((f"{municipality} ", *path))
    return tuple((value, name.strip()) for value, name in zip(values, names, strict=True))[1:]


def word_pairs(words: Iterable[str | None]) -> Pairs:
    """Return the pairs of words that are their own labels, each once."""
    return tuple((word, word) for word in dict.fromkeys(filter(None, words)))
