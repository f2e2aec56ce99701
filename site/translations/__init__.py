"""Keeps the message files in step with the texts in code and templates (``make messages``).

Django's own commands need the programs of GNU gettext, which a newcomer's machine need not
have; this needs Python alone. The texts are written in Chinese and translated from it.
"""
