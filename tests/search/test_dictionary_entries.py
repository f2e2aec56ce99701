"""What the province changes in the dictionary: in force at once, refused where it would harm."""

from __future__ import annotations

from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from search import analysis, dictionary
from search.dictionary import stored
from search.models import DictionaryEntry, DictionaryStamp
from search.once import as_in_a_request

pytestmark = pytest.mark.django_db

SYNONYMS, TERM, STOP_WORD = DictionaryEntry.Kind.values
SWITCH_OFF = DictionaryEntry.Action.SWITCH_OFF


def add(kind: str, text: str, action: str = "add", **values: object) -> DictionaryEntry:
    entry = DictionaryEntry(kind=kind, text=text, action=action, **values)
    entry.full_clean()
    entry.save()
    return entry


def refusal(kind: str, text: str, action: str = "add") -> str:
    with pytest.raises(ValidationError) as refused:
        add(kind, text, action)
    return " ".join(refused.value.message_dict["text"])


def words_of(query: str) -> list[str]:
    return [word.text for word in analysis.query_terms(query).words]


def readings_of(query: str) -> list[str]:
    (word,) = analysis.query_terms(query).words
    return [reading.text for reading in word.readings]


class TestInForce:
    def test_without_entries_it_is_the_one_that_ships(self) -> None:
        assert dictionary.in_force() is dictionary.shipped()

    def test_a_new_set_is_in_force_at_once_and_gone_at_once(self) -> None:
        assert readings_of("雪饼") == ["雪饼"]
        entry = add(SYNONYMS, "雪饼 = 米饼")
        assert readings_of("雪饼") == ["雪饼", "米饼"]
        entry.is_active = False
        entry.save()
        assert readings_of("雪饼") == ["雪饼"]

    def test_deleting_is_noticed(self) -> None:
        for delete in (
            DictionaryEntry.delete,
            lambda _entry: DictionaryEntry.objects.all().delete(),
        ):
            entry = add(SYNONYMS, "雪饼 = 米饼")
            assert len(readings_of("雪饼")) == 2
            delete(entry)
            assert readings_of("雪饼") == ["雪饼"]

    def test_writing_many_rows_at_once_is_noticed(self) -> None:
        rows = [DictionaryEntry(kind=SYNONYMS, text="雪饼 = 米饼")]
        DictionaryEntry.objects.bulk_create(rows)
        assert len(readings_of("雪饼")) == 2
        DictionaryEntry.objects.update(is_active=False)
        assert readings_of("雪饼") == ["雪饼"]

    def test_what_another_process_changes_is_noticed(self) -> None:
        """Another process leaves nothing but the rows and the stamp."""
        add(SYNONYMS, "雪饼 = 米饼")
        assert len(readings_of("雪饼")) == 2
        table = DictionaryEntry._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET text = '雪饼 = 米饼 = 仙贝'")
        DictionaryStamp.objects.renew()
        assert len(readings_of("雪饼")) == 3

    def test_what_is_rolled_back_was_never_there(self) -> None:
        add(SYNONYMS, "雪饼 = 米饼")
        with transaction.atomic():
            add(SYNONYMS, "仙贝 = 米果")
            assert len(readings_of("仙贝")) == 2
            transaction.set_rollback(True)
        assert readings_of("仙贝") == ["仙贝"]
        add(SYNONYMS, "小馒头 = 旺仔")
        assert readings_of("仙贝") == ["仙贝"]
        assert len(readings_of("雪饼")) == 2

    def test_it_is_the_same_object_until_something_changes(self) -> None:
        entry = add(SYNONYMS, "雪饼 = 米饼")
        before = dictionary.in_force()
        assert dictionary.in_force() is before
        entry.save()
        assert dictionary.in_force() is not before

    def test_before_the_first_migration_it_is_the_one_that_ships(self) -> None:
        with (
            mock.patch.object(stored, "_tables", set()),
            mock.patch.object(connection.introspection, "table_names", return_value=[]),
            CaptureQueriesContext(connection) as queries,
        ):
            assert stored.in_force() is dictionary.shipped()
        assert len(queries) == 0

    def test_a_request_asks_once_and_sees_its_own_changes(self) -> None:
        with as_in_a_request():
            with CaptureQueriesContext(connection) as queries:
                words_of("红会的电话")
                words_of("怎么献血")
            assert len(queries) == 1
            add(SYNONYMS, "雪饼 = 米饼")
            assert len(readings_of("雪饼")) == 2

    def test_the_next_request_sees_what_has_changed(self) -> None:
        with as_in_a_request():
            assert readings_of("雪饼") == ["雪饼"]
        add(SYNONYMS, "雪饼 = 米饼")
        with as_in_a_request():
            assert len(readings_of("雪饼")) == 2


