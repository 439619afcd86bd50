"""Words, sentences and syllables are counted as a person counts them."""

from __future__ import annotations

import pytest

from triage.authoring.counting import grade, sentences, syllables, words
from triage.book.rulebook import RuleBook

BY_HAND = {
    1: """hip knee thigh shin calf bone joint band steps stretch strength squat pain ache aches
        sore walked jumped moves stopped hour breathe strain weight health through height scale
        whole league don't leg's length months nerve groin cramp bruise tongue""",
    2: """muscle muscles tendon kneecap ankle swollen fever weakness breathing fainting lifted
        tested rested clinic numbness tingle tingles pelvis saddle little people pillow recent
        movement careful safely sometimes something therefore someone being doing trying quiet
        riot science fluid couldn't patient ancient question special cushion technique boxes
        pulses catches houses changes needed sideways guideline programmes runner's breaststroke
        bursa prism labrum surgeon diet steroid fracture syndrome sudden rhythm tired pigeon""",
    3: """usefulness physio exercise clinician ligament meniscus bursitis injury infection
        pregnancy medicine easier heavier earlier radio museum however different
        serious previous everyone uneven examine piano idea area vitamin physician unsteady
        orthotic trochanter cortisone hospital yesterday alcohol cartilage usual media sciatic
        gluteus arthritis inserted injuries patella bicycle triathlon marathon Pilates period
        meralgia""",
    4: """syndesmosis emergency operation impingement disposition dietitian orthopaedic diabetes
        experience anybody temporary material psoriasis trochanteric acupuncture dislocation
        variety iliacus sciatica osteopath discomforting inflammation laboratory altogether
        podiatrist popliteus recovery""",
    5: """examination antibiotic hydrotherapy paresthetica cardiologist rehabilitate haemophilia
        rheumatologist university inflammatory""",
    6: """physiotherapist physiotherapy osteoarthritis patellofemoral osteoporosis iliotibial
        responsibility physiological""",
    7: """anti-inflammatory""",
}
"""Words by their number of syllables."""
COUNTED = [(word, number) for number, text in BY_HAND.items() for word in text.split()]


def test_syllables_are_those_counted_by_hand(book: RuleBook) -> None:
    """On a list of everyday and clinical words, with the shipped exceptions."""
    known = book.origin.vocabulary.syllables
    assert 200 <= len(set(COUNTED))
    assert [] == [(w, n, syllables(w, known)) for w, n in COUNTED if n != syllables(w, known)]


def test_few_words_need_an_exception() -> None:
    """The rules of spelling alone get nine in ten right: the list is no second dictionary."""
    right = sum(expected == syllables(word, {}) for word, expected in COUNTED)
    assert 0.9 < right / len(COUNTED)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("IT", 2), ("MRI", 3), ("12", 1), ("5,000", 1), ("X-ray", 2), ("self-care", 2), ("I", 1)],
)
def test_capitals_are_spelled_out_and_numbers_count_one(word: str, expected: int) -> None:
    """A number in figures is as easy as a short word."""
    assert expected == syllables(word, {})


@pytest.mark.parametrize("word", ["area", "areas", "area's", "Area", "mid-area"])
def test_an_exception_holds_for_each_form_of_the_word(word: str) -> None:
    """With a capital, in the plural, and as part of a word with a hyphen."""
    assert 7 + word.startswith("mid") == syllables(word, {"area": 7})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sit down. Stand up.", ["Sit down.", "Stand up."]),
        ("Does it hurt? Then stop!", ["Does it hurt?", "Then stop!"]),
        ("Walk for 2.5 minutes. Then rest.", ["Walk for 2.5 minutes.", "Then rest."]),
        ("Take 10 steps. 3 sets are fine.", ["Take 10 steps.", "3 sets are fine."]),
        ("Use aids, e.g. Sticks or frames.", ["Use aids, e.g. Sticks or frames."]),
        ("See Dr. Who about it.", ["See Dr. Who about it."]),
        ("It is sore (or stiff.) Rest it.", ["It is sore (or stiff.)", "Rest it."]),
        (
            "She said \u201cstop.\u201d Then she left.",
            ["She said \u201cstop.\u201d", "Then she left."],
        ),
        ("You need: a band, a mat.", ["You need: a band, a mat."]),
        ("Rest; then go on.", ["Rest; then go on."]),
        ("A heading\nA text. And more", ["A heading", "A text.", "And more"]),
        ("Plan B. Then plan C.", ["Plan B. Then plan C."]),
        ("Wait... then go.", ["Wait... then go."]),
        ("", []),
        (" \n - \n", []),
    ],
)
def test_sentences_end_where_a_reader_pauses(text: str, expected: list[str]) -> None:
    """Not at decimals, abbreviations, colons or semicolons; each line is a sentence at least."""
    assert expected == sentences(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It's a well-known 2.5 km run, isn't it?", 8),
        ("5,000 runners (9 of 10)", 5),
        ("hips/knees \u2013 both", 3),
        ("_ ... %", 0),
    ],
)
def test_words_are_what_white_space_and_signs_part(text: str, expected: int) -> None:
    """Apostrophes and hyphens join, and so do the signs within a number."""
    assert expected == len(words(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # 12 words, 2 sentences, 13 syllables: 2.34 + 12.78 - 15.59
        ("Stop when it hurts more than before. Then rest for a day.", -0.47),
        # 10 words, 1 sentence, 30 syllables: 3.9 + 35.4 - 15.59
        (
            "Physiotherapists commonly treat patellofemoral disorders "
            "without an operation or medicine.",
            23.71,
        ),
        # 3 words, filled up to 10 with 7 of 1.4 syllables: 1.17 + 15.10 - 15.59
        ("Sit down now.", 0.68),
        ("", 0.0),
    ],
)
def test_the_grade_is_that_of_flesch_and_kincaid(text: str, expected: float) -> None:
    """Worked out by hand."""
    assert expected == round(grade(text, {}), 2)


def test_a_longer_word_or_sentence_never_reads_easier() -> None:
    """More syllables, or more words in one sentence, raise the grade."""
    assert grade("Move the leg.", {}) < grade("Move the extremity.", {})
    assert grade("Lie down. Lift the leg.", {}) < grade("Lie down, lift the leg.", {})
