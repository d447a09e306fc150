//! Questions to a person. The only file that names dialoguer. A question that
//! nobody can answer is an error, never a silent default.

use dialoguer::{Input, Password};
use wxkit::api::{Lang, Word};
use wxkit::sign::Secret;

use super::error::{self, Error};

/// A secret, typed without being shown.
pub fn secret(name: &str, lang: Lang) -> Result<Secret, Error> {
    let prompt = Word::new("请输入 {}（不回显）", "{} (not shown)").with([name]).text(lang).into_owned();
    let typed = Password::new().with_prompt(prompt).allow_empty_password(true).interact();
    typed.map(Secret::new).map_err(|_| error::no_input(name))
}

/// A line of text; empty means left out.
pub fn text(name: &str, question: Word, usual: Option<&str>, lang: Lang) -> Result<Option<String>, Error> {
    let input = Input::<String>::new().with_prompt(question.text(lang)).allow_empty(true);
    // Shown beside the question: what is typed takes its place, and is not put behind it.
    let input = if let Some(usual) = usual { input.default(usual.to_owned()) } else { input };
    let typed = input.interact_text().map_err(|_| error::no_input(name))?;
    Ok(Some(typed.trim().to_owned()).filter(|text| !text.is_empty()))
}
