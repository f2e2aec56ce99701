"""What is known of how each index was built. Nothing is kept where `search` is not installed."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from modelsearch.backends.base import BaseIndex, BaseSearchBackend

from search import analysis
from search.backend_names import name_of_backend


def built(index: BaseIndex) -> None:
    """Note that `index` has just been built; to be said by whatever rebuilds it."""
    if not apps.is_installed("search"):
        return
    from search.models import IndexState

    IndexState.objects.update_or_create(
        backend=name_of_backend(index.backend),
        index=index.get_key(),
        defaults={"analysis_version": analysis.VERSION},
    )


def is_current(index: BaseIndex) -> bool:
    """Whether `index` was built as texts are cut now."""
    from search.models import IndexState

    return IndexState.objects.filter(
        backend=name_of_backend(index.backend),
        index=index.get_key(),
        analysis_version=analysis.VERSION,
    ).exists()


def forget(backend: BaseSearchBackend, names: Iterable[str]) -> None:
    """These indexes are gone, however they were built."""
    from search.models import IndexState

    IndexState.objects.filter(backend=name_of_backend(backend), index__in=names).delete()
