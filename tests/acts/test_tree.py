"""The tree of RFC 6962, written twice on purpose: as the book grows it, and as the checker works it out again."""

import pytest

from duikou.acts import check, tree

# Leaves and roots of the reference implementation of Certificate Transparency, for the first 0 to 8 leaves.
LEAVES = [
    bytes.fromhex(text)
    for text in ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def by_the_letter(leaves):
    """The root as RFC 6962, 2.1 words it: the largest power of two below the number of leaves goes to the left."""
    if len(leaves) == 1:
        return check.leaf(leaves[0])
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return tree.node_hash(by_the_letter(leaves[:half]), by_the_letter(leaves[half:]))


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_of_certificate_transparency(size):
    leaves, expected = LEAVES[:size], bytes.fromhex(ROOTS[size])
    assert tree.root(leaves) == expected
    if size:
        assert tree.rows(leaves)[-1] == [expected]
        assert check.root([check.leaf(data) for data in leaves]) == expected


@pytest.mark.parametrize("size", range(1, 41))
def test_grown_worked_out_and_by_the_letter_are_one_root(size):
    leaves = [b"%d" % number for number in range(size)]
    edge = tree.Edge()
    for data in leaves:
        edge.add(data)
    assert edge.root == check.root([check.leaf(data) for data in leaves]) == by_the_letter(leaves)


@pytest.mark.parametrize("size", range(1, 41))
def test_every_leaf_is_proven_in_its_place_and_nowhere_else(size):
    leaves = [b"%d" % number for number in range(size)]
    grown, root = tree.rows(leaves), tree.root(leaves)
    for index, data in enumerate(leaves):
        path = [hashed.hex() for hashed in tree.inclusion(grown, index)]
        assert check.climb(check.leaf(data), index, size, path) == root
        assert check.climb(check.leaf(data + b"!"), index, size, path) != root
        for other in {-1, index - 1, index + 1, size, index + size} - {index}:
            assert check.climb(check.leaf(data), other, size, path) != root


def test_a_path_with_a_hash_changed_added_or_left_out_proves_nothing():
    leaves = [b"%d" % number for number in range(11)]
    path = [hashed.hex() for hashed in tree.inclusion(tree.rows(leaves), 6)]
    root, start = tree.root(leaves), check.leaf(b"6")
    assert check.climb(start, 6, 11, path) == root
    for place in range(len(path)):
        assert check.climb(start, 6, 11, [*path[:place], "00" * 32, *path[place + 1 :]]) != root
        assert check.climb(start, 6, 11, path[:place] + path[place + 1 :]) != root
        assert check.climb(start, 6, 11, [*path[:place], path[place], *path[place:]]) != root


def test_a_node_is_not_taken_for_a_leaf():
    assert tree.root([b"a", b"b"]) != tree.leaf_hash(tree.leaf_hash(b"a") + tree.leaf_hash(b"b"))
