"""A service that has failed is left alone, and one caller sees whether it is back."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from search import circuit_breaker
from search.circuit_breaker import CircuitBreaker, LeftAlone


class Service:
    """Counts who asks it; answers unless it is `down`."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.down = False

    def ask(self, what: str = "question") -> str:
        self.asked.append(what)
        if self.down:
            raise ConnectionError("away")
        return "answer"


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def breaker(service: Service) -> CircuitBreaker:
    return CircuitBreaker("The service", (OSError,), lambda: service.ask("recover"))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(circuit_breaker.time, "monotonic", lambda: now[0])
    return now


def test_it_is_asked_once_and_then_left_alone(
    service: Service, breaker: CircuitBreaker, clock: Any, caplog: pytest.LogCaptureFixture
) -> None:
    assert breaker.call("miss", service.ask) == "answer"
    service.down = True
    assert [breaker.call("miss", service.ask) for _ in range(50)] == ["miss"] * 50
    assert len(service.asked) == 2
    assert [each.levelno for each in caplog.records] == [logging.ERROR]


def test_after_the_pause_it_recovers_before_it_is_used(
    service: Service, breaker: CircuitBreaker, clock: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    service.down = True
    breaker.call("miss", service.ask)
    clock[0] += breaker.pause
    assert breaker.call("miss", service.ask) == "miss"
    assert breaker.call("miss", service.ask) == "miss"
    service.down = False
    clock[0] += breaker.pause
    assert breaker.call("miss", service.ask) == "answer"
    assert breaker.call("miss", service.ask) == "answer"
    assert service.asked == ["question", "recover", "recover", "question", "question"]
    assert [each.levelno for each in caplog.records] == [logging.ERROR, logging.WARNING]


def test_of_many_that_wait_one_tries(service: Service, breaker: CircuitBreaker) -> None:
    service.down = True
    breaker.call("miss", service.ask)
    breaker.pause, breaker._again_at = 60, 0
    together = Barrier(8)

    def ask() -> str:
        together.wait()
        return breaker.call("miss", service.ask)

    with ThreadPoolExecutor(8) as threads:
        answers = [threads.submit(ask) for _ in range(8)]
    assert {answer.result() for answer in answers} == {"miss"}
    assert service.asked == ["question", "recover"]


def test_where_there_is_nothing_to_recover_the_first_answer_ends_the_outage(
    service: Service, clock: list[float]
) -> None:
    breaker = CircuitBreaker("The service", (OSError,), pause=7)
    service.down = True
    breaker.call("miss", service.ask)
    service.down = False
    clock[0] += 6
    assert breaker.call("miss", service.ask) == "miss"
    clock[0] += 1
    with pytest.raises(ValueError, match="ours"), breaker.attempt() as tries:
        assert tries
        raise ValueError("a mistake of ours")
    assert breaker.is_resting()
    clock[0] += 7
    with breaker.attempt():
        assert breaker.call("miss", service.ask) == "miss", "one tries"
    assert breaker.call("miss", service.ask) == "answer"


def test_an_answer_to_what_was_asked_before_the_outage_does_not_end_it(
    service: Service, breaker: CircuitBreaker
) -> None:
    with breaker.attempt():
        service.down = True
        breaker.call("miss", service.ask)
    assert breaker.is_resting()
    with pytest.raises(LeftAlone), breaker.attempt():
        pass


def test_what_is_no_outage_is_raised(service: Service, breaker: CircuitBreaker) -> None:
    def ask() -> str:
        raise ValueError("a mistake of ours")

    with pytest.raises(ValueError, match="ours"):
        breaker.call("miss", ask)
    assert breaker.call("miss", service.ask) == "answer"
