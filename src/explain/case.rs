//! What is to be explained: the scheme, the fields, the signature that was
//! refused, the secret, and everything else that might have been used instead.
//! Plain data; it reads nothing and decides nothing but its scheme.

use super::family::{Digests, Scheme};
use crate::api::Word;
use crate::sign::{self, Recipe, Secret, SignType};
use crate::wire::Fields;

/// One signature to explain.
#[derive(Debug, Clone)]
pub struct Case {
    /// Which signature it is.
    pub scheme: Scheme,
    /// The fields it was made of, without the signature itself; ones that do
    /// not belong to the scheme stay: they may have been signed by mistake.
    pub fields: Fields,
    /// As it was given; empty if none was found.
    pub signature: String,
    /// Pay key, ticket or token.
    pub secret: Option<Secret>,
    /// The digest that was agreed on, where the fields do not say.
    pub sign_type: Option<SignType>,
    /// Further candidates with their labels: another key, ticket, URL, nonce.
    pub others: Vec<(String, Secret)>,
    /// Damage of the paste that was undone for reading.
    pub repairs: Vec<Repair>,
}

/// Damage that a page or a printer did to a paste; not a mistake of signing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repair {
    /// `×tamp` for `&timestamp`.
    Times,
    /// `\/`, `\n`, `\u8336`: a string as a log or a language writes it.
    Escapes,
    /// `&amp;` for `&`.
    Amp,
    /// `&lt;` for `<`.
    Entities,
    /// Typographic quotes for plain ones.
    Quotes,
    /// `//`, ` * `, `#`, `>` in front of every line.
    Comments,
    /// `^` of the Windows shell.
    Carets,
    /// `"…" + "…"`.
    Joined,
    /// Blanks that a browser puts around values of XML.
    XmlView,
    /// UTF-16.
    Utf16,
    /// GBK.
    Gbk,
    /// The colours of a terminal.
    Colors,
    /// What a tool prints in front of every line.
    Margin,
    /// Hex digits, or a dump of bytes.
    Hex,
    /// Base64.
    Base64,
    /// Percent signs of a form.
    Percent,
    /// Full-width signs, and blanks that do not break.
    Wide,
    /// What a language puts around names.
    Dress,
    /// Lines of something else between those of the message.
    Strays,
}

impl Repair {
    /// What was repaired.
    #[must_use]
    pub const fn word(self) -> Word {
        match self {
            Self::Times => Word::new(
                "粘贴内容里的 ×tamp 已还原为 &timestamp",
                "the paste had ×tamp; it was read as &timestamp",
            ),
            Self::Escapes => Word::new(
                "粘贴内容里的转义（\\/、\\n、\\u…）已还原",
                "the paste was escaped (\\/, \\n, \\u…); it was read as what that stands for",
            ),
            Self::Amp => Word::new("粘贴内容里的 &amp; 已还原为 &", "the paste had &amp;; it was read as &"),
            Self::Entities => Word::new(
                "粘贴内容里的 &lt; 等实体已还原",
                "the paste had &lt; and the like; they were undone",
            ),
            Self::Quotes => Word::new(
                "粘贴内容里的中文引号已还原",
                "the paste had curly quotes; they were read as plain ones",
            ),
            Self::Comments => {
                Word::new("行首的注释符号已去掉", "comment marks in front of the lines were left out")
            }
            Self::Carets => {
                Word::new("Windows 命令行的 ^ 已去掉", "the carets of the Windows shell were left out")
            }
            Self::Joined => {
                Word::new("程序里拼接的字符串已接起来", "strings that a program joins were joined")
            }
            Self::XmlView => Word::new(
                "浏览器显示 XML 时加的空白已去掉",
                "the blanks that a browser shows around XML values were left out",
            ),
            Self::Colors => Word::new("终端颜色代码已去掉", "the colour codes of a terminal were left out"),
            Self::Margin => Word::new(
                "每行前面的日志前缀或行号已去掉",
                "what a tool prints in front of every line was left out",
            ),
            Self::Hex => {
                Word::new("十六进制内容已还原", "the paste was hex; it was read as the bytes it stands for")
            }
            Self::Base64 => {
                Word::new("base64 内容已解码", "the paste was base64; it was read as what that stands for")
            }
            Self::Percent => {
                Word::new("粘贴内容里的 %XX 已解码", "the paste was percent-encoded; it was decoded")
            }
            Self::Wide => Word::new(
                "全角符号和不换行空格已按普通字符读取",
                "full-width signs and non-breaking blanks were read as plain ones",
            ),
            Self::Dress => Word::new(
                "AnyHashable(\"…\") 已还原为里面的名称",
                "AnyHashable(\"…\") was read as the name inside",
            ),
            Self::Strays => {
                Word::new("不是微信字段的行已忽略", "lines that are no fields of WeChat's were left out")
            }
            Self::Utf16 => Word::new("文件是 UTF-16，已按它读取", "the file is UTF-16 and was read as that"),
            Self::Gbk => Word::new(
                "内容是 GBK，已按它读取（微信只收 UTF-8）",
                "the text is GBK and was read as that (WeChat takes UTF-8 only)",
            ),
        }
    }
}

