"""A rule book is read whole, or refused with every problem and the place of each."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.small import BOOK, FOLDER
from triage.book.conditions import AllOf, AnyOf, AtLeast, AtMost, CountOf, Includes, OneOf, Present
from triage.book.levels import STRATA
from triage.book.loading import load_rule_book
from triage.book.yaml_reader import LARGEST_FILE
from triage.problems import BadInput

SMOKE = "red_flags/smoke.yaml"
SMOKE_WHEN = "{sparks: {one_of: [yes, not_sure]}}"
SAFETY = "questionnaire/safety.yaml"
BUSY = "causes/neglect/busy.yaml"
NEVER = "patterns/limescale/never_descaled.yaml"
WORDS = "item: answer', finding, all_of, any_of, count_of; join several with all_of or any_of"
LEVELS = "emergency, same_day, within_days, routine or self_care"
GRADES = "guideline, review, trial, cohort, case_series, expert or pragmatic"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small book."""
    return Path(shutil.copytree(FOLDER, tmp_path / "book"))


def changed(file: Path, old: str, new: str) -> None:
    """Replaces a text that stands in a file, once."""
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def said(folder: Path) -> list[str]:
    """What is said about a book that is refused, problem by problem."""
    with pytest.raises(BadInput) as caught:
        load_rule_book(folder)
    return [str(problem) for problem in caught.value.problems]


# What is read


def test_the_small_book_is_read_whole() -> None:
    """Every file of the folder is a part of the book, in the order of sections and strata."""
    assert ["safety", "machine", "coffee"] == [section.id for section in BOOK.sections]
    assert ["sparks", "puddle", "cable_wet", "fuse", "pressure"] == list(BOOK.sections[0].items)
    assert list(BOOK.items) == [item for section in BOOK.sections for item in section.items]
    strata = [STRATA.index(rule.stratum) for rule in BOOK.rules.values()]
    assert sorted(strata) == strata
    assert 25 == len(BOOK.rules)
    assert ["descale", "rinse"] == list(BOOK.exercises)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("red_flags/smoke", OneOf("sparks", ("yes", "not_sure"))),
        (
            "red_flags/wet_cable",
            AnyOf((Includes("puddle", ("socket",)), OneOf("fuse", ("yes",)))),
        ),
        ("features/busy", AllOf((AtLeast("cups", 8.0), AtMost("cups", 30.0)))),
        (
            "red_flags/over_pressure",
            AllOf(
                (
                    AtLeast("pressure", 15.0),
                    CountOf(
                        2,
                        (
                            Includes("troubles", ("slow", "drips")),
                            OneOf("noise", ("rattle", "hum")),
                            Present("hard"),
                        ),
                    ),
                )
            ),
        ),
    ],
)
def test_each_word_of_the_language_is_read(rule: str, expected: object) -> None:
    """`one_of` on a "choose all" question means at least one of them ticked."""
    assert expected == BOOK.rules[rule].when


def test_several_rules_support_one_finding() -> None:
    """A pattern's name, title and level stand once; each of its rules has its own word of fit."""
    limescale = BOOK.findings["limescale"]

    assert ("patterns", "Limescale", "self_care") == (
        limescale.stratum,
        limescale.title,
        limescale.level,
    )
    assert {
        "patterns/limescale/hard_water": "likely",
        "patterns/limescale/never_descaled": "possible",
    } == {rule.name: rule.then.likelihood for rule in limescale.rules}


def test_only_red_flags_and_patterns_ask_for_a_level() -> None:
    """Causes never do."""
    levels = {f.stratum: f.level for f in BOOK.findings.values() if f.level is not None}

    assert {"red_flags", "patterns"} == set(levels)


def test_nothing_that_was_read_can_be_changed() -> None:
    """Lists are tuples, and mappings refuse: one book serves everybody who asks."""
    descale, sparks = BOOK.exercises["descale"], BOOK.items["sparks"]
    rows, hazards = BOOK.origin.evidence_rows, BOOK.origin.hazards
    mappings = [
        *(BOOK.items, BOOK.rules, BOOK.patterns, BOOK.exercises, BOOK.grades, BOOK.likelihoods),
        *(rows, hazards, BOOK.origin.documents, BOOK.origin.vocabulary.syllables),
        *(descale.modifications, sparks.options, BOOK.items["years"].number.words),
    ]
    for mapping in mappings:
        assert isinstance(mapping, MappingProxyType)
    for listed in (descale.steps, descale.references, hazards["fire"].controls, BOOK.opening):
        assert isinstance(listed, tuple)


def test_each_entry_knows_its_key() -> None:
    """The entries of a catalogue, an exercise and its versions, and where a hazard stands."""
    catalogues = [BOOK.patterns, BOOK.causes, BOOK.exercises, BOOK.advice, BOOK.referrals]
    catalogues += [exercise.modifications for exercise in BOOK.exercises.values()]
    catalogues += [BOOK.references, BOOK.dispositions, BOOK.origin.evidence_rows]
    for catalogue in [*catalogues, BOOK.origin.hazards]:
        assert list(catalogue) == [entry.id for entry in catalogue.values()]
    assert "hazards.yaml:1" == str(BOOK.origin.hazards["fire"].place)


