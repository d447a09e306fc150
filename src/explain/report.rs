//! From a case to its verdict: signs as the recipe says, searches if that is
//! not what was given, and puts what was found into words. Plain data; showing
//! it is the renderer's business.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::case::{Case, Repair};
use super::cause::{self, Cause};
use super::diff::{OTHER_SECRET, RIGHT_SECRET, Shown, side_by_side};
use super::draft::Draft;
use super::edits::{self, Edit, Given};
use super::endpoint::{self, Way};
use super::family::{Apart, Family, Looks, Scheme};
use super::lint::{self, Lint};
use super::opened::{self, Opened};
use super::received::{self, Told};
use super::search::{Found, Limits, Size, Space, Stop, search, swaps};
use super::target::{self, Target, Unreadable};
use crate::api::endpoint::Host;
use crate::api::{self, Endpoint, Lang, Word};
use crate::sign::{self, PublicKey, Secret, SignType};

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
    /// The label of the candidate that was handed in and fits.
    pub candidate: Option<String>,
    /// What to do, where a single call has its own rule.
    fix: Option<Word>,
}

impl Named {
    fn new(cause: &'static Cause, field: Option<&str>) -> Self {
        Self { cause, field: field.map(str::to_owned), candidate: None, fix: None }
    }

    fn rank(&self) -> (u32, &'static str, Option<&str>) {
        (self.cause.weight(), self.cause.id, self.field.as_deref())
    }

    /// What to do.
    #[must_use]
    pub fn fix(&self) -> Word {
        self.fix.unwrap_or(self.cause.fix)
    }
}

/// How sure an explanation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// Its string gives the signature, or what WeChat shows is outright different.
    Proved,
    /// What WeChat shows agrees with it, and may agree with others.
    Consistent,
}

impl Certainty {
    /// As in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::Consistent => "consistent",
        }
    }
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
    /// How sure it is.
    pub certainty: Certainty,
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
    /// Whether WeChat made the message: a reply or a notice.
    pub is_from_wechat: bool,
    /// What can still be wrong where the arithmetic is right, most usual first.
    pub remaining: Vec<&'static Cause>,
    /// What WeChat received, where it says so: the text it checked, its body cut, and
    /// the bytes of the whole body.
    pub received: Option<(String, usize)>,
    /// What to do next where nothing explains it.
    pub next: Vec<Word>,
    /// What looks wrong whatever the signature.
    pub lints: Vec<Lint>,
    /// Damage of the paste that was undone.
    pub repairs: Vec<Repair>,
    /// Strings that were hashed.
    pub tried: u64,
}

/// Explains a signature. `stop` says when the budget is used up: what takes less
/// than half a second, single mistakes and pairs in a message as WeChat has them, is
/// finished all the same.
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
        is_from_wechat: case.is_from_wechat() || case.scheme == Scheme::V3Verify,
        remaining: Vec::new(),
        received: None,
        next: Vec::new(),
        lints: lint::lints(given),
        repairs: case.repairs.clone(),
        tried: 0,
    };
    if case.scheme.family().is_rsa() {
        report.expected = None;
        explain_rsa((given, case), limits, stop, &mut report);
        return report;
    }
    if case.secret.is_none() {
        report.next = vec![case.scheme.family().secret.missing()];
        return report;
    }
    match target::targets(case, &recipe) {
        Err(unreadable) => report.next = vec![unsigned_by_rule(case).unwrap_or_else(|| unreadable.word())],
        Ok(targets) => {
            let right = Draft::right(&recipe, &case.fields, secret.expose());
            let signs = signs(case, &expected);
            let material = Given::new(&case.fields, &case.signature, &signs, &case.others);
            let table = edits::table(&material, &right, case.scheme.family().edits);
            find((given, case), &Space::new(right, table, targets), limits, stop, &mut report);
        }
    }
    report
}

/// The same for a signature of RSA: it is opened, then searched like any hash; what
/// WeChat received is held against what was meant.
fn explain_rsa((given, case): (&Case, &Case), limits: &Limits, stop: Stop<'_>, report: &mut Report) {
    let recipe = case.recipe();
    let right = Draft::right(&recipe, &case.fields, "");
    let material = Given::new(&case.fields, &case.signature, &[], &case.others);
    let table = edits::table(&material, &right, case.scheme.family().edits);
    let seen = received::received(case);
    let told = seen.as_ref().map(|seen| seen.told(case, &right, &table));
    report.received = seen.map(|seen| (seen.shown, seen.length));
    match case.secret.as_ref().map(|key| PublicKey::read(key.expose().as_bytes())) {
        None => report.next = vec![case.scheme.family().secret.missing()],
        Some(Err(_)) => report.next = vec![NO_KEY],
        Some(Ok(key)) => match opened::opened(case, &key) {
            Err(unreadable) => report.next = vec![unreadable.word()],
            Ok(Opened::Proved(causes)) => prove(report, &causes),
            Ok(Opened::Targets(targets)) if !has_lines(case) => prove_block(report, &targets),
            Ok(Opened::Targets(targets)) => {
                find((given, case), &Space::new(right, table, targets), limits, stop, report);
                if report.verdict == Verdict::Unexplained && is_of_other_key(case, &key) {
                    report.next.clear();
                    prove(report, &[opened::wrong_key(case)]);
                }
            }
        },
    }
    if let Some(told) = told {
        add_received(report, &told, case.fields.get("body").is_some());
    }
}

