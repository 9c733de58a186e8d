"""The form of something that a member asks of the mutual: files and a few words."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.portal.domain.requests.actions import MAX_DESCRIPTION
from entraide.portal.foundation.forms import KeyedForm, ManyFilesField


class ChangeForm(KeyedForm):
    """What all of them have: files and a few words."""

    needs_files: ClassVar[bool] = True

    # Hides an attribute of Django's forms that nothing reads here: the view holds the files by itself.
    files = ManyFilesField(label=_("Les justificatifs"))  # type: ignore[assignment]
    comment = forms.CharField(
        label=_("Un mot pour nous"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=MAX_DESCRIPTION,
        error_messages={"max_length": _("Ce texte est trop long : 2 000 signes au plus.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].required = self.needs_files

    def full_clean(self) -> None:
        """Files may have come before this post: the star of their label stays, the rule is the action's."""
        self.fields["files"].required = False
        super().full_clean()
        self.fields["files"].required = self.needs_files
