"""Dead letters of twenty kinds in any number, made by real failures of the real worker."""

import itertools
import json
import uuid

import pika
from outsider import database, identity, settings, tokens
from outsider.bus import order

CLIENTS = ("shop", "market", "kiosk")
MENDABLE = 12  # kinds that a release refuses, which will be mended; each by a rule of its own
CURRENCIES = [f"XX{chr(65 + number)}" for number in range(MENDABLE)]


def break_release():
    database.run("".join(f"ALTER TABLE orders ADD CONSTRAINT {currency.lower()}_is_wrong"
                         f" CHECK (currency <> '{currency}') NOT VALID;" for currency in CURRENCIES))


def mend_release():
    database.run("".join(f"ALTER TABLE orders DROP CONSTRAINT IF EXISTS {currency.lower()}_is_wrong;"
                         for currency in CURRENCIES))


def spoiled(**changes):
    """A kind that no release mends: the command, its body and headers, for a key."""
    def kind(key, customer):
        return "order.create.v1", json.dumps(order(idempotencyKey=key, customerId=customer, **changes)).encode(), {}
    return kind


def mendable(currency):
    return spoiled(totalAmount={"currency": currency, "value": "25.50"})


def kinds():
    """Twenty, the mendable ones first."""
    def command(name, body):
        return lambda key, customer: (name, json.dumps({**body, "note": f"{key} {customer}"}).encode(), {})

    def raw(template, name="order.create.v1"):
        return lambda key, customer: (name, template.replace(b"KEY", f"{key} {customer}".encode()), {})

    def unscoped(key, customer):
        return *spoiled()(key, customer)[:2], {"authorization": f"Bearer {reader}"}

    reader = tokens.mint(scope="orders:read")
    return [
        *map(mendable, CURRENCIES),
        spoiled(items=[]),
        raw(b'{"key": "KEY"'),
        raw(b'["KEY"]'),
        raw(b'{"key": "KEY", "text": "\xff\xfe"}'),
        command("order.cancel.v1", {"orderId": identity.order_id("acme", "nobody", "nothing")}),
        command("order.create.v9", {}),
        unscoped,
        lambda key, customer: ("order.create.v1", json.dumps(
            order(idempotencyKey=None, customerId=customer, metadata={"key": key})).encode(), {}),
    ]


class Letters:
    """So many bad commands that nobody waits for, each kind as often as any other."""

    def __init__(self, count, mark=None):
        self.mark = mark or f"letters-{uuid.uuid4()}"
        self.count = count
        self.mended = {}  # keys of the orders that the mended release takes: their ids

    def send(self):
        """Publishes all of them; returns once the broker has them."""
        tokens_of = {client: f"Bearer {tokens.good(client=client)}" for client in CLIENTS}
        with pika.BlockingConnection(pika.URLParameters(settings.PRODUCER_URL)) as connection:
            channel = connection.channel()
            every = itertools.cycle(enumerate(kinds()))
            for number in range(self.count):
                index, kind = next(every)
                client = CLIENTS[number % len(CLIENTS)]
                key = f"{self.mark}-{number:06}"
                command, body, headers = kind(key, f"cust_{number % 997}")
                if index < MENDABLE:
                    self.mended[key] = identity.order_id(tokens.TENANT, client, key)
                if number == self.count - 1:
                    # A quorum queue may drop what is on its way when the channel of a publisher without confirms ends;
                    # the confirm of the last message is one of all before it.
                    channel.confirm_delivery()
                properties = pika.BasicProperties(
                    content_type="application/json", delivery_mode=2, message_id=key, type=command,
                    headers={"authorization": tokens_of[client], "request-id": key, **headers})
                channel.basic_publish("orders.commands", command, body, properties)
            channel.close()