/// Whether the lines are there that stand in front of a body.
fn has_lines(case: &Case) -> bool {
    let lines: &[&str] = match case.scheme {
        Scheme::V3 => &["method", "url"],
        Scheme::V3Verify => &["timestamp", "nonce"],
        _ => &[],
    };
    lines.iter().all(|name| case.fields.get(name).is_some())
}

/// What the opened block tells where there is no string to hold against it.
fn prove_block(report: &mut Report, targets: &[Target]) {
    match targets.first() {
        Some(target) if !target.causes.is_empty() => {
            prove(report, &target.causes);
            for named in report.explanations.iter_mut().flat_map(|explanation| &mut explanation.causes) {
                named.candidate = target.candidate.clone().filter(|_| named.cause.is_of_key());
            }
        }
        _ => report.next = vec![KEY_FITS],
    }
}

const COMPARE_LINES: Word = Word::new(
    "微信收到的各行看不出错：与程序实际签名的字符串逐行比较，报文体的字节数也要相同",
    "nothing looks wrong in what WeChat received: compare it line by line with the string that your program signs, and the length of the body too",
);

const KEY_FITS: Word = Word::new(
    "签名能用这把公钥打开，里面是 SHA-256：密钥没有错，要查的是被签名的字符串",
    "the signature opens with this key and holds a SHA-256: the key is right, what is in question is the text that was signed",
);

/// Whether the key of the case did not make the signature, whoever else did.
fn is_of_other_key(case: &Case, key: &PublicKey) -> bool {
    let alone = Case { others: Vec::new(), ..case.clone() };
    matches!(opened::opened(&alone, key), Ok(Opened::Proved(_)))
}

/// What the block alone proves.
fn prove(report: &mut Report, causes: &[&'static Cause]) {
    let right = Shown { text: report.right.clone(), marks: Vec::new() };
    report.verdict = Verdict::Explained;
    report.explanations = vec![Explanation {
        causes: causes.iter().map(|cause| Named::new(cause, None)).collect(),
        right,
        wrong: None,
        certainty: Certainty::Proved,
        equal_to: None,
    }];
}

/// What WeChat received, beside what the signature itself shows.
fn add_received(report: &mut Report, told: &Told, is_meant: bool) {
    let Some((shown, _)) = &report.received else { return };
    // Without the body that was meant there is one text only.
    let meant = if is_meant || !told.proved.is_empty() { &report.right } else { shown };
    let (right, wrong) = side_by_side(shown, meant);
    let explanation = |causes: Vec<Named>, certainty| Explanation {
        causes,
        right: right.clone(),
        wrong: Some(wrong.clone()),
        certainty,
        equal_to: None,
    };
    let proved: Vec<Named> = told.proved.iter().map(|(cause, name)| Named::new(cause, Some(name))).collect();
    let mut list = Vec::new();
    if !proved.is_empty() {
        list.push(explanation(proved, Certainty::Proved));
    }
    let consistent = told.consistent.iter().map(|(cause, name)| vec![Named::new(cause, Some(name))]);
    list.extend(consistent.map(|causes| explanation(causes, Certainty::Consistent)));
    // The string is right, so the key is not, or what names it.
    if told.is_equal && list.is_empty() && report.verdict == Verdict::Unexplained {
        let suspect = vec![Named::new(cause::V_KEY_SERIAL, Some("serial_no"))];
        list.push(explanation(suspect, Certainty::Consistent));
    }
    if list.is_empty() {
        if report.verdict == Verdict::Unexplained {
            report.next.insert(0, COMPARE_LINES);
        }
        return;
    }
    report.verdict = Verdict::Explained;
    report.remaining.clear();
    report.explanations.extend(list);
}

const NO_KEY: Word = Word::new(
    "给出的公钥读不出来：需要 PEM（证书、公钥或私钥），用 wxkit key inspect 看它是什么",
    "the public key cannot be read: a PEM is needed (certificate, public or private key); wxkit key inspect tells what it is",
);

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

fn find(
    (given, case): (&Case, &Case),
    space: &Space<'_>,
    limits: &Limits,
    stop: Stop<'_>,
    report: &mut Report,
) {
    if let Some(reuse) = reused(given, case, &report.right) {
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
        report.remaining = remaining(case);
        return;
    }
    report.explanations = Namer { case, space, threads: limits.threads }.explanations(&harvest.found);
    if report.explanations.is_empty() {
        report.next = next_steps(case);
    } else {
        report.verdict = Verdict::Explained;
    }
}

/// What can still be wrong. WeChat's own replies and notices prove the key.
fn remaining(case: &Case) -> Vec<&'static Cause> {
    if case.is_from_wechat() { vec![cause::P_NOTIFY_RAW] } else { case.scheme.family().remaining.to_vec() }
}

