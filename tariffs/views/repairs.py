"""Pages of what would cure a tariff: asking, watching the search, reading its suggestions, applying one to a copy."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commissioning import queries as commissioning_queries
from commissioning import tasks
from commissioning.core.typed_numbers import write_share
from commissioning.models import Run
from commissioning.views import runs
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.charts import repairs as words
from tariffs.core.programmes import Programme
from tariffs.forms.repairs import RepairForm
from tariffs.models import Tariff
from tariffs.services.repairs import ChangedError, NoSuggestionError, Repaired
from tariffs.services.scenarios import MOST_TARIFFS, TooManyError

#: The line of the rules above which a group is taken to be parked.
PARKED = "I2_warn"


@login_required
@require_GET
def proposed(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Lead to the cures of the tariff that the programme proposes."""
    tariff = get_object_or_404(queries.tariffs.visible_to(request.user), main_of=programme_id)
    return redirect("tariff-repairs", tariff.pk)


@login_required
@require_http_methods(["GET", "POST"])
def detail(request: SignedInRequest, tariff_id: UUID) -> HttpResponse:
    """Show the newest answer, and ask again."""
    allowed = queries.tariffs.editable_by if request.method == "POST" else queries.tariffs.visible_to
    tariff = get_object_or_404(allowed(request.user), pk=tariff_id)
    whole = queries.programmes.to_core(tariff.programme, tariff)
    providers = [(each.id, each.name or each.id) for each in whole.providers]
    gaps = queries.programmes.gaps_of(whole)
    limit = queries.thresholds.limit(tariff.programme.organisation_id, PARKED)
    form = RepairForm(request.POST or None, providers=providers, initial={"limit": write_share(limit)})
    if form.is_valid() and not gaps:
        run = services.repair_runs.queue(tariff=tariff, by=request.user, **form.cleaned_data)
        tasks.hint_after_commit()
        return redirect("repair-run", run.pk)
    newest = queries.repairs.newest(tariff)
    if newest is not None and newest.is_active and request.method == "GET":
        return redirect("repair-run", newest.pk)
    finished = newest if newest is None or not newest.is_active else queries.repairs.newest(tariff, finished=True)
    context = _about(request, tariff) | {"form": form, "gaps": gaps} | (_found(finished, whole) if finished else {})
    return render(request, "tariffs/repairs/detail.html", context)


def _about(request: HttpRequest, tariff: Tariff) -> dict[str, object]:
    editable = commissioning_queries.programmes.editable_by(request.user)
    may_edit = editable.filter(pk=tariff.programme_id).exists()
    return {"tariff": tariff, "programme": tariff.programme, "may_edit": may_edit}


def _found(run: Run, whole: Programme) -> dict[str, object]:
    """Give all that the page says of a finished search."""
    search = queries.repairs.search(run)
    question, result = search.question, search.result
    provider = question.programme.providers[question.number]
    return {
        "run": run,
        "question": question,
        "provider": provider.name or provider.id,
        "answer": words.answer(question, result),
        "groups": words.group_lines(question, result),
        "carried": words.carried(question, result),
        "cards": words.cards(question, result),
        "draws": result["draws"],
        "is_stale": queries.repairs.is_stale(run, whole),
    }


@login_required
@require_GET
def run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Show one search: how far it is, or what it found."""
    found = get_object_or_404(queries.repairs.visible_to(request.user), pk=run_id)
    tariff = queries.tariffs.visible_to(request.user).filter(pk=found.inputs["tariff_id"]).first()
    if tariff is None:
        messages.info(request, "The tariff that this search was about has been removed.")
        return redirect("scenario-list", found.programme_id)
    if found.state != Run.State.SUCCEEDED:
        context = _about(request, tariff) | runs.waiting(found)
        return render(request, "tariffs/repairs/progress.html", context)
    whole = queries.programmes.to_core(tariff.programme, tariff)
    return render(request, "tariffs/repairs/detail.html", _about(request, tariff) | _found(found, whole))


@login_required
@require_POST
def apply(request: SignedInRequest, run_id: UUID, key: str) -> HttpResponse:
    """Put a suggestion into a copy, and lead to where the two are set side by side."""
    found = get_object_or_404(queries.repairs.editable_by(request.user), pk=run_id, state=Run.State.SUCCEEDED)
    tariff = get_object_or_404(queries.tariffs.editable_by(request.user), pk=found.inputs["tariff_id"])
    try:
        done = services.repairs.apply(run=found, tariff=tariff, key=key, by=request.user)
    except NoSuggestionError:
        messages.info(request, "This search suggests no such change.")
    except ChangedError:
        messages.error(request, "The draft has changed since this was worked out. Look for cures again.")
    except TooManyError:
        messages.error(request, f"A programme has at most {MOST_TARIFFS} tariffs. Remove one first.")
        return redirect("scenario-list", tariff.programme_id)
    else:
        return tested(request, done)
    return redirect("tariff-repairs", tariff.pk)


def tested(request: HttpRequest, done: Repaired) -> HttpResponse:
    """Say what was made, and lead to its test: beside the tariff it came from, or by itself in another programme."""
    tasks.hint_after_commit()
    programme = done.tariff.programme
    if len(done.runs) == 1:
        messages.success(request, f"“{programme}” is a copy of the programme with the change made. It is being tested.")
        return redirect("incentive-run-detail", done.runs[0].pk)
    messages.success(request, f"“{done.tariff}” stands beside the other tariffs. Propose it if it is better.")
    query = urlencode([("run", each.pk) for each in dict.fromkeys(done.runs)])
    return redirect(f"{reverse('incentive-run-compare', args=[programme.pk])}?{query}")
