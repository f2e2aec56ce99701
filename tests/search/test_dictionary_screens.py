"""The screens of the dictionary: who may see them, and what they say."""

from __future__ import annotations

import re
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse

from branches.models import User
from search import analysis, cutting
from search.dictionary import shipped_sets
from search.models import DictionaryEntry
from tests.branches.scene import WithPlainErrors
from tests.factories import Line, make_admin, make_line, make_user

INDEX = "/admin/search/dictionary/"
FORM = {"kind": "synonyms", "action": "add", "note": "", "is_active": "on"}
HOSTILE = [
    "",
    " ",
    "\x00",
    "'\" OR 1=1; --",
    '"NEAR(a, b)*:^',
    "<script>alert(1)</script>",
    "😀" * 300,
    "很" * 20_000,
    "= = =（（））",
    "\u202e\u2028\ufdd0",
    "%s %(x)s {{ x }} {% x %}",
]


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


class Screens(WithPlainErrors):
    line: Line
    entry: DictionaryEntry
    moderator: User

    @classmethod
    def setUpTestData(cls) -> None:
        cls.line = make_line()
        cls.moderator = make_user(cls.line.province, "reviewer")
        cls.entry = DictionaryEntry.objects.create(kind="synonyms", text="雪饼 = 米饼")

    def setUp(self) -> None:
        super().setUp()
        self.client = client_of(self.moderator)

    def text_of(self, address: str, **data: Any) -> str:
        response = self.client.get(address, data)
        assert response.status_code == 200
        return response.content.decode()


class WhoMay(Screens):
    def addresses(self) -> list[str]:
        one = f"{self.entry.pk}/"
        return [
            INDEX,
            *(f"{INDEX}{name}/" for name in ("results", "new", "try", "shipped", "preview")),
            *(f"{INDEX}{name}/{one}" for name in ("edit", "delete", "history", "preview")),
            f"{INDEX}history-results/{one}",
        ]

    def test_every_address_is_asked_about(self) -> None:
        from search.viewsets import DictionaryViewSet

        patterns = DictionaryViewSet().get_urlpatterns()
        assert len(patterns) == len(self.addresses())

    def test_nobody_below_the_province_reads_or_changes_anything(self) -> None:
        people = {
            "editor": make_user(self.line.county),
            "reviewer": make_user(self.line.county, "reviewer"),
            "city editor": make_user(self.line.city),
            "city reviewer": make_user(self.line.city, "reviewer"),
            "editor of the province": make_user(self.line.province),
            "nobody": make_user(),
        }
        data = FORM | {"text": "仙贝 = 米果", "sentence": "雪饼"}
        for who, user in people.items():
            client = client_of(user)
            for address in self.addresses():
                for response in (client.get(address), client.post(address, data)):
                    assert response.status_code in (302, 403, 404, 405), (who, address)
                    assert "米饼" not in response.content.decode(), (who, address)
            assert "/admin/search/" not in client.get("/admin/").content.decode()
        assert list(DictionaryEntry.objects.values_list("text", flat=True)) == ["雪饼 = 米饼"]

    def test_nobody_at_all_is_sent_to_sign_in(self) -> None:
        for address in self.addresses():
            assert "/admin/login/" in Client().get(address)["Location"]

    def test_the_province_and_administrators_may(self) -> None:
        for user in (self.moderator, make_admin()):
            client = client_of(user)
            for address in self.addresses():
                if "preview" not in address:
                    assert client.get(address).status_code == 200, address
            assert INDEX in client.get("/admin/").content.decode()

    def test_a_moderator_adds_changes_and_deletes(self) -> None:
        response = self.client.post(f"{INDEX}new/", FORM | {"text": "仙贝、米果"})
        assert response.status_code == 302
        entry = DictionaryEntry.objects.get(text="仙贝 = 米果")
        (word,) = analysis.query_terms("仙贝").words
        assert [reading.text for reading in word.readings] == ["仙贝", "米果"]
        changed = FORM | {"text": "仙贝 = 米果 = 雪米饼"}
        self.client.post(f"{INDEX}edit/{entry.pk}/", changed)
        (word,) = analysis.query_terms("雪米饼").words
        assert len(word.readings) == 3
        self.client.post(f"{INDEX}delete/{entry.pk}/")
        assert analysis.query_terms("仙贝").words[0].readings[1:] == ()


