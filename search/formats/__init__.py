"""Formats by language, where those of Django fall short."""
