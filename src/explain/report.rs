//! From a case to its verdict: signs as the recipe says, searches if that is
//! not what was given, and puts what was found into words. Plain data; showing
//! it is the renderer's business.

use serde_json::{Value, json};

use super::case::{Case, Repair};
use super::cause::{self, Cause};
use super::diff::{OTHER_SECRET, RIGHT_SECRET, Shown, side_by_side};
use super::draft::{Draft, Scratch};
use super::edits::{self, Given};
use super::family::{Apart, Family, Scheme};
use super::lint::{self, Lint};
use super::search::{Limits, search};
use super::space::{Found, Space, Stop};
use super::target::{self, Unreadable};
use crate::api::{Lang, Word};
use crate::sign::{self, Secret};

/// What is to be said about a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is the right one.
    Valid,
    /// It is wrong, and it is known why.
    Explained,
    /// It is wrong, and nothing that was tried gives it.
    Unexplained,
}

impl Verdict {
    /// As in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Explained => "explained",
            Self::Unexplained => "unexplained",
        }
    }
}

/// A cause and the field it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The cause.
    pub cause: &'static Cause,
    /// The field, where it is one.
    pub field: Option<String>,
}

/// One reading of a wrong signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What happened, all of it together.
    pub causes: Vec<Named>,
    /// The right string, where it differs marked.
    pub right: Shown,
    /// The string that gives the signature; none where another signature was
    /// passed on as it is.
    pub wrong: Option<Shown>,
    /// Index of the explanation of which this is another name for the same string.
    pub equal_to: Option<usize>,
}

/// All that is known about a signature.
#[derive(Debug, Clone)]
pub struct Report {
    /// What is to be said.
    pub verdict: Verdict,
    /// Which signature it is.
    pub scheme: Scheme,
    /// The signature that was given.
    pub given: String,
    /// The right one; none without the secret.
    pub expected: Option<String>,
    /// The right string, secret masked.
    pub right: String,
    /// Why it is wrong, best first.
    pub explanations: Vec<Explanation>,
    /// What can still be wrong where the arithmetic is right, most usual first.
    pub remaining: Vec<&'static Cause>,
    /// What to do next where nothing explains it.
    pub next: Vec<Word>,
    /// What looks wrong whatever the signature.
    pub lints: Vec<Lint>,
    /// Damage of the paste that was undone.
    pub repairs: Vec<Repair>,
    /// Strings that were hashed.
    pub tried: u64,
}

/// Explains a signature. `stop` says when the budget is used up; single
/// mistakes and pairs are finished all the same.
#[must_use]
pub fn explain(case: &Case, limits: &Limits, stop: Stop<'_>) -> Report {
    let (given, case) = (case, &case.respelled());
    let nothing = Secret::new("");
    let secret = case.secret.as_ref().unwrap_or(&nothing);
    let recipe = case.recipe();
    let canonical = sign::canonical(&recipe, case.fields.iter(), secret);
    let expected = canonical.hash(&recipe, secret).hex(recipe.case);
    let mut report = Report {
        verdict: Verdict::Unexplained,
        scheme: case.scheme,
        given: case.signature.clone(),
        expected: case.secret.as_ref().map(|_| expected.clone()),
        right: canonical.masked(),
        explanations: Vec::new(),
        remaining: Vec::new(),
        next: Vec::new(),
        lints: lint::lints(given),
        repairs: case.repairs.clone(),
        tried: 0,
    };
    if case.secret.is_none() {
        report.next = vec![case.scheme.family().secret.missing()];
        return report;
    }
    match target::targets(case, &recipe) {
        Err(unreadable) => report.next = vec![unreadable.word()],
        Ok(targets) => {
            let right = Draft::right(&recipe, &case.fields, secret.expose());
            let signs = signs(case, &expected);
            let given = Given::new(&case.fields, &case.signature, &signs, &case.others);
            let table = edits::table(&given, &right, case.scheme.family().edits);
            find(case, &Space::new(right, table, targets), limits, stop, &mut report);
        }
    }
    report
}

