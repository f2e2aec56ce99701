"""How texts and queries are written for PostgreSQL."""

from __future__ import annotations

import pytest

from search.analysis import Term
from search.backends.expressions import AllOf, AnyOf, ButNot, Expression
from search.backends.texts import Tokens
from search.backends.tstext import tokens_of, vectors, written

BLOOD, GIVE = Term("献血", ("献血",)), Term("捐献", ("捐献",), prefix=True)
PHRASE = Term("献血者", ("献血", "血者"))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (BLOOD, "'献血'"),
        (GIVE, "'捐献':*"),
        (PHRASE, "('献血' <-> '血者')"),
        (AnyOf((BLOOD,)), "'献血'"),
        (AllOf((BLOOD, AnyOf((GIVE, PHRASE)))), "('献血' & ('捐献':* | ('献血' <-> '血者')))"),
        (ButNot(BLOOD, GIVE), "('献血' & !'捐献':*)"),
        (Term("it's\\", ("it's\\",)), "'it''s\\\\'"),
    ],
)
def test_queries(expression: Expression, expected: str) -> None:
    assert written(expression) == expected


def test_queries_of_one_weight() -> None:
    assert written(AllOf((PHRASE, GIVE)), "D") == "(('献血':D <-> '血者':D) & '捐献':*D)"


def test_the_tokens_of_a_term() -> None:
    unfinished = Term("献血者", ("献血", "血者"), prefix=True)
    assert written(AnyOf(tokens_of(unfinished))) == "('献血' | '血者':*)"


def test_title_and_body_lie_apart_in_one_text() -> None:
    title, body, typed = vectors(Tokens(["献血", "血"], ["献血", "流程"], ["献"], ["\ue001"]))
    assert title == "'献血':1A '血':2A"
    assert set(body.split(" ")) == {"'献血':1A,4", "'流程':5", "'血':2A"}
    assert set(typed.split(" ")) == {"'献':1", "'\ue001'"}


def test_places_begin_anew_where_there_are_no_more() -> None:
    _title, body, _typed = vectors(Tokens(["题"], ["字"] * 16_380 + ["后"], [], []))
    assert body.split("'后':")[1].split(" ")[0] == "4"


def test_a_token_without_enough_places_keeps_one_beside_each_neighbour() -> None:
    often = ["救护", "知识"] * 300
    _title, body, _typed = vectors(Tokens([], [*often, "救护", "护员", *often], [], []))
    places = {
        lexeme: set(where.split(","))
        for lexeme, where in (each.split(":") for each in body.split(" "))
    }
    assert len(places["'救护'"]) == len(places["'知识'"]) == 250
    assert ("602" in places["'救护'"], places["'护员'"]) == (True, {"603"})
    assert "604" in places["'救护'"]
    assert "1203" not in places["'知识'"]
