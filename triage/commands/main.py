"""The `triage` command: its group, and the program that a shell runs.

Each command stands in a module of its own beside this one.  They and `interview.terminal` are the
only modules that ask and print.  Libraries and rooms are imported inside the commands that need
them, so that `triage --help` answers at once.
"""

from __future__ import annotations

import gc
import os
import sys

import click

from triage.commands.ask import ask
from triage.commands.assess import assess
from triage.commands.explain import explain
from triage.commands.form import form
from triage.commands.lint import lint
from triage.commands.map import map_columns
from triage.commands.refusals import BAD_INPUT
from triage.commands.report import report
from triage.commands.rules import show_rules
from triage.commands.score import score

COMMANDS = (ask, assess, explain, form, lint, map_columns, report, score, show_rules)


@click.group(
    commands=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
    epilog="Not a diagnosis. In an emergency, call your local emergency number.",
)
@click.version_option(package_name="itb-triage", prog_name="triage")
@click.pass_context
def main(context: click.Context) -> None:
    """Rule-based triage of pain along the IT band: outer hip, thigh and knee.

    \b
    triage ask                            answer questions, one at a time
    triage assess answers.yaml            assess a form that is filled in
    triage report answers.yaml -o me.pdf  write the sheet to keep
    triage score forms.csv -o scored.csv  score many forms at once
    """  # noqa: D301 - click reads the escape
    if os.environ.get("NO_COLOR"):
        context.color = False


def program() -> None:
    """The whole program: `main`, and after it no waiting for what Polars still does."""
    # Nearly all that a command makes lasts until it is done, such as the rule book.  Looking for
    # what does not, as often as Python does by itself, takes a twentieth of the time for one form.
    gc.set_threshold(10_000)
    try:
        main()
    except SystemExit as done:
        if done.code == BAD_INPUT and "polars" in sys.modules:
            # A batch that broke off leaves threads that Python would kill, and so crash over them.
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(BAD_INPUT)
        raise


if __name__ == "__main__":
    program()
