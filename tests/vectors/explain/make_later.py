"""Mistakes that explain once missed, each with the signature that it leads to.

Written with hashlib alone, like make_cases.py. To make the file anew:
python3 make_later.py > later.jsonl
"""

import hashlib
import hmac
import json

KEY = "wxkitlater0key0wxkitlater0key000"
ORDER = {
    "appid": "wx2421b1c4370ec43b", "mch_id": "10000100", "nonce_str": "1add1a30ac87aa2db72f57a2375d8fec",
    "body": "茶 & 杯", "attach": "", "detail": "", "out_trade_no": "1415659990", "total_fee": "129",
    "spbill_create_ip": "14.23.150.211", "notify_url": "https://pay.example.com/notify?a=1", "trade_type": "JSAPI",
}
PAGE = {
    "appId": "wx2421b1c4370ec43b", "timeStamp": "1564138439", "nonceStr": "e61463f8efa94090b1f366cccfbbb444",
    "package": "prepay_id=wx26161523845794ecced251acf2b6860000", "signType": "MD5",
}
MICROPAY = {
    "appid": "wx2421b1c4370ec43b", "mch_id": "10000100", "nonce_str": "8aaee146b1dee7cec9100add9b96cbe2",
    "body": "shop", "out_trade_no": "1415757673", "total_fee": "1", "spbill_create_ip": "14.17.22.52",
    "auth_code": "120269300684844649",
}
CARD = {
    "timestamp": "1727432094", "nonce_str": "Ns9JVvOM2PXAJAXm", "card_id": "p2p02iN33-9JfonU-TIcKSFc-CDz",
    "code": "187335897111", "openid": "opsit2wB7zN0FU88lny9LOcyaFhv",
}


def md5(text):
    return hashlib.md5(text.encode()).hexdigest().upper()


def joined(fields, join="&"):
    return join.join("%s=%s" % pair for pair in sorted(fields.items()))


def cdata(value):
    return "<![CDATA[%s]]>" % value


def pay(ident, causes, fields, sign, scheme="pay-v2"):
    name = "paySign" if scheme == "pay-sign" else "sign"
    case = {"scheme": scheme, "fields": fields, name: sign, "key": KEY}
    return {"id": ident, "causes": causes, "case": case}


def cases():
    filled = {name: value for name, value in ORDER.items() if value}
    wrapped = {name: cdata(value) for name, value in ORDER.items()}
    yield pay("wrapped, then the empty ones left out", ["P-CDATA"], ORDER, md5(joined(wrapped) + "&key=" + KEY))
    bare = {name: cdata(value) if value else "" for name, value in ORDER.items()}
    yield pay("wrapped, empty ones bare", ["P-CDATA", "P-EMPTY"], ORDER, md5(joined(bare) + "&key=" + KEY))
    unlike = {name: cdata(value) for name, value in filled.items()}
    yield pay("wrapped, no empty ones", ["P-CDATA"], ORDER, md5(joined(unlike) + "&key=" + KEY))
    no_app = {name: value for name, value in PAGE.items() if name != "appId"}
    text = joined(no_app, "&" + " " * 13) + "&key=" + KEY
    yield pay("a template's blanks, not before the key", ["P-SEP", "S-APPID-MISS"], PAGE, md5(text), "pay-sign")
    text = (joined(MICROPAY) + "&key=" + KEY).encode()
    sign = hmac.new(KEY.encode(), text, hashlib.sha256).hexdigest().upper()
    yield pay("a code is paid with a digest that nobody announced", ["P-ALGO-SWAP"], MICROPAY, sign)
    ticket = "IpK_1T69hDhZkLQTlwsAXmY63XZLHdjj_nd8Wd7-xNI2gSmkJEAqiVjE7nCuy9yWtnGiJAct4D7BhyCTCDF0zF"
    text = ticket + CARD["timestamp"] + CARD["nonce_str"] + CARD["card_id"]
    case = {"scheme": "card", "fields": CARD, "signature": hashlib.sha1(text.encode()).hexdigest(), "ticket": ticket}
    yield {"id": "a card in a fixed order, two members left out", "causes": ["C-EMPTY", "C-NOSORT"], "case": case}


for line in cases():
    print(json.dumps(line, ensure_ascii=False))
