from stories.models.content import ContentPage
from stories.models.explainer import ExplainerPage
from stories.models.news import NewsPage
from stories.models.sections import AboutPage, ExplainerSection, NewsSection, StorySection
from stories.models.story import StoryPage
from stories.models.subjects import Topic, Venue

__all__ = [
    "AboutPage",
    "ContentPage",
    "ExplainerPage",
    "ExplainerSection",
    "NewsPage",
    "NewsSection",
    "StoryPage",
    "StorySection",
    "Topic",
    "Venue",
]
