"""Why a file is not taken: the sentences, and what every check of a file raises."""

from duikou.rules.problem import Problem, Weight
from duikou.terms.words import Words

MB = 2**20

SENTENCES = {w.code: w for w in (Words(code, *entry) for code, entry in {
    "upload.1": ("文件是什么，看内容，不看名称", "A file is what it holds, whatever it is called"),
    "upload.2": ("文件不超过规定的大小", "A file is no larger than the limit"),
    "upload.3": ("压缩的文件展开后不超过规定的大小", "A packed file stays within the limits when it is unpacked"),
    "upload.4": ("文件的目录与内容相符", "The directory of a file says what the file holds"),
    "upload.5": ("文件内的 XML 不带声明，层次有限", "XML inside a file declares nothing and is not too deep"),
    "upload.6": ("文件不带宏、嵌入对象和外部引用", "A file brings no macros, embedded objects or outside references"),
    "upload.7": ("文字读得出", "A text can be read"),
    "upload.8": ("像公式的单元格按文字收", "A cell that looks like a formula is taken as text"),
}.items())}  # fmt: skip


class Unfit(Exception):
    """One objection to a file that has no name yet: which sentence, what was found, what was expected, how to mend it."""

    def __init__(self, code: str, found: str, expected: str, remedy: str) -> None:
        self.said = (code, found, expected, remedy)
        super().__init__(found)

    def of(self, name: str, weight: Weight = "stops") -> Problem:
        """The same as a problem of a named file."""
        code, found, expected, remedy = self.said
        return Problem(code, weight, SENTENCES[code], found, expected, remedy, name)


def damaged(what: str) -> Unfit:
    """What cannot be read to its end."""
    return Unfit("upload.4", f"{what}，文件已损坏", "完整的文件", "用办公软件打开后另存，再上传")
