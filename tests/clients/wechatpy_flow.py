"""Drives the gateway with wechatpy, as its users would: every call goes through
the SDK, only the addresses are changed. Comes in: WXKIT_BASE; goes out: one
line of JSON with the signatures that the caller checks again; a failed check
ends with a traceback.
"""

import json
import os
import queue
import random
import threading
import urllib.parse
import urllib.request
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from wechatpy import WeChatClient
from wechatpy.exceptions import InvalidSignatureException, WeChatClientException, WeChatPayException
from wechatpy.oauth import WeChatOAuth, WeChatOAuthException
from wechatpy.pay import WeChatPay

BASE = os.environ["WXKIT_BASE"]
APP_ID, APP_SECRET = "wx00c0ffee00c0ffee", "0123456789abcdef0123456789abcdef"
MCH_ID, PAY_KEY = "1900000109", "wxkitmockpaykey0wxkitmockpaykey0"
OPENID = "oMockUser0000000000000000001"
IP = "127.0.0.1"
# Bills go by the days of Beijing; kept, lest midnight comes in between.
TODAY = datetime.now(timezone(timedelta(hours=8))).date()
PAGE = "http://shop.example/pay?id=7&from=singlemessage"


class Client(WeChatClient):
    """wechatpy takes its base address from here, but for the token, whose
    whole address stands in the method that every kind of account overrides."""

    API_BASE_URL = f"{BASE}/cgi-bin/"

    def fetch_access_token(self):
        return self._fetch_access_token(
            url=f"{BASE}/cgi-bin/token",
            params={"grant_type": "client_credential", "appid": self.appid, "secret": self.secret},
        )


class OAuth(WeChatOAuth):
    API_BASE_URL = f"{BASE}/"
    OAUTH_BASE_URL = f"{BASE}/connect/"


class Pay(WeChatPay):
    API_BASE_URL = f"{BASE}/"


@contextmanager
def refused(kind, **wanted):
    try:
        yield
    except kind as error:
        for name, value in wanted.items():
            assert getattr(error, name) == value, (name, getattr(error, name), value)
    else:
        raise AssertionError(f"expected {kind.__name__} {wanted}")


