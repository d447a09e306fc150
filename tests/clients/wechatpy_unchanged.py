"""Drives the gateway with wechatpy as it is: nothing is told where WeChat is, whose
addresses are constants of the SDK. What leads it to the gateway is the environment
of `wxkit mock --proxy --`. Comes in: MERCHANT_CERT and MERCHANT_KEY, files; goes out:
an exit code; a failed check ends with a traceback.
"""

import os
import urllib.request

from wechatpy import WeChatClient
from wechatpy.exceptions import WeChatPayException
from wechatpy.pay import WeChatPay

APP_ID, APP_SECRET = os.environ["WXKIT_APP_ID"], os.environ["WXKIT_APP_SECRET"]
KEYS = APP_ID, os.environ["WXKIT_PAY_KEY"], os.environ["WXKIT_MCH_ID"]
CERT, KEY = os.environ["MERCHANT_CERT"], os.environ["MERCHANT_KEY"]
ORDER = "unchanged-1"


def main():
    assert WeChatPay.API_BASE_URL == "https://api.mch.weixin.qq.com/", WeChatPay.API_BASE_URL
    assert WeChatClient(APP_ID, APP_SECRET).fetch_access_token()["access_token"]
    pay = WeChatPay(*KEYS, mch_cert=CERT, mch_key=KEY)
    placed = pay.order.create("NATIVE", "tea", 7, "http://127.0.0.1:9/notify", client_ip="127.0.0.1",
                              out_trade_no=ORDER, product_id="1")
    assert placed["code_url"].startswith("weixin://wxpay/bizpayurl"), placed
    assert pay.order.query(out_trade_no=ORDER)["trade_state"] == "NOTPAY"
    # The customer pays: on the gateway's control plane, which no proxy is for.
    control = f"{os.environ['WXKIT_BASE']}/_mock/orders/{ORDER}/pay"
    urllib.request.urlopen(urllib.request.Request(control, b"", method="POST")).read()
    assert pay.order.query(out_trade_no=ORDER)["trade_state"] == "SUCCESS"
    # Without the certificate the front server says no, in HTML.
    try:
        WeChatPay(*KEYS).refund.apply(7, 7, "unchanged-r0", out_trade_no=ORDER)
    except WeChatPayException as refused:
        assert refused.response.status_code == 400, refused
    else:
        raise AssertionError("a refund without a certificate passed")
    refund = pay.refund.apply(7, 7, "unchanged-r1", out_trade_no=ORDER)
    assert refund["refund_fee"] == "7", refund
    assert pay.refund.query(out_refund_no="unchanged-r1")["refund_status_0"] == "SUCCESS"
    print("order, query and refund went through")


main()
