"""Signatures of v3 with one mistake each, made with Python's `cryptography`.

Run beside this file: python3 make_v3.py > v3.jsonl. The first line holds the keys, which are
made anew each time and belong to nobody; every other line is a case and the causes that
must be named (by an explanation, or by a lint where the mistake is not in the string).
"""

import base64
import datetime
import hashlib
import hmac
import json
import random
import urllib.parse

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

random.seed(13)
SPKI = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
SERIAL = 0x0A1B2C3D4E5F60718293A4B5C6D7E8F901234567
PLATFORM = 0x5157F09EFDC096DE15EBE81A47057A7232F1B8E2


def certificate(key, common, organization, serial):
    name = lambda cn, o: x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, cn), x509.NameAttribute(NameOID.ORGANIZATION_NAME, o)])
    day = datetime.datetime(2026, 1, 1)
    built = x509.CertificateBuilder().subject_name(name(common, organization)).issuer_name(name("Tenpay.com Root CA", "Tenpay.com"))
    built = built.public_key(key.public_key()).serial_number(serial).not_valid_before(day).not_valid_after(day.replace(year=2036))
    return built.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


made = {name: rsa.generate_private_key(65537, 2048) for name in ("merchant", "other", "wechat", "old")}
KEYS = {name: key.public_key().public_bytes(*SPKI).decode() for name, key in made.items()}
KEYS["merchant_cert"] = certificate(made["merchant"], "1900000109", "微信商户系统", SERIAL)
KEYS["platform_cert"] = certificate(made["wechat"], "Tenpay.com sign", "Tenpay.com", PLATFORM)
CASES = []


def sign(message, key="merchant", digest=hashes.SHA256(), pad=padding.PKCS1v15()):
    if isinstance(message, str):
        message = message.encode()
    return base64.b64encode(made[key].sign(message, pad, digest)).decode()


def bare(data, key="merchant"):
    """Private-key encryption: PKCS#1 v1.5 padding of type 1 without DigestInfo."""
    numbers = made[key].private_numbers()
    n = numbers.public_numbers.n
    block = b"\x00\x01" + b"\xff" * (256 - 3 - len(data)) + b"\x00" + data
    return base64.b64encode(pow(int.from_bytes(block), numbers.d, n).to_bytes(256)).decode()


def case(want, fields, signature, scheme="v3", key="merchant", others=None):
    made_case = {"scheme": scheme, "fields": fields, "signature": signature, "key": key}
    if others:
        made_case["others"] = others
    CASES.append({"want": want if isinstance(want, list) else [want], "case": made_case})


BODY = '{"appid":"wx00c0ffee00c0ffee","mchid":"1900000109","description":"Image形象店-深圳腾大","out_trade_no":"ORDER20261126001","notify_url":"https://www.example.com/notify?a=1&b=2","amount":{"total":100,"currency":"CNY"},"payer":{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"}}'
POST = {"method": "POST", "url": "/v3/pay/transactions/jsapi", "timestamp": "1764127986", "nonce_str": "9PQ2WXKIT0A1B2C3D4E5F60718293A4B", "body": BODY}
GET = {"method": "GET", "url": "/v3/pay/transactions/out-trade-no/ORDER20261126001?mchid=1900000109", "timestamp": "1764127986", "nonce_str": "593BEC0C930BF1AFEB40B4A08C8FB242", "body": ""}
CLOSE = {"method": "POST", "url": "/v3/pay/transactions/out-trade-no/ORDER20261126001/close", "timestamp": "1764127986", "nonce_str": "0b3d0b27-5a63-4b1b-9d53-97d5b29ffb29", "body": '{"mchid":"1900000109"}'}
MARKET = {"method": "GET", "url": "/v3/marketing/partnerships?limit=5&offset=10&authorized_data=%7B%22stock_id%22%3A%222433405%22%7D&partner=a%20b%2Fc", "timestamp": "1764127986", "nonce_str": "593BEC0C930BF1AFEB40B4A08C8FB242", "body": ""}


def text(fields, **changed):
    f = {**fields, **changed}
    return f"{f['method']}\n{f['url']}\n{f['timestamp']}\n{f['nonce_str']}\n{f['body']}\n"


def wrong(want, fields, others=None, key="merchant", **changed):
    case(want, fields, sign(text(fields, **changed)), others=others, key=key)


