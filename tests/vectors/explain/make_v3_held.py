"""Sixty signatures of v3 made apart from the tables of explain: alone, in pairs, and right.

Run beside this file: python3 make_v3_held.py > v3_held.jsonl. Other calls, other bodies and other
slips than in make_v3.py; the keys are made anew each time and belong to nobody.
"""

import base64
import json
import random
import urllib.parse

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

random.seed(20261126)
made = {name: rsa.generate_private_key(65537, 2048) for name in ("merchant", "other")}
print(json.dumps({"keys": {name: key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode() for name, key in made.items()}}))
LINES = ["method", "url", "timestamp", "nonce_str", "body"]


def signed(message, digest=hashes.SHA256(), key="merchant"):
    message = message if isinstance(message, bytes) else message.encode()
    return base64.b64encode(made[key].sign(message, padding.PKCS1v15(), digest)).decode()


def put(want, fields, signature, scheme="v3"):
    print(json.dumps({"want": want, "case": {"scheme": scheme, "fields": fields, "signature": signature, "key": "merchant"}}, ensure_ascii=False))


def nonce():
    return "".join(random.choice("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") for _ in range(32))


def number(start):
    return start + "".join(random.choice("0123456789") for _ in range(12))


def refund():
    body = {"transaction_id": number("4200"), "out_refund_no": number("R"), "reason": random.choice(["商品已售完", "7天无理由 & 包邮", "多付了"]), "amount": {"refund": random.randint(1, 99), "total": 100, "currency": "CNY"}, "notify_url": "https://shop.example.cn/wx/refund"}
    return {"method": "POST", "url": "/v3/refund/domestic/refunds", "timestamp": str(1780000000 + random.randint(0, 9999)), "nonce_str": nonce(), "body": json.dumps(body, ensure_ascii=False, separators=(",", ":"))}


def bill():
    return {"method": "GET", "url": f"/v3/bill/tradebill?bill_date=2026-11-{random.randint(10, 25)}&bill_type=ALL&tar_type=GZIP", "timestamp": str(1780000000 + random.randint(0, 9999)), "nonce_str": nonce(), "body": ""}


def query():
    no = number("T")
    return {"method": "GET", "url": f"/v3/pay/partner/transactions/out-trade-no/{no}?sp_mchid=1230000109&sub_mchid=1900000109", "timestamp": str(1780000000 + random.randint(0, 9999)), "nonce_str": nonce(), "body": ""}


def split():
    body = {"appid": "wx8888888888888888", "transaction_id": number("4208"), "out_order_no": number("P"), "receivers": [{"type": "MERCHANT_ID", "account": "86693852", "amount": 88, "description": "分给商户A/B"}], "unfreeze_unsplit": True}
    return {"method": "POST", "url": "/v3/profitsharing/orders", "timestamp": str(1780000000 + random.randint(0, 9999)), "nonce_str": nonce(), "body": json.dumps(body, ensure_ascii=False, separators=(",", ":"))}


def text(f, sep="\n", end="\n"):
    return sep.join(f[name] for name in LINES) + end


def again(**how):
    return lambda f: {**f, "body": json.dumps(json.loads(f["body"]), **how)}


FIELD = {  # slips of a field: who, which cause
    "pretty": (again(ensure_ascii=False, indent=2), "V-BODY-REJSON"),
    "spaced": (again(ensure_ascii=False), "V-BODY-REJSON"),
    "ascii": (again(separators=(",", ":")), "V-BODY-REJSON"),
    "sorted": (again(ensure_ascii=False, sort_keys=True, separators=(",", ":")), "V-BODY-REJSON"),
    "no body": (lambda f: {**f, "body": ""}, "V-BODY-EMPTY"),
    "newline": (lambda f: {**f, "body": f["body"] + "\n"}, "V-BODY-NL"),
    "lower": (lambda f: {**f, "method": f["method"].lower()}, "V-METHOD"),
    "whole url": (lambda f: {**f, "url": "https://api.mch.weixin.qq.com" + f["url"]}, "V-URL-FULL"),
    "no slash": (lambda f: {**f, "url": f["url"][1:]}, "V-URL-NOSLASH"),
    "later": (lambda f: {**f, "timestamp": str(int(f["timestamp"]) + random.randint(2, 300))}, "V-TS-DIFF"),
    "millis": (lambda f: {**f, "timestamp": f["timestamp"] + "%03d" % random.randint(0, 999)}, "V-TS-MS"),
    "nonce": (lambda f: {**f, "nonce_str": f["nonce_str"].lower()}, "V-NONCE-DIFF"),
}
QUERY = {
    "no query": (lambda f: {**f, "url": f["url"].split("?")[0]}, "V-URL-NOQUERY"),
    "junk": (lambda f: {**f, "body": "{}"}, "V-BODY-GETJUNK"),
    "null": (lambda f: {**f, "body": "null"}, "V-BODY-GETJUNK"),
    "get body": (lambda f: {**f, "body": json.dumps(dict(urllib.parse.parse_qsl(f["url"].split("?")[1])), separators=(",", ":"))}, "V-GET-BODY"),
    "post": (lambda f: {**f, "method": "POST"}, "V-METHOD"),
}
POSTS, GETS = [refund, split], [bill, query]

