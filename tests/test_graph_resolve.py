"""Which printed names are one body."""

from graph.resolve import Municipalities, normal_path
from graph.statements import statements
from ingest.records import AnyRecord
from sample_records import body, document, party, project
from test_graph_sample import BASE


def units(*records: AnyRecord) -> set[str]:
    """Return the departments that the statements of one document speak of."""
    marker = f"{BASE}/id/department/"
    return {str(q.subject)[1:-1].removeprefix(marker) for q in statements(records, BASE) if marker in str(q.subject)}


def test_width_and_spaces_do_not_make_another_department() -> None:
    assert normal_path(("総務 部", "ＩＴ　推進課", " ")) == ("総務部", "IT推進課")


def test_departments_of_one_name_in_two_cities_or_two_places_are_different() -> None:
    found = units(
        document("d"),
        party("d", "千歳市", "012246"),
        party("d", "恵庭市", "012319"),
        project(
            "d",
            "1",
            5,
            body("千歳市", "保健部", "福祉課"),
            body("恵庭市", "保健部", "福祉課"),
            body("千歳市", "市民部", "福祉課"),
        ),
    )
    assert {unit for unit in found if unit.endswith("福祉課")} == {
        "012246/保健部/福祉課",
        "012319/保健部/福祉課",
        "012246/市民部/福祉課",
    }


def test_the_code_of_the_documents_own_party_goes_before_the_table() -> None:
    near = Municipalities.of([party("d", "府中市", "132063")])
    assert near.find("府中市").code == "132063"


def test_a_name_that_two_prefectures_have_is_the_one_near_the_parties() -> None:
    assert Municipalities.of([party("d", "広島市", "341002")]).find("府中市").code == "342084"
    assert Municipalities.of([party("d", "三鷹市", "132047")]).find("府中市").code == "132063"


def test_a_name_that_stays_ambiguous_keeps_its_name_and_gets_no_code() -> None:
    found = Municipalities().find("府中市")
    assert (found.key, found.code) == ("府中市", None)