# Which key signed
case("V-KEY-OTHER", POST, sign(text(POST), "other"))
case("V-KEY-OTHER", POST, sign(text(POST), "other"), others={"old certificate": "other"})
case("V-KEY-OTHER", GET, sign(text(GET), "old"), key="merchant_cert", others={"old": "old"})
for serial, want in [(f"{PLATFORM:X}", "V-KEY-SERIAL"), ("PUB_KEY_ID_0119000001092026112600000000000001", "V-KEY-SERIAL"),
                     (str(SERIAL), "V-SERIAL-FMT"), (f"0{SERIAL:x}", "V-SERIAL-FMT"), (f"{SERIAL:X}", "V-SERIAL-FMT"),
                     (":".join(f"0{SERIAL:X}"[i:i + 2] for i in range(0, 40, 2)), "V-SERIAL-FMT"), (f"0x0{SERIAL:X}", "V-SERIAL-FMT")]:
    case(want, {**POST, "serial_no": serial}, sign(text(POST)), key="merchant_cert")
case("V-MCHID", {**POST, "mchid": "1900000110"}, sign(text(POST)))
case("V-MCHID", {**POST, "mchid": "1900000109 "}, sign(text(POST)), key="merchant_cert")
HEADER = f'WECHATPAY2-SHA256-RSA2048 mchid="1900000109",nonce_str="{POST["nonce_str"]}",signature="{sign(text(POST))}",timestamp="{POST["timestamp"]}",serial_no="0{SERIAL:X}"'
for header in [HEADER.replace(",", ", "), "Bearer " + HEADER, HEADER.replace('"', "'"), HEADER.replace("nonce_str", "nonceStr"), HEADER.replace("RSA2048 ", "RSA2048,")]:
    case("V-AUTH-FORMAT", {**POST, "authorization": header}, sign(text(POST)))

# The url
wrong("V-URL-NOQUERY", GET, url=GET["url"].split("?")[0])
wrong("V-URL-NOQUERY", GET, url=GET["url"].split("?")[0] + "?")
wrong("V-URL-NOQUERY", MARKET, url=MARKET["url"].split("&")[0])
for url in [urllib.parse.unquote(MARKET["url"]), urllib.parse.quote(MARKET["url"], safe="/?=&"), MARKET["url"].replace("%20", "+"), MARKET["url"].replace("%2F", "/"),
            MARKET["url"].replace("%7B", "%7b").replace("%3A", "%3a").replace("%7D", "%7d").replace("%2F", "%2f"),
            MARKET["url"].split("?")[0] + "?" + "&".join(sorted(MARKET["url"].split("?")[1].split("&")))]:
    wrong("V-URL-ENCODING", MARKET, url=url)
wrong("V-URL-PLACEHOLDER", GET, url="/v3/pay/transactions/out-trade-no/{out_trade_no}?mchid=1900000109")
wrong("V-URL-PLACEHOLDER", CLOSE, url="/v3/pay/transactions/out-trade-no/%7Bout_trade_no%7D/close")
wrong("V-URL-PLACEHOLDER", POST, url=POST["url"] + "?")
for start in ["https://api.mch.weixin.qq.com", "http://api.mch.weixin.qq.com", "api.mch.weixin.qq.com", "https://api2.mch.weixin.qq.com"]:
    wrong("V-URL-FULL", POST, url=start + POST["url"])
wrong("V-URL-FULL", POST, url="https://pay.example.com" + POST["url"], others={"host": "https://pay.example.com"})
for url in [POST["url"][1:], POST["url"][3:], "/api" + POST["url"], POST["url"] + "/", "/v3" + POST["url"], "/" + POST["url"]]:
    wrong("V-URL-NOSLASH", POST, url=url)
# Method, time, nonce
for method in ["post", "GET", "PUT", "Post"]:
    wrong("V-METHOD", POST, method=method)
wrong("V-METHOD", GET, method="POST")
wrong("V-TS-MS", POST, timestamp="1764127986123")
wrong("V-TS-MS", {**GET, "timestamp": "1764127986123"}, timestamp="1764127986")
for seconds in [1, -1, 28800, -3600, 77]:
    wrong("V-TS-DIFF", GET, timestamp=str(1764127986 + seconds))
