"""Dates and fiscal years as Japanese readers expect them: by era and by year together."""

from datetime import date

from markupsafe import Markup

_ERAS = (("令和", date(2019, 5, 1), 2018), ("平成", date(1989, 1, 8), 1988), ("昭和", date(1926, 12, 25), 1925))
_LETTERS = {"令和": "Reiwa", "平成": "Heisei", "昭和": "Showa"}


def era_year(day: date) -> str:
    """Return the era and the year in it (令和6, 平成31, 令和元) of a day."""
    for name, start, before in _ERAS:
        if day >= start:
            return f"{name}{'元' if day.year - before == 1 else day.year - before}"
    return str(day.year)


def fiscal_year(year: int | str, language: str = "ja") -> str:
    """Return a fiscal year as 令和6年度（2024年度）, or FY2024 (Reiwa 6) in English."""
    first, other = both_years(year, language)
    return f"{first} ({other})" if language == "en" else f"{first}（{other}）"


def both_years(year: int | str, language: str = "ja") -> tuple[str, str]:
    """Return a fiscal year in the two ways of saying it: the one that readers of the language say first comes first.

    Fiscal 2019 began in 平成31年, yet documents call it 令和元年度: the era is that of May.
    """
    in_era = era_year(date(int(year), 5, 1))
    if language != "en":
        return f"{in_era}年度", f"{year}年度"
    era, number = in_era[:2], in_era[2:].replace("元", "1")
    return f"FY{year}", f"{_LETTERS[era]} {number}" if era in _LETTERS else in_era


def long_date(text: str | None, language: str = "ja") -> str | Markup:
    """Return an ISO date or ``YYYY-MM`` as a ``time`` element, by era and year in Japanese; empty for None."""
    if not text:
        return ""
    parts = [int(part) for part in text.split("-")]
    day = date(parts[0], parts[1] if len(parts) > 1 else 12, parts[2] if len(parts) > 2 else 1)
    if language == "en":
        words = day.strftime("%-d %B %Y") if len(parts) > 2 else day.strftime("%B %Y") if len(parts) > 1 else text
    else:
        rest = f"{day.month}月" if len(parts) > 1 else ""
        rest += f"{day.day}日" if len(parts) > 2 else ""
        words = f"{era_year(day)}（{day.year}）年{rest}"
    return Markup('<time datetime="{}">{}</time>').format(text, words)


def iso_day(text: str) -> date | None:
    """Read ``2026-04-01``; None for anything else."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-04-01") else None
    except ValueError:
        return None
