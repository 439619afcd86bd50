"""The files of `questionnaire/` to sections and items.

Not here: what an item is (`items`), the condition under which it is asked (`condition_reader`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from triage.book.condition_reader import WORDS, ConditionReader
from triage.book.documents import Path_
from triage.book.items import NOT_SURE, Item, Section
from triage.book.shape_reader import ShapeReader
from triage.book.shapes import ItemShape, SectionFile
from triage.problems import listed, nearest, quoted


def read_questionnaire(
    reader: ShapeReader, names: Sequence[str], listed_in: str = "book.yaml"
) -> tuple[tuple[Section, ...], Mapping[str, Item]]:
    """The sections of these names and their items, in the order in which they are asked.

    Args:
        reader: what reads the files, and notes what is wrong with them.
        names: the sections.
        listed_in: the file that names them.
    """
    files = {f"questionnaire/{name}.yaml": name for name in names}
    for file in reader.documents:
        if file.startswith("questionnaire/") and file not in files:
            message = f"not among the sections of {listed_in}"
            reader.note_file(file, message + nearest(Path(file).stem, names))
    if len(files) != len(names):
        reader.note(listed_in, ("sections",), "a section is named twice")
    sections: list[Section] = []
    items: dict[str, Item] = {}
    for file, name in files.items():
        shape = reader.read(file, SectionFile)
        if shape is None:
            continue
        for item_id, written in shape.items.items():
            item = _item(reader, items, file, name, item_id, written)
            if item:
                items[item_id] = item
        sections.append(Section(name, shape.title, tuple(shape.items), shape.not_after))
    return tuple(sections), MappingProxyType(items)


def _item(
    reader: ShapeReader,
    earlier: Mapping[str, Item],
    file: str,
    section: str,
    name: str,
    shape: ItemShape,
) -> Item | None:
    """An item, or `None` where nobody could name it or answer it."""
    path: Path_ = ("items", name)
    if name in earlier or name in WORDS:
        taken = "another item" if name in earlier else "a word of the rule language"
        reader.note(file, path, f"'{name}' is the name of {taken}")
        return None
    problem = _item_problem(shape)
    if problem:
        reader.note(file, path, f"item '{name}': {problem}")
        return None
    document = reader.documents[file]
    gate = shape.ask_if
    conditions = ConditionReader(document, earlier, {}, None, reader.problems)
    options = shape.options
    if shape.number and shape.not_sure:
        options = MappingProxyType({NOT_SURE: shape.not_sure})
    return Item(
        id=name,
        section=section,
        ask=shape.ask,
        why=shape.why,
        help=shape.help,
        kind=shape.choose or "number",
        options=options,
        number=shape.number,
        ask_if=None if gate is None else conditions.read(gate, (*path, "ask_if")),
        place=document.place(path),
    )


def _item_problem(shape: ItemShape) -> str | None:
    """What is wrong with an item's kind, beyond the types of its keys."""
    number = shape.number
    if (shape.choose is None) == (number is None):
        return "expected either 'choose' with 'options', or 'number'"
    if number is None:
        if len(shape.options) < 2:
            return "expected two options or more"
        if shape.not_sure:
            return "'not_sure' beside 'number' only; here it is an option"
        return None
    if shape.options:
        return "a number has no options"
    if number.low >= number.high:
        return "expected 'from' to be less than 'to'"
    units = [number.unit, *number.other_units]
    for unit in (*number.words, *number.one):
        if unit not in units:
            return f"read unit {quoted(unit)}, expected {listed(units)}{nearest(unit, units)}"
    return None