/// The field that is signed, that a page passes in another place, and that
/// nobody handed in.
fn lacking(case: &Case) -> Option<(&'static Apart, &'static Cause)> {
    let apart = case.scheme.family().apart.as_ref()?;
    Some((apart, apart.missing?)).filter(|_| case.fields.get(apart.name).is_none())
}

/// Values that `sign` may have had when it was signed along.
fn signs(case: &Case, expected: &str) -> Vec<String> {
    let sent = case.fields.get("sign").unwrap_or_default().to_owned();
    let mut signs = vec![sent, expected.to_owned(), String::new()];
    signs.dedup();
    signs.retain(|sign| *sign != case.signature.trim());
    signs
}

fn find(case: &Case, space: &Space<'_>, limits: &Limits, stop: Stop<'_>, report: &mut Report) {
    if let Some(reuse) = reused(case, &report.right) {
        report.verdict = Verdict::Explained;
        report.explanations = vec![reuse];
        return;
    }
    let harvest = search(space, limits, stop);
    report.tried = harvest.tried;
    let is_valid = harvest
        .found
        .iter()
        .any(|f| f.edits.is_empty() && f.swept.is_none() && space.targets[f.target].causes.is_empty());
    if let Some((apart, missing)) = lacking(case).filter(|_| is_valid) {
        report.verdict = Verdict::Explained;
        report.expected = None;
        report.explanations = vec![without(apart.name, missing, &report.right)];
        return;
    }
    if is_valid {
        report.verdict = Verdict::Valid;
        report.remaining = case.scheme.family().remaining.to_vec();
        return;
    }
    report.explanations = Namer { case, space }.explanations(harvest.found);
    if lint::takes_no_sign_type(&case.fields) {
        report.explanations.iter_mut().flat_map(|e| &mut e.causes).for_each(without_sign_type);
    }
    if report.explanations.is_empty() {
        report.next = next_steps(case);
    } else {
        report.verdict = Verdict::Explained;
    }
}

/// Elsewhere `sign_type` is to be signed; these calls refuse it signed or not.
fn without_sign_type(named: &mut Named) {
    if named.cause == cause::P_SIGNTYPE_MISS {
        named.cause = cause::P_SIGNTYPE_NONE;
    }
}

/// The string is right but for a field that nobody gave.
fn without(name: &str, missing: &'static Cause, right: &str) -> Explanation {
    let string = Shown { text: right.to_owned(), marks: Vec::new() };
    Explanation {
        causes: vec![Named { cause: missing, field: Some(name.to_owned()) }],
        right: string.clone(),
        wrong: Some(string),
        equal_to: None,
    }
}

/// Another signature that was passed on as this one.
fn reused(case: &Case, right: &str) -> Option<Explanation> {
    if !case.scheme.family().is_second() {
        return None;
    }
    let given = case.signature.trim();
    let same = |text: &str| given.len() >= 32 && text.eq_ignore_ascii_case(given);
    let (label, _) = case.others.iter().find(|(_, value)| {
        same(value.expose()) || order_sign(case, value.expose()).is_some_and(|s| same(&s))
    })?;
    let right = Shown { text: right.to_owned(), marks: Vec::new() };
    Some(Explanation {
        causes: vec![Named { cause: cause::S_REUSE, field: Some(label.clone()) }],
        right,
        wrong: None,
        equal_to: None,
    })
}

/// The signature of an order that was handed in whole.
fn order_sign(case: &Case, text: &str) -> Option<String> {
    let order = super::reader::message(text.trim())?;
    let recipe = case.recipe();
    let recipe = sign::Recipe { names: sign::PAY_V2.names, ..recipe };
    Some(sign::sign(&recipe, order.iter(), case.secret.as_ref()?))
}

struct Namer<'a, 'c> {
    case: &'a Case,
    space: &'a Space<'c>,
}

