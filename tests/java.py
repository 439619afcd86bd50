"""Whether this machine has a Java that Spark runs on."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

OLDEST = 17
"""The oldest Java that Spark 4 takes."""


@cache
def java() -> str | None:
    """The version of the Java that Spark would start, where it is new enough."""
    home = os.environ.get("JAVA_HOME")
    program = str(Path(home, "bin", "java")) if home else shutil.which("java")
    if program is None or not Path(program).exists():
        return None
    said = subprocess.run([program, "-version"], capture_output=True, text=True, check=False)
    found = re.search(r'version "(\d+)[^"]*"', said.stderr)
    return found[0].split('"')[1] if found and int(found[1]) >= OLDEST else None
