"""Pastes of v3 as SDKs and tools print them, for `tests/cmd/v3-pastes.run`, signed with Python's `cryptography`.

Run beside this file: python3 make_pastes_v3.py > ../cmd/v3-pastes.run, then WXKIT_UPDATE=1 on the test `cli`
fills in what is said. The known answers (`~`) are the causes that were made. What the SDKs print was read from
their sources and from public threads: wechatpay-go `APIError` (core/error.go; wechatpay-go#235), wechatpay-java
`ServiceException` and `ValidationException` (wechatpay-java#49, #226), wechatpay-apache-httpclient
(CertificateDownloader#21), Guzzle's `RequestException` (wechatpay-php#90, #121), wechatpay-axios-plugin#58 and
axios' own error, wechatpay-node-v3, requests and httpx for wechatpayv3 (wechatpayv3#92).
"""

import base64
import json
import urllib.parse

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

ANSWERS = open("../cmd/v3.run").read()
KEY = next(line for line in ANSWERS.splitlines() if line.startswith("@ KEY="))[6:]
merchant = serialization.load_der_private_key(base64.b64decode(KEY), None)
other = serialization.load_pem_private_key(open("../v3/keys/merchant_key.pem", "rb").read(), None)
wechat = serialization.load_pem_private_key(open("../v3/keys/wechat_key.pem", "rb").read(), None)
SERIAL = "0A1B2C3D4E5F60718293A4B5C6D7E8F901234567"
TIME, NONCE = "1764127986", "9PQ2WXKIT0A1B2C3D4E5F60718293A4B"
HOST = "https://api.mch.weixin.qq.com"
JSAPI = "/v3/pay/transactions/jsapi"
QUERY = "/v3/pay/transactions/out-trade-no/ORDER20261126001?mchid=1900000109"
ORDER = {"appid": "wx00c0ffee00c0ffee", "mchid": "1900000109", "description": "茶", "out_trade_no": "ORDER20261126001",
         "notify_url": "https://shop.example/n", "amount": {"total": 1, "currency": "CNY"}, "payer": {"openid": "oMockUser0000000000000000001"}}
BODY = json.dumps(ORDER, ensure_ascii=False, separators=(",", ":"))
SPACED = json.dumps(ORDER, ensure_ascii=False)


def sign(message, key=merchant, digest=hashes.SHA256()):
    return base64.b64encode(key.sign(message.encode(), padding.PKCS1v15(), digest)).decode()


def header(method, url, body, serial=SERIAL, signed=None, key=merchant):
    text = f"{method}\n{url}\n{TIME}\n{NONCE}\n{body}\n" if signed is None else signed
    return f'WECHATPAY2-SHA256-RSA2048 mchid="1900000109",nonce_str="{NONCE}",signature="{sign(text, key)}",timestamp="{TIME}",serial_no="{serial}"'


def received(method, url, body):
    cut = body.encode()[:8].decode("utf-8", "ignore")
    text = f"{method}\n{url}\n{TIME}\n{NONCE}\n"
    return {"method": method, "sign_message_length": len(text) + len(body.encode()) + 1, "truncated_sign_message": f"{text}{cut}\n", "url": url}


def refusal(method, url, body):
    detail = {"detail": {"issue": "sign not match"}, "field": "signature", "location": "authorization", "sign_information": received(method, url, body)}
    return {"code": "SIGN_ERROR", "detail": detail, "message": "错误的签名，验签失败"}


compact = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
print("# Pastes of v3, as tools and SDKs print them: made by tests/vectors/make_pastes_v3.py, which says from where.")
print(f"@ KEY={KEY}\n@ WXKIT_PRIVATE_KEY=env:KEY\n@ WXKIT_SERIAL={SERIAL}\n@ WXKIT_MCH_ID=1900000109\n@ WXKIT_AT={TIME}")


def paste(remark, text, *answers, words="explain -", lang=None):
    print(f"# {remark}")
    for line in text.split("\n"):
        print(f"< {line}")
    print(f"$ wxkit {words}" + (f" --lang {lang}" if lang else ""))
    for answer in answers:
        print(f"~ {answer}")
    print()


# The header alone
right = header("POST", JSAPI, BODY)
paste("A header alone: made by this key; method, address and body are asked for", right, "url=/v3/")
paste("The same in Chinese", f"Authorization: {right}", "url=/v3/", lang="zh")
paste("A header alone, made by another key", header("POST", JSAPI, BODY, key=other), "V-KEY-OTHER")
paste("A header alone, with a decimal serial", header("POST", JSAPI, BODY, serial=str(int(SERIAL, 16))), "V-SERIAL-FMT")
paste("A header with its method and address as words: only the body is missing", header("POST", JSAPI, BODY), "body", words=f"explain - method=POST url={JSAPI} --budget 0")

