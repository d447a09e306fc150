//! What to say about a paste that is not the thing needed: what it is, what it
//! means, what to paste instead. Comes in: an [`Aside`]; goes out: an honest no
//! with the next step, in words and for a script. No search is made for it.

use serde_json::{Value, json};
use wxkit::api::word::Part;
use wxkit::api::{Lang, Message, Word, error_codes};
use wxkit::explain::{self, Aside, Cause, LinkFault, Lone, V3Mark};

use super::error::Error;
use super::outcome::{Exit, Outcome, View};

/// What is to be said about one.
struct Said {
    id: &'static str,
    message: Message,
    more: Vec<Message>,
    next: Vec<&'static str>,
    /// The mistake that WeChat itself names.
    cause: Option<&'static Cause>,
}

/// A paste that is something else, as an answer; broken XML is unreadable input.
pub fn answer(aside: &Aside, lang: Lang) -> Result<Outcome, Error> {
    if let Aside::BrokenTag(tag) = aside {
        return Err(broken(tag));
    }
    let said = said(aside);
    if let Some(cause) = said.cause {
        return Ok(named(cause, lang));
    }
    let more: Vec<String> = said.more.iter().map(|m| m.text(lang).into_owned()).collect();
    let data = json!({
        "verdict": "unexplained", "scheme": Value::Null, "given": "", "expected": Value::Null, "explanations": [],
        "lints": [], "tried": 0, "elapsed_ms": 0,
        "read": { "what": said.id, "from": Value::Null, "repairs": [] },
        "reason": { "id": said.id, "message": said.message.text(lang), "more": more, "next": said.next },
    });
    let mut outcome = Outcome::new(data, said.id).show(View::Bad(said.message)).no();
    outcome.view.extend(said.more.into_iter().map(View::Say));
    outcome.view.extend(said.next.into_iter().map(|next| View::Say(Word::new("→ {}", "→ {}").with([next]))));
    Ok(outcome)
}

/// What WeChat says outright needs no search.
fn named(cause: &'static Cause, lang: Lang) -> Outcome {
    let data = json!({
        "verdict": "explained", "scheme": Value::Null, "given": "", "expected": Value::Null, "lints": [], "tried": 0,
        "explanations": [{
            "causes": [{ "id": cause.id }], "why": [cause.why.text(lang)], "fix": [cause.fix.text(lang)],
            "certainty": "proved", "string_to_sign": Value::Null,
        }],
        "elapsed_ms": 0, "read": { "what": "error-text", "from": Value::Null, "repairs": [] },
    });
    let why = Word::new("{}（{}）", "{} ({})").with([Part::from(cause.why), cause.id.into()]);
    let fix = Word::new("→ {}", "→ {}").with([cause.fix]);
    Outcome::new(data, cause.id).show(View::Bad(why)).show(View::Say(fix))
}

fn said(aside: &Aside) -> Said {
    match aside {
        Aside::Refusal { said } => refusal(said),
        Aside::UnsignedReply { call } => unsigned(*call),
        Aside::RefundNotice => plain(
            "refund-notice",
            Word::new(
                "这是退款通知：它是加密的，没有签名；能解密就可信",
                "this is a refund notice: it is encrypted, not signed; what decrypts can be trusted",
            ),
            &["wxkit notify decrypt FILE --key env:PAY_KEY"],
        ),
        Aside::Placeholders { found } => placeholders(found),
        Aside::AuthorizeLink { faults } => link(faults),
        Aside::V3 { mark, signed } => v3(*mark, signed.as_deref()),
        Aside::Resource(_) => resource(),
        Aside::Pem { label } => pem(label),
        Aside::Alone { what } => alone(*what),
        Aside::ErrorText { said } => error_text(said),
        Aside::BrokenTag(_) => {
            plain("broken-xml", Word::new("XML 标签不配对", "the tags of this XML do not match"), &[])
        }
    }
}

fn plain(id: &'static str, word: Word, next: &[&'static str]) -> Said {
    Said { id, message: word.into(), more: Vec::new(), next: next.to_vec(), cause: None }
}

