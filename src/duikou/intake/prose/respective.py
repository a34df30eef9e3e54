"""Respectively: as many numbers side by side as times or names before them (5月、9月到位300万元、200万元), each of its own."""

from collections.abc import Sequence
from itertools import pairwise

from .numbers import Number

JOINS = ("、", "和", "及", "与", "以及", "同")
ALONE = (0, 1)
Rank = tuple[int, int]
"""Which of how many numbers that stand side by side."""


def ranks(text: str, numbers: Sequence[Number]) -> list[Rank]:
    """For each number of a paragraph its place among those joined with it, and how many they are."""
    groups: list[int] = []
    for before, number in pairwise(numbers):
        joined = number.base == before.base and text[before.end : number.start] in JOINS
        groups.append(groups[-1] + 1 if joined and groups else int(joined))
    places = [0, *groups] if numbers else []
    ranked: list[Rank] = []
    for n, place in enumerate(places):
        if place == 0:
            size = 1
            while n + size < len(places) and places[n + size] == size:
                size += 1
        ranked.append((place, size))
    return ranked


def run_of(joined: Sequence[bool], size: int) -> int:
    """Where a run of exactly so many things joined with each other begins, the last such; -1 where there is none."""
    start = 0
    found = -1
    for n, more in enumerate(joined):
        if not more:
            if n - start + 1 == size:
                found = start
            start = n + 1
    return found
