"""The mutual's categories and types of deposits, by their ids."""

from django.conf import settings

from entraide.profiles import DepositCategory, DepositType, Text


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
