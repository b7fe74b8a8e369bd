"""A producer that shares no code with orderbus: it knows the contract and pika."""
