"""How often one address may ask in a minute. The address itself is kept nowhere: what is counted
under is a keyed hash of it and the minute, which nobody without the secret can undo."""

from __future__ import annotations

import time
from ipaddress import IPv6Network, ip_address

from django.core.cache import cache
from django.utils.crypto import salted_hmac

MINUTE = 60


def seconds_to_wait(address: str, most: int) -> int:
    """Count one request of `address`. 0, or in how many seconds it may ask again, as these were
    more than `most` in this minute."""
    now = int(time.time())
    return 0 if count(address, now // MINUTE) <= most else MINUTE - now % MINUTE


def count(address: str, minute: int) -> int:
    """How often `address` has asked in `minute`, this time included."""
    who = salted_hmac("search.rates", f"{minute} {network(address)}").hexdigest()
    return count_up(f"search-rate-{who}")


def count_up(key: str, seconds: int = MINUTE) -> int:
    """How often this was asked for `key` in the `seconds` after the first time, this included."""
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key)
    except ValueError:  # it has expired between the two
        return 1


def network(address: str) -> str:
    """What belongs to one client: an IPv4 address, but the /64 of an IPv6 one."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return str(parsed)
    return str(parsed.ipv4_mapped or IPv6Network((parsed.packed, 64), strict=False))
