"""Pages of how a programme is to be let: lots, terms, designs; what is refused; two people at once."""

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from commissioning.models import AuditEntry, Programme
from commissioning.services.drafts import StaleError
from markets import queries, services
from markets.core import design_terms
from markets.core.design_terms import LOTS
from markets.forms.designs import design_form
from markets.forms.lettings import LettingForm
from tariffs import queries as tariff_queries
from tariffs.sources import programme_files
from tests.factories.commissioning import Cast, cast, client_of
from tests.factories.markets import market_document
from tests.factories.tariffs import imported, small_document
from tests.tariffs.views.test_parts import fields

pytestmark = pytest.mark.django_db
NOTTINGHAMSHIRE = "E10000024"


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def programme(people: Cast) -> Programme:
    document = market_document()
    document["market"]["lots"][0]["areas"] = [NOTTINGHAMSHIRE]
    document["market"]["lots"][0]["name"] = "North"
    document["market"]["lots"][1]["areas"] = []
    return imported(document, organisation=people.authority, by=people.amina)


def list_of(programme: Programme) -> str:
    return reverse("design-list", args=[programme.pk])


def lot_of(programme: Programme, key: str = "n", name: str = "lot-edit") -> str:
    return reverse(name, args=[programme.pk, queries.designs.id_of(programme.pk, "lot", key)])


def design_of(programme: Programme, key: str = "small", name: str = "design-edit") -> str:
    return reverse(name, args=[programme.pk, queries.designs.id_of(programme.pk, "design", key)])


def posted(people: Cast, path: str, **typed: Any) -> str:
    client = client_of(people.amina)
    return client.post(path, {**fields(client, path), **typed}, follow=True).content.decode()


def market_of(programme: Programme) -> dict[str, Any]:
    programme.refresh_from_db()
    return programme.market or {}


def test_a_market_is_written_from_nothing(people: Cast) -> None:
    programme = imported(small_document(), organisation=people.authority, by=people.amina)

    lot = {"name": "North", "annual_value": "60,000", "count": "2", "groups": ["a"], "areas": "Nottinghamshire"}
    kept = {"id": "north", "annual_value": 60000.0, "areas": [NOTTINGHAMSHIRE], "name": "North", "count": 2}
    page = posted(people, reverse("lot-create", args=[programme.pk]), **lot)
    assert "The lot is added." in page and "Nottinghamshire" in page
    page = posted(
        people, reverse("design-create", args=[programme.pk]), name="No test", market__selection__turnover_multiple="0"
    )

    assert "Turnover test: 0 times the lot" in page
    assert market_of(programme)["lots"] == [{**kept, "groups": ["a"]}]
    drafted, added = market_of(programme)["designs"]
    assert drafted == {"id": "as-drafted", "name": "As drafted", "changes": {}}
    assert added == {"id": "no-test", "name": "No test", "changes": {"market.selection.turnover_multiple": 0.0}}
    programme_files.loads(json.dumps(programme_files.to_document(tariff_queries.programmes.to_core(programme))))


def test_a_lot_keeps_its_id_and_what_was_not_touched(people: Cast, programme: Programme) -> None:
    page = posted(people, lot_of(programme), annual_value="75000.50", months="")

    assert "The lot is saved." in page
    lot = market_of(programme)["lots"][0]
    assert (lot["id"], lot["annual_value"], lot["count"], lot["groups"]) == ("n", 75000.5, 2, ["a"])
    assert "months" not in lot
    assert AuditEntry.objects.filter(action="changed a lot").exists()


def test_a_lot_that_a_file_left_without_a_name_needs_none(people: Cast, programme: Programme) -> None:
    assert "The lot is saved." in posted(people, lot_of(programme, "s"), count="3")


