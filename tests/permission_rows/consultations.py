"""Consultations: the authority's pages, and those of whoever is asked."""

from collections.abc import Mapping
from typing import Any

from commissioning.permissions import Ability
from tariffs.models import Consultation
from tests.factories import consultations
from tests.permission_world import ANYONE, Row, World, of_programme


def named(world: World) -> Consultation:
    """A consultation that names the provider of the cast, and is open."""
    return consultations.opened(world.programme, world.cast.provider)


def scheduled(world: World) -> Consultation:
    opens, closes = consultations.now() + consultations.DAY, consultations.now() + 9 * consultations.DAY
    return consultations.opened(world.programme, world.cast.provider, opens_at=opens, closes_at=closes)


def of_named(world: World) -> Mapping[str, Any]:
    return {"consultation_id": named(world).pk}


def of_scheduled(world: World) -> Mapping[str, Any]:
    return {"consultation_id": scheduled(world).pk}


def of_public(world: World) -> Mapping[str, Any]:
    return {"consultation_id": consultations.opened(world.programme).pk}


def of_consulted(world: World) -> Mapping[str, Any]:
    return {"consultation_id": scheduled(world).pk, "organisation_id": world.cast.provider.pk}


def of_line(world: World) -> Mapping[str, Any]:
    made = named(world)
    return {"consultation_id": made.pk, "target_id": consultations.target(made).id}


def of_question(world: World) -> Mapping[str, Any]:
    return {"entry_id": consultations.asked(named(world), world.cast.dilys).pk}


def of_file(world: World) -> Mapping[str, Any]:
    public = consultations.opened(world.programme)
    return {"entry_id": consultations.told(public, kind="file", file_name="a.txt", content=b"Words").pk}


def of_comment(world: World) -> Mapping[str, Any]:
    return {"comment_id": consultations.comment(named(world), world.cast.dilys).pk}


def of_receipt(world: World) -> Mapping[str, Any]:
    return {"receipt_id": consultations.receipt(named(world), world.cast.dilys).pk}


def of_closed_comment(world: World) -> Mapping[str, Any]:
    made = named(world)
    found = consultations.comment(made, world.cast.dilys)
    consultations.close(made)
    return {"comment_id": found.pk}


def of_draft(world: World) -> Mapping[str, Any]:
    made = named(world)
    answer = consultations.answered(consultations.comment(made, world.cast.dilys), decision="accepted")
    return {"answer_id": answer.pk}


def of_changed_comment(world: World) -> Mapping[str, Any]:
    return {"comment_id": consultations.changed(named(world), world.cast.dilys).pk}


def of_report(world: World) -> Mapping[str, Any]:
    return {"consultation_id": consultations.reported(named(world), world.cast.dilys, world.cast.bob).pk}


