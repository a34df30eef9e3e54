"""How an office wants its papers to look: faces, digits, bold second headings, the grid that Word or LibreOffice keeps."""

from dataclasses import dataclass
from typing import Literal

LINE = 579  # a line in twentieths of a point: 12756 / 22 rounded down; 580 would leave 21 lines
WIDTH, HEIGHT = 8844, 12756  # the block of 156 by 225 mm in twentieths of a point
CJK = "Noto Serif CJK SC"

# Each face, its family and what may stand in for it, first found first; none is shipped or embedded.
FACES = {
    "仿宋_GB2312": ("modern", f"仿宋,FangSong,方正仿宋_GBK,FandolFang R,{CJK}"),
    "楷体_GB2312": ("modern", f"楷体,KaiTi,方正楷体_GBK,FandolKai,{CJK}"),
    "黑体": ("swiss", "SimHei,方正黑体_GBK,Noto Sans CJK SC"),
    "宋体": ("roman", f"SimSun,方正书宋_GBK,{CJK}"),
    "方正小标宋简体": ("roman", f"方正小标宋_GBK,华文中宋,STZhongsong,宋体,{CJK}"),
    "方正仿宋_GBK": ("modern", f"仿宋_GB2312,仿宋,FangSong,{CJK}"),
    "方正楷体_GBK": ("modern", f"楷体_GB2312,楷体,KaiTi,{CJK}"),
    "方正黑体_GBK": ("swiss", "黑体,SimHei,Noto Sans CJK SC"),
    "方正书宋_GBK": ("roman", f"宋体,SimSun,{CJK}"),
    "方正小标宋_GBK": ("roman", f"方正小标宋简体,华文中宋,STZhongsong,宋体,{CJK}"),
    "仿宋": ("modern", f"FangSong,仿宋_GB2312,{CJK}"),
    "楷体": ("modern", f"KaiTi,楷体_GB2312,{CJK}"),
    "华文中宋": ("roman", f"STZhongsong,方正小标宋简体,宋体,{CJK}"),
    "Times New Roman": ("roman", f"Liberation Serif,{CJK}"),
}


@dataclass(frozen=True)
class Faces:
    """The faces of a preset: body, second headings and names, first headings, page numbers and tables, title."""

    fangsong: str
    kaiti: str
    heiti: str
    song: str
    title: str


PRESETS = {
    "gb2312": Faces("仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"),
    "gbk": Faces("方正仿宋_GBK", "方正楷体_GBK", "方正黑体_GBK", "方正书宋_GBK", "方正小标宋_GBK"),
    "windows": Faces("仿宋", "楷体", "黑体", "宋体", "华文中宋"),
}


@dataclass(frozen=True)
class Look:
    """The options of an office; what is not said is what GB/T 9704 says, or what keeps 22 lines of 28 everywhere.

    `digits`: the face of digits and Latin letters, empty for that of the Chinese text; `word_grid`: 28 characters kept by
    Word's own grid instead of a run spacing, right in Word only (LibreOffice 7.4 sets 14 a line). Never both.
    """

    fonts: Literal["gb2312", "gbk", "windows"] = "gb2312"
    bold_second: bool = False
    digits: Literal["", "Times New Roman"] = ""
    word_grid: bool = False

    @property
    def faces(self) -> Faces:
        """The preset's faces."""
        return PRESETS[self.fonts]

    @property
    def named(self) -> tuple[str, ...]:
        """Every face that a paper of this look names."""
        f = self.faces
        return tuple(dict.fromkeys(filter(None, (f.fangsong, f.kaiti, f.heiti, f.song, f.title, self.digits))))

    @property
    def squeeze(self) -> int:
        """Twentieths of a point between the characters of the body: the grid squeezes them where Word keeps it."""
        return 0 if self.word_grid else -5

    @property
    def character(self) -> int:
        """The width of a character of the body in twentieths of a point."""
        return 316 if self.word_grid else 315


def stand_ins(face: str) -> tuple[str, ...]:
    """A face and what may stand in for it, in order."""
    return (face, *FACES[face][1].split(","))
