"""A payment tested against a local WeChat with pytest: the fixture comes with the package."""

import hashlib
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

TEA = {"body": "tea", "total_fee": 880, "spbill_create_ip": "127.0.0.1", "product_id": "1", "out_trade_no": "20250101001"}


def order(env, **fields):
    """The program under test: places an order, as any SDK does."""
    own = {"appid": env["WXKIT_APP_ID"], "mch_id": env["WXKIT_MCH_ID"], "nonce_str": "n", "trade_type": "NATIVE"}
    fields = {**own, **fields}
    pairs = "&".join(f"{name}={fields[name]}" for name in sorted(fields))
    fields["sign"] = hashlib.md5(f"{pairs}&key={env['WXKIT_PAY_KEY']}".encode()).hexdigest().upper()
    body = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
    url = env["WECHAT_BASE"] + "/pay/unifiedorder"
    return urllib.request.urlopen(url, f"<xml>{body}</xml>".encode()).read().decode()


@pytest.fixture
def shop():
    """… and receives its notices."""

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self):
            self.server.booked.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<xml><return_code>SUCCESS</return_code></xml>")

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Receiver) as server:
        server.booked = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_a_paid_order_is_booked(wechat, shop):
    assert "code_url" in order(wechat.env, **TEA, notify_url=f"http://127.0.0.1:{shop.server_port}/notify")
    wechat.pay("20250101001")
    assert wechat.order("20250101001", until="notified", wait="10s")["trade_state"] == "SUCCESS"
    assert len(shop.booked) == 1 and "20250101001" in shop.booked[0]


def test_a_wrong_key_is_refused_in_wechats_words(wechat):
    assert wechat.requests() == []
    reply = order({**wechat.env, "WXKIT_PAY_KEY": "wrong"}, **TEA, notify_url="http://127.0.0.1/")
    assert "签名错误" in reply
    assert len(wechat.requests(verdict="refused")) == 1
