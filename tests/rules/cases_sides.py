"""The rules on what the other side says: for each a saying that holds, one that does not, and a word of the answer."""

from dataclasses import replace

from duikou.rules.sides import OtherSaying

SAYING = OtherSaying(of="gift", title="教学用电脑20台", verdict="agrees", about=1, detail="受援单位不同")

CASES = {
    "sides.1": (SAYING, replace(SAYING, verdict="may_match"), "受援单位不同"),
    "sides.2": (replace(SAYING, verdict="may_match"), replace(SAYING, verdict="differs"), "受援单位不同"),
}
