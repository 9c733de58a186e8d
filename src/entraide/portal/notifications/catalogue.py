"""Which fact tells whom by which channel. A notice is a folder of `messages/` and one line here."""

from dataclasses import dataclass
from functools import partial

from entraide.portal.domain.access import events as access
from entraide.portal.domain.agents import events as agents
from entraide.portal.domain.bank import events as bank
from entraide.portal.domain.card import events as card
from entraide.portal.domain.contacts import events as contacts
from entraide.portal.domain.emergency import events as emergency
from entraide.portal.domain.exports import events as exports
from entraide.portal.domain.handling import events as handling
from entraide.portal.domain.hospital_cover import events as hospital_cover
from entraide.portal.domain.members.enums import MailTopic
from entraide.portal.domain.payment_runs import events as payment_runs
from entraide.portal.domain.prevention import events as prevention
from entraide.portal.domain.publications import events as publications
from entraide.portal.domain.requests import events as requests
from entraide.portal.domain.sharing import events as sharing
from entraide.portal.domain.staff import events as staff
from entraide.portal.foundation.events.facts import Fact, subscribe
from entraide.portal.notifications.compose import When, write_delivery
from entraide.portal.notifications.hospital_letter import write_hospital_letter
from entraide.portal.notifications.models import Channel
from entraide.portal.notifications.recipients import Whom, agent, author, member, receiver


@dataclass(frozen=True, slots=True)
class Notice:
    """One message about a fact: `name` is its folder; `when` narrows it to one value of a field.

    `whom`: who reads it, the member or the agent. A fact that may be about either has a notice for each.
    `to`: the secret of the fact with the address, where that is not the one on file; it may be blank.
    `topic`: what it is about, for who does without such mails; None: it always leaves.
    """

    name: str
    channel: Channel
    when: When | None = None
    whom: Whom = member
    to: str = ""
    topic: MailTopic | None = None


