#!/usr/bin/env python3
"""Wrong signatures on purpose: the test corpus of `wxkit explain`.

This is a second implementation of the signing rules and of the mistakes, written from the catalogue of causes alone and using only the
standard library (hashlib, hmac). It shares no code with the program it tests.

    python3 tests/vectors/explain/make_cases.py > tests/vectors/explain/cases.jsonl     regenerate (about a minute)
    python3 tests/vectors/explain/make_cases.py --check                                  known answers, then regenerate and compare
    python3 tests/vectors/explain/make_cases.py --show P-EMPTY/1                         the string that was hashed wrongly

Everything is seeded by the id of the case, so a new case never changes an old one.

One case a line:

    {"id": "P-EMPTY/1", "expect": {...}, "case": {"scheme", "fields", "signature", secrets, "others"}}

`case.fields` is what WeChat saw (what was sent, what wx.config holds); `case.signature` is what the developer computed, wrongly.

`expect`:
    verdict    valid | explained | unexplained
    expected   the right signature, computed here
    causes     acceptable readings, each a set of cause ids; the specific one first, then those that give the same bytes. Compare as sets:
               two dropped fields are one P-FIELD-UNSIGNED. No reading with fewer causes exists among the mistakes of this file.
    variant    which form of each mistake was applied (for people)
    lints      ids that static checks must report (at least these); only where stated

How special cases are written down:
    P-SIGN-IN      `fields.sign` holds the old sign that stood in the map while the new one was computed; `signature` is the new one.
    J-URL-HASH     either `fields.url` still has the fragment (location.href as is), or it is cut and the signature was made over url + "#",
                   "#/", or the full address is in `others.href`. The right signature is always that of the cut url.
    candidates     causes that need another key, ticket, url, ... find it in `others`, under a label a person would write. The label decides
                   the name of the cause where only the candidate differs: a key labelled `apiv3` reads P-KEY-V3, and P-KEY-OTHER as well.
    charsets       only where nothing is lost (GBK of text that GBK has), but for P-ENC-QMARK: what replaces a lost byte is not the same everywhere.
    two mistakes   are applied in the order of the stages below: which fields, values, escapes (JSON, XML, CDATA, percent), order, joining,
                   key, charset, hash, print. For a url: candidate, origin, path, share and oauth parameters, cut, fragment, decode, encode,
                   HTML, blanks.
"""
import base64
import hashlib
import hmac
import itertools
import json
import multiprocessing
import os
import random
import re
import sys
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = os.path.join(HERE, "cases.jsonl")
KNOWN = os.path.join(HERE, "..", "known_answers.json")

V2, JS, APP = "pay-v2", "pay-sign", "app-sign"
SDK, CARD, TOKEN, CRYPT = "jssdk", "card", "server-token", "msg-crypt"
PAY = {V2, JS, APP}
PUSH = {TOKEN, CRYPT}
ALL = PAY | PUSH | {SDK, CARD}
SECRET_NAME = {SDK: "ticket", CARD: "ticket", V2: "key", JS: "key", APP: "key", TOKEN: "token", CRYPT: "token"}


# ---------------------------------------------------------------------------------------------------------------- right signatures

class Truth:
    """What WeChat saw, and the secret of the account."""

    def __init__(self, scheme, fields, secret, others=None, sign_type=None):
        self.scheme, self.fields, self.secret = scheme, dict(fields), secret
        self.others, self.sign_type = dict(others or {}), sign_type

    def algorithm(self):
        """MD5 or HMAC, for the three payment schemes."""
        named = self.fields.get("sign_type") or self.fields.get("signType") or self.sign_type or "MD5"
        return "hmac" if named == "HMAC-SHA256" else "md5"

    def case(self, signature):
        out = {"scheme": self.scheme, "fields": self.fields, "signature": signature, SECRET_NAME[self.scheme]: self.secret}
        if self.sign_type:
            out["sign_type"] = self.sign_type
        if self.others:
            out["others"] = self.others
        return out


def hex_lower(raw):
    return raw.hex()


def hex_upper(raw):
    return raw.hex().upper()


def md5(message, _key):
    return hashlib.md5(message).digest()


def sha1(message, _key):
    return hashlib.sha1(message).digest()


def sha256(message, _key):
    return hashlib.sha256(message).digest()


def hmac_sha256(message, key):
    return hmac.new(key.encode(), message, hashlib.sha256).digest()


HASHES = {"md5": md5, "hmac": hmac_sha256}


def as_given(pairs):
    return pairs


def by_name(pairs):
    return sorted(pairs, key=lambda p: p[0])


def by_value(pairs):
    return sorted(pairs, key=lambda p: p[1])


def no_tail(text, _key):
    return text


def key_tail(text, key):
    return text + "&key=" + key


class Everything:
    """Contains any name: schemes other than payments keep empty values."""

    def __contains__(self, _name):
        return True


class Work:
    """A signature half made: every ingredient can still be spoiled."""

    __slots__ = ("pairs", "keep_empty", "keep_sign", "key_in_map", "order", "bare", "glue", "dress", "key", "tail", "text_edits",
                 "encode", "digest", "mac_key", "show")

    def copy(self):
        twin = Work.__new__(Work)
        for name in Work.__slots__:
            setattr(twin, name, getattr(self, name))
        twin.pairs = list(self.pairs)
        return twin

    def text(self):
        pairs = [(k, v) for k, v in self.pairs
                 if (v != "" or k in self.keep_empty) and (k != "sign" or self.keep_sign)]
        if self.key_in_map:
            pairs.append(("key", self.key))
        pairs = self.order(pairs)
        text = self.glue.join(v for _, v in pairs) if self.bare else self.glue.join(k + "=" + v for k, v in pairs)
        for edit in self.dress:
            text = edit(text)
        text = self.tail(text, self.key)
        for edit in self.text_edits:
            text = edit(text)
        return text

    def signature(self):
        return self.show(self.digest(self.encode(self.text()), self.key if self.mac_key is None else self.mac_key))


def utf8(text):
    return text.encode("utf-8")


def right(truth):
    """The correct signer of each scheme, not yet hashed."""
    work = Work.__new__(Work)
    work.keep_empty, work.keep_sign, work.key_in_map, work.bare = frozenset(), False, False, False
    work.glue, work.dress, work.tail, work.text_edits = "&", (), no_tail, ()
    work.encode, work.mac_key, work.key = utf8, None, truth.secret
    work.digest, work.show = sha1, hex_lower
    field = truth.fields
    if truth.scheme in PAY:
        work.pairs, work.order, work.tail = list(field.items()), by_name, key_tail
        work.digest, work.show = HASHES[truth.algorithm()], hex_upper
    elif truth.scheme == SDK:
        work.pairs = [("jsapi_ticket", truth.secret), ("noncestr", field["noncestr"]), ("timestamp", field["timestamp"]),
                      ("url", field["url"].split("#")[0])]
        work.order, work.keep_empty = as_given, Everything()
    else:
        name = "api_ticket" if truth.scheme == CARD else "token"
        work.pairs = [(name, truth.secret)] + list(field.items())
        work.order, work.bare, work.glue, work.keep_empty = by_value, True, "", Everything()
    return work


def sign(truth):
    return right(truth).signature()


# ------------------------------------------------------------------------------------------------------------------- the mistakes

class Cause:
    def __init__(self, ident, schemes, stage, variants):
        self.ident, self.schemes, self.stage, self.variants = ident, schemes, stage, variants


CAUSES = {}


def cause(ident, schemes, stage):
    """Registers a generator: truth -> (label, edit of a Work). `stage` says when the edit happens when there are several."""
    def register(function):
        CAUSES[ident] = Cause(ident, {schemes} if isinstance(schemes, str) else schemes, stage, function)
        return function
    return register


def setter(**changes):
    def edit(work):
        for name, value in changes.items():
            setattr(work, name, value)
    return edit


def value_of(name, change):
    """Changes the value of one field."""
    def edit(work):
        work.pairs = [(k, change(v) if k == name else v) for k, v in work.pairs]
    return edit


def every_value(change):
    def edit(work):
        work.pairs = [(k, change(v)) for k, v in work.pairs]
    return edit


def drop(names):
    def edit(work):
        work.pairs = [(k, v) for k, v in work.pairs if k not in names]
    return edit


def rename(mapping):
    def edit(work):
        work.pairs = [(mapping.get(k, k), v) for k, v in work.pairs]
    return edit


def add(name, value, first=False):
    def edit(work):
        work.pairs = [(name, value)] + work.pairs if first else work.pairs + [(name, value)]
    return edit


def dressed(change):
    def edit(work):
        work.dress = work.dress + (change,)
    return edit


def retext(change):
    def edit(work):
        work.text_edits = work.text_edits + (change,)
    return edit


def printed(change):
    def edit(work):
        before = work.show
        work.show = lambda raw: change(before(raw))
    return edit


def sent_fields(truth):
    """Fields that take part in the right signature."""
    return [k for k, v in truth.fields.items() if v != "" and k != "sign"]


def labelled(truth, *parts):
    return [(label, value) for label, value in truth.others.items() if any(part in label.lower() for part in parts)]


def is_url(text):
    return re.match(r"https?://", text) is not None


def typos(name):
    """Slips of the finger: a letter lost, doubled, swapped, or in the other case."""
    out = set()
    for i, letter in enumerate(name):
        out.add(name[:i] + name[i + 1:])
        out.add(name[:i] + letter + name[i:])
        out.add(name[:i] + letter.swapcase() + name[i + 1:])
        if i + 1 < len(name):
            out.add(name[:i] + name[i + 1] + letter + name[i + 2:])
    out.discard(name)
    out.discard("")
    return sorted(out)


def camel(name):
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def snake(name):
    return re.sub(r"([A-Z])", lambda m: "_" + m.group(1).lower(), name)


# ---- percent-encoders as the languages have them

ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def percent(safe, space="%20", lower=False):
    keep = set((ALNUM + safe).encode())
    form = "%%%02x" if lower else "%%%02X"

    def encode(text):
        return "".join(chr(b) if b in keep else space if b == 0x20 else form % b for b in text.encode("utf-8"))
    return encode


ENCODERS = {
    "encodeURIComponent": percent("-_.!~*'()"),
    ".NET UrlEncode": percent("-_.!*()", "+", lower=True),
    "encodeURI": percent("-_.!~*'();/?:@&=+$,#"),
    "Java URLEncoder": percent("-_.*", "+"),
    "PHP urlencode": percent("-_.", "+"),
    "PHP rawurlencode": percent("-_.~"),
    "Go QueryEscape": percent("-_.~", "+"),
    "lower RFC 3986": percent("-_.~", lower=True),
}


def non_ascii(change):
    return lambda text: "".join(c if ord(c) < 128 else change(c) for c in text)


def astral(change):
    return lambda text: "".join(c if ord(c) < 0x10000 else change(c) for c in text)


def surrogates(c):
    point = ord(c) - 0x10000
    return 0xD800 + (point >> 10), 0xDC00 + (point & 0x3FF)


def units(text):
    """UTF-16 code units."""
    for c in text:
        if ord(c) < 0x10000:
            yield ord(c)
        else:
            yield from surrogates(c)


# ---- jssdk: ticket, nonce, timestamp

def on_ticket(value):
    return value_of("jsapi_ticket", lambda _: value)


@cause("J-TICKET-EMPTY", SDK, 10)
def _(t):
    yield "empty", on_ticket("")


@cause("J-TICKET-NULL", SDK, 10)
def _(t):
    for literal in ["undefined", "null", "None", "[object Object]", "[object Promise]", "Array"]:
        yield literal, on_ticket(literal)


@cause("J-TICKET-WS", SDK, 11)
def _(t):
    for tail in ["\n", "\r\n", " "]:
        yield repr(tail), value_of("jsapi_ticket", lambda v, tail=tail: v + tail)


@cause("J-TICKET-TYPE", SDK, 10)
def _(t):
    for label, value in labelled(t, "card", "agent"):
        yield label, on_ticket(value)


@cause("J-TICKET-AT", SDK, 10)
def _(t):
    for label, value in labelled(t, "access_token"):
        yield label, on_ticket(value)


@cause("J-TICKET-SECRET", SDK, 10)
def _(t):
    for label, value in labelled(t, "secret", "appid", "app_id"):
        yield label, on_ticket(value)


@cause("J-TICKET-JSON", SDK, 10)
def _(t):
    yield "quotes", value_of("jsapi_ticket", lambda v: '"' + v + '"')
    for label, value in t.others.items():
        if value.startswith("{"):
            yield label, on_ticket(value)


@cause("J-TICKET-OTHER", SDK, 10)
def _(t):
    for label, value in t.others.items():
        if not is_url(value):
            yield label, on_ticket(value)


@cause("J-NONCE-REGEN", SDK, 12)
def _(t):
    yield "sample", value_of("noncestr", lambda _: "Wm3WZYTPz0wzccnW")
    for label, value in t.others.items():
        if not is_url(value):
            yield label, value_of("noncestr", lambda _, value=value: value)


