"""Who asks: a key of an office, the browser's session, or nobody; how often each may ask."""

import time
from hashlib import sha256

from django.core.cache import cache
from django.http import HttpRequest
from ninja.errors import Throttled
from ninja.throttling import BaseThrottle
from ninja.utils import check_csrf

from duikou.acts.doing import today
from duikou.acts.offices import holder
from duikou.records.models import Key
from duikou.rules.period import on
from duikou.rules.rights import Person
from duikou.web.book import person_of
from duikou.web.doors import READING
from duikou.web.lockout import address

from .bodies import fit
from .problems import Objected

MINUTE = 60
RATES = {"known": 600, "visitor": 60}  # questions a minute of a key or account, of an address
LONGEST = 100  # characters of a secret
HOW = "在请求头写 Authorization: Bearer dk-…；密钥由安全管理员发放"
ASKED = {"WWW-Authenticate": 'Bearer realm="duikou"'}


def who(request: HttpRequest) -> Person:
    """Whom a request acts for; Objected where its key opens nothing or its session has no token. The auth of ninja."""
    fit(request)
    if said := request.headers.get("Authorization", ""):
        person = request.__dict__["person"] = _key(request, said)
        return person
    person = person_of(request)
    if person.account and request.method not in READING and check_csrf(request):
        raise Objected(403, "缺少防伪标记：在请求头写 X-CSRFToken，取页面表单里的 csrfmiddlewaretoken；程序改用密钥")
    return person


def _key(request: HttpRequest, said: str) -> Person:
    """The person of a key; why it opens nothing is told to whoever holds its secret."""
    scheme, _, secret = said.partition(" ")
    if scheme.lower() == "bearer" and 0 < len(secret) <= LONGEST and (found := holder(secret)):
        return found
    if not rates.ask(request, Person()):
        raise Throttled(rates.wait())
    raise Objected(401, f"{_why(scheme, secret)}；{HOW}", headers=ASKED)


def _why(scheme: str, secret: str) -> str:
    if scheme.lower() != "bearer" or not secret:
        return "Authorization 的写法不对"
    key = Key.objects.filter(digest=sha256(secret[:LONGEST].encode()).hexdigest()).first()
    if key is None:
        return "没有这个密钥"
    if key.revoked:
        return f"密钥 {key.code} 已于 {on(key.revoked).zh} 收回"
    if key.begins > today():
        return f"密钥 {key.code} 自 {on(key.begins).zh} 起有效"
    return f"密钥 {key.code} 已于 {on(key.ends).zh} 到期"


class Rates(BaseThrottle):
    """So many questions a minute: of a key or an account, else of an address."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Whether the minute has room for one more question."""
        return self.ask(request, person_of(request))

    def ask(self, request: HttpRequest, person: Person) -> bool:
        """Count a question of a person; whether it was one too many."""
        kind = "known" if person.account else "visitor"
        asks = person.account or address(request) or ""
        name = f"interface:{sha256(asks.encode()).hexdigest()}:{int(time.time() // MINUTE)}"
        cache.add(name, 0, 2 * MINUTE)
        try:
            return cache.incr(name) <= RATES[kind]
        except ValueError:  # it went out of the cache in between
            return True

    def wait(self) -> int:
        """The seconds to the next minute."""
        return MINUTE - int(time.time()) % MINUTE


rates = Rates()