PROVIDER = {"owner": "provider"}
ROWS = [
    Row("consultation-list", "GET", Ability.VIEW, of_programme, answers=(200,)),
    Row("consultation-create", "GET", Ability.EDIT, of_programme, answers=(200,)),
    Row("consultation-create", "POST", Ability.EDIT, of_programme, answers=(200,)),
    Row("consultation-overview", "GET", Ability.VIEW, of_named, answers=(200,)),
    Row("consultation-change", "GET", Ability.EDIT, of_scheduled, answers=(200,)),
    Row("consultation-change", "POST", Ability.EDIT, of_scheduled, answers=(200,)),
    Row("consultation-call-off", "GET", Ability.EDIT, of_scheduled, answers=(200,)),
    Row("consultation-call-off", "POST", Ability.EDIT, of_scheduled, answers=(302,)),
    Row("consultation-extend", "GET", Ability.EDIT, of_named, answers=(200,)),
    Row("consultation-extend", "POST", Ability.EDIT, of_named, answers=(200,)),
    Row("consulted-provider-list", "GET", Ability.EDIT, of_named, answers=(200,)),
    Row("consulted-provider-list", "POST", Ability.EDIT, of_named, answers=(302,)),
    Row("consulted-provider-remove", "POST", Ability.EDIT, of_consulted, answers=(302,)),
    Row("log-entry-create", "GET", Ability.EDIT, of_named, answers=(200,)),
    Row("log-entry-create", "POST", Ability.EDIT, of_named, answers=(200,)),
    Row("log-entry-answer", "GET", Ability.EDIT, of_question, answers=(200,)),
    Row("log-entry-answer", "POST", Ability.EDIT, of_question, answers=(200,)),
    Row("answer-list", "GET", Ability.VIEW, of_named, answers=(200,)),
    Row("answer-release", "POST", Ability.EDIT, of_named, answers=(302,)),
    Row("answer-create", "GET", Ability.EDIT, of_closed_comment, answers=(200,)),
    Row("answer-create", "POST", Ability.EDIT, of_closed_comment, answers=(200,)),
    Row("answer-edit", "GET", Ability.EDIT, of_draft, answers=(200,)),
    Row("answer-edit", "POST", Ability.EDIT, of_draft, answers=(200,)),
    Row("answer-remove", "POST", Ability.EDIT, of_draft, answers=(302,)),
    Row("answer-link", "GET", Ability.EDIT, of_draft, answers=(200,)),
    Row("answer-link", "POST", Ability.EDIT, of_draft, answers=(302,)),
    Row("comment-moderate", "GET", Ability.EDIT, of_closed_comment, answers=(200,)),
    Row("comment-moderate", "POST", Ability.EDIT, of_closed_comment, answers=(200,)),
    Row("next-version", "GET", Ability.EDIT, of_named, answers=(200,)),
    Row("next-version", "POST", Ability.EDIT, of_named, answers=(200,)),
    Row("comment-stand", "GET", Ability.COMMENT, of_changed_comment, answers=(200,), **PROVIDER),
    Row("comment-stand", "POST", Ability.COMMENT, of_changed_comment, answers=(200,), **PROVIDER),
    Row("consultation-report-create", "GET", Ability.APPROVE, of_named, answers=(200,)),
    Row("consultation-report-create", "POST", Ability.APPROVE, of_named, answers=(200,)),
    Row("consultation-report", "GET", ANYONE, of_report, answers=(200,)),
    Row("consultation-report-pdf", "GET", ANYONE, of_report, answers=(200,)),
    Row("consultation-report-csv", "GET", ANYONE, of_report, answers=(200,)),
    # Whoever is asked.
    Row("open-consultation-list", "GET", ANYONE, answers=(200,)),
    Row("consultation-detail", "GET", ANYONE, of_public, answers=(200,)),
    Row("log-entry-download", "GET", ANYONE, of_file, answers=(200,)),
    Row("log-entry-ask", "GET", Ability.COMMENT, of_named, answers=(200,), **PROVIDER),
    Row("log-entry-ask", "POST", Ability.COMMENT, of_named, answers=(200,), **PROVIDER),
    Row("comment-list", "GET", Ability.VIEW, of_named, answers=(200,), **PROVIDER),
    Row("comment-create", "GET", Ability.COMMENT, of_line, answers=(200,), **PROVIDER),
    Row("comment-create", "POST", Ability.COMMENT, of_line, answers=(200,), **PROVIDER),
    Row("comment-edit", "GET", Ability.COMMENT, of_comment, answers=(200,), **PROVIDER),
    Row("comment-edit", "POST", Ability.COMMENT, of_comment, answers=(200,), **PROVIDER),
    Row("comment-withdraw", "GET", Ability.COMMENT, of_comment, answers=(200,), **PROVIDER),
    Row("comment-withdraw", "POST", Ability.COMMENT, of_comment, answers=(302,), **PROVIDER),
    Row("receipt-detail", "GET", Ability.VIEW, of_receipt, answers=(200,), **PROVIDER),
    Row("receipt-download", "GET", Ability.VIEW, of_receipt, answers=(200,), **PROVIDER),
]