const GIVE_REQUEST: Word = Word::new(
    "要找出签名错在哪里，请粘贴你发给微信的请求（带 sign 的 XML，或打印它的日志）",
    "to find what is wrong with the signature, paste the request that you sent (the XML with its sign, or a log that printed it)",
);

fn refusal(text: &str) -> Said {
    let message = Word::new(
        "这是微信的拒绝应答（{}），不是被签名的请求",
        "this is WeChat's refusal ({}), not the request that was signed",
    );
    let mut said = plain("refusal", GIVE_REQUEST, &["wxkit explain request.xml --key env:PAY_KEY"]);
    said.message = message.with([text]);
    said.more = meaning(text).into_iter().chain([GIVE_REQUEST.into()]).collect();
    said
}

/// What `errcode` says of it.
fn meaning(text: &str) -> Vec<Message> {
    let entry = error_codes::find(text).or_else(|| error_codes::message(text));
    entry.map_or_else(Vec::new, |e| {
        let word = Word::new("{}：{}；{}", "{}: {}; {}");
        vec![word.with([Part::from(e.code), Part::from(e.meaning), Part::from(e.remedy)])]
    })
}

fn unsigned(call: Option<&'static str>) -> Said {
    let mut said = plain(
        "unsigned-reply",
        Word::new(
            "这份应答没有 sign，没有签名可查",
            "this reply has no sign, so there is no signature to check",
        ),
        &[],
    );
    if let Some(call) = call {
        let word = Word::new(
            "这是 {} 的应答：这个接口（红包、企业付款等）的应答本来就不带 sign，靠 HTTPS 和证书保证可信",
            "this is a reply of {}: replies of that call (red packets, transfers) carry no sign; HTTPS and the certificate vouch for them",
        );
        said.message = word.with([call]);
    }
    let ask =
        Word::new("如果是请求被拒绝，请粘贴请求本身", "if the request was refused, paste the request itself");
    said.more = vec![ask.into()];
    said
}

fn placeholders(found: &[(String, String)]) -> Said {
    let mut said = plain(
        "placeholders",
        Word::new(
            "这里是模板或表达式，不是值：请粘贴浏览器实际收到的内容（开发者工具的网络面板或 console.log）",
            "these are placeholders or expressions, not values: paste what the browser really got (the network panel, or a console.log)",
        ),
        &[],
    );
    said.more = found
        .iter()
        .map(|(name, code)| Word::new("{}：{}", "{}: {}").with([name.as_str(), code.as_str()]))
        .collect();
    said
}

fn link(faults: &[LinkFault]) -> Said {
    let mut said = plain(
        "authorize-link",
        Word::new("这是网页授权链接：它没有签名", "this is an authorize link: it carries no signature"),
        &["wxkit oauth url --redirect-uri https://…"],
    );
    said.more = faults.iter().map(|fault| link_fault(*fault).into()).collect();
    if faults.is_empty() {
        said.more.push(Word::new("链接本身没有看出问题；仍报错时核对 redirect_uri 的域名是否已在公众号后台登记", "nothing is wrong in the link itself; if it still fails, check that the host of redirect_uri is registered").into());
    }
    said
}

const fn link_fault(fault: LinkFault) -> Word {
    match fault {
        LinkFault::Order => Word::new(
            "参数顺序不对：应为 appid、redirect_uri、response_type、scope、state、#wechat_redirect",
            "the parameters stand in another order than appid, redirect_uri, response_type, scope, state, #wechat_redirect",
        ),
        LinkFault::NotEncoded => {
            Word::new("redirect_uri 没有做 URL 编码", "redirect_uri is not percent-encoded")
        }
        LinkFault::Ip => Word::new(
            "redirect_uri 是 IP 地址：必须是登记过的域名",
            "redirect_uri is an IP address: it has to be a registered domain",
        ),
        LinkFault::Port => Word::new(
            "redirect_uri 带了端口：微信不接受",
            "redirect_uri has a port, which WeChat does not accept",
        ),
        LinkFault::Fragment => {
            Word::new("redirect_uri 里有 #：跳转时会丢失", "redirect_uri has a #, which is lost on the way")
        }
        LinkFault::NoRedirectMark => {
            Word::new("末尾缺少 #wechat_redirect", "#wechat_redirect is missing at the end")
        }
        LinkFault::Missing => Word::new("缺少必要参数", "a parameter that is needed is missing"),
        LinkFault::Scope => Word::new(
            "scope 只能是 snsapi_base 或 snsapi_userinfo（网站应用为 snsapi_login）",
            "scope is snsapi_base or snsapi_userinfo (snsapi_login for websites)",
        ),
    }
}

