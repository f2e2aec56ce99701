from search.models.statistics import SearchWeek
from search.models.suggestions import Suggestion, SuggestionKey

__all__ = ["SearchWeek", "Suggestion", "SuggestionKey"]
