"""Addresses of the pages. They hold public ids only: never a name, a birth or a home."""

from django.urls import path

from ui.views import (
    alerts,
    case_action,
    caseload,
    contact_note,
    day_sheet,
    holdings,
    people,
    reassigning,
    rules,
    signing_in,
    task,
    tasks,
)

app_name = "ui"
urlpatterns = [
    path("", signing_in.home, name="home"),
    path("sign-in", signing_in.sign_in_page, name="sign-in"),
    path("still-here", signing_in.still_here, name="still-here"),
    path("sign-out", signing_in.sign_out_page, name="sign-out"),
    path("tasks", tasks.tasks, name="tasks"),
    path("tasks/<uuid:task>", task.task, name="task"),
    path("alerts", alerts.alerts, name="alerts"),
    path("alerts/seen", alerts.mark_seen, name="alerts-seen"),
    path("visit-list", day_sheet.day_sheet, name="day-sheet"),
    path("people", people.people, name="people"),
    path("people/<uuid:person>", people.person, name="person"),
    path("people/<uuid:person>/addresses", people.addresses, name="address-reveal"),
    path("people/<uuid:person>/contact-note", contact_note.contact_note, name="contact-note"),
    path("teams", caseload.team, name="team"),
    path("teams/<uuid:team>", caseload.team_caseload, name="team-caseload"),
    path("teams/<uuid:team>/preview", reassigning.preview, name="reassign-preview"),
    path("reassignments/check", reassigning.check, name="reassign-check"),
    path("reassignments/confirm", reassigning.confirm, name="reassign-confirm"),
    path("reassignments/undo", reassigning.undo, name="reassign-undo"),
    path("rules", rules.rules, name="rules"),
    path("rules/propose", rules.propose, name="rules-propose"),
    path("rules/<int:number>", rules.version, name="rules-version"),
    path("rules/<int:number>/approve", rules.approve, name="rules-approve"),
    path("rules/<int:number>/withdraw", rules.withdraw, name="rules-withdraw"),
    path("reassignments/<uuid:reassignment>", reassigning.reassigned, name="reassigned"),
    path("people/<uuid:person>/action", case_action.case_action, name="case-action"),
    path("people/<uuid:person>/condition", holdings.condition, name="condition"),
    path("people/<uuid:person>/device", holdings.device, name="device"),
    path("people/<uuid:person>/account", holdings.account, name="account"),
]
