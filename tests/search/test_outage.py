"""A search engine that is away: nobody but the administrator notices."""

from __future__ import annotations

import json
import logging
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from smtplib import SMTPRecipientsRefused
from threading import Thread
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse
from modelsearch.index import SearchField, insert_or_update_object, remove_object
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import Not, PlainText

from search import outage, pending, watch
from search.models import EngineOutage, PendingChange
from tests import factories, services
from tests.search.articles import Article

TIMEOUT = 0.3
OF_THE_DATABASE = settings.WAGTAILSEARCH_BACKENDS["default"]["BACKEND"]


@pytest.fixture(autouse=True)
def _clean_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def hanging() -> Iterator[str]:
    """The address of a server that takes connections and never answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(50)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture
def away(hanging: str, article_tables: None, db: None) -> Iterator[Any]:
    """The settings of a site whose search engine hangs, and which has an index in the database
    beside it."""
    with override_settings(WAGTAILSEARCH_BACKENDS=settings_for(hanging)):
        yield get_search_backend()


def settings_for(url: str, timeout: float = TIMEOUT) -> dict[str, dict[str, Any]]:
    return {
        "default": {
            "BACKEND": "search.backends.elasticsearch",
            "URLS": url,
            "INDEX_PREFIX": "outage_",
            "FALLBACK": "database",
            "TIMEOUT": timeout,
            "REFRESH": True,
        },
        "database": {"BACKEND": OF_THE_DATABASE},
    }


def after_the_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on it is as late as when an engine that was away may be asked again."""
    for name in ("time", "monotonic"):
        later = getattr(time, name)() + outage.PAUSE + 1
        monkeypatch.setattr(outage.time, name, lambda later=later: later)


