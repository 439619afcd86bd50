"""The wheel works by itself: built, installed in a clean venv and run far from the checkout.

The checkout is out of reach of what runs here, so a file that the wheel lacks is missed; and the
venv sees the locked runtime libraries only, so that no development tool stands in for a dependency
that nobody declared.  Nothing is downloaded: hatchling comes from the build lock, and the libraries
are those beside the running tests.
"""

import os
import subprocess
import sys
import venv
import zipfile
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pexpect
import polars as pl
import pytest

from tests.locks import RUNTIME, holds, pins, text_of

REPOSITORY = Path(__file__).resolve().parent.parent
FORM = REPOSITORY / "examples" / "forms" / "textbook_runner.yaml"


def surroundings() -> dict[str, str]:
    """The environment without its Python settings."""
    settings = ("COV_", "COVERAGE_", "PYTHON", "PYTEST_", "VIRTUAL_ENV")
    return {name: value for name, value in os.environ.items() if not name.startswith(settings)}


def run(*command: str | Path, folder: Path) -> str:
    """Runs a command away from the environment's Python and returns what it printed."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=surroundings(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def link_libraries(lock: str, site_packages: Path) -> None:
    """Puts the libraries of a lock file, as they are installed here, into another venv."""
    for need in filter(holds, pins(text_of(lock))):
        installed = metadata.distribution(need.name)
        assert installed.version in need.specifier, f"{need} is locked, not {installed.version}"
        tops = {file.parts[0] for file in installed.files or [] if file.parts[0] != ".."}
        for top in tops - {"__pycache__"}:
            (site_packages / top).symlink_to(Path(str(installed.locate_file(top))))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution, so that this too holds all that is needed."""
    folder = tmp_path_factory.mktemp("built")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, folder=REPOSITORY)
    (source,) = folder.glob("*.tar.gz")
    run(sys.executable, "-m", "tarfile", "--extract", source, folder, folder=folder)
    unpacked = folder / source.name.removesuffix(".tar.gz")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, folder=unpacked)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a clean venv's programs, with the wheel and its locked libraries installed."""
    home = tmp_path_factory.mktemp("clean")
    venv.create(home, symlinks=True, with_pip=False)
    python = home / "bin" / "python"
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=home)
    link_libraries(RUNTIME, Path(site.strip()))
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    run(*pip, "install", "--quiet", "--no-index", "--no-deps", wheel, folder=home)
    run(*pip, "check", folder=home)
    return home / "bin"


def dist_info(wheel: Path) -> str:
    """The folder of a wheel's metadata: the wheel's name up to its version."""
    return "-".join(wheel.name.split("-")[:2]) + ".dist-info"


def test_the_wheel_holds_the_package_the_rules_and_the_reports_and_no_more(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    assert {name.split("/")[0] for name in names} == {"triage", dist_info(wheel)}
    assert {"triage/py.typed", "triage/rules/book.yaml"} <= set(names)
    assert "triage/rules/older/0.1.0/became.yaml" in names
    assert "triage/rules/older/0.1.0/questionnaire/safety.yaml" in names
    assert {"triage/rules/languages/es.po", "triage/reports/languages/es.po"} <= set(names)
    assert [name for name in names if name.startswith("triage/reports/templates/")]
    fonts = {name for name in names if name.startswith("triage/reports/fonts/")}
    assert "triage/reports/fonts/OFL.txt" in fonts
    assert [name for name in fonts if name.endswith(".ttf")]
    assert [name for name in names if "__pycache__" in name] == []


def test_the_licence_goes_along(wheel: Path) -> None:
    assert f"{dist_info(wheel)}/licenses/LICENSE" in zipfile.ZipFile(wheel).namelist()


def test_what_runs_is_the_wheel_and_not_the_checkout(installed: Path) -> None:
    where = run(
        installed / "python",
        "-c",
        "import triage, triage.resources as found; "
        "print(triage.__file__, found.rules_folder(), found.templates_folder(), sep='\\n')",
        folder=Path("/"),
    )

    assert len(where.splitlines()) == 3
    assert all(Path(line).is_relative_to(installed.parent) for line in where.splitlines())


def test_the_installed_program_assesses_a_form_from_anywhere(
    installed: Path, tmp_path: Path
) -> None:
    form = tmp_path / FORM.name
    form.write_bytes(FORM.read_bytes())

    printed = run(installed / "triage", "assess", form, folder=Path("/"))

    assert printed.strip()


def test_the_installed_program_writes_a_report(installed: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.html"

    run(installed / "triage", "report", FORM, "-o", report, folder=Path("/"))

    assert "</html>" in report.read_text("utf-8")


def test_the_installed_program_writes_a_pdf(installed: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.pdf"

    run(installed / "triage", "report", FORM, "-o", report, folder=Path("/"))

    assert report.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(("ending", "read"), [("csv", pl.read_csv), ("parquet", pl.read_parquet)])
def test_the_installed_program_scores_the_table_that_it_prints(
    installed: Path, tmp_path: Path, ending: str, read: Callable[[Path], pl.DataFrame]
) -> None:
    forms, scored = tmp_path / "forms.csv", tmp_path / f"scored.{ending}"
    triage = installed / "triage"

    run(triage, "form", "--format", "csv", "-o", forms, folder=Path("/"))
    run(triage, "score", forms, "-o", scored, folder=Path("/"))

    assert ["incomplete"] == read(scored)["disposition"].to_list()


def test_the_installed_program_holds_an_interview(installed: Path) -> None:
    person = pexpect.spawn(
        str(installed / "triage"),
        ["ask"],
        cwd="/",
        env=surroundings(),
        encoding="utf-8",
        timeout=60,
    )

    person.expect_exact("\r\n> ")
    assert "not a diagnosis" in person.before
    person.sendline("q")
    person.expect(pexpect.EOF)
    person.close()

    assert person.exitstatus == 0
