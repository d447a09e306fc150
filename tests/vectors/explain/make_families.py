"""Signatures of virtual payment, user data, cards and WeCom: right ones and
wrong ones with their mistakes; and mistakes of older ones that came later. Written with hashlib and hmac alone.

To make the file anew: python3 make_families.py > families.jsonl
"""

import hashlib
import hmac
import json

APP_KEY = "12345appkey67890live0key000000ab"
SANDBOX_KEY = "98765appkey43210sandbox0key000cd"
SESSION_KEY = "9hAb/NEYUlkaMBEsmFgzig=="
OLD_SESSION_KEY = "HyVFkGl5F5OQWJZZaNzBBg=="
URI = "/xpay/query_user_balance"
PAGE_CALL = "requestVirtualPayment"
BODY = '{"openid":"oAbC1dEfGh","user_ip":"127.0.0.1","env":0,"note":"金币/茶"}'
SIGN_DATA = '{"offerId":"123","buyQuantity":1,"env":0,"currencyType":"CNY","outTradeNo":"xxxxxx","attach":"测试 a/b"}'
RAW = '{"nickName":"Band","gender":1,"language":"zh_CN","city":"广州","avatarUrl":"http://wx.qlogo.cn/mmopen/a/0"}'
API_TICKET = "IpK_1T69hDhZkLQTlwsAXmY63XZLHdjj_nd8Wd7-xNI2gSmkJEAqiVjE7nCuy9yWtnGiJAct4D7BhyCTCDF0zF"
CORP_TICKET = "sM4AOVdWfPE4DxkXGEs8VJ3yZ4ZOhQ6X1vIVCFvkVAy90u5h9nbSlYy3SlHhTdfl2fzFy1AOcHKP7qg11111"
AGENT_TICKET = "kgt8ON7yVITDhtdwci0qeQz3ZnN2kKdwH7lQvJoXeXc0VvbJCLbnsZIHEgZCN4oK568W831NKjbslcRCwU3o"
PAGE = {"noncestr": "Wm3WZYTPz0wz11", "timestamp": "1510045655", "url": "https://work.example.com/app?x=1"}
APP_ID = "wxa1b2c3d4e5f60718"


def keyed(key, text):
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def sha1(text):
    return hashlib.sha1(text.encode()).hexdigest()


def line(ident, causes, case):
    return {"id": ident, "causes": causes, "case": case}


def xpay(ident, causes, text, key=APP_KEY, uri=URI, body=BODY, others=None):
    case = {"scheme": "xpay", "fields": {"uri": uri, "body": body}, "pay_sig": keyed(key, text), "app_key": APP_KEY}
    if others:
        case["others"] = others
    return line("xpay: " + ident, causes, case)


def user(ident, causes, text, key=SESSION_KEY, body=BODY, others=None, fields=None):
    case = {
        "scheme": "xpay-user", "fields": fields or {"body": body}, "signature": keyed(key, text), "session_key": SESSION_KEY,
    }
    if others:
        case["others"] = others
    return line("xpay-user: " + ident, causes, case)


def raw(ident, causes, text, others=None):
    case = {"scheme": "raw-data", "fields": {"rawData": RAW}, "signature": sha1(text), "session_key": SESSION_KEY}
    if others:
        case["others"] = others
    return line("raw-data: " + ident, causes, case)


def again(text, **how):
    return json.dumps(json.loads(text), **how)


