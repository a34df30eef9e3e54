"""The forms of money as a browser fills them in, for tests: opened, typed, sent, what they answer."""

import html
import re

from duikou.acts.journal import head
from duikou.records.models import Claim

FUNDS = "/p/tj-hn/2012/funds/"
DAY = "2012-03-05"


def text(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def page(client, where):
    """A form as it is shown: its text and its hidden key."""
    answer = client.get(FUNDS + where)
    assert answer.status_code == 200, (where, text(answer)[:400])
    return answer.content.decode()


def key_of(shown):
    return re.search(r'name="key" value="([^"]+)"', shown)[1]


def send(client, where, **typed):
    """Open a form, fill it in, send it with the key it brought, and follow."""
    return client.post(FUNDS + where, {"key": key_of(page(client, where))} | typed, follow=True)


def done(client, where, **typed):
    """The same, and it was done: the text of the page that says so."""
    answer = send(client, where, **typed)
    said = text(answer)
    assert answer.status_code == 200, said[:600]
    assert "已办：" in said, said[:600]
    assert f"账本第 {head().number} 行" in said
    (written,) = re.findall(r'class="said success"[^>]*>已办：[^<]*<a href="([^"]+)"', answer.content.decode())
    assert client.get(written).status_code == 200
    return said


def refused(answer, words):
    """The form again, with the words in its summary, and what was typed."""
    assert answer.status_code == 422, text(answer)[:300]
    (summary,) = re.findall(r'<div class="errors".*?</div>', answer.content.decode(), re.S)
    assert words in html.unescape(re.sub(r"<[^>]+>", "", summary)), summary
    return answer.content.decode()


def lines(*rows, prefix="line", count=8):
    """Rows as a form sends them."""
    sent = {f"{prefix}-TOTAL_FORMS": str(count), f"{prefix}-INITIAL_FORMS": "0"}
    for n, row in enumerate(rows):
        sent |= {f"{prefix}-{n}-{name}": str(value) for name, value in row.items()}
    return sent


def claim_of(book, amount="40", **more):
    """A claim as it is typed."""
    bill = lines({"number": f"发票 {amount} {len(Claim.objects.all())}", "amount": amount}, count=5)
    papers = ["itemised_bill", "invoice", "department_seal", "supervisor_opinion"]
    return {
        "contract": book.contract, "type": "progress", "stage": "started", "use": "project", "amount": amount,
        "day": DAY, "progress": "30%", "papers": papers, **bill,
    } | more  # fmt: skip
