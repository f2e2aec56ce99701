from search.models.dictionary import DictionaryEntry, DictionaryStamp
from search.models.index_state import IndexState
from search.models.pending import EngineOutage, PendingChange
from search.models.renamed import Renamed
from search.models.spelling import LearntFrom, SpellingKey
from search.models.statistics import SearchWeek, SharedQuery
from search.models.suggestions import Suggestion, SuggestionKey

__all__ = [
    "DictionaryEntry",
    "DictionaryStamp",
    "EngineOutage",
    "IndexState",
    "LearntFrom",
    "PendingChange",
    "Renamed",
    "SearchWeek",
    "SharedQuery",
    "SpellingKey",
    "Suggestion",
    "SuggestionKey",
]