class TestWhatEntriesDo:
    def test_a_term_is_not_cut_apart(self) -> None:
        assert words_of("丹顶鹤小组") == ["丹顶鹤", "小组"]
        add(TERM, "丹顶鹤小组")
        assert words_of("丹顶鹤小组") == ["丹顶鹤小组"]

    def test_a_stop_word_is_dropped_though_it_would_be_cut_apart(self) -> None:
        add(STOP_WORD, "麻烦问一嘴")
        assert words_of("麻烦问一嘴献血") == ["献血"]

    def test_a_stop_word_that_ships_is_switched_off(self) -> None:
        assert words_of("了解献血") == ["献血"]
        add(STOP_WORD, "了解", SWITCH_OFF)
        assert words_of("了解献血") == ["了解", "献血"]

    def test_a_term_that_ships_is_switched_off(self) -> None:
        assert words_of("一老一小") == ["一老一小"]
        add(TERM, "一老一小", SWITCH_OFF)
        assert words_of("一老一小") != ["一老一小"]

    def test_a_word_leaves_its_set(self) -> None:
        add(SYNONYMS, "除颤器", SWITCH_OFF)
        assert readings_of("除颤器") == ["除颤器"]
        assert "除颤器" not in readings_of("AED")
        assert "除颤仪" in readings_of("AED")

    def test_a_set_without_a_second_word_is_gone(self) -> None:
        add(SYNONYMS, "募捐 = 筹款", SWITCH_OFF)
        assert readings_of("募款") == ["募款"]

    def test_a_set_that_ships_is_added_to(self) -> None:
        add(SYNONYMS, "募捐 = 募款 = 筹款 = 化缘")
        assert readings_of("化缘") == ["化缘", "募捐", "募款", "筹款"]
        assert "化缘" in readings_of("募款")

    def test_in_parentheses_is_understood_and_not_sought(self) -> None:
        add(SYNONYMS, "雪饼＝（米饼）")
        assert readings_of("米饼") == ["米饼", "雪饼"]
        assert readings_of("雪饼") == ["雪饼"]

    @pytest.mark.parametrize(
        "text",
        [
            *("雪饼＝米饼", "雪饼、米饼", "雪饼\n 米饼\r\n", "雪饼，米饼;"),
            *(
                "“雪饼” = “米饼”",
                "雪饼\" = '米饼'。",
                "「雪饼」、《米饼》！",
                "雪\u200b饼 = \u202e米饼",
            ),
        ],
    )
    def test_sets_are_kept_in_one_way_of_writing(self, text: str) -> None:
        assert add(SYNONYMS, text).text == "雪饼 = 米饼"
        assert readings_of("雪饼") == ["雪饼", "米饼"]

    @pytest.mark.parametrize("text", ["雪饼 = “（米饼）”。", "雪饼 = （“米饼”）", "雪饼=(米饼 )"])
    def test_quotes_leave_parentheses_as_they_are(self, text: str) -> None:
        assert add(SYNONYMS, text).text == "雪饼 = (米饼)"

    @pytest.mark.parametrize("kind", [TERM, STOP_WORD])
    def test_a_word_alone_is_kept_without_quotes(self, kind: str) -> None:
        assert add(kind, "“雪饼干”。").text == "雪饼干"

    def test_what_was_stored_in_quotes_is_read_without(self) -> None:
        DictionaryEntry.objects.bulk_create(
            [DictionaryEntry(kind=SYNONYMS, text="“雪饼” = 米饼。")]
        )
        assert readings_of("雪饼") == ["雪饼", "米饼"]


