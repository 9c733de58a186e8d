from django.apps import AppConfig


class SocialFundConfig(AppConfig):
    name = "entraide.portal.domain.social_fund"
    label = "social_fund"
    default_auto_field = "django.db.models.BigAutoField"
