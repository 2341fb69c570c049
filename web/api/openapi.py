"""The OpenAPI 3.1 document of the API: paths from the routes, schemas from the types of the answers."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version
from typing import Any

import msgspec
from flask import Flask
from werkzeug.routing import Rule

from web.api import answers
from web.api.contract import KNOWN, OPERATIONS, PARAMETERS, SPELT, Operation, Schema
from web.i18n import catalogue

Known = Mapping[str, Sequence[str]]
MANIFEST = "3.1.0"
MOST_VALUES = 300
"""Where a library holds more values than these, a parameter is described as any text."""
_REF = "#/components/schemas/{name}"
_PLACE = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")


MISSING = {"path", "shared", "ego", "records", "chains"}
"""Operations that answer 404 to a parameter that names nothing in the library."""


def describe(app: Flask, language: str, known: Known) -> Schema:
    """Return the document, its words in a language; ``known`` has the values that a library holds, by kind."""
    say = catalogue(language).say
    schemas = _schemas()
    return {
        "openapi": MANIFEST,
        "info": {
            "title": "Renkei API",
            "version": version("renkei"),
            "summary": say("api.summary"),
            "description": say("api.paging"),
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "tags": [
            {"name": tag, "description": say(f"api.tag.{tag}")} for tag in ("search", "records", "plans", "relations")
        ],
        "paths": {path: {"get": _operation(operation, path, language, known)} for operation, path in paths(app)},
        "components": {
            "schemas": schemas,
            "responses": {
                "Problem": _problem(say("api.problem")),
                "NotModified": {"description": say("api.unmodified")},
            },
        },
    }


def paths(app: Flask) -> list[tuple[Operation, str]]:
    """Return the operations with their paths, by the routes of an application."""
    rules: dict[str, list[Rule]] = {}
    for rule in app.url_map.iter_rules():
        rules.setdefault(rule.endpoint, []).append(rule)
    return [(operation, _path(max(map(str, rules[operation.endpoint]), key=len))) for operation in OPERATIONS]


def tag_of(operation: Operation) -> str:
    """Return the group that an operation belongs to."""
    if operation.name in {"search", "suggest"}:
        return "search"
    if operation.endpoint.startswith("plans_api."):
        return "plans"
    records = {
        "documents",
        "document",
        "records",
        "record",
        "projects",
        "project",
        "departments",
        "department",
        "changes",
    }
    return "records" if operation.name in records | {"municipalities"} else "relations"


def _path(rule: str) -> str:
    return _PLACE.sub(lambda match: "{" + match[1] + "}", rule)


def _operation(operation: Operation, path: str, language: str, known: Known) -> Schema:
    say = catalogue(language).say
    parameters = [_in_path(name, language) for name in re.findall(r"{(\w+)}", path)]
    parameters += [_parameter(name, operation, language, known) for name in operation.parameters]
    content: Schema = {"application/json": {"schema": _answer(operation)}}
    if "format" in operation.parameters:
        content["text/csv"] = {"schema": {"type": "string"}}
    headers = {"ETag": {"schema": {"type": "string"}, "description": say("api.etag")}}
    if "limit" in operation.parameters:
        headers["Link"] = {"schema": {"type": "string"}, "description": say("api.link")}
    problem = {"$ref": "#/components/responses/Problem"}
    missing = {"404": problem} if "{" in path or operation.name in MISSING else {}
    responses = {
        "200": {"description": say(f"api.op.{operation.name}"), "headers": headers, "content": content},
        "304": {"$ref": "#/components/responses/NotModified"},
        "400": problem,
        **missing,
        "503": problem,
    }
    return {
        "operationId": operation.name,
        "tags": [tag_of(operation)],
        "summary": say(f"api.op.{operation.name}"),
        "parameters": parameters,
        "responses": responses,
    }


def _in_path(name: str, language: str) -> Schema:
    text = catalogue(language).say(f"api.in_path.{name}")
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": text,
        "schema": {"type": "string", "minLength": 1},
    }


def _parameter(name: str, operation: Operation, language: str, known: Known) -> Schema:
    parameter = PARAMETERS[name]
    schema = dict(parameter.schema)
    if name == "limit":
        schema |= {"maximum": operation.largest, "default": 20}
    values = known.get(KNOWN.get(name, ""), ())
    if 0 < len(values) <= MOST_VALUES:
        schema["enum"] = list(values) if parameter.required else ["", *values]
    described: Schema = {
        "name": SPELT.get(name, name),
        "in": "query",
        "required": parameter.required,
        "allowEmptyValue": not parameter.required,  # as forms send it: the same as leaving it out
        "description": catalogue(language).say(f"api.param.{name}"),
        "schema": {"type": "array", "items": schema} if parameter.many else schema,
    }
    if parameter.many:
        described |= {"style": "form", "explode": True}
    return described


def _answer(operation: Operation) -> Schema:
    one: Schema = {"$ref": _REF.format(name=schema_name(operation.answer))}
    if operation.extra:
        one = {"allOf": [one, {"$ref": _REF.format(name=operation.extra.__name__)}]}
    if operation.rows is None:
        return one
    whole = {"type": "integer", "minimum": 0}
    properties: Schema = {
        "total": whole,
        "limit": {"type": "integer", "minimum": 1, "maximum": operation.largest},
        "offset": whole,
        "returned": whole,
        "next": {"type": ["string", "null"]},
        operation.rows: {"type": "array", "items": one},
    }
    return {"type": "object", "properties": properties, "required": list(properties)}


def schema_name(answer: Any) -> str:
    """Return the name of a type among the schemas; the union of all records is ``AnyRecord``."""
    return getattr(answer, "__name__", None) or "AnyRecord"


@cache
def _schemas() -> Schema:
    types = [op.extra for op in OPERATIONS if op.extra] + [
        op.answer for op in OPERATIONS if isinstance(op.answer, type)
    ]
    union = next(op.answer for op in OPERATIONS if not isinstance(op.answer, type))
    (whole, *_), components = msgspec.json.schema_components(
        [union, *dict.fromkeys(types), answers.ProblemAnswer], ref_template=_REF
    )
    return {"AnyRecord": whole, **components}


def _problem(description: str) -> Schema:
    return {
        "description": description,
        "content": {"application/problem+json": {"schema": {"$ref": _REF.format(name="ProblemAnswer")}}},
    }
