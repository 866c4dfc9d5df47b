"""What officers are told."""

from accounts.policy import Action
from tests.api.routes.route import Route
from tests.api.scenes.alerts import an_alert

ALERTS: dict[str, Route] = {
    "alerts": Route("GET", "alerts", Action.ALERT_VIEW, an_alert),
    # What one was told oneself: nobody else's alert is there, whatever the role.
    "mark-alerts-seen": Route(
        "POST",
        "alerts/seen",
        Action.ALERT_MARK_SEEN,
        body=lambda scene: {"alerts": ["OF THE CALLER"]},
    ),
}
