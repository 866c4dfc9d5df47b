"""Where each address leads, and who answers when nothing does."""

import sys

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from accounts.oidc import TokenView
from accounts.requests import is_api
from api import errors as problems
from config.health import healthz, readyz
from ui.views import errors as pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("api/v1/oauth/token", TokenView.as_view(), name="oauth-token"),
    path("api/v1/", include("api.urls")),
    path("", include("ui.urls")),
]


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return problems.bad_request(request, exception)
    return pages.bad_request(request, exception)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return problems.not_found(request)
    return pages.not_found(request, exception)


def handler500(request: HttpRequest) -> HttpResponse:
    """Of what failed around the views, such as the session of a busy database; Django hands over
    no exception, but is still handling it."""
    error = sys.exception()
    if is_api(request):
        known = problems.problem_of(error)
        return problems.as_response(known) if known else problems.server_error(request)
    if answer := pages.page_of(request, error):
        return answer
    return pages.server_error(request)
