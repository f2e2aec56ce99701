"""The search backend for Elasticsearch 9, then `manage.py update_index`:

    WAGTAILSEARCH_BACKENDS = {
        "default": {
            "BACKEND": "search.backends.elasticsearch",
            "URLS": ["http://127.0.0.1:9200"],
            "FALLBACK": "database",
        },
        "database": {"BACKEND": "search.backends.sqlite"},
    }

A thin subclass of `modelsearch`'s own. Text reaches the engine already cut into tokens, so that
any distribution will do, without plugins and scripts: the built-in `whitespace` analyser is all
that is used. A search that the engine does not answer is answered by the backend that FALLBACK
names; a change that it does not take waits (see `search.outage`).

Beyond the parameters of `modelsearch` (URLS, HOSTS, INDEX_PREFIX, INDEX_SETTINGS, OPTIONS):

- FALLBACK: a name in WAGTAILSEARCH_BACKENDS, or the path of a backend. Without it, the texts in
  the database are looked through (`search.backends.last_resort`).
- TIMEOUT: seconds until a search or a change counts as unanswered (3).
- REFRESH: True lets each change be found at once, False within a second (False).
- TITLE_WEIGHT: how much more a title counts than other text, where its field has no boost (2).
"""

from __future__ import annotations

from search.backends.elasticsearch.backend import ChineseElasticsearchBackend

SearchBackend = ChineseElasticsearchBackend

__all__ = ["ChineseElasticsearchBackend", "SearchBackend"]
