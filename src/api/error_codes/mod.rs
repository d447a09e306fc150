//! WeChat's error codes and messages with their meaning and what to do, in both
//! languages, a table per area. Comes in: a code (`40029`, `SIGNERROR`), a message
//! (`签名错误`) or a whole paste that holds some; goes out: rows. Pure data.

pub mod component;
pub mod content;
pub mod crypt;
pub mod mini;
mod near;
pub mod oa;
pub mod page;
pub mod pay_v2;
pub mod pay_v3;
mod read;
mod row;
mod tables;
pub mod wecom;
mod words;
pub mod xpay;

pub use near::nearest;
pub use read::{find, in_fields, in_text, message};
pub use row::{Area, ErrorCode, Fault};
pub use tables::{all, codes, name};

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::tables::messages;
    use super::*;

    fn has_cjk(text: &str) -> bool {
        text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }

    fn code_of(message: &str) -> &'static str {
        find(message).map_or("none", |row| row.code)
    }

    #[test]
    fn every_row_speaks_both_languages() {
        for row in all() {
            assert!(!row.text.is_empty(), "{}", row.code);
            for word in [row.meaning, row.remedy] {
                assert!(has_cjk(word.zh), "{}: {}", row.code, word.zh);
                assert!(
                    !word.en.is_empty() && !has_cjk(&word.en.replace("订单已全额退款", "")),
                    "{}",
                    row.code
                );
            }
            assert_ne!(row.meaning, row.remedy, "{}", row.code);
        }
    }

    #[test]
    fn every_row_names_an_official_page() {
        let official = ["developers.weixin.qq.com", "pay.weixin.qq.com", "developer.work.weixin.qq.com"];
        for row in all() {
            let host = row.page.strip_prefix("https://").and_then(|rest| rest.split('/').next());
            assert!(host.is_some_and(|host| official.contains(&host)), "{}: {}", row.text, row.page);
        }
    }

    #[test]
    fn every_code_and_every_text_leads_to_its_row() {
        for row in all() {
            let texts = [row.text].into_iter().chain(row.also.iter().copied());
            for asked in texts.chain([name(row)]) {
                assert!(in_text(asked).contains(&row), "{asked} does not lead to {} {}", row.code, row.text);
            }
        }
    }

    #[test]
    fn a_code_stands_once() {
        let mut seen = HashSet::new();
        for row in codes() {
            assert!(seen.insert((row.area, row.code.to_ascii_lowercase())), "{} twice", row.code);
        }
        let mut said = HashSet::new();
        for row in messages() {
            assert!(said.insert(row.text), "{} twice", row.text);
            assert!(codes().all(|known| known.text != row.text), "{} hides {}", row.code, row.text);
        }
    }

    #[test]
    fn all_global_codes_are_there() {
        let documented = "-1 0 40001 40002 40003 40004 40007 40008 40013 40014 40015 40029 40030 40033 40035 \
            40037 40038 40039 40048 40066 40125 40132 40163 40164 40243 41001 41002 41003 41004 41006 41008 \
            41009 42001 42002 42003 42007 43001 43002 43003 43004 43019 43101 44002 45002 45009 45011 45035 \
            45047 46003 46004 47001 48001 48002 48004 48006 50001 50002 50005 61004 61007 61450 61451 9001003 \
            10003 10004 10005 10006 10009 10010 10011 10012 10013 10015 10016";
        for code in documented.split_whitespace() {
            assert!(oa::CODES.iter().chain(page::CODES).any(|row| row.code == code), "{code}");
        }
        assert!(oa::CODES.len() >= 60);
    }

    #[test]
    fn codes_are_found_in_any_letter_case() {
        assert_eq!(code_of("40029"), "40029");
        assert_eq!(code_of("-1"), "-1");
        assert_eq!(code_of(" signerror "), "SIGNERROR");
        assert_eq!(code_of("NO Bill Exist"), "No Bill Exist");
        assert_eq!(code_of("sign error"), "SIGN ERROR");
        assert_eq!(code_of("签名错误"), "SIGNERROR");
    }

    #[test]
    fn messages_are_found_with_what_wechat_appends() {
        let real = [
            ("签名错误，请检查后再试", "SIGNERROR"),
            (
                "invalid credential, access_token is invalid or not latest, could get access_token by \
                 getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r rid: 6509033a",
                "40001",
            ),
            ("invalid ip 1.2.3.4 ipv6 ::ffff:1.2.3.4, not in whitelist rid: 1", "40164"),
            ("system error, rid: 6509033a-307d2628", "-1"),
            ("reach max api daily quota limit rid: 1", "45009"),
            ("101 付款码已过期，请退出重试", "AUTH_CODE_INVALID"),
            ("400 No required SSL certificate was sent", "FAIL"),
            ("config:invalid signature", "config:fail"),
        ];
        for (message, code) in real {
            assert_eq!(code_of(message), code, "{message}");
        }
    }

    #[test]
    fn the_longest_message_wins() {
        let row = find("sub_appid and sub_openid not match").expect("in the table");
        assert_eq!(row.text, "sub_appid and sub_openid not match");
        let row = find("appid and openid not match").expect("in the table");
        assert!(row.remedy.en.contains("openid"));
        assert_eq!(code_of("access clientip is not registered, not in ip-white-list"), "61004");
    }

    #[test]
    fn whole_pastes_are_read() {
        let real = [
            (r#"{"errcode":40029,"errmsg":"invalid code, hints: [ req_id: 8g0EDA05 ]"}"#, "40029"),
            ("2024-05-01 12:00:00 ERROR [main] wx - errcode=40001 port 45009 rid: 1", "40001"),
            (
                "<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[签名错误]]></return_msg></xml>",
                "SIGNERROR",
            ),
            ("WxPayException: 返回代码：[FAIL]，返回信息：[签名错误]，结果代码：[null]", "SIGNERROR"),
            (
                r#"{"code":"SIGN_ERROR","detail":{"issue":"sign not match"},"message":"错误的签名，验签失败"}"#,
                "SIGN_ERROR",
            ),
            (
                "<err_code><![CDATA[SYSTEMERROR]]></err_code><err_code_des><![CDATA[系统错误]]></err_code_des>",
                "SYSTEMERROR",
            ),
            (r#"{"return_msg":"\u7b7e\u540d\u9519\u8bef"}"#, "SIGNERROR"),
            ("08F16BEF7B2D64C6E064BAE219CF05-268443699", "268443699"),
            ("Hint: 'x:40093'. More info at https://open.work.weixin.qq.com/devtool/query?e=40093", "40093"),
            ("requestVirtualPayment:fail PAY_SIG_INVALID", "-15006"),
            ("ret=-40007, decrypt failed", "-40007"),
            ("ＳＩＧＮＥＲＲＯＲ", "SIGNERROR"),
            ("系统错误,错误码：63002,invalid signature [20170519 10:43:41]", "config:fail"),
        ];
        for (paste, code) in real {
            let rows = in_text(paste);
            assert_eq!(rows.iter().map(|row| row.code).collect::<Vec<_>>(), [code], "{paste}");
        }
    }

    #[test]
    fn codes_of_a_paste_come_in_its_order() {
        let found: Vec<_> = in_text("40163 40029 -1").iter().map(|row| row.code).collect();
        assert_eq!(found, ["40163", "40029"]);
        assert_eq!(in_text("errcode=-1 errcode: 40029").len(), 2);
    }

    #[test]
    fn a_meaning_leads_to_its_code() {
        assert_eq!(code_of("系统繁忙"), "-1");
        assert_eq!(code_of("不合法的 AppID"), "40013");
    }

    #[test]
    fn a_message_of_pay_says_more_than_its_code() {
        assert_eq!(message("101 付款码已过期，请退出重试").map(|row| row.code), Some("AUTH_CODE_INVALID"));
        // 43004 is no matter of a page that was not followed.
        assert_eq!(message("require subscribe rid: 6509033a"), None);
    }

    #[test]
    fn page_texts_do_not_lead_to_pay_advice() {
        for (text, code) in [
            ("redirect_uri 参数错误", "10003"),
            ("Redirect_URI参数错误", "10003"),
            ("Scope 参数错误或没有 Scope 权限", "10005"),
            ("AppID 参数错误", "40013"),
        ] {
            let row = find(text).expect(text);
            assert_eq!((row.area, row.code), (page::AREA, code), "{text}");
        }
    }

    #[test]
    fn strangers_are_not_found() {
        for unknown in ["", "40999", "token", "tokens are fine", "NOPE"] {
            assert_eq!(code_of(unknown), "none", "{unknown}");
        }
    }

    #[test]
    fn faults_drive_the_exit_code() {
        let faults = [
            (
                Fault::Credential,
                &["SIGNERROR", "SIGN ERROR", "40001", "40013", "40125", "40164", "40243"][..],
            ),
            (Fault::Token, &["40014", "42001"]),
            (Fault::Busy, &["-1", "45009", "45011", "FREQUENCY_LIMITED", "FREQUENCY_LIMIT"]),
            (Fault::Unknown, &["SYSTEMERROR", "BANKERROR", "USERPAYING", "BIZERR_NEED_RETRY"]),
            (Fault::Business, &["ORDERPAID", "NOTENOUGH", "40029", "48001", "APPID_MCHID_NOT_MATCH"]),
            (Fault::None, &["0", "SUCCESS"]),
        ];
        for (fault, codes) in faults {
            for code in codes {
                assert_eq!(find(code).map(|row| row.fault), Some(fault), "{code}");
            }
        }
    }

    #[test]
    fn near_codes_are_suggested() {
        let near = |input| nearest(input).iter().map(|row| row.code).collect::<Vec<_>>();
        assert_eq!(near("SIGN_ERROR")[0], "SIGNERROR");
        assert_eq!(near("out_trade_no_use")[0], "OUT_TRADE_NO_USED");
        assert!(near("40028").contains(&"40029"));
        assert!(near("40999").len() <= 3);
        assert!(near("").is_empty());
        assert!(near("完全无关").is_empty());
        assert!(near("no-such-code").is_empty());
        assert_eq!(near("签名错吴")[0], "SIGNERROR");
        assert_eq!(near("验证失败").len(), 3);
    }
}