def in_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on it is as in a process that has asked no engine yet."""
    monkeypatch.setattr(outage, "_breakers", {})


def save(title: str, **fields: Any) -> Article:
    """What the signals of an installed app would do."""
    article = Article.objects.create(title=title, **fields)
    insert_or_update_object(article)
    return article


def test_searches_are_answered_by_the_database(away: Any) -> None:
    save("救护培训", year=2025)
    save("献血")
    found = away.search("救护", Article.objects.filter(year=2025))
    assert [each.title for each in found] == ["救护培训"]
    assert found.count() == 1
    assert dict(found.facet("year")) == {2025: 1}
    assert found.annotate_score("score")[0].score > 0
    assert [each.title for each in away.autocomplete("救", Article)] == ["救护培训"]
    assert away.search(Not(PlainText("救护")), Article)[0].title == "献血"


def test_without_a_fallback_the_texts_are_looked_through(hanging: str, away: Any) -> None:
    Article.objects.create(title="救护培训")
    backend = get_search_backend("search.backends.elasticsearch", URLS=hanging, TIMEOUT=TIMEOUT)
    found = backend.search("救护", Article)
    assert [each.title for each in found] == ["救护培训"]
    assert found.facet("year") == {2026: 1}


def test_saving_goes_on_and_what_was_saved_waits(away: Any) -> None:
    article = save("救护培训")
    save("献血")
    remove_object(article)
    waiting = PendingChange.objects.order_by("pk").values_list("backend", "model", "object_id")
    assert waiting[0] == ("default", "search_tests.Article", str(article.pk))
    assert len(waiting) == 2


@pytest.mark.parametrize("status", [401, 403, 503])
def test_an_engine_that_lets_nobody_in_is_down_too(
    status: int, article_tables: None, db: None
) -> None:
    with answering(lambda _: (status, {})) as url, on_site_of(url):
        save("救护培训")
        assert PendingChange.objects.count() == 1
        assert [each.title for each in get_search_backend().search("救护", Article)] == ["救护培训"]


def on_site_of(url: str) -> Any:
    """Within it, the settings are those of a site whose search engine is at `url`."""
    return override_settings(WAGTAILSEARCH_BACKENDS=settings_for(url))


@contextmanager
def answering(answer: Callable[[str], tuple[int, Any]]) -> Iterator[str]:
    """The address of a server that answers what it is sent, changes or searches, with the status
    and the JSON that `answer` gives."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, content = answer(sent.decode())
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("X-Elastic-Product", "Elasticsearch")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_PUT = do_POST  # noqa: N815

        def log_message(self, *args: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


REFUSED = {"type": "document_parsing_exception", "reason": "too long"}


@pytest.mark.parametrize(
    "answer",
    [
        (400, {}),
        (200, {"errors": True, "items": [{"index": {"error": REFUSED}}]}),
    ],
)
def test_an_engine_that_refuses_something_is_back(
    answer: tuple[int, Any], article_tables: None, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [(503, {}), answer]
    with answering(lambda _: answers.pop(0)) as url, on_site_of(url):
        save("救护培训")
        after_the_pause(monkeypatch)
        save("献血")
        assert not answers
        with get_search_backend().line.open():
            pass


def test_a_mistake_before_the_engine_is_asked_says_nothing_of_it(
    away: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    save("救护培训")
    after_the_pause(monkeypatch)
    with pytest.raises(ValueError, match="ours"), away.line.open():
        raise ValueError("ours")
    with pytest.raises(outage.EngineDown), away.line.open():
        pass


def test_another_process_does_not_wait_either(away: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    save("救护培训")
    in_another_process(monkeypatch)
    with pytest.raises(outage.EngineDown, match="left alone"), outage.Line("default").open():
        pytest.fail("It is asked, though it is known to be away.")
    away.line.restore()
    in_another_process(monkeypatch)
    with outage.Line("default").open():
        pass


def test_with_the_cache_away_as_well_it_costs_one_wait(away: Any, settings: Any) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "search.redis_cache.RedisCache",
            "LOCATION": f"redis://127.0.0.1:{services.free_port()}/0",
        }
    }
    save("救护培训")
    begin = time.monotonic()
    for _number in range(20):
        assert away.search("救护", Article).count() == 1
    assert time.monotonic() - begin < 3 * TIMEOUT + 2


def test_a_hanging_engine_costs_one_wait(away: Any) -> None:
    begin = time.monotonic()
    for number in range(20):
        save(f"救护{number}")
        assert away.search("救护", Article).count() == number + 1
    assert time.monotonic() - begin < 3 * TIMEOUT + 2


def test_an_engine_that_hangs_again_while_it_catches_up_costs_one_wait(away: Any) -> None:
    pending.remember("default", Page, range(1000, 1060))
    begin = time.monotonic()
    pending.catch_up_on_the_way("default")
    save("献血")
    assert time.monotonic() - begin < 3 * TIMEOUT + 2
    assert PendingChange.objects.count() == 61


@pytest.fixture
def three(db: None, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The keys of three pages, of which the second cannot be made into a document."""
    root = Page.objects.get(depth=1)
    pks = [root.add_child(instance=Page(title=title)).pk for title in ("a", "b", "c")]
    get_value = SearchField.get_value

    def spy(self: SearchField, obj: Any) -> Any:
        if obj.pk == pks[1]:
            raise ValueError("no document")
        return get_value(self, obj)

    monkeypatch.setattr(SearchField, "get_value", spy)
    return pks


def ids(sent: str) -> list[int]:
    """The ids of what is changed in the index by a request of changes."""
    actions = [json.loads(line) for line in sent.splitlines()]
    return [int(each["index"]["_id"]) for each in actions if "index" in each]


def test_what_cannot_be_written_keeps_nothing_else_from_being_caught_up(
    three: list[int], caplog: pytest.LogCaptureFixture
) -> None:
    written: list[int] = []

    def take(sent: str) -> tuple[int, Any]:
        written.extend(ids(sent))
        return 200, {"errors": False}

    with answering(take) as url, on_site_of(url):
        pending.remember("default", Page, three)
        pending.catch_up("default")
    assert list(dict.fromkeys(written)) == [three[0], three[2]]
    assert f"wagtailcore.Page {three[1]}" in caplog.text
    assert not PendingChange.objects.exists()


def test_all_waits_where_the_engine_goes_while_single_objects_are_tried(three: list[int]) -> None:
    asked: list[list[int]] = []

    def take(sent: str) -> tuple[int, Any]:
        asked.append(ids(sent))
        return (503, {}) if three[2] in asked[-1] else (200, {"errors": False})

    with answering(take) as url, on_site_of(url):
        pending.remember("default", Page, three)
        assert pending.catch_up("default") == 0
    assert len(asked) == 2
    assert PendingChange.objects.count() == 3


def test_it_is_logged_once(away: Any, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            save("救护")
            list(away.search("救护", Article))
    logged = [record for record in caplog.records if record.name == "search.circuit_breaker"]
    assert len(logged) == 1


def test_without_the_app_search_nothing_waits_and_saving_goes_on(
    away: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pending.apps, "is_installed", lambda name: False)
    with caplog.at_level(logging.ERROR):
        save("救护")
    assert "Exception raised while adding" in caplog.text
    assert not PendingChange.objects.exists()


def test_administrators_are_told_once(away: Any) -> None:
    admin = factories.make_admin()
    watch.look_after_engines()
    watch.look_after_engines()
    assert [letter.to for letter in mail.outbox] == [[admin.email]]
    assert EngineOutage.objects.get().backend == "default"


def test_an_address_that_is_refused_keeps_no_other_administrator_from_being_told(
    away: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two", "three"):
        get_user_model().objects.create_superuser(name, f"{name}@example.org")

    def send(subject: str, body: str, sender: None, to: list[str]) -> int:
        if to == ["three@example.org"]:
            raise SMTPRecipientsRefused({to[0]: (550, b"No such user")})
        return mail.send_mail(subject, body, sender, to)

    monkeypatch.setattr(watch, "send_mail", send)
    watch.look_after_engines()
    told = [letter.to for letter in mail.outbox]
    assert told == [["one@example.org"], ["two@example.org"]]


def test_the_home_screen_says_it_to_administrators(away: Any, client: Client) -> None:
    save("救护")
    watch.look_after_engines()
    client.force_login(factories.make_admin())
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "搜索服务从" in page
    assert "有 1 处改动" in page
    EngineOutage.objects.all().delete()
    PendingChange.objects.all().delete()
    assert "搜索服务" not in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that a server may reach whoever runs it, which those of pytest are not."""
    with tempfile.TemporaryDirectory(prefix="elasticsearch-") as directory:
        yield Path(directory)


@pytest.mark.server
def test_what_waits_is_caught_up_when_the_engine_is_back(db: None, folder: Path) -> None:
    port = services.free_port()
    with override_settings(WAGTAILSEARCH_BACKENDS=settings_for(f"http://127.0.0.1:{port}", 10)):
        backend = get_search_backend()
        index = backend.get_index_for_model(Page)
        with services.elasticsearch_server(port, folder):
            backend.line.restore()
            index.reset()
            index.add_model(Page)
            gone, changed = publish("救护甲"), publish("救护乙")
            assert titles(backend.search("救护", Page)) == {"救护甲", "救护乙"}
        remove_object(gone)
        gone.delete()
        changed.title = "救护丙"
        changed.save()
        insert_or_update_object(changed)
        publish("救护丁")
        assert titles(backend.search("救护", Page)) == {"救护丙", "救护丁"}
        assert PendingChange.objects.count() == 3
        call_command("tick", verbosity=0)
        assert EngineOutage.objects.exists()
        with services.elasticsearch_server(port, folder):
            call_command("tick", verbosity=0)
            assert not PendingChange.objects.exists()
            assert EngineOutage.objects.get().missing, "only pages have an index here"
            found = backend.search("救护", Page)
            assert titles(found) == {"救护丙", "救护丁"}
            assert found.count() == 2
            assert found.query_compiler.elsewhere is None


def publish(title: str) -> Page:
    root = Page.objects.get(depth=1)
    page: Page = root.add_child(instance=Page(title=title, slug=f"page-{hash(title)}"))
    insert_or_update_object(page)
    return page


def titles(found: Any) -> set[str]:
    return {each.title for each in found}