def of_xpay():
    yield xpay("right", [], URI + "&" + BODY)
    yield xpay("right, page call", [], PAGE_CALL + "&" + SIGN_DATA, uri=PAGE_CALL, body=SIGN_DATA)
    wrong = ["X-PAYSIG-URI"]
    yield xpay("no leading slash", wrong, URI[1:] + "&" + BODY)
    yield xpay("a leading slash for a page call", wrong, "/" + PAGE_CALL + "&" + SIGN_DATA, uri=PAGE_CALL, body=SIGN_DATA)
    token = "77_" + "aB3dE6gH9k" * 10
    yield xpay("with query", wrong, URI + "?access_token=" + token + "&" + BODY, others={"access_token": token})
    yield xpay("whole url", wrong, "https://api.weixin.qq.com" + URI + "&" + BODY)
    yield xpay("page call for a server call", wrong, PAGE_CALL + "&" + BODY)
    yield xpay("server call for a page call", wrong, URI + "&" + SIGN_DATA, uri=PAGE_CALL, body=SIGN_DATA, others={"uri": URI})
    yield xpay("the uri as it was called", [], URI + "&" + BODY, uri=URI + "?access_token=1")
    yield xpay("body alone", wrong, BODY)
    yield xpay("body as python prints it", wrong, URI + "&" + again(BODY, ensure_ascii=False))
    yield xpay("body with escapes", wrong, URI + "&" + again(BODY, separators=(",", ":")))
    yield xpay("body in the order of the alphabet", wrong, URI + "&" + again(BODY, sort_keys=True, ensure_ascii=False, separators=(",", ":")))
    yield xpay("body as php prints it", wrong, URI + "&" + again(BODY, separators=(",", ":")).replace("/", "\\/"))
    yield xpay("two mistakes", wrong, URI[1:] + "&" + again(BODY, ensure_ascii=False))
    yield xpay("session key", ["X-PAYSIG-KEY"], URI + "&" + BODY, key=SESSION_KEY, others={"session_key": SESSION_KEY})
    yield xpay("sandbox key", ["X-PAYSIG-KEY"], URI + "&" + BODY, key=SANDBOX_KEY, others={"sandbox app key": SANDBOX_KEY})
    yield xpay("key in the text", ["X-PAYSIG-ALGO"], URI + "&" + BODY + "&key=" + APP_KEY)
    upper = xpay("capitals", ["J-OUT-UPPER"], URI + "&" + BODY)
    upper["case"]["pay_sig"] = upper["case"]["pay_sig"].upper()
    yield upper
    plain = xpay("sha256 without a key", ["X-PAYSIG-ALGO"], "")
    plain["case"]["pay_sig"] = hashlib.sha256((URI + "&" + BODY).encode()).hexdigest()
    yield plain
    told = xpay("told by its fields", [], URI + "&" + BODY)
    del told["case"]["scheme"]
    yield told


def of_user():
    yield user("right", [], BODY)
    yield user("text of pay_sig", ["X-PAYSIG-URI"], URI + "&" + BODY, fields={"body": BODY, "uri": URI})
    yield user("text of pay_sig, page call", ["X-PAYSIG-URI"], PAGE_CALL + "&" + SIGN_DATA, body=SIGN_DATA)
    yield user("body serialised anew", ["X-PAYSIG-URI"], again(BODY, ensure_ascii=False))
    yield user("stale session key", ["X-PAYSIG-KEY"], BODY, key=OLD_SESSION_KEY, others={"old session_key": OLD_SESSION_KEY})
    yield user("app key", ["X-PAYSIG-KEY"], BODY, key=APP_KEY, others={"app_key": APP_KEY})


def of_raw():
    yield raw("right", [], RAW + SESSION_KEY)
    yield raw("escapes", ["W-RAWDATA"], again(RAW, separators=(",", ":")) + SESSION_KEY)
    yield raw("serialised anew", ["W-RAWDATA"], again(RAW, ensure_ascii=False) + SESSION_KEY)
    yield raw("order of the alphabet", ["W-RAWDATA"], again(RAW, sort_keys=True, ensure_ascii=False, separators=(",", ":")) + SESSION_KEY)
    yield raw("stale session key", ["W-RAWDATA"], RAW + OLD_SESSION_KEY, others={"old session_key": OLD_SESSION_KEY})
    yield raw("key first", ["W-RAWDATA"], SESSION_KEY + RAW)
    yield raw("blank for plus", ["W-RAWDATA"], RAW + SESSION_KEY.replace("/", "%2F").replace("=", "%3D"))
    told = raw("told by its fields", [], RAW + SESSION_KEY)
    del told["case"]["scheme"]
    yield told


