"""Drives the gateway's pay v3 with wechatpayv3, as its users would: every call goes through the SDK, only its
gateway address and keys are set. Comes in: WXKIT_BASE, and WXKIT_KEYS with the files of `wxkit mock keys`; goes
out: one line of JSON with the signature that the caller makes again; a failed check ends with a traceback.
"""

import gzip
import hashlib
import json
import os
import queue
import random
import tempfile
import threading
import urllib.request
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from wechatpayv3 import WeChatPay, WeChatPayType

BASE, KEYS = os.environ["WXKIT_BASE"], Path(os.environ["WXKIT_KEYS"])
APP_ID, MCH_ID = "wx00c0ffee00c0ffee", "1900000109"
API_V3_KEY = "wxkitmockapiv3keywxkitmockapiv3k"
PUB_KEY_ID = "PUB_KEY_ID_0119000001092026112600000000000001"
SERIAL = "5F0C4A1D7E2B3968A4D1C05E7B9F63D28A1C4E90"
OPENID = "oMockUser0000000000000000001"
# Bills go by the days of Beijing; kept, lest midnight comes in between.
TODAY = datetime.now(timezone(timedelta(hours=8))).date().isoformat()


class Receiver:
    """A merchant's notify_url; it keeps headers and body as they came."""

    def __init__(self):
        self.arrived = arrived = queue.Queue()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                arrived.put((dict(self.headers), body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/notify"

    def next(self):
        return self.arrived.get(timeout=10)


def client(notify_url, **keys):
    pay = WeChatPay(
        wechatpay_type=WeChatPayType.JSAPI, mchid=MCH_ID, private_key=(KEYS / "apiclient_key.pem").read_text(),
        cert_serial_no=SERIAL, apiv3_key=API_V3_KEY, appid=APP_ID, notify_url=notify_url, timeout=(10, 30), **keys,
    )
    pay._core._gate_way = BASE
    return pay


def by_public_key(notify_url):
    return client(notify_url, public_key=(KEYS / "pub_key.pem").read_text(), public_key_id=PUB_KEY_ID)


def by_certificate(notify_url, directory):
    """The SDK downloads where it finds none; here it does so again from the gateway."""
    (Path(directory) / "first.pem").write_text((KEYS / "platform_cert.pem").read_text())
    pay = client(notify_url, cert_dir=str(directory))
    pay._core._update_certificates()
    assert len(pay._core._certificates) == 1, "downloaded and decrypted by the SDK"
    return pay


def good(answer, status=200):
    code, text = answer
    assert code == status, answer
    return json.loads(text) if status == 200 else text


def control(path):
    request = urllib.request.Request(f"{BASE}/_mock/{path}", data=b"{}")
    urllib.request.urlopen(request, timeout=10).read()


def number(prefix):
    return f"{prefix}{random.randrange(10**12):012}"


def orders(pay, shop):
    out_trade_no = number("PY")
    made = good(pay.pay(description="一杯茶 & <点心>", out_trade_no=out_trade_no, amount={"total": 101},
                        payer={"openid": OPENID}, attach="桌 7"))
    assert made["prepay_id"].startswith("wx"), made
    assert good(pay.query(out_trade_no=out_trade_no))["trade_state"] == "NOTPAY"
    control(f"orders/{out_trade_no}/pay")
    headers, body = shop.next()
    notice = pay.callback(headers, body)
    assert notice["event_type"] == "TRANSACTION.SUCCESS", notice
    paid = notice["resource"]
    assert (paid["out_trade_no"], paid["amount"]["total"], paid["attach"]) == (out_trade_no, 101, "桌 7"), paid
    assert pay.callback(headers, body.replace(b"TRANSACTION.SUCCESS", b"TRANSACTION.FAIL")) is None
    found = good(pay.query(transaction_id=paid["transaction_id"]))
    assert (found["trade_state"], found["payer"]["openid"]) == ("SUCCESS", OPENID), found
    refunds(pay, shop, out_trade_no)
    return made["prepay_id"]


def refunds(pay, shop, out_trade_no):
    out_refund_no = number("PYR")
    back = good(pay.refund(out_refund_no=out_refund_no, out_trade_no=out_trade_no, notify_url=shop.url,
                           amount={"refund": 40, "total": 101, "currency": "CNY"}))
    assert back["status"] in ("PROCESSING", "SUCCESS"), back
    notice = pay.callback(*shop.next())
    assert notice["event_type"] == "REFUND.SUCCESS", notice
    told = notice["resource"]
    assert (told["out_refund_no"], told["refund_status"], told["amount"]["refund"]) == (out_refund_no, "SUCCESS", 40)
    assert good(pay.query_refund(out_refund_no))["status"] == "SUCCESS"
    code, text = pay.query_refund("nobody")
    assert (code, json.loads(text)["code"]) == (404, "RESOURCE_NOT_EXISTS"), text


def other_kinds(pay):
    order = {"description": "茶", "amount": {"total": 1}}
    scene = {"payer_client_ip": "127.0.0.1", "h5_info": {"type": "Wap"}}
    native = number("PYN")
    made = good(pay.pay(**order, out_trade_no=native, pay_type=WeChatPayType.NATIVE))
    assert made["code_url"].startswith("weixin://wxpay/"), made
    h5 = good(pay.pay(**order, out_trade_no=number("PYH"), pay_type=WeChatPayType.H5, scene_info=scene))
    assert h5["h5_url"].startswith("http"), h5
    assert good(pay.pay(**order, out_trade_no=number("PYA"), pay_type=WeChatPayType.APP))["prepay_id"]
    good(pay.close(native), 204)
    assert good(pay.query(out_trade_no=native))["trade_state"] == "CLOSED"
    code, text = pay.query(out_trade_no="nobody")
    assert (code, json.loads(text)["code"]) == (404, "ORDER_NOT_EXIST"), text


def bills(pay):
    for told in [pay.trade_bill(TODAY, tar_type="GZIP"), pay.fundflow_bill(TODAY)]:
        told = good(told)
        code, packed = pay.download_bill(told["download_url"])
        plain = gzip.decompress(packed)
        assert (code, told["hash_type"], hashlib.sha1(plain).hexdigest()) == (200, "SHA1", told["hash_value"].lower())
        assert "`PY" in plain.decode() or "`1.01" in plain.decode(), plain.decode()


def wrong_key(pay):
    """Signed with a key that is not the one of the serial."""
    pay._core._cert_serial_no = SERIAL[::-1]
    code, text = pay.query(out_trade_no="nobody")
    assert (code, json.loads(text)["code"]) == (401, "SIGN_ERROR"), text


def pay_parameters(pay, prepay_id):
    """What a page passes to WeixinJSBridge, signed as the SDK's documentation does."""
    package = f"prepay_id={prepay_id}"
    signed = pay.sign([APP_ID, "1768478400", "nonce", package])
    return {"appId": APP_ID, "timeStamp": "1768478400", "nonceStr": "nonce", "package": package, "signType": "RSA",
            "paySign": signed}


shop = Receiver()
public = by_public_key(shop.url)
prepay_id = orders(public, shop)
other_kinds(public)
bills(public)
with tempfile.TemporaryDirectory() as directory:
    orders(by_certificate(shop.url, directory), shop)
signed = pay_parameters(public, prepay_id)
wrong_key(public)
print(json.dumps({"pay_sign": signed}))
