//! Why an encrypted resource does not open, told to a person and to a script. Comes in: a
//! resource, and every secret of the settings that somebody may have taken for the APIv3 key;
//! goes out: an answer, or the words for an error. The plain text is not shown here.

use serde_json::{Value, json};
use wxkit::api::word::Part;
use wxkit::api::{Lang, Message, Word};
use wxkit::explain::{self, Mistake, Resource, Unsealed};
use wxkit::sign::Secret;

use super::error::Error;
use super::outcome::{Outcome, View};
use super::wiring::Context;

/// What is known; none without an APIv3 key.
pub fn unseal(
    resource: &Resource,
    others: &[(String, Secret)],
    ctx: &Context,
) -> Result<Option<Unsealed>, Error> {
    let settings = &ctx.settings;
    let Some(key) = ctx.secret(settings.api_v3_key.as_ref())? else { return Ok(None) };
    let mut keys = others.to_vec();
    for (label, located) in [("pay_key", &settings.pay_key), ("app_secret", &settings.app_secret)] {
        keys.extend(ctx.secret(located.as_ref())?.map(|secret| (label.to_owned(), secret)));
    }
    let open = [("serial", &settings.serial), ("wechat_key_id", &settings.wechat_key_id)];
    let open =
        open.into_iter().filter_map(|(label, value)| Some((label.to_owned(), Secret::new(value.as_ref()?))));
    keys.extend(open);
    Ok(Some(explain::unseal(resource, &key, &keys)))
}

/// The answer of `explain` to a resource alone.
pub fn outcome(unsealed: &Unsealed, lang: Lang) -> Outcome {
    let (verdict, view) = match unsealed {
        Unsealed::Opens => ("valid", View::Good(OPENS.into())),
        Unsealed::Wrong(_) | Unsealed::Unfit(_) => ("explained", View::Bad(why())),
        Unsealed::Unknown => ("unexplained", View::Bad(UNKNOWN.into())),
    };
    let data = json!({
        "verdict": verdict, "scheme": "v3-resource", "given": "", "expected": Value::Null,
        "explanations": explanations(unsealed, lang), "lints": [], "tried": 0, "elapsed_ms": 0,
    });
    let answer = if verdict == "explained" { Mistake::CAUSE.id } else { verdict };
    let outcome = Outcome::new(data, answer).show(view);
    let outcome = told(unsealed).into_iter().fold(outcome, |outcome, said| outcome.show(View::Say(said)));
    if verdict == "unexplained" { outcome.no() } else { outcome }
}

/// What is wrong with it, in a line each.
pub fn told(unsealed: &Unsealed) -> Vec<Message> {
    let hand_in = (*unsealed == Unsealed::Unknown).then(|| HAND_IN.into());
    let arrow = |said: Message| Word::new("→ {}", "→ {}").with([Part::from(said)]);
    mistakes(unsealed).chain(hand_in).map(arrow).collect()
}

/// What has to be changed so that it opens, in one sentence.
pub fn remedy(unsealed: &Unsealed) -> Option<Message> {
    let opens = matches!(unsealed, Unsealed::Wrong(_));
    mistakes(unsealed)
        .filter(|_| opens)
        .reduce(|a, b| Word::new("{}；{}", "{}; {}").with([Part::from(a), Part::from(b)]))
}

fn mistakes(unsealed: &Unsealed) -> impl Iterator<Item = Message> {
    all(unsealed).iter().map(|one| one.said.clone())
}

fn all(unsealed: &Unsealed) -> &[Mistake] {
    match unsealed {
        Unsealed::Wrong(all) | Unsealed::Unfit(all) => all,
        Unsealed::Opens | Unsealed::Unknown => &[],
    }
}

/// The cause, and its id.
pub fn why() -> Message {
    Word::new("{}（{}）", "{} ({})").with([Part::from(Mistake::CAUSE.why), Mistake::CAUSE.id.into()])
}

fn explanations(unsealed: &Unsealed, lang: Lang) -> Vec<Value> {
    let mistakes = all(unsealed);
    if mistakes.is_empty() {
        return Vec::new();
    }
    let causes: Vec<Value> =
        mistakes.iter().map(|one| json!({ "id": Mistake::CAUSE.id, "field": one.field })).collect();
    let fix: Vec<_> = mistakes.iter().map(|one| one.said.text(lang).into_owned()).collect();
    vec![json!({
        "causes": causes, "why": [Mistake::CAUSE.why.text(lang)], "fix": fix, "certainty": "proved",
        "string_to_sign": Value::Null,
    })]
}

const OPENS: Word = Word::new(
    "这个资源能用 APIv3 密钥解开：wxkit v3 decrypt 显示内容",
    "this resource opens with the APIv3 key: wxkit v3 decrypt shows what it holds",
);
const UNKNOWN: Word = Word::new(
    "解不开，试过的密钥、nonce 和 associated_data 都不行：多半是另一个 APIv3 密钥（改过，或别的商户的）",
    "it does not open, whatever key, nonce and associated_data of those at hand: most likely another APIv3 key sealed it (one before a change, another merchant's)",
);
const HAND_IN: Word = Word::new(
    "用 --other old_key=env:OLD_KEY 给出其他可能的密钥",
    "hand in other keys that it may be with --other old_key=env:OLD_KEY",
);