def card(ident, causes, fields, values, others=None, name="signature"):
    case = {"scheme": "card", "fields": fields, name: sha1("".join(sorted(values))), "ticket": API_TICKET}
    if others:
        case["others"] = others
    return line("card: " + ident, causes, case)


def of_cards():
    time, nonce = "1439542810", "a1b2c3d4"
    choose = [API_TICKET, APP_ID, "CASH", time, nonce]
    for app in ("app_id", "appid", "appId", "AppId"):
        for kind in ("card_type", "cardType"):
            fields = {"timestamp": time, app: APP_ID, kind: "CASH", "nonce_str": nonce}
            yield card("chooseCard, %s and %s" % (app, kind), [], fields, choose)
    page = {"cardType": "CASH", "timestamp": time, "nonceStr": nonce, "signType": "SHA1"}
    yield card("chooseCard as the page calls it", [], page, choose, {"appId": APP_ID}, "cardSign")
    shop = {"shopId": "415", "cardId": "p2p02iN33", "appId": APP_ID, **page}
    yield card("chooseCard of a shop", [], shop, choose + ["415", "p2p02iN33"], None, "cardSign")
    yield card("chooseCard without the app id", ["C-EMPTY"], {"app_id": APP_ID, **page}, [API_TICKET, "CASH", time, nonce])
    ext = {"cardId": "p2p02iN33", "timestamp": time, "nonce_str": nonce, "openid": "", "code": ""}
    add = [API_TICKET, "p2p02iN33", time, nonce]
    yield card("addCard", [], ext, add)
    yield card("addCard, an app id beside it", [], ext, add, {"appId": APP_ID})
    yield card("addCard, cardExt as a text", [], {"cardId": "p2p02iN33", "cardExt": json.dumps({"timestamp": time, "nonce_str": nonce})}, add)
    yield card("addCard, outer_str signed along", ["C-EMPTY"], {**ext, "outer_str": "12b"}, add + ["12b"])
    yield card("addCard, jsapi ticket", ["C-TICKET"], ext, [CORP_TICKET, "p2p02iN33", time, nonce], {"jsapi_ticket": CORP_TICKET})


def config(ident, causes, scheme, right, used, others=None, page=PAGE):
    text = "jsapi_ticket=%s&noncestr=%s&timestamp=%s&url=%s" % (used, page["noncestr"], page["timestamp"], page["url"])
    case = {"scheme": scheme, "fields": PAGE, "signature": sha1(text), "ticket": right}
    if others:
        case["others"] = others
    return line("wecom: " + ident, causes, case)


def of_wecom():
    yield config("wx.config", [], "jssdk", CORP_TICKET, CORP_TICKET)
    yield config("wx.agentConfig", [], "agent-config", AGENT_TICKET, AGENT_TICKET)
    other = ["J-TICKET-TYPE"]
    yield config("wx.config, the agent's ticket", other, "jssdk", CORP_TICKET, AGENT_TICKET, {"agent_ticket": AGENT_TICKET})
    yield config("wx.agentConfig, the corp's ticket", other, "agent-config", AGENT_TICKET, CORP_TICKET, {"corp ticket": CORP_TICKET})
    yield config("wx.agentConfig, the ticket of wx.config", other, "agent-config", AGENT_TICKET, CORP_TICKET, {"jsapi_ticket": CORP_TICKET})
    hashed = {**PAGE, "url": PAGE["url"] + "#/home"}
    yield config("wx.agentConfig, with the fragment", ["J-URL-HASH"], "agent-config", AGENT_TICKET, AGENT_TICKET, page=hashed)


