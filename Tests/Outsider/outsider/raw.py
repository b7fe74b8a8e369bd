"""Properties written byte by byte: header tables that no client library would send."""

import pika
import pika.spec


def short(text):
    data = text.encode() if isinstance(text, str) else text
    return bytes([len(data)]) + data


def long(data):
    return len(data).to_bytes(4, "big") + data


def text_field(name, value):
    return short(name) + b"S" + long(value.encode())


def nested_tables(depth, name="n"):
    """A field that is a table in a table, DEPTH levels deep."""
    value = b""
    for _ in range(depth):
        value = short(name) + b"F" + long(value)
    return value


def nested_arrays(depth, name="n"):
    value = b""
    for _ in range(depth):
        value = b"A" + long(value)
    return short(name) + value


def with_fields(*fields):
    """For Bus.send's `raw` property: these fields go after those of the header table, as they are."""

    def make(values):
        headers = values.pop("headers")
        properties = RawProperties(**values, headers={"placeholder": 1})
        named = [text_field(name, value) for name, value in headers.items()]
        properties.table = b"".join(named) + b"".join(fields)
        return properties

    return make


class RawProperties(pika.BasicProperties):
    """Lets pika write all properties but the header table, which it is given."""

    table = b""

    def encode(self):
        encoded = b"".join(super().encode())
        placeholder = long(short("placeholder") + b"I" + (1).to_bytes(4, "big"))
        before, found, after = encoded.partition(placeholder)
        assert found, "pika writes a small integer in another way than expected"
        return [before, long(self.table), after]