@pytest.mark.promise("B1")
@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"name": ""}, "Enter the name"),
        ({"annual_value": "-5"}, "The yearly value must be from £0"),
        ({"annual_value": "5.001"}, "in pounds and whole pennies"),
        ({"count": "0"}, "The number of contracts must be from 1 to 1,000"),
        ({"areas": "Atlantis\nNottinghamshire"}, "“Atlantis”: enter names of county"),
        ({"groups": ["strangers"]}, "Choose groups of this programme"),
        ({"months": "601"}, "The number of months must be from 1 to 600"),
    ],
)
def test_a_wrong_lot_is_refused_beside_its_field_and_stays_typed(
    people: Cast, programme: Programme, typed: dict[str, Any], error: str
) -> None:
    before = market_of(programme)

    page = posted(people, lot_of(programme), **typed)

    assert error in page.replace("&quot;", '"')
    assert market_of(programme) == before


def test_a_removed_lot_is_gone_and_asked_about_first(people: Cast, programme: Programme) -> None:
    path = lot_of(programme, "s", "lot-remove")
    assert "Do you want to remove the lot “s”?" in client_of(people.amina).get(path).content.decode()

    page = client_of(people.amina).post(path, follow=True).content.decode()

    assert "The lot “s” is removed." in page
    assert [lot["id"] for lot in market_of(programme)["lots"]] == ["n"]
    assert client_of(people.amina).get(path).status_code == 404


def test_a_lot_stays_while_a_design_changes_it_and_the_next_takes_its_place(people: Cast, programme: Programme) -> None:
    posted(people, design_of(programme), lots="2")

    client_of(people.amina).post(lot_of(programme, "n", "lot-remove"))

    market = market_of(programme)
    assert [lot["id"] for lot in market["lots"]] == ["s"]
    assert [(lot["id"], lot["count"]) for lot in market["designs"][1]["changes"][LOTS]] == [("s", 2)]


def test_the_terms_of_letting_are_changed_beside_what_others_wrote(people: Cast, programme: Programme) -> None:
    path = reverse("letting-edit", args=[programme.pk])

    page = posted(people, path, selection__turnover_multiple="1.5", entry__innovation_grant="on")

    assert "How the contract is let is saved." in page
    assert "income of at least 1.5 times the lot" in page
    assert market_of(programme)["selection"] == {"turnover_multiple": 1.5}
    assert market_of(programme)["entry"] == {"innovation_grant": True}
    assert market_of(programme)["rounds"] == 2


@pytest.mark.promise("B1")
@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"rounds": "51"}, "The number of rounds must be from 1 to 50"),
        (
            {"selection__quality_weight": "0", "selection__price_weight": "0"},
            "Quality or price must count for something",
        ),
        ({"response__base": ""}, "Enter the readiness"),
    ],
)
def test_wrong_terms_are_refused(people: Cast, programme: Programme, typed: dict[str, str], error: str) -> None:
    assert error in posted(people, reverse("letting-edit", args=[programme.pk]), **typed)
    assert "selection" not in market_of(programme)


def test_two_who_change_the_same_term_see_both_texts(people: Cast, programme: Programme) -> None:
    first, path = client_of(people.amina), reverse("letting-edit", args=[programme.pk])
    opened = fields(first, path)
    posted(people, path, selection__turnover_multiple="1")

    response = first.post(path, opened | {"selection__turnover_multiple": "3"})

    assert response.status_code == 409
    assert market_of(programme)["selection"] == {"turnover_multiple": 1.0}


def test_a_design_is_changed_and_what_its_form_does_not_know_is_kept(people: Cast, programme: Programme) -> None:
    page = posted(people, design_of(programme), tariff__payment_lag_months="6", lots="")

    assert "The design is saved." in page
    changes = market_of(programme)["designs"][1]["changes"]
    assert changes == {"market.lots.0.annual_value": 10_000, "tariff.payment_lag_months": 6}
    page = posted(people, design_of(programme), tariff__payment_lag_months="")
    assert market_of(programme)["designs"][1]["changes"] == {"market.lots.0.annual_value": 10_000}


