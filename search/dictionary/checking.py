"""What is wrong with a change to the dictionary, in words that help whoever makes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from search.dictionary import SynonymSet, changes
from search.dictionary.changes import ADD, STOP_WORD, SWITCH_OFF, SYNONYMS, TERM, Change
from search.folding import fold, is_chinese, runs

LONGEST_WORD = 30
MOST_WORDS = 20


def problems(change: Change, others: Sequence[Change]) -> list[str]:
    """What is wrong with `change`, besides the changes that there are."""
    found = list(_in_writing(change))
    if not found and change.action == SWITCH_OFF:
        found = list(_in_switching_off(change, others))
    elif not found:
        found = list(ADDING[change.kind](change.words, others))
    return found


def _in_writing(change: Change) -> Iterator[str]:
    """Whatever the kind: words that are there, short and different."""
    words = change.words.words
    if not words:
        yield _("请写一个词。")
    elif len(words) > 1 and change.kind != SYNONYMS:
        yield _("一条只写一个词，几个词请分几条写。")
    elif len(words) > MOST_WORDS:
        yield _("一组最多 %(most)s 个词。") % {"most": MOST_WORDS}
    else:
        for word in words:
            yield from _in_word(word)
    written_twice = [word for word, times in Counter(map(fold, words)).items() if times > 1]
    for word in written_twice[:1]:
        yield _("“%(word)s”写了两遍（大小写、繁体简体不区分）。") % _shown(word)


def _in_word(word: str) -> Iterator[str]:
    if len(word) > LONGEST_WORD:
        yield _("“%(word)s”太长了，一个词最多 %(most)s 个字。") % {
            "word": f"{word[:10]}…",
            "most": LONGEST_WORD,
        }
    elif "(" in word or ")" in word:
        yield _("“%(word)s”里不要有括号；括号只能把整个词括起来。") % _shown(word)


def _in_switching_off(change: Change, others: Sequence[Change]) -> Iterator[str]:
    shipped = set().union(*map(changes.folded, changes.shipped(change.kind)))
    already = changes.switched_off(others, change.kind)
    for word in change.words.words:
        if fold(word) not in shipped:
            yield _("自带的词典里没有“%(word)s”，不用停用。") % _shown(word)
        elif fold(word) in already:
            yield _("“%(word)s”已经停用了。") % _shown(word)


def _in_term(words: SynonymSet, others: Sequence[Change]) -> Iterator[str]:
    (word,) = words.words
    known = changes.compose(_without_kind(others, STOP_WORD))
    if not is_chinese(fold(word)) or len(word) == 1:
        yield _("只有两个字以上的汉字词会被切开，“%(word)s”不用加。") % _shown(word)
    elif fold(word) in set(map(fold, known.terms | known.synonyms.keys())):
        yield _("词典里已经有“%(word)s”。") % _shown(word)


def _in_stop_word(words: SynonymSet, others: Sequence[Change]) -> Iterator[str]:
    (word,) = words.words
    if len(list(runs(fold(word)))) != 1:
        yield _("停用词只能是一个汉字词，或者一个外文词。")
    elif fold(word) in changes.stop_words(others):
        yield _("词典里已经有“%(word)s”。") % _shown(word)
    for each in changes.sets(others):
        if fold(word) in changes.folded(each):
            yield _("“%(word)s”在一组同义词里（%(set)s），不能又是停用词。") % _shown(word, each)


def _in_synonyms(words: SynonymSet, others: Sequence[Change]) -> Iterator[str]:
    if len(words.words) < 2:
        yield _("同义词至少写两个，中间用“=”隔开，例如：红会 = 红十字会。")
    elif not words.sought:
        yield _("至少要有一个词不放在括号里。")
    elif any(_says_the_same(words, each) for each in changes.shipped_sets(others)):
        yield _("自带的词典里已经有这一组，请接着写新词。")
    stop_words = changes.stop_words(others)
    for word in words.words:
        if len(word) == 1:
            yield _("“%(word)s”只有一个字，会和许多别的词混在一起。") % _shown(word)
        elif fold(word) in stop_words:
            yield _("“%(word)s”是停用词，不参加搜索，不能当同义词。") % _shown(word)
    yield from _in_overlap(words, others)


def _in_overlap(words: SynonymSet, others: Sequence[Change]) -> Iterator[str]:
    """A word stands in one set. A set that ships may be added to, by writing all of it."""
    added = {str(o.words) for o in others if (o.kind, o.action) == (SYNONYMS, ADD)}
    for each in changes.sets(others):
        shared = changes.folded(each) & changes.folded(words)
        if not shared or (str(each) not in added and changes.folded(each) <= changes.folded(words)):
            continue
        word = next(word for word in words.words if fold(word) in shared)
        if str(each) in added:
            yield _("“%(word)s”已经在另一组里：%(set)s。请去改那一组。") % _shown(word, each)
        else:
            yield _(
                "“%(word)s”已经在自带的一组里：%(set)s。要给这一组加词，请把整组抄上，再写新词。"
            ) % _shown(word, each)


def _says_the_same(one: SynonymSet, other: SynonymSet) -> bool:
    return all({*map(fold, a)} == {*map(fold, b)} for a, b in zip(one, other, strict=True))


def _without_kind(others: Sequence[Change], kind: str) -> list[Change]:
    return [other for other in others if other.kind != kind]


def _shown(word: str, each: SynonymSet | None = None) -> dict[str, str]:
    return {"word": word, "set": str(each or "")}


ADDING = {TERM: _in_term, STOP_WORD: _in_stop_word, SYNONYMS: _in_synonyms}