# curl, HAR, HTTP
paste("curl, signed without its query", f"curl '{HOST}{QUERY}' -H 'Accept: application/json' -H 'Authorization: {header('GET', QUERY.split('?')[0], '')}'", "V-URL-NOQUERY")
har = {"log": {"entries": [{"request": {"method": "POST", "url": HOST + JSAPI, "headers": [{"name": "Authorization", "value": header("POST", JSAPI, BODY + "\n")}], "postData": {"mimeType": "application/json", "text": BODY}}}]}}
paste("HAR, signed with a line break behind the body", json.dumps(har, ensure_ascii=False), "V-BODY-NL")
paste("HTTP, all right", f"POST {JSAPI} HTTP/1.1\nHost: api.mch.weixin.qq.com\nAccept: application/json\nAuthorization: {right}\nContent-Type: application/json\n\n{BODY}", "valid for these inputs")

# 401 alone
paste("A 401 alone: the address shows what was not replaced", json.dumps(refusal("GET", "/v3/pay/transactions/id/{transaction_id}?mchid=1900000109", ""), ensure_ascii=False), "V-URL-PLACEHOLDER")
paste("A 401 alone: no body reached WeChat Pay", compact(refusal("POST", JSAPI, "")), "V-BODY-EMPTY")
paste("A 401 alone, nothing to be seen in it", compact(refusal("POST", JSAPI, BODY)), "compare", lang="en")
paste("The same in Chinese", compact(refusal("POST", JSAPI, BODY)), "逐行比较", lang="zh")
paste("A 401 with the request: another body reached WeChat Pay", f"POST {JSAPI} HTTP/1.1\nHost: api.mch.weixin.qq.com\nAuthorization: {header('POST', JSAPI, BODY)}\n\n{BODY}\n\nHTTP/1.1 401 Unauthorized\nContent-Type: application/json; charset=utf-8\n\n{compact(refusal('POST', JSAPI, SPACED))}", "V-BODY-REJSON")

# What WeChat Pay says outright, and sensitive fields
paste("No platform certificate", compact({"code": "RESOURCE_NOT_EXISTS", "message": "无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥。可查看指引https://pay.weixin.qq.com/docs/merchant/products/platform-certificate/wxp-pub-key-guide.html"}), "V-NOPLATCERT")
paste("The clock", compact({"code": "SIGN_ERROR", "message": "Http头Authorization中的timestamp与发起请求的时间不得超过5分钟"}), "V-CLOCK", lang="zh")
paste("A sealed field without its header", compact({"code": "PARAM_ERROR", "message": "HTTP header缺少微信支付平台证书序列号(Wechatpay-Serial)"}), "V-SENS-SERIAL")
BILLS = "/v3/fund-app/mch-transfer/transfer-bills"
sealed = lambda name: compact({"appid": "wx00c0ffee00c0ffee", "out_bill_no": "B1", "openid": "o1", "user_name": name, "transfer_amount": 200000})
asked = lambda body, more="": f"POST {BILLS} HTTP/1.1\nHost: api.mch.weixin.qq.com\n{more}Authorization: {header('POST', BILLS, body)}\n\n{body}"
paste("A name that is not sealed, and no key named", asked(sealed("张三")), "V-SENS-PLAIN", "V-SENS-SERIAL")
cipher = base64.b64encode(bytes(range(256))).decode()
paste("Sealed, but the merchant's serial is named", asked(sealed(cipher), f"Wechatpay-Serial: {SERIAL}\n"), "V-SENS-SERIAL")

# Go
go = f'error http response:[StatusCode: 401 Code: "SIGN_ERROR"\nMessage: 错误的签名，验签失败\nDetail:\n{json.dumps(refusal("GET", QUERY, "")["detail"], indent=2, ensure_ascii=False)}\nHeader:\n - Content-Type=[application/json; charset=utf-8]\n - Request-Id=[08B2E4C9C90610EB04188FD9EEA30620E23828EFF801-268546535]]'
dump = f"GET {QUERY} HTTP/1.1\nHost: api.mch.weixin.qq.com\nUser-Agent: WechatPay-Go/0.2.20 (linux) GO/1.22\nAccept: */*\nAuthorization: {header('GET', QUERY, '', signed=f'GET{chr(10)}{QUERY}{chr(10)}{TIME}{chr(10)}{NONCE}{chr(10)}')}\n\n"
paste("wechatpay-go: the error with a dump of its request, signed without the empty line", dump + go, "V-NL-BODY")
paste("wechatpay-go: the error alone", go, "sign", lang="en")

