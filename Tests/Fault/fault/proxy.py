"""A TCP proxy between worker and broker that delays or swallows what one side says, and resets connections."""

import asyncio
import socket
import struct
import threading


class Proxy:
    def __init__(self, target_port):
        self.target_port = target_port
        self.swallowing = None  # "to broker", "to worker" or None
        self.swallowed = 0  # bytes
        self.delay = 0  # seconds that the broker's words take longer
        self._writers = set()
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self.port = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)

    async def _listen(self):
        self._server = await asyncio.start_server(self._accepted, "127.0.0.1", 0)
        return self._server.sockets[0].getsockname()[1]

    async def _accepted(self, reader, writer):
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.target_port)
        except OSError:
            writer.close()
            return
        both = {writer, back}
        self._writers |= both
        await asyncio.gather(self._copy(reader, back, "to broker"), self._copy(there, writer, "to worker"))
        self._writers -= both

    async def _copy(self, reader, writer, direction):
        try:
            while data := await reader.read(65536):
                if self.swallowing == direction:
                    self.swallowed += len(data)
                    continue
                if self.delay and direction == "to worker":
                    await asyncio.sleep(self.delay)
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()

    def reset(self):
        """Ends all connections on both sides with RST; says how many sockets that were."""
        return asyncio.run_coroutine_threadsafe(self._reset(), self._loop).result(10)

    async def _reset(self):
        writers = list(self._writers)
        for writer in writers:
            end = writer.get_extra_info("socket")
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()
        return len(writers)
