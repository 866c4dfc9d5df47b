"""The project's own routes, with the peer of the inbox beside them."""

from django.urls import path

from bench.peers.inbox import SignedInInbox
from config.urls import handler400, handler404, handler500
from config.urls import urlpatterns as ours

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("peer/tasks", SignedInInbox.as_view()), *ours]
