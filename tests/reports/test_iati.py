"""IATI 2.03: the file is valid by the standard's schema; every payment stands in it once, in order and in yuan."""

import importlib.util
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from books import kept_example, pay
from lxml import etree
from parts import require

from duikou.reports.iati import MULTISECTOR, SECTORS, activities
from duikou.snapshot.store import freeze

pytestmark = pytest.mark.django_db
ORDER = ["iati-identifier", "reporting-org", "title", "description", "participating-org", "activity-status", "activity-date",
         "recipient-country", "location", "sector", "transaction", "related-activity"]  # fmt: skip


def standard():
    """The folder of the 2.03 standard as pyIATI carries it; it asks for lxml 4.2 and so is installed alone."""
    require("iati")
    return Path(importlib.util.find_spec("iati").origin).parent / "resources" / "standard" / "2-03"


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    """The example with three payments, as a file."""
    with kept_example(django_db_blocker, tmp_path_factory.mktemp("iati")) as programme:
        pay(programme, 1_200_000, date(2011, 9, 5), "凭2011-001")
        pay(programme, 300_000, date(2011, 9, 6), "凭2011-002")
        snapshot = freeze()
        text = "".join(activities(snapshot, "tj-hn"))
        yield SimpleNamespace(snapshot=snapshot, root=etree.fromstring(text.encode()), text=text)


@pytest.mark.parametrize("programme", ["tj-hn", "tc-ht", "bj-ht"])
def test_the_file_is_valid_by_the_schema_of_the_standard(made, programme):
    schema = etree.XMLSchema(etree.parse(standard() / "schemas" / "iati-activities-schema.xsd"))
    root = etree.fromstring("".join(activities(made.snapshot, programme)).encode())
    assert schema.validate(root), schema.error_log


def test_codes_are_of_the_lists_of_the_standard(made):
    def codes(name):
        return {c.text for c in etree.parse(standard() / "codelists" / f"{name}.xml").iter("code")}

    assert {*SECTORS.values(), MULTISECTOR} <= codes("Sector")
    for path, name in (("//activity-status/@code", "ActivityStatus"), ("//transaction-type/@code", "TransactionType"),
                       ("//participating-org/@role", "OrganisationRole"), ("//participating-org/@type", "OrganisationType"),
                       ("//activity-date/@type", "ActivityDateType"), ("//related-activity/@type", "RelatedActivityType"),
                       ("//value/@currency", "Currency"), ("//recipient-country/@code", "Country")):  # fmt: skip
        assert set(made.root.xpath(path)) <= codes(name), name


def test_every_payment_stands_once_in_yuan(made):
    """拨付到位 1000万元 of the source, then 120万 and 30万 paid: 1150万元."""
    values = [Decimal(v) for v in made.root.xpath("//transaction[transaction-type/@code='3']/value/text()")]
    assert sorted(values) == [Decimal("300000.00"), Decimal("1200000.00"), Decimal("10000000.00")]
    assert max(Counter(made.root.xpath("//transaction/@ref")).values()) == 1


def test_elements_stand_in_the_order_of_the_standard_and_identifiers_are_unique(made):
    for activity in made.root:
        if isinstance(activity.tag, str):
            places = [ORDER.index(child.tag) for child in activity]
            assert places == sorted(places)
    identifiers = made.root.xpath("//iati-identifier/text()")
    assert len(identifiers) == len(set(identifiers)) == 6  # the programme and five named projects


def test_projects_are_children_of_their_programme(made):
    whole, *projects = made.root.findall("iati-activity")
    names = [p.findtext("iati-identifier") for p in projects]
    assert whole.xpath("related-activity[@type='2']/@ref") == names
    assert {p.find("related-activity").get("ref") for p in projects} == {whole.findtext("iati-identifier")}
    assert [a.get("hierarchy") for a in made.root.findall("iati-activity")] == ["1", *["2"] * 5]


def test_the_same_snapshot_gives_the_same_text(made):
    assert "".join(activities(made.snapshot, "tj-hn")) == made.text


def test_it_is_written_piece_by_piece(made):
    longest = max(len(piece) for piece in activities(made.snapshot, "tj-hn"))
    assert longest < 4000
