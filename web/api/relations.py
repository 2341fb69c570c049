"""Version 1 of the JSON API: how departments, municipalities, projects, areas and documents are connected."""

from flask import Response, jsonify, request

import graph.ego
import graph.network
import graph.relations
from graph import alignment, centrality, roles
from graph import chains as graph_chains
from graph import coverage as graph_coverage
from graph import shared as graph_shared
from web.api import relation_shapes as shapes
from web.api.listing import listed
from web.api.v1 import service
from web.errors import BadParameter
from web.pages.frame import opened
from web.pages.paths import kinds_left_out, paths_asked
from web.pages.relations import chosen_area, chosen_departments, chosen_municipalities, pairs_of

__all__ = ["service"]


@service.get("/relations/shared-projects")
def shared_projects() -> Response:
    """List the pairs of departments that share projects, most shared first."""
    pairs = pairs_of(chosen_municipalities(), chosen_area(), chosen_departments())
    return listed("pairs", pairs, shapes.pair)


@service.get("/relations/counterparts/<path:department>")
def counterparts(department: str) -> Response:
    """List the departments of other municipalities that share projects with one, most shared first."""
    return listed("counterparts", graph.relations.counterparts(opened().store, department), shapes.counterpart)


@service.get("/relations/shared")
def shared() -> Response:
    """Return everything that the things ``a`` and ``b`` share, in words."""
    return jsonify(shapes.shared(graph_shared.everything_shared(opened().store, _needed("a"), _needed("b"))))


@service.get("/relations/path")
def path() -> Response:
    """Return the shortest paths between the things ``a`` and ``b``."""
    return jsonify({"paths": [shapes.path(steps) for steps in paths_asked().found]})


@service.get("/relations/ego")
def ego() -> Response:
    """Return what surrounds a ``thing`` within ``depth`` links."""
    depth = request.args.get("depth") or "1"
    if depth not in {"1", "2"}:
        raise BadParameter("depth", depth, "1, 2")
    return jsonify(shapes.ego(graph.ego.ego(opened().store, _needed("thing"), int(depth), without=kinds_left_out())))


@service.get("/relations/central")
def central() -> Response:
    """List the departments that share projects, those with most partners first."""
    return listed("departments", centrality.central(opened().store), shapes.central)


@service.get("/relations/bridges")
def bridges() -> Response:
    """Return the departments and the links whose loss would cut others off."""
    return jsonify(shapes.bridges(centrality.bridges(opened().store)))


@service.get("/relations/communities")
def communities() -> Response:
    """List the groups of departments that work together, the largest first."""
    return listed("communities", centrality.communities(opened().store), shapes.community)


@service.get("/relations/coverage")
def coverage() -> Response:
    """Return which municipality works in which field by which document, and how many cells are empty."""
    return jsonify(shapes.coverage(graph_coverage.coverage(opened().store, every="every" in request.args)))


@service.get("/relations/roles")
def role_summaries() -> Response:
    """List how the roles of partners compare, summed up for each document."""
    return listed("documents", roles.role_summaries(opened().store), shapes.role_summary)


@service.get("/relations/roles/<document>/<local>")
def project_roles(document: str, local: str) -> Response:
    """Return how the roles of a project's partners compare, with the words that differ."""
    return jsonify(shapes.roles(roles.roles_of(opened().store, f"{document}/{local}")))


@service.get("/relations/chains")
def chains() -> Response:
    """List the chains from article to result, those of one ``document`` where the address says so."""
    document = request.args.get("document") or None
    if document:
        opened().state.entry(document)
    return listed("chains", graph_chains.chains(opened().store, document), shapes.chain)


@service.get("/relations/same-work/<document>/<local>")
def same_work(document: str, local: str) -> Response:
    """List the projects of other documents that may be the same work as one, surest first."""
    return listed("matches", alignment.same_work(opened().store, f"{document}/{local}"), shapes.match)


def _needed(name: str) -> str:
    value = request.args.get(name, "").strip()
    if not value:
        raise BadParameter(name, value, "a department, municipality, project, area or document")
    return value
