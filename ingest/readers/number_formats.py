"""Cell values as a person sees them in the sheet: number formats of Excel, eras included.

Covered is what planning sheets use: digits and separators, percentages, units in quotes, a third section for zero,
▲ for negative figures, dates in eras or with 年月日. Dates of any other format come out as ISO dates.
"""

import datetime as dt
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

Value = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta

_ERAS = (
    (dt.date(2019, 5, 1), "令和", "令", "R"),
    (dt.date(1989, 1, 8), "平成", "平", "H"),
    (dt.date(1926, 12, 25), "昭和", "昭", "S"),
    (dt.date(1912, 7, 30), "大正", "大", "T"),
    (dt.date(1868, 1, 25), "明治", "明", "M"),
)
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[(?P<bracket>[^\]]*)\]|_.|\*.'
    r"|(?P<number>[0#?][0#?,.]*|\.[0#?]+)|(?P<date>[Gg]{1,3}|[Yy]+|[Ee]+|[Mm]+|[Dd]+)|(?P<other>.)"
)
_SECTIONS = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*)(?:;|$)')
_GENERAL_DIGITS = 11


def shown(value: Value, number_format: str) -> str:
    """Return the text of a cell: ``shown(0.851, "0.0%") == "85.1%"``, ``shown(-5, '0;"▲"0') == "▲5"``."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _number(value, number_format)
    if isinstance(value, dt.datetime):
        return _moment(value, number_format)
    if isinstance(value, dt.date):
        return _date(value, number_format)
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    return str(value)


def _number(value: float, number_format: str) -> str:
    sections = [match[1] for match in _SECTIONS.finditer(number_format)][:4]
    if value == 0 and len(sections) > 2 and sections[2]:
        return _formatted(value, sections[2])
    if value < 0 and len(sections) > 1 and sections[1]:
        return _formatted(-value, sections[1])
    sign = "-" if value < 0 else ""
    text = _formatted(abs(value), sections[0])
    return sign + text if re.search("[1-9]", text) else text


def _formatted(value: float, section: str) -> str:
    tokens = list(_TOKEN.finditer(section))
    bodies = [token["number"] for token in tokens if token["number"]]
    literal = "".join(_literals(tokens))
    if len(bodies) != 1 or "general" in section.lower() or "/" in literal:
        return _general(value) if bodies or "general" in section.lower() or not literal.strip() else literal.strip()
    scaled = Decimal(repr(value)) * (100 if "%" in literal else 1)
    return "".join(_literals(tokens, _digits(scaled, bodies[0]))).strip()


def _literals(tokens: list[re.Match[str]], digits: str = "") -> Iterator[str]:
    """Yield the words of a section in their order, the digits in the place of the number."""
    for token in tokens:
        if token["number"]:
            yield digits
        elif currency := re.match(r"\$([^-]+)", token["bracket"] or ""):
            yield currency[1]
        else:
            yield token["quoted"] or token["escaped"] or token["other"] or token["date"] or ""


def _digits(value: Decimal, body: str) -> str:
    whole, _, part = body.rstrip(",").partition(".")
    value /= Decimal(1000) ** (len(body) - len(body.rstrip(",")))
    rounded = value.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    before, _, after = text.partition(".")
    before = before.zfill(whole.count("0")) if "," not in whole else before
    optional = len(part) - len(part.rstrip("#?"))
    kept = after[: len(part) - optional] + after[len(part) - optional :].rstrip("0")
    return f"{before}.{kept}" if kept else before


def _general(value: float) -> str:
    if isinstance(value, int):
        return str(value)
    text = f"{value:.{_GENERAL_DIGITS}g}"
    return f"{Decimal(text):f}" if "e" in text and abs(value) < 1e15 else text


def _moment(value: dt.datetime, number_format: str) -> str:
    if re.search("[hHsS]", re.sub(r'"[^"]*"|\[[^\]]*\]', "", number_format)):
        return value.strftime("%Y-%m-%d %H:%M")
    return _date(value.date(), number_format)


def _date(value: dt.date, number_format: str) -> str:
    """Write a date in its format where that has an era or Japanese words, else as an ISO date."""
    section = re.sub(r"\[[^\]]*\]", "", number_format.partition(";")[0])
    bare = re.sub(r'"[^"]*"', "", section).lower()
    if not re.search("[年月日]", section) and not ("g" in bare and "e" in bare):
        return value.isoformat()
    text = "".join(_date_part(value, token) for token in _TOKEN.finditer(section)).strip()
    return re.sub("(?<=[和成正治])1年", "元年", text) if "gannen" in number_format else text


def _date_part(value: dt.date, token: re.Match[str]) -> str:
    code = (token["date"] or "").lower()
    if not code:
        return str(token["quoted"] or token["escaped"] or token["other"] or "")
    begun, *names = next((era for era in _ERAS if value >= era[0]), _ERAS[-1])
    match code[0]:
        case "g":
            return names[3 - len(code)]
        case "e":
            return str(value.year - begun.year + 1)
        case "y":
            return f"{value.year}" if len(code) > 2 else f"{value.year % 100:02}"
        case "m":
            return f"{value.month:0{min(len(code), 2)}}"
        case _:
            return f"{value.day:0{len(code)}}" if len(code) < 3 else "月火水木金土日"[value.weekday()]