def millis(stamp):
    """The same moment on the other side of the factor 1000."""
    if re.fullmatch(r"\d{10}", stamp):
        for ms in ["000", "123", "407", "680", "999"]:
            yield "ms " + ms, stamp + ms
    elif re.fullmatch(r"\d{13}", stamp):
        yield "floor", str(int(stamp) // 1000)
        yield "round", str((int(stamp) + 500) // 1000)


DELTAS = [1, -1, 2, -2, 3, -3, 7, 42, -95, 613, 3600, -3600, 28800, -28800, 50000, -77777, 86399, -86399]


def drifted(stamp):
    if stamp.isdigit():
        for delta in DELTAS:
            yield "%+d" % delta, str(int(stamp) + delta)


def timestamps(name, source):
    def variants(t):
        for label, value in source(t.fields.get(name, "")):
            yield label, value_of(name, lambda _, value=value: value)
    return variants


cause("J-TS-MS", SDK, 14)(timestamps("timestamp", millis))
cause("J-TS-REGEN", SDK, 14)(timestamps("timestamp", drifted))


@cause("J-TS-FLOAT", SDK, 15)
def _(t):
    def science(mark):
        return lambda v: (v[0] + "." + v[1:].rstrip("0")).rstrip(".") + mark + str(len(v) - 1)
    yield ".0", value_of("timestamp", lambda v: v + ".0")
    yield "e9", value_of("timestamp", science("e"))
    yield "e+09", value_of("timestamp", science("e+0"))
    yield "E9", value_of("timestamp", science("E"))
    yield "grouped", value_of("timestamp", lambda v: f"{int(v):,}" if v.isdigit() else v)
    for label, value in t.others.items():
        if re.fullmatch(r"\d+\.\d+", value):
            yield label, value_of("timestamp", lambda _, value=value: value)


# ---- jssdk: the url

URL_SHAPE = re.compile(r"^(https?)://([^/:?#]+)(:\d+)?([^?#]*)(\?[^#]*)?$")


def url_edit(change):
    return value_of("url", change)


def taken_apart(rebuild):
    """Edits the parts (scheme, host, port, path, query); leaves a url alone that does not look like one."""
    def change(url):
        found = URL_SHAPE.match(url)
        return rebuild(*[part or "" for part in found.groups()]) if found else url
    return url_edit(change)


def candidate_url(parts, unless=()):
    def variants(t):
        for label, value in t.others.items():
            named = any(p in label.lower() for p in parts) if parts else True
            if is_url(value) and named and not any(p in label.lower() for p in unless):
                yield label, url_edit(lambda _, value=value: value)
    return variants


cause("J-URL-LANDING", SDK, 20)(candidate_url([], unless=["api", "endpoint", "href"]))
cause("J-URL-API", SDK, 20)(candidate_url(["api", "endpoint"]))
cause("J-CACHED-SIG", SDK, 20)(candidate_url([], unless=["api", "endpoint", "href"]))


@cause("J-URL-HASH", SDK, 30)
def _(t):
    given = t.fields["url"]
    if "#" in given:
        yield "fragment", url_edit(lambda u: u + given[given.index("#"):])
    else:
        yield "bare #", url_edit(lambda u: u + "#")
        yield "#/", url_edit(lambda u: u + "#/")
    for label, value in t.others.items():
        if is_url(value) and "#" in value:
            yield label, url_edit(lambda u, value=value: u + value[value.index("#"):])


@cause("J-URL-EMPTY", SDK, 46)
def _(t):
    yield "empty", url_edit(lambda _: "")
    yield "http://", url_edit(lambda _: "http://")


@cause("J-URL-NULL", SDK, 46)
def _(t):
    for literal in ["null", "undefined", "None", "nil", "[object Object]", "false", "NaN"]:
        yield literal, url_edit(lambda _, literal=literal: literal)


@cause("J-URL-SCHEME", SDK, 21)
def _(t):
    yield "swapped", taken_apart(lambda s, h, p, a, q: ("http" if s == "https" else "https") + "://" + h + p + a + q)


PORTS = ["3000", "5000", "7001", "8000", "8080", "8081", "8443", "8888", "9000"]


@cause("J-URL-HOST", SDK, 22)
def _(t):
    for host in ["localhost", "127.0.0.1"]:
        yield host, taken_apart(lambda s, h, p, a, q, host=host: s + "://" + host + p + a + q)
        for port in PORTS:
            yield host + ":" + port, taken_apart(lambda s, h, p, a, q, to=host + ":" + port: s + "://" + to + a + q)
    yield "www", taken_apart(lambda s, h, p, a, q: s + "://" + (h[4:] if h.startswith("www.") else "www." + h) + p + a + q)
    for label, value in t.others.items():
        if re.fullmatch(r"[\w-]+(\.[\w-]+)*(:\d+)?", value) and ("host" in label or "domain" in label):
            yield label, taken_apart(lambda s, h, p, a, q, to=value: s + "://" + to + a + q)


@cause("J-URL-PORT", SDK, 23)
def _(t):
    yield "drop", taken_apart(lambda s, h, p, a, q: s + "://" + h + a + q)
    for port in ["80", "443"] + PORTS:
        yield ":" + port, taken_apart(lambda s, h, p, a, q, port=port: s + "://" + h + ":" + port + a + q)


INDEXES = ["index.html", "index.php", "index.htm", "index.jsp", "default.aspx", "index"]


@cause("J-URL-INDEX", SDK, 24)
def _(t):
    for name in INDEXES:
        yield "+" + name, taken_apart(
            lambda s, h, p, a, q, name=name: s + "://" + h + p + (a if a.endswith("/") else a + "/") + name + q)
        yield "-" + name, taken_apart(
            lambda s, h, p, a, q, name=name: s + "://" + h + p + (a[:-len(name)] if a.endswith("/" + name) else a) + q)


@cause("J-URL-SLASH", SDK, 25)
def _(t):
    yield "flip", taken_apart(lambda s, h, p, a, q: s + "://" + h + p + (a[:-1] if a.endswith("/") else a + "/") + q)


SHARE = ["from", "isappinstalled", "scene", "clicktime", "enterid", "wechatid", "nsukey"]


def without(names, dangling=False):
    """Takes query parameters out of a url, the rest stays as it was spelled."""
    def change(url):
        head, mark, query = url.partition("?")
        kept = [part for part in query.split("&") if part.split("=")[0] not in names]
        if mark and (kept or dangling):
            return head + "?" + "&".join(kept)
        return head
    return change


@cause("J-URL-SHARE", SDK, 26)
def _(t):
    query = t.fields["url"].split("#")[0].partition("?")[2]
    there = [part.split("=")[0] for part in query.split("&") if part.split("=")[0] in SHARE]
    for size in range(len(there), 0, -1):
        for names in itertools.combinations(there, size):
            yield "-" + ",".join(names), url_edit(without(names))
    if there:
        yield "-" + ",".join(there) + " dangling", url_edit(without(there, dangling=True))
    if not there:
        for source in ["singlemessage", "groupmessage", "timeline"]:
            for tail in ["from=" + source, "from=" + source + "&isappinstalled=0", "from=" + source + "&isappinstalled=1"]:
                yield "+" + tail, url_edit(lambda u, tail=tail: u + ("&" if "?" in u else "?") + tail)


@cause("J-URL-OAUTH", SDK, 26)
def _(t):
    for names in [("code", "state"), ("code",), ("state",), ("code", "state", "appid")]:
        yield "-" + ",".join(names), url_edit(without(names))


@cause("J-URL-NOQUERY", SDK, 28)
def _(t):
    yield "no query", url_edit(lambda u: u.partition("?")[0])


@cause("J-URL-HOME", SDK, 28)
def _(t):
    yield "origin", taken_apart(lambda s, h, p, a, q: s + "://" + h + p)
    yield "origin/", taken_apart(lambda s, h, p, a, q: s + "://" + h + p + "/")
    yield "first segment", taken_apart(lambda s, h, p, a, q: s + "://" + h + p + "/" + a.lstrip("/").split("/")[0])
    yield "first segment/", taken_apart(lambda s, h, p, a, q: s + "://" + h + p + "/" + a.lstrip("/").split("/")[0] + "/")


@cause("J-URL-TRUNC", SDK, 28)
def _(t):
    for mark in "&;+":
        yield "at " + mark, url_edit(lambda u, mark=mark: u.split(mark)[0])


@cause("J-URL-NOSCHEME", SDK, 32)
def _(t):
    yield "host/path", url_edit(lambda u: re.sub(r"^https?://", "", u))
    yield "//host/path", url_edit(lambda u: re.sub(r"^https?:", "", u))


@cause("J-URL-CASE", SDK, 33)
def _(t):
    yield "all lower", url_edit(str.lower)


@cause("J-URL-DEC", SDK, 34)
def _(t):
    unquote, unplus = urllib.parse.unquote, urllib.parse.unquote_plus

    def path_only(u):
        head, mark, query = u.partition("?")
        return unquote(head) + mark + query

    def query_only(decode):
        def change(u):
            head, mark, query = u.partition("?")
            return head + mark + decode(query)
        return change
    yield "whole", url_edit(unquote)
    yield "path", url_edit(path_only)
    yield "query", url_edit(query_only(unquote))
    yield "query, + is space", url_edit(query_only(unplus))
    yield "whole, + is space", url_edit(unplus)


@cause("J-URL-PCT", SDK, 35)
def _(t):
    yield "upper", url_edit(non_ascii(percent("")))
    yield "lower", url_edit(non_ascii(percent("", lower=True)))


@cause("J-URL-PLUS", SDK, 36)
def _(t):
    def in_query(old, new):
        def change(u):
            head, mark, query = u.partition("?")
            return head + mark + query.replace(old, new)
        return url_edit(change)
    for old, new in itertools.permutations(["+", " ", "%20"], 2):
        yield repr(old) + " to " + repr(new), in_query(old, new)


@cause("J-URL-ENC", SDK, 38)
def _(t):
    for name, encode in ENCODERS.items():
        yield name, url_edit(encode)


@cause("J-URL-ENC2", SDK, 38)
def _(t):
    for name in ["encodeURIComponent", "Java URLEncoder", "PHP urlencode", ".NET UrlEncode"]:
        yield name + " twice", url_edit(lambda u, f=ENCODERS[name]: f(f(u)))
    yield "% to %25", url_edit(lambda u: u.replace("%", "%25"))


@cause("J-URL-AMP", SDK, 40)
def _(t):
    def html(quote):
        def change(u):
            for old, new in [("&", "&amp;"), ('"', "&quot;"), ("'", quote), ("<", "&lt;"), (">", "&gt;")]:
                u = u.replace(old, new)
            return u
        return change
    yield "&amp;", url_edit(lambda u: u.replace("&", "&amp;"))
    yield "htmlspecialchars", url_edit(html("&#039;"))
    yield "html &#39;", url_edit(html("&#39;"))


@cause("J-URL-JSONESC", SDK, 41)
def _(t):
    yield "\\/", url_edit(lambda u: u.replace("/", "\\/"))


@cause("J-URL-WS", SDK, 44)
def _(t):
    for tail in [" ", "\n", "\r\n", "\t", "\u200b"]:
        yield "end " + ascii(tail), url_edit(lambda u, tail=tail: u + tail)
    for head in ["\ufeff", " "]:
        yield "front " + ascii(head), url_edit(lambda u, head=head: head + u)


# ---- jssdk: names, order, joining, hash

SDK_NAMES = ["jsapi_ticket", "noncestr", "timestamp", "url"]


@cause("J-KEY-NONCESTR", SDK, 50)
def _(t):
    yield "nonceStr", rename({"noncestr": "nonceStr"})


@cause("J-KEY-TIMESTAMP", SDK, 50)
def _(t):
    yield "timeStamp", rename({"timestamp": "timeStamp"})


@cause("J-KEY-TYPO", SDK, 50)
def _(t):
    known = {"jsapi_ticket": ["jsapiTicket", "jsticket", "ticket", "access_token"], "noncestr": ["nonce_str", "nonce"],
             "timestamp": ["timetamp", "time_stamp"], "url": ["URL"]}
    for name in SDK_NAMES:
        for wrong in dict.fromkeys(known[name] + typos(name)):
            yield wrong, rename({name: wrong})


@cause("J-FIELD-EXTRA", SDK, 52)
def _(t):
    for label, value in t.others.items():
        names = ["appId", "appid"] if label.lower() in ("appid", "app_id") else [label]
        for name in names:
            yield name + " first", add(name, value, first=True)
            yield name + " sorted", (lambda name, value: lambda w: setter(
                pairs=by_name(w.pairs + [(name, value)]))(w))(name, value)


@cause("J-FIELD-MISSING", SDK, 52)
def _(t):
    for name in SDK_NAMES:
        yield name, drop({name})


@cause("J-ORDER", SDK, 54)
def _(t):
    for places in itertools.permutations(range(4)):
        if places != (0, 1, 2, 3):
            yield ",".join(SDK_NAMES[i] for i in places), (lambda places: lambda w: setter(
                pairs=[w.pairs[i] for i in places if i < len(w.pairs)])(w))(places)


@cause("J-URLENC-ALL", SDK, 56)
def _(t):
    for name in ["PHP urlencode", "Java URLEncoder", "Go QueryEscape", "PHP rawurlencode", ".NET UrlEncode"]:
        yield name, every_value(ENCODERS[name])


@cause("J-SEP", SDK, 60)
def _(t):
    for glue in ["", ", ", "& ", "\n", "&\n", ","]:
        yield "join " + repr(glue), setter(glue=glue)
    for mark in "&?":
        yield "front " + mark, dressed(lambda s, mark=mark: mark + s)
    yield "end &", dressed(lambda s: s + "&")


@cause("J-TIMES", SDK, 62)
def _(t):
    yield "times", dressed(lambda s: s.replace("&timestamp", "\u00d7tamp"))
    yield "times and &amp;", dressed(
        lambda s: s.replace("&noncestr=", "&amp;noncestr=").replace("&timestamp=", "\u00d7tamp=").replace("&url=", "&amp;url="))


@cause("J-VALSORT", SDK, 64)
def _(t):
    yield "sorted values", setter(order=by_value, bare=True, glue="")


@cause("J-KEYED", SDK, 66)
def _(t):
    for label, value in t.others.items():
        if not is_url(value):
            yield label, dressed(lambda s, value=value: s + "&key=" + value)


@cause("J-ALGO", SDK, 90)
def _(t):
    yield "md5", setter(digest=md5)
    yield "sha256", setter(digest=sha256)


@cause("J-OUT-UPPER", SDK, 95)
def _(t):
    yield "upper", printed(str.upper)
    yield "base64", setter(show=lambda raw: base64.b64encode(raw).decode())


# ---- card

CARD_NAMES = ["api_ticket", "timestamp", "nonce_str", "card_id", "code", "openid"]


@cause("C-SORT-CULTURE", CARD, 50)
def _(t):
    yield "ignore case", setter(order=lambda pairs: sorted(pairs, key=lambda p: p[1].lower()))


@cause("C-NOSORT", CARD, 50)
def _(t):
    there = ["api_ticket"] + list(t.fields)
    for names in itertools.permutations(there):
        yield ",".join(names), setter(order=(lambda names: lambda pairs: sorted(
            pairs, key=lambda p: names.index(p[0]) if p[0] in names else 99))(names))


@cause("C-EMPTY", CARD, 10)
def _(t):
    for name in ["code", "openid"]:
        if t.fields.get(name):
            yield "-" + name, drop({name})
    if t.fields.get("code") and t.fields.get("openid"):
        yield "-code,openid", drop({"code", "openid"})
    for literal in ["null", "undefined"]:
        yield "+" + literal, add("code", literal)
        yield "+" + literal + " twice", (lambda literal: lambda w: (add("code", literal)(w), add("openid", literal)(w)))(literal)


@cause("C-KEYVAL", CARD, 50)
def _(t):
    yield "by name", setter(order=by_name, bare=False, glue="&")


@cause("C-TICKET", CARD, 20)
def _(t):
    for label, value in t.others.items():
        yield label, value_of("api_ticket", lambda _, value=value: value)


# ---- server token and message signature

@cause("T-MSGSIG", PUSH, 10)
def _(t):
    if t.scheme == CRYPT:
        yield "three values", drop({"encrypt"})
    for label, value in labelled(t, "encrypt", "echostr"):
        if t.scheme == TOKEN:
            yield label, add("encrypt", value)


@cause("T-TOKEN-EMPTY", PUSH, 20)
def _(t):
    yield "empty", value_of("token", lambda _: "")
    yield "null", value_of("token", lambda _: "null")


@cause("T-TOKEN-OTHER", PUSH, 20)
def _(t):
    for head, tail in [("", " "), ("", "\n"), ("", "\r\n"), (" ", "")]:
        yield "blank " + repr(head + "|" + tail), value_of("token", lambda v, head=head, tail=tail: head + v + tail)
    for label, value in t.others.items():
        yield label, value_of("token", lambda _, value=value: value)


@cause("T-SORT-CULTURE", PUSH, 50)
def _(t):
    yield "ignore case", setter(order=lambda pairs: sorted(pairs, key=lambda p: p[1].lower()))


@cause("T-SORT-NUM", PUSH, 50)
def _(t):
    yield "numbers first", setter(order=lambda pairs: sorted(
        pairs, key=lambda p: (0, int(p[1]), "") if p[1].isdigit() else (1, 0, p[1])))


@cause("T-NOSORT", PUSH, 51)
def _(t):
    for names in itertools.permutations(["token"] + list(t.fields)):
        yield ",".join(names), setter(order=(lambda names: lambda pairs: sorted(
            pairs, key=lambda p: names.index(p[0])))(names))


@cause("T-JOIN", PUSH, 60)
def _(t):
    for glue in ["&", ","]:
        yield "join " + repr(glue), setter(glue=glue)
    yield "key=value", setter(bare=False, glue="&", order=by_name)


@cause("T-ENC-XML", CRYPT, 24)
def _(t):
    yield "newline", value_of("encrypt", lambda v: v + "\n")
    yield "newlines around", value_of("encrypt", lambda v: "\n" + v + "\n")
    yield "cdata", value_of("encrypt", lambda v: "<![CDATA[" + v + "]]>")
    for label, value in t.others.items():
        if value.startswith("<xml"):
            yield label, value_of("encrypt", lambda _, value=value: value)


@cause("T-ENC-PLUS", CRYPT, 22)
def _(t):
    yield "+ to space", value_of("encrypt", lambda v: v.replace("+", " "))
    yield "space to +", value_of("encrypt", lambda v: v.replace(" ", "+"))
    for name in ["encodeURIComponent", ".NET UrlEncode", "PHP urlencode"]:
        yield name, value_of("encrypt", ENCODERS[name])
    yield "decoded", value_of("encrypt", urllib.parse.unquote)


@cause("T-ENC-PLAIN", CRYPT, 20)
def _(t):
    for label, value in labelled(t, "plain", "decrypted"):
        yield label, value_of("encrypt", lambda _, value=value: value)


@cause("T-ALGO", PUSH, 90)
def _(t):
    yield "md5", setter(digest=md5)
    yield "sha256", setter(digest=sha256)


# ---- payments: which fields

def is_notice(truth):
    return "return_code" in truth.fields


@cause("P-EMPTY", PAY, 11)
def _(t):
    empties = [k for k, v in t.fields.items() if v == ""]
    if empties:
        yield "keep all", setter(keep_empty=frozenset(empties))
    if len(empties) > 1:
        for name in empties:
            yield "keep " + name, setter(keep_empty=frozenset([name]))


@cause("P-NULL", PAY, 11)
def _(t):
    for literal in ["null", "None", "undefined", "nil", "<nil>", "NULL"]:
        yield literal, every_value(lambda v, literal=literal: literal if v == "" else v)


@cause("P-NOTIFY-ST", V2, 10)
def _(t):
    if is_notice(t) and "sign_type" in t.fields:
        yield "drop sign_type", drop({"sign_type"})


@cause("P-SIGNTYPE-MISS", V2, 10)
def _(t):
    if "sign_type" in t.fields:
        yield "drop sign_type", drop({"sign_type"})


@cause("P-SIGNTYPE-EXTRA", PAY, 10)
def _(t):
    if "sign_type" not in t.fields:
        for value in ["MD5", "HMAC-SHA256"]:
            yield value, add("sign_type", value)


FAMILIES = {"coupon": r"coupon_.*", "settlement": r"settlement_.*", "numbered": r".*_\d+", "sub": r"sub_.*", "promotion": r"promotion_.*"}


@cause("P-NOTIFY-DROP", V2, 10)
def _(t):
    if not is_notice(t):
        return
    unions = [[name] for name in FAMILIES] + [["coupon", "settlement"], ["settlement", "numbered"], list(FAMILIES)]
    for names in unions:
        gone = {k for k in t.fields if any(re.fullmatch(FAMILIES[n], k) for n in names)}
        if gone:
            yield "+".join(names), drop(gone)
    for name in t.fields:
        if any(re.fullmatch(p, name) for p in FAMILIES.values()):
            yield "only " + name, drop({name})


@cause("P-FIELD-UNSENT", PAY, 10)
def _(t):
    for label, value in t.others.items():
        if label not in t.fields and re.fullmatch(r"[A-Za-z_]+", label):
            yield label, add(label, value)


@cause("P-FIELD-UNSIGNED", PAY, 10)
def _(t):
    names = sent_fields(t)
    for name in names:
        yield name, drop({name})
    for pair in itertools.combinations(names, 2):
        yield ",".join(pair), drop(set(pair))


@cause("P-FIELD-RENAME", PAY, 12)
def _(t):
    for name in sent_fields(t):
        shapes = [camel(name), name.replace("_", ""), snake(name), name.lower(), name.upper(), name[0].upper() + name[1:]]
        for wrong in dict.fromkeys(shapes + typos(name)):
            if wrong != name and wrong not in t.fields:
                yield name + " as " + wrong, rename({name: wrong})


@cause("P-SIGN-IN", PAY, 11)
def _(t):
    if t.fields.get("sign"):
        yield "sign kept", setter(keep_sign=True)


# ---- payments: values

@cause("P-VALUE-DIFF", PAY, 20)
def _(t):
    for label, value in t.others.items():
        for name in sent_fields(t):
            yield name + " from " + label, value_of(name, lambda _, value=value: value)


def numbers(text):
    number = int(text)
    yield ".0", text + ".0"
    yield ".00", text + ".00"
    yield "yuan", "%d.%02d" % (number // 100, number % 100)
    yield "yuan short", ("%d.%02d" % (number // 100, number % 100)).rstrip("0").rstrip(".")
    yield "times 100", str(number * 100)
    mantissa = (text[0] + "." + text[1:].rstrip("0")).rstrip(".")
    yield "1e+06", "%se+%02d" % (mantissa, len(text) - 1)
    yield "%e", "%e" % number
    yield "1.0E7", (mantissa if "." in mantissa else mantissa + ".0") + "E" + str(len(text) - 1)
    yield "double", repr(number / 100 * 100)
    yield "leading 0", "0" + text


NUMERIC = ["total_fee", "refund_fee", "cash_fee", "coupon_fee", "settlement_total_fee", "total_amount"]


@cause("P-NUM", PAY, 22)
def _(t):
    there = [k for k in NUMERIC if t.fields.get(k, "").isdigit()]
    for name in there:
        for label, text in numbers(t.fields[name]):
            yield name + " " + label, value_of(name, lambda v, text=text, old=t.fields[name]: text if v == old else v)
    for number, (label, _text) in enumerate(numbers("100")):
        if len(there) > 1:
            yield "all fees " + label, (lambda number: lambda w: setter(pairs=[
                (k, list(numbers(v))[number][1] if k in there and v.isdigit() else v) for k, v in w.pairs])(w))(number)


@cause("P-WS", PAY, 24)
def _(t):
    for name in sent_fields(t):
        if t.fields[name] != t.fields[name].strip():
            yield name + " trimmed", value_of(name, str.strip)
        for tail in [" ", "\n", "\r\n"]:
            yield name + " + " + repr(tail), value_of(name, lambda v, tail=tail: v + tail)
        yield "' ' + " + name, value_of(name, lambda v: " " + v)
    yield "all trimmed", every_value(str.strip)


def json_again(**how):
    def change(v):
        try:
            return json.dumps(json.loads(v), ensure_ascii=False, **how) if v.startswith(("{", "[")) else v
        except ValueError:
            return v
    return change


JSON_EDITS = {
    "\\/": lambda v: v.replace("/", "\\/"),
    "\\x22": lambda v: v.replace('"', "\\x22"),
    '\\"': lambda v: v.replace('"', '\\"'),
    "spaced": json_again(),
    "compact": json_again(separators=(",", ":")),
}


def json_only(change):
    return lambda v: change(v) if v.startswith(("{", "[")) else v


@cause("P-JSONESC", PAY, 30)
def _(t):
    holders = [k for k in sent_fields(t) if t.fields[k].startswith(("{", "["))]
    for label, change in JSON_EDITS.items():
        for name in holders:
            yield name + " " + label, value_of(name, change)
        if len(holders) > 1:
            yield "all JSON " + label, every_value(json_only(change))
    yield "all \\/", every_value(JSON_EDITS["\\/"])


def xml_escaped(marks):
    def change(v):
        for old, new in marks:
            v = v.replace(old, new)
        return v
    return change


LT_GT = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")]


@cause("P-XMLESC", PAY, 32)
def _(t):
    yield "&", every_value(xml_escaped([("&", "&amp;")]))
    yield "& < >", every_value(xml_escaped(LT_GT))
    yield '& < > "', every_value(xml_escaped(LT_GT + [('"', "&quot;")]))
    for quote in ["&apos;", "&#39;", "&#039;"]:
        yield "all five " + quote, every_value(xml_escaped(LT_GT + [('"', "&quot;"), ("'", quote)]))


def in_cdata(v):
    return "<![CDATA[" + v + "]]>" if v else v


@cause("P-CDATA", PAY, 34)
def _(t):
    yield "all", every_value(in_cdata)
    yield "all but numbers", every_value(lambda v: v if v.isdigit() else in_cdata(v))
    for name in sent_fields(t):
        yield name, value_of(name, in_cdata)


@cause("P-URLDEC", PAY, 36)
def _(t):
    yield "all", every_value(urllib.parse.unquote)
    yield "all, + is space", every_value(urllib.parse.unquote_plus)
    for name in sent_fields(t):
        if "%" in t.fields[name]:
            yield name, value_of(name, urllib.parse.unquote)


@cause("P-URLENC", PAY, 38)
def _(t):
    for name, encode in ENCODERS.items():
        if name != "encodeURI":
            yield "all " + name, every_value(encode)
            yield "notify_url " + name, value_of("notify_url", encode)


# ---- payments: order and joining

@cause("P-SORT-NONE", PAY, 50)
def _(t):
    yield "as given", setter(order=as_given)


@cause("P-SORT-DESC", PAY, 50)
def _(t):
    yield "descending", setter(order=lambda pairs: sorted(pairs, key=lambda p: p[0], reverse=True))


@cause("P-SORT-CI", PAY, 50)
def _(t):
    yield "ignore case", setter(order=lambda pairs: sorted(pairs, key=lambda p: p[0].lower()))


@cause("P-SORT-KV", PAY, 50)
def _(t):
    yield "k=v", setter(order=lambda pairs: sorted(pairs, key=lambda p: p[0] + "=" + p[1]))
    yield "k=v&", setter(order=lambda pairs: sorted(pairs, key=lambda p: p[0] + "=" + p[1] + "&"))
    yield "value", setter(order=by_value)


@cause("P-SORT-NAT", PAY, 50)
def _(t):
    def natural(name):
        return [(0, int(p), "") if p.isdigit() else (1, 0, p) for p in re.split(r"(\d+)", name) if p]
    yield "_ ignored", setter(order=lambda pairs: sorted(pairs, key=lambda p: p[0].replace("_", "")))
    yield "_ after letters", setter(order=lambda pairs: sorted(pairs, key=lambda p: p[0].replace("_", "~")))
    yield "numeric", setter(order=lambda pairs: sorted(pairs, key=lambda p: natural(p[0])))


@cause("P-SEP", PAY, 62)
def _(t):
    yield "&&key=", dressed(lambda s: s + "&")
    yield "no separators", setter(glue="")
    yield "front ?", dressed(lambda s: "?" + s)
    yield "front &", dressed(lambda s: "&" + s)
    for glue in ["& ", " & ", "&\n", "\n", ", ", ","]:
        yield "join " + repr(glue), setter(glue=glue)
    for name in sent_fields(t):
        yield "no & before " + name, dressed(lambda s, name=name: s.replace("&" + name + "=", name + "="))
        yield "13 blanks before " + name, dressed(lambda s, name=name: s.replace("&" + name + "=", "&" + " " * 13 + name + "="))


# ---- payments: the key

DOC_KEYS = ["192006250b4c09247ec02edce69f6a2d", "qazwsxedcrfvtgbyhnujmikolp111111"]


@cause("P-KEY-EMPTY", PAY, 70)
def _(t):
    for literal in ["", "null", "undefined", "None"]:
        yield repr(literal), setter(key=literal)


@cause("P-KEY-DOC", PAY, 70)
def _(t):
    for key in DOC_KEYS:
        yield key[:6], setter(key=key)


def candidate_key(*parts):
    def variants(t):
        for label, value in (labelled(t, *parts) if parts else t.others.items()):
            if not is_url(value):
                yield label, setter(key=value)
    return variants


cause("P-KEY-SANDBOX", PAY, 70)(candidate_key("sandbox", "production"))
cause("P-KEY-V3", PAY, 70)(candidate_key("v3"))
cause("P-KEY-SECRET", PAY, 70)(candidate_key("secret"))
cause("P-KEY-OTHER", PAY, 70)(candidate_key())


@cause("P-KEY-WS", PAY, 71)
def _(t):
    for head, tail in [("", " "), ("", "\n"), ("", "\r\n"), (" ", ""), ('"', '"'), ("\ufeff", "")]:
        yield ascii(head + "|" + tail), lambda w, head=head, tail=tail: setter(key=head + w.key + tail)(w)


@cause("P-KEY-CASE", PAY, 71)
def _(t):
    changes = {"lower": str.lower, "upper": str.upper, "md5": lambda k: hashlib.md5(k.encode()).hexdigest(),
               "MD5": lambda k: hashlib.md5(k.encode()).hexdigest().upper()}
    for label, change in changes.items():
        yield label, lambda w, change=change: setter(key=change(w.key))(w)


@cause("P-KEY-RAW", PAY, 72)
def _(t):
    yield "S+K", setter(tail=lambda s, k: s + k)
    yield "S+&+K", setter(tail=lambda s, k: s + "&" + k)


@cause("P-KEY-MISSING", PAY, 72)
def _(t):
    yield "no key", setter(tail=no_tail)


@cause("P-KEY-SORTED", PAY, 72)
def _(t):
    yield "only sorted", setter(key_in_map=True, tail=no_tail)
    yield "and appended", setter(key_in_map=True)


@cause("P-KEY-NOAMP", PAY, 72)
def _(t):
    yield "S+key=K", setter(tail=lambda s, k: s + "key=" + k)


@cause("P-KEY-FIRST", PAY, 72)
def _(t):
    yield "key=K&S", setter(tail=lambda s, k: "key=" + k + "&" + s)
    yield "K+S", setter(tail=lambda s, k: k + s)


@cause("P-KEY-NAME", PAY, 72)
def _(t):
    for name in ["Key", "secret", "api_key", "mch_key", "paternerKey"]:
        yield name, setter(tail=lambda s, k, name=name: s + "&" + name + "=" + k)


# ---- payments: charset

@cause("P-ENC-GBK", PAY, 82)
def _(t):
    def lossless(charset):
        def change(s):
            try:
                return s.encode(charset)
            except UnicodeEncodeError:
                return s.encode("utf-8")
        return change
    for charset in ["gbk", "gb18030", "big5"]:
        yield charset, setter(encode=lossless(charset))


@cause("P-ENC-MOJI", PAY, 80)
def _(t):
    def misread(charset):
        """Only where nothing is lost: what stands for a lost byte differs from platform to platform."""
        def change(s):
            try:
                return s.encode("utf-8").decode(charset)
            except UnicodeDecodeError:
                return s
        return change
    yield "latin-1", retext(misread("latin-1"))
    yield "latin-1 twice", retext(lambda s: misread("latin-1")(misread("latin-1")(s)))
    yield "cp1252", retext(misread("cp1252"))
    yield "gbk", retext(misread("gbk"))


@cause("P-ENC-QMARK", PAY, 80)
def _(t):
    yield "latin-1", retext(lambda s: "".join(c if ord(c) < 256 else "?" for c in s))
    yield "ascii", retext(non_ascii(lambda c: "?"))
    yield "ascii, ?? for emoji", retext(non_ascii(lambda c: "?" if ord(c) < 0x10000 else "??"))


@cause("P-ENC-ASTRAL", PAY, 80)
def _(t):
    yield "stripped", retext(astral(lambda c: ""))
    yield "?", retext(astral(lambda c: "?"))
    yield "??", retext(astral(lambda c: "??"))
    yield "CESU-8", setter(encode=lambda s: b"".join(chr(u).encode("utf-8", "surrogatepass") for u in units(s)))


@cause("P-ENC-UESC", PAY, 80)
def _(t):
    for label, form in [("lower", "\\u%04x"), ("upper", "\\u%04X")]:
        yield label, retext(non_ascii(lambda c, form=form: "".join(form % u for u in units(c))))


@cause("P-ENC-U16", PAY, 82)
def _(t):
    yield "LE", setter(encode=lambda s: s.encode("utf-16-le"))
    yield "BE", setter(encode=lambda s: s.encode("utf-16-be"))
    yield "low byte", setter(encode=lambda s: bytes(u & 0xFF for u in units(s)))


# ---- payments: hash and print

@cause("P-ALGO-SWAP", PAY, 90)
def _(t):
    yield "other", setter(digest=HASHES["md5" if t.algorithm() == "hmac" else "hmac"])


@cause("P-HMAC-NOKEY", PAY, 90)
def _(t):
    yield "no &key=", setter(tail=no_tail, digest=hmac_sha256)


@cause("P-HMAC-NOTHMAC", PAY, 90)
def _(t):
    yield "sha256", setter(digest=sha256)
    yield "empty mac key", setter(digest=hmac_sha256, mac_key="")


@cause("P-ALGO-OTHER", PAY, 90)
def _(t):
    yield "sha1", setter(digest=sha1)
    yield "md5 of md5", setter(digest=lambda m, _k: hashlib.md5(hashlib.md5(m).hexdigest().encode()).digest())
    yield "md5 of MD5", setter(digest=lambda m, _k: hashlib.md5(hashlib.md5(m).hexdigest().upper().encode()).digest())
    yield "16 characters", setter(digest=md5, show=lambda raw: raw.hex()[8:24].upper())
    yield "base64", setter(digest=md5, show=lambda raw: base64.b64encode(raw).decode())


@cause("P-CASE-LOWER", PAY, 95)
def _(t):
    yield "lower", printed(str.lower)


@cause("X-HEX-ZERO", ALL, 95)
def _(t):
    upper = t.scheme in PAY
    yield "stripped", printed(lambda s: s.lstrip("0"))
    yield "per byte", setter(show=lambda raw: "".join(("%X" if upper else "%x") % b for b in raw))


# ---- second signature: JSAPI and mini program

cause("S-TS-MS", {JS, APP}, 14)(lambda t: timestamps("timeStamp" if t.scheme == JS else "timestamp", millis)(t))
cause("S-TS-DIFF", {JS, APP}, 14)(lambda t: timestamps("timeStamp" if t.scheme == JS else "timestamp", drifted)(t))


@cause("S-REUSE", {JS, APP}, 99)
def _(t):
    for label, value in t.others.items():
        if re.fullmatch(r"[0-9A-F]{32}|[0-9A-F]{64}", value):
            yield label, setter(show=lambda _, value=value: value)


@cause("S-TS-LOWER", JS, 12)
def _(t):
    yield "timestamp", rename({"timeStamp": "timestamp"})


@cause("S-ALGO-MIX", {JS, APP}, 90)
def _(t):
    yield "other", setter(digest=HASHES["md5" if t.algorithm() == "hmac" else "hmac"])


@cause("S-APPID-LOWER", JS, 12)
def _(t):
    yield "appid", rename({"appId": "appid"})


@cause("S-NAMES-SNAKE", JS, 12)
def _(t):
    yield "time_stamp", rename({"appId": "appid", "nonceStr": "nonce_str", "signType": "sign_type", "timeStamp": "time_stamp"})
    yield "timestamp", rename({"appId": "appid", "nonceStr": "nonce_str", "signType": "sign_type", "timeStamp": "timestamp"})


@cause("S-PKG-NAME", JS, 12)
def _(t):
    for name in ["packageStr", "packageValue", "pkg", "prepay_id"]:
        yield name, rename({"package": name})


@cause("S-NONCE-LOWER", JS, 12)
def _(t):
    yield "noncestr", rename({"nonceStr": "noncestr"})
    yield "nonce_str", rename({"nonceStr": "nonce_str"})


@cause("S-PKG-NOPREFIX", JS, 20)
def _(t):
    yield "bare", value_of("package", lambda v: v.replace("prepay_id=", "", 1))


@cause("S-PKG-DOUBLE", JS, 20)
def _(t):
    yield "twice", value_of("package", lambda v: "prepay_id=" + v)


@cause("S-APPID-MISS", JS, 10)
def _(t):
    yield "no appId", drop({"appId"})


@cause("S-SIGNTYPE-MISS", JS, 10)
def _(t):
    yield "no signType", drop({"signType"})


@cause("S-SIGNTYPE-VALUE", JS, 20)
def _(t):
    for value in ["MD5", "md5", "HMAC-SHA256", "RSA"]:
        if value != t.fields.get("signType"):
            yield value, value_of("signType", lambda _, value=value: value)


@cause("S-APPID-OTHER", {JS, APP}, 20)
def _(t):
    for label, value in t.others.items():
        if value.startswith("wx"):
            yield label, value_of("appId" if t.scheme == JS else "appid", lambda _, value=value: value)


@cause("S-NONCE-DIFF", {JS, APP}, 20)
def _(t):
    for label, value in t.others.items():
        yield label, value_of("nonceStr" if t.scheme == JS else "noncestr", lambda _, value=value: value)


@cause("S-EXTRA", {JS, APP}, 10)
def _(t):
    for label, value in t.others.items():
        if label not in t.fields and re.fullmatch(r"[A-Za-z_]+", label):
            yield label, add(label, value)


# ---- second signature: APP

@cause("S-APP-CAMEL", APP, 12)
def _(t):
    yield "all camel", rename({"appid": "appId", "partnerid": "partnerId", "prepayid": "prepayId", "noncestr": "nonceStr",
                               "timestamp": "timeStamp"})


@cause("S-APP-MIX", APP, 12)
def _(t):
    for old, new in [("timestamp", "timeStamp"), ("noncestr", "nonceStr"), ("appid", "appId"), ("partnerid", "partnerId"),
                     ("prepayid", "prepayId")]:
        yield new, rename({old: new})


@cause("S-APP-PKG", APP, 20)
def _(t):
    yield "prepay_id=", lambda w: value_of("package", lambda _: "prepay_id=" + t.fields["prepayid"])(w)


@cause("S-APP-MISS", APP, 10)
def _(t):
    for name in ["partnerid", "prepayid", "package"]:
        yield name, drop({name})


@cause("S-APP-ST", APP, 10)
def _(t):
    for value in ["MD5", "HMAC-SHA256"]:
        yield "signType " + value, add("signType", value)


@cause("S-APP-JS", {JS, APP}, 10)
def _(t):
    f = t.fields
    if t.scheme == APP:
        for kind in ["MD5", "HMAC-SHA256"]:
            yield "JSAPI " + kind, setter(pairs=[("appId", f["appid"]), ("timeStamp", f["timestamp"]), ("nonceStr", f["noncestr"]),
                                                 ("package", "prepay_id=" + f["prepayid"]), ("signType", kind)])
    else:
        for label, value in labelled(t, "mch", "partner"):
            yield "APP " + label, setter(pairs=[
                ("appid", f["appId"]), ("partnerid", value), ("prepayid", f["package"].replace("prepay_id=", "")),
                ("package", "Sign=WXPay"), ("noncestr", f["nonceStr"]), ("timestamp", f["timeStamp"])])


# ------------------------------------------------------------------------------------------- what else explains the same signature

def edits_of(truth, light=False, wanted=()):
    """Every (cause, label, edit) that applies to this truth. `light` leaves out the wide families; `wanted` keeps some of them."""
    out = []
    for ident, one in CAUSES.items():
        if truth.scheme not in one.schemes:
            continue
        for label, edit in one.variants(truth):
            if light and (ident, label) not in wanted and wide(ident, label, truth):
                continue
            out.append((one.stage, ident, label, edit))
    return out


def wide(ident, label, truth):
    """Variants too many to pair with everything else."""
    if ident == "P-FIELD-UNSIGNED":
        names = label.split(",")
        return len(names) > 1 and not all(re.fullmatch(p, n) for n in names for p in ["|".join(FAMILIES.values())])
    if ident == "P-FIELD-RENAME":
        name, wrong = label.split(" as ")
        recased = truth.scheme != V2 and wrong.lower() == name.lower()
        return not recased and wrong not in (camel(name), name.replace("_", ""), snake(name))
    if ident in ("P-WS", "P-SEP"):
        return "before" in label
    if ident == "J-KEY-TYPO":
        return label not in ("nonceStr", "timeStamp", "nonce_str", "nonce", "ticket", "access_token", "URL")
    if ident in ("J-TS-REGEN", "S-TS-DIFF"):
        return True
    if ident == "C-NOSORT":
        return not label.startswith(("api_ticket,", "timestamp,"))
    if ident == "J-URL-HOST":
        return ":" in label
    return False


def applied(truth, edits):
    work = right(truth).copy()
    for _stage, _ident, _label, edit in sorted(edits, key=lambda e: e[0]):
        edit(work)
    return work


def rank(ident):
    return list(CAUSES).index(ident)


def single_readings(truth, signature, light=False):
    found = []
    for edit in edits_of(truth, light):
        if edit[1] not in found and applied(truth, [edit]).signature() == signature:
            found.append(edit[1])
    return found


def pair_readings(truth, signature, wanted):
    """Sets of the causes of any two edits that give the signature (one cause twice is a set of one)."""
    base = right(truth)
    options = sorted(edits_of(truth, light=True, wanted=wanted), key=lambda e: e[0])
    found = []
    for i, first in enumerate(options):
        begun = base.copy()
        first[3](begun)
        for second in options[i + 1:]:
            work = begun.copy()
            second[3](work)
            if work.signature() == signature:
                both = sorted({first[1], second[1]}, key=rank)
                if both not in found:
                    found.append(both)
    return found


def substituted(truth, signature, chosen):
    """Sets of three: each of the chosen edits may be replaced by one that does the same."""
    options = edits_of(truth, light=True)
    places = []
    for place in range(3):
        rest = chosen[:place] + chosen[place + 1:]
        places.append([other for other in options if applied(truth, rest + [other]).signature() == signature] + [chosen[place]])
    found = []
    for edits in itertools.product(*places):
        three = sorted({e[1] for e in edits}, key=rank)
        if three not in found and applied(truth, edits).signature() == signature:
            found.append(three)
    return found


# -------------------------------------------------------------------------------------------------------------- data as it is in life

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
TICKET_HEADS = ["kgt8ON7yVITDhtdwci0qe", "sM4AOVdWfPE4DxkXGEs8V", "HoagFKDcsGMVCIY2vOjf9", "bxLdikRXVbTPdHSM05e5u", "LIKLckvwlJT9cWIhEQTwf"]


def chars(rng, alphabet, count):
    return "".join(rng.choice(alphabet) for _ in range(count))


def ticket(rng):
    return rng.choice(TICKET_HEADS) + chars(rng, ALNUM + "_-", 65)


def card_ticket(rng):
    return "IpK_1T69hDhZkLQTlwsAX" + chars(rng, ALNUM + "_-", 65)


def access_token(rng):
    return "%d_" % rng.randint(20, 95) + chars(rng, ALNUM + "_-", 133)


def hex32(rng):
    return chars(rng, "0123456789abcdef", 32)


def pay_key(rng):
    return chars(rng, ALNUM, 32)


def nonce(rng, count=32):
    return chars(rng, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", count)


def appid(rng):
    return "wx" + chars(rng, "0123456789abcdef", 16)


def openid(rng):
    return "o" + chars(rng, ALNUM + "_-", 27)


def seconds(rng):
    return str(rng.randint(1_560_000_000, 1_740_000_000))


def prepay(rng):
    return "wx" + chars(rng, "0123456789", 18) + chars(rng, "0123456789abcdef", 14) + "0000"


GOODS = ["西湖龙井礼盒装", "深圳腾大-QQ公仔", "会员充值-季卡", "门店扫码点餐 3 号桌", "Ipad mini  16G  白色", "双人套餐(含饮料)", "2024 春季新款连衣裙/红/M"]


def goods(rng):
    return rng.choice(GOODS)


def detail(rng):
    return json.dumps({"cost_price": 60880, "receipt_id": "wx" + chars(rng, "0123456789", 3), "goods_detail": [
        {"goods_id": "商品编码", "wxpay_goods_id": "1001", "goods_name": rng.choice(GOODS), "quantity": 1, "price": 52880}]},
        ensure_ascii=False, separators=(",", ":"))


def order(rng, **changes):
    """A unified order of a JSAPI shop, in the order in which programs fill the map."""
    day = "2024%02d%02d" % (rng.randint(1, 12), rng.randint(1, 28))
    fields = {
        "appid": appid(rng), "mch_id": str(rng.randint(1_200_000_000, 1_690_000_000)), "device_info": "WEB", "nonce_str": nonce(rng),
        "body": goods(rng), "detail": detail(rng), "attach": "门店=%d&渠道=公众号" % rng.randint(1, 99),
        "out_trade_no": day + chars(rng, "0123456789", 14), "fee_type": "CNY", "total_fee": str(rng.choice([1, 980, 1990, 5800, 12800])),
        "spbill_create_ip": "114.%d.%d.%d" % (rng.randint(1, 250), rng.randint(1, 250), rng.randint(1, 250)),
        "time_start": day + "091010", "time_expire": day + "101010", "goods_tag": "WXG",
        "notify_url": "https://pay.example.com.cn/wxpay/notify.php", "trade_type": "JSAPI", "openid": openid(rng)}
    return merged(fields, changes)


def merged(fields, changes):
    """Changes values; None takes a field away; new ones go to the end."""
    out = {k: changes.get(k, v) for k, v in fields.items()}
    out.update({k: v for k, v in changes.items() if k not in out})
    return {k: v for k, v in out.items() if v is not None}


def pay(rng, key=None, others=None, **changes):
    return Truth(V2, order(rng, **changes), key or pay_key(rng), others)


def pay_hmac(rng, key=None, others=None, **changes):
    return pay(rng, key, others, **{"sign_type": "HMAC-SHA256", **changes})


def partner(rng, others=None, **changes):
    fields = {"sub_appid": appid(rng), "sub_mch_id": str(rng.randint(1_200_000_000, 1_690_000_000)), "openid": None,
              "sub_openid": openid(rng)}
    return Truth(V2, order(rng, **{**fields, **changes}), pay_key(rng), others)


def h5(rng, others=None, **changes):
    scene = json.dumps({"h5_info": {"type": "Wap", "wap_url": "https://m.example.com.cn/shop/", "wap_name": "腾讯充值"}},
                       ensure_ascii=False, separators=(",", ":"))
    return Truth(V2, order(rng, **{"trade_type": "MWEB", "openid": None, "scene_info": scene, "detail": None, **changes}),
                 pay_key(rng), others)


def refund(rng, others=None, **changes):
    fields = {"appid": appid(rng), "mch_id": "1230000109", "nonce_str": nonce(rng), "transaction_id": "42000" + chars(rng, "0123456789", 23),
              "out_refund_no": "R" + chars(rng, "0123456789", 18), "total_fee": "12800", "refund_fee": "3000", "refund_fee_type": "CNY",
              "refund_desc": "七天无理由退货", "notify_url": "https://pay.example.com.cn/refund/notify", "refund_account": "REFUND_SOURCE_UNSETTLED_FUNDS"}
    return Truth(V2, merged(fields, changes), pay_key(rng), others)


def redpack(rng, **changes):
    fields = {"nonce_str": nonce(rng), "mch_billno": "10000098" + chars(rng, "0123456789", 18), "mch_id": "10000098", "wxappid": appid(rng),
              "send_name": "天虹百货", "re_openid": openid(rng), "total_amount": "1000", "total_num": "1", "wishing": "感谢您参加猜灯谜活动,祝您元宵节快乐!",
              "client_ip": "192.168.0.1", "act_name": "猜灯谜抢红包活动", "remark": "猜越多得越多,快来抢!", "scene_id": "PRODUCT_8"}
    return Truth(V2, merged(fields, changes), pay_key(rng))


def notice(rng, coupons=2, key=None, others=None, declared=None, **changes):
    fields = {"appid": appid(rng), "attach": "支付测试", "bank_type": "CMB_DEBIT", "cash_fee": "980", "cash_fee_type": "CNY"}
    if coupons:
        fields.update(coupon_count=str(coupons), coupon_fee=str(10 * coupons))
        for n in range(coupons):
            fields.update({"coupon_fee_%d" % n: "10", "coupon_id_%d" % n: "1%08d" % rng.randint(0, 99999999)})
    fields.update(fee_type="CNY", is_subscribe="Y", mch_id="1230000109", nonce_str=nonce(rng), openid=openid(rng),
                  out_trade_no="2024" + chars(rng, "0123456789", 16), result_code="SUCCESS", return_code="SUCCESS",
                  settlement_total_fee="980", time_end="2024" + "0615" + "142233", total_fee="1000", trade_type="JSAPI",
                  transaction_id="42000" + chars(rng, "0123456789", 23))
    return Truth(V2, merged(fields, changes), key or pay_key(rng), others, declared)


def typed_notice(rng, kind):
    """A notice that carries sign_type."""
    truth = notice(rng)
    return Truth(V2, {**truth.fields, "sign_type": kind}, truth.secret)


def jsapi(rng, others=None, key=None, **changes):
    fields = {"appId": appid(rng), "timeStamp": seconds(rng), "nonceStr": nonce(rng), "package": "prepay_id=" + prepay(rng), "signType": "MD5"}
    return Truth(JS, merged(fields, changes), key or pay_key(rng), others)


def app(rng, others=None, declared=None, **changes):
    fields = {"appid": appid(rng), "partnerid": "1900000109", "prepayid": prepay(rng), "package": "Sign=WXPay", "noncestr": nonce(rng),
              "timestamp": seconds(rng)}
    return Truth(APP, merged(fields, changes), pay_key(rng), others, declared)


def page(url, **fixed):
    """A jssdk truth over this url."""
    def make(rng):
        others = {k: v(rng) if callable(v) else v for k, v in fixed.get("others", {}).items()}
        fields = {"noncestr": chars(rng, ALNUM, 16), "timestamp": seconds(rng), "url": url}
        fields.update({k: v(rng) if callable(v) else v for k, v in fixed.items() if k in fields})
        return Truth(SDK, fields, fixed.get("ticket") or ticket(rng), others)
    return make


def card(rng, others=None, **changes):
    fields = {"timestamp": seconds(rng), "nonce_str": chars(rng, ALNUM, 16), "card_id": "p" + chars(rng, ALNUM + "_-", 27),
              "code": chars(rng, "0123456789", 12), "openid": openid(rng)}
    return Truth(CARD, merged(fields, changes), card_ticket(rng), others)


def url_check(rng, others=None, token=None, **changes):
    fields = {"timestamp": seconds(rng), "nonce": str(rng.randint(10_000_000, 2_000_000_000))}
    return Truth(TOKEN, merged(fields, changes), token or chars(rng, ALNUM, 16), others)


def message(rng, others=None, token=None, **changes):
    cipher = base64.b64encode(rng.randbytes(224)).decode()
    fields = {"timestamp": seconds(rng), "nonce": str(rng.randint(10_000_000, 2_000_000_000)), "encrypt": cipher}
    return Truth(CRYPT, merged(fields, changes), token or chars(rng, ALNUM, 16), others)


SHOP = "https://m.example.com.cn/shop/goods?id=1024&sku=3"
HOME = "https://www.example.com.cn/"
SHARED = "https://m.example.com.cn/article/88?uid=7&from=singlemessage&isappinstalled=0"
CHINESE = "https://m.example.com.cn/%E6%B4%BB%E5%8A%A8/detail?name=%E6%98%A5%E8%8A%82%20%E7%89%B9%E6%83%A0&p=1"
RAW = "https://m.example.com.cn/活动/detail?name=春节&p=1"
PORT = "http://wx.example.com.cn:8080/demo/index.html?a=1&b=2"
OAUTH = "https://m.example.com.cn/user/center?code=071AbcQw1Xyz3a0Hx2Lw3bQwe01AbcQ9&state=STATE"
SPA = "https://m.example.com.cn/h5/?tenant=8#/order/confirm?id=77"
MIXED = "https://m.example.com.cn/Shop/GoodsDetail?SkuId=AbC12&Ref=QR"
EMOJI = "生日快乐🎂双层蛋糕😀"


def given(make, *fixed, **changes):
    """A maker with some fields settled; callables are drawn with the case's own dice."""
    def build(rng):
        drawn = {k: v(rng) if callable(v) else {a: b(rng) if callable(b) else b for a, b in v.items()} if isinstance(v, dict) else v
                 for k, v in changes.items()}
        return make(rng, *fixed, **drawn)
    return build


def with_sign(make, stale=False):
    """The map already holds a sign: the right one, or one of an earlier nonce."""
    def build(rng):
        truth = make(rng)
        old = sign(truth) if not stale else hex32(rng).upper()
        return Truth(truth.scheme, {**truth.fields, "sign": old}, truth.secret, truth.others, truth.sign_type)
    return build


# ---------------------------------------------------------------------------------------------------------------------- single mistakes
# cause, variant (a label of its generator), truth

SINGLES = [
    ("J-TS-MS", "ms 000", page(SHOP)),
    ("J-TS-MS", "ms 680", page(HOME)),
    ("J-TS-MS", "floor", page(SHOP, timestamp="1718432953499")),
    ("J-TS-MS", "round", page(SHOP, timestamp="1718432953871")),
    ("J-URL-LANDING", "landing", page(SHOP, others={"landing": "https://m.example.com.cn/?from=menu"})),
    ("J-URL-LANDING", "landing_url", page("https://m.example.com.cn/user/orders", others={"landing_url": "https://m.example.com.cn/index?code=071AbcQ&state=1"})),
    ("J-URL-HASH", "fragment", page(SPA)),
    ("J-URL-HASH", "fragment", page("https://m.example.com.cn/h5/index.html#/goods/88?from=timeline")),
    ("J-URL-HASH", "fragment", page("https://www.example.com.cn/wap?id=3#!/list")),
    ("J-URL-HASH", "bare #", page(SHOP)),
    ("J-URL-HASH", "#/", page("https://m.example.com.cn/h5/")),
    ("J-URL-HASH", "href", page("https://m.example.com.cn/h5/", others={"href": "https://m.example.com.cn/h5/#/user/coupon"})),
    ("J-URL-API", "api_url", page(SHOP, others={"api_url": "https://m.example.com.cn/api/wechat/jssdk/config?url=https%3A%2F%2Fm.example.com.cn%2Fshop"})),
    ("J-URL-API", "api_url", page(HOME, others={"api_url": "https://www.example.com.cn/wx/getSignPackage.php"})),
    ("J-CACHED-SIG", "previous_url", page(SHOP, others={"previous_url": "https://m.example.com.cn/shop/goods?id=1023&sku=1"})),
    ("J-CACHED-SIG", "cached_url", page(SHARED, others={"cached_url": "https://m.example.com.cn/article/87"})),
    ("J-TICKET-EMPTY", "empty", page(SHOP)),
    ("J-TICKET-EMPTY", "empty", page(CHINESE)),
    ("J-URL-HOST", "localhost", page(HOME)),
    ("J-URL-HOST", "127.0.0.1:8080", page("http://wx.example.com.cn/demo/pay?id=9")),
    ("J-URL-HOST", "www", page("https://www.example.com.cn/news/12")),
    ("J-URL-HOST", "www", page("https://example.com.cn/news/12?a=1")),
    ("J-URL-HOST", "internal_host", page(SHOP, others={"internal_host": "10.20.3.17:8080"})),
    ("J-URL-HOST", "tunnel_host", page(SHOP, others={"tunnel_host": "a1b2c3.ngrok.io"})),
    ("J-TIMES", "times", page(SHOP)),
    ("J-TIMES", "times and &amp;", page(HOME)),
    ("J-URL-SHARE", "-from,isappinstalled", page(SHARED)),
    ("J-URL-SHARE", "-isappinstalled", page(SHARED)),
    ("J-URL-SHARE", "-from,isappinstalled", page("https://m.example.com.cn/topic/5?from=groupmessage&isappinstalled=0")),
    ("J-URL-SHARE", "-from,isappinstalled dangling", page("https://m.example.com.cn/topic/5?from=timeline&isappinstalled=0")),
    ("J-URL-SHARE", "-scene,clicktime,enterid", page("https://m.example.com.cn/topic/5?id=9&scene=126&clicktime=1718432953&enterid=1718432953")),
    ("J-URL-SHARE", "-nsukey", page("https://m.example.com.cn/topic/5?id=9&nsukey=H4b2OqWm0aXyZ1%2BpQ%3D%3D")),
    ("J-URL-SHARE", "+from=singlemessage&isappinstalled=0", page("https://m.example.com.cn/topic/5?id=9")),
    ("J-URL-SHARE", "+from=timeline", page("https://m.example.com.cn/topic/5")),
    ("J-TICKET-TYPE", "wx_card_ticket", page(SHOP, others={"wx_card_ticket": card_ticket})),
    ("J-TICKET-TYPE", "agent_ticket", page(HOME, others={"agent_ticket": ticket})),
    ("J-URL-ENC", "encodeURIComponent", page(SHOP)),
    ("J-URL-ENC", ".NET UrlEncode", page(PORT)),
    ("J-URL-ENC", "encodeURI", page(CHINESE)),
    ("J-URL-ENC", "Java URLEncoder", page("https://m.example.com.cn/~team/list?q=a b*c")),
    ("J-URL-ENC", "PHP urlencode", page("https://m.example.com.cn/~team/list?q=a b*c")),
    ("J-URL-ENC", "PHP rawurlencode", page("https://m.example.com.cn/list(1)?q=a!b")),
    ("J-URL-NOSCHEME", "host/path", page(SHOP)),
    ("J-URL-NOSCHEME", "//host/path", page(HOME)),
    ("J-NONCE-REGEN", "sample", page(SHOP)),
    ("J-NONCE-REGEN", "nonce", page(HOME, others={"nonce": lambda rng: chars(rng, ALNUM, 16)})),
    ("J-NONCE-REGEN", "other_nonce", page(PORT, others={"other_nonce": lambda rng: hex32(rng)})),
    ("J-KEY-NONCESTR", "nonceStr", page(SHOP)),
    ("J-KEY-NONCESTR", "nonceStr", page(SPA.split("#")[0])),
    ("J-URL-OAUTH", "-code,state", page(OAUTH)),
    ("J-URL-OAUTH", "-code,state", page("https://m.example.com.cn/user/center?tab=2&code=071AbcQw1Xyz3a0Hx2Lw3bQwe01AbcQ9&state=123")),
    ("J-URL-OAUTH", "-code,state,appid", page("https://m.example.com.cn/c?tab=2&code=071AbcQw1Xyz3a0Hx2Lw3bQwe01AbcQ9&state=1&appid=wx5823bf96d3bd56c7")),
    ("J-URL-AMP", "&amp;", page(SHOP)),
    ("J-URL-AMP", "htmlspecialchars", page("https://m.example.com.cn/s?q='tea'&p=<1>")),
    ("J-ORDER", "noncestr,jsapi_ticket,timestamp,url", page(SHOP)),
    ("J-ORDER", "url,timestamp,noncestr,jsapi_ticket", page(HOME)),
    ("J-ORDER", "jsapi_ticket,timestamp,noncestr,url", page(CHINESE)),
    ("J-ALGO", "md5", page(SHOP)),
    ("J-ALGO", "sha256", page(HOME)),
    ("J-URL-DEC", "whole", page(CHINESE)),
    ("J-URL-DEC", "path", page(CHINESE)),
    ("J-URL-DEC", "query", page(CHINESE)),
    ("J-URL-DEC", "query, + is space", page("https://m.example.com.cn/s?q=%E8%8C%B6+%E6%9D%AF&a=1%2B1")),
    ("J-URL-PCT", "upper", page(RAW)),
    ("J-URL-PCT", "lower", page(RAW)),
    ("J-URL-TRUNC", "at &", page(SHOP)),
    ("J-URL-TRUNC", "at &", page("https://m.example.com.cn/topic/5?id=9&tab=1&from=singlemessage")),
    ("J-URL-TRUNC", "at ;", page("https://m.example.com.cn/shop;jsessionid=8A1F?id=1&b=2")),
    ("J-URL-TRUNC", "at +", page("https://m.example.com.cn/s?q=green+tea&p=2")),
    ("J-URL-SCHEME", "swapped", page(SHOP)),
    ("J-URL-SCHEME", "swapped", page(PORT)),
    ("J-URL-SLASH", "flip", page(HOME)),
    ("J-URL-SLASH", "flip", page("https://m.example.com.cn/shop/list?id=3")),
    ("J-URL-SLASH", "flip", page("https://m.example.com.cn/shop/list/?id=3")),
    ("J-URL-EMPTY", "empty", page(SHOP)),
    ("J-URL-EMPTY", "http://", page(SHOP)),
    ("J-URL-NULL", "undefined", page(SHOP)),
    ("J-URL-NULL", "null", page(HOME)),
    ("J-URL-NULL", "[object Object]", page(PORT)),
    ("J-TICKET-OTHER", "other_ticket", page(SHOP, others={"other_ticket": ticket})),
    ("J-TICKET-OTHER", "test_ticket", page(SPA.split("#")[0], others={"test_ticket": ticket, "appsecret": hex32})),
    ("J-TS-REGEN", "+3", page(SHOP)),
    ("J-TS-REGEN", "-95", page(HOME)),
    ("J-TS-REGEN", "+28800", page(CHINESE)),
    ("J-TS-REGEN", "-86399", page(PORT)),
    ("J-KEY-TYPO", "timetamp", page(SHOP)),
    ("J-KEY-TYPO", "jsapiTicket", page(HOME)),
    ("J-KEY-TYPO", "nonce_str", page(PORT)),
    ("J-KEY-TYPO", "noncstr", page(SHOP)),
    ("J-KEY-TYPO", "URL", page(SHOP)),
    ("J-SEP", "join ''", page(SHOP)),
    ("J-SEP", "join ', '", page(HOME)),
    ("J-SEP", "join '& '", page(SHOP)),
    ("J-SEP", "join '\\n'", page(PORT)),
    ("J-SEP", "end &", page(CHINESE)),
    ("J-SEP", "front &", page(SHOP)),
    ("J-SEP", "front ?", page(SHOP)),
    ("J-VALSORT", "sorted values", page(SHOP)),
    ("J-VALSORT", "sorted values", page(HOME)),
    ("J-URLENC-ALL", "PHP urlencode", page(SHOP, noncestr=lambda rng: base64.b64encode(rng.randbytes(16)).decode())),
    ("J-URLENC-ALL", "Java URLEncoder", page(CHINESE)),
    ("J-URL-ENC2", "encodeURIComponent twice", page(SHOP)),
    ("J-URL-ENC2", "% to %25", page(CHINESE)),
    ("J-URL-NOQUERY", "no query", page(SHOP)),
    ("J-URL-NOQUERY", "no query", page(PORT)),
    ("J-URL-PORT", ":443", page(SHOP)),
    ("J-URL-PORT", "drop", page(PORT)),
    ("J-URL-PORT", ":8080", page("http://wx.example.com.cn/demo/pay?id=9")),
    ("J-URL-PORT", ":80", page("http://wx.example.com.cn/demo/pay?id=9")),
    ("J-URL-INDEX", "+index.html", page("https://m.example.com.cn/h5/?id=1")),
    ("J-URL-INDEX", "-index.html", page(PORT)),
    ("J-URL-INDEX", "+index.php", page(HOME)),
    ("J-URL-HOME", "origin", page(SHOP)),
    ("J-URL-HOME", "origin/", page(CHINESE)),
    ("J-URL-HOME", "first segment/", page(SHOP)),
    ("J-URL-JSONESC", "\\/", page(SHOP)),
    ("J-URL-JSONESC", "\\/", page(HOME)),
    ("J-URL-WS", "end '\\n'", page(SHOP)),
    ("J-URL-WS", "end '\\u200b'", page(HOME)),
    ("J-URL-WS", "front '\\ufeff'", page(SHOP)),
    ("J-URL-CASE", "all lower", page(MIXED)),
    ("J-URL-CASE", "all lower", page("https://m.example.com.cn/a?q=%E6%98%A5")),
    ("J-URL-PLUS", "'+' to '%20'", page("https://m.example.com.cn/s?q=green+tea&p=2")),
    ("J-URL-PLUS", "'%20' to '+'", page("https://m.example.com.cn/s?q=green%20tea&p=2")),
    ("J-URL-PLUS", "'+' to ' '", page("https://m.example.com.cn/s?q=green+tea%26cake")),
    ("J-TICKET-NULL", "undefined", page(SHOP)),
    ("J-TICKET-NULL", "[object Promise]", page(HOME)),
    ("J-TICKET-NULL", "None", page(PORT)),
    ("J-TICKET-AT", "access_token", page(SHOP, others={"access_token": access_token})),
    ("J-TICKET-AT", "access_token", page(HOME, others={"appsecret": hex32, "access_token": access_token})),
    ("J-TICKET-SECRET", "appsecret", page(SHOP, others={"appsecret": hex32})),
    ("J-TICKET-SECRET", "appid", page(HOME, others={"appid": appid})),
    ("J-TICKET-JSON", "quotes", page(SHOP)),
    ("J-TICKET-JSON", "getticket_reply", page(HOME, ticket="kgt8ON7yVITDhtdwci0qeX3mPz0S9bW2yQkLrT5vNcHd7AfJgU1xEoB4iCKwZpVsYlR8-MtnF_6hGaODqIuSeQ", others={
        "getticket_reply": '{"errcode":0,"errmsg":"ok","ticket":"kgt8ON7yVITDhtdwci0qeX3mPz0S9bW2yQkLrT5vNcHd7AfJgU1xEoB4iCKwZpVsYlR8-MtnF_6hGaODqIuSeQ","expires_in":7200}'})),
    ("J-TICKET-WS", "'\\n'", page(SHOP)),
    ("J-TICKET-WS", "'\\r\\n'", page(HOME)),
    ("J-TS-FLOAT", ".0", page(SHOP)),
    ("J-TS-FLOAT", "e9", page(HOME)),
    ("J-TS-FLOAT", "grouped", page(HOME)),
    ("J-TS-FLOAT", "microtime", page(SHOP, timestamp="1718432953", others={"microtime": "1718432953.4371"})),
    ("J-KEY-TIMESTAMP", "timeStamp", page(SHOP)),
    ("J-KEY-TIMESTAMP", "timeStamp", page(RAW)),
    ("J-FIELD-MISSING", "noncestr", page(SHOP)),
    ("J-FIELD-MISSING", "jsapi_ticket", page(SHOP)),
    ("J-FIELD-MISSING", "url", page(HOME)),
    ("J-FIELD-EXTRA", "appId first", page(SHOP, others={"appid": appid})),
    ("J-FIELD-EXTRA", "appid sorted", page(HOME, others={"appid": appid})),
    ("J-FIELD-EXTRA", "sign_type sorted", page(PORT, others={"sign_type": "SHA1"})),
    ("J-KEYED", "appsecret", page(SHOP, others={"appsecret": hex32})),
    ("J-KEYED", "mch_key", page(HOME, others={"mch_key": pay_key})),
    ("J-OUT-UPPER", "upper", page(SHOP)),
    ("J-OUT-UPPER", "base64", page(HOME)),
    ("X-HEX-ZERO", "stripped", page(SHOP)),
    ("X-HEX-ZERO", "per byte", page(HOME)),

    ("C-NOSORT", "api_ticket,timestamp,nonce_str,card_id,code,openid", card),
    ("C-NOSORT", "timestamp,nonce_str,card_id,api_ticket", given(card, code=None, openid=None)),
    ("C-SORT-CULTURE", "ignore case", given(card, nonce_str="aB3dE5fG7hJ9kL1m")),
    ("C-SORT-CULTURE", "ignore case", given(card, code=None, openid=None, nonce_str="Zz3dE5fG7hJ9kL1m")),
    ("C-EMPTY", "-code", card),
    ("C-EMPTY", "-code,openid", card),
    ("C-EMPTY", "+null", given(card, code=None)),
    ("C-EMPTY", "+undefined twice", given(card, code=None, openid=None)),
    ("C-KEYVAL", "by name", card),
    ("C-KEYVAL", "by name", given(card, code=None, openid=None)),
    ("C-TICKET", "jsapi_ticket", given(card, others={"jsapi_ticket": ticket})),
    ("C-TICKET", "jsapi_ticket", given(card, code=None, others={"jsapi_ticket": ticket})),
    ("X-HEX-ZERO", "stripped", card),

    ("T-MSGSIG", "three values", message),
    ("T-MSGSIG", "three values", given(message, token="QDG6eK")),
    ("T-MSGSIG", "encrypt", given(url_check, others={"encrypt": lambda rng: base64.b64encode(rng.randbytes(160)).decode()})),
    ("T-TOKEN-EMPTY", "empty", url_check),
    ("T-TOKEN-EMPTY", "null", url_check),
    ("T-TOKEN-EMPTY", "empty", message),
    ("T-TOKEN-OTHER", "encoding_aes_key", given(url_check, others={"encoding_aes_key": lambda rng: chars(rng, ALNUM, 43)})),
    ("T-TOKEN-OTHER", "appsecret", given(message, others={"appsecret": hex32})),
    ("T-TOKEN-OTHER", "blank '|\\n'", url_check),
    ("T-TOKEN-OTHER", "blank '|\\n'", message),
    ("T-TOKEN-OTHER", "blank ' |'", given(message, token="weixin2024")),
    ("T-SORT-CULTURE", "ignore case", given(message, token="mySecretToken", encrypt=lambda rng: "Rx" + base64.b64encode(rng.randbytes(222)).decode())),
    ("T-SORT-CULTURE", "ignore case", given(message, token="abc", encrypt=lambda rng: "Zx" + base64.b64encode(rng.randbytes(222)).decode())),
    ("T-NOSORT", "token,timestamp,nonce", url_check),
    ("T-NOSORT", "token,timestamp,nonce,encrypt", message),
    ("T-NOSORT", "timestamp,nonce,encrypt,token", given(message, token="0wechat")),
    ("T-SORT-NUM", "numbers first", given(url_check, nonce="206629743", timestamp="1458864389")),
    ("T-SORT-NUM", "numbers first", given(url_check, token="20160301", nonce="99887766", timestamp="1458864389")),
    ("T-JOIN", "join '&'", url_check),
    ("T-JOIN", "join ','", message),
    ("T-JOIN", "key=value", url_check),
    ("T-ALGO", "md5", url_check),
    ("T-ALGO", "sha256", message),
    ("T-ENC-XML", "newline", message),
    ("T-ENC-XML", "cdata", message),
    ("T-ENC-XML", "body", given(message, encrypt="RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzI=", others={
        "body": "<xml><ToUserName><![CDATA[gh_5823bf96d3bd]]></ToUserName><Encrypt><![CDATA[RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzI=]]></Encrypt></xml>"})),
    ("T-ENC-PLUS", "+ to space", message),
    ("T-ENC-PLUS", "encodeURIComponent", message),
    ("T-ENC-PLAIN", "plaintext", given(message, others={"plaintext": "<xml><ToUserName><![CDATA[gh_5823bf96d3bd]]></ToUserName><Content><![CDATA[你好]]></Content></xml>"})),
    ("T-ENC-PLAIN", "decrypted", given(message, others={"decrypted": "5927782489442352469"})),
    ("X-HEX-ZERO", "stripped", url_check),
    ("X-HEX-ZERO", "per byte", message),

    ("P-KEY-SANDBOX", "sandbox", given(pay, others={"sandbox": hex32})),
    ("P-KEY-SANDBOX", "production_key", given(pay, key=hex32, others={"production_key": pay_key})),
    ("P-KEY-OTHER", "other_key", given(pay, others={"other_key": pay_key})),
    ("P-KEY-OTHER", "old_key", given(pay_hmac, others={"old_key": pay_key})),
    ("P-KEY-OTHER", "cert_password", given(notice, others={"cert_password": "1230000109"})),
    ("P-KEY-OTHER", "other_key", given(jsapi, others={"other_key": pay_key})),
    ("P-ENC-GBK", "gbk", pay),
    ("P-ENC-GBK", "gb18030", given(pay, body=EMOJI)),
    ("P-ENC-GBK", "big5", given(pay, body="龍井茶禮盒", attach="門市", detail=None)),
    ("P-ENC-GBK", "gbk", given(notice, attach="春节活动")),
    ("P-NOTIFY-DROP", "coupon", notice),
    ("P-NOTIFY-DROP", "numbered", given(notice, coupons=3)),
    ("P-NOTIFY-DROP", "coupon+settlement", given(notice, coupons=2)),
    ("P-NOTIFY-DROP", "sub", given(notice, sub_mch_id="1900000109", sub_appid=appid, sub_openid=openid, sub_is_subscribe="N")),
    ("P-NOTIFY-DROP", "settlement", given(notice, coupons=0)),
    ("P-NOTIFY-DROP", "promotion", given(notice, coupons=0, promotion_detail='{"promotion_detail":[{"promotion_id":"109519","name":"单品惠-6","scope":"SINGLE"}]}')),
    ("P-NOTIFY-DROP", "coupon", given(notice, coupons=12)),
    ("P-KEY-V3", "apiv3", given(pay, others={"apiv3": pay_key})),
    ("P-KEY-V3", "apiv3_key", given(jsapi, others={"apiv3_key": pay_key, "appsecret": hex32})),
    ("P-KEY-EMPTY", "''", pay),
    ("P-KEY-EMPTY", "'null'", pay),
    ("P-KEY-EMPTY", "'undefined'", jsapi),
    ("P-KEY-EMPTY", "'None'", pay_hmac),
    ("P-FIELD-RENAME", "mch_id as mchid", pay),
    ("P-FIELD-RENAME", "nonceStr as noceStr", jsapi),
    ("P-FIELD-RENAME", "nonce_str as nonceStr", pay),
    ("P-FIELD-RENAME", "openid as openId", pay),
    ("P-FIELD-RENAME", "out_trade_no as out_trade_on", pay),
    ("P-FIELD-RENAME", "spbill_create_ip as spbillcreateip", h5),
    ("P-KEY-SECRET", "appsecret", given(pay, others={"appsecret": hex32})),
    ("P-KEY-SECRET", "app_secret", given(app, others={"app_secret": hex32})),
    ("P-ALGO-SWAP", "other", pay_hmac),
    ("P-ALGO-SWAP", "other", given(pay, sign_type="MD5")),
    ("P-ALGO-SWAP", "other", given(notice, declared="HMAC-SHA256")),
    ("X-HEX-ZERO", "stripped", pay),
    ("X-HEX-ZERO", "stripped", pay_hmac),
    ("X-HEX-ZERO", "per byte", pay),
    ("X-HEX-ZERO", "per byte", jsapi),
    ("X-HEX-ZERO", "stripped", app),
    ("P-EMPTY", "keep all", given(notice, attach="")),
    ("P-EMPTY", "keep all", given(pay, device_info="", goods_tag="", attach="")),
    ("P-EMPTY", "keep goods_tag", given(pay, device_info="", goods_tag="")),
    ("P-EMPTY", "keep all", given(pay_hmac, detail="")),
    ("P-SIGNTYPE-MISS", "drop sign_type", pay_hmac),
    ("P-SIGNTYPE-MISS", "drop sign_type", given(h5, sign_type="MD5")),
    ("P-NOTIFY-ST", "drop sign_type", given(typed_notice, "HMAC-SHA256")),
    ("P-NOTIFY-ST", "drop sign_type", given(typed_notice, "MD5")),
    ("P-URLENC", "all PHP urlencode", pay),
    ("P-URLENC", "all .NET UrlEncode", given(pay, detail=None)),
    ("P-URLENC", "all encodeURIComponent", given(pay, attach="a+b c&d")),
    ("P-URLENC", "notify_url encodeURIComponent", pay),
    ("P-URLENC", "all Java URLEncoder", given(pay, body="5*3 ~茶")),
    ("P-XMLESC", "&", pay),
    ("P-XMLESC", '& < > "', pay),
    ("P-XMLESC", "all five &apos;", given(pay, body="Levi's <501> 牛仔裤")),
    ("P-XMLESC", "all five &#039;", given(pay, body="Levi's <501> 牛仔裤")),
    ("P-KEY-DOC", "192006", pay),
    ("P-KEY-DOC", "qazwsx", jsapi),
    ("P-FIELD-UNSENT", "sub_mch_id", given(pay, others={"sub_mch_id": "1900000109"})),
    ("P-FIELD-UNSENT", "limit_pay", given(pay, others={"limit_pay": "no_credit"})),
    ("P-FIELD-UNSENT", "product_id", given(pay, others={"product_id": "12235413214070356458058"})),
    ("P-NUM", "total_fee .0", pay),
    ("P-NUM", "total_fee .00", pay),
    ("P-NUM", "total_fee yuan", given(pay, total_fee="600")),
    ("P-NUM", "total_fee times 100", given(pay, total_fee="12")),
    ("P-NUM", "total_fee 1e+06", given(pay, total_fee="1000000")),
    ("P-NUM", "total_fee double", given(pay, total_fee="980")),
    ("P-NUM", "total_fee leading 0", given(pay, total_fee="1")),
    ("P-NUM", "refund_fee yuan short", refund),
    ("P-NUM", "all fees .0", given(notice, coupons=0)),
    ("P-ENC-MOJI", "latin-1", pay),
    ("P-ENC-MOJI", "latin-1 twice", given(pay, detail=None)),
    ("P-ENC-MOJI", "cp1252", given(pay, body="茶", detail=None, attach="x")),
    ("P-ENC-MOJI", "gbk", given(pay, body="测试商品", detail=None, attach="门店")),
    ("P-CDATA", "all", pay),
    ("P-CDATA", "all but numbers", pay),
    ("P-CDATA", "body", pay),
    ("P-CDATA", "detail", pay),
    ("P-SORT-NONE", "as given", pay),
    ("P-SORT-NONE", "as given", jsapi),
    ("P-SORT-NONE", "as given", refund),
    ("P-KEY-RAW", "S+K", pay),
    ("P-KEY-RAW", "S+&+K", pay_hmac),
    ("P-KEY-MISSING", "no key", pay),
    ("P-KEY-MISSING", "no key", app),
    ("P-KEY-SORTED", "only sorted", pay),
    ("P-KEY-SORTED", "and appended", pay),
    ("P-FIELD-UNSIGNED", "spbill_create_ip", pay),
    ("P-FIELD-UNSIGNED", "scene_info", h5),
    ("P-FIELD-UNSIGNED", "attach,openid", pay),
    ("P-FIELD-UNSIGNED", "sub_mch_id", partner),
    ("P-ENC-QMARK", "latin-1", pay),
    ("P-ENC-QMARK", "ascii", given(pay, body="Café 咖啡")),
    ("P-ENC-QMARK", "ascii, ?? for emoji", given(pay, body=EMOJI)),
    ("P-ENC-ASTRAL", "stripped", given(pay, body=EMOJI)),
    ("P-ENC-ASTRAL", "CESU-8", given(pay, body=EMOJI)),
    ("P-ENC-ASTRAL", "?", given(pay, body=EMOJI)),
    ("P-ENC-ASTRAL", "??", given(pay, body="🍎 iPhone", attach="x", detail=None)),
    ("P-WS", "body trimmed", given(pay, body="西湖龙井礼盒装 ")),
    ("P-WS", "attach + '\\n'", pay),
    ("P-WS", "openid + ' '", pay),
    ("P-WS", "' ' + out_trade_no", pay),
    ("P-JSONESC", "detail \\/", given(pay, detail=lambda rng: '{"goods_detail":[{"goods_id":"A/1","url":"https://m.example.com.cn/g/1"}]}')),
    ("P-JSONESC", "detail \\x22", pay),
    ("P-JSONESC", 'detail \\"', pay),
    ("P-JSONESC", "detail spaced", pay),
    ("P-JSONESC", "scene_info compact", given(h5, scene_info='{"h5_info": {"type": "Wap", "wap_url": "https://m.example.com.cn", "wap_name": "充值"}}')),
    ("P-SORT-NAT", "_ ignored", redpack),
    ("P-SORT-NAT", "numeric", given(notice, coupons=11)),
    ("P-SEP", "&&key=", pay),
    ("P-SEP", "front ?", pay),
    ("P-SEP", "join '& '", jsapi),
    ("P-SEP", "no separators", pay),
    ("P-SEP", "no & before nonce_str", pay),
    ("P-KEY-WS", "'|\\n'", pay),
    ("P-KEY-WS", "' |'", pay),
    ("P-KEY-WS", "'\\ufeff|'", pay),
    ("P-KEY-WS", "'\"|\"'", pay_hmac),
    ("P-KEY-WS", "'|\\r\\n'", jsapi),
    ("P-KEY-CASE", "lower", pay),
    ("P-KEY-CASE", "md5", pay),
    ("P-KEY-CASE", "upper", pay_hmac),
    ("P-KEY-CASE", "MD5", app),
    ("P-KEY-NOAMP", "S+key=K", pay),
    ("P-KEY-NOAMP", "S+key=K", pay_hmac),
    ("P-KEY-FIRST", "key=K&S", pay),
    ("P-KEY-FIRST", "K+S", pay),
    ("P-KEY-NAME", "secret", pay),
    ("P-KEY-NAME", "Key", jsapi),
    ("P-KEY-NAME", "paternerKey", pay_hmac),
    ("P-HMAC-NOKEY", "no &key=", pay_hmac),
    ("P-HMAC-NOKEY", "no &key=", given(jsapi, signType="HMAC-SHA256")),
    ("P-HMAC-NOTHMAC", "sha256", pay_hmac),
    ("P-HMAC-NOTHMAC", "empty mac key", pay_hmac),
    ("P-ALGO-OTHER", "sha1", pay),
    ("P-ALGO-OTHER", "md5 of md5", pay),
    ("P-ALGO-OTHER", "16 characters", pay),
    ("P-ALGO-OTHER", "base64", pay),
    ("P-CASE-LOWER", "lower", pay),
    ("P-CASE-LOWER", "lower", pay_hmac),
    ("P-CASE-LOWER", "lower", jsapi),
    ("P-NULL", "null", given(pay, device_info="", attach="")),
    ("P-NULL", "None", given(pay, detail="")),
    ("P-NULL", "undefined", given(pay, goods_tag="")),
    ("P-NULL", "<nil>", given(notice, attach="")),
    ("P-SIGN-IN", "sign kept", with_sign(notice)),
    ("P-SIGN-IN", "sign kept", with_sign(pay)),
    ("P-SIGN-IN", "sign kept", with_sign(pay_hmac, stale=True)),
    ("P-SIGNTYPE-EXTRA", "MD5", pay),
    ("P-SIGNTYPE-EXTRA", "HMAC-SHA256", given(pay, sign_type=None)),
    ("P-VALUE-DIFF", "nonce_str from other_nonce_str", given(pay, others={"other_nonce_str": nonce})),
    ("P-VALUE-DIFF", "out_trade_no from old_out_trade_no", given(pay, others={"old_out_trade_no": "20240615142233000871"})),
    ("P-VALUE-DIFF", "spbill_create_ip from server_ip", given(h5, others={"server_ip": "47.98.12.6"})),
    ("P-ENC-U16", "LE", pay),
    ("P-ENC-U16", "BE", given(pay, body="tea", detail=None, attach="x")),
    ("P-ENC-U16", "low byte", pay),
    ("P-ENC-UESC", "lower", pay),
    ("P-ENC-UESC", "upper", given(pay, body=EMOJI)),
    ("P-URLDEC", "notify_url", given(pay, notify_url="https://pay.example.com.cn/notify?shop=%E8%A5%BF%E6%B9%96")),
    ("P-URLDEC", "all", given(pay, attach="%7B%22id%22%3A12%7D")),
    ("P-SORT-CI", "ignore case", given(pay, outOrderId="88")),
    ("P-SORT-CI", "ignore case", given(refund, OperatorId="1230000109")),
    ("P-SORT-DESC", "descending", pay),
    ("P-SORT-DESC", "descending", jsapi),
    ("P-SORT-KV", "k=v", given(notice, coupons=11)),
    ("P-SORT-KV", "value", pay),

    ("S-REUSE", "unifiedorder_sign", given(jsapi, others={"unifiedorder_sign": lambda rng: hex32(rng).upper()})),
    ("S-REUSE", "response_sign", given(jsapi, others={"response_sign": lambda rng: hex32(rng).upper(), "appsecret": hex32})),
    ("S-TS-LOWER", "timestamp", jsapi),
    ("S-TS-LOWER", "timestamp", given(jsapi, signType="HMAC-SHA256")),
    ("S-TS-MS", "ms 123", jsapi),
    ("S-TS-MS", "floor", given(jsapi, timeStamp="1718432953871")),
    ("S-TS-MS", "ms 000", app),
    ("S-ALGO-MIX", "other", given(jsapi, signType="HMAC-SHA256")),
    ("S-ALGO-MIX", "other", jsapi),
    ("S-APPID-LOWER", "appid", jsapi),
    ("S-APPID-LOWER", "appid", given(jsapi, signType="HMAC-SHA256")),
    ("S-NAMES-SNAKE", "time_stamp", jsapi),
    ("S-NAMES-SNAKE", "timestamp", jsapi),
    ("S-PKG-NAME", "packageStr", jsapi),
    ("S-PKG-NAME", "packageValue", jsapi),
    ("S-PKG-NAME", "prepay_id", jsapi),
    ("S-APP-CAMEL", "all camel", app),
    ("S-APP-CAMEL", "all camel", given(app, declared="HMAC-SHA256")),
    ("S-APP-MIX", "timeStamp", app),
    ("S-APP-MIX", "nonceStr", app),
    ("S-PKG-NOPREFIX", "bare", jsapi),
    ("S-PKG-NOPREFIX", "bare", given(jsapi, signType="HMAC-SHA256")),
    ("S-APPID-MISS", "no appId", jsapi),
    ("S-APPID-MISS", "no appId", given(jsapi, signType="HMAC-SHA256")),
    ("S-APPID-OTHER", "sub_appid", given(jsapi, others={"sub_appid": appid})),
    ("S-APPID-OTHER", "mini_program_appid", given(app, others={"mini_program_appid": appid})),
    ("S-NONCE-DIFF", "response_nonce_str", given(jsapi, others={"response_nonce_str": lambda rng: nonce(rng, 16)})),
    ("S-NONCE-DIFF", "page_nonce", given(app, others={"page_nonce": lambda rng: hex32(rng)})),
    ("S-TS-DIFF", "+2", jsapi),
    ("S-TS-DIFF", "-28800", jsapi),
    ("S-TS-DIFF", "-95", app),
    ("S-NONCE-LOWER", "noncestr", jsapi),
    ("S-NONCE-LOWER", "nonce_str", jsapi),
    ("S-PKG-DOUBLE", "twice", jsapi),
    ("S-PKG-DOUBLE", "twice", given(jsapi, signType="HMAC-SHA256")),
    ("S-SIGNTYPE-MISS", "no signType", jsapi),
    ("S-SIGNTYPE-MISS", "no signType", given(jsapi, signType="HMAC-SHA256")),
    ("S-SIGNTYPE-VALUE", "md5", jsapi),
    ("S-SIGNTYPE-VALUE", "RSA", jsapi),
    ("S-SIGNTYPE-VALUE", "MD5", given(jsapi, signType="HMAC-SHA256")),
    ("S-EXTRA", "mch_id", given(jsapi, others={"mch_id": "1230000109"})),
    ("S-EXTRA", "total_fee", given(jsapi, others={"total_fee": "980"})),
    ("S-EXTRA", "mch_id", given(app, others={"mch_id": "1900000109"})),
    ("S-APP-PKG", "prepay_id=", app),
    ("S-APP-PKG", "prepay_id=", given(app, declared="HMAC-SHA256")),
    ("S-APP-MISS", "partnerid", app),
    ("S-APP-MISS", "package", app),
    ("S-APP-ST", "signType MD5", app),
    ("S-APP-ST", "signType HMAC-SHA256", given(app, declared="HMAC-SHA256")),
    ("S-APP-JS", "JSAPI MD5", app),
    ("S-APP-JS", "APP mch_id", given(jsapi, others={"mch_id": "1900000109"})),
]

# ------------------------------------------------------------------------------------------------------------------- two and three

LIST = page("https://m.example.com.cn/shop/list?id=3")
LIFE = page("https://m.example.com.cn/goods/88?id=5&from=singlemessage&isappinstalled=0#/detail?tab=2")
JSON_NOTE = '{"shop":"西湖/1","tag":"A&B"}'

# the combinations of section 3 of the catalogue
DOCUMENTED = [
    ([("J-URL-HASH", "fragment"), ("J-URL-SHARE", "-from,isappinstalled")], LIFE),
    ([("J-URL-HASH", "#/"), ("J-URL-SHARE", "-from,isappinstalled")], page(SHARED)),
    ([("J-URL-HASH", "fragment"), ("J-URL-LANDING", "landing")], page(SPA, others={"landing": "https://m.example.com.cn/h5/?from=menu&tenant=8"})),
    ([("J-URL-ENC", "encodeURIComponent"), ("J-KEY-NONCESTR", "nonceStr")], page(SHOP)),
    ([("J-URL-ENC", ".NET UrlEncode"), ("J-KEY-NONCESTR", "nonceStr")], page(PORT)),
    ([("J-URL-AMP", "&amp;"), ("J-TIMES", "times and &amp;")], page(SHOP)),
    ([("J-URL-AMP", "&amp;"), ("J-TIMES", "times")], page(PORT)),
    ([("J-URL-AMP", "&amp;"), ("J-TIMES", "times"), ("J-ALGO", "md5")], page(SHOP)),
    ([("J-URL-AMP", "&amp;"), ("J-URL-SHARE", "-isappinstalled")], page(SHARED)),
    ([("J-ORDER", "timestamp,noncestr,jsapi_ticket,url"), ("J-TS-MS", "ms 407")], page(SHOP)),
    ([("J-ORDER", "url,timestamp,noncestr,jsapi_ticket"), ("J-TS-MS", "ms 000")], page(HOME)),
    ([("J-URL-API", "api_url"), ("J-URL-HOST", "localhost:8080")], page(SHOP, others={"api_url": "https://m.example.com.cn/api/wx/sign?page=1"})),
    ([("J-URL-API", "api_url"), ("J-TICKET-EMPTY", "empty")], page(SHOP, others={"api_url": "https://m.example.com.cn/api/wx/sign?page=1"})),
    ([("J-URL-HOST", "127.0.0.1"), ("J-TICKET-EMPTY", "empty")], page(SHOP)),
    ([("J-URL-SCHEME", "swapped"), ("J-URL-PORT", ":8080")], page(SHOP)),
    ([("J-URL-SCHEME", "swapped"), ("J-URL-PORT", ":80")], page(HOME)),
    ([("J-URL-SCHEME", "swapped"), ("J-URL-HOST", "localhost")], page(SHOP)),
    ([("J-URL-SCHEME", "swapped"), ("J-URL-HOST", "internal_host")], page(SHOP, others={"internal_host": "10.20.3.17:8080"})),
    ([("J-URL-NOSCHEME", "host/path"), ("J-URL-SLASH", "flip")], page(HOME)),
    ([("J-URL-NOSCHEME", "//host/path"), ("J-URL-SLASH", "flip")], LIST),
    ([("J-TICKET-OTHER", "old_ticket"), ("J-TS-MS", "ms 680")], page(SHOP, others={"old_ticket": ticket})),
    ([("P-EMPTY", "keep all"), ("P-SIGN-IN", "sign kept")], with_sign(given(notice, attach=""))),
    ([("P-SIGN-IN", "sign kept"), ("P-NOTIFY-DROP", "coupon")], with_sign(notice)),
    ([("P-EMPTY", "keep all"), ("P-NOTIFY-DROP", "numbered")], given(notice, attach="")),
    ([("P-EMPTY", "keep all"), ("P-SIGN-IN", "sign kept"), ("P-NOTIFY-DROP", "coupon")], with_sign(given(notice, attach=""))),
    ([("P-SIGNTYPE-MISS", "drop sign_type"), ("P-ALGO-SWAP", "other")], pay_hmac),
    ([("P-SIGNTYPE-MISS", "drop sign_type"), ("P-ALGO-SWAP", "other")], given(pay, sign_type="MD5")),
    ([("S-SIGNTYPE-MISS", "no signType"), ("S-ALGO-MIX", "other")], given(jsapi, signType="HMAC-SHA256")),
    ([("S-SIGNTYPE-VALUE", "MD5"), ("S-ALGO-MIX", "other")], given(jsapi, signType="HMAC-SHA256")),
    ([("P-KEY-RAW", "S+K"), ("P-CASE-LOWER", "lower")], pay),
    ([("P-KEY-RAW", "S+&+K"), ("P-CASE-LOWER", "lower")], pay),
    ([("P-CDATA", "all"), ("P-XMLESC", '& < > "')], pay),
    ([("P-CDATA", "attach"), ("P-JSONESC", "attach \\/")], given(pay, attach=JSON_NOTE, detail=None)),
    ([("P-XMLESC", "&"), ("P-JSONESC", 'attach \\"')], given(pay, attach=JSON_NOTE, detail=None)),
    ([("P-CDATA", "all"), ("P-XMLESC", "& < >"), ("P-JSONESC", "attach \\/")], given(pay, attach=JSON_NOTE, detail=None)),
    ([("S-APPID-LOWER", "appid"), ("S-SIGNTYPE-MISS", "no signType")], jsapi),
    ([("S-APPID-LOWER", "appid"), ("S-NONCE-LOWER", "noncestr")], jsapi),
    ([("S-APPID-LOWER", "appid"), ("S-NONCE-LOWER", "nonce_str")], given(jsapi, signType="HMAC-SHA256")),
    ([("S-APPID-MISS", "no appId"), ("P-SEP", "13 blanks before timeStamp")], jsapi),
    ([("S-APPID-MISS", "no appId"), ("P-SEP", "join '& '")], jsapi),
    ([("T-MSGSIG", "three values"), ("T-TOKEN-EMPTY", "null")], message),
    ([("T-MSGSIG", "three values"), ("T-TOKEN-OTHER", "encoding_aes_key")], given(message, others={"encoding_aes_key": lambda rng: chars(rng, ALNUM, 43)})),
]

KEY = ["P-KEY-EMPTY", "P-KEY-RAW", "P-KEY-WS", "P-KEY-CASE", "P-KEY-NOAMP", "P-KEY-FIRST", "P-KEY-NAME", "P-KEY-SORTED", "P-KEY-DOC", "P-KEY-MISSING"]
VALUE = ["P-NUM", "P-XMLESC", "P-JSONESC", "P-CDATA", "P-WS", "P-URLENC"]
CHARSET = ["P-ENC-GBK", "P-ENC-MOJI", "P-ENC-QMARK", "P-ENC-UESC", "P-ENC-U16"]
ORDER = ["P-SORT-NONE", "P-SORT-DESC"]
SET = ["P-EMPTY", "P-SIGNTYPE-MISS", "P-FIELD-UNSIGNED", "P-FIELD-RENAME", "P-NULL"]
OUT = ["P-CASE-LOWER", "P-ALGO-SWAP", "P-HMAC-NOTHMAC"]
URL_PLACE = ["J-URL-SCHEME", "J-URL-PORT", "J-URL-SLASH", "J-URL-HOST"]
URL_QUERY = ["J-URL-SHARE", "J-URL-NOQUERY", "J-URL-TRUNC"]
URL_TEXT = ["J-URL-ENC", "J-URL-AMP", "J-URL-WS", "J-URL-JSONESC", "J-URL-HASH"]
SDK_FORM = ["J-KEY-NONCESTR", "J-KEY-TIMESTAMP", "J-ORDER", "J-ALGO", "J-OUT-UPPER", "J-SEP", "J-FIELD-MISSING"]
SDK_VALUE = ["J-TICKET-WS", "J-TICKET-NULL", "J-TICKET-EMPTY", "J-TS-MS", "J-TS-FLOAT", "J-TS-REGEN"]
SECOND = ["S-APPID-LOWER", "S-TS-LOWER", "S-PKG-NOPREFIX", "S-PKG-NAME", "S-SIGNTYPE-MISS", "S-TS-MS", "S-NONCE-LOWER", "S-PKG-DOUBLE"]
FULL = given(pay_hmac, device_info="", goods_tag="")
SHARED_PORT = page("http://wx.example.com.cn:8080/act/index.html?id=7&from=groupmessage&isappinstalled=0")

# name, families (one cause of each), truth, how many
MIXED_PAIRS = [
    ("key-value", [KEY, VALUE], pay, 9),
    ("charset-order", [CHARSET, ORDER], pay, 5),
    ("charset-key", [CHARSET, KEY], pay, 4),
    ("set-key", [SET, KEY], FULL, 7),
    ("set-value", [SET, VALUE], FULL, 5),
    ("empty-sign-in", [["P-EMPTY"], ["P-SIGN-IN"]], with_sign(given(pay, device_info="", goods_tag="")), 2),
    ("set-out", [SET, OUT], FULL, 5),
    ("drop-key", [["P-NOTIFY-DROP"], KEY], notice, 3),
    ("candidate-case", [["P-KEY-SECRET"], ["P-CASE-LOWER", "P-EMPTY", "P-KEY-RAW"]], given(pay, device_info="", others={"appsecret": hex32}), 3),
    ("url-place-text", [URL_PLACE, URL_TEXT], SHARED_PORT, 5),
    ("url-query-text", [URL_QUERY, URL_TEXT], SHARED_PORT, 4),
    ("url-form", [URL_PLACE + URL_QUERY + URL_TEXT, SDK_FORM], SHARED_PORT, 7),
    ("sdk-value-form", [SDK_VALUE, SDK_FORM], page(SHOP), 4),
    ("second-key", [SECOND, KEY], jsapi, 5),
    ("app-key", [["S-APP-CAMEL", "S-APP-MIX", "S-APP-PKG", "S-APP-MISS"], KEY], app, 2),
    ("push", [["T-NOSORT"], ["T-TOKEN-OTHER", "T-ALGO"]], url_check, 2),
    ("push-crypt", [["T-ENC-PLUS", "T-ENC-XML"], ["T-JOIN", "T-ALGO"]], message, 2),
    ("card", [["C-EMPTY"], ["C-KEYVAL", "C-SORT-CULTURE"]], card, 2),
]

MIXED_TRIPLES = [
    ("value-charset-key", [VALUE, CHARSET, KEY], pay, 5),
    ("set-order-key", [SET, ORDER, KEY], FULL, 5),
    ("set-value-out", [SET, VALUE, OUT], FULL, 4),
    ("url-three", [URL_PLACE, URL_QUERY, URL_TEXT], SHARED_PORT, 4),
    ("url-name-value", [URL_TEXT, ["J-KEY-NONCESTR", "J-KEY-TIMESTAMP", "J-OUT-UPPER"], SDK_VALUE[:5]], page(SHOP), 4),
    ("second-three", [["S-APPID-LOWER", "S-TS-LOWER"], ["S-PKG-NOPREFIX", "S-TS-MS", "S-PKG-DOUBLE"], KEY], jsapi, 3),
]


def found_edit(truth, ident, label):
    one = CAUSES[ident]
    assert truth.scheme in one.schemes, (ident, truth.scheme)
    for name, edit in one.variants(truth):
        if name == label:
            return one.stage, ident, label, edit
    raise KeyError("%s has no variant %r here; it has %s" % (ident, label, [name for name, _ in one.variants(truth)][:40]))


def explained(ident, truth, chosen, signature, readings):
    variant = "; ".join("%s: %s" % (e[1], e[2]) for e in chosen)
    return {"id": ident, "expect": {"verdict": "explained", "causes": readings, "variant": variant, "expected": sign(truth)},
            "case": truth.case(signature)}


def first_reading(own, others):
    """The specific reading leads, the equal ones follow, the usual ones first."""
    return [own] + sorted([r for r in others if sorted(r) != sorted(own)], key=lambda r: [rank(i) for i in r])


def make_single(job):
    ident, cause_id, label, make = job
    for attempt in range(400):
        truth = make(random.Random("%s#%d" % (ident, attempt)))
        edit = found_edit(truth, cause_id, label)
        signature = applied(truth, [edit]).signature()
        if signature != sign(truth):
            equal = [[other] for other in single_readings(truth, signature)]
            assert [cause_id] in equal, ident
            return explained(ident, truth, [edit], signature, first_reading([cause_id], equal))
    raise AssertionError("%s: %s %r changes nothing" % (ident, cause_id, label))


def make_several(ident, truth, edits):
    """None when fewer mistakes, or less than all of these, explain the signature as well."""
    signature = applied(truth, edits).signature()
    if signature == sign(truth) or single_readings(truth, signature):
        return None
    wanted = {(e[1], e[2]) for e in edits}
    pairs = pair_readings(truth, signature, wanted)
    own = [e[1] for e in edits]
    if len(edits) == 2:
        return explained(ident, truth, edits, signature, first_reading(own, pairs))
    if pairs:
        return None
    return explained(ident, truth, edits, signature, first_reading(own, substituted(truth, signature, edits)))


def make_documented(job):
    ident, chosen, make = job
    for attempt in range(20):
        truth = make(random.Random("%s#%d" % (ident, attempt)))
        made = make_several(ident, truth, [found_edit(truth, c, label) for c, label in chosen])
        if made:
            return made
    raise AssertionError("%s: fewer mistakes explain it too" % ident)


def make_mixed(job):
    ident, families, make, turn = job
    for attempt in range(200):
        rng = random.Random("%s#%d" % (ident, attempt))
        truth, edits = make(rng), []
        for place, family in enumerate(families):
            # the first family in turn, the others by dice
            cause_id = rng.choice(family) if place else family[(turn + attempt) % len(family)]
            options = list(CAUSES[cause_id].variants(truth))
            if options:
                label, edit = rng.choice(options)
                edits.append((CAUSES[cause_id].stage, cause_id, label, edit))
        if len(edits) == len(families) and plausible(edits):
            made = make_several(ident, truth, edits)
            if made:
                return made
    raise AssertionError(ident)


def plausible(edits):
    """Rare forms are left to the single cases."""
    return not any(ident == "P-FIELD-RENAME" and label.split(" as ")[1] != camel(label.split(" as ")[0])
                   or ident == "P-SEP" and "before" in label
                   or ident == "P-FIELD-UNSIGNED" and "," in label
                   or ident == "P-NUM" and "all fees" in label
                   or ident in ("J-URL-HOST", "J-URL-PORT") and re.search(r":(5000|7001|8081|8443|8888|9000)", label) for _s, ident, label, _e in edits)


# -------------------------------------------------------------------------------------------------- nothing wrong, or nothing to find

def constants():
    """Right signatures that are printed in documentation and in tests of others."""
    doc_order = {"appid": "wxd930ea5d5a258f4f", "mch_id": "10000100", "device_info": "1000", "body": "test", "nonce_str": "ibuaiVcKdpRxkhJA"}
    doc_ticket = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg"
    doc_page = {"noncestr": "Wm3WZYTPz0wzccnW", "timestamp": "1414587457"}
    yield "doc-jssdk", Truth(SDK, {**doc_page, "url": "http://mp.weixin.qq.com?params=value"}, doc_ticket)
    yield "doc-jssdk-fragment", Truth(SDK, {**doc_page, "url": "http://mp.weixin.qq.com?params=value#xxxx"}, doc_ticket)
    yield "doc-card", Truth(CARD, {"timestamp": "bbbb", "nonce_str": "cccc", "card_id": "dddd", "code": "eeee", "openid": "ffff"}, "aaaa")
    yield "doc-pay-md5", Truth(V2, doc_order, DOC_KEYS[0])
    yield "doc-pay-hmac", Truth(V2, doc_order, DOC_KEYS[0], sign_type="HMAC-SHA256")
    yield "doc-mini-program", Truth(JS, {"appId": "wxd678efh567hg6787", "timeStamp": "1490840662", "nonceStr": "5K8264ILTKCH16CQ2502SI8ZNMTM67VS",
                                         "package": "prepay_id=wx2017033010242291fcfe0db70013231072", "signType": "MD5"}, DOC_KEYS[1])
    yield "doc-server-token", Truth(TOKEN, {"timestamp": "1458864389", "nonce": "2066297436"}, "token1234567890")


def valid_truths():
    yield from constants()
    makers = {
        "order": pay, "order-hmac": pay_hmac, "order-emoji": given(pay, body=EMOJI), "order-h5": h5, "order-partner": partner,
        "order-empty-values": given(pay, attach="", device_info=""), "order-value-0": given(pay, attach="0", device_info="0"),
        "refund": refund, "redpack": redpack, "notice": notice, "notice-12-coupons": given(notice, coupons=12),
        "notice-unknown-fields": given(notice, attach="", rate_value="1000000", new_wechat_field="0", x_future="a=b&c"),
        "notice-hmac": given(notice, declared="HMAC-SHA256"), "notice-typed": given(typed_notice, "HMAC-SHA256"),
        "jsapi": jsapi, "jsapi-hmac": given(jsapi, signType="HMAC-SHA256"), "app": app, "page": page(SHOP), "page-chinese": page(CHINESE),
        "page-hash-routing": page(SPA.split("#")[0]), "page-with-fragment": page(SPA), "card": card, "url-check": url_check, "message": message,
        "others-do-not-matter": given(pay, others={"appsecret": hex32, "apiv3": pay_key}),
    }
    for name, make in makers.items():
        yield name, make(random.Random("valid/" + name))


def valid_cases():
    for name, truth in valid_truths():
        yield {"id": "valid/" + name, "expect": {"verdict": "valid", "expected": sign(truth)}, "case": truth.case(sign(truth))}


# what only WeChat can tell: the arithmetic is right
ENVIRONMENT = [("J-TICKET-STALE", page(HOME)), ("J-APPID", page(SHARED)), ("J-URL-LANDING", page("https://m.example.com.cn/a/b")), ("T-ECHO", url_check)]


def environment_cases():
    for name, make in ENVIRONMENT:
        truth = make(random.Random("environment/" + name))
        yield {"id": "environment/" + name, "expect": {"verdict": "valid", "expected": sign(truth)}, "case": truth.case(sign(truth))}


MAKERS = [pay, pay_hmac, h5, refund, notice, jsapi, app, page(SHOP), page(CHINESE), page(SPA.split("#")[0]), card, url_check, message]


def unexplained_cases():
    """Half plain noise of the right length, half right signatures made with a secret that nobody handed in."""
    for n in range(60):
        rng = random.Random("unexplained/%d" % n)
        truth = MAKERS[n % len(MAKERS)](rng)
        if n < 30:
            noise = rng.randbytes(len(sign(truth)) // 2).hex()
            signature = noise.upper() if truth.scheme in PAY else noise
        else:
            stranger = pay_key(rng) if truth.scheme in PAY else chars(rng, ALNUM + "_-", len(truth.secret))
            signature = sign(Truth(truth.scheme, truth.fields, stranger, None, truth.sign_type))
        assert signature != sign(truth) and not single_readings(truth, signature)
        yield {"id": "unexplained/%d" % (n + 1), "expect": {"verdict": "unexplained", "expected": sign(truth)}, "case": truth.case(signature)}


# -------------------------------------------------------------------------------------------------------------------------- static checks

def lint_table():
    """id, lints that must be there, truth, signature (None: the right one)."""
    yield ["P-DOC-SAMPLE"], pay, "9A0A8659F005D6984697E2CA0A9CF3B7"
    yield ["P-DOC-SAMPLE"], pay_hmac, "6A9AE1657590FD6257D693A078E1C3E4BB6BA4DC30B23E0EE2496E54170DACD6"
    yield ["P-DOC-SAMPLE"], jsapi, "C380BEC2BFD727A4B6845133519F3AD6"
    yield ["P-DOC-SAMPLE"], jsapi, "22D9B4E54AB1950F51E0649E8810ACD6"
    yield ["P-DOC-SAMPLE"], pay, "0CB01533B8C1EF103065174F50BCA001"
    yield ["P-DOC-SAMPLE"], page(SHOP), "0f9de62fce790f9a083d5c99e95740ceb90c27ed"
    yield ["P-DOC-SAMPLE"], page(HOME), "1316ed92e0827786cfda3ae355f33760c4f70c1f"
    yield ["P-DOC-SAMPLE"], pay, "MD5(appid=wxd930ea5d5a258f4f&body=test&device_info=1000&mch_id=10000100&nonce_str=ibuaiVcKdpRxkhJA&key=...)"
    yield ["J-CONFIG-FIELD"], page(SHOP), "0f9de62f********90c27ed"
    yield ["J-CONFIG-FIELD"], page(HOME), "52_kQ0nXGd5vJz7bLh3RrWc9TqYyKf2mUeP1oAsN8iVxH4wB6tZ-lDgOjMpEuCaFSIe"
    yield ["J-CONFIG-FIELD"], page(HOME), "undefined"
    yield ["J-TS-MS"], page(SHOP, timestamp="1718432953871"), None
    yield ["J-TS-MS"], page(CHINESE, timestamp="1620000000000"), None
    yield ["S-TS-MS"], given(jsapi, timeStamp="1718432953871"), None
    yield ["S-PKG-NOPREFIX"], given(jsapi, package=prepay), None
    yield ["S-PKG-DOUBLE"], given(jsapi, package=lambda rng: "prepay_id=prepay_id=" + prepay(rng)), None
    yield ["P-NUM"], given(pay, total_fee="19.90"), None
    yield ["P-WS"], given(pay, body="西湖龙井 "), None
    yield ["J-URL-ENC"], page("https%3A%2F%2Fm.example.com.cn%2Fshop%3Fid%3D1"), None
    yield ["J-URL-NOSCHEME"], page("m.example.com.cn/shop?id=1"), None
    yield ["J-URL-AMP"], page("https://m.example.com.cn/shop?id=1&amp;b=2"), None
    yield ["J-URL-PCT"], page(RAW), None
    yield ["J-TICKET-AT"], page(SHOP, ticket="52_kQ0nXGd5vJz7bLh3RrWc9TqYyKf2mUeP1oAsN8iVxH4wB6tZ-lDgOjMpEuCaFSIeXkQ0nXGd5vJz7bLh3RrWc9TqYyKf2mUeP1oAsN8iVxH4wB6tZlDgOjMpEuCaFSIe1234"), None
    yield ["J-TICKET-SECRET"], page(SHOP, ticket="1f0e3dad99908345f7439f8ffabdffc4"), None
    yield ["J-URL-HASH"], page(SPA), None
    yield ["P-KEY-DOC"], given(pay, key=DOC_KEYS[0]), None


def lint_cases():
    count = {}
    for lints, make, signature in lint_table():
        count[lints[0]] = count.get(lints[0], 0) + 1
        ident = "lint/%s/%d" % (lints[0], count[lints[0]])
        truth = make(random.Random(ident))
        verdict = "valid" if signature is None else "unexplained"
        yield {"id": ident, "expect": {"verdict": verdict, "lints": lints, "expected": sign(truth)}, "case": truth.case(signature or sign(truth))}


# -------------------------------------------------------------------------------------------------------------------------- the whole file

def reuse_cases():
    """The sign of the order returned as paySign, with a second mistake that leaves no trace in the signature."""
    for name, changes in [("S-TS-MS", {"timeStamp": "1718432953871"}), ("S-NONCE-DIFF", {})]:
        ident = "S-REUSE+%s/1" % name
        rng = random.Random(ident)
        order_sign = sign(pay(rng))
        truth = jsapi(rng, others={"order_sign": order_sign}, **changes)
        readings = [["S-REUSE"], ["S-REUSE", name]]
        yield {"id": ident, "expect": {"verdict": "explained", "causes": readings, "variant": "order_sign", "expected": sign(truth)},
               "case": truth.case(order_sign)}


def numbered(names):
    count = {}
    for name in names:
        count[name] = count.get(name, 0) + 1
        yield "%s/%d" % (name, count[name])


def jobs():
    """(function, its argument), in the order of the file."""
    for ident, (cause_id, label, make) in zip(numbered(row[0] for row in SINGLES), SINGLES):
        yield make_single, (ident, cause_id, label, make)
    names = numbered("+".join(c for c, _ in chosen) for chosen, _ in DOCUMENTED)
    for ident, (chosen, make) in zip(names, DOCUMENTED):
        yield make_documented, (ident, chosen, make)
    for kind, table in [("pair", MIXED_PAIRS), ("triple", MIXED_TRIPLES)]:
        for name, families, make, count in table:
            for n in range(count):
                yield make_mixed, ("%s/%s/%d" % (kind, name, n + 1), families, make, n)


def run_job(number):
    function, argument = JOBS[number]
    return line(function(argument))


def line(case):
    return json.dumps(case, ensure_ascii=False, separators=(",", ":"))


JOBS = []


def all_lines():
    JOBS[:] = list(jobs())
    with multiprocessing.get_context("fork").Pool() as pool:
        lines = pool.map(run_job, range(len(JOBS)), chunksize=4)
    for more in [reuse_cases, valid_cases, environment_cases, unexplained_cases, lint_cases]:
        lines.extend(line(case) for case in more())
    idents = [json.loads(text)["id"] for text in lines]
    assert len(set(idents)) == len(idents)
    return lines


# every S or X cause of these schemes that has a string to search for
def uncovered(lines):
    seen = {}
    for text in lines:
        case = json.loads(text)
        name, _, number = case["id"].partition("/")
        if number.isdigit() and "+" not in name:
            seen[name] = seen.get(name, 0) + 1
    return [ident for ident in CAUSES if seen.get(ident, 0) < 2]


def known_answers():
    """The correct signers against results published by others."""
    with open(KNOWN, encoding="utf-8") as file:
        vectors = json.load(file)["vectors"]
    checked = 0
    for vector in vectors:
        truth = from_vector(vector["scheme"], vector["inputs"], vector["what"])
        if truth:
            assert sign(truth) == vector["expected"], vector["id"]
            checked += 1
    assert checked >= 15, checked
    return checked


def from_vector(scheme, given_in, what):
    inputs = dict(given_in)
    if scheme == "jssdk":
        return Truth(SDK, inputs, inputs.pop("jsapi_ticket"))
    if scheme == "card":
        return Truth(CARD, inputs, inputs.pop("api_ticket"))
    if scheme in ("pay-v2", "paySign"):
        return Truth(V2 if scheme == "pay-v2" else JS, inputs["params"], inputs["key"], None, inputs["sign_type"])
    if scheme == "pay-v2-notify":
        fields = dict(re.findall(r"<(\w+)>([^<]*)</", inputs["xml"]))
        fields.pop("sign")
        return Truth(V2, fields, inputs["key"], None, inputs["sign_type"])
    if scheme == "server-token" or (scheme == "msg-crypt" and "token" in inputs):
        return Truth(TOKEN if scheme == "server-token" else CRYPT, inputs, inputs.pop("token"))
    return None


def show(ident):
    """Prints the wrong string next to the right one (secrets are made up, so nothing is masked)."""
    for function, argument in jobs():
        if argument[0] == ident and function is make_single:
            made = make_single(argument)
            case = made["case"]
            truth = Truth(case["scheme"], case["fields"], case[SECRET_NAME[case["scheme"]]], case.get("others"), case.get("sign_type"))
            print(made["expect"]["variant"], right(truth).text(), applied(truth, [found_edit(truth, *argument[1:3])]).text(), sep="\n")
            return 0
        if argument[0] == ident:
            print(json.dumps(function(argument), ensure_ascii=False, indent=1))
            return 0
    print("no such case", file=sys.stderr)
    return 2


def check():
    count = known_answers()
    lines = all_lines()
    with open(CASES, encoding="utf-8") as file:
        stored = file.read().splitlines()
    for new, old in itertools.zip_longest(lines, stored):
        if new != old:
            print("differs:\n  file: %s\n  made: %s" % (old, new), file=sys.stderr)
            return 1
    assert not uncovered(lines), uncovered(lines)
    print("%d known answers, %d cases, all as in the file" % (count, len(lines)))
    return 0


def main(words):
    if words == ["--check"]:
        return check()
    if len(words) == 2 and words[0] == "--show":
        return show(words[1])
    if words:
        print(__doc__, file=sys.stderr)
        return 2
    known_answers()
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write("\n".join(all_lines()) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
