"""What reacts to what: the one place where facts, notices, jobs, exports and gateways meet."""

from entraide.portal.domain.access import personal_data as access_data
from entraide.portal.domain.access import tasks as access_tasks
from entraide.portal.domain.access.actions import safety
from entraide.portal.domain.adjudication import personal_data as adjudication_data
from entraide.portal.domain.agents import tasks as agent_tasks
from entraide.portal.domain.bank import personal_data as bank_data
from entraide.portal.domain.bank import tasks as bank_tasks
from entraide.portal.domain.bank.ending import stop_changes
from entraide.portal.domain.claims import personal_data as claim_data
from entraide.portal.domain.consultations import personal_data as consultation_data
from entraide.portal.domain.consultations import tasks as consultation_tasks
from entraide.portal.domain.consultations.actions import SEALED_NOTES
from entraide.portal.domain.contracts import personal_data as contract_data
from entraide.portal.domain.contributions import personal_data as contribution_data
from entraide.portal.domain.exports import facts as fact_data
from entraide.portal.domain.exports import personal_data as export_data
from entraide.portal.domain.exports import sources
from entraide.portal.domain.exports import sweeps as export_sweeps
from entraide.portal.domain.exports import tasks as export_tasks
from entraide.portal.domain.library import personal_data as library_data
from entraide.portal.domain.library import sweeps as library_sweeps
from entraide.portal.domain.members import personal_data as member_data
from entraide.portal.domain.payment_runs import personal_data as payment_run_data
from entraide.portal.domain.payment_runs import tasks as payment_run_tasks
from entraide.portal.domain.requests import personal_data as request_data
from entraide.portal.domain.requests import sweeps as request_sweeps
from entraide.portal.domain.requests import tasks as request_tasks
from entraide.portal.domain.sharing.freezing import stop_sharing
from entraide.portal.domain.simulations import personal_data as simulation_data
from entraide.portal.foundation.events.facts import SEALED_SECRETS
from entraide.portal.foundation.sweeps import tasks as sweep_tasks
from entraide.portal.foundation.tasks import tidy
from entraide.portal.member_site.reimbursements.statement import own_statement_files
from entraide.portal.notifications import catalogue, tasks
from entraide.portal.notifications import personal_data as message_data
from entraide.portal.notifications import sweeps as message_sweeps

HANDLERS = (
    access_tasks,
    agent_tasks,
    bank_tasks,
    consultation_tasks,
    export_tasks,
    payment_run_tasks,
    request_tasks,
    sweep_tasks,
    tasks,
    tidy,
)
# What the daily look through everything asks.
SWEEPS = (request_sweeps, library_sweeps, export_sweeps, message_sweeps)
# In the order of the export.
PERSONAL_DATA = (
    member_data,
    contract_data,
    claim_data,
    adjudication_data,
    payment_run_data,
    bank_data,
    contribution_data,
    simulation_data,
    request_data,
    library_data,
    access_data,
    message_data,
    consultation_data,
    export_data,
    fact_data,
)
# What a rotation of keys finds in jobs; columns and files it finds by itself.
SEALED_PAYLOADS = (SEALED_SECRETS, SEALED_NOTES)
OWN_FILES = (own_statement_files, request_data.own_files_of, library_data.own_files_of)


def connect() -> None:
    catalogue.connect()
    safety.when_frozen(stop_changes)
    safety.when_frozen(stop_sharing)
    sources.connect(tables=(one.personal_data_of for one in PERSONAL_DATA), files=OWN_FILES)
