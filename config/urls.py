"""Where each address leads, and who answers when nothing does."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from accounts.oidc import TokenView
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


def is_for_machines(request: HttpRequest) -> bool:
    """Whether problems are answered as problem+json, not as a page."""
    return request.path.startswith("/api/")


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_for_machines(request):
        return problems.bad_request(request)
    return pages.bad_request(request, exception)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_for_machines(request):
        return problems.not_found(request)
    return pages.not_found(request, exception)


def handler500(request: HttpRequest) -> HttpResponse:
    if is_for_machines(request):
        return problems.server_error(request)
    return pages.server_error(request)
