"""Other languages: the same book in other words, and catalogues that lose nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tests.commands.test_commands import triage
from tests.small import FOLDER
from tools import language_files
from tools.catalogue_update import updated, written
from triage.answers.answer import NotAnAnswer, read_answer
from triage.answers.wording import answer_in_words
from triage.assessment.assess import assess
from triage.book.loading import load_rule_book
from triage.book.rulebook import RuleBook
from triage.book.texts import READ
from triage.languages import checks
from triage.languages.catalogue import Wanted, available, parse, read
from triage.languages.translated import in_language, lines
from triage.problems import BadInput
from triage.resources import reports_folder

HEAD = 'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def german(tmp_path: Path) -> Callable[..., RuleBook]:
    """The small book with a catalogue of what a test says."""

    def made(*messages: str) -> RuleBook:
        folder = tmp_path / "book"
        shutil.copytree(FOLDER, folder)
        (folder / "languages").mkdir()
        (folder / "languages" / "de.po").write_text(HEAD + "\n\n".join(messages) + "\n")
        return load_rule_book(folder)

    return made


def message(english: str, german: str, *above: str) -> str:
    """One message of a catalogue."""
    return "\n".join([*above, f'msgid "{english}"', f'msgstr "{german}"'])


def catalogue(*messages: str) -> Catalog:
    """A catalogue of some messages."""
    return parse((HEAD + "\n\n".join(messages) + "\n").encode(), "languages/de.po", "de")


# The book in another language


def test_a_text_is_replaced_wherever_it_is_read(german: Callable[..., RuleBook]) -> None:
    """Titles, options, entries of lists and texts of several lines alike."""
    book = in_language(german(message("It is cold", "Er ist kalt")), "de")
    assert "Er ist kalt" == book.items["troubles"].options["cold"]
    assert "It is bitter" == book.items["troubles"].options["bitter"]
    assert "de" == book.language


def test_what_has_no_translation_stays_english_and_is_counted(
    german: Callable[..., RuleBook],
) -> None:
    """One that waits to be looked at again counts as none."""
    english = german(
        message("It is cold", "Er ist kalt"),
        message("It is bitter", "Er ist sauer", "#, fuzzy"),
        message("It drips", ""),
    )
    book = in_language(english, "de")
    texts = list(lines(english.origin.documents))
    said = [line for line in texts if line.text == "It is cold"]
    assert len(texts) - len(said) == book.untranslated
    options = book.items["troubles"].options
    assert ("It is bitter", "It drips") == (options["bitter"], options["drips"])


def test_one_place_may_have_words_of_its_own(german: Callable[..., RuleBook]) -> None:
    """By `msgctxt`, which is the place that the catalogue's comment names."""
    place = "questionnaire/coffee.yaml/items/milk/options/yes"
    english = german(message("Yes", "Ja"), message("Yes", "Doch", f'msgctxt "{place}"'))
    book = in_language(english, "de")
    assert "Doch" == book.items["milk"].options["yes"]
    assert "Ja" == book.items["sparks"].options["yes"]


def test_a_unit_is_read_and_shown_in_both_languages(german: Callable[..., RuleBook]) -> None:
    """Rules and forms go by its English name, and people may type what they are shown."""
    many = message("months", "Monate"), message("years", "Jahre")
    english = german(*many, message("month", "Monat"), message("year", "Jahr"))
    book = in_language(english, "de")
    years = book.items["years"]
    assert 2.0 == read_answer(years, "24 Monate") == read_answer(years, "24 months")
    assert 1.0 == read_answer(years, "1 Jahr") == read_answer(years, "1jahr")
    assert "2 Jahre" == answer_in_words(years, 2.0)
    assert "1 Jahr" == answer_in_words(years, 1.0)
    assert "6 Monate" == answer_in_words(years, 0.5)
    assert ("years", ["months"]) == (years.number.unit, list(years.number.other_units))
    with pytest.raises(NotAnAnswer, match=r"\(Jahre or Monate\); did you mean 'Monat'"):
        read_answer(years, "3 Monatt")


def test_nothing_but_texts_changes(german: Callable[..., RuleBook]) -> None:
    """Conditions, levels, ids and the digest are those of the English book."""
    english = german(message("It is cold", "Er ist kalt"))
    book = in_language(english, "de")
    assert (english.digest, english.version) == (book.digest, book.version)
    assert list(english.rules) == list(book.rules)
    for name, rule in english.rules.items():
        other = book.rules[name]
        assert (rule.condition, rule.then) == (other.condition, other.then)
    answers = {"sparks": "yes", "years": "24 months"}
    assert assess(english, answers).states == assess(book, answers).states


def test_english_is_the_book_itself(german: Callable[..., RuleBook]) -> None:
    """No catalogue is needed for it."""
    english = german()
    assert english is in_language(english, "en")
    assert ("en", 0) == (english.language, english.untranslated)


def test_a_translation_is_made_of_the_english_book_only(german: Callable[..., RuleBook]) -> None:
    """Its texts are the keys."""
    book = in_language(german(), "de")
    with pytest.raises(AssertionError):
        in_language(book, "de")


