"""Contract §3: the order's id from tenant, client and idempotency key."""

import hashlib

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def order_id(tenant, client, key):
    digest = hashlib.sha256()
    for part in (tenant, client, key):
        data = part.encode()
        digest.update(len(data).to_bytes(4, "big") + data)
    number = int.from_bytes(digest.digest()[:16], "big")
    return "ord_" + "".join(ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))
