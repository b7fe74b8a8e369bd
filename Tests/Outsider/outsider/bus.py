"""Publishes commands and keeps a ledger of what became of each: an answer, a stored order or a dead letter."""

import dataclasses
import json
import time
import uuid

import pika
import pika.data
import pika.spec

from . import database, identity, settings, tokens

PATIENCE = 20  # seconds for anything that must happen


def decode_short_string(encoded, offset):
    """pika's own insists on UTF-8, but a correlation id may be any 255 bytes and must come back as they were."""
    length = encoded[offset]
    offset += 1
    return bytes(encoded[offset : offset + length]).decode("utf-8", "surrogateescape"), offset + length


pika.data.decode_short_string = decode_short_string
pika.spec.data.decode_short_string = decode_short_string


@dataclasses.dataclass
class Reply:
    status: int
    body: dict
    headers: dict
    properties: pika.BasicProperties

    @property
    def code(self):
        return self.body.get("error", {}).get("code")

    @property
    def replayed(self):
        return self.headers.get("idempotent-replayed")

    @property
    def fields(self):
        return [detail["field"] for detail in self.body.get("error", {}).get("details", [])]


@dataclasses.dataclass
class Command:
    label: str
    message_id: str
    correlation: str
    request_id: str
    body: bytes
    answered: bool  # it asked for a reply
    order_id: str | None  # of the order that it makes if it is accepted
    replies: list = dataclasses.field(default_factory=list)
    dead_letters: list = dataclasses.field(default_factory=list)

    def ended(self):
        return self.replies or self.dead_letters


def order(**changes):
    """A good order with a key of its own; a change to None leaves the field out."""
    fields = {
        "idempotencyKey": str(uuid.uuid4()),
        "customerId": "cust_123",
        "items": [
            {"sku": "ABC-001", "quantity": 2, "unitPrice": "10.00"},
            {"sku": "XYZ-777", "quantity": 1, "unitPrice": "5.50"},
        ],
        "totalAmount": {"currency": "USD", "value": "25.50"},
        "metadata": {"sourceSystem": "outsider"},
    }
    fields.update(changes)
    return {name: value for name, value in fields.items() if value is not None}


def encoded(body):
    return body if isinstance(body, bytes) else json.dumps(body).encode()


def key_of(body, headers):
    if isinstance(body, dict) and isinstance(body.get("idempotencyKey"), str):
        return body["idempotencyKey"]
    return headers.get("idempotency-key")


