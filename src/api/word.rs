//! A sentence in both languages. Every text a person can read starts as a
//! [`Word`]; the language is chosen where it is shown, never where it is made.

use std::borrow::Cow;

/// The language of a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Chinese, simplified.
    Zh,
    /// English.
    #[default]
    En,
}

/// One fixed text in Chinese and English. `{}` marks the places that
/// [`Message`] fills in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Word {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

impl Word {
    /// Pairs the two texts; Chinese first, as everywhere in the tables.
    #[must_use]
    pub const fn new(zh: &'static str, en: &'static str) -> Self {
        Self { zh, en }
    }

    /// The text for this reader.
    #[must_use]
    pub const fn text(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }

    /// This word with its `{}` places filled.
    #[must_use]
    pub fn with<P: Into<Part>>(self, args: impl IntoIterator<Item = P>) -> Message {
        Message { word: self, args: args.into_iter().map(Into::into).collect() }
    }
}

/// A [`Word`] and the values for its places: a sentence that is still data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The sentence.
    pub word: Word,
    /// What goes into its `{}` places, in order.
    pub args: Vec<Part>,
}

/// What goes into one place of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A value, the same in every language.
    Text(String),
    /// A sentence of its own.
    Message(Box<Message>),
}

impl From<&str> for Part {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Part {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Word> for Part {
    fn from(word: Word) -> Self {
        Self::Message(Box::new(word.into()))
    }
}

impl From<Message> for Part {
    fn from(message: Message) -> Self {
        Self::Message(Box::new(message))
    }
}

impl From<Word> for Message {
    fn from(word: Word) -> Self {
        Self { word, args: Vec::new() }
    }
}

impl Message {
    /// The finished sentence for this reader. Values are inserted as they
    /// are: a `{}` inside a value is never filled again.
    #[must_use]
    pub fn text(&self, lang: Lang) -> Cow<'static, str> {
        let template = self.word.text(lang);
        if self.args.is_empty() {
            return Cow::Borrowed(template);
        }
        let mut args = self.args.iter();
        let mut pieces = template.split("{}");
        let mut out = String::from(pieces.next().unwrap_or_default());
        for piece in pieces {
            match args.next() {
                Some(Part::Text(text)) => out.push_str(text),
                Some(Part::Message(message)) => out.push_str(&message.text(lang)),
                None => out.push_str("{}"),
            }
            out.push_str(piece);
        }
        Cow::Owned(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_filled_once_and_in_order() {
        let word = Word::new("{}大于{}", "{} is over {}");
        let message = word.with(["{}", "2"]);
        assert_eq!(message.text(Lang::En), "{} is over 2");
        assert_eq!(message.text(Lang::Zh), "{}大于2");
    }
}
