"""What reacts to what: the one place where facts, notices, jobs and gateways meet."""

from entraide.portal.domain.requests import tasks as request_tasks
from entraide.portal.notifications import catalogue, tasks

HANDLERS = (request_tasks, tasks)


def connect() -> None:
    catalogue.connect()