class Bus:
    """One producer with a reply queue of its own and one eye on the dead letters."""

    def __init__(self, ledger=None):
        self.ledger = [] if ledger is None else ledger
        self.producer = pika.BlockingConnection(pika.URLParameters(settings.PRODUCER_URL))
        self.open_channels()
        self.watch_dead_letters()

    def open_channels(self):
        self.channel = self.producer.channel()
        self.channel.confirm_delivery()
        self.reply_queue = f"reply.outsider.{uuid.uuid4()}"
        self.channel.queue_declare(self.reply_queue, exclusive=True)
        self.channel.basic_consume(self.reply_queue, self.reply_received, auto_ack=True)
        self.channel.basic_consume("amq.rabbitmq.reply-to", self.reply_received, auto_ack=True)

    def watch_dead_letters(self):
        """Copies from the exchanges: orders.dead itself stays as it is."""
        self.administrator = pika.BlockingConnection(pika.URLParameters(settings.ADMINISTRATOR_URL))
        channel = self.administrator.channel()
        queue = channel.queue_declare("", exclusive=True).method.queue
        for exchange in ("orders.dlx", "orders.unrouted"):
            channel.queue_bind(queue, exchange)
        channel.basic_consume(queue, self.dead_letter_received, auto_ack=True)
        self.administrator_channel = channel

    def close(self):
        for connection in (self.producer, self.administrator):
            if connection.is_open:
                connection.close()

    def send(self, label, body, *, command="order.create.v1", routing_key=None, reply="queue", token="good",
             headers=None, properties=None):
        """Publishes one command, waits for the broker's confirm and enters it in the ledger.

        reply: "queue", "direct", None or the name of a queue. token: "good", None or the header's value.
        A property or header set to None is left out.
        """
        if not self.channel.is_open:  # after a message that the broker refused
            self.open_channels()
        identifier = str(uuid.uuid4())
        fields = {
            "content_type": "application/json",
            "delivery_mode": 2,
            "message_id": identifier,
            "correlation_id": f"c-{identifier}",
            "reply_to": {"queue": self.reply_queue, "direct": "amq.rabbitmq.reply-to"}.get(reply, reply),
            "type": command,
        }
        fields.update(properties or {})
        all_headers = {"request-id": f"r-{identifier}"}
        if token is not None:
            all_headers["authorization"] = f"Bearer {tokens.good()}" if token == "good" else token
        all_headers.update(headers or {})
        fields["headers"] = {name: value for name, value in all_headers.items() if value is not None}
        entry = self.enter(label, identifier, body, all_headers, fields["correlation_id"], reply is not None)
        raw = fields.pop("raw", None)
        message = raw(fields) if raw else pika.BasicProperties(**fields)
        routing_key = command if routing_key is None else routing_key
        self.channel.basic_publish("orders.commands", routing_key, entry.body, message)
        return entry

    def enter(self, label, identifier, body, headers=None, correlation="", answered=True):
        """Enters in the ledger a command that is about to be published with this message id."""
        headers = headers or {}
        key = key_of(body, headers)
        entry = Command(
            label, identifier, f"c-{identifier}" if correlation == "" else correlation, headers.get("request-id"),
            encoded(body), answered,
            identity.order_id(tokens.TENANT, tokens.CLIENT, key) if isinstance(key, str) else None,
        )
        self.ledger.append(entry)
        return entry

    def ask(self, label, body, **options):
        """Sends and waits for the answer."""
        entry = self.send(label, body, **options)
        self.wait(lambda: entry.replies)
        if not entry.replies:
            reasons = [letter.headers for letter in entry.dead_letters]
            raise AssertionError(f"{label}: no reply within {PATIENCE} s; dead letters: {reasons}")
        return entry.replies[0]

    def bury(self, label, body, **options):
        """Sends and waits for the dead letter."""
        entry = self.send(label, body, **options)
        self.wait(lambda: entry.dead_letters)
        if not entry.dead_letters:
            raise AssertionError(f"{label}: no dead letter within {PATIENCE} s; replies: {entry.replies}")
        return entry.dead_letters[0]

    def wait(self, condition, patience=PATIENCE):
        deadline = time.monotonic() + patience
        while not condition() and time.monotonic() < deadline:
            self.turn()
        return condition()

    def turn(self):
        self.producer.process_data_events(0.01)
        self.administrator.process_data_events(0)

    def reply_received(self, channel, method, properties, body):
        headers = properties.headers or {}
        entry = next((e for e in self.ledger if e.correlation == properties.correlation_id is not None), None) \
            or next((e for e in self.ledger if e.request_id == headers.get("request-id") is not None), None)
        if entry is None:
            entry = Command("a reply to nothing that was sent", "", "", "", body, True, None)
            self.ledger.append(entry)
            entry.replies.append(None)  # a second one, so that the ledger complains
        entry.replies.append(Reply(headers.get("status"), json.loads(body), headers, properties))

    def dead_letter_received(self, channel, method, properties, body):
        for entry in self.ledger:
            if properties.message_id == entry.message_id or properties.message_id is None and body == entry.body:
                entry.dead_letters.append(properties)
                return

    def accounts(self):
        """What is wrong with the ledger: one line for each command that did not end in exactly one way."""
        self.wait(lambda: all(entry.ended() or not entry.answered for entry in self.ledger), PATIENCE)
        self.wait(lambda: all(entry.ended() or self.is_stored(entry) for entry in self.ledger), PATIENCE)
        lines = []
        for entry in self.ledger:
            ends = len(entry.replies) + len(entry.dead_letters)
            if ends == 0 and not self.is_stored(entry):
                lines.append(f"{entry.label}: vanished (message {entry.message_id})")
            elif ends > 1:
                lines.append(f"{entry.label}: {len(entry.replies)} replies, {len(entry.dead_letters)} dead letters")
        return lines

    def is_stored(self, entry):
        return entry.order_id is not None and database.orders(entry.order_id) == 1

    def summary(self):
        answered = sum(1 for entry in self.ledger if entry.replies)
        dead = sum(1 for entry in self.ledger if entry.dead_letters)
        neither = sum(1 for entry in self.ledger if not entry.ended())
        return f"{len(self.ledger)} commands: {answered} answered, {dead} dead letters, {neither} with neither"
