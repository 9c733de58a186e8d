from tests.portal.domain.claims.family import paid

__all__ = ["paid"]
