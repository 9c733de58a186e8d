"""100 % Santé, sector by sector, and the words of health cover."""

from django.urls import path

from entraide.portal.member_site.learning import glossary, views

urlpatterns = [
    path("cent-pour-cent-sante/", views.overview, name="no-cost-care"),
    path("cent-pour-cent-sante/<slug:sector_id>/", views.sector, name="no-cost-sector"),
    path("glossaire/", glossary.glossary, name="glossary"),
]
