//! Every document of a paste: in all views of the text, in all notations, and
//! inside the strings of other documents. Comes in: text; goes out: a list in
//! order of trust. What they mean is for `pick` to say.

use std::cell::OnceCell;

use super::cursor::Fuel;
use super::notation::{Class, Escapes, Notation, TABLE, xml};
use super::tree::Tree;
use super::undo::{self, View};
use super::{exchange, names};
use crate::api::Word;
use crate::explain::case::Repair;
use crate::wire::Fields;

/// Names and values that stand together somewhere in a paste.
#[derive(Debug, Clone)]
pub(super) struct Document {
    pub(super) fields: Fields,
    /// Names whose values a program would have to compute.
    pub(super) code: Vec<(String, String)>,
    pub(super) from: Word,
    pub(super) escapes: Escapes,
    pub(super) class: Class,
    pub(super) repairs: Vec<Repair>,
}

impl Document {
    /// The same without what may stand between its fields by chance, if anything does: a
    /// line of something else, a column of a database. Names of WeChat's begin with a letter.
    fn without_strays(&self) -> Option<Self> {
        let is_own =
            |name: &str| !name.starts_with('_') && (self.class > Class::Lines || names::is_known(name));
        let fields = self.fields.only(is_own);
        let is_other = fields.len() < self.fields.len() && names::are_signed(fields.iter().map(|(n, _)| n));
        let repairs = self.repairs.iter().copied().chain([Repair::Strays]).collect();
        is_other.then(|| Self { fields, repairs, ..self.clone() })
    }
}

/// Documents inside documents are followed so far.
const DEEP: usize = 4;
/// No paste that means anything has more.
const MOST: usize = 2000;

/// All documents of a text.
pub(super) fn find(text: &str) -> Vec<Document> {
    let fuel = Fuel::for_text(text.len());
    let mut all = All { fuel: &fuel, list: Vec::new() };
    for View { text, repairs } in undo::views(text) {
        all.exchanges(&text, &repairs);
        for notation in TABLE {
            all.notation(notation, &text, &repairs, 0);
        }
    }
    all.list
}

struct All<'f> {
    fuel: &'f Fuel,
    list: Vec<Document>,
}

impl All<'_> {
    /// Requests: the query and the body of one belong together.
    fn exchanges(&mut self, text: &str, repairs: &[Repair]) {
        for (from, request) in exchange::find(text, self.fuel) {
            let mut fields = Fields::new();
            let before = self.list.len();
            self.inside(&request.target, repairs, 1);
            let middle = self.list.len();
            self.inside(&request.body, repairs, 1);
            // Of each the outermost: JSON inside a value is a value.
            let outer = |part: &[Document]| part.iter().find(|d| d.class == Class::Strict).cloned();
            let halves = [outer(&self.list[before..middle]), outer(&self.list[middle..])];
            let mut parts: Vec<Document> = self.list.drain(before..).collect();
            for half in halves.iter().flatten() {
                for (name, value) in half.fields.iter() {
                    if fields.get(name).is_none() {
                        fields.set(name, value);
                    }
                }
            }
            let asked_by = |fields: &mut Fields| {
                let page = request.page.as_deref().filter(|_| fields.get("url").is_none() && is_page(fields));
                if let Some(page) = page {
                    fields.set("url", page);
                }
            };
            asked_by(&mut fields);
            if parts.len() > 1 || fields.get("url").is_some() {
                let (class, escapes) = (Class::Strict, Escapes::Left);
                let repairs = repairs.to_vec();
                self.list.push(Document { fields, code: Vec::new(), from, escapes, class, repairs });
            }
            for part in &mut parts {
                part.from = from;
                // A backend wraps what the page gets: {"code":0,"data":{…}}.
                asked_by(&mut part.fields);
            }
            self.list.append(&mut parts);
        }
    }

    fn notation(&mut self, notation: &Notation, text: &str, repairs: &[Repair], deep: usize) {
        let is_view = OnceCell::new();
        for (span, tree) in (notation.find)(text, self.fuel) {
            if self.fuel.burn(span.len() / 8).is_none() || self.list.len() > MOST {
                return;
            }
            let from = (notation.name)(&text[span]);
            let found = Found { notation, text, repairs, deep, from, is_view: &is_view };
            self.tree(&tree, &found);
        }
    }

    fn tree(&mut self, tree: &Tree, found: &Found<'_>) {
        match tree {
            Tree::Text(text) => self.inside(text, found.repairs, found.deep + 1),
            Tree::Code(_) => {}
            Tree::List(items, _) => items.iter().for_each(|item| self.tree(item, found)),
            Tree::Map(pairs, _) => {
                let document = found.document(pairs);
                let bare = document.without_strays();
                self.list.push(document);
                self.list.extend(bare);
                for (_, value) in pairs {
                    self.tree(value, found);
                }
            }
        }
    }

    /// A string that may hold a document itself.
    fn inside(&mut self, text: &str, repairs: &[Repair], deep: usize) {
        if text.len() < 12 || deep > DEEP || self.list.len() > MOST {
            return;
        }
        for notation in TABLE.iter().filter(|notation| notation.class > Class::Lines) {
            self.notation(notation, text, repairs, deep);
        }
    }
}

fn is_page(fields: &Fields) -> bool {
    let has = |name: &str| fields.iter().any(|(n, _)| names::key(n) == name);
    has("signature") && has("noncestr")
}

/// Where a tree was found.
struct Found<'a> {
    notation: &'a Notation,
    text: &'a str,
    repairs: &'a [Repair],
    deep: usize,
    from: Word,
    /// Whether a browser printed the text; asked once, since it is read for that.
    is_view: &'a OnceCell<bool>,
}

impl Found<'_> {
    fn document(&self, pairs: &[(String, Tree)]) -> Document {
        let (mut fields, code) = Tree::fields(pairs, self.text);
        let mut repairs = self.repairs.to_vec();
        if fields.iter().any(|(_, v)| v.starts_with('\n') || v.starts_with(' '))
            && *self.is_view.get_or_init(|| xml::is_browser_view(self.text))
        {
            fields = fields.iter().map(|(n, v)| (n.to_owned(), v.trim().to_owned())).collect();
            repairs.push(Repair::XmlView);
        }
        if fields.iter().any(|(n, _)| n.starts_with("amp;")) {
            fields =
                fields.iter().map(|(n, v)| (n.trim_start_matches("amp;").to_owned(), v.to_owned())).collect();
            repairs.push(Repair::Amp);
        }
        let Notation { escapes, class, .. } = *self.notation;
        Document { fields, code, from: self.from, escapes, class, repairs }
    }
}
