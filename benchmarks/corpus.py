"""A seeded generator of synthetic partnership documents: five kinds, any number, real municipalities.

    python -m benchmarks.corpus FOLDER --documents 1000 --seed 1

The kinds take turns: a plan with sheets and 体系図, an agreement with an annex table, a settlement agreement with label
rows, a status list, a briefing. One seed gives the same bytes everywhere; a document depends on its number alone, so
that a larger corpus begins with the smaller one.
"""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

from benchmarks.vocabulary import (
    AIMS,
    FACILITIES,
    FIELDS,
    FORMS,
    GIVEN,
    MEANS,
    MEASURES,
    OUTCOMES,
    REASONS,
    ROLES,
    SURNAMES,
    Field,
)
from ingest.municipalities import Municipality, all_municipalities

LETTERS = "abcdefghijklmnop"
KANA = "アイウエオカキクケコ"
SYMBOLS = "甲乙丙丁戊己庚辛"


@cache
def _by_prefecture() -> dict[str, tuple[list[Municipality], list[Municipality]]]:
    """Prefecture → its cities, and its other municipalities in force."""
    found: dict[str, tuple[list[Municipality], list[Municipality]]] = {}
    for one in all_municipalities():
        if one.valid_until is None and one.name.endswith(("市", "町", "村")):
            found.setdefault(one.prefecture, ([], []))[not one.name.endswith("市")].append(one)
    return {name: pair for name, pair in sorted(found.items()) if len(pair[0]) > 2 and len(pair[1]) > 4}


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of joint work."""

    field: Field
    thing: str
    title: str


@dataclass(slots=True)
class Maker:
    """What one document is made with: its chances, its municipalities, its first fiscal year (of Reiwa)."""

    random: Random
    members: list[str] = field(init=False)
    year: int = field(init=False)

    def __post_init__(self) -> None:
        cities, others = _by_prefecture()[self.random.choice(list(_by_prefecture()))]
        core = self.random.choice(cities)
        near = [m for m in (*cities, *others) if m is not core]
        self.members = [core.name, *(m.name for m in self.random.sample(near, self.random.randint(3, 7)))]
        self.year = self.random.randint(2, 8)

    def works(self, count: int) -> list[Work]:
        """Choose different pieces of work, those of a field beside each other."""
        all_of = [(f, thing) for f in FIELDS for thing in f.things]
        chosen = sorted(self.random.sample(range(len(all_of)), min(count, len(all_of))))
        return [Work(f, thing, thing + self.random.choice(FORMS)) for f, thing in (all_of[i] for i in chosen)]

    def overview(self, work: Work) -> str:
        """Say what is done."""
        means = self.random.choice(MEANS).format(n=self.random.randint(2, 12))
        return f"{self.random.choice(REASONS)}、{work.thing}について{means}。"

    def role(self, work: Work) -> str:
        """Say what one side does."""
        return f"{work.thing}に関し、{self.random.choice(MEANS).format(n=self.random.randint(2, 12))}。"

    def aim(self) -> str:
        """Say what it is for."""
        return f"{self.random.choice(AIMS)}ことを目指す。"

    def person(self) -> str:
        """Give a name."""
        return f"{self.random.choice(SURNAMES)} {self.random.choice(GIVEN)}"


def _row(*cells: object) -> str:
    return "\t".join(map(str, cells))


def plan(make: Maker) -> Iterator[str]:
    """Yield the lines of a plan of two municipalities: summary, statistics, 体系図, and a sheet for each work."""
    a, b = make.members[:2]
    works, last = make.works(10), make.year + 4
    yield from (
        f"# {a}・{b} 連携推進計画",
        "",
        f"令和{make.year}年度～令和{last}年度",
        "",
        f"令和{make.year}年3月",
        f"{a}・{b}",
    )
    yield from ("", "## 1 計画の趣旨", "")
    yield f"{make.random.choice(REASONS)}、{a}と{b}は力を合わせることとし、この計画を定める。{make.aim()}"
    yield from ("", f"(1) 連携事業：{len(works)}事業（{len(works)}項目）", "", "## 2 圏域の概要", "", "### 人口", "")
    yield _row("", "平成27年", "令和2年")
    for name in (a, b):
        people = make.random.randint(8_000, 300_000)
        yield _row(name, f"{people:,}", f"{people - make.random.randint(100, 3000):,}")
    yield from ("", "出典：「国勢調査」（総務省）", "", "### 主な文化施設", "", _row("", "施設名"))
    for name in (a, b):
        yield _row(name, "、".join(name[:-1] + f for f in make.random.sample(FACILITIES, 3)))
    parts = [works[i::3] for i in range(3)]
    yield from ("", "## 3 計画の体系図")
    number = 0
    sheets: list[str] = []
    for place, (role, part) in enumerate(zip(ROLES, parts, strict=True), 1):
        yield from ("", f"### {place}. {role}", "", _row("連携分野", "連携事業名", "連携項目", "担当", "個票No"))
        for work, letter in zip(part, LETTERS, strict=False):
            number += 1
            units = make.random.choice(work.field.units), make.random.choice(work.field.units)
            area = f"{letter} {work.field.label}"
            yield _row(area, f"{work.field.label}の連携", work.title, f"{a} {units[0]} {b} {units[1]}", number)
            sheets += _sheet(make, work, (f"{place} {role}", area, str(number)), units)
    yield from ("", "## 4 具体的な取組", "", *sheets)


def _sheet(make: Maker, work: Work, head: tuple[str, str, str], units: tuple[str, str]) -> Iterator[str]:
    role, area, number = head
    a, b = make.members[:2]
    years = [2018 + make.year + i for i in range(5)]
    budget = [make.random.choice([0, 50, 120, 1_500, 24_000]), *["-"] * 4]
    starts = make.random.randint(0, 3)
    yield from (f"{a} - {b} 連携推進 事業調書(個票)", "")
    yield _row("役割", role)
    yield _row("連携分野", area)
    yield _row("No", number, "連携事業名", f"{work.field.label}の連携")
    yield _row("-", "", "連携項目", work.title)
    yield _row("事業概要", "", make.overview(work))
    yield _row("事業の目的と効果", "", make.aim())
    yield _row("役割分担", a, make.role(work))
    yield _row("", b, make.role(work))
    yield _row("費用負担の考え方", "", "必要な費用は、話し合いのうえ両者で分け合う。")
    yield _row("スケジュール", "具体的項目", *(f"{year}年度" for year in years))
    yield _row("", f"{work.thing}の準備と実施", *("●" if i >= starts else "" for i in range(5)))
    yield _row("事業費見込額(千円)", "", *budget)
    yield _row("連携担当部署", a, units[0], b, units[1])
    yield ""


def _agreement_body(make: Maker, title: str, kind: str, law: str) -> Iterator[str]:
    """Yield what all agreements have before their annexes: preamble, articles, date and signatures."""
    a, b = make.members[:2]
    yield from (
        f"# {title}",
        "",
        f"{a}（以下「甲」という。）と{b}（以下「乙」という。）とは、{law}、次のとおり{kind}を締結する。",
    )
    articles = (
        ("目的", f"この{kind}は、甲と乙が力を合わせ、{make.random.choice(AIMS)}ことを目的とする。"),
        (
            "基本方針",
            f"甲と乙は、前条の目的に沿い、次条に掲げる取組を{make.random.choice(('手を携えて', '対等の立場で'))}進める。",
        ),
        ("連携する取組", "取組の内容並びに甲及び乙の役割は、別表に掲げる。"),
        ("費用", "取組に要する費用の分け方は、その都度、甲と乙が話し合って決める。"),
        ("協議", f"甲と乙は、毎年{make.random.randint(1, 3)}回以上、取組の進み具合を確かめる会議を開く。"),
    )
    for number, (heading, text) in enumerate(articles, 1):
        yield from ("", f"（{heading}）", "", f"第{number}条 {text}")
    yield from ("", f"令和{make.year}年{make.random.randint(1, 12)}月{make.random.randint(1, 28)}日")
    for symbol, name in zip(SYMBOLS, (a, b), strict=False):
        yield from ("", f"{symbol} {name}本町{make.random.randint(1, 9)}丁目{make.random.randint(1, 30)}番地")
        yield from (name, f"{name}長 {make.person()}")


def agreement(make: Maker) -> Iterator[str]:
    """Yield the lines of an agreement (連携協約) whose annex has a table for each role."""
    a, b = make.members[:2]
    title = f"{a}及び{b}における連携中枢都市圏形成に係る連携協約"
    yield from _agreement_body(make, title, "連携協約", "地方自治法第252条の2第1項に基づき")
    works = make.works(18)
    yield from ("", "別表（第3条関係）")
    for number, role in enumerate(ROLES, 1):
        yield from ("", f"{number} {role}", "", _row("取組", "内容", "甲の役割", "乙の役割"))
        for work in works[number - 1 :: 3]:
            yield _row(work.title, make.overview(work), make.role(work), make.role(work))


def settlement(make: Maker) -> Iterator[str]:
    """Yield the lines of a settlement agreement (定住自立圏) whose annexes have a row for each label."""
    a, b = make.members[:2]
    title = "定住自立圏の形成に関する協定"
    yield from _agreement_body(make, f"{a}・{b} {title}書", "協定", "定住自立圏構想推進要綱に基づき")
    works = make.works(16)
    for number, theme in enumerate(("生活機能の強化", "結びつきやネットワークの強化", "圏域マネジメント能力の強化"), 1):
        yield from ("", f"別表{number} [第3条関係]", "", f"{theme}に係る政策分野")
        for place, work in enumerate(works[number - 1 :: 3], 1):
            yield from ("", f"{place}. {work.field.label}", "")
            yield _row(work.title, "取組内容", make.overview(work))
            yield _row("", "甲の役割", make.role(work))
            yield _row("", "乙の役割", make.role(work))


def status(make: Maker) -> Iterator[str]:
    """Yield the lines of a yearly status list with indicators and ratings."""
    core, year = make.members[0], 2018 + make.year
    yield from (f"# {core[:-1]}連携中枢都市圏 {year}年度 連携事業の実施状況一覧", "")
    yield from (
        f"構成市町村：{'、'.join(make.members)}",
        "",
        "<評価凡例>◎：達成済み ○：達成見込 △：遅れあり ×：達成困難 -：評価せず",
        "",
    )
    yield _row(
        "役割", "No", "連携事業名", "事業概要", "評価指標", "基準値", "目標値", "実績値", "評価", "連携事業実施状況等"
    )
    works, number = make.works(24), 0
    for sign, role, start in zip("アイウ", ROLES, range(3), strict=False):
        for place, work in enumerate(works[start::3]):
            number += 1
            name, unit, low, high = make.random.choice(MEASURES)
            base, target = sorted(make.random.sample(range(low, high), 2)) if high - low > 1 else (low, high)
            result = make.random.randint(low, high)
            values = (f"{base}{unit}({year - 2}年度)", f"{target}{unit}({year + 3}年度)", f"{result}{unit}")
            news = make.random.choice(OUTCOMES).format(m=make.random.randint(4, 12), n=make.random.randint(3, 90))
            head = f"{sign} {role}" if place == 0 else ""
            yield _row(
                head,
                number,
                work.title,
                make.overview(work),
                work.thing + name,
                *values,
                _rated(make.random.choice("◎○△×-"), reached=result >= target),
                news,
            )


def _rated(mark: str, *, reached: bool) -> str:
    """Return the mark, or the nearest one that the figures do not contradict."""
    if reached:
        return "◎" if mark in "△×" else mark
    return "○" if mark == "◎" else mark


def briefing(make: Maker) -> Iterator[str]:
    """Yield the lines of a briefing: slides with lists, population by municipality, and the work already shared."""
    core = make.members[0]
    yield from (
        f"# {core[:-1]}連携中枢都市圏の形成に向けた取組について",
        "",
        f"令和{make.year}年{make.random.randint(4, 12)}月",
        "",
        f"{core}企画部政策課",
        "",
    )
    yield from ("# 圏域の現状", "", "## 人口", "", _row("市町村", "人口", "面積"))
    for name in make.members:
        yield _row(
            name,
            f"{make.random.randint(2_000, 400_000):,}人",
            f"{make.random.randint(20, 900)}.{make.random.randint(10, 99)}km2",
        )
    yield from ("", "総務省「国勢調査」より", "")
    for work in make.works(12):
        yield from (f"## {work.field.label}", "", f"- {make.overview(work)}", f"- {make.aim()}", "")
    yield from ("# 既に行っている連携事業", "")
    for work in make.works(10):
        yield f"- {work.title}：{make.role(work)}"
    yield from ("", "# 今後の日程", "", _row("時期", "内容"))
    for month, text in ((5, "担当課長会議"), (8, "首長会議"), (11, "議会への説明"), (2, "宣言と協議の開始")):
        yield _row(f"{month}月", text)


KINDS: dict[str, Callable[[Maker], Iterator[str]]] = {
    "plan": plan,
    "agreement": agreement,
    "settlement": settlement,
    "status": status,
    "briefing": briefing,
}
"""Name in a file's stem → the lines of such a document."""


def document(number: int, seed: int = 1) -> tuple[str, str]:
    """Return the file name and the text of a document by its number."""
    kind = list(KINDS)[number % len(KINDS)]
    make = Maker(Random(f"{seed}/{number}"))  # noqa: S311  chance, not secrecy
    return f"{kind}-{number:06d}.txt", "\n".join(KINDS[kind](make)) + "\n"


def write(folder: Path, count: int, seed: int = 1, first: int = 0) -> int:
    """Write documents into a folder and return how many characters they have."""
    folder.mkdir(parents=True, exist_ok=True)
    characters = 0
    for number in range(first, first + count):
        name, text = document(number, seed)
        (folder / name).write_text(text, "utf-8", newline="\n")
        characters += len(text)
    return characters


def main() -> None:
    """Write a corpus into the folder that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    characters = write(chosen.folder, chosen.documents, chosen.seed)
    print(f"{chosen.documents:,} documents, {characters:,} characters in {chosen.folder}")


if __name__ == "__main__":
    main()