for change, cause in FIELD.values():
    f = random.choice(POSTS)()
    put([cause], f, signed(text(change(f))))
for change, cause in QUERY.values():
    f = random.choice(GETS)()
    put([cause], f, signed(text(change(f))))
for want, f, signature in [
    (["V-CRLF"], refund(), lambda f: signed(text(f, "\r\n", "\r\n"))),
    (["V-CRLF"], split(), lambda f: signed(text(f, "\\n", "\\n"))),
    (["V-NL-END"], split(), lambda f: signed(text(f, end=""))),
    (["V-NL-EXTRA"], refund(), lambda f: signed(text(f, end="\n\n"))),
    (["V-NL-BODY"], query(), lambda f: signed(text(f, end=""))),
    (["V-ALGO"], refund(), lambda f: signed(text(f), hashes.SHA1())),
    (["V-ALGO"], bill(), lambda f: signed(text(f), hashes.SHA512())),
    (["V-KEY-OTHER"], split(), lambda f: signed(text(f), key="other")),
    (["V-OUT"], split(), lambda f: base64.b64decode(signed(text(f))).hex()),
    (["V-OUT"], bill(), lambda f: base64.urlsafe_b64encode(base64.b64decode(signed(text(f)))).decode()),
    (["V-BODY-ENC"], refund(), lambda f: signed(text(f).encode("gbk"))),
    (["V-BODY-ENC"], split(), lambda f: signed(text(f).encode("ascii", "replace"))),
    (["V-ORDER"], refund(), lambda f: signed("\n".join(f[n] for n in ["timestamp", "nonce_str", "method", "url", "body"]) + "\n")),
]:
    put(want, f, signature(f))

# Two at once
names = list(FIELD)
pairs = [("pretty", "whole url"), ("spaced", "lower"), ("ascii", "later"), ("sorted", "no slash"), ("no body", "lower"), ("newline", "whole url"), ("spaced", "millis"), ("nonce", "lower"), ("no slash", "lower"), ("later", "whole url")]
for one, two in pairs:
    f = random.choice(POSTS)()
    changed = FIELD[two][0](FIELD[one][0](f))
    put([FIELD[one][1], FIELD[two][1]], f, signed(text(changed)))
for one, rest, want in [
    ("pretty", dict(end=""), "V-NL-END"), ("spaced", dict(sep="\r\n", end="\r\n"), "V-CRLF"), ("lower", dict(end=""), "V-NL-END"), ("whole url", dict(end=""), "V-NL-END"),
]:
    f = random.choice(POSTS)()
    put([FIELD[one][1], want], f, signed(text(FIELD[one][0](f), **rest)))
for one, want, end in [("no query", "V-NL-BODY", ""), ("post", "V-NL-BODY", "")]:
    f = random.choice(GETS)()
    put([QUERY[one][1], want], f, signed(text(QUERY[one][0](f), end=end)))
for one, two in [("no query", "junk"), ("post", "no query")]:
    f = random.choice(GETS)()
    put([QUERY[one][1], QUERY[two][1]], f, signed(text(QUERY[two][0](QUERY[one][0](f)))))
for one, digest in [("pretty", hashes.SHA1()), ("lower", hashes.SHA512())]:
    f = random.choice(POSTS)()
    put([FIELD[one][1], "V-ALGO"], f, signed(text(FIELD[one][0](f)), digest))
# Right ones
for call in [refund, bill, query, split] * 3:
    f = call()
    put([], f, signed(text(f)))
