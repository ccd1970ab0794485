"""What a programme is measured by: indicators, national totals and targets."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads_and_writes
from program.actions import programmes as actions
from program.actions.indicators import WORDS
from program.enums import IndicatorMeasure
from program.forms.indicators import BaselineForm, IndicatorForm, TargetForm
from program.models import Indicator
from program.permissions import may_keep_programme
from program.queries import programmes_visible_to
from program.views.answering import editing, held, only_if, posted
from program.views.programmes import answer_of_programme, kept_programme


@reads_and_writes
@idempotent
def indicator_add(request: HttpRequest, public_id: str) -> HttpResponse:
    programme = kept_programme(request, public_id)
    return answer_of_programme(
        request,
        programme,
        form=IndicatorForm(posted(request)),
        act=lambda values: actions.add_indicator(programme=programme, by=request.user, **values),
        heading=_("Add an indicator"),
        submit=_("Add"),
        success=_("The indicator was added."),
    )


@reads_and_writes
@idempotent
def baseline_add(request: HttpRequest, public_id: str) -> HttpResponse:
    indicator = kept_indicator(request, public_id)
    return answer_of_programme(
        request,
        indicator.programme,
        form=BaselineForm(posted(request)),
        act=lambda values: actions.add_baseline(indicator=indicator, by=request.user, **values),
        heading=_("Enter a national total"),
        lead=localized(indicator, "title"),
        submit=_("Save"),
        success=_("The national total was saved."),
    )


def kept_indicator(request: HttpRequest, public_id: str) -> Indicator:
    indicator = get_object_or_404(
        Indicator.objects.select_related("programme").filter(
            programme__in=programmes_visible_to(request.user)
        ),
        public_id=public_id,
    )
    only_if(may_keep_programme(request.user, indicator.programme))
    return indicator


@reads_and_writes
def indicator_change(request: HttpRequest, public_id: str) -> HttpResponse:
    indicator = kept_indicator(request, public_id)
    names = ("kind", "position", "counts_fiscal_years", *WORDS)
    is_entered = indicator.measure == IndicatorMeasure.ENTERED
    return answer_of_programme(
        request,
        indicator.programme,
        **editing(
            request,
            indicator,
            lambda data: IndicatorForm(data, initial=held(indicator, names)),
            locked_out=["measure"] if is_entered else ["measure", "counts_fiscal_years"],
        ),
        act=lambda values: actions.change_indicator(indicator=indicator, by=request.user, **values),
        heading=_("Change an indicator"),
        lead=localized(indicator, "title"),
        submit=_("Save"),
        success=_("The indicator was saved."),
    )


@reads_and_writes
@idempotent
def target_set(request: HttpRequest, public_id: str) -> HttpResponse:
    indicator = kept_indicator(request, public_id)
    return answer_of_programme(
        request,
        indicator.programme,
        form=TargetForm(posted(request), programme=indicator.programme),
        act=lambda values: actions.set_target(indicator=indicator, by=request.user, **values),
        heading=_("Set a target"),
        lead=localized(indicator, "title"),
        submit=_("Save"),
        success=_("The target was saved."),
    )
