"""A stranger's check of figures: python3 stranger.py FOLDER, on the answers of /f/NAME.json kept in a folder.

It knows what the answers say and nothing of the program. Each number is reckoned again from the records that are opened
with it, in the base unit; then the words in which it is printed; then whether each record has a passage, or the figure
says openly that it has none. One line for each figure: its name, what was found, and `equal` or what is not.
"""

import json
import sys
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

SIZES = {"亿": 10**8, "万": 10**4}
GRAINS = {"fen": 100, "metre": 1000, "percent": 10}


def main(folder):
    figures = {one["name"]: one for one in map(_read, sorted(Path(folder).glob("*.json")))}
    wrong = 0
    for name, one in figures.items():
        odd = [*_value(one, figures), *_writing(one), *_passages(one, figures)]
        print(f"{name}\t{one['writing']['text'] or one['standing']['blank']}\t{'；'.join(odd) or 'equal'}")
        wrong += bool(odd)
    print(f"{len(figures)} figures, {wrong} not equal")
    return 1 if wrong else 0


def _read(file):
    answer = json.loads(file.read_text("utf-8"))
    return answer | {"name": answer["identity"]["name"]}


def _value(one, figures):
    """What the records give against what the figure says."""
    said = one["value"]["low"], one["value"]["high"]
    how = one["definition"]["how"]
    counted = [m for m in one["members"] if m["counted"]]
    if how == "share":
        found = _share(*(figures[part["identity"]["name"]]["value"] for part in one["made_of"]))
        if found != said:
            yield f"divided {found}, said {said}"
    elif how == "count":
        found = len(counted)
        if said != ((found, found) if found else (None, None)):
            yield f"counted {found}, said {said}"
    elif how == "heads":
        heads = len([m for m in counted if m["low"] == 1])
        if said != (None, None) if not heads else (said[1] != heads or not 0 < said[0] <= heads):
            yield f"{heads} different, said {said}"
    elif (found := _sum(counted)) != said:
        yield f"added {found}, said {said}"


def _sum(members):
    """Both ends added; an end is open as soon as one of the records leaves it open."""
    valued = [m for m in members if m["low"] is not None or m["high"] is not None]
    if not valued:
        return None, None
    ends = ([m[end] for m in valued] for end in ("low", "high"))
    return tuple(None if None in end else sum(end) for end in ends)


def _share(part, whole):
    """Tenths of a per cent of two exact numbers, rounded once."""
    if None in (part["low"], part["high"], whole["low"], whole["high"]) or not whole["low"]:
        return None, None
    if part["low"] != part["high"] or whole["low"] != whole["high"]:
        return None, None
    tenths = int((Decimal(part["low"]) * 1000 / whole["low"]).quantize(Decimal(1), ROUND_HALF_UP))
    return tenths, tenths


def _writing(one):
    """Whether the printed words say the bounds: the number of a hedge, rounded once to the digits that are shown."""
    writing, value = one["writing"], one["value"]
    if value["low"] is None and value["high"] is None:
        if writing["number"]:
            yield f"no value, but {writing['number']} printed"
        return
    scale = _scale(writing["unit"], value["unit"])
    printed = [_number(text) for text in writing["number"].split("～")]
    if None in printed:
        return  # words that stand for a round number: 近百, 上亿
    wanted = {
        "exact": [value["low"]], "nearly": [(value["high"] or 0) + 1], "odd": [value["low"]], "over": [(value["low"] or 0) - 1],
        "at_least": [value["low"]], "up_to": [value["high"]],
    }.get(writing["hedge"])  # fmt: skip
    if wanted is None or len(printed) == 2 or writing["number"].startswith("超"):
        low, high = printed[0] * scale, printed[-1] * scale
        inside = low <= (value["low"] or low) and (len(printed) == 1 or high >= (value["high"] or high))
        if not inside and writing["hedge"] != "about":
            yield f"{writing['text']} does not hold {value['low']}..{value['high']}"
        return
    digits = Decimal(1).scaleb(-writing["digits"])
    if (Decimal(wanted[0]) / scale).quantize(digits, ROUND_HALF_UP) != printed[0]:
        yield f"{wanted[0]} / {scale} is not {writing['number']}"


def _scale(words, unit):
    """How many base units one printed unit has: 万元 is a million fen."""
    return GRAINS.get(unit, 1) * next((size for word, size in SIZES.items() if words.startswith(word)), 1)


def _number(text):
    """The digits of a printed number, its hedges and grouping left out; nothing where it has none."""
    digits = "".join(c for c in text if c.isdigit() or c in ".−")
    return Decimal(digits.replace("−", "-")) if any(c.isdigit() for c in digits) else None


def _passages(one, figures):
    """Whether each record has a passage, or the figure says openly that some have none."""
    parts = [figures[part["identity"]["name"]] for part in one["made_of"]] or [one]
    lacking = [m["record"] for part in parts for m in part["members"] if m["counted"] and not m["passages"]]
    said = "无依据" in one["with_source"] or any("缺出处" in check["detail"] for check in one["checks"])
    if lacking and not said and one["definition"]["of"] != "findings":
        yield f"no passage and not said: {lacking[:3]}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
