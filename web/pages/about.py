"""Pages about the service itself: who and how, accessibility, and the vocabulary of the graph."""

from flask import Blueprint, render_template

from web.pages.frame import say

pages = Blueprint("about", __name__)


@pages.get("/about")
def service() -> str:
    """Say who runs the service, under which terms, and what it keeps of its visitors."""
    return render_template("about.html", trail=[(say("nav.about"), None)])


@pages.get("/accessibility")
def accessibility() -> str:
    """Say which standard the pages follow, and how that was tested."""
    return render_template("accessibility.html", trail=[(say("nav.accessibility"), None)])


@pages.get("/help")
def guide() -> str:
    """Show how to search, by examples."""
    return render_template("help.html", trail=[(say("nav.help"), None)])
