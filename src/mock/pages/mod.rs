//! What a person or a page meets in WeChat: our drop-in for its script, the
//! consent page, the cashier, the page between H5 and WeChat, the scanner, the
//! dashboard. Comes in: a request; goes out: HTML, JSON for the script, or
//! nothing if the path is none of these. Server-rendered, no outside asset.

mod calls;
pub(super) mod consent;
pub(super) mod dashboard;
mod script;
mod till;

use super::answer::{Answered, Draft};
use super::sheet::{asset, wants_page};
use super::world::World;
use crate::wire::{Reply, Request};

const PAGE_CSS: &str = include_str!("page.css");
const PAGE_JS: &str = include_str!("page.js");

/// Answers if the path is one of ours.
pub(super) fn answer(world: &mut World, request: &Request, now: u64) -> Option<Answered<Draft>> {
    let path = request.path();
    let reply = match path {
        "/_wx/config" | "/_wx/pay" => return Some(script::check(world, request, now)),
        "/" if wants_page(request) => Reply::redirect("/_mock/"),
        "/_wx/page.css" => asset("text/css; charset=utf-8", PAGE_CSS),
        "/_wx/page.js" => asset("application/javascript; charset=utf-8", PAGE_JS),
        "/_wx/consent" => return Some(consent::decide(world, request, now)),
        "/_wx/cashier" => till::cashier(world, request, now),
        "/_wx/scan" => till::scan(world, request, now),
        "/cgi-bin/mmpayweb-bin/checkmweb" => till::h5(world, request, now),
        _ if path.starts_with("/_wx/report/") => script::report(world, request),
        _ => script::drop_in(request)?,
    };
    Some(Answered::plain(reply))
}

#[cfg(test)]
mod tests {
    use super::{calls, consent, dashboard, till};
    use crate::mock::sheet::html::check_languages;

    #[test]
    fn templates_speak_both_languages() {
        check_languages(&[
            ("consent", consent::PAGE),
            ("consent user", consent::USER),
            ("cashier", till::CASHIER),
            ("cashier end", till::END),
            ("h5", till::H5),
            ("scan", till::SCAN),
            ("scan order", till::SCAN_ORDER),
            ("dashboard", dashboard::PAGE),
            ("board", dashboard::BOARD),
            ("order", dashboard::ORDER),
            ("notice", dashboard::NOTICE),
            ("attempt", dashboard::ATTEMPT),
            ("call", calls::CALL),
            ("refused", calls::REFUSED),
            // Short ones stand in the sources.
            ("consent.rs", include_str!("consent.rs")),
            ("till.rs", include_str!("till.rs")),
            ("dashboard.rs", include_str!("dashboard.rs")),
            ("calls.rs", include_str!("calls.rs")),
        ]);
    }
}
