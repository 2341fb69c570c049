"""The command line: ``renkei ingest``, ``search``, ``relate``, ``export``, ``serve`` and the rest.

Results go to stdout, progress and messages to stderr. Exit codes: 0 done, 1 something was refused or failed (the rest is
done), 2 wrong usage. Each command imports what it needs when it runs, so that every start is quick.
"""

from importlib import metadata
from pathlib import Path

import click

from web.commands import data, find, judge, library, relate_more
from web.console import Command
from web.settings import from_environment


@click.group(cls=Command, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "--home", type=click.Path(path_type=Path, file_okay=False), help="The library (default: RENKEI_HOME, else ./var)."
)
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(metadata.version("renkei"), prog_name="renkei")
@click.pass_context
def main(ctx: click.Context, home: Path | None, debug: bool) -> None:  # noqa: ARG001  read by Command
    """Find out what municipalities do together: search, relations and open data over partnership documents.

    \b
    renkei serve                      the service on the sample documents
    renkei ingest ~/協約               add your own documents
    renkei search 航空写真
    renkei relate shared-projects
    """
    ctx.obj = from_environment(home=home)


for _command in (
    library.ingest,
    library.remove,
    library.list_documents,
    library.records,
    library.findings,
    find.search,
    find.searches,
    find.evaluate,
    relate_more.relate,
    judge.judge,
    judge.align,
    data.sparql,
    data.export,
    data.validate,
    library.check,
    library.serve,
):
    main.add_command(_command)