class WhatTheySay(Screens):
    def test_what_is_wrong_stands_on_the_form(self) -> None:
        response = self.client.post(f"{INDEX}new/", FORM | {"text": "雪饼 = 仙贝"})
        assert response.status_code == 200
        assert "“雪饼”已经在另一组里" in response.content.decode()
        assert DictionaryEntry.objects.count() == 1

    def form_behind(self, label: str) -> str:
        """What a link of the list of shipped words opens."""
        page = self.text_of(f"{INDEX}shipped/", q="筹款")
        (address,) = re.findall(rf'href="([^"]+)"[^>]*>{label}</a>', page)
        return self.text_of(address.replace("&amp;", "&"))

    def test_a_shipped_set_is_added_to_by_writing_on(self) -> None:
        form = self.form_behind("加词")
        assert "募捐 = 募款 = 筹款 = </textarea>" in form
        assert re.search(r'value="add"[^>]*checked', form)
        self.client.post(f"{INDEX}new/", FORM | {"text": "募捐 = 募款 = 筹款 = 化缘"})
        (word,) = analysis.query_terms("化缘").words
        assert len(word.readings) == 4

    def test_a_shipped_set_is_switched_off(self) -> None:
        form = self.form_behind("停用")
        assert "募捐 = 募款 = 筹款</textarea>" in form
        assert re.search(r'value="off"[^>]*checked', form)

    def test_a_shipped_word_is_switched_off_and_not_added_to(self) -> None:
        page = self.text_of(f"{INDEX}shipped/", q="一老一小")
        assert (page.count(">停用</a>"), page.count(">加词</a>")) == (1, 0)

    def test_the_list_shows_all_that_ships(self) -> None:
        page = self.text_of(f"{INDEX}shipped/")
        assert page.count(">加词</a>") == len(shipped_sets())

    def test_the_form_names_its_preview(self) -> None:
        for address, pk in (
            (f"{INDEX}new/", ()),
            (f"{INDEX}edit/{self.entry.pk}/", [self.entry.pk]),
        ):
            preview = reverse("search_dictionary:preview", args=pk)
            assert f'data-dictionary-preview="{preview}"' in self.text_of(address)

    def test_no_script_stands_in_the_pages(self) -> None:
        """Wagtail's own are there; ours come from files."""
        assert "<script" not in self.preview(sentence="<script>", text="")

    def preview(self, pk: int | None = None, **data: str) -> str:
        address = reverse("search_dictionary:preview", args=[pk] if pk else [])
        response = self.client.post(address, FORM | data)
        assert response.status_code == 200, response.content.decode()
        return response.content.decode()

    def test_a_preview_compares_before_and_after(self) -> None:
        page = self.preview(sentence="仙贝在哪里", text="仙贝 = 米果")
        now, then = page.split("改了以后")
        assert "米果" not in now
        assert "米果" in then
        assert "在哪里" in re.sub(r"\s|<[^>]*>", "", now)
        assert not DictionaryEntry.objects.filter(text__contains="仙贝").exists()
        assert analysis.query_terms("仙贝").words[0].readings[1:] == ()

    def test_a_preview_of_a_change_leaves_out_what_was_saved(self) -> None:
        page = self.preview(self.entry.pk, sentence="雪饼", text="雪饼 = 仙贝")
        now, then = page.split("改了以后")
        assert "米饼" in now
        assert "米饼" not in then

    def test_a_preview_of_an_entry_that_is_switched_off(self) -> None:
        now, then = self.preview(
            self.entry.pk, sentence="雪饼", text="雪饼 = 米饼", is_active=""
        ).split("改了以后")
        assert "米饼" in now
        assert "米饼" not in then

    def test_a_preview_says_what_is_wrong(self) -> None:
        page = self.preview(sentence="雪饼", text="雪饼 = 仙贝")
        assert "“雪饼”已经在另一组里" in page
        assert "改了以后" not in page

    def test_a_preview_says_when_nothing_changes(self) -> None:
        assert "搜法不变" in self.preview(sentence="献血", text="仙贝 = 米果")

    def test_a_preview_makes_a_segmenter_once_and_for_words_of_the_sentence_only(self) -> None:
        cutting.general_segmenter()
        self.preview(sentence="献血", text="")
        with mock.patch.object(cutting.rjieba, "Jieba", wraps=cutting.rjieba.Jieba) as made:
            self.preview(sentence="献血", text="月牙饼 = 弯饼")
            assert made.call_count == 0
            for sentence in ("弯饼", "月牙饼在哪里"):
                self.preview(sentence=sentence, text="月牙饼 = 弯饼")
            assert made.call_count == 1

    def test_nothing_that_is_typed_breaks_a_preview(self) -> None:
        for sentence in HOSTILE:
            for text in HOSTILE:
                page = self.preview(sentence=sentence, text=text)
                assert "<script>" not in page
        for kind in ("term", "stop", "nonsense"):
            self.preview(sentence="雪饼", text="仙贝", kind=kind, action="nonsense")

    def test_the_page_without_a_script_says_the_same(self) -> None:
        page = self.text_of(
            f"{INDEX}try/", sentence="仙贝在哪里", text="仙贝 = 米果", kind="synonyms"
        )
        assert "改了以后" in page
        assert "米果" in page.split("改了以后")[1]
        for hostile in HOSTILE:
            self.text_of(f"{INDEX}try/", sentence=hostile[:500], text=hostile[:500])

    def test_numbers_without_an_entry(self) -> None:
        assert "现在" in self.preview(10**9, sentence="雪饼", text="仙贝 = 米果")
        assert self.client.post(f"{INDEX}preview/{10**30}/").status_code == 404


@pytest.mark.django_db
def test_a_search_asks_for_the_stamp_once() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_line()
    with CaptureQueriesContext(connection) as asked:
        Client().get("/search/?q=怎么捐髓，长春红会的电话")
    stamps = [query for query in asked if "dictionarystamp" in query["sql"]]
    assert len(stamps) == 1