/// Most readings that are told.
const READINGS: usize = 12;

impl Namer<'_, '_> {
    /// Every hit and every other reading of it, the most specific first.
    fn explanations(&self, found: Vec<Found>) -> Vec<Explanation> {
        let mut readings: Vec<Found> = Vec::new();
        for hit in found {
            for reading in self.equal(&hit) {
                let ids = |r: &Found| self.names(r).iter().map(|(id, _)| *id).collect::<Vec<_>>();
                let known = readings.iter().any(|r| ids(r) == ids(&reading));
                if !known {
                    readings.push(reading);
                }
            }
        }
        readings.sort_by_cached_key(|r| (self.weight(r), r.edits.clone(), r.swept));
        readings.truncate(READINGS);
        let mut list: Vec<Explanation> = readings.iter().map(|r| self.explanation(r)).collect();
        for index in 1..list.len() {
            list[index].equal_to = list[..index].iter().position(|e| e.wrong == list[index].wrong);
        }
        list
    }

    /// A hit, and what it becomes when one of its edits is swapped for another
    /// that gives the same signature.
    fn equal(&self, hit: &Found) -> Vec<Found> {
        let mut list = vec![hit.clone()];
        let mut scratch = Scratch::default();
        for place in 0..hit.edits.len() {
            for other in 0..self.space.edits.len() {
                let mut swapped = hit.clone();
                swapped.edits[place] = other;
                let edits = &self.space.edits;
                let clash = hit
                    .edits
                    .iter()
                    .enumerate()
                    .any(|(i, &e)| i != place && (e == other || edits[e].excludes(&edits[other])));
                if !clash && other != hit.edits[place] && self.space.is_hit(&swapped, &mut scratch) {
                    list.push(swapped);
                }
            }
        }
        list
    }

    /// Causes in the order in which a person would look for them.
    fn names(&self, found: &Found) -> Vec<(&'static Cause, Option<&str>)> {
        let swept = found
            .swept
            .map(|(sweep, _)| &self.space.sweeps[sweep])
            .map(|s| (s.cause, Some(s.field.as_str())));
        let edits =
            found.edits.iter().map(|&e| (self.space.edits[e].cause, self.space.edits[e].field.as_deref()));
        let form = self.space.targets[found.target].causes.iter().map(|&c| (c, None));
        let mut names: Vec<_> = swept.into_iter().chain(edits).chain(form).collect();
        names.sort_by_key(|(cause, field)| (cause.weight(), cause.id, *field));
        names.dedup();
        names
    }

    fn weight(&self, found: &Found) -> (usize, u32) {
        let edits: u32 = found.edits.iter().map(|&e| self.space.edits[e].weight).sum();
        let swept = found.swept.map_or(0, |(sweep, _)| self.space.sweeps[sweep].cause.weight());
        (found.edits.len() + usize::from(found.swept.is_some()), edits + swept)
    }