wrong("V-NONCE-DIFF", CLOSE, nonce_str=CLOSE["nonce_str"].replace("-", ""))
wrong("V-NONCE-DIFF", CLOSE, nonce_str=CLOSE["nonce_str"].upper())
wrong("V-NONCE-DIFF", GET, nonce_str="C380BEC2BFD727A4B6845133519F3AD6", others={"nonce of the log": "C380BEC2BFD727A4B6845133519F3AD6"})
# The body
value = json.loads(BODY)
for body in [json.dumps(value, ensure_ascii=False), json.dumps(value, separators=(",", ":")), json.dumps(value), json.dumps(value, indent=2, ensure_ascii=False), json.dumps(value, indent=4, ensure_ascii=False),
             json.dumps(value, indent="\t", ensure_ascii=False), json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False), json.dumps(value, sort_keys=True, ensure_ascii=False),
             BODY.replace("/", "\\/"), BODY.replace("&", "\\u0026"), json.dumps(value, separators=(",", ":")).replace("/", "\\/"), str(value), BODY.replace("100", "100.0")]:
    wrong("V-BODY-REJSON", POST, body=body)
for body in [BODY.encode("gbk"), BODY.encode("latin-1", "replace"), BODY.encode("ascii", "replace"), BODY.encode().decode("latin-1").encode(), BODY.encode("big5", "replace")]:
    message = text(POST, body="\x00").encode().replace(b"\x00", body)
    case("V-BODY-ENC", POST, sign(message))
wrong("V-BODY-TRUNC", POST, body=BODY.encode()[:8].decode())
wrong("V-BODY-EMPTY", POST, body="")
for body in [BODY + "\n", BODY + "\r\n", "\ufeff" + BODY, " " + BODY, BODY + " "]:
    wrong("V-BODY-NL", POST, body=body)
wrong("V-BODY-NL", {**POST, "body": BODY + "\n"}, body=BODY)
for body in ["{}", "[]", "null", "undefined", '""', "None", "nil"]:
    wrong("V-BODY-GETJUNK", GET, body=body)
for body in ["[object Object]", "Array"]:
    wrong("V-BODY-OBJ", POST, body=body)
wrong("V-BODY-TWICE", POST, body=json.dumps(BODY, ensure_ascii=False))
wrong("V-BODY-TWICE", {**POST, "body": json.dumps(BODY, ensure_ascii=False)}, body=BODY)
flat = {"mchid": "1900000109", "out_trade_no": "A 1/2", "reason": "退款"}
FLAT = {**CLOSE, "body": json.dumps(flat, separators=(",", ":"), ensure_ascii=False)}
wrong("V-BODY-FORM", FLAT, body=urllib.parse.urlencode(flat))
wrong("V-BODY-FORM", FLAT, body="&".join(f"{k}={v}" for k, v in flat.items()))
wrong("V-GET-BODY", GET, body='{"mchid":"1900000109"}')
wrong("V-GET-BODY", GET, url=GET["url"].split("?")[0], body='{"mchid": 1900000109}')
UPLOAD = {**POST, "url": "/v3/merchant/media/upload", "body": '{"filename":"a.png","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}'}
wrong("V-BODY-MULTIPART", UPLOAD, body="meta=" + UPLOAD["body"])
part = "--b\r\nContent-Disposition: form-data; name=\"meta\"\r\n\r\n" + UPLOAD["body"] + "\r\n--b--\r\n"
wrong("V-BODY-MULTIPART", UPLOAD, body=part, others={"multipart": part})
# The lines
case("V-NL-BODY", GET, sign(text(GET)[:-1]))
case("V-NL-END", POST, sign(text(POST)[:-1]))
case("V-NL-EXTRA", POST, sign(text(POST) + "\n"))
case("V-NL-EXTRA", POST, sign(text(POST).replace("\n", "\n\n")))
for line in ["\r\n", "\\n", "\r"]:
    case("V-CRLF", POST, sign(text(POST).replace("\n", line)))
names = ["method", "url", "timestamp", "nonce_str", "body"]
for order in [[2, 3, 0, 1, 4], [0, 1, 3, 2, 4], [4, 3, 2, 1, 0]]:
    case("V-ORDER", POST, sign("".join(POST[names[i]] + "\n" for i in order)))
# The algorithm and the form
for digest in [hashes.SHA1(), hashes.MD5(), hashes.SHA384(), hashes.SHA512()]:
    case("V-ALGO", POST, sign(text(POST), digest=digest))
for salt in [32, padding.PSS.MAX_LENGTH]:
    case("V-ALGO", POST, sign(text(POST), pad=padding.PSS(padding.MGF1(hashes.SHA256()), salt)))
