//! What parsers say, in words of ours: the usual complaints of JSON, XML, TOML, patterns and
//! addresses have their own in Chinese, with line and column kept; the rest stands in quotes
//! as what another program said. Comes in: its text; goes out: a sentence.

use wxkit::api::word::Part;
use wxkit::api::{Message, Word};

/// What a parser said, for a sentence of ours.
pub fn parser_word(said: &str) -> Message {
    if let Some(known) = known(said) {
        return known;
    }
    if let Some([said, line, column]) = split(said, "{} at line {} column {}") {
        return AT.with([Part::from(parser_word(said)), line.into(), column.into()]);
    }
    let inner = XML.iter().find_map(|word| Some((word, split(said, word.en)?)));
    if let Some((word, [said])) = inner {
        return word.with([parser_word(said)]);
    }
    if let Some([said, wanted]) = split(said, "{}, expected {}").filter(|[said, _]| known(said).is_some()) {
        return match wanted {
            "nothing" => NOTHING.with([Part::from(parser_word(said))]),
            wanted => EXPECTED.with([parser_word(said), things(wanted)]),
        };
    }
    QUOTED.with([said])
}

const AT: Word = Word::new("{}（第 {} 行第 {} 列）", "{} at line {} column {}");
const EXPECTED: Word = Word::new("{}，应为{}", "{}, expected {}");
const NOTHING: Word = Word::new("{}", "{}, expected nothing");
/// What stands before all that the reader of XML says.
const XML: [Word; 2] = [Word::new("{}", "syntax error: {}"), Word::new("{}", "ill-formed document: {}")];
const QUOTED: Word = Word::new("“{}”", "{}");

fn known(said: &str) -> Option<Message> {
    WORDS.iter().find_map(|word| Some(word.with(holes(said, word.en)?)))
}

/// The texts in the places of a pattern.
fn holes<'a>(said: &'a str, pattern: &str) -> Option<Vec<&'a str>> {
    let mut pieces = pattern.split("{}");
    let mut rest = said.strip_prefix(pieces.next()?)?;
    let mut found = Vec::new();
    for piece in pieces {
        let at = if piece.is_empty() { rest.len() } else { rest.rfind(piece)? };
        found.push(&rest[..at]);
        rest = &rest[at + piece.len()..];
    }
    rest.is_empty().then_some(found)
}

fn split<'a, const N: usize>(said: &'a str, pattern: &str) -> Option<[&'a str; N]> {
    holes(said, pattern)?.try_into().ok()
}

/// What may stand there: signs as they are, kinds of them in words.
fn things(wanted: &str) -> Message {
    let thing = |said: &str| match THINGS.iter().find(|word| word.en == said) {
        Some(word) => Message::from(*word),
        None => Word::new("{}", "{}").with([said]),
    };
    let all = wanted.split(", ").map(thing);
    all.reduce(|one, next| Word::new("{}、{}", "{}, {}").with([one, next]))
        .unwrap_or(Word::new("", "").into())
}

/// Kinds of signs that TOML may want.
const THINGS: &[Word] = &[
    Word::new("字母", "letters"),
    Word::new("数字", "numbers"),
    Word::new("数字", "digit"),
    Word::new("换行", "newline"),
];

