"""What is sent is refused by its length before it is read, by the view and by the server; what is answered is not kept."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from books import signed_in
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from duikou.intake.upload import MB
from duikou.web.limits import OF_FILES, OF_FORMS, Size

SERVER = """
import django; django.setup()
from duikou.web import patience
from duikou.web.management.commands.serve import _Server
patience.HEAD = patience.LOOK = 0.5

class Server(_Server):
    def load_config(self):
        super().load_config()
        self.cfg.set("worker_class", patience.Patient)

Server("127.0.0.1:{port}").run()
"""


class Unread:
    """A body that nobody may read."""

    def read(self, *size):
        raise AssertionError("the body was read")

    readline = read


def text(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize(
    ("account", "size", "status"),
    [
        ("", OF_FORMS, 403),  # read, and refused for want of a token
        ("", OF_FORMS + 1, 413),
        ("", 10**12, 413),
        ("", "9" * 4000, 413),
        ("yewu", OF_FILES + 1, 413),
        ("yewu", 10**12, 413),
        ("", "abc", 400),
        ("", "-1", 400),
        ("", "+5", 400),
        ("", "1e3", 400),
        ("", "１２", 400),
    ],
    ids=str,
)
def test_a_body_is_refused_by_what_its_length_says_and_not_read(visitor, account, size, status):
    client = signed_in(account) if account else visitor
    body = {"wsgi.input": Unread()} if status != 403 else {}
    answer = client.generic("POST", "/d/4a0b8e5b/", b"", CONTENT_LENGTH=str(size), **body)
    assert answer.status_code == status


def test_a_file_within_the_limit_comes_to_the_view(officer):
    file = SimpleUploadedFile("a.txt", b"a" * 2 * MB)
    assert "这不是账上登记的那份文件" in officer.post("/d/4a0b8e5b/", {"file": file}).content.decode()


def test_the_page_says_what_was_found_what_was_expected_and_how_to_mend_it(visitor, officer):
    said = text(visitor.generic("POST", "/sign-in/", b"", CONTENT_LENGTH=str(3 * MB)).content.decode())
    assert "送来 3.0 MB，没有登录时一次至多 1 MB；要传文件先登录。 正文没有读，什么也没有写入账本。 登录" in said
    said = text(officer.generic("POST", "/d/4a0b8e5b/", b"", CONTENT_LENGTH=str(25 * MB)).content.decode())
    assert "送来 25.0 MB，一个文件至多 20 MB；分成几个文件，或压缩图片后再传。" in said


@pytest.mark.parametrize("account", ["", "caiwu"])
def test_the_interface_takes_one_megabyte_and_says_so_in_its_own_shape(visitor, account):
    client = signed_in(account) if account else visitor
    answer = client.generic("POST", "/api/p/tj-hn/funds/", b"", CONTENT_LENGTH=str(MB + 1))
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")
    assert "接口一次至多 1 MB；把一列分成几次送" in answer.json()["detail"]


@pytest.mark.parametrize(("address", "status"), [("/sign-in/", 411), ("/api/p/tj-hn/funds/", 400)])
def test_a_body_without_a_said_length_is_refused(visitor, address, status):
    answer = visitor.generic("POST", address, b"", HTTP_TRANSFER_ENCODING="chunked")
    assert answer.status_code == status
    assert "没有写明正文多长（Content-Length）" in answer.content.decode()


FIELDS = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("body", "kind", "found"),
    [
        ("&".join(f"a{n}=1" for n in range(1001)), FIELDS, "一次送来的格子或文件太多，至多 1000 格、100 个文件"),
        ("a=" + "1" * (5 * MB), FIELDS, "一次送来的文字太长，至多 5 MB"),
        ("a=1", f"{FIELDS}; charset=utf-7", "请求读不成"),
        ("a=1", "multipart/form-data", "请求读不成"),
        ("--x", f"multipart/form-data; boundary={'x' * 300}", "请求读不成"),
        ("".join(f'--x\r\nContent-Disposition: form-data; name="a{n}"; filename="a"\r\n\r\n1\r\n' for n in range(101)) + "--x--",
         "multipart/form-data; boundary=x", "一次送来的格子或文件太多"),
    ],
    ids=["fields", "text", "charset", "no boundary", "long boundary", "files"],
)  # fmt: skip
def test_what_cannot_be_read_is_answered_in_words(programme, body, kind, found):
    client = signed_in("yewu")
    client.handler.enforce_csrf_checks = True
    client.cookies["csrftoken"] = "a" * 32
    answer = client.generic("POST", "/d/4a0b8e5b/", body, content_type=kind)
    assert answer.status_code == 400
    assert found in text(answer.content.decode())


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "FROB"])
def test_a_method_that_nothing_here_knows_is_not_answered(visitor, method):
    answer = visitor.generic(method, "/p/tj-hn/2011/")
    assert (answer.status_code, answer.content) == (405, b"")
    assert "POST" in answer["Allow"]


def test_a_host_that_is_not_ours_is_told_nothing_of_the_book(visitor):
    answer = visitor.get("/p/tj-hn/2011/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "这个域名不是本站的" in answer.content.decode()
    assert "elsewhere" not in answer.content.decode()


def test_a_request_without_body_or_length_passes():
    request = RequestFactory().get("/")
    request.META.pop("CONTENT_LENGTH", None)
    assert Size(lambda asked: asked)(request) is request


def test_what_one_sees_who_is_signed_in_is_kept_by_no_browser_and_no_proxy(visitor, clerk):
    pages = (
        "/p/tj-hn/2011/",
        "/f/donations.education:tj-hn.2011.csv",
        "/f/donations.education:tj-hn.2011.json",
        "/nothing/",
    )
    assert {clerk.get(address)["Cache-Control"] for address in pages} == {"private, no-store"}
    assert {visitor.get(address).get("Cache-Control", "") for address in pages} == {""}


# ---- the server itself -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """The port of a served empty book; a connection that sends nothing for half a second is heard no more."""
    folder = tmp_path_factory.mktemp("served")
    env = {
        **os.environ, "DUIKOU_VAR": str(folder / "var"), "DUIKOU_OUT": str(folder / "out"), "PYTHONUTF8": "1",
        "DJANGO_SETTINGS_MODULE": "duikou.config.settings",
    }  # fmt: skip
    migrate = (
        "import django; django.setup(); from django.core.management import call_command as c; c('migrate', verbosity=0)"
    )
    subprocess.run([sys.executable, "-c", migrate], env=env, cwd=folder, check=True, capture_output=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-c", SERVER.format(port=port)], env=env, cwd=folder)
    try:
        for _ in range(300):
            assert server.poll() is None, "the server has stopped"
            with socket.socket() as probe:
                probe.settimeout(0.2)
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def answered(port, *pieces):
    """The first line of the answer to what is sent, without waiting for more than it."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        for piece in pieces:
            line.sendall(piece)
        return line.makefile("rb").readline().decode().split(" ", 1)[1].strip()


