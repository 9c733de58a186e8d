"""All addresses: one include per feature."""

from django.urls import include, path

from entraide.portal.config.errors import bad_request, failed, forbidden, not_found
from entraide.portal.member_site.shell.views import choose_language

handler400, handler403, handler404, handler500 = bad_request, forbidden, not_found, failed

_MEMBERS = "entraide.portal.member_site"

urlpatterns = [
    path("", include(f"{_MEMBERS}.home.urls")),
    path("", include(f"{_MEMBERS}.access.urls")),
    path("", include(f"{_MEMBERS}.family.urls")),
    path("", include(f"{_MEMBERS}.contract.urls")),
    path("", include(f"{_MEMBERS}.contributions.urls")),
    path("", include(f"{_MEMBERS}.bank.urls")),
    path("", include(f"{_MEMBERS}.card.urls")),
    path("", include(f"{_MEMBERS}.contacts.urls")),
    path("", include(f"{_MEMBERS}.reimbursements.urls")),
    path("", include(f"{_MEMBERS}.requests.urls")),
    path("", include(f"{_MEMBERS}.hospital.urls")),
    path("", include(f"{_MEMBERS}.professionals.urls")),
    path("", include(f"{_MEMBERS}.network.urls")),
    path("", include(f"{_MEMBERS}.reaching.urls")),
    path("", include(f"{_MEMBERS}.delays.urls")),
    path("", include(f"{_MEMBERS}.simulation.urls")),
    path("", include(f"{_MEMBERS}.learning.urls")),
    path("", include(f"{_MEMBERS}.news.urls")),
    path("", include(f"{_MEMBERS}.prevention.urls")),
    path("", include(f"{_MEMBERS}.papers.urls")),
    path("", include(f"{_MEMBERS}.social_fund.urls")),
    path("", include(f"{_MEMBERS}.partners.urls")),
    path("", include(f"{_MEMBERS}.help.urls")),
    path("", include(f"{_MEMBERS}.security.urls")),
    path("", include(f"{_MEMBERS}.rights.urls")),
    path("", include(f"{_MEMBERS}.retirement.urls")),
    path("", include(f"{_MEMBERS}.sharing.urls")),
    path("", include(f"{_MEMBERS}.phone.urls")),
    path("", include(f"{_MEMBERS}.shell.urls")),
    # The same view as the members', under the agents' cookie.
    path("gestion/langue/", choose_language, name="agents-language"),
    path("gestion/", include("entraide.portal.agent_site.urls")),
    path("demo/", include(f"{_MEMBERS}.demo.urls")),
    path("composants/mails/", include(f"{_MEMBERS}.demo.mail_urls")),
    path("composants/", include("entraide.portal.design.gallery.urls")),
]
