from tests.portal.domain.claims.family import paid
from tests.portal.domain.claims.tables import tables

__all__ = ["paid", "tables"]