impl Case {
    /// The right recipe for this case: the digest of pay signatures follows
    /// from the fields, else from what was agreed on, else from the length.
    #[must_use]
    pub fn recipe(&self) -> Recipe {
        let family = self.scheme.family();
        match family.digests {
            Digests::One | Digests::Rsa => *family.recipe,
            Digests::Two(said_in) => self.digest(said_in).of(family.recipe),
        }
    }

    /// Whether WeChat made the message, as its result tells: a reply or a notice.
    pub(super) fn is_from_wechat(&self) -> bool {
        let has = |name: &str| self.fields.get(name).is_some();
        self.scheme.family().is_message() && (has("return_code") || has("result_code"))
    }

    /// Whether the signature is right, by arithmetic alone.
    #[must_use]
    pub fn is_right(&self) -> bool {
        let case = self.respelled();
        let right = |secret| sign::sign(&case.recipe(), case.fields.iter(), secret);
        case.secret.as_ref().is_some_and(|secret| right(secret) == case.signature.trim())
    }

    fn digest(&self, said_in: Option<&str>) -> SignType {
        let said = said_in.and_then(|name| self.fields.filled(name)).and_then(SignType::named);
        let by_length = || {
            if self.is_plain_request() {
                SignType::Md5
            } else {
                SignType::of_signature(self.signature.trim())
            }
        };
        said.or(self.sign_type).unwrap_or_else(by_length)
    }

    /// A request that WeChat reads as MD5 because no `sign_type` is sent; in
    /// replies and notices it is often left out whatever the digest.
    fn is_plain_request(&self) -> bool {
        let has = |name: &str| self.fields.get(name).is_some();
        let is_message = self.scheme.family().recipe.names.take("spbill_create_ip");
        is_message
            && (has("notify_url") || has("auth_code"))
            && has("spbill_create_ip")
            && !has("return_code")
    }

    /// The same under the names that are signed, whatever a page calls them,
    /// and with what it passes in another place.
    pub(super) fn respelled(&self) -> Self {
        let family = self.scheme.family();
        let mut fields = family.respelled(&self.fields);
        let apart = family.apart.as_ref().filter(|apart| {
            let has = |name: &&str| fields.get(name).is_some();
            !has(&apart.name) && !apart.unless.iter().any(has)
        });
        let handed = apart.and_then(|apart| {
            let (_, value) = self.others.iter().find(|(label, _)| apart.labels.contains(&&**label))?;
            Some((apart.name, value.expose()))
        });
        fields.extend(handed);
        let mut signature = self.signature.clone();
        if signature.is_empty() {
            signature = family.signatures.iter().find_map(|name| fields.remove(name)).unwrap_or_default();
        }
        Self { fields, signature, ..self.clone() }
    }
}