/// What they say, whose English is theirs to the letter.
#[rustfmt::skip]
const WORDS: &[Word] = &[
    // JSON
    Word::new("这里应有一个值", "expected value"),
    Word::new("这里应有 :", "expected `:`"),
    Word::new("这里应有 , 或 ]", "expected `,` or `]`"),
    Word::new("这里应有 , 或 }", "expected `,` or `}`"),
    Word::new("这里应有双引号", "expected `\"`"),
    Word::new("只能是 true、false、null、数字、文本、对象或列表", "expected ident"),
    Word::new("名字要写在双引号里", "key must be a string"),
    Word::new("最后一项后面多了逗号", "trailing comma"),
    Word::new("后面还有多余的字符", "trailing characters"),
    Word::new("反斜杠后面的字符不对", "invalid escape"),
    Word::new("\\u 后面不是四位十六进制", "unexpected end of hex escape"),
    Word::new("\\u 只有代理对的一半", "lone leading surrogate in hex escape"),
    Word::new("\\u 不是一个字符", "invalid unicode code point"),
    Word::new("文本里有没转义的控制字符（换行、制表符）", "control character (\\u0000-\\u001F) found while parsing a string"),
    Word::new("数字写得不对", "invalid number"),
    Word::new("数字太大", "number out of range"),
    Word::new("套得太深", "recursion limit exceeded"),
    Word::new("列表没有结束", "EOF while parsing a list"),
    Word::new("对象没有结束", "EOF while parsing an object"),
    Word::new("文本没有结束", "EOF while parsing a string"),
    Word::new("值没有结束", "EOF while parsing a value"),
    Word::new("应是一个 JSON 对象，却是 {}", "invalid type: {}, expected a JSON object"),
    Word::new("缺少 {}", "missing field `{}`"),
    Word::new("{} 出现了两次", "duplicate field `{}`"),
    // XML
    Word::new("<{}> 没有结束标签", "start tag not closed: `</{}>` not found before end of input"),
    Word::new("没有和 </{}> 对应的开始标签", "close tag `</{}>` does not match any open tag"),
    Word::new("应为 </{}>，却是 </{}>", "expected `</{}>`, but `</{}>` was found"),
    Word::new("<! 后面的写法不认识", "unknown or missed symbol in markup"),
    Word::new("& 后面没有 ;", "entity or character reference not closed: `;` not found before end of input"),
    Word::new("注释里不能有 --", "forbidden string `--` was found in a comment"),
    Word::new("XML 声明里没有 version", "an XML declaration does not contain `version` attribute"),
    Word::new("XML 声明要以 version 开头，却是 {}", "an XML declaration must start with `version` attribute, but in starts with `{}`"),
    // TOML
    Word::new("文本要加引号", "string values must be quoted, expected literal string"),
    Word::new("日期写得不对", "invalid date"),
    Word::new("时间写得不对", "invalid time"),
    Word::new("名字后面没有值", "key with no value"),
    Word::new("名字不能为空", "unquoted keys cannot be empty"),
    Word::new("名字里的字符要加引号", "invalid unquoted key"),
    Word::new("名字后面没有值", "missing value for key"),
    Word::new("没有值", "missing value"),
    Word::new("值写得不对", "invalid value"),
    Word::new("true 或 false 写得不对", "invalid boolean"),
    Word::new("双引号的文本没有结束", "invalid basic string"),
    Word::new("单引号的文本没有结束", "invalid literal string"),
    Word::new("三个双引号的文本没有结束", "invalid multi-line basic string"),
    Word::new("三个单引号的文本没有结束", "invalid multi-line literal string"),
    Word::new("反斜杠后面的字符不对", "missing escaped value"),
    Word::new("\\u 后面的十六进制不够", "too few unicode value digits"),
    Word::new("同一个名字写了两次", "duplicate key"),
    Word::new("后面还有多余的内容", "unexpected key or value"),
    Word::new("后面还有多余的内容", "unexpected content"),
    Word::new("数字前面多了 0", "unexpected leading zero"),
    Word::new("整数太大", "integer number overflowed"),
    Word::new("小数太大", "floating-point number overflowed"),
    Word::new("[ 开头的表名没有结束", "unclosed table"),
    Word::new("[[ 开头的表名没有结束", "unclosed array table"),
    Word::new("列表没有结束", "unclosed array"),
    Word::new("{ 开头的表没有结束", "unclosed inline table"),
    Word::new("列表各项之间没有逗号", "missing comma between array elements"),
    Word::new("各项之间没有逗号", "missing comma between key-value pairs"),
    Word::new("没有 =", "missing assignment between key-value pairs"),
    Word::new("多了一个 =", "extra `=`"),
    Word::new("多了一个 =", "extra assignment between key-value pairs"),
    Word::new("列表里多了逗号", "extra comma in array"),
    Word::new("表里多了逗号", "extra comma in inline table"),
    Word::new("回车后面没有换行", "carriage return must be followed by newline"),
    Word::new("套得太深", "cannot recurse further; max recursion depth met"),
    Word::new("{} 已经是一个值，不能再写它下面的名字", "cannot extend value of type {} with a dotted key"),
    Word::new("有 {} 个字节不是 UTF-8，从第 {} 字节起", "invalid utf-8 sequence of {} bytes from index {}"),
    Word::new("第 {} 字节起的 UTF-8 没有结束", "incomplete utf-8 byte sequence from index {}"),
    // Patterns
    Word::new("( 没有对应的 )", "found open group without closing ')'"),
    Word::new("( 没有对应的 )", "expected closing ')', but got end of pattern"),
    Word::new(") 没有对应的 (", "found closing ')' without matching '('"),
    Word::new("[ 没有对应的 ]", "found unclosed character class"),
    Word::new("[ 没有对应的 ]", "non-empty character class has no closing bracket"),
    Word::new("[ 没有对应的 ]", "negated character class has no closing bracket"),
    Word::new("* + ? 前面没有可以重复的东西", "uncounted repetition operator must be applied to a sub-expression"),
    Word::new("花括号前面没有可以重复的东西", "counted repetition operator must be applied to a sub-expression"),
    Word::new("花括号没有结束", "found unclosed counted repetition operator"),
    Word::new("重复次数的下限大于上限", "found counted repetition with a min bigger than its max"),
    Word::new("方括号里的范围前后颠倒", "invalid range in character class"),
    Word::new("反斜杠后面的字符不对", "unrecognized escape sequence"),
    Word::new("反斜杠后面什么也没有", "saw start of escape sequence, but saw end of pattern before it finished"),
    Word::new("不支持前后查找 (?= (?!", "look-around is not supported"),
    Word::new("不支持反向引用", "backreferences are not supported"),
    Word::new("不支持 \\p{…}", "Unicode character classes are not supported"),
    Word::new("套得太深", "pattern has too much nesting"),
    // Addresses, connections, certificates, packed bodies
    Word::new("退出码 {}", "exit code {}"),
    Word::new("HTTP {}", "HTTP {}"),
    Word::new("超过 {} 字节", "more than {} bytes"),
    Word::new("连接被拒绝", "Connection refused (os error {})"),
    Word::new("连接被重置", "Connection reset by peer (os error {})"),
    Word::new("到不了这台主机", "No route to host (os error {})"),
    Word::new("到不了这个网络", "Network is unreachable (os error {})"),
    Word::new("没有权限", "Permission denied (os error {})"),
    Word::new("没有这个文件", "No such file or directory (os error {})"),
    Word::new("没有这个主机名", "failed to lookup address information: {}"),
    Word::new("证书的编码不对", "invalid certificate encoding"),
    Word::new("不是 PEM 格式的证书和私钥", "unexpected error: Invalid identity PEM file"),
    Word::new("要从 http:// 或 https:// 写起", "relative URL without a base"),
    Word::new("没有主机名", "empty host"),
    Word::new("端口不对", "invalid port number"),
    Word::new("主机名里有不允许的字符", "invalid international domain name"),
    Word::new("IPv4 地址不对", "invalid IPv4 address"),
    Word::new("IPv6 地址不对", "invalid IPv6 address"),
    Word::new("压缩的内容损坏", "corrupt deflate stream"),
    Word::new("gzip 的开头损坏", "invalid gzip header"),
    Word::new("内容没有结束", "unexpected end of file"),
];

