"""The mutual's management system: its files in."""

from entraide.portal.gateways.core_system.folder import import_folder
from entraide.portal.gateways.core_system.lock import alone
from entraide.portal.gateways.core_system.progress import Progress, bar_on
from entraide.portal.gateways.core_system.report import Fault, FileReport, ImportRefused, Report

__all__ = ["Fault", "FileReport", "ImportRefused", "Progress", "Report", "alone", "bar_on", "import_folder"]
