"""Letters on paper, made in batches for a printing house."""

from entraide.portal.notifications.letters.batch import BatchRefused, Report, make_batch

__all__ = ["BatchRefused", "Report", "make_batch"]