CATALOGUE: dict[type[Fact], tuple[Notice, ...]] = {
    access.PasswordLinkAsked: (
        Notice("account_link", Channel.EMAIL, when=("purpose", "activation")),
        Notice("password_link", Channel.EMAIL, when=("purpose", "reset")),
        Notice("number_link", Channel.EMAIL, when=("purpose", "number")),
    ),
    access.AccessStillFrozen: (Notice("access_still_frozen", Channel.EMAIL),),
    access.PasswordSet: (
        Notice("account_activated", Channel.EMAIL, when=("purpose", "activation")),
        Notice("password_set", Channel.EMAIL, when=("purpose", "reset")),
        Notice("password_set", Channel.EMAIL, when=("purpose", "number")),
        Notice("password_set", Channel.EMAIL, when=("purpose", "change")),
    ),
    access.AccountLocked: (Notice("account_locked", Channel.EMAIL),),
    access.PasswordExpires: (Notice("password_expires", Channel.EMAIL),),
    access.CodeSent: (
        Notice("sign_in_code", Channel.SMS, when=("purpose", "sign_in")),
        Notice("mobile_code", Channel.SMS, when=("purpose", "mobile_proof")),
        Notice("step_up_code", Channel.SMS, when=("purpose", "step_up")),
        Notice("email_code", Channel.EMAIL, when=("purpose", "email_proof")),
        Notice("new_email_code", Channel.EMAIL, when=("purpose", "new_email"), to="email"),
    ),
    access.FactorAdded: (
        Notice("factor_added", Channel.EMAIL),
        Notice("agent_factor_added", Channel.EMAIL, whom=agent),
    ),
    access.FactorRemoved: (
        Notice("factor_removed", Channel.EMAIL),
        Notice("agent_factor_removed", Channel.EMAIL, whom=agent),
    ),
    access.FactorGuessed: (
        Notice("factor_guessed", Channel.EMAIL),
        Notice("agent_factor_guessed", Channel.EMAIL, whom=agent),
    ),
    access.RecoveryCodesMade: (
        Notice("recovery_codes_made", Channel.EMAIL),
        Notice("agent_recovery_codes_made", Channel.EMAIL, whom=agent),
    ),
    access.RecoveryCodeUsed: (
        Notice("recovery_used", Channel.EMAIL),
        Notice("agent_recovery_used", Channel.EMAIL, whom=agent),
    ),
    access.MobileEnrolled: (Notice("mobile_enrolled", Channel.EMAIL),),
    access.MobileChanged: (
        Notice("mobile_changed", Channel.EMAIL),
        Notice("mobile_replaced", Channel.SMS, to="former_mobile"),
    ),
    access.EmailChanged: (
        Notice("email_changed", Channel.EMAIL, to="former_email"),
        Notice("email_confirmed", Channel.EMAIL),
    ),
    access.CodeChannelStopped: (Notice("code_channel_stopped", Channel.EMAIL),),
    access.NewBrowser: (Notice("new_browser", Channel.EMAIL),),
    access.AccountFrozen: (Notice("account_frozen", Channel.EMAIL),),
    access.AccountUnfrozen: (Notice("account_unfrozen", Channel.EMAIL),),
    access.TermsAccepted: (Notice("terms_accepted", Channel.EMAIL),),
    agents.AgentInvited: (Notice("agent_invited", Channel.EMAIL, whom=agent),),
    agents.AgentRoleChanged: (Notice("agent_role_changed", Channel.EMAIL, whom=agent),),
    agents.AgentPasswordSet: (Notice("agent_password_set", Channel.EMAIL, whom=agent),),
    agents.AgentLocked: (Notice("agent_locked", Channel.EMAIL, whom=agent),),
    agents.AgentSignedIn: (
        Notice("agent_new_browser", Channel.EMAIL, when=("new_browser", True), whom=agent),
    ),
    bank.AccountChangeAsked: (
        Notice("account_change_asked", Channel.EMAIL),
        Notice("account_change_asked_sms", Channel.SMS),
    ),
    bank.AccountChangeConcerns: (
        Notice("account_change_concerns", Channel.EMAIL, when=("step", "asked")),
        Notice("account_change_concerns_sms", Channel.SMS, when=("step", "asked")),
        Notice("account_change_concerns_applied", Channel.EMAIL, when=("step", "applied")),
        Notice("account_change_concerns_cancelled", Channel.EMAIL, when=("step", "cancelled")),
    ),
    bank.AccountChangeCancelled: (Notice("account_change_cancelled", Channel.EMAIL),),
    bank.AccountChangeRefused: (Notice("account_change_refused", Channel.EMAIL),),
    bank.AccountChangeApplied: (
        Notice("account_change_applied", Channel.EMAIL),
        Notice("account_change_applied_sms", Channel.SMS),
    ),
    card.CardSent: (
        Notice("card_sent", Channel.EMAIL, when=("kind", "professional"), to="email"),
        Notice("card_received", Channel.EMAIL, when=("kind", "family"), whom=receiver),
        Notice("card_sent_copy", Channel.EMAIL),
    ),
    card.CardsReplaced: (
        # A child's card: whoever replaced it, and the child who has an address.
        Notice("cards_replaced", Channel.EMAIL, whom=author),
        Notice("cards_replaced", Channel.EMAIL),
    ),
    contacts.ContactsChanged: (
        # A child's address: whoever changed it, and the child who has an access.
        Notice("contacts_changed", Channel.EMAIL, whom=author),
        Notice("contacts_changed", Channel.EMAIL),
    ),
    handling.ChecksNeedSomebody: (Notice("checks_need_somebody", Channel.EMAIL, whom=agent),),
    emergency.EmergencyTold: (Notice("emergency_opened", Channel.EMAIL, whom=agent),),
    exports.DataExportReady: (Notice("data_export_ready", Channel.EMAIL),),
    payment_runs.StatementReady: (Notice("statement_ready", Channel.EMAIL, topic=MailTopic.STATEMENTS),),
    payment_runs.PaymentSentBack: (Notice("payment_sent_back", Channel.EMAIL),),
    prevention.MeetingTold: (Notice("meeting_told", Channel.EMAIL),),
    publications.NewsTold: (Notice("news_published", Channel.EMAIL, topic=MailTopic.NEWS),),
    sharing.CareShared: (Notice("care_shared", Channel.EMAIL),),
    sharing.CareNoLongerShared: (Notice("care_unshared", Channel.EMAIL, when=("by", "giver")),),
    sharing.HelpAsked: (Notice("help_asked", Channel.EMAIL),),
    sharing.HelpOffered: (Notice("help_offered", Channel.EMAIL),),
    sharing.HelpAccepted: (Notice("help_accepted", Channel.EMAIL),),
    sharing.HelpEnded: (
        Notice("help_ended", Channel.EMAIL, when=("by", "giver")),
        Notice("help_ended", Channel.EMAIL, when=("by", "helper")),
    ),
    staff.AccessMoveTold: (Notice("access_move", Channel.EMAIL, whom=agent),),
    requests.DepositReceived: (Notice("deposit_received", Channel.EMAIL),),
    # A question stops the delay: it is told to who does without such mails too.
    requests.RequestQuestionAsked: (
        Notice("request_question", Channel.EMAIL, when=("by", "agent")),
        Notice("question_waits", Channel.PUSH, when=("by", "agent")),
        Notice("file_infected", Channel.EMAIL, when=("by", "system")),
    ),
    # A push is asked for in each browser by itself, whatever mails somebody does without.
    requests.RequestAnswered: (
        Notice("request_answered", Channel.EMAIL, topic=MailTopic.REQUESTS),
        Notice("answer_waits", Channel.PUSH),
    ),
    requests.RequestRefused: (
        Notice("request_refused", Channel.EMAIL, topic=MailTopic.REQUESTS),
        # The same words: a locked screen does not tell a yes from a no.
        Notice("answer_waits", Channel.PUSH),
    ),
    requests.EnclosureInfected: (
        Notice("enclosure_infected", Channel.EMAIL, when=("tells", True), whom=agent),
    ),
    requests.EnclosureWithdrawn: (
        Notice("enclosure_replaced", Channel.EMAIL, when=("replaced", True), topic=MailTopic.REQUESTS),
    ),
    # Where no request was brought to wait for its member by it: that move tells already.
    requests.FileInfected: (Notice("file_infected", Channel.EMAIL, when=("tells", True)),),
}


def connect() -> None:
    """Subscribes every notice to its fact; called once at start."""
    subscribe(hospital_cover.HospitalCoverAccepted, write_hospital_letter)
    subscribe(hospital_cover.HospitalLetterSentAgain, write_hospital_letter)
    for fact, notices in CATALOGUE.items():
        for notice in notices:
            subscribe(
                fact,
                partial(
                    write_delivery,
                    notice.name,
                    notice.channel,
                    notice.when,
                    notice.whom,
                    to=notice.to,
                    topic=notice.topic or "",
                ),
            )
