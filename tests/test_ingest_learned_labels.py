"""Labels and heads that only their document uses: what recurs with changing values is a label, nothing else is."""

from ingest.labels import label
from ingest.learned_heads import with_known_heads
from ingest.learned_labels import learned, with_known_labels

FORM = [
    "名まえ\t{0}",
    "何をするか\t{0}を川辺の町のみなで支え、次の年へつないでいく。",
    "誰が何を\t盛岡市\t{0}を整える。",
    "\t滝沢市\t{0}を直す。",
    "いつまでに\t令和5年度\t令和6年度",
    "\t実施\t→",
    "ものさし\t{0}の数\t現状（R4）\t3件\t目標（R8）\t9件",
    "受け持つところ\t盛岡市\t滝沢市",
    "\t企画部{0}課\t{0}課",
]
THINGS = ("舟", "本", "畑", "森")


def test_words_that_come_back_in_every_form_are_labels_by_what_stands_beside_them() -> None:
    own = learned([line.format(thing) for thing in THINGS for line in FORM])
    fields = {word: found.field for word, known in own.items() if (found := label(known))}
    assert fields == {
        "名まえ": "title",
        "何をするか": "overview",
        "誰が何を": "roles",
        "いつまでに": "schedule",
        "ものさし": "indicator",
        "受け持つところ": "departments",
    }


def test_a_form_that_stands_alone_teaches_no_labels() -> None:
    assert learned([line.format("舟") for line in FORM]) == {}


def test_a_mark_below_years_stays_as_it_is_although_it_recurs() -> None:
    lines = [line.format(thing) for thing in THINGS for line in FORM]
    assert [line for line in with_known_labels(lines) if "実施" in line] == ["\t実施\t→"] * len(THINGS)


def test_a_table_of_figures_keeps_its_heads() -> None:
    table = ["町の名\tひとの数\t世帯の数\t広さ"] + [f"盛岡市\t{n}00人\t{n}0世帯\t{n}km2" for n in range(1, 6)]
    assert with_known_heads(table) == table