def test_the_languages_of_a_folder_are_listed(german: Callable[..., RuleBook]) -> None:
    """English is always among them."""
    assert ("en", "de") == available(german().origin.folder)
    assert ("en",) == available(FOLDER)


@pytest.mark.parametrize(
    ("content", "code", "expected"),
    [
        (b"\xff\xfe", "de", "not text; expected a .po file in UTF-8"),
        (b'msgid "a"\nrubbish\n', "de", "languages/x.po:2: not a .po file"),
        (b"", "nonsense", "no language has the code 'nonsense'"),
    ],
)
def test_what_is_no_catalogue_is_refused(content: bytes, code: str, expected: str) -> None:
    """With file and line, and not with a traceback."""
    with pytest.raises(BadInput) as refused:
        parse(content, "languages/x.po", code)
    assert expected in str(refused.value)


# Lint


def test_lint_counts_and_names_no_error(german: Callable[..., RuleBook]) -> None:
    """Gaps are no problems: what is missing, to be looked at, or no longer needed."""
    book = german(
        message("It is cold", "Er ist kalt"),
        message("It drips", "Tropf", "#, fuzzy"),
        message("It flies", "Er fliegt"),
    )
    result = triage("lint", "--rules", book.origin.folder)
    assert 0 == result.exit_code
    number = len({line.text for line in lines(book.origin.documents)})
    said = result.output.splitlines()[-1]
    assert said.startswith(
        f"languages/de.po: 2 of {number} texts translated, 1 to be looked at again, "
        "1 no longer needed; missing: "
    )
    assert said.endswith(f"{number - 2 - checks.MOST_NAMED} more")


@pytest.mark.parametrize(
    ("english", "german_", "said"),
    [
        ("Wait 2 to 6 weeks.", "Warte 2 bis 5 Wochen.", "read the numbers 2 or 5, expected 2 or 6"),
        ("At 38.5 degrees.", "Bei 39 Grad.", "read the numbers 39, expected 38.5"),
        ("Rest.", "Ruhe 3 Tage.", "read the numbers 3, expected nothing"),
        ("Take 10 of 10.", "Nimm 10.", "read the numbers 10, expected 10 or 10"),
        ("Number {number}.", "Nummer {nummer}.", "read the placeholders {nummer}, expected {numb"),
    ],
)
def test_a_number_that_differs_is_a_problem(
    english: str, german_: str, said: str, german: Callable[..., RuleBook]
) -> None:
    """On its line of the catalogue; lint then fails."""
    result = triage("lint", "--rules", german(message(english, german_)).origin.folder)
    assert 2 == result.exit_code
    assert result.stderr.startswith(f"languages/de.po:6: {said}")


@pytest.mark.parametrize(
    ("english", "german_"),
    [
        ("At 38.5 degrees.", "Bei 38,5 Grad."),
        ("From 2 to 6.", "Zwischen 6 und 2."),
        ("Over 5,000 people.", "\u00dcber 5.000 Leute."),
        ("Over 5,000 people.", "\u00dcber 5000 Leute."),
        ("Two weeks.", "Zwei Wochen."),
        ("Wait 3 days.", ""),
    ],
)
def test_a_number_in_another_form_is_none(
    english: str, german_: str, german: Callable[..., RuleBook]
) -> None:
    """A decimal comma, another order, and what is not translated at all."""
    assert [] == list(checks.problems(german(message(english, german_))))


def test_a_broken_catalogue_is_a_problem(german: Callable[..., RuleBook]) -> None:
    """Lint names it like any other file."""
    (problem,) = checks.problems(german("rubbish"))
    assert "languages/de.po" == problem.file


def test_the_numbers_of_one_thing_and_of_several_are_checked() -> None:
    """Each form of the translation has the placeholders of one of the English forms."""
    plural = 'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "ein Tag"\nmsgstr[1] "{n} Tage"'
    (only,) = [m for m in catalogue(plural) if m.id]
    assert ["read the placeholders nothing, expected {n}: 'ein Tag'"] == [
        p.message for p in checks.unlike(only, "languages/de.po")
    ]


# Bringing a catalogue up to date


def test_a_new_text_is_missing_and_a_known_one_is_kept() -> None:
    """In the order of the texts, with their places."""
    old = catalogue(message("Cold", "Kalt", "# Not hot."))
    new = updated(old, [Wanted("Wet", "a.yaml/x"), Wanted("Cold", "b.yaml/y")])
    assert ["Wet", "Cold"] == [m.id for m in new if m.id]
    assert ("Kalt", ["Not hot."], [("b.yaml/y", None)]) == (
        new["Cold"].string,
        new["Cold"].user_comments,
        new["Cold"].locations,
    )
    assert not new["Wet"].string


def test_a_changed_text_keeps_what_stood_in_its_place_and_is_marked() -> None:
    """So that somebody looks at it, and nobody reads it before."""
    old = catalogue(message("Wait 2 days.", "Warte 2 Tage.", "#: a.yaml/say/0"))
    new = updated(old, [Wanted("Wait 3 days.", "a.yaml/say/0")])
    changed = new["Wait 3 days."]
    assert ("Warte 2 Tage.", True) == (changed.string, changed.fuzzy)
    assert '#| msgid "Wait 2 days."' in written(new).decode()
    assert [] == list(new.obsolete)


