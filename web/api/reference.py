"""The documentation of the API: the OpenAPI document for programs, and a page made from it for people."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, current_app, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.api.contract import PARAMETERS, SPELT, Operation
from web.api.openapi import describe, paths, tag_of
from web.api.parameters import refuse_unknown
from web.errors import BadParameter
from web.i18n import LANGUAGES, catalogue
from web.pages.formats import page_wanted
from web.pages.frame import language, link, opened, say, to_page

pages = Blueprint("api", __name__)
service = Blueprint("openapi", __name__)
service.before_request(refuse_unknown)


@dataclass(frozen=True, slots=True)
class Described:
    """An operation as the page shows it: its group, its description, and an address that works on this library."""

    tag: str
    path: str
    spec: dict[str, object]
    example: str


@service.get("/api/v1")
@service.get("/api/v1/")
def index() -> ResponseReturnValue:
    """Say which operations there are: as JSON, or on the page that describes them."""
    if page_wanted():
        return to_page("/api")
    operations = [
        {
            "name": operation.name,
            "path": path,
            "summary": {tongue: catalogue(tongue).say(f"api.op.{operation.name}") for tongue in LANGUAGES},
            "parameters": operation.spelt,
            "example": example_of(operation, path),
        }
        for operation, path in paths(current_app)
    ]
    response = jsonify(openapi=url_for("openapi.document"), documentation="/api", operations=operations)
    response.vary.add("Accept")
    return response


@service.get("/api/v1/openapi.json")
def document() -> Response:
    """Hand out the OpenAPI document; ``lang=en`` has its words in English."""
    tongue = request.args.get("lang") or LANGUAGES[0]
    if tongue not in LANGUAGES:
        raise BadParameter("lang", tongue, ", ".join(LANGUAGES))
    return jsonify(describe(current_app, tongue, known_values()))


@pages.get("/api")
def reference() -> str:
    """Describe every operation, in words and by an example that can be followed."""
    spec = describe(current_app, language(), known_values())
    operations = [
        Described(tag_of(operation), path, spec["paths"][path]["get"], example_of(operation, path))
        for operation, path in paths(current_app)
    ]
    return render_template(
        "api.html",
        trail=[(say("nav.data"), link("data.downloads")), (say("nav.api"), None)],
        spec=spec,
        operations=operations,
        schemas=spec["components"]["schemas"],
    )


def known_values() -> dict[str, list[str]]:
    """Return the documents, municipalities and departments that parameters can name."""
    directory = opened().directory
    names = [entry.name for entry in directory.municipalities.values()]
    return {
        "documents": list(directory.documents),
        "municipalities": list(dict.fromkeys([*directory.municipalities, *names])),
        "departments": list(directory.departments),
    }


def example_of(operation: Operation, path: str) -> str:
    """Return an address of an operation that finds something in this library, as far as it holds anything."""
    directory = opened().directory
    documents = list(directory.by_document) or list(directory.documents)
    project = next(iter(directory.projects.values()), None)
    departments = [key for key, entry in directory.departments.items() if entry.projects]
    values = {
        "document": project.document if project else next(iter(documents), ""),
        "local": project.local if project else "",
        "key": next(iter(departments), ""),
        "department": next(iter(departments), ""),
    }
    asked: list[tuple[str, str]] = []
    for name in operation.parameters:
        parameter = PARAMETERS[name]
        if parameter.required:
            number = 0 if name in {"a", "document_a"} else -1
            example = parameter.example or (documents[number] if operation.name == "compare" else _end(number))
            asked.append((SPELT.get(name, name), example))
        elif name in {"q", "typed"}:
            asked.append(("q", parameter.example or ""))
    address = path
    for name, value in values.items():
        address = address.replace("{" + name + "}", quote(value))
    return f"{address}?{urlencode(asked)}" if asked else address


def _end(number: int) -> str:
    """Return the first or the last department or municipality, for a question about two things."""
    directory = opened().directory
    things = [key for key, entry in directory.departments.items() if entry.projects] or list(directory.municipalities)
    return things[number] if things else ""
