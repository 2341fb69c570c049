"""The documentation of the API for people."""

from flask import Blueprint, render_template

from web.pages.frame import link, say

pages = Blueprint("api", __name__)


@pages.get("/api")
def reference() -> str:
    """Describe every address of the API."""
    return render_template("api.html", trail=[(say("nav.data"), link("data.downloads")), (say("nav.api"), None)])