/// A reply that carries no signature whatever it says.
fn unsigned_by_rule(case: &Case) -> Option<Word> {
    let is_message = case.signature.trim().is_empty() && case.scheme.family().looks == Looks::Message;
    let (rule, way) = endpoint::rule(&case.fields).filter(|_| is_message)?;
    (way == Way::Reply).then_some(rule.unsigned)
}

/// The string is right but for a field that nobody gave.
fn without(name: &str, missing: &'static Cause, right: &str) -> Explanation {
    let string = Shown { text: right.to_owned(), marks: Vec::new() };
    Explanation {
        causes: vec![Named::new(missing, Some(name))],
        right: string.clone(),
        wrong: Some(string),
        certainty: Certainty::Proved,
        equal_to: None,
    }
}

/// Another signature that was passed on as this one.
fn reused(given: &Case, case: &Case, right: &str) -> Option<Explanation> {
    let signature = case.signature.trim();
    let same = |text: &str| signature.len() >= 32 && text.eq_ignore_ascii_case(signature);
    let of_order = |text: &str| {
        let order = super::reader::message(text.trim())?;
        order_sign(case, order.iter())
    };
    let handed = case.others.iter().filter(|_| case.scheme.family().is_second());
    let is_it = |value: &str| same(value) || of_order(value).is_some_and(|sign| same(&sign));
    let label = handed.map(|(label, value)| (label, value.expose())).find(|(_, value)| is_it(value));
    let passed_on = || {
        let reply = reply_within(given)?;
        order_sign(given, reply).filter(|sign| same(sign)).map(|_| "sign")
    };
    let label = label.map(|(label, _)| label.as_str()).or_else(passed_on)?;
    let right = Shown { text: right.to_owned(), marks: Vec::new() };
    Some(Explanation {
        causes: vec![Named::new(cause::S_REUSE, Some(label))],
        right,
        wrong: None,
        certainty: Certainty::Proved,
        equal_to: None,
    })
}

/// The reply to an order among fields that a page or an app adds to it; none if
/// nothing was added.
fn reply_within(given: &Case) -> Option<impl Iterator<Item = (&str, &str)>> {
    const TELLING: [&str; 2] = ["prepay_id", "return_code"];
    let has = |row: &Endpoint, name: &str| row.reply.iter().any(|field| field.name == name);
    let row = api::rows().find(|row| row.host == Host::Mch && TELLING.iter().all(|name| has(row, name)))?;
    let is_of_reply = move |name: &str| has(row, name);
    let is_whole = TELLING.iter().all(|name| given.fields.filled(name).is_some());
    let has_more = given.fields.iter().any(|(name, _)| !is_of_reply(name));
    let has_all = given.scheme.family().is_pay() && is_whole && has_more;
    has_all.then(|| given.fields.iter().filter(move |(name, _)| is_of_reply(name)))
}

/// What an order or its reply would be signed with.
fn order_sign<'a>(case: &'a Case, order: impl Iterator<Item = (&'a str, &'a str)>) -> Option<String> {
    let recipe = SignType::of_signature(case.signature.trim()).of(Scheme::default().family().recipe);
    Some(sign::sign(&recipe, order, case.secret.as_ref()?))
}

struct Namer<'a, 'c> {
    case: &'a Case,
    space: &'a Space<'c>,
    threads: usize,
}

/// Most readings that are told.
const READINGS: usize = 12;

/// Bytes that are written and hashed to find the other readings of one hit, the
/// most usual ones first: about 0.2 s. For an order of 15 fields it is enough to
/// try every edit in place of each of three.
const EQUALS: usize = 96 << 20;

impl Namer<'_, '_> {
    /// Every hit and every other reading of it, the most specific first.
    fn explanations(&self, found: &[Found]) -> Vec<Explanation> {
        let mut readings = self.readings(found);
        readings.sort_by_cached_key(|r| (self.weight(r), self.unnamed_fields(r), r.edits.clone(), r.swept));
        // Of one set of causes the reading that comes first, whichever thread found it.
        let mut told = HashSet::new();
        readings
            .retain(|r| told.insert(self.names(r).iter().map(|named| named.cause.id).collect::<Vec<_>>()));
        readings.truncate(READINGS);
        let mut list: Vec<Explanation> = readings.iter().map(|r| self.explanation(r)).collect();
        for index in 1..list.len() {
            list[index].equal_to = list[..index].iter().position(|e| e.wrong == list[index].wrong);
        }
        list
    }

