"""The Merkle tree of RFC 6962 over byte strings: root, growing edge, proof that a leaf is in it."""

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


def inclusion(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that lead from one leaf up to the root (RFC 6962, 2.1.1)."""
    if len(leaves) <= 1:
        return []
    half = 1 << (len(leaves) - 1).bit_length() - 1
    if index < half:
        return [*inclusion(leaves[:half], index), root(leaves[half:])]
    return [*inclusion(leaves[half:], index - half), root(leaves[:half])]
