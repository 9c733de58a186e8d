"""What reacts to what: the one place where facts, notices, jobs and gateways meet."""

from entraide.portal.domain.access import tasks as access_tasks
from entraide.portal.domain.access.actions import safety
from entraide.portal.domain.agents import tasks as agent_tasks
from entraide.portal.domain.bank import tasks as bank_tasks
from entraide.portal.domain.bank.ending import stop_changes
from entraide.portal.domain.consultations import tasks as consultation_tasks
from entraide.portal.domain.payment_runs import tasks as payment_run_tasks
from entraide.portal.domain.requests import tasks as request_tasks
from entraide.portal.foundation.tasks import tidy
from entraide.portal.notifications import catalogue, tasks

HANDLERS = (
    access_tasks,
    agent_tasks,
    bank_tasks,
    consultation_tasks,
    payment_run_tasks,
    request_tasks,
    tasks,
    tidy,
)


def connect() -> None:
    catalogue.connect()
    safety.when_frozen(stop_changes)
