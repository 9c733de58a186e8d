"""Reimbursements and statements."""

from django.urls import path

from entraide.portal.member_site.reimbursements import views

urlpatterns = [
    path("remboursements/", views.reimbursements, name="reimbursements"),
    path("remboursements/<uuid:line_id>/", views.reimbursement, name="reimbursement"),
    path("remboursements/<uuid:line_id>.pdf", views.reimbursement_pdf, name="reimbursement-pdf"),
    path("releves/", views.statements, name="statements"),
    path("releves/<uuid:statement_id>.pdf", views.statement_pdf, name="statement-pdf"),
]
