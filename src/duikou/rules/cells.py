"""Texts that spreadsheet programs take for formulas: which they are, and how they are written so that they stay texts."""

import re

_BEGINS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # full-width ones count in Chinese editions
_PLAIN = re.compile(r"[-+]?\d[\d,]*(\.\d+)?%?|[-+－＋]+")
_UNSEEN = " \n\0\u00a0\u200b\u3000\ufeff"


def begins_formula(text: str) -> bool:
    """Whether a spreadsheet program might calculate a text instead of showing it; -5 is a number, a lone - a blank."""
    return text.lstrip(_UNSEEN).startswith(_BEGINS) and not _PLAIN.fullmatch(text.strip())


def harmless(cell: object) -> object:
    """A cell as it is written into a file of values: a text that begins a formula behind an apostrophe, all else as it is."""
    return f"'{cell}" if isinstance(cell, str) and begins_formula(cell) else cell
