"""Filters by many primary keys at once, however many: they are one parameter."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.db.models.lookups import Lookup


class Among(Lookup[Any]):
    """Whether a field is one of some values: `queryset.filter(among("pk", values))`."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """SQLite takes a limited number of parameters."""
        column, params = self.process_lhs(compiler, connection)
        values = json.dumps(self._values(connection))
        return f"{column} IN (SELECT value FROM json_each(%s))", [*params, values]  # noqa: S608

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Of an array the planner knows how many rows it leaves; of a subquery it does not."""
        column, params = self.process_lhs(compiler, connection)
        array = f"{self.lhs.output_field.db_type(connection)}[]"
        return f"{column} = ANY(%s::{array})", [*params, self._values(connection)]

    def _values(self, connection: Any) -> list[Any]:
        prepare = self.lhs.output_field.get_db_prep_value
        return [value if type(value) is int else prepare(value, connection) for value in self.rhs]


def among(field: str, values: Iterable[Any]) -> Among:
    """The condition that `field` is one of `values`."""
    return Among(F(field), values)
