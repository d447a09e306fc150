//! Templates and the one escaping function. Comes in: a template of ours and
//! texts of anybody; goes out: HTML in which such a text is never more than
//! text. In a template `{{name}}` is a slot and `[[zh|en]]` a sentence in both
//! languages. What fills a slot is never read as a template again.

use std::borrow::Cow;

use crate::api::Lang;

/// Finished HTML. Only this file makes it, from templates and escaped texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::mock) struct Html(String);

/// What goes into a slot.
#[derive(Debug, Clone)]
pub(in crate::mock) enum Slot<'a> {
    /// A text, escaped on its way in.
    Text(Cow<'a, str>),
    /// HTML that is finished already.
    Html(Html),
}

impl<'a> From<&'a str> for Slot<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Slot<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<Html> for Slot<'_> {
    fn from(html: Html) -> Self {
        Self::Html(html)
    }
}

/// Makes a text harmless between tags and inside quoted attributes.
pub(in crate::mock) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Fills the slots of a template and picks the reader's language.
pub(in crate::mock) fn fill(template: &'static str, lang: Lang, slots: &[(&str, Slot<'_>)]) -> Html {
    let mut out = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some(at) = rest.find(['{', '[']) {
        let (before, mark) = rest.split_at(at);
        out.push_str(before);
        let close = match &mark.as_bytes()[..mark.len().min(2)] {
            b"{{" => "}}",
            b"[[" => "]]",
            _ => {
                out.push_str(&mark[..1]);
                rest = &mark[1..];
                continue;
            }
        };
        let Some((inside, after)) = mark[2..].split_once(close) else { break };
        match close {
            "}}" => put(&mut out, slots.iter().find(|(name, _)| *name == inside).map(|(_, slot)| slot)),
            _ => out.push_str(&escape(pick(inside, lang))),
        }
        rest = after;
    }
    out.push_str(rest);
    Html(out)
}

fn put(out: &mut String, slot: Option<&Slot<'_>>) {
    match slot {
        Some(Slot::Text(text)) => out.push_str(&escape(text)),
        Some(Slot::Html(html)) => out.push_str(&html.0),
        None => {}
    }
}

fn pick(pair: &'static str, lang: Lang) -> &'static str {
    let (zh, en) = pair.split_once('|').unwrap_or((pair, pair));
    if lang == Lang::Zh { zh } else { en }
}

impl Html {
    /// The text as it is sent.
    pub(in crate::mock) fn into_text(self) -> String {
        self.0
    }

    /// Nothing at all.
    pub(in crate::mock) fn none() -> Self {
        Self::default()
    }
}

impl FromIterator<Html> for Html {
    fn from_iter<I: IntoIterator<Item = Html>>(parts: I) -> Self {
        Self(parts.into_iter().map(|part| part.0).collect())
    }
}

/// Every sentence of these templates has to be there twice, and nothing in them that
/// runs or is styled where it stands.
#[cfg(test)]
pub(in crate::mock) fn check_languages(templates: &[(&str, &str)]) {
    for (name, template) in templates {
        for pair in template.split("[[").skip(1).filter_map(|rest| rest.split("]]").next()) {
            let (zh, en) = pair.split_once('|').unwrap_or_else(|| panic!("{name}: {pair}"));
            assert!(!zh.is_ascii(), "{name}: {pair}");
            assert!(!en.is_empty() && en.is_ascii(), "{name}: {pair}");
        }
        assert_eq!(template.matches("[[").count(), template.matches("]]").count(), "{name}");
        assert!(!template.contains(" style=") && !template.contains("onclick"), "{name}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_leaves_its_place() {
        let evil = "</p><script>alert('x')</script>\" onload=\"&{{b}}[[a|b]]";
        let html = fill("<p title=\"{{a}}\">{{a}}</p>", Lang::En, &[("a", evil.into()), ("b", "B".into())]);
        let safe =
            "&lt;/p&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot; onload=&quot;&amp;{{b}}[[a|b]]";
        assert_eq!(html.into_text(), format!("<p title=\"{safe}\">{safe}</p>"));
    }

    #[test]
    fn a_sentence_is_picked_by_language() {
        let said = |lang| fill("[[支付|Pay]] {{n}}{ [x]", lang, &[("n", "1".into())]).into_text();
        assert_eq!((said(Lang::Zh), said(Lang::En)), ("支付 1{ [x]".into(), "Pay 1{ [x]".into()));
    }

    #[test]
    fn finished_html_is_not_escaped_again() {
        let inner = fill("<b>{{a}}</b>", Lang::En, &[("a", "<".into())]);
        let both: Html = [inner.clone(), inner].into_iter().collect();
        let outer = fill("<i>{{x}}</i>{{missing}}", Lang::En, &[("x", both.into())]);
        assert_eq!(outer.into_text(), "<i><b>&lt;</b><b>&lt;</b></i>");
    }
}
