"""As many Chinese texts as a benchmark asks for, and queries for them: the clauses of the sample
content put together anew, the same at every run, about people and places that are made up.

Clauses alone would repeat themselves a thousand times in 100,000 texts, and no word would be
rare; the names bring the long tail of words that real texts have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import NamedTuple

from benchmarks.documents import Document
from sample.texts import read_pieces
from search import analysis

_MARKUP = re.compile(r"\[picture.*?\]|^(?:##|>|-|!!!|\|).*$", re.MULTILINE)
_CLAUSE_ENDS = re.compile(r"[，。；：？！、\s「」“”《》（）()]+")
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董袁潘于蒋蔡余杜叶程"
)
PARAGRAPHS = (4, 9)
SENTENCES = (2, 5)
CLAUSES = (2, 4)
#: The queries are about so many of the first texts, so that they are the same for any number.
ASKED_ABOUT = 500
OF_EACH_KIND = 12


class Query(NamedTuple):
    """What is asked in an address, and what kind of query that is."""

    kind: str
    parameters: dict[str, str]


@cache
def clauses() -> tuple[str, ...]:
    """Clauses of four to twenty characters from the texts of the sample content."""
    texts = (_MARKUP.sub("", piece.fields["body"]) for piece in read_pieces())
    found = (clause for text in texts for clause in _CLAUSE_ENDS.split(text))
    return tuple(dict.fromkeys(clause for clause in found if 4 <= len(clause) <= 20))


@cache
def characters() -> str:
    """The characters of all clauses, the frequent ones more often."""
    return "".join(c for clause in clauses() for c in clause if "\u4e00" <= c <= "\u9fff")


def documents(count: int) -> list[Document]:
    """`count` texts; the first ones are the same for any `count`."""
    return [document(number) for number in range(count)]


def document(number: int) -> Document:
    random = Random(number)  # noqa: S311
    person, place = name(random), random.choice(characters()) + random.choice(characters())
    title = f"{random.choice(clauses())}，{person}在{place}村"
    body = "\n".join(paragraph(random, person) for _n in range(random.randint(*PARAGRAPHS)))
    return Document(str(number), title, f"{place}村{number % 1000}户。{body}")


def name(random: Random) -> str:
    return random.choice(SURNAMES) + random.choice(characters()) + random.choice(characters())


def paragraph(random: Random, person: str) -> str:
    sentences = [sentence(random) for _n in range(random.randint(*SENTENCES))]
    return "".join(sentences) + f"{person}说，{sentence(random)}"


def sentence(random: Random) -> str:
    return "，".join(random.choices(clauses(), k=random.randint(*CLAUSES))) + "。"


def queries() -> list[Query]:
    """Queries of several kinds, about the first texts."""
    return [query for number in range(OF_EACH_KIND) for query in queries_about(number)]


def queries_about(number: int) -> Iterator[Query]:
    random = Random(f"query {number}")  # noqa: S311
    asked = document(random.randrange(ASKED_ABOUT))
    found = [clause for clause in _CLAUSE_ENDS.split(asked.body) if len(clause) >= 6]
    words = [word for clause in random.sample(found, 6) for word in words_of(clause)]
    one, two, three = random.sample(words, 3)
    clause = random.choice(found)
    yield Query("word", {"q": one})
    yield Query("words", {"q": f"{one} {two} {three}"})
    yield Query("question", {"q": f"{clause}怎么办？"})
    yield Query("phrase", {"q": f"“{clause[:6]}”"})
    yield Query("name", {"q": asked.title[asked.title.index("在") - 3 :]})
    yield Query("title", {"q": asked.title})
    yield Query("without", {"q": f"{one} {two} -{three}"})
    yield Query("narrowed", {"q": f"{one} {two}", "branch": "city-1", "topic": "first-aid"})
    yield Query("newest", {"q": two, "sort": "newest"})


def words_of(clause: str) -> list[str]:
    """The words of `clause` that say something."""
    return [word.text for word in analysis.query_terms(clause).words if len(word.text) > 1]
