"""A photograph is kept upright, small, once, and without a word of where it was taken; what is none is refused in words."""

import os
import struct
import zlib
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image

from duikou.acts import photographs
from duikou.acts.photographs import LARGEST, Unreadable, file_of, keep, prepared

ORIENTATION, GPS, MAKER = 0x0112, 0x8825, 0x010F


def picture(width=400, height=200, colours=("red", "blue")):
    """A picture whose left half is of one colour and whose right half of another."""
    made = Image.new("RGB", (width, height), colours[0])
    made.paste(colours[1], (width // 2, 0, width, height))
    return made


def written(made, kind="JPEG", **more):
    file = BytesIO()
    made.save(file, kind, **more)
    return file.getvalue()


def with_position(orientation=1):
    """Notes as a telephone writes them: its maker, how it was held, where it stood."""
    notes = Image.Exif()
    notes[ORIENTATION], notes[MAKER] = orientation, "SomePhone"
    notes.get_ifd(GPS).update({1: "N", 2: (35.0, 31.0, 12.0), 3: "E", 4: (102.0, 1.0, 5.0)})
    return notes


def opened(data):
    found = Image.open(BytesIO(data))
    found.load()
    return found


def near(colour, other):
    return all(abs(a - b) < 40 for a, b in zip(colour, other, strict=True))


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR = tmp_path
    return tmp_path / "photographs"


def test_a_photograph_held_sideways_is_turned_upright(folder):
    # 6: the camera was held so that the picture is to be turned a quarter to the right: left becomes top
    kept = opened(prepared(written(picture(), exif=with_position(6))))
    assert kept.size == (200, 400)
    assert near(kept.getpixel((100, 50)), (255, 0, 0))
    assert near(kept.getpixel((100, 350)), (0, 0, 255))


@pytest.mark.parametrize(("kind", "more"), [("JPEG", {}), ("PNG", {}), ("WEBP", {"quality": 90})])
def test_what_telephones_make_becomes_a_jpeg_with_nothing_but_its_picture(kind, more):
    sent = written(picture(), kind, exif=with_position(), **more)
    assert b"SomePhone" in sent
    data = prepared(sent)
    kept = opened(data)
    assert (kept.format, kept.size) == ("JPEG", (400, 200))
    assert not kept.getexif()
    assert set(kept.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"SomePhone" not in data
    assert b"Exif" not in data


def test_comments_profiles_and_what_follows_the_picture_are_left_out():
    sent = written(picture(), comment=b"where it was taken", icc_profile=b"profile of the telephone") + b"and more"
    data = prepared(sent)
    assert not any(said in data for said in (b"where it", b"profile", b"and more"))


def test_a_large_photograph_is_kept_within_1600_points_and_300_kilobytes():
    noise = Image.frombytes("RGB", (2400, 1800), os.urandom(2400 * 1800 * 3))  # nothing packs worse
    data = prepared(written(noise, quality=95))
    assert len(data) <= LARGEST
    assert max(opened(data).size) <= 1600
    plain = opened(prepared(written(picture(4000, 3000))))
    assert plain.size == (1600, 1200)  # 4:3 as it was


def test_what_can_be_seen_through_stands_on_white():
    kept = opened(prepared(written(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG")))
    assert near(kept.getpixel((10, 10)), (255, 255, 255))
    grey = opened(prepared(written(Image.new("L", (20, 20), 90), "PNG")))
    assert near(grey.getpixel((10, 10)), (90, 90, 90))


def test_one_photograph_is_kept_once_under_the_digest_of_what_is_kept(folder):
    sent = written(picture(), exif=with_position())
    digest = keep(sent)
    first = file_of(digest).stat().st_mtime_ns
    assert keep(sent) == digest
    assert [p.name for p in folder.iterdir()] == [digest]
    assert file_of(digest).stat().st_mtime_ns == first
    assert sha256(file_of(digest).read_bytes()).hexdigest() == digest


def test_a_photograph_that_cannot_be_written_whole_is_not_there(folder, monkeypatch):
    monkeypatch.setattr(photographs.Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk")))
    with pytest.raises(OSError, match="disk"):
        keep(written(picture()))
    assert not [p for p in folder.iterdir() if not p.name.endswith(".part")]


def bomb(side):
    """A PNG that says it has so many points each way, in a few hundred bytes."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def heic():
    return struct.pack(">I", 24) + b"ftypheic" + b"\0" * 12 + os.urandom(400)


WRONG = {
    "nothing": (b"", "读不成照片"),
    "a text": ("今天开工".encode(), "读不成照片"),
    "a page": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "读不成照片"),
    "half a photograph": (written(picture(800, 600))[:2000], "读不成照片"),
    "a photograph with a broken head": (b"\xff\xd8\xff" + os.urandom(200), "读不成照片"),
    "a bomb": (bomb(7_000), "点数太多"),
    "a bomb that no reader opens": (bomb(60_000), "点数太多"),
    "a GIF": (written(picture(), "GIF"), "读不成照片"),
    "a TIFF": (written(picture(), "TIFF"), "读不成照片"),
    "a photograph of an iPhone": (heic(), "HEIC"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_photograph_is_refused_in_words_and_nothing_is_kept(folder, case):
    data, words = WRONG[case]
    with pytest.raises(Unreadable, match=words):
        keep(data)
    assert not folder.exists()


@pytest.mark.filterwarnings("ignore::UserWarning")  # the reader's own, of notes it cannot read
def test_a_photograph_with_any_byte_changed_is_taken_or_refused_but_breaks_nothing():
    whole = written(picture(60, 40), exif=with_position(3))
    for at in range(0, len(whole), 7):
        data = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
        try:
            kept = prepared(data)
        except Unreadable:
            continue
        assert opened(kept).format == "JPEG"


@pytest.mark.parametrize("digest", ["", "..", "../book.sqlite3", "0" * 64, "x" * 63, "." * 64])
def test_no_other_file_is_found_by_a_digest(folder, digest):
    keep(written(picture()))
    assert file_of(digest) is None
