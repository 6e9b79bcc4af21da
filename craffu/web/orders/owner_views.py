"""Who manages an order is said on a page of its own (page map, P11)."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.permissions import check_holds
from craffu.common.refusals import Conflict, NotNow, NotPermitted, allows
from craffu.orders import events
from craffu.orders.life.states import ENDS
from craffu.orders.models import Order, OrderOwned
from craffu.orders.owning.actions import own_order, owned_version
from craffu.orders.owning.queries import managers_of
from craffu.orders.permissions import MANAGE, check_can_give
from craffu.orders.queries import OrderStory, story_of_order
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.edits import both_versions, seen_version
from craffu.web.orders.opening import head, open_order, refused
from craffu.web.presenters import Params

NOBODY = "nobody"


class OwnerForm(forms.Form):
    """To whom an order is given. Shape only."""

    to = forms.ChoiceField(
        label=gettext_lazy("Who manages this order?"),
        help_text=gettext_lazy("Whoever manages it has in their work whatever becomes due of it."),
        error_messages={
            "required": gettext_lazy("Choose who manages it"),
            "invalid_choice": gettext_lazy("Choose who manages it"),
        },
    )

    def __init__(self, people: Iterable[User], *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.people = {str(one.pk): one for one in people}
        names = [(number, one.name) for number, one in self.people.items()]
        self.fields["to"].choices = [("", gettext_lazy("Choose one")), *names, (NOBODY, gettext_lazy("Nobody yet"))]  # type: ignore[attr-defined]

    @property
    def given_to(self) -> User | None:
        return self.people.get(self.cleaned_data["to"])


def check_can_ask(by: Acting) -> None:
    check_holds(by, *MANAGE)


def may_change(by: Acting, story: OrderStory) -> bool:
    """Whether the reader may say who manages this order: whoever gives it, has it, or may take what nobody has."""
    if story.order.status in ENDS:
        return False
    owner = _owner(story.owner)
    return allows(check_can_give, by, owner=owner, to=None if owner else by.user)


def owner_words(story: OrderStory) -> str:
    """Who manages it, in words: somebody, or nobody yet."""
    return _("Managed by: %(who)s") % {"who": _who(story)}


def _who(story: OrderStory) -> str:
    owner = _owner(story.owner)
    return owner.name if owner else _("Nobody yet")


def _owner(last: OrderOwned | None) -> User | None:
    return last.owner if last else None


@require_http_methods(["GET", "HEAD", "POST"])
def order_owner(request: HttpRequest, order: str) -> HttpResponse:
    """Take an order, give it to somebody, or say that nobody manages it."""
    by, found = open_order(request, order, check_can_ask)
    story = story_of_order(by, found)
    form = OwnerForm(managers_of(by), request.POST if request.method == "POST" else None, initial=_initial(story))
    versions: Params | None = None
    status: int | None = None
    if form.is_bound and form.is_valid():
        try:
            own_order(by=by, order=order, to=form.given_to, seen=seen_version(request))
        except (NotNow, NotPermitted) as refusal:
            form.add_error("to", refusal.message)
            status = refused(request, refusal)
        except Conflict as conflict:
            story = story_of_order(by, found)
            form.add_error(None, conflict.message)
            versions, status = _both(story, form), refused(request, conflict)
        else:
            say_done(request, _("It is recorded."))
            return redirect("order_detail", order=order)
    looked_at(request, events.ORDER_VIEWED, [f"order/{order}"])
    return render(request, "orders/owner.html", _page(by, found, story, form, versions), status=status)


def _initial(story: OrderStory) -> dict[str, str]:
    owner = _owner(story.owner)
    return {"to": str(owner.pk) if owner else ""}


def _both(story: OrderStory, form: OwnerForm) -> Params:
    given = form.given_to.name if form.given_to else _("Nobody yet")
    return both_versions([(_("Who manages this order?"), _who(story), given)])


def _page(by: Acting, order: Order, story: OrderStory, form: OwnerForm, versions: Params | None) -> dict[str, object]:
    title = _("Who manages order %(reference)s") % {"reference": order.reference}
    me = str(by.user.pk) if by.user else ""
    return {
        "head": head(by, order.reference, title, has_errors=bool(form.errors)),
        "form": form,
        "owner": owner_words(story),
        "versions": versions,
        "version": owned_version(story.owner),
        "take": me if _owner(story.owner) is None and me in form.people else "",
    }
