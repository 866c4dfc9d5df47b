"""The pages of everything that can go wrong. None of them says what failed inside."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string

from accounts.models import User
from offenders.errors import RuleBroken
from rules.errors import NoRulesInForce
from ui import kept
from ui.context import Frame
from workflows.problems import BUSY, problem_of

#: Statuses without a page of their own: a form that was sent again with other content has no key
#: that a person could mend.
SHOWN_AS = {422: 409}

DATABASE_MAY_BE_DOWN = (500, 503)


def page_of(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """The page of an error that we know, or None. In its own words where they are for officers."""
    known = problem_of(error)
    if known is None:
        return None
    is_worded = isinstance(error, RuleBroken | NoRulesInForce) or known == BUSY
    words = known.detail if is_worded else ""
    response = error_page(request, SHOWN_AS.get(known.status, known.status), words)
    if known.retry_after:
        response.headers["Retry-After"] = str(known.retry_after)
    return response


def error_page(request: HttpRequest, status: int, words: str = "") -> HttpResponse:
    """The page of an HTTP status. `words` are the refusal's own, where it has some.

    Where the database may be what failed, the page is drawn without asking it who is signed in.
    """
    facts = getattr(request, "facts", None)
    # What cannot be read at all cannot be said back either.
    typed = kept.lines(request) if status != 400 else []
    context = {"request_id": facts.request_id if facts else "", "words": words, "typed": typed}
    if status in DATABASE_MAY_BE_DOWN:
        body = render_to_string(f"ui/{status}.html", context | {"page": Frame(None)})
    else:
        body = render_to_string(f"ui/{status}.html", context, request)
    return HttpResponse(body, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is no longer good: somebody signed in or out since it was drawn.

    Nothing is saved. The officer for whom it was drawn gets it again as it was typed.
    """
    user, writer, page = request.user, kept.writer(request), kept.keep(request)
    if page and isinstance(user, User) and str(user.public_id) == writer:
        messages.warning(request, "The page was open too long and was not saved.")
        return HttpResponseRedirect(page, status=303)
    if page and not isinstance(user, User):
        return kept.to_sign_in(request)
    context = {"kept_for_writer": bool(page)}
    return HttpResponse(render_to_string("403_csrf.html", context, request), status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return error_page(request, 500)