#[cfg(test)]
mod tests {
    use wxkit::api::Lang;

    use super::*;

    fn zh(said: &str) -> String {
        parser_word(said).text(Lang::Zh).into_owned()
    }

    /// What the parsers of this build say today, about the usual slips.
    fn said() -> Vec<String> {
        let json = [
            "{\"a\":x}",
            "{a:1}",
            "{\"a\":1,}",
            "{\"a\" 1}",
            "[1 2]",
            "{\"a\":1 \"b\"}",
            "1 2",
            "\"\\q\"",
            "\"a",
            "[1,",
            "-",
            "nul",
        ];
        let json = json.map(|text| serde_json::from_str::<serde_json::Value>(text).unwrap_err().to_string());
        let xml = ["<xml><a>1</b></xml>", "<xml></a></b>", "<xml><!x></xml>", "<xml><a>&amp</a></xml>"];
        let xml = xml.map(|text| match wxkit::wire::xml::read(text.as_bytes()) {
            Err(wxkit::wire::WireError::Malformed { why, .. }) => why,
            other => panic!("{text}: {other:?}"),
        });
        json.into_iter().chain(xml).collect()
    }

    #[test]
    fn the_usual_slips_have_words_of_ours() {
        for said in said() {
            let zh = zh(&said);
            assert!(!zh.contains('“') && !zh.contains("expected"), "{said}: {zh}");
            assert_eq!(parser_word(&said).text(Lang::En), said);
        }
    }

    #[test]
    fn line_column_and_what_is_wanted_are_kept() {
        assert_eq!(zh("expected value at line 2 column 5"), "这里应有一个值（第 2 行第 5 列）");
        assert_eq!(zh("unclosed array, expected `]`"), "列表没有结束，应为`]`");
        assert_eq!(zh("unexpected key or value, expected newline, `#`"), "后面还有多余的内容，应为换行、`#`");
        assert_eq!(zh("ill-formed document: expected `</a>`, but `</b>` was found"), "应为 </a>，却是 </b>");
        assert_eq!(zh("something else"), "“something else”");
        let toml = "string values must be quoted, expected literal string";
        assert_eq!(parser_word(toml).text(Lang::En), toml);
    }
}
