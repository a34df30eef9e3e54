"""No secret lies in the repository: no key, no token, no address with a password; and SECURITY.md says what is so."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from duikou.acts.names import HALF_A_YEAR
from duikou.intake.packed import ENTRIES, RATIO, UNPACKED
from duikou.intake.parts import DEPTH
from duikou.intake.upload import LARGEST, LARGEST_TEXT, MB
from duikou.web.limits import OF_FILES, OF_FORMS

ROOT = Path(__file__).parents[1]
MADE = {"var", "out", "__pycache__", "node_modules", "build", "dist"}  # what the program and its tools make, not kept
HOLDERS = re.compile(
    r"(^|/)(\.env(\..*)?|id_(rsa|ed25519|ecdsa)|secret-key|names-key|bearer-key|demonstration-password|.*\.(pem|p12|pfx|jks|key|sqlite3))$"
)
SECRETS = {
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY",
    "a key of our interface": r"\bdk-[a-z0-9-]{1,12}-[A-Za-z0-9_-]{43}\b",
    "a key of a cloud": r"\b(AKIA|ASIA|LTAI)[A-Z0-9][A-Za-z0-9]{15,}\b|\bAIza[A-Za-z0-9_-]{35}\b",
    "a token of a forge": r"\b(gh[oprsu]_|github_pat_|glpat-)[A-Za-z0-9_]{20,}",
    "a token of a service": r"\b(xox[abprs]-|sk-|sk_live_|npm_|pypi-)[A-Za-z0-9-]{20,}",
    "a signed token": r"\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.",
    "an address with a password": r"\b[a-z][a-z0-9+]{2,}://[^\s/:@\"'<>{}]+:(?!password@)[^\s/@\"'<>{}]+@",
}
ASSIGNED = re.compile(
    r"(?i)\b\w*(password|passwd|secret|token|api_?key)\w*[\"']?\s*[:=]\s*[\"']([^\"'\s{}<>]{12,})[\"']"
)
NAMED = re.compile(r"^[a-z_]+([./-][a-zA-Z_.-]+)+$|^[A-Za-z_]+$")  # a module, an address, a word: no secret


def kept():
    """The text files of the repository."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if path.is_file() and not MADE & set(parts) and not any(p.startswith(".") and p != ".ci" for p in parts[:-1]):
            yield path


def found_in(text, ours=True):
    """What in a text looks like a secret; in tests passwords of made-up accounts stand in plain sight."""
    said = [f"{what}: {hit[0][:12]}…" for what, pattern in SECRETS.items() for hit in re.finditer(pattern, text)]
    return said + [f"assigned: {hit[0][:30]}…" for hit in ASSIGNED.finditer(text) if ours and not NAMED.match(hit[2])]


@pytest.mark.parametrize(
    "secret",
    [
        "-----BEGIN RSA " + "PRIVATE KEY-----",
        "dk-tj" + "-" + "aB3_-" * 8 + "xyz",
        "AKIA" + "IOSFODNN7EXAMPLE",
        "ghp_" + "a1B2" * 9,
        "sk-" + "a1B2" * 8,
        "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0" + ".x",
        "postgresql" + "://duikou:hunter2@db.office/book",
        "SECRET_KEY " + '= "x7!kq93hv#m2pw8z"',
        "password" + ': "x7!kq93hv#m2"',
    ],
    ids=lambda secret: secret[:8],
)
def test_a_secret_would_be_found(secret):
    assert found_in(f"first line\n{secret}\n")


@pytest.mark.parametrize(
    "plain",
    [
        "postgresql://user:password@host:port/name",
        'PASSWORD_HASHERS = "duikou.web.passwords.Dated"',
        "token = request.POST",
        "http://127.0.0.1:8000/@x",
    ],
)
def test_what_only_names_a_secret_is_none(plain):
    assert found_in(plain) == []


def test_no_secret_lies_in_the_repository():
    told = {}
    for path in kept():
        name = path.relative_to(ROOT).as_posix()
        told[name] = found_in(path.read_bytes().decode("utf-8", "replace"), ours=not name.startswith("tests/"))
    assert {name: said for name, said in told.items() if said} == {}
    assert len(told) > 100


def test_no_file_that_is_made_to_hold_a_secret_lies_in_the_repository():
    assert [str(path.relative_to(ROOT)) for path in kept() if HOLDERS.search(path.relative_to(ROOT).as_posix())] == []


@pytest.mark.parametrize(
    "name", [".env", "deploy/.env.local", "a/id_rsa", "tls.pem", "book.sqlite3", "var-copy/secret-key"]
)
def test_such_a_file_would_be_found(name):
    assert HOLDERS.search(name)


def test_what_holds_the_book_and_its_papers_is_not_kept_with_the_program():
    ignored = (ROOT / ".gitignore").read_text("utf-8").split()
    assert {"/var/", "/out/"} <= set(ignored)


@pytest.mark.parametrize(
    "said",
    [
        f"至多 {LARGEST // MB} MB（文本 {LARGEST_TEXT // MB} MB）",
        f"至多 {ENTRIES} 件、{UNPACKED // MB} MB、每件 {RATIO} 倍",
        f"至多 {DEPTH} 层",
        f"没有登录 {OF_FORMS // MB} MB，登录后 {OF_FILES // MB} MB",
        f"{settings.SESSION_IDLE // 60} 分钟不操作或满 {settings.SESSION_COOKIE_AGE // 3600} 小时退出",
        f"锁 {settings.AXES_COOLOFF_TIME.total_seconds() / 60:.0f} 分钟",
        f"个人信息读取记录 {settings.READS_KEPT} 天（可改，不少于 {HALF_A_YEAR} 天）",
        f"至少 {settings.AUTH_PASSWORD_VALIDATORS[0]['OPTIONS']['min_length']} 个字符",
    ],
)
def test_the_numbers_that_security_md_promises_are_those_of_the_program(said):
    assert said in " ".join((ROOT / "SECURITY.md").read_text("utf-8").split())
