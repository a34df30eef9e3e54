"""Many writers at one position, on both databases: what is there is spent, not a fen more; killed, they leave no halves."""

import os
import random
import time
from collections import Counter

import pytest

PROVE = bool(os.environ.get("DUIKOU_PROVE"))
ATTEMPTS = 1000 if PROVE else 100  # of 10 yuan each, by 16 writers; a tenth of them finds money
ROUNDS = 25 if PROVE else 1
KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(params=KINDS)
def place(request):
    """An office with the loaded book, on each database."""
    return request.getfixturevalue("office" if request.param == "sqlite" else "office_there")


def test_of_all_attempts_at_the_last_money_of_a_position_a_tenth_succeeds_exactly(place):
    left = ATTEMPTS * 100  # fen; 10 yuan for every tenth attempt
    assert place.ask("pay", 700_000_000 - left, 1, "余") == {"made": 1}
    clerks = [place.start("spend", 1000, ATTEMPTS // 2, 8, f"支{n}") for n in range(2)]
    place.begin(*clerks)
    answers = sum((Counter(place.answer(clerk)) for clerk in clerks), Counter())
    assert answers == {"made": ATTEMPTS // 10, "funds.2": ATTEMPTS - ATTEMPTS // 10}
    said = place.ask("verify")
    assert (said["true"], said["replays"]) == (True, True)
    assert dict(said["balances"])["pool"] == 0


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_of_writers_killed_at_any_moment_what_they_acknowledged_is_kept_and_nothing_half_written(place, seed):
    clerks = [place.start("spend", 1000, 100_000, 2, f"杀{n}") for n in range(2)]
    place.begin(*clerks)
    time.sleep(random.Random(seed).uniform(0.3, 2))
    for clerk in clerks:
        clerk.kill()
    made = {line.removeprefix("made ") for clerk in clerks for line in clerk.communicate()[1].splitlines()}
    kept = {voucher for voucher in place.ask("vouchers") if voucher.startswith("杀")}
    assert made
    assert made <= kept
    assert len(kept - made) <= 4  # written, and killed before they could say so
    said = place.ask("verify")
    assert (said["true"], said["replays"], said["problems"]) == (True, True, [])
