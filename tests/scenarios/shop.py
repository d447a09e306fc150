"""A shop under test: it orders by pay v2, books what it is notified of, and answers what
it has booked. BUG=twice books every notice, BUG=unsigned does not look at the signature,
BUG=key signs with a wrong key. It knows WeChat by the variables alone.
"""

import hashlib
import json
import os
import sys
import urllib.request
import xml.etree.ElementTree as ElementTree
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BASE = os.environ["WECHAT_BASE"]
KEY = "0" * 32 if os.environ.get("BUG") == "key" else os.environ["WXKIT_PAY_KEY"]
BUG = os.environ.get("BUG")
HERE = f"http://127.0.0.1:{os.environ['PORT']}"
booked = {}


def sign(fields):
    pairs = sorted((k, v) for k, v in fields.items() if v and k != "sign")
    text = "&".join(f"{k}={v}" for k, v in pairs) + "&key=" + KEY
    return hashlib.md5(text.encode()).hexdigest().upper()


def xml(fields):
    inside = "".join(f"<{k}><![CDATA[{v}]]></{k}>" for k, v in fields.items())
    return f"<xml>{inside}</xml>".encode()


def read(body):
    return {child.tag: child.text or "" for child in ElementTree.fromstring(body)}


def order(number):
    fields = {
        "appid": os.environ["WXKIT_APP_ID"], "mch_id": os.environ["WXKIT_MCH_ID"], "nonce_str": "n" + number,
        "body": "tea", "out_trade_no": number, "total_fee": "880", "spbill_create_ip": "127.0.0.1",
        "notify_url": HERE + "/notify", "trade_type": "NATIVE", "product_id": "1",
    }
    fields["sign"] = sign(fields)
    return read(urllib.request.urlopen(BASE + "/pay/unifiedorder", xml(fields)).read())


class Shop(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/healthz":
            return self.say(200, {"ok": True})
        self.say(200, {"booked": booked.get(self.path.rsplit("/", 1)[-1], 0)})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.path == "/orders":
            asked = json.loads(body)
            reply = order(asked["number"])
            code = 201 if reply.get("result_code") == "SUCCESS" else 502
            return self.say(code, {"number": asked["number"], "code_url": reply.get("code_url"), "why": reply.get("return_msg")})
        notice = read(body)
        if BUG != "unsigned" and notice.get("sign") != sign(notice):
            return self.reply(200, xml({"return_code": "FAIL", "return_msg": "sign"}), "text/xml")
        number = notice["out_trade_no"]
        if BUG == "twice" or number not in booked:
            booked[number] = booked.get(number, 0) + 1
        print("booked", number, booked[number], flush=True)
        self.reply(200, xml({"return_code": "SUCCESS", "return_msg": "OK"}), "text/xml")

    def say(self, status, value):
        self.reply(status, json.dumps(value).encode(), "application/json")

    def reply(self, status, body, kind):
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


print("ready at", HERE, flush=True)
try:
    ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Shop).serve_forever()
except KeyboardInterrupt:
    sys.exit(0)
