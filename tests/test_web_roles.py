"""What is marked in the roles of a project's partners."""

import re

import pytest

from graph.roles import ProjectRoles
from graph.symmetry import compare_all, overall
from graph.things import ProjectRef
from web.pages import roles

TEXTS = {
    "甲市": "会場を用意し、案内を配る。",
    "乙町": "会場を用意し、費用を集める。",
    "丙村": "会場を用意し、案内を送る。",
}


def marked(monkeypatch: pytest.MonkeyPatch, *names: str) -> roles.Symmetry:
    compared = compare_all({name: TEXTS[name] for name in names})
    monkeypatch.setattr(
        roles,
        "roles_of",
        lambda _store, _project: ProjectRoles(ProjectRef("p", "t", None), compared, overall(compared)),
    )
    monkeypatch.setattr(roles, "opened", lambda: type("Opened", (), {"store": None}))
    found = roles.symmetry("p")
    assert found
    return found


def test_of_two_roles_what_one_alone_says_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    found = marked(monkeypatch, "甲市", "乙町")
    assert found.partners == 2
    assert "案内" in "".join(re.findall("<mark>(.*?)</mark>", found.marked["甲市"]))
    assert "費用" in "".join(re.findall("<mark>(.*?)</mark>", found.marked["乙町"]))


def test_of_three_roles_what_no_other_says_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A word that two of three say is in no one's role alone."""
    found = marked(monkeypatch, *TEXTS)
    assert found.partners == 3
    alone = {name: "".join(re.findall("<mark>(.*?)</mark>", text)) for name, text in found.marked.items()}
    assert "案内" not in alone["甲市"]
    assert "案内" not in alone["丙村"]
    assert "配" in alone["甲市"]
    assert "送" in alone["丙村"]
    assert "費用" in alone["乙町"]
    assert {name: re.sub("</?mark>", "", text) for name, text in found.marked.items()} == TEXTS
