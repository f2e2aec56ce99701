from __future__ import annotations

from itertools import count

from search.once import as_in_a_request, once_a_request

numbers = count()


@once_a_request
def number() -> int:
    return next(numbers)


def test_outside_of_requests_it_is_looked_up_each_time() -> None:
    assert number() != number()


def test_a_request_looks_it_up_once_and_the_next_one_again() -> None:
    with as_in_a_request():
        kept = number()
        assert number() == kept
    with as_in_a_request():
        assert number() != kept


def test_what_is_forgotten_is_looked_up_again() -> None:
    with as_in_a_request():
        kept = number()
        number.forget()
        assert number() != kept
    number.forget()


def test_an_answer_of_nothing_is_kept_too() -> None:
    asked: list[int] = []

    @once_a_request
    def nothing() -> None:
        asked.append(1)

    with as_in_a_request():
        nothing()
        nothing()
    assert len(asked) == 1
