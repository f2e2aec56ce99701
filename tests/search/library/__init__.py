"""An app of models to search, installed for tests only."""
