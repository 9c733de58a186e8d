"""Fields that several forms use."""

from entraide.portal.foundation.forms.amounts import EurosField
from entraide.portal.foundation.forms.files import ManyFilesField, ManyFilesInput
from entraide.portal.foundation.forms.keys import KeyedForm, RequestKeyField

__all__ = ["EurosField", "KeyedForm", "ManyFilesField", "ManyFilesInput", "RequestKeyField"]
