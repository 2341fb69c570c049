"""What is put right when all of a form is read: names under wrong labels, names that are areas."""

from ingest import areas
from ingest.sheets.sheet import Sheet
from ingest.text import key

_MARKED = ("upper", "lower", "kana", "roman", "paren-digit", "kanji")


def repair(sheet: Sheet) -> None:
    """Put the names and areas of a form right."""
    _repair_title(sheet)
    _repair_area(sheet)


def _repair_title(sheet: Sheet) -> None:
    """Put a doubled label right: where the name is missing, the first of two texts under one label is the name."""
    draft = sheet.draft
    for name in ("overview", "purpose"):
        second = draft.texts.pop(f"{name}~2", None)
        if second is None:
            continue
        lines = [(w, n) for f, w, n in sheet.labels if f == name]
        doubled = len({key(words) for words, _ in lines}) == 1
        if "title" not in draft.texts and draft.texts.get(name) and doubled:
            draft.texts["title"] = draft.texts[name]
            draft.texts[name] = second
            sheet.odd("label", "連携項目", lines[0][0], lines[0][1])
        else:
            draft.texts.setdefault(name, []).extend(second)
    _order_names(sheet)
    for name in [n for n in draft.texts if n.endswith("~2")]:
        draft.texts.setdefault(name[:-2], []).extend(draft.texts.pop(name))


def _order_names(sheet: Sheet) -> None:
    """Tell two names of one kind apart (施策 over 事業名): the upper is the wider; above a finer name it is an area."""
    draft = sheet.draft
    for name, finer in (("program", "title"), ("title", "program")):
        named = {key(words) for field_name, words, _ in sheet.labels if field_name == name}
        second = draft.texts.get(f"{name}~2")
        if second is None or len(named) < 2 or not draft.texts.get(name):
            continue
        if name == "program" and draft.texts.get(finer):
            draft.area = (*draft.area, *areas.chain(" ".join(draft.texts[name])))
            draft.texts[name] = draft.texts.pop(f"{name}~2")
        elif not draft.texts.get(finer):
            draft.texts["program"], draft.texts["title"] = draft.texts[name], draft.texts.pop(f"{name}~2")


def _repair_area(sheet: Sheet) -> None:
    """A wider name that bears a mark (施策 | B 観光) beside a name of its own is an area."""
    draft = sheet.draft
    item = areas.heading(draft.text("program") or "")
    if draft.text("title") and item.label and item.kind in _MARKED:
        draft.area = (*draft.area, item)
        del draft.texts["program"]
