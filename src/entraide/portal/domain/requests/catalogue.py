"""The mutual's categories and types of deposits, and its reasons of refusal, by their ids."""

from django.conf import settings

from entraide.profiles import DepositCategory, DepositType, Refusal, Text


def category_named(category_id: str) -> DepositCategory | None:
    return next((one for one in settings.PROFILE.deposit.categories if one.id == category_id), None)


def type_named(category_id: str, type_id: str) -> DepositType | None:
    """The type, only inside its own category (DEP-02)."""
    category = category_named(category_id)
    return next((one for one in category.types if one.id == type_id), None) if category else None


def labels_of(category_id: str, type_id: str) -> tuple[Text, Text]:
    """The words of both; the ids themselves when the mutual no longer offers them."""
    category, type_ = category_named(category_id), type_named(category_id, type_id)
    return (
        category.label if category else Text(category_id, category_id),
        type_.label if type_ else Text(type_id, type_id),
    )


def refusal_named(code: str) -> Refusal | None:
    """Why a request was refused and what to do next; None for no code, or one the mutual dropped."""
    found: Refusal | None = settings.PROFILE.desk.refusal_named(code)
    return found
