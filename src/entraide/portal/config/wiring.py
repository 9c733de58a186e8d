"""What reacts to what: the one place where facts, notices, jobs, exports and gateways meet."""

from entraide.portal.domain.access import personal_data as access_data
from entraide.portal.domain.access import tasks as access_tasks
from entraide.portal.domain.access.actions import safety
from entraide.portal.domain.adjudication import personal_data as adjudication_data
from entraide.portal.domain.agents import tasks as agent_tasks
from entraide.portal.domain.bank import personal_data as bank_data
from entraide.portal.domain.bank import tasks as bank_tasks
from entraide.portal.domain.bank.ending import stop_changes
from entraide.portal.domain.card import personal_data as card_data
from entraide.portal.domain.card import tasks as card_tasks
from entraide.portal.domain.card.actions.sending import stop_card_links
from entraide.portal.domain.claims import personal_data as claim_data
from entraide.portal.domain.consultations import personal_data as consultation_data
from entraide.portal.domain.consultations import tasks as consultation_tasks
from entraide.portal.domain.consultations.actions import SEALED_NOTES
from entraide.portal.domain.consultations.watching import also_watch
from entraide.portal.domain.contracts import personal_data as contract_data
from entraide.portal.domain.contributions import personal_data as contribution_data
from entraide.portal.domain.data_out import tasks as data_out_tasks
from entraide.portal.domain.emergency import personal_data as emergency_data
from entraide.portal.domain.emergency import sweeps as emergency_sweeps
from entraide.portal.domain.emergency import tasks as emergency_tasks
from entraide.portal.domain.emergency import words as emergency_words
from entraide.portal.domain.exports import facts as fact_data
from entraide.portal.domain.exports import personal_data as export_data
from entraide.portal.domain.exports import sources
from entraide.portal.domain.exports import sweeps as export_sweeps
from entraide.portal.domain.exports import tasks as export_tasks
from entraide.portal.domain.figures import tasks as figure_tasks
from entraide.portal.domain.handling import reasons as handling_reasons
from entraide.portal.domain.handling.checks import tell_supervisors
from entraide.portal.domain.handling.watching import watch_colleagues
from entraide.portal.domain.handover import personal_data as handover_data
from entraide.portal.domain.handover import tasks as handover_tasks
from entraide.portal.domain.hospital_cover import personal_data as hospital_cover_data
from entraide.portal.domain.hospital_cover import sweeps as hospital_cover_sweeps
from entraide.portal.domain.hospital_cover import tasks as hospital_cover_tasks
from entraide.portal.domain.hospital_cover.asking import KIND as HOSPITAL_COVER
from entraide.portal.domain.hospital_cover.objecting import objection_to_move
from entraide.portal.domain.library import personal_data as library_data
from entraide.portal.domain.library import sweeps as library_sweeps
from entraide.portal.domain.list_exports import tasks as list_export_tasks
from entraide.portal.domain.members import personal_data as member_data
from entraide.portal.domain.payment_runs import personal_data as payment_run_data
from entraide.portal.domain.payment_runs import tasks as payment_run_tasks
from entraide.portal.domain.prevention import personal_data as prevention_data
from entraide.portal.domain.prevention import tasks as prevention_tasks
from entraide.portal.domain.publications import sweeps as publication_sweeps
from entraide.portal.domain.publications import tasks as publication_tasks
from entraide.portal.domain.push import personal_data as push_data
from entraide.portal.domain.push.actions import stop_pushes
from entraide.portal.domain.requests import personal_data as request_data
from entraide.portal.domain.requests import sweeps as request_sweeps
from entraide.portal.domain.requests import tasks as request_tasks
from entraide.portal.domain.requests.enums import RequestKind
from entraide.portal.domain.requests.life import before_moves
from entraide.portal.domain.sharing.freezing import stop_sharing
from entraide.portal.domain.simulations import personal_data as simulation_data
from entraide.portal.domain.social_fund import commissions as social_fund_commissions
from entraide.portal.domain.social_fund import objecting as social_fund_moves
from entraide.portal.domain.social_fund import personal_data as social_fund_data
from entraide.portal.domain.social_fund import sweeps as social_fund_sweeps
from entraide.portal.domain.staff import tasks as staff_tasks
from entraide.portal.domain.teleconsultations import personal_data as teleconsultation_data
from entraide.portal.domain.teleconsultations import tasks as teleconsultation_tasks
from entraide.portal.domain.termination import objecting as termination_moves
from entraide.portal.foundation.events.facts import SEALED_SECRETS, subscribe
from entraide.portal.foundation.sweeps import tasks as sweep_tasks
from entraide.portal.foundation.sweeps.events import Reconciled
from entraide.portal.foundation.tasks import tidy
from entraide.portal.member_site.reimbursements.statement import own_statement_files
from entraide.portal.notifications import catalogue, hospital_letter, tasks
from entraide.portal.notifications import personal_data as message_data
from entraide.portal.notifications import sweeps as message_sweeps

HANDLERS = (
    access_tasks,
    agent_tasks,
    bank_tasks,
    card_tasks,
    consultation_tasks,
    data_out_tasks,
    emergency_tasks,
    export_tasks,
    figure_tasks,
    handover_tasks,
    hospital_cover_tasks,
    hospital_letter,
    list_export_tasks,
    payment_run_tasks,
    prevention_tasks,
    publication_tasks,
    request_tasks,
    staff_tasks,
    sweep_tasks,
    tasks,
    teleconsultation_tasks,
    tidy,
)
# What the daily look through everything asks.
SWEEPS = (
    request_sweeps,
    hospital_cover_sweeps,
    social_fund_sweeps,
    library_sweeps,
    publication_sweeps,
    export_sweeps,
    emergency_sweeps,
    message_sweeps,
)
# What the journal of consultations tells as a reason.
REASONS = (handling_reasons, emergency_words, social_fund_commissions)
# In the order of the export.
PERSONAL_DATA = (
    member_data,
    contract_data,
    card_data,
    handover_data,
    teleconsultation_data,
    claim_data,
    adjudication_data,
    payment_run_data,
    bank_data,
    contribution_data,
    simulation_data,
    request_data,
    hospital_cover_data,
    social_fund_data,
    library_data,
    prevention_data,
    access_data,
    push_data,
    message_data,
    consultation_data,
    emergency_data,
    export_data,
    fact_data,
)
# What a rotation of keys finds in jobs; columns and files it finds by itself.
SEALED_PAYLOADS = (SEALED_SECRETS, SEALED_NOTES)
OWN_FILES = (own_statement_files, request_data.own_files_of, library_data.own_files_of)


def connect() -> None:
    also_watch(watch_colleagues)
    catalogue.connect()
    subscribe(Reconciled, tell_supervisors)
    before_moves(HOSPITAL_COVER, objection_to_move)
    before_moves((RequestKind.SOCIAL_FUND, ""), social_fund_moves.objection_to_move)
    before_moves((RequestKind.TERMINATION, ""), termination_moves.objection_to_move)
    safety.when_frozen(stop_changes)
    safety.when_frozen(stop_sharing)
    safety.when_frozen(stop_card_links)
    safety.when_frozen(stop_pushes)
    sources.connect(tables=(one.personal_data_of for one in PERSONAL_DATA), files=OWN_FILES)