# Java
def java(method, url, body, authorization, reply):
    asked = {"http_method": method, "url": HOST + url, "uri": HOST + url, "headers": {"headers": {"Authorization": authorization, "Accept": "application/json", "User-Agent": "WechatPay-Java/0.2.17 (Linux/5.15) Java/17.0.14 Credential/WechatPay2Credential Validator/WechatPay2Validator okhttp3/null", "Content-Type": "application/json"}}}
    if body:
        asked["body"] = {"body": body}
    return f"com.wechat.pay.java.core.exception.ServiceException: Wrong HttpStatusCode[401]\nhttpResponseBody[{reply}]\tHttpRequest[{compact(asked)}]\n\tat com.wechat.pay.java.core.http.AbstractHttpClient.execute(AbstractHttpClient.java:46)"

paste("wechatpay-java: ServiceException, another serial in the header", java("POST", JSAPI, BODY, header("POST", JSAPI, BODY, serial="5157F09EFDC096DE15EBE81A47057A7232F1B8E2"), '{"code":"SIGN_ERROR","message":"签名错误，请检查后再试"}'), "V-KEY-SERIAL")
paste("wechatpay-java: ServiceException in a JSON log, the body signed with blanks", compact({"level": "ERROR", "msg": java("POST", JSAPI, BODY, header("POST", JSAPI, SPACED), '{"code":"SIGN_ERROR","message":"签名错误"}')}), "V-BODY-REJSON")
headers = f"Accept: application/json, Authorization: {header('GET', '/v3/certificates', '', signed=f'GET{chr(10)}/v3/certificates{chr(10)}{int(TIME) + 3}{chr(10)}{NONCE}{chr(10)}{chr(10)}')}, Host: api.mch.weixin.qq.com, Connection: Keep-Alive, Accept-Encoding: gzip,deflate"
paste("wechatpay-apache-httpclient: the request by its headers, the rest from what WeChat Pay received", f"ERROR com.wechat.pay.contrib.apache.httpclient.SignatureExec - 应答的状态码不为200-299。status code[401]\trequest headers[[{headers}]]\nresponse body[{compact(refusal('GET', '/v3/certificates', ''))}]", "V-TS-DIFF")

# PHP
guzzle = f"GuzzleHttp\\Exception\\ClientException: Client error: `POST {HOST}{JSAPI}` resulted in a `401 Unauthorized` response:\n{compact(refusal('POST', JSAPI, BODY))[:120]} (truncated...)\n"
paste("wechatpay-php: Guzzle's exception, with the request as Message::toString writes it, signed as PHP escapes", guzzle + f"POST {JSAPI} HTTP/1.1\nContent-Type: application/json\nAccept: application/json\nHost: api.mch.weixin.qq.com\nAuthorization: {header('POST', JSAPI, json.dumps(ORDER, separators=(',', ':')).replace('/', chr(92) + '/'))}\n\n{BODY}", "V-BODY-REJSON")
logged = f"Client error: `GET {HOST}{QUERY}` resulted in a `401 Unauthorized` response:\n" + compact({"code": "SIGN_ERROR", "message": "签名错误"}) + "\n"
php = json.dumps({"success": False, "code": 500, "message": logged, "headers": {"Authorization": [header("GET", QUERY.lower(), "")]}}, ensure_ascii=False).replace("/", "\\/")
paste("wechatpay-php: the exception in the JSON of a framework, signed with the address in small letters", php, "out-trade-no")