KEY = "wxkitfamily0key0wxkitfamily0key0"
ORDER = {
    "appid": "wx2421b1c4370ec43b", "mch_id": "10000100", "nonce_str": "1add1a30ac87aa2d", "body": "茶 & 杯",
    "out_trade_no": "1415659990", "total_fee": "880", "spbill_create_ip": "14.23.150.211", "trade_type": "JSAPI",
}
PACKET = {
    "mch_billno": "475739357460360453", "send_name": "Lucky", "re_openid": "oAbC1dEf", "total_amount": "166", "total_num": "1",
    "wishing": "新年快乐", "act_name": "test", "remark": "r", "client_ip": "203.0.113.6", "wxappid": "wx2421b1c4370ec43b",
    "mch_id": "10000100", "nonce_str": "905199b340fcb",
}
REPLY = {
    "return_code": "SUCCESS", "return_msg": "OK", "appid": "wx2421b1c4370ec43b", "mch_id": "10000100", "nonce_str": "40cScQvTVz6E",
    "result_code": "SUCCESS", "prepay_id": "wx27201503615587g85u943n7u5579844528", "trade_type": "APP",
}
APP = {"timestamp": "1569586503", "nonceStr": "tf8mqg0bk8avwyq0", "package": "Sign=WXPay", "partnerid": "10000100"}


def pay_sign(fields, key=KEY):
    text = "&".join("%s=%s" % pair for pair in sorted(fields.items()) if pair[1]) + "&key=" + key
    return hashlib.md5(text.encode()).hexdigest().upper()


def pay(ident, causes, fields, sign, others=None):
    case = {"scheme": "pay-v2", "fields": fields, "sign": sign, "key": KEY, "others": others or {}}
    return line("pay: " + ident, causes, case)


def page(ident, causes, handed, text, charset="utf-8"):
    fields = {"noncestr": "n1b2c3d4", "timestamp": "1512117000", "url": handed}
    sign = hashlib.sha1(text.encode(charset)).hexdigest()
    return line("page: " + ident, causes, {"scheme": "jssdk", "fields": fields, "signature": sign, "ticket": CORP_TICKET})


def of_older():
    old = "wxkitold000key00wxkitold000key00"
    yield pay("an old key, named", ["P-KEY-OTHER"], ORDER, pay_sign(ORDER, old), {"old-key": old})
    for fee in ("881", "879", "890", "980"):
        yield pay("an amount became " + fee, ["P-VALUE-DIFF"], {**ORDER, "total_fee": fee}, pay_sign(ORDER))
    yield pay("red packet, sign_type not signed", ["P-SIGNTYPE-MISS"], {**PACKET, "sign_type": "MD5"}, pay_sign(PACKET))
    yield pay("the order's reply as parameters of an app", ["S-REUSE"], {**REPLY, **APP}, pay_sign(REPLY))
    yield pay("the order's reply as it is", [], REPLY, pay_sign(REPLY))
    text = "jsapi_ticket=" + CORP_TICKET + "&noncestr=n1b2c3d4&timestamp=1512117000&url="
    for scheme in ("http:", "https:"):
        yield page("handed without " + scheme, ["J-URL-NOSCHEME"], "//m.example.cn/p?a=1", text + scheme + "//m.example.cn/p?a=1")
        yield page("handed bare, " + scheme, ["J-URL-NOSCHEME"], "m.example.cn/p?a=1", text + scheme + "//m.example.cn/p?a=1")
    chinese = "http://m.example.cn/微信支付/pay.html"
    yield page("hashed as GBK", ["P-ENC-GBK"], chinese, text + chinese, "gbk")
    swapped = "jsapi_ticket=n1b2c3d4&noncestr=" + CORP_TICKET + "&timestamp=1512117000&url=http://m.example.cn/p"
    yield page("ticket and nonce exchanged", ["J-EXCHANGED"], "http://m.example.cn/p", swapped)
    swapped = "jsapi_ticket=" + CORP_TICKET + "&noncestr=http://m.example.cn/p&timestamp=1512117000&url=n1b2c3d4"
    yield page("url and nonce exchanged", ["J-EXCHANGED"], "http://m.example.cn/p", swapped)


for part in (of_xpay, of_user, of_raw, of_cards, of_wecom, of_older):
    for case in part():
        print(json.dumps(case, ensure_ascii=False))
