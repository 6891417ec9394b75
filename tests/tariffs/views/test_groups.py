"""Pages that write groups: what is typed is never lost, whoever else types."""

import pytest
from django.core.signing import dumps
from django.urls import reverse

from commissioning.forms.drafts import TYPED_BY
from commissioning.models import Group, KeptText
from tests.factories.commissioning import PASSWORD, Cast, cast, client_of
from tests.factories.tariffs import imported, small_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


@pytest.fixture
def group(people: Cast) -> Group:
    return imported(organisation=people.authority, by=people.amina).groups.get(key="a")


def address(group: Group) -> str:
    return reverse("group-edit", args=[group.pk])


def fields(client, path: str) -> dict[str, str]:
    """Give every field of the page's form as a browser would send it."""
    form = client.get(path).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_a_group_is_changed_and_the_list_says_so(people, group):
    client = client_of(people.amina)
    given = fields(client, address(group)) | {"name": "Close to work", "referrals_per_month": "1,200"}

    response = client.post(address(group), given, follow=True)

    assert "The group is saved." in response.content.decode()
    assert "Close to work" in response.content.decode()
    group.refresh_from_db()
    assert group.referrals_per_month == 1200


@pytest.mark.parametrize(
    ("field", "typed", "error"),
    [
        ("referrals_per_month", "", "Enter the number of referrals a month"),
        ("referrals_per_month", "many", "Enter the number of referrals a month as a number, like 350"),
        ("referrals_per_month", "-1", "The number of referrals a month must be from 0 to 10,000,000"),
        ("referrals_per_month", "10000001", "The number of referrals a month must be from 0 to 10,000,000"),
        ("need_spread", "21", "The spread of need must be from 0 to 20"),
        ("social_value", "1.005", "in pounds and whole pennies"),
        ("social_value", "1000000000000.01", "must be from £0 to £1 million million"),
        ("price_band", "", "Enter the price band"),
        ("price_band", "x" * 101, "The price band must be 100 characters or fewer"),
        ("name", "", "Enter the name of the group"),
        ("source", "x" * 2001, "The source must be 2,000 characters or fewer"),
        ("quality", "splendid", "Choose how far the source can be relied on"),
        ("interval_low", "5", "Enter both ends of the range, or neither"),
        ("interval_high", "9" * 15, "must be from -1,000,000,000,000"),
        ("interval_high", "wide", "Enter the end of the range as a number"),
        ("name", "nul\x00l", "Remove the null characters"),
    ],
)
def test_what_cannot_be_saved_stays_in_its_field_with_the_reason_beside_it(people, group, field, typed, error):
    client = client_of(people.amina)

    response = client.post(address(group), fields(client, address(group)) | {field: typed})

    page = response.content.decode()
    assert error in page
    assert response.context["form"][field].value() == typed
    assert Group.objects.get(pk=group.pk).name == "Near"


def test_the_low_end_of_a_range_is_not_above_the_high_end(people, group):
    client = client_of(people.amina)
    given = fields(client, address(group)) | {"interval_low": "5", "interval_high": "4"}

    page = client.post(address(group), given).content.decode()

    assert "must not be below the low end" in page