POST = b"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\n"


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        (POST + b"Content-Length: 10000000000\r\n\r\n", "413 Request Entity Too Large"),
        (POST + b"Content-Length: 30000000\r\n\r\n" + b"a" * 10000, "413 Request Entity Too Large"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n", "411 Length Required"),
        (POST + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n", "411 Length Required"),
        (POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400 Bad Request"),
        (POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde", "400 Bad Request"),
        (POST + b"Content-Length: -1\r\n\r\n", "400 Bad Request"),
        (POST + b"Content-Length: +5\r\n\r\nabcde", "400 Bad Request"),
        (b"GET /?" + b"a" * 5000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", "414 URI Too Long"),
        (POST + b"".join(b"X-%d: a\r\n" % n for n in range(101)) + b"\r\n", "431 Request Header Fields Too Large"),
        (POST + b"X: " + b"a" * 9000 + b"\r\n\r\n", "431 Request Header Fields Too Large"),
        (POST + b"X: a\r\n b\r\n\r\n", "400 Bad Request"),
        (b"GET / HTTP/1.1\r\nHost: elsewhere\r\n\r\n", "400 Bad Request"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: elsewhere\r\n\r\n", "400 Bad Request"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_server_answers_at_once_and_reads_no_body(port, sent, answer):
    assert answered(port, sent) == answer


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ",
        POST + b"Cookie: csrftoken=" + b"a" * 32 + b"\r\nContent-Length: 1000\r\n\r\ncsrfmiddlewaretoken=",
        POST + b"Content-Length: 10000000000\r\n\r\na",
    ],
    ids=["silent", "in the head", "in the body", "too large"],
)
def test_others_are_answered_while_many_send_slowly(port, begun):
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(6)]
    for line in slow:
        line.sendall(begun)
    try:
        assert urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=120).status == 200
    finally:
        for line in slow:
            line.close()
