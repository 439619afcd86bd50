"""The files that come with the program are found in a checkout and in an installation."""

from pathlib import Path

import pytest

from triage.resources import find_folder, fonts_folder, rules_folder, templates_folder


def a_package(folder: Path, *folders: str) -> Path:
    for name in ("triage", *folders):
        (folder / name).mkdir(parents=True)
    return folder / "triage"


def test_the_rule_book_is_found() -> None:
    assert (rules_folder() / "book.yaml").is_file()


def test_the_templates_are_found() -> None:
    assert list(templates_folder().iterdir())


def test_the_fonts_are_found_with_their_licence() -> None:
    assert (fonts_folder() / "OFL.txt").is_file()
    assert list(fonts_folder().glob("*.ttf"))


def test_in_a_checkout_they_stand_beside_the_package(tmp_path: Path) -> None:
    package = a_package(tmp_path, "rules")

    assert find_folder("rules", package=package) == tmp_path / "rules"


def test_once_installed_they_are_inside_it(tmp_path: Path) -> None:
    package = a_package(tmp_path, "triage/reports/templates")

    assert find_folder("reports/templates", package=package) == package / "reports" / "templates"


def test_what_is_inside_goes_first(tmp_path: Path) -> None:
    package = a_package(tmp_path, "rules", "triage/rules")

    assert find_folder("rules", package=package) == package / "rules"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    package = a_package(tmp_path)
    (package / "rules").write_text("not a folder")

    with pytest.raises(FileNotFoundError):
        find_folder("rules", package=package)


def test_a_broken_installation_says_where_it_looked(tmp_path: Path) -> None:
    package = a_package(tmp_path)

    with pytest.raises(FileNotFoundError) as caught:
        find_folder("rules", package=package)

    assert str(package / "rules") in str(caught.value)
    assert str(tmp_path / "rules") in str(caught.value)
