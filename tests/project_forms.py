"""The forms of projects as a browser fills them in, for tests: opened, typed, sent, what they answer."""

import html
import re
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from money_forms import key_of, refused, text
from PIL import Image

from duikou.acts.journal import head

PROJECTS = "/p/tj-hn/2012/projects/"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PAPER = {"type": "proposal", "number": "申〔2012〕1号", "day": "2012-4-2"}


def page(client, where, status=200):
    answer = client.get(PROJECTS + where)
    assert answer.status_code == status, (where, text(answer)[:600])
    return answer.content.decode()


def send(client, where, follow=True, **typed):
    """Open a form, fill it in, send it with the key it brought."""
    return client.post(PROJECTS + where, {"key": key_of(page(client, where))} | typed, follow=follow)


def done(client, where, **typed):
    """The same, and it was done and named with its line."""
    answer = send(client, where, **typed)
    said = text(answer)
    assert answer.status_code == 200, re.findall(r'class="errors".*?</div>', answer.content.decode(), re.S)
    assert "已办：" in said
    assert f"账本第 {head().number} 行" in said
    return said


def of(works, where):
    return f"{works.project}/{where}/"


def at_field(answer, field, words):
    """The words stand at a field, and lead to it from the summary."""
    shown = refused(answer, words)
    (block,) = re.findall(rf'<div class="field wrong"><label for="id_{field}">.*?</div>', shown, re.S)
    assert words in html.unescape(block), block
    assert f'<a href="#id_{field}">' in shown
    return shown


def photograph(colour="red", size=(80, 60), kind="JPEG", name="IMG_1.jpg"):
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, kind)
    return SimpleUploadedFile(name, file.getvalue(), content_type="image/jpeg")


def described(client, works, **more):
    """The form of the description as it is shown, with something else in it."""
    shown = page(client, of(works, "describe"))
    typed = dict(re.findall(r'<input type="(?:text|number|hidden)" name="(\w+)" value="([^"]*)"', shown))
    for name, choices in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', shown, re.S):
        chosen = re.findall(r'<option value="([^"]*)" selected', choices)
        typed[name] = chosen[0] if chosen else ""
    typed |= {
        name: said.strip() for name, said in re.findall(r'<textarea name="(\w+)".*?>(.*?)</textarea>', shown, re.S)
    }
    return client.post(PROJECTS + of(works, "describe"), typed | more, follow=True)
