"""The pages of the people of the mutual, all below /gestion/."""

from django.urls import path

from entraide.portal.agent_site.access import enrolment, invitation, leaving, passkey, proof, renewal, sign_in
from entraide.portal.agent_site.accounts import views as accounts
from entraide.portal.agent_site.desk import (
    batch,
    calls,
    checks,
    enclosures,
    figures,
    following,
    pieces,
    reasons,
    requests,
)
from entraide.portal.agent_site.desk import views as desk
from entraide.portal.agent_site.emergency import reviews as emergency_reviews
from entraide.portal.agent_site.emergency import views as emergency
from entraide.portal.agent_site.exports import views as exports
from entraide.portal.agent_site.hospital import views as hospital
from entraide.portal.agent_site.journal import views as journal
from entraide.portal.agent_site.members import views as members
from entraide.portal.agent_site.publications import views as publications
from entraide.portal.agent_site.security import views as security
from entraide.portal.agent_site.shortcuts import views as shortcuts
from entraide.portal.agent_site.social_fund import commissions as fund_commissions
from entraide.portal.agent_site.social_fund import views as social_fund
from entraide.portal.agent_site.staff import views as staff
from entraide.portal.domain.publications.enums import PublicationKind

app_name = "agents"
urlpatterns = [
    path("", desk.home, name="home"),
    path("demandes/", requests.queue, name="queue"),
    path("demandes/lot/", batch.batch, name="batch"),
    path("demandes/suivante/", following.following, name="following"),
    path("demandes/<str:reference>/", requests.detail, name="request"),
    path("demandes/<str:reference>/motif/", reasons.reason, name="request-reason"),
    path("demandes/<str:reference>/agir/", requests.act, name="request-act"),
    path("demandes/<str:reference>/pieces/", pieces.viewer, name="request-pieces"),
    path("demandes/<str:reference>/pieces/<uuid:file_id>/", requests.piece, name="request-piece"),
    path(
        "demandes/<str:reference>/pieces/<uuid:file_id>/<int:number>.jpg",
        pieces.page,
        name="request-piece-page",
    ),
    path("demandes/<str:reference>/prise-en-charge/", hospital.decide, name="hospital"),
    path("demandes/<str:reference>/prise-en-charge.pdf", hospital.letter, name="hospital-letter"),
    path("comptes/", accounts.queue, name="accounts"),
    path("comptes/<str:reference>/", accounts.detail, name="account"),
    path("comptes/<str:reference>/agir/", accounts.act, name="account-act"),
    path("comptes/<str:reference>/rib/<uuid:file_id>/", accounts.paper, name="account-paper"),
    path(
        "comptes/<str:reference>/rib/<uuid:file_id>/<int:number>.jpg",
        accounts.paper_page,
        name="account-paper-page",
    ),
    path("demandes/<str:reference>/fonds-social/", social_fund.at_work, name="social-fund"),
    path("fonds-social/commissions/", fund_commissions.commissions, name="commissions"),
    path("fonds-social/commissions/<str:day>/", fund_commissions.commission, name="commission"),
    path("exports/", exports.listed, name="exports"),
    path("exports/demander/", exports.ask, name="export-ask"),
    path("exports/<uuid:export_id>/decider/", exports.decide, name="export-decide"),
    path("exports/<uuid:export_id>/fichier/", exports.download, name="export-download"),
    path("equipe/", staff.listed, name="staff"),
    path("equipe/inviter/", staff.invite, name="staff-invite"),
    path("equipe/fichier/", staff.download, name="staff-file"),
    path("equipe/demandes/<uuid:change_id>/decider/", staff.decide, name="staff-decide"),
    path("equipe/<uuid:agent_id>/", staff.member, name="staff-member"),
    path("equipe/<uuid:agent_id>/fermer/", staff.end, name="staff-end"),
    path("urgence/", emergency.emergency, name="emergency"),
    path("urgence/terminer/", emergency.stop, name="emergency-stop"),
    path("urgence/dossier/", emergency.file, name="emergency-file"),
    path("urgence/demandes/<str:reference>/", emergency.detail, name="emergency-request"),
    path(
        "urgence/demandes/<str:reference>/pieces/<uuid:file_id>/<int:number>.jpg",
        emergency.page,
        name="emergency-piece-page",
    ),
    path("urgence/relectures/", emergency_reviews.reviews, name="emergency-reviews"),
    path("urgence/relectures/<uuid:access_id>/agir/", emergency_reviews.act, name="emergency-act"),
    path("journal/", journal.journal, name="journal"),
    path("rappels/", calls.calls, name="calls"),
    path("publications/", publications.publications, name="publications"),
    path(
        "publications/actualite/", publications.new, {"kind": PublicationKind.NEWS}, name="publication-news"
    ),
    path(
        "publications/document/",
        publications.new,
        {"kind": PublicationKind.DOCUMENT},
        name="publication-document",
    ),
    path(
        "publications/article/",
        publications.new,
        {"kind": PublicationKind.ARTICLE},
        name="publication-article",
    ),
    path(
        "publications/webinaire/",
        publications.new,
        {"kind": PublicationKind.WEBINAR},
        name="publication-webinar",
    ),
    path(
        "publications/evenement/", publications.new, {"kind": PublicationKind.EVENT}, name="publication-event"
    ),
    path("publications/<uuid:publication_id>/", publications.publication, name="publication"),
    path("publications/<uuid:publication_id>/modifier/", publications.edit, name="publication-edit"),
    path("publications/<uuid:publication_id>/agir/", publications.act, name="publication-act"),
    path("publications/<uuid:publication_id>/document.pdf", publications.paper, name="publication-paper"),
    path("controles/", checks.checks, name="checks"),
    path("controles/lancer/", checks.run_now, name="checks-run"),
    path("chiffres/", figures.figures, name="figures"),
    path("recherche/", requests.search, name="search"),
    path("raccourcis/", shortcuts.shortcuts, name="shortcuts"),
    path("demandes/<str:reference>/joints/<uuid:file_id>/", enclosures.enclosure, name="enclosure"),
    path("adherents/", members.search, name="members"),
    path("adherents/<uuid:member_id>/", members.member_file, name="member"),
    path("connexion/", sign_in.sign_in, name="sign-in"),
    path("connexion/code/", proof.code, name="code"),
    path("connexion/secours/", proof.recovery, name="recovery"),
    path("connexion/cle/options/", passkey.use_options, name="passkey-options"),
    path("connexion/cle/", passkey.use, name="passkey"),
    path("mot-de-passe/", renewal.renew, name="renew"),
    path("facteur/", enrolment.factor, name="factor"),
    path("facteur/application/", enrolment.app, name="app"),
    path("facteur/application/image.svg", enrolment.app_picture, name="app-picture"),
    path("facteur/cle/options/", passkey.add_options, name="passkey-add-options"),
    path("facteur/cle/", passkey.add, name="passkey-add"),
    path("facteur/secours/", enrolment.recovery_codes, name="recovery-codes"),
    path("invitation/<str:token>/", invitation.accept, name="invitation"),
    path("securite/", security.security, name="security"),
    path("securite/confirmer/", security.confirm, name="confirm"),
    path("securite/facteurs/<uuid:factor_id>/retirer/", security.remove, name="remove-factor"),
    path("deconnexion/", leaving.sign_out, name="sign-out"),
    path("session/prolonger/", leaving.stay, name="stay"),
    path("session/fin/", leaving.end_quiet, name="end-quiet"),
]
