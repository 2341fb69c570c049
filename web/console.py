"""What the commands share: options, errors as sentences, tables and JSON on stdout."""

import errno
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ingest.errors import RenkeiError
from web.settings import Settings, from_environment

if TYPE_CHECKING:
    from graph.stores import Store
    from ingest.library import Library, State

F = TypeVar("F", bound=Callable[..., Any])


class Failure(click.ClickException):
    """An error of ours, shown as its own sentence; exit code 1."""

    def show(self, file: Any = None) -> None:
        """Print the sentence on stderr."""
        click.echo(f"renkei: {self.format_message()}", file=file, err=True)


class Command(click.Group):
    """The command group: errors of ours and of the disk become one line, or a traceback with ``--debug``."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except RenkeiError as error:
            if ctx.params.get("debug"):
                raise
            raise Failure(str(error)) from error
        except OSError as error:
            if ctx.params.get("debug") or error.errno == errno.EPIPE:
                raise
            what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
            raise Failure(f"{what}; check the path, what you may do there and the room on the disk") from error


def home_option(command: F) -> F:
    """Let ``--home`` stand behind the command too."""

    def choose(ctx: click.Context, _: click.Parameter, value: Path | None) -> None:
        if value:
            ctx.obj = from_environment(home=value)

    kind = click.Path(path_type=Path, file_okay=False)
    return click.option(
        "--home", type=kind, expose_value=False, callback=choose, help="The library (default: RENKEI_HOME, else ./var)."
    )(command)


def json_option(command: F) -> F:
    """Give a command ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(command)


def open_library(settings: Settings) -> "Library":
    """Return the library that the settings name."""
    from ingest.library import Library  # noqa: PLC0415

    return Library(settings.home)


def current_state(settings: Settings) -> "State":
    """Return the current state of the library; raises ``LibraryEmpty``."""
    return open_library(settings).current()


def current_store(settings: Settings) -> "Store":
    """Open the graph of the current state."""
    import graph  # noqa: PLC0415

    return graph.open(current_state(settings).graph)


def print_json(value: object) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> None:
    """Print a table; on no terminal, plain rows with tabs."""
    if not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join(row))
        return
    from rich import box  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD)
    for i, column in enumerate(columns):
        table.add_column(column, justify="right" if i in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console().print(table)
