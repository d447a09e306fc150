"""A small receiver of WeChat Pay v3 notices, written from the official pages with `cryptography`, and the same with
one mistake. Prints its address, then serves. Usage: receiver_v3.py KEYS_DIR PUB_KEY_ID API_V3_KEY APPID MCHID [MISTAKE]
"""

import json
import sys
import threading
import time
from base64 import b64decode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

DIR, PUB_KEY_ID, API_V3_KEY, APPID, MCHID = sys.argv[1:6]
MISTAKE = sys.argv[6] if len(sys.argv) > 6 else ""

ORDERS = {"shop-1": {"total": 100, "paid": False}}
LOCK = threading.Lock()
TAKEN = []


class Refused(Exception):
    pass


def wechats_keys():
    certificate = x509.load_pem_x509_certificate(Path(DIR, "platform_cert.pem").read_bytes())
    keys = {PUB_KEY_ID: serialization.load_pem_public_key(Path(DIR, "pub_key.pem").read_bytes())}
    if MISTAKE != "one_key":
        keys[f"{certificate.serial_number:040X}"] = certificate.public_key()
    return keys


KEYS = wechats_keys()


def prove(headers, body):
    time_, nonce = headers.get("Wechatpay-Timestamp", ""), headers.get("Wechatpay-Nonce", "")
    signature = headers.get("Wechatpay-Signature", "")
    if MISTAKE == "no_verify":
        return
    if MISTAKE == "signtest" and signature.startswith("WECHATPAY/SIGNTEST/"):
        return
    key = KEYS.get(headers.get("Wechatpay-Serial", ""))
    if key is None:
        raise Refused("serial")
    if MISTAKE != "no_window" and abs(time.time() - int(time_ or 0)) > 300:
        raise Refused("time")
    try:
        if MISTAKE == "reserialised":
            body = json.dumps(json.loads(body), ensure_ascii=False, separators=(",", ":")).encode()
        given = b64decode(signature, validate=True)
        key.verify(given, f"{time_}\n{nonce}\n".encode() + body + b"\n", padding.PKCS1v15(), hashes.SHA256())
    except (ValueError, InvalidSignature) as error:
        raise Refused("signature") from error


def opened(resource):
    nonce, sealed = resource["nonce"].encode(), b64decode(resource["ciphertext"])
    beside = (resource.get("associated_data") or "").encode()
    if MISTAKE == "fixed_aad":
        beside = resource["original_type"].encode()
    if MISTAKE == "no_tag":
        counter = modes.CTR(nonce + (2).to_bytes(4, "big"))
        return Cipher(algorithms.AES(API_V3_KEY.encode()), counter).decryptor().update(sealed[:-16])
    try:
        return AESGCM(API_V3_KEY.encode()).decrypt(nonce, sealed, beside)
    except InvalidTag as error:
        raise Refused("tag") from error


def pay(order):
    with LOCK:
        known = ORDERS.get(order.get("out_trade_no"))
        if known is None:
            raise Refused("no such order")
        if MISTAKE != "no_amount_check" and known["total"] != order["amount"]["total"]:
            raise Refused("amount")
        if known["paid"] and MISTAKE == "once_only":
            raise Refused("paid already")
        known["paid"] = True


def take(headers, body):
    if MISTAKE == "refuses_all":
        raise Refused("no")
    if MISTAKE == "v2_only" and not body.lstrip().startswith(b"<"):
        raise Refused("no XML")
    prove(headers, body)
    try:
        notice = json.loads(body)
        said = json.loads(opened(notice["resource"]))
    except (ValueError, KeyError) as error:
        raise Refused("json") from error
    if MISTAKE != "no_mch_check" and said.get("mchid") != MCHID:
        raise Refused("mchid")
    if notice["event_type"] == "TRANSACTION.SUCCESS":
        pay(said)


def answer(headers, body):
    try:
        take(headers, body)
    except Refused as why:
        status = 200 if MISTAKE in ("always_200", "v2_only") else 401
        if MISTAKE == "v2_only":
            return status, b"<xml><return_code><![CDATA[FAIL]]></return_code></xml>"
        return status, json.dumps({"code": "FAIL", "message": str(why)}).encode()
    return (201, b"") if MISTAKE == "created" else (204, b"")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def reply(self, status, body):
        self.send_response(status)
        if status != 204:
            self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.reply(200, str(len(TAKEN)).encode())

    def do_POST(self):
        TAKEN.append(self.path)
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        if MISTAKE == "slow":
            time.sleep(5.3)
        self.reply(*answer(self.headers, body))

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
print(f"http://127.0.0.1:{server.server_port}/notify", flush=True)
server.serve_forever()
