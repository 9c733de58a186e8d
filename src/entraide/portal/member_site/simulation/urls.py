"""What care would cost: everyday cases, and a quote, typed or read; keeping it, and asking an adviser."""

from django.urls import path

from entraide.portal.member_site.simulation import adviser, asked, keeping, upload, views

_QUOTE = {"kind": asked.QUOTE}

urlpatterns = [
    path("simulation/", views.index, name="simulator"),
    path("simulation/enregistrees/<uuid:saved_id>/", keeping.saved, name="simulation-saved"),
    path("simulation/enregistrees/<uuid:saved_id>/supprimer/", keeping.delete, name="simulation-delete"),
    path("simulation/devis/", views.quote, name="simulator-quote"),
    path("simulation/devis/fichier/", upload.quote_file, name="simulator-quote-file"),
    path("simulation/devis/garder/", keeping.keep, _QUOTE, name="simulator-quote-keep"),
    path("simulation/devis/conseiller/", adviser.adviser, _QUOTE, name="simulator-quote-adviser"),
    path("simulation/devis/estimation.pdf", views.quote_paper, name="simulator-quote-paper"),
    path("simulation/<slug:case_id>/", views.case, name="simulator-case"),
    path("simulation/<slug:kind>/garder/", keeping.keep, name="simulator-case-keep"),
    path("simulation/<slug:kind>/conseiller/", adviser.adviser, name="simulator-case-adviser"),
    path("simulation/<slug:case_id>/estimation.pdf", views.case_paper, name="simulator-case-paper"),
]
