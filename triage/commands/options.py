"""Options and arguments that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

answers_argument = click.argument("answers", metavar="ANSWERS")


def rules_option(command: Command) -> Command:
    """`--rules DIR`, on every command that reads the rule book."""
    return click.option(
        "--rules",
        "rules",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Use the rule book in DIR instead of the one that comes with the program.",
    )(command)


def language_option(command: Command) -> Command:
    """`--language CODE`, on every command that shows texts of the rule book to people."""
    return click.option(
        "--language",
        default="en",
        show_default=True,
        metavar="CODE",
        help="The language of what people read, such as es; errors and --help stay English.",
    )(command)


def assume_option(command: Command) -> Command:
    """`--assume FILE`, on every command that reads answers."""
    return click.option(
        "--assume",
        metavar="FILE",
        help="Answers to use where the form has none, such as what a clinic settled elsewhere.",
    )(command)
