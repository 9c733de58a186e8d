from tests.portal.domain.claims.tables import tables

__all__ = ["tables"]
