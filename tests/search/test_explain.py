"""`explain_query` shows each step from what somebody typed to what is found."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from search.dictionary import Dictionary, using
from search.explaining import Fate, find, read
from search.models import DictionaryEntry
from tests.factories import make_line, make_piece

pytestmark = pytest.mark.django_db

HOSTILE = [
    "",
    "   ",
    "？！",
    '"',
    "'; DROP TABLE x; --",
    "NEAR(a b) AND * OR NOT ^ : {} ~",
    "\x00\x01",
    "\ud800",
    "😀" * 50,
    "很长" * 5000,
    "-",
    '-"" "" -x',
]


def output_of(query: str, **options: object) -> str:
    out = StringIO()
    call_command("explain_query", query, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def pieces() -> None:
    line = make_line()
    make_piece(line.county, title="怎样捐献造血干细胞")
    make_piece(line.city, title="怎样无偿献血")
    make_piece(line.county, title="还没有公开的造血干细胞捐献", live=False)


def test_a_query_is_folded_cut_and_widened() -> None:
    reading = read("怎麼捐髓？AED")
    assert reading.folded == "怎么捐髓?aed"
    assert [(piece.text, piece.fate) for piece in reading.pieces] == [
        ("怎么", Fate.STOP_WORD),
        ("捐髓", Fate.ASKED),
        ("aed", Fate.ASKED),
    ]
    assert "造血干细胞捐献" in [term.text for term in reading.terms.words[0].readings]


def test_what_is_quoted_and_excluded_is_kept_apart() -> None:
    reading = read('献血 "红十字会法" -培训')
    assert [piece.text for piece in reading.pieces] == ["献血"]
    assert reading.phrases == ("红十字会法",)
    assert reading.excluded == ("培训",)


def test_single_characters_beside_words_are_left_out() -> None:
    assert ("血", Fate.LEFT_OUT) in [(p.text, p.fate) for p in read("血 志愿者").pieces]


def test_a_stop_word_is_not_asked_for_by_the_word_that_holds_it() -> None:
    assert [(piece.text, piece.fate) for piece in read("献血的目的").pieces] == [
        ("献血", Fate.ASKED),
        ("的", Fate.STOP_WORD),
        ("目的", Fate.ASKED),
    ]


def test_a_stop_word_is_asked_for_where_there_is_nothing_else() -> None:
    assert [(piece.text, piece.fate) for piece in read("的").pieces] == [("的", Fate.ASKED)]


def test_a_stop_word_is_asked_for_as_part_of_an_entry() -> None:
    entries = Dictionary(
        synonyms={"code of conduct": ("行为准则",)}, stop_words=frozenset({"of", "the"})
    )
    with using(entries):
        assert [(piece.text, piece.fate) for piece in read("the code-of-conduct").pieces] == [
            ("the", Fate.STOP_WORD),
            ("code", Fate.ASKED),
            ("of", Fate.ASKED),
            ("conduct", Fate.ASKED),
        ]


def test_a_dictionary_on_trial_is_explained() -> None:
    with using(Dictionary(stop_words=frozenset({"捐髓"}))):
        assert read("捐髓，献血").pieces[0].fate is Fate.STOP_WORD


@pytest.mark.skipif(connection.vendor not in ("sqlite", "postgresql"), reason="needs an index")
@pytest.mark.usefixtures("pieces")
class TestFound:
    def test_documents_words_and_results_are_counted(self) -> None:
        found = find("怎么捐髓", "zh-hans")
        assert found is not None
        assert [(word.text, number) for word, number in found.documents] == [("捐髓", 1)]
        assert found.least == 1
        assert found.total == 1
        assert [each.title for each in found.top] == ["怎样捐献造血干细胞"]
        assert found.top[0].score > 0

    def test_the_command_says_it_in_words(self) -> None:
        text = output_of("怎么捐髓")
        assert "分词：怎么 | 捐髓" in text
        assert "停用词：怎么" in text
        assert "捐髓 = 造血干细胞捐献" in text
        assert "怎样捐献造血干细胞" in text
        assert "还没有公开" not in text
        assert "juan sui" in text

    def test_it_goes_by_the_dictionary_in_force(self) -> None:
        DictionaryEntry.objects.create(kind="synonyms", text="挽袖子 = 无偿献血")
        assert "挽袖子 = 无偿献血" in output_of("挽袖子")
        assert "怎样无偿献血" in output_of("挽袖子")

    def test_fewer_results_are_shown_on_demand(self) -> None:
        assert len(find("怎样", "zh-hans", most=1).top) <= 1
        assert "怎样捐献" not in output_of("捐髓", top=0)

    @pytest.mark.parametrize("query", HOSTILE)
    def test_nothing_that_is_typed_is_an_error(self, query: str) -> None:
        assert output_of(query)
