"""体系図 drawn as a tree of lines (├ └ │, or |- ``- ): what hangs where is told by the column of its words.

A tree goes down the lines, or across them::

    基本目標1 安心して暮らせる地域          生活機能の強化 ──┬── 医療 ──┬── 休日当番医の運営
    ├ 施策1 医療の充実                                  │           └── 看護師の確保
    │  └ 事業1 休日当番医の運営                         └── 教育 ───── 図書館の相互利用
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest import areas
from ingest.blocks import is_page_mark
from ingest.extract import Line
from ingest.label_lines import NUMBER, NUMBERED
from ingest.projects import Draft, number_and_branch
from ingest.text import clean, columns_of, nfkc

_DRAWN = r"[\u2500-\u257f]"
_BRANCH = re.compile(rf"[\s|]*(?:(?:{_DRAWN}[\s]*)+|[|`+\\]-+\s*)(?=\S)")
_BEGINS = re.compile(r"^[\s│┃|]*(?:[├└┝┗┣┕┌┏]|[|`+\\]-)")
_ACROSS = re.compile(r"\S\s*[─━][─━┬┳╌-]*\s*(?=[^\s\u2500-\u257f])|\S\s*[┬┳]")
_SCHEME = re.compile(r"体系(?:図|表)?$")
_NUMBER_AND_NAME = re.compile(rf"{NUMBER}\s+(?P<name>\D.*)$")
_FEWEST = 3
_LONGEST = 60
_ASIDE = 2
"""Half-width columns by which words on the same level of a tree across the lines may stand aside from one another."""


@dataclass(frozen=True, slots=True)
class _Node:
    """Words of a tree, and the column at which they begin."""

    words: str
    column: int
    line: Line


def tree_drafts(lines: Sequence[Line]) -> list[Draft]:
    """Return the leaves of the trees of a text as projects under the areas above them; none where no tree is drawn."""
    for trees in (_trees, _indented):
        drafts = [draft for tree in trees(lines) for draft in _leaves(tree)]
        if len(drafts) >= _FEWEST:
            return drafts
    return []


def _trees(lines: Sequence[Line]) -> Iterator[list[_Node]]:
    """Yield the nodes of each tree: those of a line that begins none of its words with a branch, and those that hang below it."""
    tree: list[_Node] = []
    root: list[_Node] = []
    for line in lines:
        drawn = "\t" not in line.text and len(line.text) <= 2 * _LONGEST
        if drawn and root and _BEGINS.match(line.text):
            tree = tree or [*root]
            tree += _nodes(line)
        elif line.text.strip(" \u3000│┃|"):
            if len(tree) > 1:
                yield tree
            root = _nodes(line) if drawn and "。" not in line.text else []
            tree = root if drawn and _ACROSS.search(line.text) else []
    if len(tree) > 1:
        yield tree


def _indented(lines: Sequence[Line]) -> Iterator[list[_Node]]:
    """Yield the trees below headings of a 体系図 that indentation alone draws: in three levels or more."""
    heading: _Node | None = None
    tree: list[_Node] = []
    for line in lines:
        words = line.text.strip()
        if not words or is_page_mark(words):
            continue
        node = _Node(clean(words), columns_of(line.text[: len(line.text) - len(line.text.lstrip())]), line)
        if heading and (_ends_scheme(node, heading) or len(words) > _LONGEST):
            yield from _of_levels(tree)
            heading, tree = None, []
        if len(words) <= _LONGEST and _SCHEME.search(words):
            heading, tree = node, []
        elif heading:
            tree.append(node)
    yield from _of_levels(tree)


def _ends_scheme(node: _Node, heading: _Node) -> bool:
    """Tell whether a line is no more of a 体系図: a sentence, a row, or the next heading of its kind, no further in."""
    kind = areas.heading(heading.words).kind
    same = kind is not None and areas.heading(node.words).kind == kind and node.column <= heading.column
    return same or "\t" in node.line.text or "。" in node.words or node.line.text.startswith("#")


def _of_levels(tree: list[_Node]) -> Iterator[list[_Node]]:
    if len({node.column for node in tree}) >= _FEWEST:
        yield tree


def _nodes(line: Line) -> list[_Node]:
    """Return the words of a line that lines of a tree part, each with its column."""
    found, end = [], 0
    for branch in [*_BRANCH.finditer(line.text), None]:
        words = line.text[end : branch.start() if branch else None]
        if words.strip():
            at = end + len(words) - len(words.lstrip())
            found.append(_Node(clean(words), columns_of(line.text[:at]), line))
        end = branch.end() if branch else end
    return found


def _leaves(tree: Sequence[_Node]) -> Iterator[Draft]:
    aside = _ASIDE if len({node.line.number for node in tree}) < len(tree) else 0
    above: list[_Node] = []
    for node, following in zip(tree, [*tree[1:], None], strict=True):
        above = [*(one for one in above if one.column + aside < node.column), node]
        if following is not None and following.column > node.column + aside:
            continue
        draft = Draft(area=tuple(_area(one.words) for one in above[:-1]), page=node.line.page)
        draft.lines.add(node.line.number)
        named = NUMBERED.match(nfkc(node.words)) or _NUMBER_AND_NAME.match(nfkc(node.words))
        read = number_and_branch(named["number"]) if named else None
        item = areas.heading(node.words)
        if named and read:
            draft.number, draft.branch = read
            draft.put("title", named["name"])
        else:  # (1) 休日当番医の運営 is the first below its area, not a project of number 1
            draft.put("title", item.label if item.label and (item.kind or "").startswith("paren-") else node.words)
        yield draft


def _area(words: str) -> areas.Heading:
    item = areas.heading(words)
    return item if item.kind and item.label else areas.Heading(None, None, words)