    fn explanation(&self, found: &Found) -> Explanation {
        let named =
            |(cause, field): (&'static Cause, Option<&str>)| Named { cause, field: field.map(str::to_owned) };
        let causes = self.names(found).into_iter().map(named).collect();
        let right = self.space.right.text_with(&RIGHT_SECRET.to_string());
        let draft = self.space.draft_of(found);
        let wrong = draft.text_with(&self.shown_secret(&draft.secret));
        let (right, wrong) = side_by_side(&self.without_secrets(&right), &self.without_secrets(&wrong));
        Explanation { causes, right, wrong: Some(wrong), equal_to: None }
    }

    /// What stands for the secret that was used: blanks around the right one
    /// and texts that are no secret can be seen.
    fn shown_secret(&self, used: &str) -> String {
        let right: &str = &self.space.right.secret;
        let is_public = used.len() < 16 || edits::is_sample(used);
        if !right.is_empty() && used.contains(right) {
            used.replace(right, &RIGHT_SECRET.to_string())
        } else if is_public {
            used.to_owned()
        } else {
            OTHER_SECRET.to_string()
        }
    }

    fn without_secrets(&self, text: &str) -> String {
        let own = self.case.secret.iter().map(|s| (s, RIGHT_SECRET));
        let handed = self
            .case
            .others
            .iter()
            .filter(|(label, _)| edits::is_secret_label(label))
            .map(|(_, s)| (s, OTHER_SECRET));
        own.chain(handed)
            .filter(|(s, _)| s.expose().len() >= 8)
            .fold(text.to_owned(), |text, (secret, mask)| text.replace(secret.expose(), &mask.to_string()))
    }
}

impl Unreadable {
    const fn word(self) -> Word {
        match self {
            Self::Missing => Word::new(
                "没有签名值：检查它有没有传到前端或请求里",
                "there is no signature: check that it reaches the page or the request",
            ),
            Self::NotHex => Word::new(
                "这不是签名（不是十六进制）：可能打了码，或贴错了字段",
                "this is no signature (not hex): it may be redacted, or another field",
            ),
            Self::Length => Word::new(
                "签名长度不对：MD5 是 32 位，SHA-1 是 40 位，SHA-256 是 64 位",
                "no digest has this length: MD5 has 32 digits, SHA-1 40, SHA-256 64",
            ),
        }
    }
}

const HASHED: Word = Word::new(
    "把实际参与哈希的字符串用 --hashed 贴进来，逐字符比对",
    "paste the string that you hashed with --hashed; it is compared character by character",
);

const APP_ID: Word = Word::new(
    "用 --app-id 给出 appId：它不传给 chooseWXPay，但要参与签名",
    "hand in the appId with --app-id: it is not passed to chooseWXPay, but it is signed",
);

fn next_steps(case: &Case) -> Vec<Word> {
    let app_id = lacking(case).map(|_| APP_ID);
    let Family { next, .. } = case.scheme.family();
    app_id.into_iter().chain(next.iter().copied()).chain([HASHED]).collect()
}

impl Report {
    /// The report as the contract says; `elapsed_ms` comes from whoever has a
    /// clock.
    #[must_use]
    pub fn to_json(&self, lang: Lang, elapsed_ms: u64) -> Value {
        let words = |words: &[Word]| -> Vec<&str> { words.iter().map(|w| w.text(lang)).collect() };
        json!({
            "verdict": self.verdict.as_str(),
            "scheme": self.scheme.name(),
            "given": self.given,
            "expected": self.expected,
            "string_to_sign": self.right,
            "explanations": self.explanations.iter().map(|e| e.to_json(lang)).collect::<Vec<_>>(),
            "remaining": self.remaining.iter().map(|c| json!({ "id": c.id, "why": c.why.text(lang), "fix": c.fix.text(lang) })).collect::<Vec<_>>(),
            "next": words(&self.next),
            "lints": self.lints.iter().map(|l| l.to_json(lang)).collect::<Vec<_>>(),
            "repairs": self.repairs.iter().map(|r| r.word().text(lang)).collect::<Vec<_>>(),
            "tried": self.tried,
            "elapsed_ms": elapsed_ms,
        })
    }
}

impl Explanation {
    fn to_json(&self, lang: Lang) -> Value {
        let mut value = json!({
            "causes": self.causes.iter().map(Named::to_json).collect::<Vec<_>>(),
            "why": self.causes.iter().map(|n| n.cause.why.text(lang)).collect::<Vec<_>>(),
            "fix": self.causes.iter().map(|n| n.cause.fix.text(lang)).collect::<Vec<_>>(),
            "string_to_sign": self.wrong.as_ref().map(|w| w.text.as_str()),
        });
        if let Some(index) = self.equal_to {
            value["equal_to"] = index.into();
        }
        value
    }
}

impl Named {
    fn to_json(&self) -> Value {
        match &self.field {
            Some(field) => json!({ "id": self.cause.id, "field": field }),
            None => json!({ "id": self.cause.id }),
        }
    }
}