# Node
axios = f"""AxiosError: Request failed with status code 401
    at settle (/app/node_modules/axios/lib/core/settle.js:19:12) {{
  code: 'ERR_BAD_REQUEST',
  config: {{
    timeout: 0,
    headers: Object [AxiosHeaders] {{
      Accept: 'application/json',
      'Content-Type': 'application/json',
      Authorization: '{header("POST", JSAPI, "[object Object]")}'
    }},
    baseURL: '{HOST}/',
    method: 'post',
    url: 'v3/pay/transactions/jsapi',
    data: '{BODY}'
  }},
  response: {{
    status: 401,
    statusText: 'Unauthorized',
    data: {{
      code: 'SIGN_ERROR',
      detail: [Object],
      message: '错误的签名，验签失败'
    }}
  }}
}}"""
paste("wechatpay-axios-plugin: axios' error as console.log prints it, an object signed as text", axios, "V-BODY-OBJ")
paste("wechatpay-axios-plugin: request and reply as logged; the body never left", f"==request {BODY} {{\n  Authorization: '{right}'\n}}\n==response {compact(refusal('POST', JSAPI, ''))}", "V-BODY-EMPTY")
node = {"status": 401, "errRaw": {"status": 401, "response": {"req": {"method": "POST", "url": HOST + JSAPI, "data": ORDER, "headers": {"accept": "application/json", "authorization": header("POST", JSAPI, json.dumps(ORDER, ensure_ascii=False, separators=(",", ":"), sort_keys=True))}}, "text": compact(refusal("POST", JSAPI, BODY))}}, "error": compact(refusal("POST", JSAPI, BODY))}
paste("wechatpay-node-v3: what it returns, signed with the names sorted", json.dumps(node, ensure_ascii=False, separators=(",", ":")), "V-BODY-REJSON")

# Python
printed = repr(BODY.encode())
paste("wechatpayv3: what requests holds, printed", f"401 {compact({'code': 'SIGN_ERROR', 'message': '签名错误，请检查后再试'})}\nPOST {HOST}{JSAPI} {{'User-Agent': 'python-requests/2.32', 'Content-Type': 'application/json', 'Authorization': '{header('POST', JSAPI, SPACED)}'}} {printed}", "V-BODY-REJSON")
paste("wechatpayv3 over httpx: the log line and the request", f"INFO:httpx:HTTP Request: POST {HOST}{JSAPI} \"HTTP/1.1 401 Unauthorized\"\nDEBUG:shop:headers={{'authorization': '{header('POST', JSAPI, json.dumps(ORDER))}'}} body={BODY}\n(401, '{compact(refusal('POST', JSAPI, BODY))}')", "V-BODY-REJSON")

# Replies and notices in the words of SDKs
REPLY = '{"prepay_id":"wx26112410580621e9b8b0d5a1b1f1f90000"}'
NOTICE = '{"id":"EV-1","create_time":"2026-11-26T11:33:20+08:00","event_type":"TRANSACTION.SUCCESS","resource_type":"encrypt-resource","resource":{"original_type":"transaction","algorithm":"AEAD_AES_256_GCM","ciphertext":"q83v","associated_data":"transaction","nonce":"aB3dE5fG7hJ9"},"summary":"支付成功"}'
ID = "PUB_KEY_ID_0119000001092026112600000000000001"
for line in open("../v3/keys/wechat_pub.pem").read().strip().split("\n"):
    print(f"< {line}")
