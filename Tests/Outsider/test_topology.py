"""Contract §1 on a real broker: who may do what, and that nothing is lost on the way."""

import os
import time
import uuid

import pika
import pika.exceptions

from outsider import settings, tokens
from outsider.bus import encoded, order
from outsider.case import OutsiderTest

MESSAGE = pika.BasicProperties(delivery_mode=2)


def url(user):
    """The user's URL, where the environment has it."""
    name = {"worker": "AMQP_URL", "producer": "PRODUCER_AMQP_URL"}.get(user, f"{user.upper()}_AMQP_URL")
    return os.environ.get(name)


def allowed(user, action):
    """Whether the broker lets the user do this; any other failure is raised."""
    connection = pika.BlockingConnection(pika.URLParameters(url(user)))
    try:
        channel = connection.channel()
        channel.confirm_delivery()
        action(channel)
        return True
    except pika.exceptions.ChannelClosedByBroker as error:
        if error.reply_code != 403:
            raise
        return False
    finally:
        if connection.is_open:
            connection.close()


def publish(exchange):
    return lambda channel: channel.basic_publish(exchange, f"topology-test-{uuid.uuid4()}", b"", MESSAGE)


def declare_own(name):
    return lambda channel: channel.queue_declare(name, exclusive=True)


def bind_own(exchange):
    def act(channel):
        channel.queue_bind(channel.queue_declare("", exclusive=True).method.queue, exchange, "#")

    return act


def direct(channel):
    channel.basic_consume("amq.rabbitmq.reply-to", lambda *_: None, auto_ack=True)


class PermissionTests(OutsiderTest):
    def check(self, user, granted, refused):
        if url(user) is None:
            self.skipTest(f"no URL for {user}")
        for expected, actions in ((True, granted), (False, refused)):
            for label, action in actions.items():
                with self.subTest(user=user, action=label):
                    self.assertEqual(allowed(user, action), expected)

    REPLIES = {
        "declare a server-named queue": declare_own(""),
        "declare a reply queue": declare_own(f"reply.{uuid.uuid4()}"),
        "direct reply-to": direct,
    }
    OTHERS = {
        "publish by the default exchange": publish(""),
        "publish an event": publish("orders.events"),
        "publish to the dead letters": publish("orders.dlx"),
        "publish to the unrouted": publish("orders.unrouted"),
        "publish to a retry": publish("orders.retry.5s"),
        "declare another queue": declare_own("mine"),
        "listen to commands": bind_own("orders.commands"),
        "listen to events": bind_own("orders.events"),
        "consume commands": lambda channel: channel.basic_consume("orders.commands", lambda *_: None),
        "delete the commands": lambda channel: channel.queue_delete("orders.commands"),
        "purge the commands": lambda channel: channel.queue_purge("orders.commands"),
        "delete an exchange": lambda channel: channel.exchange_delete("orders.events"),
    }
    REDIRECTS = {"publish to the redirects": publish("orders.redirect")}
    DEAD = {"consume the dead letters": lambda channel: channel.basic_consume("orders.dead", lambda *_: None)}

    def test_producer(self):
        self.check("producer", self.REPLIES, self.OTHERS | self.DEAD | self.REDIRECTS)

    def test_gateway(self):
        self.check("gateway", self.REPLIES, self.OTHERS | self.DEAD | self.REDIRECTS)

    def test_console(self):
        """It sends letters to other queues by an exchange for that, and so to none that nobody has opened."""
        self.check("console", self.REPLIES | self.DEAD | self.REDIRECTS, self.OTHERS)

    def test_worker(self):
        refused = {
            "publish a command": publish("orders.commands"),
            "publish to the unrouted": publish("orders.unrouted"),
            "declare a queue": declare_own(""),
            "delete the commands": lambda channel: channel.queue_delete("orders.commands"),
            "declare an exchange": lambda channel: channel.exchange_declare("mine"),
        }
        self.check("worker", {"publish an event": publish("orders.events")}, refused | self.DEAD | self.REDIRECTS)


class RouteTests(OutsiderTest):
    def test_a_parked_command_comes_back_as_it_was(self):
        """By orders.retry.5s to the worker, with its routing key, which alone names the command here."""
        channel = self.bus.administrator_channel
        identifier, body = str(uuid.uuid4()), order()
        parked = self.bus.enter("parked for 5 s", identifier, body)
        started = time.monotonic()
        channel.basic_publish("orders.retry.5s", "order.create.v1", encoded(body), pika.BasicProperties(
            delivery_mode=2, message_id=identifier, correlation_id=parked.correlation, reply_to=self.bus.reply_queue,
            headers={"authorization": f"Bearer {tokens.good()}"},
        ))
        self.bus.wait(lambda: parked.replies)
        self.assertReply(parked.replies[0], 201)
        self.assertGreater(time.monotonic() - started, 4.5)

    def test_queues_are_quorum_queues_and_nothing_else_is_an_argument(self):
        for queue in ("commands", "queries", "retry.5s", "retry.30s", "retry.5m", "dead"):
            with self.subTest(queue):
                connection = pika.BlockingConnection(pika.URLParameters(settings.ADMINISTRATOR_URL))
                connection.channel().queue_declare(f"orders.{queue}", durable=True,
                                                   arguments={"x-queue-type": "quorum"})
                connection.close()
