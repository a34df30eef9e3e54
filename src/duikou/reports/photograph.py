"""Photographs that no camera took: a building that grows with the percentage, with code, area and day written in it."""

import io
from datetime import date
from hashlib import sha256

from PIL import ExifTags, Image, ImageDraw, ImageFont

SIZE = (960, 720)
GROUND, FLOORS, FLOOR = 560, 6, 70
WALLS = ("#b8664a", "#c9a25e", "#7d8f69", "#5f86a3", "#8a7aa0")
AT_SEA = (20.0, 150.0)  # degrees north and east: invented places lie on no map, so their pictures are taken at sea


def draw(code: str, area: str, day: date, percent: int) -> bytes:
    """A drawing as a JPEG with the time and place that a camera would note; the same words give the same bytes."""
    picture = Image.new("RGB", SIZE, "#cfe3ee")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, GROUND, *SIZE), fill="#b9a88a")
    colour = WALLS[sha256(code.encode()).digest()[0] % len(WALLS)]
    _building(pen, percent, colour)
    if percent < 100:
        _scaffold(pen, percent)
    font = ImageFont.load_default(size=30)
    pen.rectangle((0, SIZE[1] - 110, SIZE[0], SIZE[1]), fill="#20303a")
    pen.text((24, SIZE[1] - 100), f"{code}   {area}", fill="white", font=font)
    pen.text((24, SIZE[1] - 56), f"{day}   {percent}%   drawn by code", fill="white", font=font)
    box = io.BytesIO()
    picture.save(box, "JPEG", quality=85, exif=_notes(day, code))
    return box.getvalue()


def _building(pen: ImageDraw.ImageDraw, percent: int, colour: str) -> None:
    """As many floors as the percentage has reached, with windows from four fifths on and a roof at the end."""
    built = max(percent * FLOORS // 90, 0 if percent < 5 else 1)
    pen.rectangle((280, GROUND - 12, 680, GROUND), fill="#777777")
    for floor in range(min(built, FLOORS)):
        top = GROUND - 12 - (floor + 1) * FLOOR
        pen.rectangle((300, top, 660, top + FLOOR), fill=colour, outline="#333333", width=3)
        for window in range(5):
            left = 322 + window * 68
            pen.rectangle((left, top + 18, left + 40, top + 52), fill="#ffffff" if percent >= 80 else "#555555")
    if percent == 100:
        roof = GROUND - 12 - FLOORS * FLOOR
        pen.polygon(((280, roof), (480, roof - 60), (680, roof)), fill="#8a3b2e")


def _scaffold(pen: ImageDraw.ImageDraw, percent: int) -> None:
    """Poles and boards around what is being built."""
    height = GROUND - 40 - percent * FLOORS * FLOOR // 100
    for left in range(270, 700, 70):
        pen.line((left, height, left, GROUND), fill="#6b5836", width=4)
    for top in range(height, GROUND, 70):
        pen.line((262, top, 698, top), fill="#6b5836", width=3)


def _notes(day: date, code: str) -> Image.Exif:
    """What a camera would note: when, and where."""
    exif = Image.Exif()
    taken = f"{day:%Y:%m:%d} 10:30:00"
    exif[ExifTags.Base.DateTime] = taken
    exif[ExifTags.Base.ImageDescription] = code
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    north, east = AT_SEA
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (north, 0.0, 0.0), 3: "E", 4: (east, 0.0, 0.0)})
    return exif
