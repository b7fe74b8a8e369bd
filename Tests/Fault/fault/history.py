"""What was seen, in files that are only appended to and synced: one JSON object a line."""

import json
import os
import threading


class History:
    """The histories of one scenario: attempted, confirmed, replied, events; and stored, read at the end."""

    NAMES = ("attempted", "confirmed", "replied", "events", "stored")

    def __init__(self, folder):
        folder.mkdir(parents=True)
        self.folder = folder
        self._lock = threading.Lock()
        self._files = {name: open(folder / f"{name}.ndjson", "a", encoding="utf-8") for name in self.NAMES}
        self._records = {name: [] for name in self.NAMES}

    def add(self, name, *records):
        """Synced before it returns, so that no attempt is published that is not on record."""
        if not records:
            return
        with self._lock:
            file = self._files[name]
            self._records[name].extend(records)
            file.writelines(json.dumps(record) + "\n" for record in records)
            file.flush()
            os.fsync(file.fileno())

    def of(self, name):
        with self._lock:
            return list(self._records[name])

    def close(self):
        for file in self._files.values():
            file.close()