class Receiver:
    """A merchant's notify_url."""

    def __init__(self):
        self.bodies = bodies = queue.Queue()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                bodies.put(self.rfile.read(int(self.headers["Content-Length"])))
                reply = b"<xml><return_code><![CDATA[SUCCESS]]></return_code></xml>"
                self.send_response(200)
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer((IP, 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.url = f"http://{IP}:{server.server_port}/notify"

    def next(self):
        return self.bodies.get(timeout=10).decode()


def control(path, body=None):
    request = urllib.request.Request(f"{BASE}/_mock/{path}", json.dumps(body or {}).encode(), method="POST")
    return json.load(urllib.request.urlopen(request))


def number(prefix):
    return f"{prefix}{datetime.now():%Y%m%d%H%M%S}{random.randrange(10**6):06}"


def account(out):
    client = Client(APP_ID, APP_SECRET)
    token = client.fetch_access_token()
    assert token["expires_in"] == 7200 and client.access_token == token["access_token"], token
    ticket = client.jsapi.get_ticket()
    assert ticket["errcode"] == 0 and client.jsapi.get_jsapi_ticket() == ticket["ticket"], ticket
    card_ticket = client.jsapi.get_jsapi_card_ticket()
    assert card_ticket and card_ticket != ticket["ticket"]
    out["jssdk"] = {
        "ticket": ticket["ticket"],
        "url": PAGE,
        "timestamp": "1768478400",
        "noncestr": "Wm3WZYTPz0wzccnW",
        "signature": client.jsapi.get_jsapi_signature("Wm3WZYTPz0wzccnW", ticket["ticket"], 1768478400, PAGE),
    }

    # A dead token is noticed, replaced and the call repeated, all by the SDK.
    client = Client(APP_ID, APP_SECRET, access_token="x" * 512)
    assert client.jsapi.get_ticket()["ticket"] == ticket["ticket"]
    with refused(WeChatClientException, errcode=40125):
        Client(APP_ID, "0" * 32).jsapi.get_ticket()
    with refused(WeChatClientException, errcode=40013):
        Client("wx0000000000000000", APP_SECRET).fetch_access_token()


class StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def consent(oauth):
    """What the user's WeChat does with the link: opens it, is sent back."""
    try:
        urllib.request.build_opener(StayHere).open(oauth.authorize_url.split("#")[0])
    except urllib.error.HTTPError as redirect:
        assert redirect.code == 302, redirect.code
        back = urllib.parse.urlsplit(redirect.headers["Location"])
        return dict(urllib.parse.parse_qsl(back.query))
    raise AssertionError("no redirect")


def oauth():
    oauth = OAuth(APP_ID, APP_SECRET, "http://shop.example/back?x=1", "snsapi_userinfo", "tea42")
    back = consent(oauth)
    assert back["state"] == "tea42" and back["x"] == "1", back
    got = oauth.fetch_access_token(back["code"])
    assert got["openid"] == OPENID and got["scope"] == "snsapi_userinfo", got
    assert oauth.check_access_token()
    user = oauth.get_user_info()
    assert user["openid"] == OPENID and user["nickname"] and user["privilege"] == [], user
    assert oauth.refresh_access_token(got["refresh_token"])["openid"] == OPENID
    with refused(WeChatOAuthException, errcode=40163):
        oauth.fetch_access_token(back["code"])
    with refused(WeChatOAuthException, errcode=40029):
        oauth.fetch_access_token("no-such-code")

    silent = OAuth(APP_ID, APP_SECRET, "http://shop.example/back")
    silent.fetch_access_token(consent(silent)["code"])
    with refused(WeChatOAuthException, errcode=48001):
        silent.get_user_info()


def orders(pay, receiver, out):
    order_no = number("PY")
    order = pay.order.create(
        "JSAPI", "一杯茶 & <点心>", 101, receiver.url, IP, OPENID, order_no, attach="桌 7", device_info="1000",
        detail='{"goods_detail":[]}',
    )
    assert pay.check_signature(order) and order["prepay_id"] and order["trade_type"] == "JSAPI", order
    params = pay.jsapi.get_jsapi_params(order["prepay_id"], "1768478400", "nonce")
    out["pay_sign"] = params
    out["app_sign"] = pay.order.get_appapi_params(order["prepay_id"], "1768478400", "nonce")

    unpaid = pay.order.query(out_trade_no=order_no)
    assert pay.check_signature(unpaid) and unpaid["trade_state"] == "NOTPAY", unpaid

    control(f"orders/{order_no}/pay", {"coupon_fee": 1})
    notice = receiver.next()
    paid = pay.parse_payment_result(notice)
    assert (paid["total_fee"], paid["cash_fee"], paid["coupon_fee"]) == (101, 100, 1), paid
    assert paid["attach"] == "桌 7" and paid["openid"] == OPENID and paid["out_trade_no"] == order_no, paid
    assert WeChatPay.get_payment_data(notice)["transaction_id"] == paid["transaction_id"]
    with refused(InvalidSignatureException):
        pay.parse_payment_result(notice.replace(">101<", ">1<"))
    with refused(InvalidSignatureException):
        Pay(APP_ID, "0" * 32, MCH_ID).parse_payment_result(notice)

    found = pay.order.query(transaction_id=paid["transaction_id"])
    assert pay.check_signature(found) and found["trade_state"] == "SUCCESS", found
    with refused(WeChatPayException, errcode="ORDERPAID", result_code="FAIL"):
        pay.order.close(order_no)
    return order_no, paid["transaction_id"]


def refunds(pay, receiver, order_no, transaction_id):
    refund_no = number("PYR")
    refund = pay.refund.apply(101, 40, refund_no, transaction_id, refund_desc="凉了", notify_url=receiver.url)
    assert pay.check_signature(refund) and refund["refund_fee"] == "40", refund
    told = pay.parse_refund_notify_result(receiver.next())
    assert told["out_refund_no"] == refund_no and told["refund_fee"] == 40 and told["refund_status"] == "SUCCESS", told

    # The same number again is the same refund; the rest goes by our own number.
    assert pay.refund.apply(101, 40, refund_no, transaction_id)["refund_id"] == refund["refund_id"]
    pay.refund.apply(101, 61, refund_no + "b", out_trade_no=order_no)
    with refused(WeChatPayException, result_code="FAIL"):
        pay.refund.apply(101, 1, refund_no + "c", out_trade_no=order_no)

    one = pay.refund.query(refund_id=refund["refund_id"])
    assert pay.check_signature(one) and one["refund_status_0"] == "SUCCESS" and one["refund_count"] == "1", one
    both = pay.refund.query(out_trade_no=order_no)
    assert both["refund_count"] == "2" and both["out_refund_no_1"] == refund_no + "b", both
    assert pay.order.query(out_trade_no=order_no)["trade_state"] == "REFUND"
    with refused(WeChatPayException, errcode="REFUNDNOTEXIST"):
        pay.refund.query(out_refund_no="nobody")


def closing(pay, receiver):
    order_no = number("PYN")
    order = pay.order.create("NATIVE", "茶", 1, receiver.url, IP, out_trade_no=order_no, product_id="7")
    assert order["code_url"].startswith("weixin://wxpay/bizpayurl"), order
    assert pay.check_signature(pay.order.close(order_no))
    assert pay.order.query(out_trade_no=order_no)["trade_state"] == "CLOSED"
    with refused(WeChatPayException, errcode="ORDERNOTEXIST"):
        pay.order.query(out_trade_no="nobody")

    info = {"h5_info": {"type": "Wap", "wap_url": "http://shop.example", "wap_name": "茶馆"}}
    order = pay.order.create("MWEB", "茶", 1, receiver.url, IP, scene_info=info)
    assert order["mweb_url"].startswith("http"), order
    assert pay.order.create("APP", "茶", 1, receiver.url, IP)["prepay_id"]


def hmac(pay, receiver):
    """wechatpy signs with HMAC-SHA256, and leaves checking the reply to others."""
    order_no = number("PYH")
    order = pay.order.create(
        "JSAPI", "茶", 5, receiver.url, IP, OPENID, order_no, sign_type="HMAC-SHA256"
    )
    assert len(order["sign"]) == 64, order
    control(f"orders/{order_no}/pay")
    return {"reply": order, "notice": receiver.next()}


def counter(pay):
    order_no = number("PYM")
    paid = pay.micropay.create("茶", 3, "134567890123456700", IP, order_no)
    assert pay.check_signature(paid) and paid["trade_type"] == "MICROPAY" and paid["total_fee"] == "3", paid
    assert pay.micropay.query(out_trade_no=order_no)["trade_state"] == "SUCCESS"
    assert pay.order.reverse(out_trade_no=order_no)["recall"] == "N"
    assert pay.order.query(out_trade_no=order_no)["trade_state"] in ("REVOKED", "REFUND")
    with refused(WeChatPayException, errcode="USERPAYING"):
        pay.micropay.create("茶", 3, "134567890123456798", IP, number("PYM"))
    assert pay.tools.auto_code_to_openid("134567890123456700")["openid"] == OPENID
    long_url = "weixin://wxpay/bizpayurl?sign=X&appid=a&mch_id=1&product_id=1&time_stamp=1&nonce_str=1"
    assert pay.tools.short_url(long_url)["short_url"].startswith("weixin://wxpay/s/")


def bills(pay):
    """A bill is text, which the SDK hands on as it is; no bill is a refusal."""
    bill = pay.tools.download_bill(TODAY)
    assert isinstance(bill, str) and "交易时间" in bill, bill
    flow = pay.tools.download_fundflow(TODAY)
    assert isinstance(flow, str) and "记账时间" in flow, flow
    with refused(WeChatPayException, return_code="FAIL"):
        pay.tools.download_bill(TODAY + timedelta(days=400))


def wrong_key(receiver):
    careless = Pay(APP_ID, "0" * 32, MCH_ID)
    wanted = dict(return_code="FAIL", return_msg="签名错误", result_code=None, errcode=None)
    with refused(WeChatPayException, **wanted):
        careless.order.create("JSAPI", "茶", 1, receiver.url, IP, OPENID)
    with refused(WeChatPayException, **wanted):
        careless.order.query(out_trade_no="1")
    with refused(WeChatPayException, **wanted):
        careless.refund.apply(1, 1, "R", out_trade_no="1")


def main():
    out = {}
    receiver = Receiver()
    pay = Pay(APP_ID, PAY_KEY, MCH_ID)
    account(out)
    oauth()
    order_no, transaction_id = orders(pay, receiver, out)
    refunds(pay, receiver, order_no, transaction_id)
    closing(pay, receiver)
    out["hmac"] = hmac(pay, receiver)
    counter(pay)
    bills(pay)
    wrong_key(receiver)
    print(json.dumps(out))


main()