@pytest.mark.promise("D1")
def test_the_second_of_two_sees_both_texts_and_may_then_decide(people, group):
    amina, bob = client_of(people.amina), client_of(people.bob)
    hers, his = fields(amina, address(group)), fields(bob, address(group))
    amina.post(address(group), hers | {"name": "Hers", "price_band": "Z"})

    response = bob.post(address(group), his | {"name": "His", "need_spread": "2"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "Amina changed the same" in page
    assert "Saved now: <strong>Hers</strong>" in page
    assert "You typed: <strong>His</strong>" in page
    assert response.context["form"]["price_band"].value() == "Z"
    again = {name: response.context["form"][name].value() or "" for name in response.context["form"].fields}
    bob.post(address(group), again)
    group.refresh_from_db()
    assert (group.name, group.price_band, group.need_spread) == ("His", "Z", 2)


def test_two_who_change_different_fields_need_not_know_of_each_other(people, group):
    amina, bob = client_of(people.amina), client_of(people.bob)
    hers, his = fields(amina, address(group)), fields(bob, address(group))

    amina.post(address(group), hers | {"name": "Hers"})
    bob.post(address(group), his | {"referrals_per_month": "77"})

    group.refresh_from_db()
    assert (group.name, group.referrals_per_month) == ("Hers", 77)


def test_what_is_typed_outlives_the_session(people, group):
    client = client_of(people.amina)
    given = fields(client, address(group)) | {"name": "Typed for an hour"}
    client.logout()

    answer = client.post(address(group), given, follow=True)
    assert "You were signed out. Sign in again: what you typed is kept." in answer.content.decode()
    sign_in = answer.redirect_chain[-1][0]
    page = client.post(sign_in, {"login": people.amina.email, "password": PASSWORD}, follow=True)

    assert page.context["form"]["name"].value() == "Typed for an hour"
    assert "This is what you typed and had not saved" in page.content.decode()
    client.post(address(group), given)
    assert Group.objects.get(pk=group.pk).name == "Typed for an hour"


def test_what_one_person_typed_is_not_given_to_another_who_signs_in_at_the_same_browser(people, group):
    client = client_of(people.amina)
    given = fields(client, address(group)) | {"name": "Amina's secret"}
    client.logout()

    sign_in = client.post(address(group), given, follow=True).redirect_chain[-1][0]
    page = client.post(sign_in, {"login": people.bob.email, "password": PASSWORD}, follow=True)

    assert "secret" not in page.content.decode()


def test_a_stranger_cannot_make_the_product_keep_anything(people, group):
    client = client_of(None)

    response = client.post(address(group), {"name": "x" * 1000, TYPED_BY: dumps(str(people.amina.pk), salt="other")})

    assert response.status_code == 302
    assert "kept" not in client.session


def test_what_is_typed_is_kept_while_it_is_typed_and_offered_again(people, group):
    client = client_of(people.amina)
    given = fields(client, address(group)) | {"name": "Half a thought"}

    kept = client.post(reverse("kept-text-keep"), given | {"path": address(group)})
    page = client.get(address(group)).content.decode()
    back = client.get(address(group) + "?kept=back")

    assert kept.status_code == 200
    assert "You typed something here" in page
    assert back.context["form"]["name"].value() == "Half a thought"
    assert "You typed something here" not in client_of(people.bob).get(address(group)).content.decode()


def test_what_was_kept_is_forgotten_once_it_is_saved(people, group):
    client = client_of(people.amina)
    given = fields(client, address(group)) | {"name": "Done"}
    client.post(reverse("kept-text-keep"), given | {"path": address(group)})

    client.post(address(group), given)

    assert not KeptText.objects.exists()


def test_what_was_kept_can_be_thrown_away(people, group):
    client = client_of(people.amina)
    client.post(reverse("kept-text-keep"), {"name": "x", "path": address(group)})

    page = client.post(reverse("kept-text-throw-away"), {"path": address(group)}, follow=True)

    assert "What you had typed is thrown away." in page.content.decode()
    assert not KeptText.objects.exists()


def test_throwing_away_never_leads_to_another_site(people):
    response = client_of(people.amina).post(reverse("kept-text-throw-away"), {"path": "//evil.example/"})

    assert response["Location"] == "/"


def test_too_much_to_keep_is_refused(people, group):
    response = client_of(people.amina).post(reverse("kept-text-keep"), {"path": address(group), "name": "x" * 300_001})

    assert response.status_code == 413
    assert not KeptText.objects.exists()


def test_a_form_of_a_session_before_is_kept_and_asked_about(people, group):
    client = client_of(people.amina)
    client.handler.enforce_csrf_checks = True
    given = fields(client, address(group)) | {"name": "From the other tab", "csrfmiddlewaretoken": "x" * 64}

    page = client.post(address(group), given, follow=True)

    assert page.context["form"]["name"].value() == "From the other tab"
    assert "because you signed in again meanwhile" in page.content.decode()
    assert Group.objects.get(pk=group.pk).name == "Near"


def test_a_form_without_proof_of_its_maker_is_refused_as_ever(people, group):
    client = client_of(people.amina)
    client.handler.enforce_csrf_checks = True

    response = client.post(address(group), {"name": "Forged"})

    assert response.status_code == 403
    assert not KeptText.objects.exists()


def test_who_saves_a_group_that_is_gone_finds_the_typed_text_to_copy(people, group):
    client = client_of(people.amina)
    given = fields(client, address(group)) | {"name": "Typed in vain"}
    client_of(people.bob).post(reverse("group-remove", args=[group.pk]))

    response = client.post(address(group), given)

    assert response.status_code == 404
    assert "Typed in vain" in response.content.decode()


def test_removing_says_what_goes_with_the_group(people, group):
    page = client_of(people.amina).get(reverse("group-remove", args=[group.pk])).content.decode()

    assert "goes 1 row of evidence, and the prices of band A, which no other group has (1)" in page


def test_a_group_that_a_lot_is_for_stays_and_the_page_says_why(people):
    lot = {"id": "north", "annual_value": 1000, "months": 12, "groups": ["a"]}
    document = small_document() | {"market": {"lots": [lot]}}
    programme = imported(document, organisation=people.authority, by=people.amina)
    group = programme.groups.get(key="a")

    page = client_of(people.amina).post(reverse("group-remove", args=[group.pk]), follow=True).content.decode()

    assert "It cannot be removed: A lot of the market section is for this group." in page
    assert programme.groups.count() == 2


def test_a_programme_without_groups_says_what_to_do(people):
    document = small_document()
    programme = imported(document, organisation=people.authority, by=people.amina)
    programme.groups.all().delete()

    page = client_of(people.amina).get(reverse("group-list", args=[programme.pk])).content.decode()

    assert "There is no group yet." in page
    assert "Add a group" in page
    assert "Add a group" not in client_of(people.vera).get(reverse("group-list", args=[programme.pk])).content.decode()


@pytest.mark.parametrize("name", ["group-list", "group-create"])
def test_the_pages_take_few_queries(people, group, name, django_assert_max_num_queries):
    client = client_of(people.amina)

    with django_assert_max_num_queries(12):
        client.get(reverse(name, args=[group.programme_id]))
    with django_assert_max_num_queries(12):
        client.get(address(group))