case("V-ALGO", POST, sign(text(POST), digest=hashes.SHA1(), pad=padding.PSS(padding.MGF1(hashes.SHA1()), 20)))
digest = hashlib.sha256(text(POST).encode())
case("V-NOTRSA", POST, digest.hexdigest())
case("V-NOTRSA", POST, base64.b64encode(digest.digest()).decode())
case("V-NOTRSA", POST, base64.b64encode(hmac.new(b"wxkitApiV3Key0123456789abcdefghi", text(POST).encode(), hashlib.sha256).digest()).decode(), others={"APIv3 key": "wxkitApiV3Key0123456789abcdefghi"})
case("V-V2MIX", POST, hashlib.md5(text(POST).encode()).hexdigest().upper())
for inner in [digest.digest(), digest.hexdigest().encode(), digest.hexdigest().upper().encode(), base64.b64encode(digest.digest())]:
    case("V-PREHASH", POST, sign(inner))
case("V-RAWRSA", POST, bare(digest.digest()))
case("V-RAWRSA", POST, bare(digest.hexdigest().encode()))
case("V-RAWRSA", GET, bare(text(GET).encode()))
good = sign(text(POST))
for out in [base64.b64decode(good).hex(), base64.urlsafe_b64encode(base64.b64decode(good)).decode().rstrip("="), "\n".join(good[i:i + 76] for i in range(0, 344, 76)),
            urllib.parse.quote(good, safe=""), good.replace("+", " "), base64.b64encode(good.encode()).decode(), base64.b64decode(good).hex().upper()]:
    case("V-OUT", POST, out)

# Pages and apps
PAY = {"appId": "wx00c0ffee00c0ffee", "timeStamp": "1764128000", "nonceStr": "5K8264ILTKCH16CQ2502SI8ZNMTM67VS", "package": "prepay_id=wx26113320000000a1b2c3d4e5f6070000", "signType": "RSA"}
APP = {"appid": "wx00c0ffee00c0ffee", "timestamp": "1764128000", "noncestr": "5K8264ILTKCH16CQ2502SI8ZNMTM67VS", "prepayid": "wx26113320000000a1b2c3d4e5f6070000", "package": "Sign=WXPay"}
pay = lambda **c: "".join({**PAY, **c}[n] + "\n" for n in ["appId", "timeStamp", "nonceStr", "package"])
app = lambda **c: "".join({**APP, **c}[n] + "\n" for n in ["appid", "timestamp", "noncestr", "prepayid"])
P, A = {"scheme": "v3-pay-sign"}, {"scheme": "v3-app-sign"}
case("V-PS-APP", APP, sign(app(prepayid="prepay_id=" + APP["prepayid"])), **A)
case("V-PS-APP", APP, sign(app(prepayid="Sign=WXPay")), **A)
case("V-PS-PREFIX", PAY, sign(pay(package=PAY["package"][10:])), **P)
case("V-PS-NL", PAY, sign(pay()[:-1]), **P)
case("V-PS-NL", APP, sign(app()[:-1]), **A)
case("V-PS-TSMS", PAY, sign(pay(timeStamp="1764128000456")), **P)
case("V-PS-APPID", PAY, sign(pay(appId="wx2421b1c4370ec43b")), others={"sub_appid": "wx2421b1c4370ec43b"}, **P)
kv = "&".join(f"{n}={PAY[n]}" for n in sorted(PAY))
case("V-PS-KV", PAY, sign(kv), **P)
case("V-PS-KV", PAY, sign("&".join(f"{n}={PAY[n]}" for n in ["appId", "nonceStr", "package", "timeStamp"])), **P)
case("V-PS-ST", PAY, sign(pay() + "RSA\n"), **P)
case("V-PS-KEY", PAY, sign(pay(), "other"), others={"key of the other merchant": "other"}, **P)
case("V-PS-KEY", APP, sign(app(), "other"), **A)

# Replies and notices
BACK = '{"code_url":"weixin://wxpay/bizpayurl?pr=p4lpSuKzz","desc":"订单 <1> & 2"}'
REPLY = {"timestamp": "1764128000", "nonce": "mKp7Xc2VbN4qZs9LwE1r", "body": BACK, "serial": "PUB_KEY_ID_0119000001092026112600000000000001"}
V = {"scheme": "v3-verify", "key": "wechat"}
reply = lambda body=BACK: f"{REPLY['timestamp']}\n{REPLY['nonce']}\n{body}\n"
raw = sign(reply(), "wechat")
back = json.loads(BACK)
for body in [json.dumps(back, ensure_ascii=False), json.dumps(back), json.dumps(back, indent=2, ensure_ascii=False), BACK + "\n", json.dumps(back, separators=(",", ":")), BACK.replace("/", "\\/"), BACK.encode().decode("latin-1")]:
    case("V-RESP-BODY", {**REPLY, "body": body}, raw, **V)
