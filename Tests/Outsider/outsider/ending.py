"""Who ends a suite ends what it started: by Ctrl-C, by `kill` or by closing the terminal."""

import atexit
import signal
import subprocess

_started = []


def _interrupt(*_):
    """As Ctrl-C: what unittest takes for a failure of one test, such as SystemExit, would not end the others."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: None)  # one is enough: the second would interrupt the clean-up
    raise KeyboardInterrupt


@atexit.register
def _kill_what_is_left():
    for process in _started:
        if process.poll() is None:
            process.kill()
            process.wait()


def start(command, **options):
    """A process in a session of its own, so that the terminal's signals are for us alone; it is gone when we are."""
    process = subprocess.Popen(command, start_new_session=True, **options)
    _started.append(process)
    return process


def run(command, **options):
    """A suite's exit code. If we are ended, so is it, with the time to clean up that subprocess.run would not give."""
    with subprocess.Popen(command, **options) as suite:
        try:
            return suite.wait()
        except BaseException:
            suite.terminate()
            suite.wait()
            raise


for _number in (signal.SIGTERM, signal.SIGHUP):
    if signal.getsignal(_number) is not signal.SIG_IGN:  # as under nohup
        signal.signal(_number, _interrupt)
