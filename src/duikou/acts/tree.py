"""The Merkle tree of RFC 6962 over byte strings: its root, its growing edge, the proof that a leaf is in it."""

from collections.abc import Iterable, Sequence
from hashlib import sha256


def leaf_hash(data: bytes) -> bytes:
    """A leaf, told from a node by its prefix."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """An inner node."""
    return sha256(b"\x01" + left + right).digest()


class Edge:
    """The right edge of a growing tree: one hash per full subtree; a leaf is added in time O(log n)."""

    def __init__(self) -> None:
        self.size = 0
        self.subtrees: list[bytes] = []

    def add(self, data: bytes) -> None:
        """One more leaf."""
        node = leaf_hash(data)
        size = self.size
        while size % 2:
            node = node_hash(self.subtrees.pop(), node)
            size //= 2
        self.subtrees.append(node)
        self.size += 1

    @property
    def root(self) -> bytes:
        """The root over all leaves so far; of no leaves, the hash of nothing."""
        if not self.subtrees:
            return sha256(b"").digest()
        node = self.subtrees[-1]
        for left in reversed(self.subtrees[:-1]):
            node = node_hash(left, node)
        return node


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over leaves."""
    edge = Edge()
    for data in leaves:
        edge.add(data)
    return edge.root


def rows(leaves: Iterable[bytes]) -> list[list[bytes]]:
    """The tree row by row, from the hashes of its leaves up to the root: two and two, an odd one goes up as it is."""
    tree = [[leaf_hash(data) for data in leaves]]
    while len(tree[-1]) > 1:
        below = tree[-1]
        above = [node_hash(left, right) for left, right in zip(below[::2], below[1::2], strict=False)]
        tree.append(above + below[len(above) * 2 :])
    return tree


def inclusion(tree: Sequence[Sequence[bytes]], index: int) -> list[bytes]:
    """The hashes that lead from one leaf up to the root of a tree given in rows (RFC 6962, 2.1.1)."""
    path = []
    for row in tree[:-1]:
        if index ^ 1 < len(row):
            path.append(row[index ^ 1])
        index >>= 1
    return path
