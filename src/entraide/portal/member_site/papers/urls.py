"""The shelves of documents."""

from django.urls import path

from entraide.portal.domain.library.enums import Shelf
from entraide.portal.member_site.papers import views

urlpatterns = [
    path("documents/", views.documents, {"shelf": Shelf.CONTRACT}, name="documents"),
    path(
        "documents/information/", views.documents, {"shelf": Shelf.INFORMATION}, name="information-documents"
    ),
    path("documents/<uuid:document_id>.pdf", views.document_pdf, name="document-pdf"),
]
