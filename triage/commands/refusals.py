"""What a command cannot do, and how it says so: a message for people, never a traceback.

Not here: what can be wrong with something that was read (`triage.problems`).
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

PACKAGE = Path(__file__).parents[1]
BAD_INPUT = 2
"""Exit status for bad usage and bad input."""
A_BUG = "this is a bug in the program, please report it"
NOTHING = "nothing was written"


class Refused(click.ClickException):
    """Bad input, said without a traceback."""

    exit_code = BAD_INPUT

    def show(self, file: Any = None) -> None:  # noqa: ARG002 - click's signature
        """Print the message, a line each problem, to standard error."""
        click.echo(self.message, err=True)


@contextmanager
def refusing_bad_input() -> Iterator[None]:
    """Turn bad input, and files that cannot be written, into a message and exit status 2."""
    from triage.problems import BadInput

    try:
        yield
    except BadInput as error:
        raise Refused(str(error)) from None
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        raise Refused(f"{place}{(error.strerror or 'cannot be used').lower()}") from None


@contextmanager
def hiding_answers(left: str = NOTHING) -> Iterator[None]:
    """Say where a bug stopped a batch, and not what Python says of it: that may hold answers.

    The exit status is that of a batch that was not done, also where somebody stopped it.

    Args:
        left: what is there when it was stopped.
    """
    from triage.problems import EnginesDisagree

    try:
        yield
    except (click.ClickException, click.exceptions.Exit):
        raise
    except KeyboardInterrupt:
        raise Refused(f"stopped: {left}") from None
    except EnginesDisagree as error:
        raise Refused(f"{error}: {left}; {A_BUG}") from None
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        *_, place = [frame for frame in frames if PACKAGE in Path(frame.filename).parents]
        where = f"{Path(place.filename).name}:{place.lineno}"
        raise Refused(f"{type(error).__name__} in {where}: {left}; {A_BUG}") from None
