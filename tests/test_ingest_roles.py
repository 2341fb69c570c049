"""Texts of roles are cut at the parties that head their parts, however the name and its role are set apart."""

import pytest

from ingest.parties import Parties
from ingest.roles import roles_of

WANTED = [(["呉市"], "会場を用意する。"), (["竹原市"], "参加者を募る。")]


@pytest.fixture
def parties() -> Parties:
    found = Parties()
    for line, name in enumerate(("呉市", "竹原市", "江田島市"), 1):
        found.add(name, line)
    return found


@pytest.mark.parametrize(
    "form",
    [
        "○{} {}", "・{}\u3000{}", "①{}\u3000{}", "{}\u3000{}", "{}:{}", "【{}】{}", "●{}:{}", "<{}>{}", "〔{}〕 {}",
        "{}…{}", "{}→{}", "■{}の役割:{}", "[{}の役割] {}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("joint", ["", " "])
def test_the_name_before_a_role_heads_it(parties: Parties, form: str, joint: str) -> None:
    text = joint.join(form.format(who[0], role) for who, role in WANTED)
    assert roles_of(text, parties) == WANTED


@pytest.mark.parametrize("mark", ["", "○", "・", "①"])
def test_a_sentence_about_a_party_stays_whole_without_its_mark(parties: Parties, mark: str) -> None:
    text = f"{mark}呉市は会場を用意する。{mark}竹原市は参加者を募る。"
    assert roles_of(text, parties) == [(["呉市"], "呉市は会場を用意する。"), (["竹原市"], "竹原市は参加者を募る。")]


def test_parts_without_a_full_stop_are_cut_at_their_marks(parties: Parties) -> None:
    assert roles_of("○呉市、竹原市 会場を用意する ○江田島市 知らせる", parties) == [
        (["呉市", "竹原市"], "会場を用意する"),
        (["江田島市"], "知らせる"),
    ]


def test_a_name_inside_of_a_text_heads_nothing(parties: Parties) -> None:
    text = "共同で 呉市 の会場を借りる。"
    assert roles_of(text, parties) == [(["呉市", "竹原市", "江田島市"], text)]
