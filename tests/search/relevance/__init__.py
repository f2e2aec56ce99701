"""Judged queries on the sample content, and how well search answers them."""