def test_a_book_that_was_read_needs_no_reader() -> None:
    """Its values come without pydantic and without YAML, which take long to import."""
    code = "import sys, triage.book.rulebook; print({'pydantic', 'yaml'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "set()\n" == done.stdout


def test_number_words_stay_text() -> None:
    """An option called `no` is the word, and so are a date and a version."""
    assert ["no", "yes", "not_sure"] == list(BOOK.items["sparks"].options)
    assert "2026-11-22" == BOOK.rules["red_flags/smoke"].review.on
    assert "0.0.1" == BOOK.version


def test_a_numbers_range_units_and_step_are_read() -> None:
    """Other units say how many of the item's own one of them is."""
    years, hardness = BOOK.items["years"], BOOK.items["hardness"]

    assert (0.0, 50.0, "years", 0.5) == (
        years.number.low,
        years.number.high,
        years.number.unit,
        years.number.step,
    )
    assert {"months": 0.08333333} == dict(years.number.other_units)
    assert {"years": "year", "months": "month"} == dict(years.number.one)
    assert {} == dict(years.options)
    assert {"not_sure": "I do not know"} == dict(hardness.options)


def test_the_digest_is_that_of_the_files_names_and_bytes(folder: Path) -> None:
    """The same files elsewhere have the same digest; a changed byte or name has another."""
    same = load_rule_book(folder).digest
    assert BOOK.digest == same
    assert re.fullmatch("[0-9a-f]{64}", same)
    (folder / "recommendations/rinse.yaml").rename(folder / "recommendations/wash.yaml")
    renamed = load_rule_book(folder).digest
    with (folder / SMOKE).open("a") as file:
        file.write("# a remark\n")

    assert 3 == len({same, renamed, load_rule_book(folder).digest})


def test_other_files_are_left_alone(folder: Path) -> None:
    """A README or a picture beside the rules is no part of the book and of its digest."""
    (folder / "README.md").write_text("About")
    (folder / "exercises" / "rinse.svg").write_text("<svg/>")

    assert BOOK.digest == load_rule_book(folder).digest


# What is refused: one fault, and all that is said of it

