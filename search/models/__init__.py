from search.models.dictionary import DictionaryEntry, DictionaryStamp
from search.models.statistics import SearchWeek
from search.models.suggestions import Suggestion, SuggestionKey

__all__ = ["DictionaryEntry", "DictionaryStamp", "SearchWeek", "Suggestion", "SuggestionKey"]