print("$ wxkit key inspect - --repair wechat_pub.pem\n")
print("@ WXKIT_WECHAT_KEY=wechat_pub.pem")
answer = lambda body, signed=None, key=wechat: sign(signed or f"{TIME}\n{NONCE}\n{body}\n", key)
said = lambda signature, serial=ID: f"Server=nginx,Wechatpay-Timestamp={TIME},Wechatpay-Signature-Type=WECHATPAY2-SHA256-RSA2048,Wechatpay-Serial={serial},Wechatpay-Nonce={NONCE},Wechatpay-Signature={signature},Content-Length={len(REPLY)},Content-Type=application/json; charset=utf-8"
paste("wechatpay-java: ValidationException of a reply, right", f"com.wechat.pay.java.core.exception.ValidationException: Validate response failed,the WechatPay signature is incorrect.\nRequest-ID[08A8AAAB9A0610D1-0]\tresponseHeader[{said(answer(REPLY))}]\tresponseBody[{REPLY}]", "valid for these inputs")
paste("wechatpay-java: the same, another key made it", f"com.wechat.pay.java.core.exception.ValidationException: Validate response failed,the WechatPay signature is incorrect.\nRequest-ID[08A8AAAB9A0610D1-0]\tresponseHeader[{said(answer(REPLY, key=other), '5157F09EFDC096DE15EBE81A47057A7232F1B8E2')}]\tresponseBody[{REPLY}]", "V-RESP-SWITCH")
paste("wechatpay-java: a notice that was parsed and written anew", f"com.wechat.pay.java.core.exception.ValidationException: Processing WechatPay notification,signature verification failed,signType[WECHATPAY2-SHA256-RSA2048]\tserial[{ID}]\tmessage[{TIME}\n{NONCE}\n{json.dumps(json.loads(NOTICE), ensure_ascii=False)}\n]\tsign[{answer(NOTICE)}]", "V-RESP-BODY")
paste("wechatpay-php: the reply, then the exception", f"{REPLY}PHP Fatal error:  Uncaught GuzzleHttp\\Exception\\RequestException: Verify the response's data with: timestamp={TIME}, nonce={NONCE}, signature={answer(REPLY, NONCE + chr(10) + TIME + chr(10) + REPLY + chr(10))}, cert=[{ID} => ...] failed. in /app/vendor/x.php", "V-RESP-ORDER")
paste("wechatpay-go: a notice with its request", f"invalid notification, err: validate verify fail serial=[{ID}]\n request-id=[] err=verify signature with public key err:crypto/rsa: verification error, request: &{{Method:POST URL:/notify/wechat Proto:HTTP/1.1 ProtoMajor:1 ProtoMinor:1 Header:map[Accept:[*/*] Content-Type:[application/json] Wechatpay-Nonce:[{NONCE}] Wechatpay-Serial:[{ID}] Wechatpay-Signature:[{answer(NOTICE + chr(10))}] Wechatpay-Signature-Type:[WECHATPAY2-SHA256-RSA2048] Wechatpay-Timestamp:[{TIME}]] Body:{{Reader:{NOTICE}}} ContentLength:911}}", "V-RESP-BODY")
paste("wechatpay-node-v3: what verifySign gets; the body is an object", f"{{\n  signature: '{answer(NOTICE)}',\n  serial: '{ID}',\n  nonce: '{NONCE}',\n  timestamp: '{TIME}',\n  body: {{ id: 'EV-1', event_type: 'TRANSACTION.SUCCESS' }}\n}}", "body", words="explain - --budget 0")
paste("Headers alone: a probe", f"Wechatpay-Nonce: {NONCE}\nWechatpay-Timestamp: {TIME}\nWechatpay-Serial: {ID}\nWechatpay-Signature: WECHATPAY/SIGNTEST/{answer(NOTICE)[:60]}", "V-RESP-SIGNTEST")
paste("Headers alone: the body is asked for", f"Wechatpay-Nonce: {NONCE}\nWechatpay-Timestamp: {TIME}\nWechatpay-Serial: {ID}\nWechatpay-Signature: {answer(NOTICE)}", "body=@body.json", words="explain - --budget 0")

# Pay parameters
page = lambda package, kind="RSA", newline="\n": {"appId": "wx00c0ffee00c0ffee", "timeStamp": TIME, "nonceStr": NONCE, "package": package, "signType": kind, "paySign": sign(f"wx00c0ffee00c0ffee\n{TIME}\n{NONCE}\n{package}{newline}")}
PREPAY = "prepay_id=wx26112410580621e9b8b0d5a1b1f1f90000"
paste("JSAPI parameters, right", json.dumps(page(PREPAY)), "valid for these inputs")
bare = page("wx26112410580621e9b8b0d5a1b1f1f90000") | {"package": PREPAY}
paste("JSAPI parameters, signed without prepay_id=", "WeixinJSBridge.invoke('getBrandWCPayRequest', " + json.dumps(bare) + ", cb)", "V-PS-PREFIX")
mini = page(PREPAY, newline="")
mini.pop("appId")
paste("A mini program's, signed without the last line break; the appId is handed in", "wx.requestPayment({" + ", ".join(f"{name}: '{value}'" for name, value in mini.items()) + "})", "V-PS-NL", words="explain - --app-id wx00c0ffee00c0ffee", lang="zh")
paste("signType MD5 with a signature of RSA", json.dumps(page(PREPAY, kind="MD5")), "V-PS-ST")
app = {"appid": "wx00c0ffee00c0ffee", "partnerid": "1900000109", "prepayid": PREPAY[10:], "package": "Sign=WXPay", "noncestr": NONCE, "timestamp": TIME}
paste("App parameters, right", json.dumps(app | {"sign": sign(f"wx00c0ffee00c0ffee\n{TIME}\n{NONCE}\n{PREPAY[10:]}\n")}), "valid for these inputs")
paste("App parameters, signed as those of a page", json.dumps(app | {"sign": sign(f"wx00c0ffee00c0ffee\n{TIME}\n{NONCE}\n{PREPAY}\n")}), "V-PS-APP")