FAULTS: dict[str, tuple[str, str, str, list[str]]] = {
    # Files by themselves
    "a repeated key": (
        SMOKE,
        "why:",
        "title: Again\nwhy:",
        [f"{SMOKE}:4: the key 'title' is repeated; it stands in line 1 too"],
    ),
    "an alias": (
        SMOKE,
        "[S1]",
        "*x",
        [f"{SMOKE}:9: an alias; expected the text itself"],
    ),
    "a tag": (
        SMOKE,
        "[S1]",
        "!!set [S1]",
        [f"{SMOKE}:9: a tag, 'tag:yaml.org,2002:set'; expected none"],
    ),
    "too deep": (
        SMOKE,
        "[S1]",
        "[" * 40 + "]" * 40,
        [f"{SMOKE}:9: nested more than 30 deep"],
    ),
    # Shapes
    "a misspelled key": (
        SMOKE,
        "covers:",
        "covrs:",
        [f"{SMOKE}:9: no key called 'covrs'; did you mean 'covers'?"],
    ),
    "a misspelled key that must be there": (
        SMOKE,
        "title:",
        "titel:",
        [
            f"{SMOKE}:1: 'title' is missing",
            f"{SMOKE}:1: no key called 'titel'; did you mean 'title'?",
        ],
    ),
    "a misspelled key further in": (
        SMOKE,
        "status: draft",
        "statu: draft",
        [
            f"{SMOKE}:8: 'status' is missing",
            f"{SMOKE}:8: no key called 'statu'; did you mean 'status'?",
        ],
    ),
    "a misspelled key in a catalogue": (
        "causes.yaml",
        "proof: Nobody",
        "prof: Nobody",
        [
            "causes.yaml:6: 'proof' is missing",
            "causes.yaml:9: no key called 'prof'; did you mean 'proof'?",
            "causes/hard_water: not an entry of causes.yaml",
            "causes/neglect: not an entry of causes.yaml",
        ],
    ),
    "a number for text": (
        SMOKE,
        "title: Sparks or smoke",
        "title: 5",
        [f"{SMOKE}:1: title: read '5', expected text"],
    ),
    "empty text": (
        SMOKE,
        "title: Sparks or smoke",
        "title: ''",
        [f"{SMOKE}:1: title: read '', expected text"],
    ),
    "nothing for text": (
        SMOKE,
        "title: Sparks or smoke",
        "title:",
        [f"{SMOKE}:1: title: read nothing, expected text"],
    ),
    "text for a list": (
        SMOKE,
        "references: [fire_service_2020]",
        "references: fire_service_2020",
        [f"{SMOKE}:6: references: read 'fire_service_2020', expected a list"],
    ),
    "no caveat": (
        SMOKE,
        "caveats: [Steam is not smoke.]",
        "caveats: []",
        [f"{SMOKE}:5: caveats: read '[]', expected one or more"],
    ),
    "no example that fires": (
        SMOKE,
        "    - {sparks: yes}\n    - {sparks: not_sure}\n",
        "    []\n",
        [f"{SMOKE}:11: fires: read '[]', expected one or more"],
    ),
    "an example that is a word": (
        SMOKE,
        "- {sparks: yes}",
        "- sparks",
        [f"{SMOKE}:12: fires: read 'sparks', expected keys with values"],
    ),
    "a grade that is none": (
        SMOKE,
        "evidence: guideline",
        "evidence: guidelines",
        [f"{SMOKE}:7: evidence: read 'guidelines', expected {GRADES}; did you mean 'guideline'?"],
    ),
    "a review that is neither": (
        SMOKE,
        "status: draft",
        "status: drafty",
        [f"{SMOKE}:8: status: read 'drafty', expected draft or reviewed; did you mean 'draft'?"],
    ),
    "a reference that can be no key": (
        SMOKE,
        "[fire_service_2020]",
        "[fire_service_2020, S33]",
        [f"{SMOKE}:6: references: read 'S33', expected lower-case letters, digits and underscores"],
    ),
    "too many steps": (
        "exercises/descale.yaml",
        "steps: [Fill the tank., Let it run through.]",
        "steps: [a, b, c, d, e, f]",
        [
            "contraindications/milk_pipe.yaml:3: no exercise called 'descale'",
            "contraindications/pump.yaml:3: no exercise called 'descale'",
            "contraindications/second_round.yaml:3: no exercise called 'descale'",
            "exercises/descale.yaml:5: steps: read '['a', 'b', 'c', 'd', 'e', 'f']', "
            "expected at most 5",
            "recommendations/descale.yaml:3: exercise: read 'descale', expected rinse",
        ],
    ),
    "half a day": (
        "follow_up.yaml",
        "after_days: 14",
        "after_days: 14.5",
        ["follow_up.yaml:2: after_days: read '14.5', expected a whole number"],
    ),
    "no days": (
        "follow_up.yaml",
        "after_days: 14",
        "after_days: 0",
        ["follow_up.yaml:2: after_days: read '0', expected greater than 0"],
    ),
    "a grade without wording": (
        "evidence.yaml",
        "  trial:",
        "  trail:",
        [
            "evidence.yaml:1: 'trial' is missing",
            "evidence.yaml:4: no key called 'trail'; did you mean 'trial'?",
        ],
    ),
    "a number in quotes": (
        "follow_up.yaml",
        "after_days: 14",
        "after_days: '14'",
        ["follow_up.yaml:2: after_days: read '14', expected a whole number"],
    ),
    "a list with an entry that is no text": (
        SMOKE,
        "caveats: [Steam is not smoke.]",
        "caveats: [5]",
        [f"{SMOKE}:5: caveats: read '5', expected text"],
    ),
    "what the reader puts in": (
        "hazards.yaml",
        "  hazard: A machine",
        "  id: fire\n  place: here\n  hazard: A machine",
        [
            "hazards.yaml:2: no key called 'id'",
            "hazards.yaml:3: no key called 'place'",
        ],
    ),
    "a number by the name of its value": (
        SAFETY,
        "{from: 0, to: 20,",
        "{low: 0, to: 20, form: 0,",
        [
            "patterns/worn_pump/low_pressure.yaml:2: "
            "no item called 'pressure' that may be named here",
            f"{SAFETY}:39: 'from' is missing",
            f"{SAFETY}:39: no key called 'low'",
            f"{SAFETY}:39: no key called 'form'; did you mean 'from'?",
            "red_flags/over_pressure.yaml:4: no item called 'pressure' that may be named here",
            f"{SMOKE}:2: no item called 'sparks' that may be named here",
            "red_flags/wet_cable.yaml:4: no item called 'puddle' that may be named here",
            "red_flags/wet_cable.yaml:5: no item called 'fuse' that may be named here",
        ],
    ),
    # The book
    "a section without a file": (
        "book.yaml",
        "coffee]",
        "coffee, tea]",
        ["questionnaire/tea.yaml: missing; expected this file in the rule book"],
    ),
    "a section twice": (
        "book.yaml",
        "coffee]",
        "coffee, coffee]",
        ["book.yaml:4: a section is named twice"],
    ),
    "a plan that hangs on an unknown question": (
        "book.yaml",
        "warranty: over",
        "waranty: over",
        ["book.yaml:5: no item called 'waranty' that may be named here; did you mean 'warranty'?"],
    ),
    "a plan that hangs on a finding": (
        "book.yaml",
        "{warranty: over}",
        "{finding: smoke}",
        ["book.yaml:5: no finding called 'smoke' in an earlier folder"],
    ),
    "a level without wording": (
        "dispositions.yaml",
        "within_days:\n  title",
        "in_days:\n  title",
        [
            "dispositions.yaml: read the levels emergency, same_day, in_days, routine, self_care, "
            "self_care_without_exercises, incomplete_today or incomplete, expected emergency, "
            "same_day, within_days, routine, self_care, self_care_without_exercises, "
            "incomplete_today or incomplete, so ordered"
        ],
    ),
    "a level that sends to nobody known": (
        "dispositions.yaml",
        "referral: electrician",
        "referral: electrcian",
        ["dispositions.yaml:14: no referral called 'electrcian'; did you mean 'electrician'?"],
    ),
    "a pattern of no known level": (
        "patterns.yaml",
        "level: routine",
        "level: rutine",
        [
            f"patterns.yaml:10: level: read 'rutine', expected {LEVELS}; did you mean 'routine'?",
            "patterns/limescale: not an entry of patterns.yaml",
            "patterns/stuck_valve: not an entry of patterns.yaml",
            "patterns/worn_pump: not an entry of patterns.yaml",
        ],
    ),
    "a pattern that is described under another name": (
        "patterns.yaml",
        "limescale:\n",
        "lime_scale:\n",
        ["patterns/limescale: not an entry of patterns.yaml; did you mean 'lime_scale'?"],
    ),
    # Questions
    "a question without options": (
        "questionnaire/coffee.yaml",
        "      no: No\n      yes: Yes\n    why: Milk",
        "      no: No\n    why: Milk",
        [
            "contraindications/milk_pipe.yaml:2: no item called 'milk' that may be named here",
            "patterns/stuck_valve/milk.yaml:4: no item called 'milk' that may be named here",
            "questionnaire/coffee.yaml:27: item 'milk': expected two options or more",
        ],
    ),
    "a question that is both": (
        "questionnaire/machine.yaml",
        "    number: {from: 0, to: 60",
        "    choose: one\n    number: {from: 0, to: 60",
        [
            "features/busy.yaml:2: no item called 'cups' that may be named here",
            "questionnaire/machine.yaml:21: item 'cups': "
            "expected either 'choose' with 'options', or 'number'",
        ],
    ),
    "a number with options": (
        "questionnaire/machine.yaml",
        "    not_sure: I never counted",
        "    options: {few: A few, many: Many}",
        [
            "features/busy.yaml:2: no item called 'cups' that may be named here",
            "questionnaire/machine.yaml:21: item 'cups': a number has no options",
        ],
    ),
    "not sure beside options": (
        "questionnaire/coffee.yaml",
        "    why: Milk",
        "    not_sure: Hm\n    why: Milk",
        [
            "contraindications/milk_pipe.yaml:2: no item called 'milk' that may be named here",
            "patterns/stuck_valve/milk.yaml:4: no item called 'milk' that may be named here",
            "questionnaire/coffee.yaml:27: item 'milk': "
            "'not_sure' beside 'number' only; here it is an option",
        ],
    ),
    "the word for one of an unknown unit": (
        "questionnaire/machine.yaml",
        "one: {years: year, ",
        "one: {yeers: year, ",
        [
            "questionnaire/coffee.yaml:21: no item called 'years' that may be named here",
            "questionnaire/machine.yaml:11: item 'years': "
            "read unit 'yeers', expected years or months; did you mean 'years'?",
            "red_flags/old_boiler.yaml:2: no item called 'years' that may be named here",
        ],
    ),
    "a range without room": (
        "questionnaire/machine.yaml",
        "{from: 0, to: 60",
        "{from: 60, to: 60",
        [
            "features/busy.yaml:2: no item called 'cups' that may be named here",
            "questionnaire/machine.yaml:21: item 'cups': expected 'from' to be less than 'to'",
        ],
    ),
    "a question's name twice": (
        "questionnaire/coffee.yaml",
        "  milk:",
        "  sparks:",
        [
            "contraindications/milk_pipe.yaml:2: no item called 'milk' that may be named here",
            "patterns/stuck_valve/milk.yaml:4: no item called 'milk' that may be named here",
            "questionnaire/coffee.yaml:27: 'sparks' is the name of another item",
        ],
    ),
    "a question called like a word": (
        "questionnaire/coffee.yaml",
        "  milk:",
        "  unless:",
        [
            "contraindications/milk_pipe.yaml:2: no item called 'milk' that may be named here",
            "patterns/stuck_valve/milk.yaml:4: no item called 'milk' that may be named here",
            "questionnaire/coffee.yaml:27: 'unless' is the name of a word of the rule language",
        ],
    ),
    "a question that hangs on a later one": (
        SAFETY,
        "ask_if: {puddle: {includes: under}}",
        "ask_if: {fuse: yes}",
        [f"{SAFETY}:23: no item called 'fuse' that may be named here"],
    ),
    "a question that hangs on itself": (
        SAFETY,
        "ask_if: {puddle: {includes: under}}",
        "ask_if: {cable_wet: yes}",
        [f"{SAFETY}:23: no item called 'cable_wet' that may be named here"],
    ),
    "a question that hangs on a finding": (
        SAFETY,
        "ask_if: {puddle: {includes: under}}",
        "ask_if: {finding: smoke}",
        [f"{SAFETY}:23: no finding called 'smoke' in an earlier folder"],
    ),
    # Strata
    "a finding of the same folder": (
        SMOKE,
        SMOKE_WHEN,
        "{finding: wet_cable}",
        [
            f"{SMOKE}:2: read the finding 'wet_cable' of red_flags/, expected an earlier folder's",
        ],
    ),
    "a finding of a later folder": (
        SMOKE,
        SMOKE_WHEN,
        "{finding: limescale}",
        [
            f"{SMOKE}:2: read the finding 'limescale' of patterns/, expected an earlier folder's",
        ],
    ),
    "a finding that is none": (
        SMOKE,
        SMOKE_WHEN,
        "{finding: hrd}",
        [f"{SMOKE}:2: no finding called 'hrd' in an earlier folder; did you mean 'hard'?"],
    ),
    "unless on a red flag": (
        SMOKE,
        "why:",
        "unless: [hard]\nwhy:",
        [f"{SMOKE}:4: a red flag has no 'unless'; nothing may silence it"],
    ),
    "unless it names no earlier finding": (
        BUSY,
        "why:",
        "unless: [neglect, repair, hrd]\nwhy:",
        [
            f"{BUSY}:4: read the finding 'neglect' of causes/, expected an earlier folder's",
            f"{BUSY}:4: read the finding 'repair' of recommendations/, "
            "expected an earlier folder's",
            f"{BUSY}:4: no finding called 'hrd' in an earlier folder; did you mean 'hard'?",
        ],
    ),
    # References
    "a reference that is not there": (
        SMOKE,
        "[fire_service_2020]",
        "[fire_servce_2020]",
        [f"{SMOKE}:6: no reference called 'fire_servce_2020'; did you mean 'fire_service_2020'?"],
    ),
    "a reference of a pattern that is not there": (
        "patterns.yaml",
        "references: []",
        "references: [hearsay]",
        ["patterns.yaml:21: no reference called 'hearsay'"],
    ),
    "a reference of an exercise that is not there": (
        "exercises/rinse.yaml",
        "references: []",
        "references: [hearsay]",
        ["exercises/rinse.yaml:13: no reference called 'hearsay'"],
    ),
    "evidence without a reference": (
        SMOKE,
        "references: [fire_service_2020]",
        "references: []",
        [f"{SMOKE}:6: graded 'guideline' without a reference; expected one or more"],
    ),
    "evidence for an exercise without a reference": (
        "exercises/rinse.yaml",
        "evidence: expert",
        "evidence: trial",
        ["exercises/rinse.yaml:13: graded 'trial' without a reference; expected one or more"],
    ),
    "evidence for advice without a reference": (
        "advice.yaml",
        "evidence: expert",
        "evidence: trial",
        ["advice.yaml:6: graded 'trial' without a reference; expected one or more"],
    ),
    "a changed version that replaces a step that is not there": (
        "exercises/rinse.yaml",
        "title: Rinse hot",
        "title: Rinse hot\n    replaces_steps: [1, 2]\n    before_step: 3",
        [
            "exercises/rinse.yaml:17: read step 2, expected 1 to 1",
            "exercises/rinse.yaml:18: read step 3, expected 1 to 1",
        ],
    ),
    # Examples
    "an example about nothing known": (
        SMOKE,
        "- {sparks: yes}",
        "- {spark: yes}",
        [f"{SMOKE}:12: no item or finding called 'spark'; did you mean 'sparks'?"],
    ),
    "an example that answers a finding": (
        SMOKE,
        "- {sparks: yes}",
        "- {hard: yes}",
        [f"{SMOKE}:12: read 'yes', expected present or ruled_out"],
    ),
    # Conditions
    "an item that is not there": (
        SMOKE,
        SMOKE_WHEN,
        "{spark: yes}",
        [f"{SMOKE}:2: no item called 'spark' that may be named here; did you mean 'sparks'?"],
    ),
    "a word that is not there": (
        SMOKE,
        SMOKE_WHEN,
        "{al_of: [{sparks: yes}, {milk: yes}]}",
        [f"{SMOKE}:2: no item called 'al_of' that may be named here; did you mean 'all_of'?"],
    ),
    "not": (
        SMOKE,
        SMOKE_WHEN,
        "{not: {sparks: yes}}",
        [f"{SMOKE}:2: no item called 'not' that may be named here"],
    ),
    "an option that is not there": (
        SMOKE,
        SMOKE_WHEN,
        "{sparks: {one_of: [yess, no]}}",
        [
            f"{SMOKE}:2: item 'sparks': read 'yess', expected no, yes or not_sure; "
            "did you mean 'yes'?"
        ],
    ),
    "an option twice": (
        SMOKE,
        SMOKE_WHEN,
        "{sparks: {one_of: [yes, yes]}}",
        [f"{SMOKE}:2: item 'sparks': an option is named twice"],
    ),
    "one_of a single word": (
        SMOKE,
        SMOKE_WHEN,
        "{sparks: {one_of: yes}}",
        [f"{SMOKE}:2: item 'sparks': read 'yes', expected a list of options"],
    ),
    "one_of none": (
        SMOKE,
        SMOKE_WHEN,
        "{sparks: {one_of: []}}",
        [f"{SMOKE}:2: item 'sparks': read '[]', expected a list of options"],
    ),
    "a list of options without one_of": (
        SMOKE,
        SMOKE_WHEN,
        "{sparks: [yes, not_sure]}",
        [
            f"{SMOKE}:2: item 'sparks': read '['yes', 'not_sure']', "
            "expected an option or {one_of: ...}"
        ],
    ),
    "includes on a choose-one question": (
        SMOKE,
        SMOKE_WHEN,
        "{sparks: {includes: yes}}",
        [
            f"{SMOKE}:2: item 'sparks': read '{{'includes': 'yes'}}', "
            "expected an option or {one_of: ...}"
        ],
    ),
    "equality on a choose-all question": (
        SMOKE,
        SMOKE_WHEN,
        "{puddle: under}",
        [
            f"{SMOKE}:2: item 'puddle': read 'under', "
            "expected {includes: ...}, {one_of: ...} or {unsure_of: ...}"
        ],
    ),
    "includes a list": (
        SMOKE,
        SMOKE_WHEN,
        "{puddle: {includes: [under]}}",
        [f"{SMOKE}:2: item 'puddle': read '['under']', expected under, socket or none"],
    ),
    "two words at once": (
        SMOKE,
        SMOKE_WHEN,
        "{puddle: {includes: under, one_of: [under]}}",
        [f"{SMOKE}:2: item 'puddle': expected one word only, of includes, one_of or unsure_of"],
    ),
    "resting on not sure": (
        SMOKE,
        SMOKE_WHEN,
        "{puddle: {one_of: [under, not_sure]}}",
        [
            f"{SMOKE}:2: item 'puddle': 'not_sure' cannot be named here; "
            "it leaves every option unknown, so no rule can rest on it"
        ],
    ),
    "unsure of nothing that is asked": (
        SMOKE,
        SMOKE_WHEN,
        "{puddle: {unsure_of: [undr, none, not_sure]}}",
        [
            f"{SMOKE}:2: item 'puddle': read 'undr', expected under or socket; "
            "did you mean 'under'?",
            f"{SMOKE}:2: item 'puddle': 'none' cannot be named here; "
            "nobody is asked about it by itself",
            f"{SMOKE}:2: item 'puddle': 'not_sure' cannot be named here; "
            "it leaves every option unknown, so no rule can rest on it",
        ],
    ),
    "unsure of no option": (
        SMOKE,
        SMOKE_WHEN,
        "{puddle: {unsure_of: []}}",
        [f"{SMOKE}:2: item 'puddle': read '[]', expected an option or a list of options"],
    ),
    "unsure of an answer": (
        SMOKE,
        SMOKE_WHEN,
        "{sparks: {unsure_of: yes}}",
        [
            f"{SMOKE}:2: item 'sparks': read '{{'unsure_of': 'yes'}}', "
            "expected an option or {one_of: ...}"
        ],
    ),
    "equality on a number": (
        SMOKE,
        SMOKE_WHEN,
        "{cups: 8}",
        [f"{SMOKE}:2: item 'cups': read '8', expected {{at_least: ...}} or {{at_most: ...}}"],
    ),
    "a number out of range": (
        SMOKE,
        SMOKE_WHEN,
        "{cups: {at_least: 61}}",
        [f"{SMOKE}:2: item 'cups': read '61', expected a number from 0 to 60"],
    ),
    "a threshold with a unit": (
        SMOKE,
        SMOKE_WHEN,
        "{cups: {at_most: 8 cups}}",
        [f"{SMOKE}:2: item 'cups': read '8 cups', expected a number from 0 to 60"],
    ),
    "a list of one": (
        SMOKE,
        SMOKE_WHEN,
        "{all_of: [{sparks: yes}]}",
        [f"{SMOKE}:2: expected a list of two conditions or more"],
    ),
    "two conditions without a word": (
        SMOKE,
        SMOKE_WHEN,
        "{sparks: yes, milk: yes}",
        [f"{SMOKE}:2: read 2 keys, expected one of '{WORDS}"],
    ),
    "no condition": (
        SMOKE,
        SMOKE_WHEN,
        "",
        [f"{SMOKE}:2: read nothing, expected one of '{WORDS}"],
    ),
    "more than there are": (
        SMOKE,
        SMOKE_WHEN,
        "{count_of: {at_least: 3, of: [{sparks: yes}, {milk: yes}]}}",
        [f"{SMOKE}:2: read '3', expected a whole number from 1 to 2"],
    ),
    "at least none": (
        SMOKE,
        SMOKE_WHEN,
        "{count_of: {at_least: 0, of: [{sparks: yes}, {milk: yes}]}}",
        [f"{SMOKE}:2: read '0', expected a whole number from 1 to 2"],
    ),
    "at least one and a half": (
        SMOKE,
        SMOKE_WHEN,
        "{count_of: {at_least: 1.5, of: [{sparks: yes}, {milk: yes}]}}",
        [f"{SMOKE}:2: read '1.5', expected a whole number from 1 to 2"],
    ),
    "a count without a number": (
        SMOKE,
        SMOKE_WHEN,
        "{count_of: {of: [{sparks: yes}, {milk: yes}]}}",
        [
            f"{SMOKE}:2: read '{{'of': [{{'sparks': 'yes'}}, {{'milk': 'yes'}}]}}', "
            "expected {at_least: number, of: [...]}"
        ],
    ),
    "a wrong part of a count": (
        SMOKE,
        SMOKE_WHEN,
        "{count_of: {at_least: 2, of: [{spark: yes}, {milk: yes}]}}",
        [f"{SMOKE}:2: no item called 'spark' that may be named here; did you mean 'sparks'?"],
    ),
    # Conclusions
    "a feature that concludes something": (
        "features/hard.yaml",
        "then: {}",
        "then: {disposition: routine}",
        ["features/hard.yaml:3: 'then' holds disposition, expected {}"],
    ),
    "a red flag of no known level": (
        SMOKE,
        "disposition: emergency",
        "disposition: emergancy",
        [
            f"{SMOKE}:3: disposition: read 'emergancy', expected emergency, same_day, within_days "
            "or routine; did you mean 'emergency'?"
        ],
    ),
    "a red flag that asks for self-care": (
        SMOKE,
        "disposition: emergency",
        "disposition: self_care",
        [
            f"{SMOKE}:3: disposition: read 'self_care', expected emergency, same_day, within_days "
            "or routine"
        ],
    ),
    "a red flag without a level": (
        SMOKE,
        "{disposition: emergency}",
        "{}",
        [f"{SMOKE}:3: 'then' holds nothing, expected disposition"],
    ),
    "a pattern's rule in another's folder": (
        NEVER,
        "pattern: limescale",
        "pattern: worn_pump",
        [f"{NEVER}:6: pattern: read 'worn_pump', expected limescale"],
    ),
    "a word of fit that is none": (
        NEVER,
        "likelihood: possible",
        "likelihood: probable",
        [
            f"{NEVER}:6: likelihood: read 'probable', expected likely or possible; "
            "did you mean 'possible'?"
        ],
    ),
    "a pattern without a word of fit": (
        NEVER,
        ", likelihood: possible",
        "",
        [f"{NEVER}:6: 'then' holds pattern, expected pattern, likelihood"],
    ),
    "a cause that says it is a pattern": (
        BUSY,
        "cause: neglect",
        "pattern: neglect",
        [f"{BUSY}:3: 'then' holds pattern, likelihood, expected cause, likelihood"],
    ),
    "a contraindication of nothing": (
        "contraindications/pump.yaml",
        "{descale: avoid}",
        "{}",
        [
            "contraindications/pump.yaml:3: 'then' is empty, "
            "expected an exercise and avoid, ask_first or modify"
        ],
    ),
    "an exercise that is not there": (
        "contraindications/pump.yaml",
        "descale: avoid",
        "descaling: avoid",
        ["contraindications/pump.yaml:3: no exercise called 'descaling'; did you mean 'descale'?"],
    ),
    "a restriction that is none": (
        "contraindications/pump.yaml",
        "descale: avoid",
        "descale: forbid",
        [
            "contraindications/pump.yaml:3: descale: read 'forbid', "
            "expected avoid, ask_first or {modify: version}"
        ],
    ),
    "a changed version that is not there": (
        "contraindications/milk_pipe.yaml",
        "modify: with_cleaner",
        "modify: with_cleanr",
        [
            "contraindications/milk_pipe.yaml:3: descale: read 'with_cleanr', "
            "expected twice or with_cleaner; did you mean 'with_cleaner'?"
        ],
    ),
    "every exercise changed": (
        "contraindications/boiler.yaml",
        "every_exercise: ask_first",
        "every_exercise: {modify: hot}",
        [
            "contraindications/boiler.yaml:3: every_exercise: read '{'modify': 'hot'}', "
            "expected avoid, ask_first or {modify: version}"
        ],
    ),
    "a recommendation of nothing known": (
        "recommendations/descale.yaml",
        "exercise: descale",
        "exercise: descal",
        [
            "recommendations/descale.yaml:3: exercise: read 'descal', expected descale or rinse; "
            "did you mean 'descale'?"
        ],
    ),
    "two recommendations in one": (
        "recommendations/descale.yaml",
        "exercise: descale",
        "exercise: descale, advice: start_small",
        ["recommendations/descale.yaml:3: 'then' holds exercise, advice, expected exercise"],
    ),
    "advice that is not there": (
        "recommendations/softer_water.yaml",
        "advice: filter_water",
        "advice: filtr_water",
        [
            "recommendations/softer_water.yaml:3: advice: read 'filtr_water', "
            "expected filter_water or start_small; did you mean 'filter_water'?"
        ],
    ),
    "a referral to nobody known": (
        "recommendations/repair.yaml",
        "referral: repair_shop",
        "referral: repairshop",
        [
            "recommendations/repair.yaml:3: referral: read 'repairshop', expected fire_service, "
            "electrician, repair_shop or neighbour; did you mean 'repair_shop'?"
        ],
    ),
    "a referral without a time": (
        "recommendations/repair.yaml",
        ", within_days: 14",
        "",
        ["recommendations/repair.yaml:3: 'then' holds referral, expected referral, within_days"],
    ),
    "a referral at no whole day": (
        "recommendations/repair.yaml",
        "within_days: 14",
        "within_days: soon",
        [
            "recommendations/repair.yaml:3: within_days: read 'soon', "
            "expected a whole number of days"
        ],
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named(folder: Path, file: str, old: str, new: str, expected: list[str]) -> None:
    """With the file, the line, what was read, what was expected and the nearest known name."""
    changed(folder / file, old, new)

    assert expected == said(folder)


STRAYS = {
    "red_flag/x.yaml": "not a folder of the rule book; did you mean 'red_flags'?",
    "advise.yaml": "not a file of the rule book; did you mean 'advice.yaml'?",
    "red_flags/deep/x.yaml": "expected red_flags/<name>.yaml",
    "patterns/x.yaml": "expected patterns/<pattern>/<rule>.yaml",
    "causes/a/b/x.yaml": "expected causes/<cause>/<rule>.yaml",
    "questionnaire/deep/x.yaml": "expected questionnaire/<name>.yaml",
    "questionnaire/coffe.yaml": "not among the sections of book.yaml; did you mean 'coffee'?",
    "red_flags/Bad Name.yaml": (
        "in a file's name, expected lower-case letters, digits and underscores"
    ),
    "red_flags/fire.yml": "expected the ending .yaml",
    "red_flags/fire.YAML": "expected the ending .yaml",
}


@pytest.mark.parametrize(("file", "expected"), STRAYS.items(), ids=STRAYS)
def test_a_stray_file_is_named(folder: Path, file: str, expected: str) -> None:
    """A file that nobody would read is a mistake: its author believes that it counts."""
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    (folder / file).write_text("a: b\n")

    assert [f"{file}: {expected}"] == said(folder)


TAKEN = {
    "red_flags/hard.yaml": "'hard' is the name of a finding of features/ too",
    "red_flags/sparks.yaml": "'sparks' is the name of an item",
    "red_flags/finding.yaml": "'finding' is the name of a word of the rule language",
}


@pytest.mark.parametrize(("file", "expected"), TAKEN.items(), ids=TAKEN)
def test_a_name_is_used_once(folder: Path, file: str, expected: str) -> None:
    """A finding is called neither like another folder's, nor like an item, nor like a word."""
    shutil.copy(folder / SMOKE, folder / file)

    assert [f"{file}: {expected}"] == said(folder)


CATALOGUES = [file.name for file in sorted(FOLDER.glob("*.yaml")) if file.name != "book.yaml"]


@pytest.mark.parametrize("file", CATALOGUES)
@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (Path.unlink, "{file}: missing; expected this file in the rule book"),
        (
            lambda path: path.write_text(""),
            "{file}:1: {file}: read nothing, expected keys with values",
        ),
        (
            lambda path: path.write_text("- a"),
            "{file}:1: {file}: read '['a']', expected keys with values",
        ),
    ],
    ids=["missing", "empty", "a list"],
)
def test_a_catalogue_that_cannot_be_read_is_named(
    folder: Path, file: str, damage: Callable[[Path], object], expected: str
) -> None:
    """Whatever else is then said to be missing, the file itself is named."""
    damage(folder / file)

    assert expected.format(file=file) in said(folder)