def test_lots_that_a_design_cuts_are_cut_anew_when_a_lot_changes(people: Cast, programme: Programme) -> None:
    posted(people, design_of(programme), lots="4")
    posted(people, lot_of(programme), annual_value="100000")

    changes = market_of(programme)["designs"][1]["changes"]
    assert [(lot["annual_value"], lot["count"]) for lot in changes[LOTS]] == [(25_000, 8), (10_000, 4)]
    row = Programme.objects.get(pk=programme.pk)
    assert design_form("small").shown(row)["lots"] == "4"


@pytest.mark.promise("B1")
@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"name": ""}, "Enter the name"),
        ({"lots": "1"}, "The number of pieces must be from 2 to 1,000"),
        ({"market__supply_chain__share": "120"}, "The passed to subcontractors must be from 0 in 100 to 100 in 100"),
        ({"market__entry__innovation_grant": "perhaps"}, "Choose an answer from the list"),
    ],
)
def test_a_wrong_design_is_refused(people: Cast, programme: Programme, typed: dict[str, str], error: str) -> None:
    before = market_of(programme)

    assert error in posted(people, design_of(programme), **typed)
    assert market_of(programme) == before


def test_every_term_of_a_design_reads_back_as_it_was_typed(people: Cast, programme: Programme) -> None:
    values = {"number": 3.0, "whole number": 6, "pounds": 2500.5, "share": 0.25, "yes or no": True}
    changes = {term.path: values[term.kind] for term in design_terms.TERMS}
    services.designs.add_design(programme=programme, name="Everything", changes=changes, by=people.amina)
    row = Programme.objects.get(pk=programme.pk)

    form = design_form("everything")(dict(design_form("everything").shown(row)), programme=row, by=people.amina)

    assert form.is_valid(), form.errors
    given = form.attributes()
    assert {path: given[path] for path in changes} == changes


def test_the_form_says_what_is_drafted(people: Cast, programme: Programme) -> None:
    page = client_of(people.amina).get(design_of(programme)).content.decode()

    assert "As drafted: 2 times the lot" in page
    assert "As drafted: 12 weeks" in page


def test_a_design_is_removed(people: Cast, programme: Programme) -> None:
    page = client_of(people.amina).post(design_of(programme, name="design-remove"), follow=True).content.decode()

    assert "The design “Smaller lots” is removed." in page
    assert [row["id"] for row in market_of(programme)["designs"]] == ["drafted"]


def test_what_somebody_removed_meanwhile_is_not_brought_back(people: Cast, programme: Programme) -> None:
    form = design_form("small")({"name": "Other"}, row=programme, programme=programme, by=people.amina)
    form.is_valid()
    services.designs.remove_design(programme=programme, design="small", by=people.amina)

    assert client_of(people.amina).get(design_of(programme)).status_code == 404
    with pytest.raises((StaleError, ValidationError)):
        services.designs.change_design(programme=programme, design="small", edit=form.edit(), by=people.amina)
    assert [row["id"] for row in market_of(programme)["designs"]] == ["drafted"]


@pytest.mark.promise("S1")
def test_who_may_only_read_changes_nothing(people: Cast, programme: Programme) -> None:
    with pytest.raises(PermissionDenied):
        services.designs.remove_lot(programme=programme, lot="n", by=people.vera)
    page = client_of(people.vera).get(list_of(programme)).content.decode()

    assert "Smaller lots" in page
    assert "Add a lot" not in page and "Change" not in page.replace("Changes", "")


def test_the_page_takes_few_queries(people: Cast, programme: Programme, django_assert_max_num_queries: Any) -> None:
    client = client_of(people.amina)

    with django_assert_max_num_queries(15):
        client.get(list_of(programme))


def test_the_defaults_shown_are_those_of_the_model(people: Cast) -> None:
    programme = imported(small_document(), organisation=people.authority, by=people.amina)

    shown = LettingForm.shown(programme)

    assert shown["selection__turnover_multiple"] == "2"
    assert shown["social_finance__weeks_needed"] == "26"
    assert shown["entry__innovation_grant"] == ""
    assert shown["years_per_round"] == "1.67"