case("V-RESP-BODY", REPLY, sign(reply(BACK + "\n"), "wechat"), **V)
case("V-RESP-BODY", {**REPLY, "body": ""}, raw, others={"raw body": BACK}, **V)
case("V-RESP-ORDER", REPLY, sign(f"{REPLY['nonce']}\n{REPLY['timestamp']}\n{BACK}\n", "wechat"), **V)
case("V-RESP-ORDER", REPLY, sign(reply()[:-1], "wechat"), **V)
case("V-RESP-ORDER", REPLY, sign(reply().replace(REPLY["nonce"], REPLY["serial"]), "wechat"), **V)
case("V-RESP-204", {**REPLY, "body": ""}, sign(f"{REPLY['timestamp']}\n{REPLY['nonce']}\n", "wechat"), **V)
case("V-RESP-CERT", REPLY, raw, scheme="v3-verify", key="merchant_cert")
case("V-RESP-CERT", {**REPLY, "serial": f"{PLATFORM:X}"}, sign(reply(), "old"), scheme="v3-verify", key="platform_cert", others={"older": "old"})
case("V-RESP-SWITCH", REPLY, sign(reply(), "old"), scheme="v3-verify", key="platform_cert")
case("V-RESP-SWITCH", {**REPLY, "serial": f"{PLATFORM:X}"}, sign(reply(), "old"), scheme="v3-verify", key="wechat")
case("V-RESP-KEYID", {**REPLY, "serial": "0119000001092026112600000000000001"}, raw, **V)
case("V-RESP-SIGNTEST", REPLY, "WECHATPAY/SIGNTEST/" + raw[:300], **V)

# What WeChat received
def info(fields, **changed):
    f = {**fields, **changed}
    cut = f["body"].encode()[:8].decode(errors="ignore")
    return {"method": f["method"], "url": f["url"], "truncated_sign_message": f"{f['method']}\n{f['url']}\n{f['timestamp']}\n{f['nonce_str']}\n{cut}\n", "sign_message_length": len(text(f).encode())}

for want, fields, changed in [("V-URL-NOQUERY", {**GET, "url": GET["url"].split("?")[0]}, {"url": GET["url"]}), ("V-METHOD", POST, {"method": "PUT"}), ("V-TS-DIFF", POST, {"timestamp": "1764127990"}),
                              ("V-NONCE-DIFF", CLOSE, {"nonce_str": CLOSE["nonce_str"].upper()}), ("V-BODY-EMPTY", POST, {"body": ""}), ("V-BODY-REJSON", POST, {"body": json.dumps(value, indent=2, ensure_ascii=False)}),
                              ("V-BODY-REJSON", POST, {"body": json.dumps(value, separators=(",", ":"))}), ("V-URL-ENCODING", {**MARKET, "url": urllib.parse.unquote(MARKET["url"])}, {"url": MARKET["url"]}),
                              ("V-BODY-GETJUNK", GET, {"body": "{}"}), ("V-TS-MS", {**POST, "timestamp": "1764127986123"}, {"timestamp": "1764127986"})]:
    case(want, {**fields, "sign_information": info(fields, **changed)}, sign(text(fields)))
    case(want, {**fields, "sign_information": info(fields, **changed)}, sign(text(fields)), key="")

# Right ones, and ones that nothing explains
for fields in (POST, GET, CLOSE, MARKET):
    case([], fields, sign(text(fields)))
    case([], {**fields, "sign_information": info(fields)}, sign(text(fields)))
case([], PAY, sign(pay()), **P)
case([], APP, sign(app()), **A)
case([], REPLY, raw, **V)
for nth in range(36):
    letters = "".join(random.choice("abcdefghijklmnopqrstuvwxyz0123456789") for _ in range(40))
    fields, more = [(POST, {}), (GET, {}), (PAY, P), (APP, A), (REPLY, V), (MARKET, {})][nth % 6]
    case("unexplained", fields, sign(letters, more.get("key", "merchant")), **more)

print(json.dumps({"keys": KEYS}, ensure_ascii=False))
for one in CASES:
    print(json.dumps(one, ensure_ascii=False))