def test_a_folder_that_holds_no_book_is_named(tmp_path: Path) -> None:
    """An empty folder, and one that is not there."""
    for folder in (tmp_path, tmp_path / "none"):
        assert [f"{folder}: no book.yaml; expected the folder of a rule book"] == said(folder)


def test_a_binary_file_is_named(folder: Path) -> None:
    """A picture under the name of a rule."""
    (folder / SMOKE).write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")

    assert [f"{SMOKE}:1: not text; expected YAML or JSON in UTF-8"] == said(folder)


def test_a_file_that_is_too_large_is_named(folder: Path) -> None:
    """Nothing near a million bytes is a rule."""
    (folder / SMOKE).write_bytes(b"#" * (LARGEST_FILE + 1))

    assert [f"{SMOKE}: the file is too large; expected at most 1,000,000 bytes"] == said(folder)


def test_all_problems_are_named_at_once(folder: Path) -> None:
    """Faults of five kinds in five files, in the order of files and lines."""
    changed(folder / SMOKE, "title:", "titel:")
    changed(folder / BUSY, "{finding: busy}", "{finding: bsy}")
    changed(folder / NEVER, "references: []", "references: [hearsay]")
    changed(folder / NEVER, "likelihood: possible", "likelihood: probable")
    changed(folder / "dispositions.yaml", "referral: electrician", "referral: electrcian")
    (folder / "red_flags/fire.yaml").write_text((folder / "red_flags/old_boiler.yaml").read_text())
    changed(folder / "red_flags/fire.yaml", "years:", "yers:")

    assert [
        f"{BUSY}:2: no finding called 'bsy' in an earlier folder; did you mean 'busy'?",
        "dispositions.yaml:14: no referral called 'electrcian'; did you mean 'electrician'?",
        f"{NEVER}:6: likelihood: read 'probable', expected likely or possible; "
        "did you mean 'possible'?",
        f"{NEVER}:9: no reference called 'hearsay'",
        "red_flags/fire.yaml:2: no item called 'yers' that may be named here; "
        "did you mean 'years'?",
        f"{SMOKE}:1: 'title' is missing",
        f"{SMOKE}:1: no key called 'titel'; did you mean 'title'?",
    ] == said(folder)


