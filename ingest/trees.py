"""体系図 drawn as a tree of lines (├ └ │): what hangs where is told by the column of its branch.

基本目標1 安心して暮らせる地域
├ 施策1 医療の充実
│  └ 事業1 休日当番医の運営
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from ingest import areas
from ingest.extract import Line
from ingest.label_lines import NUMBERED
from ingest.projects import Draft, number_and_branch
from ingest.text import clean, nfkc

_BRANCH = re.compile(r"^(?P<before>[\s│┃|]*)[├└┝┗┣┕┌┏]\s*[─━-]*\s*(?P<words>\S.*)$")
_FEWEST = 3
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class _Node:
    """A line of a tree: its words, and the column at which it hangs, -1 for the root."""

    words: str
    column: int
    line: Line


def tree_drafts(lines: Sequence[Line]) -> list[Draft]:
    """Return the leaves of the trees of a text as projects under the areas above them; none where no tree is drawn."""
    drafts = [draft for tree in _trees(lines) for draft in _leaves(tree)]
    return drafts if len(drafts) >= _FEWEST else []


def _trees(lines: Sequence[Line]) -> Iterator[list[_Node]]:
    """Yield the nodes of each tree: a line without a branch, and those that hang below it."""
    tree: list[_Node] = []
    root: Line | None = None
    for line in lines:
        branch = _BRANCH.match(line.text) if "\t" not in line.text else None
        if branch:
            if not tree and root:
                tree = [_Node(clean(root.text), -1, root)]
            tree.append(_Node(clean(branch["words"]), _width(branch["before"]), line))
        elif line.text.strip(" \u3000│┃|"):
            if tree:
                yield tree
            tree, root = [], line if len(line.text.strip()) <= _LONGEST and "。" not in line.text else None
    if tree:
        yield tree


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _leaves(tree: Sequence[_Node]) -> Iterator[Draft]:
    above: list[_Node] = []
    for node, following in zip(tree, [*tree[1:], None], strict=True):
        above = [*(one for one in above if one.column < node.column), node]
        if following is not None and following.column > node.column:
            continue
        draft = Draft(area=tuple(_area(one.words) for one in above[:-1]), page=node.line.page)
        draft.lines.add(node.line.number)
        named = NUMBERED.match(nfkc(node.words))
        read = number_and_branch(named["number"]) if named else None
        if named and read:
            draft.number, draft.branch = read
        draft.put("title", named["name"] if named and read else node.words)
        yield draft


def _area(words: str) -> areas.Heading:
    item = areas.heading(words)
    return item if item.kind and item.label else areas.Heading(None, None, words)
