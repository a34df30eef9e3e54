"""People who sign in, for tests: accounts with a password, the sign-in page, the codes of an app."""

import base64
import hmac
import re
import struct
import time
from hashlib import sha1
from itertools import count

from django.contrib.auth import get_user_model
from django.test import Client

PASSWORD, ANOTHER = "Zhangben-2011-lu", "Dui-kou-zhi-yuan-12"
SECOND = "/sign-in/second/"
ADDRESSES = (f"10.1.{n // 250}.{n % 250 + 1}" for n in count())


def user(name="yewu", password=PASSWORD):
    """A user of the example's book with a password."""
    found = get_user_model().objects.get(username=name)
    found.set_password(password)
    found.save()
    return found


def browser(**more):
    """A browser at an address of its own that no account knows yet."""
    return Client(**{"REMOTE_ADDR": next(ADDRESSES), **more})


def sign_in(client, name="yewu", password=PASSWORD, **more):
    """What the sign-in page answers."""
    return client.post("/sign-in/", {"login": name, "password": password, **more})


def fail(client, times, name="yewu"):
    """What the page answers to the last of so many wrong passwords."""
    return [sign_in(client, name, "not-the-password") for _ in range(times)][-1]


def said(answer):
    """The summary of errors on a page, as text."""
    found = re.search(r'<div class="errors".*?</div>', answer.content.decode(), re.S)
    return re.sub(r"<[^>]+>", "", found[0]) if found else ""


def is_signed_in(client):
    """Whether one's own account answers."""
    return client.get("/account/").status_code == 200


def code(secret, later=0):
    """The six digits of an app, so many half minutes later."""
    number = struct.pack(">Q", int(time.time()) // 30 + later)
    digest = hmac.new(base64.b32decode(secret), number, sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def secret_on(page):
    """The secret that the page for setting up an app shows."""
    return re.search(r'id="authenticator_secret" type="text" value="(\w+)"', page.content.decode())[1]


def with_app(client, name="yewu"):
    """A signed-in browser whose account has an app from now on; its secret."""
    user(name)
    assert sign_in(client, name).status_code == 302
    secret = secret_on(client.get("/account/app/"))
    assert client.post("/account/app/", {"code": code(secret, -1)})["Location"] == "/account/recovery-codes/"
    return secret