fn v3(mark: V3Mark, signed: Option<&str>) -> Said {
    let word = match mark {
        V3Mark::Headers => Word::new(
            "这是 APIv3 的应答或通知（Wechatpay-Signature 头）：用微信支付公钥或平台证书做 RSA 验签，不用 APIv2 密钥",
            "this is APIv3 (Wechatpay-Signature headers of a reply or notice): it is checked with WeChat's public key or platform certificate, not with a v2 key",
        ),
        V3Mark::SignInformation => Word::new(
            "这是 APIv3 的验签失败应答：sign_information 里是微信收到并据以验签的内容",
            "this is APIv3: WeChat's refusal, whose sign_information shows the text that WeChat checked",
        ),
        V3Mark::Authorization => Word::new(
            "这是 APIv3 的 Authorization 头：用商户私钥做 RSA 签名，不是 APIv2 签名",
            "this is the Authorization header of APIv3: an RSA signature of the merchant's private key, not a v2 signature",
        ),
        V3Mark::PaySign => Word::new(
            "这个签名有 RSA 签名那么长，像是 APIv3 的，但字段不是 v3 支付参数",
            "the signature is as long as one of RSA, as those of APIv3 are, but the fields are no pay parameters of v3",
        ),
    };
    let (hint, next) = v3_step(mark);
    let mut said = plain("v3", word, next);
    if let Some(text) = signed {
        let head = Word::new(
            "微信据以验签的各行（每行以换行结尾）：",
            "the lines that WeChat checked (each ends with a line break):",
        );
        said.more.push(head.into());
        said.more.extend(text.split_terminator('\n').map(|line| Word::new("  {}⏎", "  {}⏎").with([line])));
    }
    said.more.push(hint.into());
    said
}

fn resource() -> Said {
    let word = Word::new(
        "这是 APIv3 的加密资源：用 APIv3 密钥解密，签名在 HTTP 头里",
        "this is an encrypted resource of APIv3: the APIv3 key opens it, and the signature stands in the HTTP headers",
    );
    let mut said = plain(
        "v3",
        word,
        &[
            "wxkit explain FILE --api-v3-key env:API_V3_KEY",
            "wxkit v3 decrypt FILE --api-v3-key env:API_V3_KEY",
        ],
    );
    let hint = Word::new(
        "给出 APIv3 密钥就能说明它为什么解不开",
        "with the APIv3 key it is told why it does not open",
    );
    said.more.push(hint.into());
    said
}

/// What is missing to say more, and the command that takes it.
fn v3_step(mark: V3Mark) -> (Word, &'static [&'static str]) {
    match mark {
        V3Mark::Headers => (
            Word::new(
                "要验签，请连同这些头和原始报文体一起给出",
                "to verify it, hand in these headers together with the raw body",
            ),
            &["wxkit v3 verify FILE --wechat-key pub_key.pem"],
        ),
        V3Mark::SignInformation => (
            Word::new(
                "把发出的请求（方法、地址、Authorization、报文体）和这个应答放进同一个文件，就能逐行比较",
                "put the request that was sent (method, address, Authorization, body) into one file with this reply: they are compared line by line",
            ),
            &["wxkit explain FILE --cert apiclient_cert.pem"],
        ),
        V3Mark::Authorization => (
            Word::new(
                "要查它，还需要方法、地址和报文体：把整个请求（HTTP、curl 或 HAR）贴进来",
                "to look into it, method, address and body are needed: paste the whole request (HTTP, curl or HAR)",
            ),
            &["wxkit explain FILE --cert apiclient_cert.pem"],
        ),
        V3Mark::PaySign => (
            Word::new(
                "写成 JSON 就能解释：{\"scheme\":\"v3-pay-sign\",\"fields\":{appId、timeStamp、nonceStr、package、signType},\"signature\":paySign}",
                "as a JSON case it is explained: {\"scheme\":\"v3-pay-sign\",\"fields\":{appId, timeStamp, nonceStr, package, signType},\"signature\":paySign}",
            ),
            &["wxkit explain CASE.json --cert apiclient_cert.pem"],
        ),
    }
}

