"""An engine that answers but lacks an index: all else goes on, and the remedy is named."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.urls import reverse
from modelsearch.index import insert_or_update_object
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from search import pending, watch
from search.models import EngineOutage, PendingChange
from search.outage import EngineDown, IndexMissing, Line
from tests import factories
from tests.search.test_checks import warnings
from tests.search.test_outage import after_the_pause, settings_for

Image = get_image_model()
IMAGES = "lacking_branches_branchimage"
OF_THE_DATABASE = settings.WAGTAILSEARCH_BACKENDS["default"]["BACKEND"]


class Engine:
    """A search engine as the watch sees it."""

    name = "default"

    def __init__(self, *missing: str) -> None:
        self.missing = list(missing)

    def missing_indexes(self) -> list[str]:
        return self.missing


class Away(Engine):
    def missing_indexes(self) -> list[str]:
        raise EngineDown


def test_the_letter_names_what_is_missing_and_the_remedy_once(db: None) -> None:
    factories.make_admin()
    watch.look_after("default", Engine(IMAGES))
    watch.look_after("default", Engine(IMAGES))
    (letter,) = mail.outbox
    assert IMAGES in letter.body
    assert "manage.py update_index --backend default" in letter.body


def test_nobody_is_told_while_indexes_are_built_one_after_the_other(db: None) -> None:
    factories.make_admin()
    watch.look_after("default", Engine("one", "three", "two"))
    watch.look_after("default", Engine("one", "two"))
    assert EngineOutage.objects.get().missing == "one, two"
    assert len(mail.outbox) == 1
    watch.look_after("default", Engine("four", "one"))
    assert len(mail.outbox) == 2


def test_a_trouble_of_another_kind_is_told_anew(db: None) -> None:
    factories.make_admin()
    watch.look_after("default", Engine(IMAGES))
    watch.look_after("default", Away())
    watch.look_after("default", Engine())
    assert [letter.subject for letter in mail.outbox] == ["搜索索引缺失", "搜索服务没有回应"]
    assert not EngineOutage.objects.exists()


def test_the_home_screen_names_what_is_missing_and_the_remedy(db: None, client: Client) -> None:
    client.force_login(factories.make_admin())
    watch.look_after("default", Engine(IMAGES))
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert IMAGES in page
    assert "manage.py update_index --backend default" in page
    assert "没有回应" not in page


def test_the_system_check_tells_what_has_gone_missing(db: None) -> None:
    call_command("update_index", stdout=StringIO())
    assert warnings() == []
    watch.look_after("default", Engine("default"))
    (warning,) = warnings()
    assert "'default'" in warning


def test_the_engine_that_says_so_is_back_and_the_log_is_not_filled(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = Line("engine")
    with pytest.raises(EngineDown), line.open():
        raise EngineDown
    caplog.clear()
    after_the_pause(monkeypatch)
    for _number in range(3):
        with pytest.raises(IndexMissing), line.open():
            raise IndexMissing("no such index")
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]
    with line.open():
        pass


@pytest.fixture
def lacking(elasticsearch_url: str, db: None) -> Iterator[Any]:
    """A search engine with all indexes but that of images."""
    backends = {
        "default": {
            "BACKEND": "search.backends.elasticsearch",
            "URLS": elasticsearch_url,
            "INDEX_PREFIX": "lacking_",
            "FALLBACK": "database",
            "REFRESH": True,
            "TIMEOUT": 30,
        },
        "database": {"BACKEND": OF_THE_DATABASE},
    }
    with override_settings(WAGTAILSEARCH_BACKENDS=backends):
        backend = get_search_backend()
        call_command("update_index", schema_only=True, stdout=StringIO())
        backend.get_index_for_model(Image).delete()
        yield backend
        for index in backend.all_indexes():
            index.delete()


def save_page(title: str) -> None:
    root = Page.objects.get(depth=1)
    insert_or_update_object(root.add_child(instance=Page(title=title, slug=title)))


def answered_by_the_engine(backend: Any, title: str) -> bool:
    found = backend.search(title, Page)
    return [each.title for each in found] == [title] and found.query_compiler.elsewhere is None


@pytest.mark.server
def test_what_has_its_index_is_searched_and_written(lacking: Any) -> None:
    assert lacking.missing_indexes() == [IMAGES]
    insert_or_update_object(factories.make_image(factories.make_branch("changchun")))
    save_page("救护")
    assert PendingChange.objects.get().model == Image._meta.label
    assert answered_by_the_engine(lacking, "救护")


@pytest.mark.server
def test_what_has_its_index_is_caught_up_and_the_rest_once_it_is_there(lacking: Any) -> None:
    image = factories.make_image(factories.make_branch("changchun"))
    root = Page.objects.get(depth=1)
    page = root.add_child(instance=Page(title="献血", slug="blood"))
    pending.remember("default", ContentType, [1])
    pending.remember("default", Image, [image.pk])
    pending.remember("default", Page, [page.pk])
    watch.look_after_engines()
    assert list(PendingChange.objects.values_list("model", flat=True)) == [Image._meta.label]
    assert answered_by_the_engine(lacking, "献血")
    call_command("update_index", schema_only=True, stdout=StringIO())
    assert watch.look_after_engines() == 1
    assert not PendingChange.objects.exists()
    assert not EngineOutage.objects.exists()


@pytest.mark.server
def test_check_index_names_what_is_missing_and_checks_the_rest(lacking: Any) -> None:
    root = Page.objects.get(depth=1)
    root.add_child(instance=Page(title="献血", slug="blood"))
    with pytest.raises(CommandError, match=f"default: the index {IMAGES} is missing") as failed:
        call_command("check_index", backend="default", stdout=StringIO())
    assert str(failed.value).count(IMAGES) == 1
    assert answered_by_the_engine(lacking, "献血")


@pytest.mark.parametrize("method", ["refresh", "exists", "concrete_names"])
def test_an_index_of_an_engine_that_is_away_says_so(method: str) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        backend = get_search_backend("search.backends.elasticsearch", URLS=url, TIMEOUT=1)
        with pytest.raises(EngineDown):
            getattr(backend.get_index_for_model(Page), method)()


def test_check_index_of_an_engine_that_is_away_says_so(db: None) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        with (
            override_settings(WAGTAILSEARCH_BACKENDS=settings_for(url)),
            pytest.raises(CommandError, match=r"^default: Connection error"),
        ):
            call_command("check_index", stdout=StringIO())
