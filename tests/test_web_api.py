"""The API keeps its contract: the OpenAPI document is valid, covers every address, and what it says is true."""

import copy
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from web.api.contract import OPERATIONS, PARAMETERS, SPELT, Operation
from web.api.openapi import paths
from web.api.reference import example_of
from web.i18n import LANGUAGES

PLAN = "chitose-eniwa-plan-2024"


def strict(schema: Any) -> Any:
    """Return a schema that allows no property that it does not name; parts of ``allOf`` stay open to each other."""
    if isinstance(schema, list):
        return [strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: strict(value) for key, value in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        closed.setdefault("additionalProperties", False)
    return closed


@pytest.fixture(scope="module")
def spec(sample_client: FlaskClient) -> dict[str, Any]:
    return dict(sample_client.get("/api/v1/openapi.json").get_json())


@pytest.fixture(scope="module")
def examples(sample_client: FlaskClient) -> dict[str, tuple[str, str]]:
    """The path of each operation, and an address of it that finds something."""
    with sample_client.application.test_request_context("/api"):
        sample_client.application.preprocess_request()
        return {op.name: (path, example_of(op, path)) for op, path in paths(sample_client.application)}


def answer_schema(spec: dict[str, Any], path: str) -> Any:
    content = spec["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    components = copy.deepcopy(spec["components"]["schemas"])
    inherited = {part["$ref"].rpartition("/")[2] for part in walk(content["schema"], "allOf")}
    closed = {name: schema if name in inherited else strict(schema) for name, schema in components.items()}
    return {**strict(content["schema"]), "components": {"schemas": closed}}


def walk(schema: Any, key: str) -> Iterator[Any]:
    if isinstance(schema, dict):
        yield from schema.get(key, ())
        for value in schema.values():
            yield from walk(value, key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_openapi_document_is_valid_in_both_languages(sample_client: FlaskClient, language: str) -> None:
    spec = sample_client.get(f"/api/v1/openapi.json?lang={language}").get_json()
    assert spec["openapi"].startswith("3.1")
    validate(spec)


def test_every_address_of_the_api_is_in_the_contract_and_nothing_else(sample_client: FlaskClient) -> None:
    rules = {r.endpoint for r in sample_client.application.url_map.iter_rules() if str(r).startswith("/api/v1/")}
    assert rules - {"openapi.document", "openapi.index"} == {op.endpoint for op in OPERATIONS} - {"completion.suggest"}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda op: op.name)
def test_every_answer_is_what_the_contract_says(
    sample_client: FlaskClient, spec: dict[str, Any], examples: dict[str, tuple[str, str]], operation: Operation
) -> None:
    path, address = examples[operation.name]
    response = sample_client.get(address)
    assert response.status_code == 200, address
    answer = response.get_json()
    Draft202012Validator(answer_schema(spec, path)).validate(answer)
    if operation.rows:
        assert answer[operation.rows] or operation.name == "same_work"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["ETag"]
    assert sample_client.get(address, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    "operation", [op for op in OPERATIONS if "limit" in op.parameters and op.rows], ids=lambda op: op.name
)
def test_following_next_gives_every_entry_once_and_csv_gives_them_all(
    sample_client: FlaskClient, examples: dict[str, tuple[str, str]], operation: Operation
) -> None:
    address = examples[operation.name][1]
    join = "&" if "?" in address else "?"
    whole = sample_client.get(f"{address}{join}limit={operation.largest}").get_json()
    size = max(1, -(-min(whole["total"], operation.largest) // 3))
    seen: list[Any] = []
    following: str | None = f"{address}{join}limit={size}"
    for _ in range(4):
        if following:
            part = sample_client.get(following).get_json()
            assert part["returned"] == len(part[operation.rows])
            seen += part[operation.rows]
            following = part["next"]
    assert seen[: operation.largest] == whole[operation.rows][: len(seen)]
    if whole["total"] <= operation.largest:
        assert (len(seen), following) == (whole["total"], None)
    text = sample_client.get(f"{address}{join}format=csv").get_data(as_text=True)
    assert text.count("\r\n") == whole["total"] + 1
    head = text.partition("\r\n")[0]
    for window in (f"limit=1&offset={max(0, whole['total'] - 1)}", "limit=1&offset=1000000"):
        part = sample_client.get(f"{address}{join}format=csv&{window}").get_data(as_text=True)
        assert part.partition("\r\n")[0] == head, "the columns are those of the rows' type, whatever rows there are"


@pytest.mark.parametrize("operation", [op for op in OPERATIONS if "limit" in op.parameters], ids=lambda op: op.name)
def test_a_limit_above_the_maximum_is_refused_with_problem_details(
    sample_client: FlaskClient, spec: dict[str, Any], examples: dict[str, tuple[str, str]], operation: Operation
) -> None:
    address = examples[operation.name][1]
    response = sample_client.get(f"{address}{'&' if '?' in address else '?'}limit={operation.largest + 1}")
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    Draft202012Validator(spec["components"]["schemas"]["ProblemAnswer"]).validate(response.get_json())
    assert "limit" in response.get_json()["detail"]


def test_a_department_that_only_the_overview_table_names_is_one_and_says_its_row(sample_client: FlaskClient) -> None:
    found = sample_client.get("/api/v1/departments/012246/企画部/広報誌課").get_json()
    assert (found["municipality"], found["projects"]) == ("千歳市", [])
    (row,) = found["overview_rows"]
    record = sample_client.get(f"/api/v1/records/{row}").get_json()
    assert "企画部広報誌課" in [each["raw"] for each in record["departments"]]
    page = sample_client.get(found["url"])
    assert page.status_code == 200
    assert f'href="/documents/{PLAN}"' in page.get_data(as_text=True)


@pytest.mark.parametrize("operation", [op for op in OPERATIONS if op.name != "suggest"], ids=lambda op: op.name)
def test_a_parameter_that_an_operation_does_not_know_is_refused_with_those_it_knows(
    sample_client: FlaskClient, spec: dict[str, Any], examples: dict[str, tuple[str, str]], operation: Operation
) -> None:
    path, address = examples[operation.name]
    response = sample_client.get(f"{address}{'&' if '?' in address else '?'}municipalty=012246")
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    described = spec["paths"][path]["get"]["parameters"]
    names = [each["name"] for each in described if each["in"] == "query"]
    told = f"give one of {', '.join(names)}" if names else "this address takes none"
    assert response.get_json()["detail"] == f"parameter municipalty: not known here; {told}"


def test_the_addresses_about_the_api_refuse_unknown_parameters_too(sample_client: FlaskClient) -> None:
    assert sample_client.get("/api/v1?lang=en").status_code == 400
    assert "lang" in sample_client.get("/api/v1/openapi.json?language=en").get_json()["detail"]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda op: op.name)
def test_no_value_of_a_parameter_makes_the_service_fail(
    sample_client: FlaskClient, examples: dict[str, tuple[str, str]], operation: Operation
) -> None:
    """Odd values are refused or find nothing; a parameter that takes one of a few values refuses every other."""
    path, address = examples[operation.name]
    stem = address.partition("?")[0]
    known = dict(pair.split("=") for pair in address.partition("?")[2].split("&") if "=" in pair)
    for name in operation.parameters:
        spelt = SPELT.get(name, name)
        for odd in ("", "\0", "９", "-1", "nope", "%", "😀" * 50, "0" * 4000, "<script>"):
            query = urlencode({**{k: v for k, v in known.items() if k != spelt}, spelt: odd})
            response = sample_client.get(f"{stem}?{query}")
            assert response.status_code in {200, 400, 404}, (path, spelt, odd)
            if odd == "nope" and ("enum" in PARAMETERS[name].schema or spelt == "limit") and name != "bom":
                assert response.status_code == 400, (path, spelt)


@pytest.mark.parametrize(
    "address",
    ["/api/v1/documents/nope", "/api/v1/projects/nope/1", f"/api/v1/projects/{PLAN}/0", "/api/v1/departments/x/y", "/api/v1/nope"],
)  # fmt: skip
def test_what_is_not_there_is_a_404_with_problem_details_in_json(sample_client: FlaskClient, address: str) -> None:
    response = sample_client.get(address)
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_page_explains_every_operation_with_an_example_that_works(sample_client: FlaskClient, prefix: str) -> None:
    body = sample_client.get(f"{prefix}/api", headers={"Accept": "text/html"}).get_data(as_text=True)
    for operation in OPERATIONS:
        assert f'id="op-{operation.name}"' in body


def test_the_index_of_the_api_names_every_operation_and_leads_people_to_its_description(
    sample_client: FlaskClient,
) -> None:
    answer = sample_client.get("/api/v1").get_json()
    assert [each["name"] for each in answer["operations"]] == [operation.name for operation in OPERATIONS]
    for each in answer["operations"]:
        assert sample_client.get(each["example"]).status_code == 200, each["example"]
    for address in ("/api/v1", "/api/v1/"):
        page = sample_client.get(address, headers={"Accept": "text/html", "Accept-Language": "en"})
        assert (page.status_code, page.location) == (303, "/en/api")