def test_what_a_text_was_before_is_no_comment_of_a_translator() -> None:
    """Babel reads it as one: it would be written a second time, and stay when all is done."""
    old = catalogue(message("Wait 2 days.", "Warte 2 Tage.", "# Keep.", "#: a.yaml/say/0"))
    wanted = [Wanted("Wait 3 days.", "a.yaml/say/0")]
    once = written(updated(old, wanted))
    again = written(updated(parse(once, "languages/de.po", "de"), wanted))
    assert b"# |" not in again
    assert b"# Keep." in again


def test_a_text_that_moved_is_not_taken_for_a_changed_one() -> None:
    """What stood in the place before stands elsewhere now."""
    old = catalogue(message("Cold", "Kalt", "#: a.yaml/0"))
    new = updated(old, [Wanted("Wet", "a.yaml/0"), Wanted("Cold", "a.yaml/1")])
    assert ("Kalt", False) == (new["Cold"].string, new["Cold"].fuzzy)
    assert not new["Wet"].string


def test_a_translation_that_is_no_longer_needed_comes_back_with_its_text() -> None:
    """It waits at the end of the file."""
    cold = Wanted("Cold", "a.yaml/0")
    gone = updated(catalogue(message("Cold", "Kalt")), [Wanted("Wet", "b.yaml/0")])
    again = parse(written(gone), "languages/de.po", "de")
    assert ["Cold"] == list(again.obsolete)
    back = updated(again, [cold])
    assert ("Kalt", False) == (back["Cold"].string, back["Cold"].fuzzy)
    assert [] == list(back.obsolete)


def test_words_of_one_place_are_kept_as_long_as_they_stand_there() -> None:
    """Beside those for every place."""
    own = message("Yes", "Doch", 'msgctxt "a.yaml/0"')
    old = catalogue(message("Yes", "Ja"), own)
    both = updated(old, [Wanted("Yes", "a.yaml/0"), Wanted("Yes", "a.yaml/1")])
    assert ["Ja", "Doch"] == [m.string for m in both if m.id]
    one = updated(old, [Wanted("Yes", "a.yaml/1")])
    assert ["Ja"] == [m.string for m in one if m.id]


def test_an_update_of_what_is_up_to_date_changes_nothing(tmp_path: Path) -> None:
    """Not a byte, so that nobody has to look at it."""
    folder = tmp_path / "book"
    shutil.copytree(FOLDER, folder)
    wanted = checks.wanted_of(load_rule_book(folder))
    language_files.update(folder, wanted, ["de"])
    first = (folder / "languages" / "de.po").read_bytes()
    language_files.update(folder, wanted, [])
    assert first == (folder / "languages" / "de.po").read_bytes()
    assert len({one.text for one in wanted}) == len(checks.missing(read(folder, "de"), wanted))


def test_how_many_forms_a_plural_has_is_said_by_the_file() -> None:
    """Babel knows a third one of Spanish for millions: no sheet counts so far."""
    spanish = read(reports_folder(), "es")
    again = updated(spanish, [Wanted("Wet", "a.yaml/x")])
    assert 2 == spanish.num_plurals == again.num_plurals
    assert spanish.plural_forms == again.plural_forms


# The command line


@pytest.mark.parametrize("command", [["assess", "-"], ["explain", "-"], ["rules"]])
def test_texts_of_the_book_are_shown_in_the_language(
    command: list[str], german: Callable[..., RuleBook]
) -> None:
    """In every command that shows any."""
    title = message("Sparks or smoke", "Funken oder Rauch")
    rules = german(title).origin.folder
    result = triage(*command, "--language", "de", "--rules", rules, given="sparks: yes\n")
    assert 0 == result.exit_code, result.output
    assert "Funken oder Rauch" in result.output


@pytest.mark.parametrize("command", [["assess", "-"], ["explain", "-"], ["rules"]])
def test_an_unknown_language_is_refused(command: list[str]) -> None:
    """In one line, with the nearest and those that there are."""
    result = triage(*command, "--language", "sp", given="age: 30\n")
    assert 2 == result.exit_code
    assert "--language: no language called 'sp'; expected en or es\n" == result.stderr


def test_the_surroundings_choose_no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who gets a report in which language is decided by who asks for it."""
    for name in ("LANG", "LC_ALL", "LANGUAGE", "TRIAGE_LANGUAGE"):
        monkeypatch.setenv(name, "es_ES.UTF-8")
    assert "What to do first" in triage("assess", "-", given="age: 30\n").output


def test_every_kind_of_text_is_translated(book: RuleBook) -> None:
    """The table of what people read is the only one: none of its kinds is left out."""
    files = {line.file for line in lines(book.origin.documents)}
    folders = {file.partition("/")[0] for file in files}
    assert {kind.files.partition("/")[0] for kind in READ} == folders
    assert replace(book, language="x").origin.documents is book.origin.documents
