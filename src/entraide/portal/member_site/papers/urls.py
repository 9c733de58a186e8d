"""The shelves of documents, what was received, what was sent."""

from django.urls import path

from entraide.portal.domain.library.enums import Shelf
from entraide.portal.member_site.papers import views

urlpatterns = [
    path("documents/", views.documents, {"shelf": Shelf.CONTRACT}, name="documents"),
    path(
        "documents/information/", views.documents, {"shelf": Shelf.INFORMATION}, name="information-documents"
    ),
    path("documents/recus/", views.received, name="documents-received"),
    path("documents/envoyes/", views.sent, name="documents-sent"),
    path("documents/<uuid:document_id>.pdf", views.document_pdf, name="document-pdf"),
]
