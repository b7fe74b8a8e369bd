"""A release that refuses good orders, which die of it."""

import contextlib
import random
import uuid

import desk  # noqa: F401 - finds the package of the next ones
from outsider import database, identity, tokens
from outsider.bus import order


@contextlib.contextmanager
def bad_release():
    """`with bad_release():` no order in Swiss francs can be stored, by a rule of a name, and so of a group, of its own."""
    name = "no_francs_" + "".join(random.choices("ghjklmnpqrstuvwxyz", k=10))
    database.run(f"ALTER TABLE orders ADD CONSTRAINT {name} CHECK (currency <> 'CHF') NOT VALID")
    try:
        yield name
    finally:
        database.run(f"ALTER TABLE orders DROP CONSTRAINT {name}")


class Order:
    """A good one that its producer does not wait for."""

    def __init__(self, producer, customer, currency="CHF"):
        self.tenant, self.client = producer
        self.key = str(uuid.uuid4())
        self.id = identity.order_id(self.tenant, self.client, self.key)
        total = {"currency": currency, "value": "25.50"}
        self.body = order(idempotencyKey=self.key, customerId=customer, totalAmount=total)

    def token(self, ending=None):
        """Good for an hour, or until then."""
        times = {} if ending is None else {"iat": ending - 3600, "exp": ending}
        return "Bearer " + tokens.mint(tenant=self.tenant, client_id=self.client, sub=self.client, **times)

    def send(self, bus, token=None):
        return bus.send(f"{self.client}'s order", self.body, token=token or self.token(), reply=None)
