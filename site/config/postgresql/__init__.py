"""Django's backend for PostgreSQL with a time limit on each answer, see `base`."""
