//! What edits change in a written draft: what is known from another draft where
//! that carries over, what a trial shows otherwise. Comes in: a written draft and
//! edits; goes out: patches of its bytes.

use super::super::draft::Draft;
use super::super::edits::Edit;
use super::effects::Carrier;
use super::trail::Trail;
use super::trial::Trial;
use super::written::{Patch, Written};

/// Tells what edits change in a written draft.
pub(in crate::explain) struct Pen<'w, 's, 'c> {
    written: &'w Written<'c>,
    /// The edits that are in the draft already.
    trail: Trail,
    /// The most useful first.
    known: Vec<Carrier<'s, 'w, 'c>>,
    trial: Option<Trial<'w, 'c>>,
    patches: Vec<Patch<'s>>,
}

impl<'w, 's, 'c> Pen<'w, 's, 'c> {
    /// A pen for a draft with these edits.
    pub(in crate::explain) fn new(
        written: &'w Written<'c>,
        chosen: &[usize],
        known: Vec<Carrier<'s, 'w, 'c>>,
    ) -> Self {
        Self { written, trail: Trail::new(chosen), known, trial: None, patches: Vec::new() }
    }

    /// The edits of the draft that it starts from.
    pub(in crate::explain) fn trail(&self) -> Trail {
        self.trail
    }

    /// The draft that it starts from.
    pub(in crate::explain) fn written(&self) -> &'w Written<'c> {
        self.written
    }

    /// What these edits of a table, one after the other, do to the bytes: from
    /// front to back, each patch apart from the others.
    pub(in crate::explain) fn patches(&mut self, table: &[Edit], chosen: &[usize]) -> &[Patch<'s>] {
        self.patches.clear();
        let Self { known, patches, .. } = self;
        let is_known = |&one: &usize| known.iter().any(|carrier| carrier.put(one, patches));
        if chosen.len() > 1 || !chosen.first().is_some_and(is_known) {
            let trial = self.trial.get_or_insert_with(|| Trial::of(self.written));
            trial.write(table, chosen, &mut self.patches);
        }
        &self.patches
    }

    /// The draft with these edits.
    pub(in crate::explain) fn draft(&self, table: &[Edit], chosen: &[usize]) -> Draft<'c> {
        let mut draft = self.written.draft.clone();
        for &edit in chosen {
            table[edit].apply(&mut draft);
        }
        draft
    }
}

#[cfg(test)]
mod tests {
    use super::super::effects::Effects;
    use super::super::written::Stem;
    use super::*;
    use crate::explain::draft::Scratch;
    use crate::explain::edits::{Given, Tier};
    use crate::explain::{edits, read};
    use crate::sign::{Digest, Prefix, Secret};

    const CASES: [&str; 3] = [
        r#"{"scheme":"pay-v2","sign":"A","key":"wxkitmockpaykey0wxkitmockpaykey0","others":{"old key":"b"},"fields":{
            "appid":"wx1","attach":"","body":"茶 & 🍵","detail":"{\"a\":1}","mch_id":"1","nonce_str":"N","notify_url":
            "http://a.example/b?c=d","out_trade_no":"7","sub_mch_id":"","total_fee":"100"}}"#,
        r#"{"scheme":"jssdk","signature":"a","ticket":"ticket","fields":{"noncestr":"N","timestamp":"1414587457",
            "url":"http://mp.example/?a=茶&b=1"}}"#,
        r#"{"scheme":"pay-sign","paySign":"A","key":"k","fields":{"appId":"wx1","nonceStr":"N","package":"prepay_id=1",
            "signType":"MD5","timeStamp":"1414587457"}}"#,
    ];

    /// What a pen writes is what the draft itself spells, for every edit of the
    /// table and on top of every edit of the whole text.
    #[test]
    fn a_patch_is_what_the_draft_spells() {
        for text in CASES {
            let case = read(text.as_bytes()).unwrap();
            let secret = case.secret.clone().unwrap_or(Secret::new(""));
            let right = Draft::right(&case.recipe(), &case.fields, secret.expose());
            let signs = [String::new()];
            let given = Given::new(&case.fields, &case.signature, &signs, &case.others);
            let table = edits::table(&given, &right, case.scheme.family().edits).edits;
            let globals: Vec<usize> = (0..table.len()).filter(|&e| table[e].class.is_global()).collect();
            let two = globals.iter().flat_map(|&a| globals.iter().map(move |&b| vec![a, b]));
            let two = two.filter(|two| !table[two[0]].excludes(&table[two[1]])).step_by(97);
            let bases = [vec![]].into_iter().chain(globals.iter().map(|&one| vec![one])).chain(two);
            let effects = Effects::of(&right, &table);
            for (nth, base) in bases.enumerate() {
                let mut draft = right.clone();
                for &edit in &base {
                    table[edit].apply(&mut draft);
                }
                let written = Written::new(draft, Prefix::new(Digest::Md5, &[]));
                let mut pen = Pen::new(&written, &base, effects.on(&written, &table, &base));
                let step = if base.is_empty() { 1 } else { 29 };
                let singles = (nth % step..table.len()).step_by(step).map(|edit| vec![edit]);
                let few = |from: usize| (from..table.len()).filter(|&e| table[e].tier <= Tier::Rare);
                let pairs =
                    few(nth % 31).step_by(31).zip(few(nth).cycle().step_by(17)).map(|(a, b)| vec![a, b]);
                let pairs = pairs.filter(|two| !table[two[0]].excludes(&table[two[1]]));
                for chosen in singles.chain(pairs) {
                    let mut patched = Stem::default();
                    patched.renew(&written.stem, pen.patches(&table, &chosen));
                    let spelled = pen.draft(&table, &chosen).bytes(&mut Scratch::default()).into_owned();
                    let shown = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                    let made = base.iter().chain(&chosen).map(|&e| (table[e].cause.id, table[e].class));
                    let made: Vec<_> = made.collect();
                    assert_eq!(shown(patched.bytes()), shown(&spelled), "{made:?}");
                }
            }
        }
    }
}
