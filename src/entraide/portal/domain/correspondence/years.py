"""The civil year of a row, worked out by the database itself."""

from typing import Any

from django.db.models import Func
from django.db.models.functions import ExtractYear


class YearOfDay(ExtractYear):
    """The year of a day."""

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        # Django's own leaves SQLite for Python at each row.
        template = "CAST(SUBSTR(%(expressions)s, 1, 4) AS integer)"
        return Func.as_sql(self, compiler, connection, template=template, **more)


class YearOfMoment(ExtractYear):
    """The year of a moment, in France."""

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        # Years end in winter, when France is one hour ahead of the universal time that is stored.
        template = "CAST(SUBSTR(DATETIME(%(expressions)s, '+1 hour'), 1, 4) AS integer)"
        return Func.as_sql(self, compiler, connection, template=template, **more)