    /// Hits, and what they become when one of their edits is swapped for another.
    fn readings(&self, found: &[Found]) -> Vec<Found> {
        let mut readings = found.to_vec();
        let mut swapped = HashSet::new();
        for hit in found {
            let most = self.most(hit, found.len());
            for place in 0..hit.edits.len() {
                // Hits that differ in this place alone are each other's swaps.
                let mut rest = hit.clone();
                rest.edits[place] = usize::MAX;
                if swapped.insert(rest) {
                    readings.extend(swaps(self.space, self.threads, (hit, place), most));
                }
            }
        }
        readings
    }

    /// Edits that are tried in place of one of a hit's. Of a large message all hits together
    /// take the time of one.
    fn most(&self, hit: &Found, hits: usize) -> usize {
        let hits = if self.space.size == Size::Large { hits.max(1) } else { 1 };
        // A copy of an entry costs about as much as the hash of 16 bytes.
        let each = self.space.length + 16 * self.space.right.entries.len();
        EQUALS / each.max(1) / hit.edits.len().max(1) / hits
    }

    /// Causes in the order in which a person would look for them.
    fn names(&self, found: &Found) -> Vec<Named> {
        let swept = found.swept.map(|(sweep, _)| &self.space.sweeps[sweep]);
        let swept = swept.map(|sweep| Named::new(sweep.cause, Some(&sweep.field)));
        let edits = found.edits.iter().map(|&edit| {
            let Edit { cause, field, candidate, .. } = &self.space.edits[edit];
            let named = Named::new(cause, field.as_deref());
            Named { candidate: candidate.as_deref().map(str::to_owned), fix: self.rule_for(cause), ..named }
        });
        let target = &self.space.targets[found.target];
        let form = target.causes.iter().map(|cause| {
            let candidate = target.candidate.clone().filter(|_| cause.is_of_key());
            Named { candidate, ..Named::new(cause, None) }
        });
        let mut names: Vec<_> = swept.into_iter().chain(edits).chain(form).collect();
        names.sort_by(|a, b| a.rank().cmp(&b.rank()));
        names.dedup_by(|a, b| a.rank() == b.rank());
        names
    }

    /// What the call itself wants done about a cause.
    fn rule_for(&self, cause: &Cause) -> Option<Word> {
        let (rule, way) = endpoint::rule(&self.case.fields)?;
        let of_sign_type = [cause::P_SIGNTYPE_MISS, cause::P_SIGNTYPE_EXTRA].contains(&cause);
        let is_about = of_sign_type && rule.not_sent.contains(&"sign_type");
        (is_about && way == Way::Request).then_some(rule.fix)
    }

    fn weight(&self, found: &Found) -> (usize, u32) {
        let edits: u32 = found.edits.iter().map(|&e| self.space.edits[e].weight).sum();
        let swept = found.swept.map_or(0, |(sweep, _)| self.space.sweeps[sweep].cause.weight());
        (found.edits.len() + usize::from(found.swept.is_some()), edits + swept)
    }

    /// Edits that are about no field in particular.
    fn unnamed_fields(&self, found: &Found) -> usize {
        found.edits.iter().filter(|&&edit| self.space.edits[edit].field.is_none()).count()
    }

    fn explanation(&self, found: &Found) -> Explanation {
        let causes = self.names(found);
        let right = self.space.right.text_with(&RIGHT_SECRET.to_string());
        let draft = self.space.draft_of(found);
        let wrong = draft.text_with(&self.shown_secret(&draft.secret));
        let (right, wrong) = side_by_side(&self.without_secrets(&right), &self.without_secrets(&wrong));
        Explanation { causes, right, wrong: Some(wrong), certainty: Certainty::Proved, equal_to: None }
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
            Self::NotBase64 => Word::new(
                "这不是 v3 的签名（不是 base64）：可能打了码，或贴错了字段",
                "this is no signature of v3 (not base64): it may be redacted, or another field",
            ),
            Self::NotOfKey => Word::new(
                "签名的长度与公钥不符，也不是任何摘要：可能被截断",
                "the signature is not as long as the key, and no digest either: it may be cut off",
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
            "received": self.received.as_ref().map(|(text, bytes)| json!({ "text": text, "body_bytes": bytes })),
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
            "fix": self.causes.iter().map(|n| n.fix().text(lang)).collect::<Vec<_>>(),
            "certainty": self.certainty.as_str(),
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
        let mut value = json!({ "id": self.cause.id });
        for (name, text) in [("field", &self.field), ("candidate", &self.candidate)] {
            if let Some(text) = text {
                value[name] = text.as_str().into();
            }
        }
        value
    }
}
