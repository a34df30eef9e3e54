"""Make the generated province, part by part."""

import time
from collections.abc import Callable

from duikou.acts.accepting import accept_programmes, open_book
from duikou.acts.programmes import publish
from duikou.records.models import Programme
from duikou.rules.rights import everywhere

from ..generate import OFFICER
from .business import enter_business
from .gifts import enter_gifts
from .money import enter_projects
from .parties import CODE, opening, organisations
from .people import enter_people
from .scale import Scale, scale_of
from .talks import enter_talks

Said = Callable[[str], None]


def make(size: float, said: Said = lambda _: None) -> tuple[Programme, Scale]:
    """A public province of a size, 1 being whole; the same size, the same book but for its days of entry and its keys."""
    scale, keys = scale_of(size), dict[str, int]()
    open_book("生成账", person=OFFICER, nonce="00" * 16)
    accept_programmes(opening(), list(organisations(scale.givers)), keys, person=OFFICER, reason="生成")
    programme = Programme.objects.get(code=CODE)
    publish(programme, person=everywhere("leader", "leader"), reason="测速")
    for enter in (enter_projects, enter_gifts, enter_business, enter_talks, enter_people):
        begun = time.perf_counter()
        enter(programme, scale, keys)
        said(f"{enter.__name__} {time.perf_counter() - begun:.1f} s")
    return programme, scale
