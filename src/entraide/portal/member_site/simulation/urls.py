"""What care would cost: everyday cases, and a quote typed line by line."""

from django.urls import path

from entraide.portal.member_site.simulation import views

urlpatterns = [
    path("simulation/", views.index, name="simulator"),
    path("simulation/devis/", views.quote, name="simulator-quote"),
    path("simulation/devis/estimation.pdf", views.quote_paper, name="simulator-quote-paper"),
    path("simulation/<slug:case_id>/", views.case, name="simulator-case"),
    path("simulation/<slug:case_id>/estimation.pdf", views.case_paper, name="simulator-case-paper"),
]
