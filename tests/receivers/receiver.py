"""A small receiver of WeChat Pay v2 notices, written from the official pages with
the standard library (and the openssl command for AES), and the same with one
mistake. Prints its address, then serves. Usage: receiver.py KEY APPID MCHID [MISTAKE]
"""

import hashlib
import hmac
import subprocess
import sys
import threading
import time
from base64 import b64decode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.parsers import expat

KEY, APPID, MCHID = sys.argv[1:4]
MISTAKE = sys.argv[4] if len(sys.argv) > 4 else ""

KNOWN = set(
    "appid attach bank_type cash_fee fee_type is_subscribe mch_id nonce_str openid out_trade_no result_code "
    "return_code time_end total_fee trade_type transaction_id sign_type".split()
)
ORDERS = {"shop-1": {"total_fee": "100", "paid": False}}
LOCK = threading.Lock()
TAKEN = []
# What was entered in the books, which the owner can count: GET /booked.
BOOKED = []


class Refused(Exception):
    pass


def parse(data):
    fields, path, text = {}, [], []
    parser = expat.ParserCreate()

    def start(name, _):
        path.append(name)
        text.clear()

    def end(name):
        if len(path) == 2:
            fields[name] = "".join(text)
        path.pop()

    def doctype(*_):
        if MISTAKE != "doctype":
            raise Refused("DOCTYPE")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text.append
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Refused(str(error)) from error
    return fields


def sign(fields, given):
    names = sorted(n for n, v in fields.items() if n != "sign" and v != "")
    if MISTAKE == "drops_sign_type":
        names = [n for n in names if n != "sign_type"]
    if MISTAKE == "known_fields":
        names = [n for n in names if n in KNOWN]
    text = "&".join(f"{n}={fields[n]}" for n in names) + "&key=" + KEY
    long = len(given) == 64 and MISTAKE != "md5_only"
    if long:
        return hmac.new(KEY.encode(), text.encode(), "sha256").hexdigest().upper()
    return hashlib.md5(text.encode()).hexdigest().upper()


def verify(fields):
    given = fields.get("sign", "")
    if MISTAKE == "no_verify" or (MISTAKE == "sign_optional" and not given):
        return
    if not given or not hmac.compare_digest(sign(fields, given), given):
        raise Refused("sign")


def decrypt(req_info):
    key = hashlib.md5(KEY.encode()).hexdigest().encode().hex()
    command = ["openssl", "enc", "-d", "-aes-256-ecb", "-K", key]
    done = subprocess.run(command, input=b64decode(req_info), capture_output=True)
    if done.returncode:
        raise Refused("req_info")
    return parse(done.stdout)


def take(data):
    if MISTAKE == "refuses_all":
        raise Refused("no")
    fields = parse(data)
    if "req_info" in fields:
        inner = decrypt(fields["req_info"])
        if "out_refund_no" not in inner:
            raise Refused("req_info")
        return
    verify(fields)
    if MISTAKE != "no_mch_check" and (fields.get("mch_id"), fields.get("appid")) != (MCHID, APPID):
        raise Refused("mch_id")
    with LOCK:
        order = ORDERS.get(fields.get("out_trade_no"))
        if order is None:
            raise Refused("no such order")
        if MISTAKE != "no_amount_check" and order["total_fee"] != fields.get("total_fee"):
            raise Refused("total_fee")
        if order["paid"] and MISTAKE == "once_only":
            raise Refused("paid already")
        if not order["paid"] or MISTAKE == "books_twice":
            if MISTAKE == "books_racing":
                LOCK.release()
                time.sleep(0.2)
                LOCK.acquire()
            BOOKED.append(order)
        order["paid"] = True


def reply(code, message):
    return f"<xml><return_code><![CDATA[{code}]]></return_code><return_msg><![CDATA[{message}]]></return_msg></xml>"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        count = str(len(BOOKED if self.path == "/booked" else TAKEN)).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(count)))
        self.end_headers()
        self.wfile.write(count)

    def do_POST(self):
        TAKEN.append(self.path)
        data = self.rfile.read(int(self.headers.get("content-length") or 0))
        if MISTAKE == "slow":
            time.sleep(5.3)
        try:
            take(data)
            answer = "success" if MISTAKE == "plain_text" else reply("SUCCESS", "OK")
        except Refused as why:
            answer = reply("FAIL", why)
        body = answer.encode()
        self.send_response(200)
        self.send_header("content-type", "text/xml")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
print(f"http://127.0.0.1:{server.server_port}/notify", flush=True)
server.serve_forever()