fn pem(label: &str) -> Said {
    let mut said = plain("pem", Word::new("", ""), &[]);
    said.message =
        Word::new("这是 PEM（{}），不是被签名的内容", "this is a PEM ({}), not a signed text").with([label]);
    let hint = if label.contains("PRIVATE") {
        Word::new(
            "私钥不要贴到任何地方；请粘贴请求、通知或页面参数，密钥用 --key env:名 传入",
            "never paste a private key anywhere; paste the request, notice or page parameters, and hand the key in with --key env:NAME",
        )
    } else {
        Word::new(
            "证书和公钥可以公开，但它们不是要查的签名：请粘贴请求、通知或页面参数",
            "certificates and public keys are no secret, but no signature either: paste the request, notice or page parameters",
        )
    };
    said.more.push(hint.into());
    said
}

fn alone(what: Lone) -> Said {
    let word = match what {
        Lone::AccessToken => Word::new(
            "这是一个 access_token：它不参与签名，JS-SDK 用的是 jsapi_ticket",
            "this is an access_token: nothing is signed with it; JS-SDK uses the jsapi_ticket",
        ),
        Lone::Ticket => Word::new(
            "这是一个 ticket：还需要签名和被签名的字段",
            "this is a ticket: the signature and the fields that were signed are needed too",
        ),
        Lone::Signature => Word::new(
            "这是单独一个签名（或密钥）：还需要被签名的字段",
            "this is a signature (or key) alone: the fields that were signed are needed too",
        ),
    };
    let next: &[&str] = match what {
        Lone::AccessToken => &["wxkit ticket get"],
        _ => &["wxkit explain page.json --ticket env:TICKET", "wxkit explain request.xml --key env:PAY_KEY"],
    };
    plain("alone", word, next)
}

fn error_text(text: &str) -> Said {
    let mut said = plain("error-text", GIVE_REQUEST, &[]);
    said.cause = explain::said(text);
    said.message = Word::new(
        "这是微信的报错（{}），不是被签名的内容",
        "this is an error of WeChat's ({}), not a signed text",
    )
    .with([text]);
    said.more = meaning(text).into_iter().chain([GIVE_REQUEST.into()]).collect();
    said
}

fn broken(tag: &wxkit::explain::BrokenTag) -> Error {
    let (line, column) = (tag.line.to_string(), tag.column.to_string());
    let message = if tag.close.is_empty() {
        Word::new(
            "XML 没有结束就中断了，在第 {} 行第 {} 列：<{}> 没有结束标签",
            "the XML ends too early, at line {}, column {}: <{}> is never closed",
        )
        .with([line, column, tag.open.clone()])
    } else {
        Word::new(
            "XML 第 {} 行第 {} 列：<{}> 被 </{}> 关闭",
            "XML line {}, column {}: <{}> is closed by </{}>",
        )
        .with([line, column, tag.open.clone(), tag.close.clone()])
    };
    Error::new("explain.broken_xml", Exit::Usage, message).hint(Word::new(
        "改正标签再试；微信会以 XML_FORMAT_ERROR 拒绝这样的报文",
        "mend the tag and try again; WeChat refuses such a message with XML_FORMAT_ERROR",
    ))
}