def test_all_files_that_are_no_yaml_are_named_at_once(folder: Path) -> None:
    """What cannot be read at all is said before what it means."""
    for file in (SMOKE, BUSY):
        (folder / file).write_text("a: 1\na: 2\n")

    assert [
        f"{BUSY}:2: the key 'a' is repeated; it stands in line 1 too",
        f"{SMOKE}:2: the key 'a' is repeated; it stands in line 1 too",
    ] == said(folder)


def test_a_changed_version_is_told_before_what_it_replaces() -> None:
    """Or where it says; without either, before all steps, and the usual dose holds."""
    book = load_rule_book(FOLDER)
    change = book.exercises["rinse"].modifications["hot"]
    assert ((), 1, None) == (change.replaces_steps, change.told_before, change.dose)
    shipped = load_rule_book().exercises
    for exercise in shipped.values():
        for change in exercise.modifications.values():
            assert 1 <= change.told_before <= len(exercise.steps)
            if change.replaces_steps:
                assert change.told_before <= min(change.replaces_steps)


def test_advice_is_a_tip_unless_it_says_otherwise() -> None:
    """The shipped book has advice of every use."""
    small = load_rule_book(FOLDER).advice
    assert {"tip"} == {advice.use for advice in small.values()}
    assert {()} == {advice.more for advice in small.values()}
    shipped = load_rule_book().advice
    assert {"how_much", "course", "return", "tip", "later"} == {a.use for a in shipped.values()}