class TestRefused:
    @pytest.mark.parametrize("kind", DictionaryEntry.Kind.values)
    @pytest.mark.parametrize("text", ["", "  ", "=", "、、\n", "？！", "\x00", "😀", "()", "（）"])
    def test_what_says_nothing(self, kind: str, text: str) -> None:
        assert refusal(kind, text)

    @pytest.mark.parametrize("kind", DictionaryEntry.Kind.values)
    def test_what_is_too_long(self, kind: str) -> None:
        assert "太长" in refusal(kind, "很" * 31)
        assert refusal(kind, "很" * 100_000)

    @pytest.mark.parametrize(
        "text",
        ["' OR 1=1 --", '"NEAR(*"', "<script>alert(1)</script>", "\ud800坏 = 字", "\u202e反"],
    )
    def test_hostile_text_breaks_nothing(self, text: str) -> None:
        for kind in DictionaryEntry.Kind.values:
            entry = DictionaryEntry(kind=kind, text=text)
            try:
                entry.clean()
            except ValidationError as refused:
                assert refused.message_dict["text"]
            words_of(text)

    def test_a_set_of_one(self) -> None:
        assert "至少写两个" in refusal(SYNONYMS, "雪饼")

    @pytest.mark.parametrize("text", ["雪(饼) = 米饼", "(雪)饼 = 米饼", "雪(小)饼 = 米饼"])
    def test_parentheses_within_a_word(self, text: str) -> None:
        assert "括号" in refusal(SYNONYMS, text)

    def test_a_set_of_which_nothing_is_sought(self) -> None:
        assert "括号" in refusal(SYNONYMS, "(雪饼) = (米饼)")

    def test_a_set_of_too_many(self) -> None:
        assert "20" in refusal(SYNONYMS, "=".join(f"雪饼{n}号" for n in range(21)))

    def test_the_same_word_twice_however_it_is_written(self) -> None:
        assert "写了两遍" in refusal(SYNONYMS, "ＸＹＺ = xyz")
        assert "写了两遍" in refusal(SYNONYMS, "雪饼干 = 雪餅乾")

    def test_several_words_where_one_is_meant(self) -> None:
        assert "一条只写一个词" in refusal(TERM, "雪饼 = 米饼")

    def test_a_word_of_a_set_that_ships_is_named_with_it(self) -> None:
        message = refusal(SYNONYMS, "雪饼 = 筹款")
        assert "筹款" in message
        assert "募捐 = 募款 = 筹款" in message

    def test_quotes_hide_no_word_of_another_set(self) -> None:
        assert "募捐 = 募款 = 筹款" in refusal(SYNONYMS, "“雪饼” = “筹款”。")

    def test_a_set_that_ships_as_it_is(self) -> None:
        assert "请接着写新词" in refusal(SYNONYMS, "筹款 = 募捐 = “募款” = ")
        add(SYNONYMS, "募捐 = 募款 = (筹款)")

    def test_a_word_of_an_own_set_is_named_with_it(self) -> None:
        add(SYNONYMS, "雪饼 = 米饼")
        assert "雪饼 = 米饼" in refusal(SYNONYMS, "仙贝 = 米饼")
        assert "雪饼 = 米饼" in refusal(SYNONYMS, "雪饼 = 米饼 = 仙贝")

    def test_an_own_set_may_be_changed(self) -> None:
        entry = add(SYNONYMS, "雪饼 = 米饼")
        entry.text = "雪饼 = 米饼 = 仙贝"
        entry.full_clean()

    def test_single_characters_and_stop_words_as_synonyms(self) -> None:
        assert "只有一个字" in refusal(SYNONYMS, "雪 = 下雪")
        assert "停用词" in refusal(SYNONYMS, "什么 = 雪饼")

    def test_a_synonym_as_a_stop_word(self) -> None:
        assert "同义词" in refusal(STOP_WORD, "献血")

    def test_what_is_there_already(self) -> None:
        assert "已经有" in refusal(TERM, "一老一小")
        assert "已经有" in refusal(STOP_WORD, "什么")
        add(TERM, "丹顶鹤小组")
        assert "已经有" in refusal(TERM, "丹頂鶴小組")

    def test_terms_that_are_never_cut(self) -> None:
        assert "不用加" in refusal(TERM, "AED")
        assert "不用加" in refusal(TERM, "雪")

    def test_switching_off_what_does_not_ship(self) -> None:
        assert "没有" in refusal(SYNONYMS, "雪饼", SWITCH_OFF)
        add(SYNONYMS, "筹款", SWITCH_OFF)
        assert "已经停用" in refusal(SYNONYMS, "筹款", SWITCH_OFF)
