"""Files for the tests of reading prose: a report in many forms, Word files from their bare XML, an old one byte by byte."""

import struct

from intake.files import ole, packed

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LEADS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
REPORT = (
    "关于2023年对口支援清河县工作情况的报告",
    "省对口支援办：",
    "2023年，我市认真落实省委、省政府部署，全年安排援助资金2000万元，实施项目12个，其中教育项目3个、卫生项目2个，已完工9个，累计完成投资1860.5万元，占年度计划的93%。",
    "一、资金安排和使用",
    "截至12月底，援助资金全部拨付到位，清河县支出1750万元。我市各界另外捐款捐物折合120余万元，其中现金86万元，其余为图书、被服和医疗器械，均已交付受援单位并办理了接收手续。",
    "二、人才交流",
    "全年选派挂职干部6名、教师24名、医生18名，培训当地干部人才320人次；接收清河县跟岗学习人员45名，学习时间最短一个月，最长半年。",
    "三、下一步打算",
    "2024年计划安排援助资金2200万元，拟新建乡镇卫生院2所，力争年底前全部建成投入使用。",
)


def xml_of(lines, properties=""):
    """Paragraphs of plain words."""
    return "".join(f'<w:p>{properties}<w:r><w:t xml:space="preserve">{line}</w:t></w:r></w:p>' for line in lines)


def docx(body, *, styles="", footnotes="", more=()):
    """A Word file of a body, with styles and footnotes where there are any."""
    parts = {"styles": styles, "footnotes": footnotes}
    told = {name: f'<w:{name} xmlns:w="{W}">{xml}</w:{name}>' for name, xml in parts.items() if xml}
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_KIND}.{name}+xml"/>' for name in told)
    leads = "".join(f'<Relationship Id="r{name}" Type="{_LEADS}/{name}" Target="{name}.xml"/>' for name in told)
    spaces = (
        f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    )
    return packed(
        [
            (
                "[Content_Types].xml",
                (
                    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                    f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>{types}</Types>'
                ),
            ),
            (
                "_rels/.rels",
                (
                    f'<Relationships xmlns="{_RELATIONS}">'
                    f'<Relationship Id="r1" Type="{_LEADS}/officeDocument" Target="word/document.xml"/></Relationships>'
                ),
            ),
            ("word/_rels/document.xml.rels", f'<Relationships xmlns="{_RELATIONS}">{leads}</Relationships>'),
            ("word/document.xml", f"<w:document {spaces}><w:body>{body}</w:body></w:document>"),
            *((f"word/{name}.xml", xml) for name, xml in told.items()),
            *more,
        ]
    )


def word97(pieces, *, marked=(), paragraphs=(), shared=(), flags=0, version=0xC1, counts=None):
    """An old Word file of pieces (words, one byte to the character, mark of the piece), all in 4096 bytes.

    `marked` are properties of characters and `paragraphs` of paragraphs: (first byte, byte behind, list of properties).
    """
    main = bytearray(4096)
    struct.pack_into("<HH", main, 0, 0xA5EC, version)
    struct.pack_into("<H", main, 10, 0x200 | flags)
    places, said, at = [0], b"", TEXT
    for words, narrow, mark in pieces:
        raw = words.encode("latin-1" if narrow else "utf-16-le")
        main[at : at + len(raw)] = raw
        said += struct.pack("<HIH", 0, at * 2 | 0x40000000 if narrow else at, mark)
        places.append(places[-1] + len(words))
        at += len(raw)
    struct.pack_into("<8i", main, 76, *(counts or (places[-1], *[0] * 7)))
    listed = struct.pack(f"<{len(places)}I", *places) + said
    clx = b"".join(b"\1" + struct.pack("<H", len(one)) + one for one in shared)
    clx += b"\2" + struct.pack("<I", len(listed)) + listed
    for place, page, first, ranges in ((0xFA, 4, 0xC00, marked), (0x102, 5, 0xC20, paragraphs)):
        if ranges:
            main[page * 512 : (page + 1) * 512] = _formatted(ranges, 13 if place == 0x102 else 1)
            struct.pack_into("<III", main, first, ranges[0][0], ranges[-1][1], page)
            struct.pack_into("<II", main, place, first, 12)
    main[0xC40 : 0xC40 + len(clx)] = clx
    struct.pack_into("<II", main, 0x1A2, 0xC40, len(clx))
    made = bytearray(ole("WordDocument", "1Table", main=bytes(main)))
    struct.pack_into("<I", made, 1024 + 76, 1)  # the root leads to the first stream, that one to the second
    struct.pack_into("<I", made, 1024 + 128 + 72, 2)
    return bytes(made)


TEXT = 0x600


def _formatted(ranges, each):
    """A page of 512 bytes that says of ranges, one behind the other, what properties they have."""
    page, end = bytearray(512), 510
    bounds = [first for first, _, _ in ranges] + [ranges[-1][1]]
    struct.pack_into(f"<{len(bounds)}I", page, 0, *bounds)
    for number, (_, _, said) in enumerate(ranges):
        if each == 13:
            raw = struct.pack("<H", 0) + said
            raw = bytes([0, len(raw) // 2]) + raw if len(raw) % 2 == 0 else bytes([len(raw) // 2 + 1]) + raw
        else:
            raw = bytes([len(said)]) + said
        end = (end - len(raw)) // 2 * 2
        page[end : end + len(raw)] = raw
        page[4 * len(bounds) + number * each] = end // 2
    page[511] = len(ranges)
    return bytes(page)
