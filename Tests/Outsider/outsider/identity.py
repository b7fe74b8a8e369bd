"""Contract §3: the order's id from tenant, client and idempotency key."""

import hashlib
import uuid

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def order_id(tenant, client, key):
    digest = hashlib.sha256()
    for part in (tenant, client, key):
        data = part.encode()
        digest.update(len(data).to_bytes(4, "big") + data)
    number = int.from_bytes(digest.digest()[:16], "big")
    return "ord_" + "".join(ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))


def order_uuid(order_id):
    """The id's 128 bits as the database keeps them."""
    number = 0
    for digit in order_id.removeprefix("ord_"):
        number = number << 5 | ALPHABET.index(digit)
    return str(uuid.UUID(int=number))
