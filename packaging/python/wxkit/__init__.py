"""A gateway for tests: ``with start() as wechat`` → address, environment, control plane.

The gateway ends with the block, with ``close()``, and with this process however that ends.
"""

import json
import subprocess
import tempfile
import threading
import urllib.error
import urllib.parse
import urllib.request

from ._binary import binary, environment

__all__ = ["Gateway", "WxkitError", "binary", "start"]

#: Longest wait for a gateway to be there, or to end, in seconds.
PATIENCE = 30


class WxkitError(Exception):
    """What went wrong, in the gateway's own words where it has some."""


def start(*, seed=None, faults=(), keys=None, args=()):
    """Starts a gateway on a free port.

    ``seed``: everything random comes from it. ``faults``: in their short form, as
    ``refund:SYSTEMERROR,count=1``; they are there again after ``reset()``. ``keys``: a
    directory for the test keys of pay v3, which ``env`` then names. ``args``: more flags
    of ``wxkit mock``, as ``["--proxy"]``.
    """
    words = ["--seed", str(seed)] if seed is not None else []
    words += ["--keys", str(keys)] if keys is not None else []
    faults = [faults] if isinstance(faults, str) else faults
    words += [word for fault in faults for word in ("--fault", fault)]
    return Gateway([*words, *args])


class Gateway:
    """A local WeChat that runs beside the tests."""

    def __init__(self, words):
        command = [binary(), "mock", "--until-eof", "--quiet", "--listen", "127.0.0.1:0", *words]
        self._process, self.url = _started(command)
        try:
            #: What leads a program there: WECHAT_BASE, WXKIT_APP_ID, WXKIT_PAY_KEY, …
            self.env = _variables(words, self.url)
        except BaseException:
            self.close()
            raise

    def pay(self, out_trade_no, **how):
        """The customer pays; ``openid``, ``bank_type``, ``coupon_fee`` (fen). Gives order and notice."""
        return self.control("POST", f"orders/{_quoted(out_trade_no)}/pay", how)

    def order(self, out_trade_no, **until):
        """An order; ``until="notified", wait="10s"`` waits for it."""
        return self.control("GET", f"orders/{_quoted(out_trade_no)}{_query(until)}")

    def requests(self, **which):
        """The calls so far; ``verdict="refused"``, ``path=…``, ``wait="10s"``, ``count=2``."""
        return self.control("GET", "requests" + _query(which))["requests"]

    def notices(self, **which):
        """The notices so far, with every attempt; ``state="delivered", wait="10s"``."""
        return self.control("GET", "notices" + _query(which))["notices"]

    def fault(self, text):
        """One fault more: ``refund:SYSTEMERROR,count=1``."""
        return self.control("POST", "faults", text)

    def reset(self):
        """Forgets everything but how it began."""
        self.control("POST", "reset")

    def control(self, method, path, body=None):
        """Any path under ``/_mock/``; ``GET`` of that lists them."""
        content = b"" if body is None else (body if isinstance(body, str) else json.dumps(body)).encode()
        request = urllib.request.Request(f"{self.url}/_mock/{path}", content or None, method=method)
        request.add_header("Content-Type", "application/json")
        # Not by the proxies of the environment, which may be those of a gateway.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request) as reply:
                return json.load(reply)
        except urllib.error.HTTPError as refused:
            raise WxkitError(f"{method} /_mock/{path}: {_refusal(refused.read())}") from None
        except urllib.error.URLError as away:
            raise WxkitError(f"{method} /_mock/{path}: the gateway does not answer, is it closed? {away.reason}") from None

    def close(self):
        """Stops it."""
        self._process.stdin.close()
        # A process forked from this one may hold that stdin open.
        self._process.terminate()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def _started(command):
    """It stops at the end of its stdin, which is the end of this process at the latest."""
    with tempfile.TemporaryFile() as told:
        pipe = subprocess.PIPE
        try:
            process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=told, env=environment())
        except OSError as why:
            raise WxkitError(f"{command[0]} could not be started: {why.strerror}") from None
        timer = threading.Timer(PATIENCE, process.kill)
        timer.start()
        url = process.stdout.readline().decode().strip()
        timer.cancel()
        if url:
            return process, url
        process.stdin.close()
        process.stdout.close()
        code = process.wait()
        told.seek(0)
        said = told.read().decode(errors="replace").strip()
        raise WxkitError(f"the gateway ended with {code} before it was ready\n{said}")


def _variables(words, url):
    at = ["--listen", urllib.parse.urlsplit(url).netloc]
    command = [binary(), "mock", *at, *words, "--print-env", "--json"]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment())
    return json.loads(done.stdout)["env"]


def _quoted(text):
    return urllib.parse.quote(str(text), safe="")


def _query(which):
    return "?" + urllib.parse.urlencode(which) if which else ""


def _refusal(content):
    try:
        error = json.loads(content)["error"]
        why = (error.get("why") or {}).get("en")
        return "; ".join(filter(None, [error["en"], why])) + f" ({error['code']})"
    except (ValueError, KeyError, TypeError):
        return content.decode(errors="replace")
