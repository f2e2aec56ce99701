from tests.home.public_site import _nothing_cached, kept_for_module

__all__ = ["_nothing_cached", "kept_for_module"]
