"""Forms and the programme file keep one set of rules: what one takes the other takes too."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from commissioning.core import merges
from commissioning.forms.drafts import DraftForm
from commissioning.models import Evidence, Organisation, Programme, User
from tariffs.forms.archetypes import ArchetypeForm
from tariffs.forms.details import DetailsForm
from tariffs.forms.entries import EntryField
from tariffs.forms.evidence import EvidenceForm
from tariffs.forms.groups import GroupForm
from tariffs.forms.milestones import MilestoneForm
from tariffs.forms.price_sources import PriceSourceForm
from tariffs.forms.terms import TermsForm
from tariffs.forms.uncertainties import UncertaintyForm
from tariffs.queries import milestones as milestone_queries
from tariffs.queries import terms
from tariffs.queries.programmes import to_core
from tariffs.services import parts, programmes
from tariffs.sources import programme_files, programme_limits, programme_pennies
from tests.factories.tariffs import EXAMPLE, member, organisation
from tests.strategies.programmes import programmes as valid_programmes

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
UNHURRIED = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
FORMS = (GroupForm, MilestoneForm, EvidenceForm, ArchetypeForm, UncertaintyForm, DetailsForm, TermsForm)


@pytest.fixture
def body() -> Organisation:
    return organisation()


@pytest.fixture
def editor(body: Organisation) -> User:
    return member(body)


def forms_of(programme: Programme, by: User) -> list[DraftForm]:
    """Open the form of every part of a programme."""
    evidence = Evidence.objects.filter(group__programme=programme)
    tariff = programme.tariff
    anchors = {term.kind: term.anchor for term in terms.of_tariff(tariff)}
    return [
        DetailsForm(row=programme, by=by),
        UncertaintyForm(row=programme.uncertainty, by=by),
        *(GroupForm(row=row, by=by) for row in programme.groups.all()),
        *(
            MilestoneForm(row=row, by=by, others=milestone_queries.may_precede(row))
            for row in programme.milestones.all()
        ),
        *(EvidenceForm(row=row, by=by) for row in evidence),
        *(ArchetypeForm(row=row, by=by) for row in programme.archetypes.all()),
        *(PriceSourceForm(row=line, by=by) for line in tariff.price_lines.all()),
        TermsForm(row=tariff, by=by, milestones=tuple(programme.milestones.all()), anchors=anchors),
    ]


def fields_of(form: DraftForm) -> dict[str, Any]:
    """Give what a browser sends of a form that nobody typed into."""
    given = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in given.items() if value is not False}


def again(form: DraftForm, data: dict[str, Any]) -> DraftForm:
    return type(form)(data, row=form.row, by=form.by, **form.again())


@UNHURRIED
@given(given_programme=valid_programmes())
def test_whatever_the_file_takes_the_forms_take_and_leave_as_it_is(
    body: Organisation, editor: User, given_programme: Any
) -> None:
    assume(not programme_pennies.faults(programme_files.to_document(given_programme)))
    with transaction.atomic():
        text = programme_files.dumps(replace(given_programme, name="A programme"))
        programme = programmes.import_file(organisation=body, text=text, by=editor)

        for form in forms_of(programme, editor):
            sent = again(form, fields_of(form))
            assert sent.is_valid(), (type(form).__name__, sent.errors)
            edit = sent.edit()
            assert merges.merge(edit.was, edit.typed, sent.shown(sent.row)).touched == ()

        transaction.set_rollback(True)


ODD = st.one_of(
    st.sampled_from(["", "0", "-1", "1", "0.5", "100", "100.0000001", "1e3", "nan", "£1,000.50", "1000000000000.01"]),
    st.floats(-1, 1e13, allow_nan=False).map(lambda number: f"{number:f}"),
    st.integers(-5, 700).map(str),
    st.text(max_size=12),
    st.integers(290, 12_000).map(lambda length: "x" * length),
)


@UNHURRIED
@given(data=st.data())
def test_whatever_the_forms_take_the_file_takes(body: Organisation, editor: User, data: st.DataObject) -> None:
    with transaction.atomic():
        programme = programmes.import_file(organisation=body, text=EXAMPLE, by=editor)
        opened = [form for form in forms_of(programme, editor) if not isinstance(form, PriceSourceForm)]
        form = data.draw(st.sampled_from(opened), label="form")
        names = data.draw(st.lists(st.sampled_from(form.names), max_size=4))
        typed = again(form, fields_of(form) | {name: data.draw(ODD, label=name) for name in names})

        if typed.is_valid() and form.row is not None:
            try:
                parts.change(part=form.row, edit=typed.edit(), by=editor)
            except ValidationError as refused:
                assert refused.messages
            else:
                kept = to_core(Programme.objects.get(pk=programme.pk))
                assert programme_files.loads(programme_files.dumps(kept)) == kept

        transaction.set_rollback(True)


def test_every_number_that_a_form_asks_for_has_the_limits_of_the_schema() -> None:
    found = {
        (field.limits.low, field.limits.high)
        for form in FORMS
        for field in form.base_fields.values()
        if isinstance(field, EntryField)
    }

    assert (0, 10_000_000) in found
    assert (1, 600) in found
    assert programme_limits.longest("group", "name") == GroupForm.base_fields["name"].max_length
    assert programme_limits.most("", "groups") == 100
