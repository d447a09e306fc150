//! Third-party platforms (`/cgi-bin/component/…`). Pure rows; of other tables only the
//! world, that of `oa`.

use super::oa::AREA;
use super::row::{ErrorCode, Fault};

const PAGE: &str =
    "https://developers.weixin.qq.com/doc/oplatform/Return_codes/Return_code_descriptions_new.html";

const fn code(code: &'static str, text: &'static str, fault: Fault) -> ErrorCode {
    ErrorCode::new(AREA, PAGE, code, text, fault)
}

/// `errcode`.
pub static CODES: &[ErrorCode] = &[
    code("40090", "invalid request source (bad client ip)", Fault::Credential)
        .means("调用的服务器不在第三方平台的白名单里", "The caller is not in the component's whitelist")
        .remedy(
            "把 errmsg 里 requestIP 后的地址加进第三方平台的白名单",
            "Add the address behind requestIP in errmsg to the component's whitelist",
        ),
    code("40094", "invalid component credential", Fault::Credential)
        .means("component_appsecret 或 component_access_token 不对", "component_appsecret or its token is wrong")
        .remedy(
            "核对第三方平台的 AppID 和 AppSecret，并重新获取 component_access_token",
            "Check app id and secret of the component and get a new component_access_token",
        ),
    code("41018", "missing component_appid", Fault::Request)
        .means("缺少 component_appid", "component_appid is missing")
        .remedy("在 JSON 里补上 component_appid", "Put component_appid into the JSON"),
    code("61003", "component is not authorized by this account", Fault::Business)
        .means("这个账号没有授权给第三方平台", "The account did not authorize the component")
        .remedy("让账号管理员重新扫码授权", "Let the account's admin authorize again"),
    code("61005", "component ticket is expired", Fault::Credential)
        .means("component_verify_ticket 过期了", "The component_verify_ticket has expired")
        .remedy(
            "微信每 10 分钟推送一次：保存最新的那个，并确认推送地址收得到",
            "WeChat pushes one each 10 minutes: keep the latest, and check that the URL receives them",
        ),
    code("61006", "component ticket is invalid", Fault::Credential)
        .means("component_verify_ticket 不对", "The component_verify_ticket is not valid")
        .remedy(
            "用最近一次推送的；多个平台共用地址时按 AppId 分开保存",
            "Use the latest one; where platforms share a URL keep them apart by AppId",
        ),
    code("61009", "code is invalid", Fault::Business)
        .means("授权码不对", "The authorization code is not valid")
        .remedy("让管理员重新授权", "Let the admin authorize again"),
    code("61010", "code is expired", Fault::Business)
        .means("授权码过期了", "The authorization code has expired")
        .remedy("让管理员重新授权，并立即使用授权码", "Let the admin authorize again and use the code at once"),
    code("61011", "invalid component", Fault::Request)
        .means("第三方平台不对", "The component is not valid")
        .remedy("核对 component_appid 与 token 是否同一个平台", "Check that component_appid and token are of one platform"),
    code("61023", "refresh_token is invalid", Fault::Business)
        .means("authorizer_refresh_token 不对", "The authorizer_refresh_token is not valid")
        .remedy(
            "每次刷新都要保存新的 refresh_token；丢了就让管理员重新授权",
            "Keep the new one after each refresh; if it is lost let the admin authorize again",
        ),
    code("61024", "must use api(api_component_token) to get token for component acct", Fault::Request)
        .means(
            "这个 AppID 是第三方平台的，不能用普通接口取 token",
            "This app id is a component's and gets its token another way",
        )
        .remedy(
            "用 api_component_token（component_appid、component_appsecret、component_verify_ticket）；\
             代公众号调用时用它的 authorizer_access_token",
            "Use api_component_token (component_appid, component_appsecret, component_verify_ticket); for an account use its \
             authorizer_access_token",
        ),
    code("89002", "open not exists", Fault::Business)
        .means("没有绑定开放平台账号", "It is not bound to an Open Platform account")
        .remedy("先绑定开放平台账号", "Bind it to an Open Platform account first"),
];
