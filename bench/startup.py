"""How long a person waits: wall-clock time of whole commands, as typed into a shell.

Run it with `make bench`.  It only measures; the aims are for the reader to compare with.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
PROGRAM = Path(sys.executable).with_name("triage")
RUNS = 10

# A command's arguments, and the seconds that it should take at most.
COMMANDS = (
    (("--help",), 0.3),
    (("assess", "examples/forms/textbook_runner.yaml"), 1.5),
)


def seconds(arguments: tuple[str, ...]) -> float:
    """Runs the program once and returns how long that took; a failure ends the benchmark."""
    start = time.perf_counter()
    done = subprocess.run(
        [PROGRAM, *arguments], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    taken = time.perf_counter() - start
    if done.returncode != 0:
        sys.exit(f"triage {' '.join(arguments)} failed:\n{done.stderr}")
    return taken


def main() -> None:
    """Prints a table with one row a command."""
    print(f"Wall-clock seconds of {RUNS} runs, after one that is not counted")
    print(f"{'best':>6} {'median':>7} {'aim':>5}  command")
    for arguments, aim in COMMANDS:
        seconds(arguments)  # the first run writes Python's byte code and warms the disk's cache
        times = [seconds(arguments) for _ in range(RUNS)]
        row = f"{min(times):6.2f} {statistics.median(times):7.2f} {aim:5.1f}"
        print(f"{row}  triage {' '.join(arguments)}")


if __name__ == "__main__":
    main()
