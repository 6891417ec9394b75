"""Pages of the tariffs that a programme weighs up: the list, a new one, proposing or removing one, testing several."""

from functools import partial
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commissioning import queries as commissioning_queries
from commissioning import tasks
from commissioning.forms.drafts import keeping
from commissioning.views.drafts import removed
from commissioning.views.kept_texts import forget, typed
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.forms.scenarios import ScenarioForm, ScenarioTestForm
from tariffs.services.incentive_runs import IncompleteError
from tariffs.services.scenarios import MOST_TARIFFS, TooManyError

SAME_LUCK = 1


@login_required
@require_GET
def index(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = get_object_or_404(commissioning_queries.programmes.visible_to(request.user), pk=programme_id)
    scenarios = queries.scenarios.of_programme(programme)
    context = {
        "programme": programme,
        "scenarios": scenarios,
        "may_edit": commissioning_queries.programmes.editable_by(request.user).filter(pk=programme_id).exists(),
        "tested": [scenario.run for scenario in scenarios if scenario.run],
    }
    return render(request, "tariffs/scenarios/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    programme = get_object_or_404(commissioning_queries.programmes.editable_by(request.user), pk=programme_id)
    form = keeping(ScenarioForm(typed(request), tariffs=queries.tariffs.of_programme(programme)), request.user)
    if request.method == "POST" and form.is_valid():
        try:
            services.scenarios.add(tariff=form.cleaned_data["copied"], name=form.cleaned_data["name"], by=request.user)
        except ValidationError as error:
            form.add_error(None if "name" not in error.message_dict else "name", error.messages[0])
        except TooManyError:
            form.add_error(None, f"A programme has at most {MOST_TARIFFS} tariffs. Remove one first")
        else:
            forget(request)
            messages.success(request, "The tariff is added. Change its prices and terms, then compare.")
            return redirect("scenario-list", programme.pk)
    return render(request, "tariffs/scenarios/create.html", {"form": form, "programme": programme})


@login_required
@require_POST
def propose(request: SignedInRequest, tariff_id: UUID) -> HttpResponse:
    """Make this the tariff that the programme proposes."""
    tariff = get_object_or_404(queries.tariffs.editable_by(request.user), pk=tariff_id)
    services.scenarios.propose(tariff=tariff, by=request.user)
    messages.success(request, f"The programme now proposes “{tariff}”.")
    return redirect("scenario-list", tariff.programme_id)


@login_required
@require_http_methods(["GET", "POST"])
def remove(request: SignedInRequest, tariff_id: UUID) -> HttpResponse:
    scenarios = queries.tariffs.editable_by(request.user).filter(main_of=None)
    tariff = get_object_or_404(scenarios, pk=tariff_id)
    if request.method == "POST":
        remove_it = partial(services.scenarios.remove, tariff=tariff, by=request.user)
        removed(request, remove_it, f"“{tariff}” is removed. Its runs stay.")
        return redirect("scenario-list", tariff.programme_id)
    return render(request, "tariffs/scenarios/remove.html", {"tariff": tariff, "programme": tariff.programme})


@login_required
@require_http_methods(["GET", "POST"])
def test(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """Ask which tariffs to test on the same luck, and test them."""
    programme = get_object_or_404(commissioning_queries.programmes.editable_by(request.user), pk=programme_id)
    tariffs = [*queries.tariffs.of_programme(programme).select_related("programme__organisation")]
    form = ScenarioTestForm(request.POST or None, tariffs=tariffs)
    if form.is_valid():
        chosen, draws = form.cleaned_data["tariffs"], form.cleaned_data["draws"]
        try:
            runs = services.scenarios.compare(tariffs=chosen, draws=draws, seed=SAME_LUCK, by=request.user)
        except IncompleteError:
            form.add_error(None, "The programme lacks what a simulation needs. Its page says what comes next")
        else:
            tasks.hint_after_commit()
            query = urlencode([("run", run.pk) for run in dict.fromkeys(runs)])
            return redirect(f"{reverse('incentive-run-compare', args=[programme.pk])}?{query}")
    return render(request, "tariffs/scenarios/test.html", {"form": form, "programme": programme})
