//! The table of notations the other way round: for each a writer for every
//! language and tool that has it. Random fields are written down and have to
//! be read again as they were. For tests only.

use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use serde_json::json;

use super::table::TABLE;
use crate::explain::reader::{Asked, names, reading};

type Pairs = [(String, String)];

/// One way to write fields down.
struct Writer {
    /// What the first line of the answer calls it.
    from: &'static str,
    name: &'static str,
    write: fn(&Pairs) -> String,
    /// Characters that it cannot carry, or not so that anybody could tell.
    lacks: &'static str,
    ends: Ends,
    empty: Empty,
}

/// What a value may begin and end with.
#[derive(Clone, Copy, PartialEq)]
enum Ends {
    /// Anything: it is quoted, counted or tagged.
    Any,
    /// No blank and no quote: the print has the same around it.
    Plain,
    /// As before, no blank in a code and no mark of a remark: one may stand behind it.
    Word,
}

/// Whether a value may be empty.
#[derive(Clone, Copy, PartialEq)]
enum Empty {
    Written,
    /// A name without a value is not told from prose, or looks like the next name.
    Lost,
}

/// Anything goes.
const fn exact(from: &'static str, name: &'static str, write: fn(&Pairs) -> String) -> Writer {
    Writer { from, name, write, lacks: "", ends: Ends::Any, empty: Empty::Written }
}

/// Without quotes around values.
const fn bare(
    from: &'static str,
    name: &'static str,
    lacks: &'static str,
    write: fn(&Pairs) -> String,
) -> Writer {
    Writer { from, name, write, lacks, ends: Ends::Plain, empty: Empty::Written }
}

/// A line for each, without quotes.
const fn line(
    from: &'static str,
    name: &'static str,
    lacks: &'static str,
    write: fn(&Pairs) -> String,
) -> Writer {
    Writer { ends: Ends::Word, ..bare(from, name, lacks, write) }
}

const WRITERS: &[Writer] = &[
    exact("JSON", "JSON", |p| object(p, "{", ", ", "}", |n, v| format!("{}: {}", double(n), json!(v)))),
    exact("JSON", "JSON on lines", |p| {
        object(p, "{\n  ", ",\n  ", "\n}", |n, v| format!("{}: {}", double(n), json!(v)))
    }),
    exact("JSON", "JSON of PHP", |p| {
        object(p, "{", ",", "}", |n, v| {
            format!("{}:{}", double(n), ascii(&json!(v).to_string().replace('/', "\\/")))
        })
    }),
    exact("JSON", "JSON in JSON", |p| {
        json!({ "data": object(p, "{", ",", "}", |n, v| format!("{}:{}", double(n), json!(v))) }).to_string()
    }),
    exact("JSON", "JSON of xml2js", |p| {
        format!("{{\"xml\":{}}}", object(p, "{", ",", "}", |n, v| format!("{}:[{}]", double(n), json!(v))))
    }),
    exact("an object literal", "a JavaScript object", |p| {
        object(p, "{\n  ", ",\n  ", "\n}", |n, v| format!("{n}: {}", single(v)))
    }),
    exact("a PHP array or Ruby hash", "var_export", |p| {
        object(p, "array (\n  ", ",\n  ", ",\n)", |n, v| format!("{} => {}", single(n), single(v)))
    }),
    exact("a PHP array or Ruby hash", "a PHP array", |p| {
        object(p, "$data = [", ", ", "];", |n, v| format!("{} => {}", single(n), single(v)))
    }),
    exact("a PHP array or Ruby hash", "var_export of an object", |p| {
        object(p, "(object) array(\n   ", ",\n   ", ",\n)", |n, v| format!("{} => {}", single(n), single(v)))
    }),
    bare("a printed map or object", "a bridged dictionary of Swift", ",", |p| {
        object(p, "[", ", ", "]", |n, v| format!("AnyHashable(\"{n}\"): {v}"))
    }),
    Writer {
        lacks: "\"\\",
        ..exact("a PHP array or Ruby hash", "Laravel's dd", |p| {
            object(p, "array:9 [▼\n  ", "\n  ", "\n]", |n, v| format!("\"{n}\" => \"{v}\""))
        })
    },
    Writer {
        lacks: "\"\\",
        ..exact("a PHP array or Ruby hash", "a Collection of EasyWeChat", |p| {
            object(
                p,
                "EasyWeChat\\Support\\Collection {#283 ▼\n  #items: array:9 [▼\n    ",
                "\n    ",
                "\n  ]\n}",
                |n, v| format!("\"{n}\" => \"{v}\""),
            )
        })
    },
    exact("a PHP array or Ruby hash", "a Ruby hash", |p| {
        object(p, "{", ", ", "}", |n, v| format!("\"{n}\"=>{}", double(v)))
    }),
    exact("a PHP array or Ruby hash", "a Ruby hash of symbols", |p| {
        object(p, "{ ", ", ", " }", |n, v| format!(":{n} => {}", double(v)))
    }),
    exact("a PHP array or Ruby hash", "Rails parameters", |p| {
        object(p, "<ActionController::Parameters {", ", ", "} permitted: false>", |n, v| {
            format!("\"{n}\"=>{}", double(v))
        })
    }),
    exact("an object literal", "a Python dict", |p| {
        object(p, "{", ", ", "}", |n, v| format!("{}: {}", single(n), single(v)))
    }),
    exact("an object literal", "a Python dict of Python 2", |p| {
        object(p, "{", ", ", "}", |n, v| format!("u'{n}': u{}", ascii(&single(v))))
    }),
    exact("a Python dict", "an OrderedDict", |p| {
        object(p, "OrderedDict([", ", ", "])", |n, v| format!("('{n}', {})", single(v)))
    }),
    exact("an object literal", "named arguments", |p| {
        object(p, "dict(", ", ", ")", |n, v| format!("{n}={}", single(v)))
    }),
    exact("an object literal", "Java's Map.of", |p| {
        object(p, "Map.of(", ", ", ")", |n, v| format!("\"{n}\", {}", double(v)))
    }),
    exact("an object literal", "Kotlin's mapOf", |p| {
        object(p, "mapOf(", ", ", ")", |n, v| format!("\"{n}\" to {}", double(v)))
    }),
    exact("an object literal", "a Swift dictionary", |p| {
        object(p, "[", ", ", "]", |n, v| format!("\"{n}\": {}", double(v)))
    }),
    exact("an object literal", "an Objective-C dictionary", |p| {
        object(p, "@{", ", ", "}", |n, v| format!("@\"{n}\": @{}", double(v)))
    }),
    exact("an object literal", "a C# dictionary", |p| {
        object(p, "new Dictionary<string, string> {\n", ",\n", "\n}", |n, v| {
            format!("{{ \"{n}\", {} }}", double(v))
        })
    }),
    exact("an object literal", "a C# dictionary by index", |p| {
        object(p, "new Dictionary<string, string>\n{\n", ",\n", "\n}", |n, v| {
            format!("[\"{n}\"] = {}", double(v))
        })
    }),
    exact("JSON", "Go's %#v", |p| {
        object(p, "map[string]string{", ", ", "}", |n, v| format!("\"{n}\":{}", double(v)))
    }),
    exact("an object literal", "Go's spew", |p| {
        object(p, "(map[string]string) (len=9) {\n ", ",\n ", "\n}", |n, v| {
            format!("(string) (len={}) \"{n}\": (string) (len={}) {}", n.len(), v.len(), double(v))
        })
    }),
    exact("an object literal", "Rust's {:#?}", |p| {
        object(p, "Order {\n    ", ",\n    ", ",\n}", |n, v| format!("{n}: {}", double(v)))
    }),
    exact("a PHP array or Ruby hash", "an Elixir map", |p| {
        object(p, "%{", ", ", "}", |n, v| format!("\"{n}\" => {}", double(v)))
    }),
    exact("an object literal", "a Lua table", |p| {
        object(p, "{\n  ", ",\n  ", ",\n}", |n, v| format!("[\"{n}\"] = {}", double(v)))
    }),
    exact("an object literal", "NSLog of a dictionary", |p| {
        object(p, "{\n    ", ";\n    ", ";\n}", |n, v| format!("{n} = {}", ascii_objc(&double(v))))
    }),
    exact("XML", "XML", |p| object(p, "<xml>", "", "</xml>", |n, v| format!("<{n}><![CDATA[{v}]]></{n}>"))),
    exact("XML", "XML on lines", |p| {
        object(p, "<?xml version=\"1.0\"?>\n<xml>\n  ", "\n  ", "\n</xml>", |n, v| {
            format!("<{n}>{}</{n}>", entities(v))
        })
    }),
    exact("XML", "XML without its root", |p| {
        object(p, "", "\n", "", |n, v| format!("<{n}><![CDATA[{v}]]></{n}>"))
    }),
    exact("XML", "XML in JSON", |p| {
        json!({ "body": object(p, "<xml>", "\n", "</xml>", |n, v| format!("<{n}><![CDATA[{v}]]></{n}>")) })
            .to_string()
    }),
    bare("a print_r", "print_r", "", |p| {
        object(p, "Array\n(\n", "", ")\n", |n, v| match v {
            "" => format!("    [{n}] => Array\n        (\n        )\n\n"),
            v => format!("    [{n}] => {v}\n"),
        })
    }),
    bare("a print_r", "print_r on one line", "", |p| {
        object(p, "Array ( ", " ", " )", |n, v| match v {
            "" => format!("[{n}] => Array ( )"),
            v => format!("[{n}] => {v}"),
        })
    }),
    bare("a print_r", "print_r of an object", "", |p| {
        object(
            p,
            "WxPayNotify Object\n(\n    [values:protected] => Array\n        (\n",
            "",
            "        )\n\n)\n",
            |n, v| format!("            [{n}] => {v}\n"),
        )
    }),
    exact("a var_dump", "var_dump", |p| {
        object(p, "array(9) {\n", "", "}\n", |n, v| format!("  [\"{n}\"]=>\n  string({}) \"{v}\"\n", v.len()))
    }),
    exact("a var_dump", "var_dump on one line", |p| {
        object(p, "array(9) { ", " ", " }", |n, v| format!("[\"{n}\"]=> string({}) \"{v}\"", v.len()))
    }),
    exact("a var_dump", "var_dump of an object", |p| {
        object(
            p,
            "object(WxPayResults)#3 (1) {\n  [\"values\":protected]=>\n  array(9) {\n",
            "",
            "  }\n}\n",
            |n, v| format!("    [\"{n}\"]=>\n    string({}) \"{v}\"\n", v.len()),
        )
    }),
    Writer {
        lacks: "'",
        ..exact("a var_dump", "Xdebug", |p| {
            object(p, "array (size=9)\n", "", "", |n, v| {
                format!("  '{n}' => string '{v}' (length={})\n", v.len())
            })
        })
    },
    exact("a PHP serialize()", "serialize()", |p| {
        object(p, "a:9:{", "", "}", |n, v| format!("s:{}:\"{n}\";s:{}:\"{v}\";", n.len(), v.len()))
    }),
    exact("a PHP serialize()", "serialize() of an object", |p| {
        object(p, "O:8:\"stdClass\":9:{", "", "}", |n, v| {
            format!("s:{}:\"{n}\";s:{}:\"{v}\";", n.len(), v.len())
        })
    }),
    exact("a query string", "a query", |p| object(p, "", "&", "", |n, v| format!("{n}={}", percent(v)))),
    exact("a query string", "an address", |p| {
        object(p, "https://pay.example.org/n?", "&", "#top", |n, v| format!("{n}={}", percent(v)))
    }),
    exact("an HTTP message", "a line of an access log", |p| {
        object(p, "1.2.3.4 - - [01/Jan/2024] \"GET /n?", "&", " HTTP/1.1\" 200 5", |n, v| {
            format!("{n}={}", percent(v))
        })
    }),
    bare("a string to sign", "a string to sign", "&<", |p| {
        object(p, "", "&", "&key=192006250b4c09247ec02edce69f6a2d", |n, v| format!("{n}={v}"))
    }),
    exact("a multipart form", "a multipart form", |p| {
        object(p, "", "", "--x7MA4--", |n, v| {
            format!("--x7MA4\r\nContent-Disposition: form-data; name=\"{n}\"\r\n\r\n{v}\r\n")
        })
    }),
    exact("calls that set values", "put of a Java map", |p| {
        object(p, "", "\n", "", |n, v| format!("params.put(\"{n}\", {});", double(v)))
    }),
    exact("calls that set values", "SetValue of the C# sample", |p| {
        object(p, "", "\n", "", |n, v| format!("data.SetValue(\"{n}\", {});", double(v)))
    }),
    exact("calls that set values", "setters", |p| {
        object(p, "", "\n", "", |n, v| format!("req.set{n}({});", double(v)))
    }),
    exact("calls that set values", "setObject:forKey:", |p| {
        object(p, "", "\n", "", |n, v| format!("[dict setObject:@{} forKey:@\"{n}\"];", double(v)))
    }),
    bare("a printed map or object", "a Java map", ",", |p| {
        object(p, "{", ", ", "}", |n, v| format!("{n}={v}"))
    }),
    bare("a printed map or object", "a Java map on lines", ",", |p| {
        object(p, "{", ",\n ", "}", |n, v| format!("{n}={v}"))
    }),
    bare("a printed map or object", "Lombok's toString", ",", |p| {
        object(p, "OrderReq(", ", ", ")", |n, v| format!("{n}={}", null(v)))
    }),
    bare("a printed map or object", "a record", ",", |p| {
        object(p, "OrderReq[", ", ", "]", |n, v| format!("{n}={}", null(v)))
    }),
    Writer {
        lacks: "'\\",
        ..exact("an object literal", "IntelliJ's toString", |p| {
            object(p, "OrderReq{", ", ", "}", |n, v| format!("{n}='{v}'"))
        })
    },
    bare("a printed map or object", "a dump of C#", ",", |p| {
        object(p, "{", ", ", "}", |n, v| format!("[{n}, {v}]"))
    }),
    bare("a printed map or object", "a Dart map", ",", |p| {
        object(p, "{", ", ", "}", |n, v| format!("{n}: {v}"))
    }),
    bare("a printed map or object", "a Scala map", ",", |p| {
        object(p, "Map(", ", ", ")", |n, v| format!("{n} -> {v}"))
    }),
    bare("a printed map or object", "a Go map", ":", |p| {
        object(p, "map[", " ", "]", |n, v| format!("{n}:{v}"))
    }),
    Writer {
        empty: Empty::Lost,
        ..bare("a printed map or object", "values in brackets", "", |p| {
            object(p, "", " ", "", |n, v| format!("{n}=[{v}]"))
        })
    },
    exact("lines of names and values", "assignments of PHP", |p| {
        object(p, "", "\n", "", |n, v| format!("$data['{n}'] = {};", single(v)))
    }),
    exact("lines of names and values", "assignments of JavaScript", |p| {
        object(p, "", "\n", "", |n, v| format!("req.{n} = {};", double(v)))
    }),
    line("lines of names and values", "YAML", "", |p| object(p, "", "\n", "", |n, v| format!("{n}: {v}"))),
    line("lines of names and values", "an INI file", "", |p| {
        object(p, "", "\n", "", |n, v| format!("{n} = {v}"))
    }),
    Writer {
        empty: Empty::Lost,
        ..line("lines of names and values", "columns", "", |p| {
            object(p, "", "\n", "", |n, v| format!("{n}\t{v}"))
        })
    },
    line("lines of names and values", "arrows", "", |p| {
        object(p, "", "\n", "", |n, v| format!("{n} => {v}"))
    }),
    bare("lines of names and values", "print in a loop", "", |p| {
        object(p, "", "\n", "\n", |n, v| format!("{n} {v}"))
    }),
    line("lines of names and values", "key and value", "'\"", |p| {
        object(p, "", "\n", "", |n, v| format!("key= {n} and value= {v}"))
    }),
    line("lines of names and values", "KeyValuePair", "'\"", |p| {
        object(p, "", "\n", "", |n, v| format!("Key = {n}, Value = {v}"))
    }),
    Writer {
        lacks: "'\\",
        empty: Empty::Lost,
        ..exact("lines of names and values", "console.table", |p| {
            object(
                p,
                "┌─────────┬────────┐\n│ (index) │ Values │\n├─────────┼────────┤\n",
                "",
                "└─────────┴────────┘",
                |n, v| format!("│ {n} │ '{v}' │\n"),
            )
        })
    },
    exact("an object literal", "a name and its value a line of JSON", |p| {
        object(p, "", "\n", "", |n, v| json!({ "name": n, "value": v }).to_string())
    }),
    exact("an object literal", "Go's %q", |p| {
        object(p, "map[", " ", "]", |n, v| format!("\"{n}\":{}", double(v)))
    }),
    exact("an object literal", "Go's %#v of url.Values", |p| {
        object(p, "url.Values{", ", ", "}", |n, v| format!("\"{n}\":[]string{{{}}}", double(v)))
    }),
    exact("an object literal", "an Erlang proplist", |p| {
        object(p, "[", ",", "]", |n, v| format!("{{<<\"{n}\">>,<<{}/utf8>>}}", double(v)))
    }),
    exact("an object literal", "a Clojure map", |p| {
        object(p, "{", ", ", "}", |n, v| format!(":{n} {}", double(v)))
    }),
    bare("a printed map or object", "bars", "|，\"'>", |p| {
        object(p, "", "|", "", |n, v| format!("{n}={v}"))
    }),
    bare("a printed map or object", "a map behind a label", ",，\"'>", |p| {
        object(p, "params: ", ", ", "", |n, v| format!("{n}: {v}"))
    }),
    exact("tags and attributes", "an HTML form", |p| {
        object(p, "<form action=\"/n\">", "\n", "</form>", |n, v| {
            format!("<input type=\"hidden\" name=\"{n}\" value=\"{}\">", entities(v).replace('"', "&quot;"))
        })
    }),
    Writer {
        ends: Ends::Plain,
        ..exact("tags and attributes", "an HTML table", |p| {
            object(p, "<table>", "\n", "</table>", |n, v| {
                format!("<tr><td>{n}</td><td class=\"v\">{}</td></tr>", entities(v))
            })
        })
    },
    Writer {
        ends: Ends::Plain,
        ..exact("tags and attributes", "a plist", |p| {
            object(p, "<plist><dict>", "", "</dict></plist>", |n, v| {
                format!("<key>{n}</key>\n<string>{}</string>\n", entities(v))
            })
        })
    },
    Writer {
        ends: Ends::Plain,
        ..exact("tags and attributes", "Java's properties in XML", |p| {
            object(p, "<properties>", "\n", "</properties>", |n, v| {
                format!("<entry key=\"{n}\">{}</entry>", entities(v))
            })
        })
    },
    exact("tags and attributes", "attributes", |p| {
        object(p, "<order ", " ", "/>", |n, v| format!("{n}=\"{}\"", entities(v).replace('"', "&quot;")))
    }),
    exact("a table", "CSV", |p| {
        let cell = |v: &str| format!("\"{}\"", v.replace('"', "\"\""));
        rows(p, ",", |v| if v.is_empty() { String::new() } else { cell(v) })
    }),
    bare("a table", "a spreadsheet", "", |p| rows(p, "\t", str::to_owned)),
    bare("a table", "mysql", "|", |p| {
        let names: Vec<&str> = p.iter().map(|(n, _)| n.as_str()).collect();
        let values: Vec<&str> = p.iter().map(|(_, v)| v.as_str()).collect();
        let (names, values) = (names.join(" | "), values.join(" | "));
        format!("+----+----+\n| {names} |\n+----+----+\n| {values} |\n+----+----+\n1 row in set")
    }),
    exact("a table", "INSERT", |p| {
        let names: Vec<String> = p.iter().map(|(n, _)| format!("`{n}`")).collect();
        let values: Vec<String> =
            p.iter().map(|(_, v)| format!("'{}'", v.replace('\\', "\\\\").replace('\'', "''"))).collect();
        format!("INSERT INTO `orders` ({}) VALUES ({});", names.join(", "), values.join(", "))
    }),
    bare("names and values in turn", "the network panel of a browser", "", |p| {
        object(p, "", "\n", "", |n, v| format!("{n}\n{v}"))
    }),
    exact("names and values in turn", "HGETALL", |p| {
        let line = |(at, text): (usize, &str)| format!("{:2}) {}", at + 1, double(text));
        let texts = p.iter().flat_map(|(n, v)| [n.as_str(), v.as_str()]);
        texts.enumerate().map(line).collect::<Vec<_>>().join("\n")
    }),
    exact("XML", "XML behind a margin", |p| {
        object(
            p,
            "Nov 26 10:10:09 web1 app[1]: <xml>\n",
            "\n",
            "\nNov 26 10:10:10 web1 app[1]: </xml>",
            |n, v| format!("Nov 26 10:10:{:02} web1 app[1]: <{n}><![CDATA[{v}]]></{n}>", 10 + n.len()),
        )
    }),
    exact("XML", "XML in base64", |p| crate::sign::base64_text(xml(p).as_bytes())),
    exact("XML", "XML in hex", |p| xml(p).bytes().map(|b| format!("{b:02X}")).collect::<Vec<_>>().concat()),
    exact("XML", "XML in a form", |p| format!("xml={}", percent(&xml(p)))),
    exact("an object literal", "console.log in colours", |p| {
        object(p, "{\n  ", ",\n  ", "\n}", |n, v| format!("{n}: \u{1b}[32m{}\u{1b}[39m", single(v)))
    }),
];

fn xml(pairs: &Pairs) -> String {
    object(pairs, "<xml>", "", "</xml>", |n, v| format!("<{n}><![CDATA[{v}]]></{n}>"))
}

/// A row of names and one of values.
fn rows(pairs: &Pairs, mark: &str, cell: impl Fn(&str) -> String) -> String {
    let names: Vec<String> = pairs.iter().map(|(n, _)| n.clone()).collect();
    let values: Vec<String> = pairs.iter().map(|(_, v)| cell(v)).collect();
    format!("{}\n{}", names.join(mark), values.join(mark))
}

fn object(
    pairs: &Pairs,
    open: &str,
    between: &str,
    close: &str,
    entry: impl Fn(&str, &str) -> String,
) -> String {
    let entries: Vec<String> = pairs.iter().map(|(n, v)| entry(n, v)).collect();
    format!("{open}{}{close}", entries.join(between))
}

/// `"…"` with the escapes of nearly all languages.
fn double(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn single(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// Everything else as `\u8336`, in units of UTF-16.
fn ascii(text: &str) -> String {
    let one = |unit: u16| match u8::try_from(unit) {
        Ok(byte) if byte.is_ascii() => char::from(byte).to_string(),
        _ => format!("\\u{unit:04x}"),
    };
    text.encode_utf16().map(one).collect()
}

fn ascii_objc(text: &str) -> String {
    ascii(text).replace("\\u", "\\U")
}

fn entities(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn percent(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

fn null(text: &str) -> &str {
    if text.is_empty() { "null" } else { text }
}

/// Names of an order; a signature stands among them.
const NAMES: [&str; 8] =
    ["appid", "attach", "body", "detail", "goods_tag", "mch_id", "nonce_str", "out_trade_no"];
const SIGN: &str = "9A0A8659F005D6984697E2CA0A9CF3B7";

/// What people have in their values, and what notations are made of.
const LETTERS: &str = "abcXYZ0189茶费，“é🍵\"' &=\\<>%+;:,/.-_|#!?*";

fn value() -> impl Strategy<Value = String> {
    let letters: Vec<char> = LETTERS.chars().collect();
    prop_oneof![
        1 => Just(String::new()),
        6 => proptest::collection::vec(proptest::sample::select(letters), 1..14).prop_map(String::from_iter),
        2 => "[a-zA-Z0-9]{1,20}",
    ]
}

fn fields() -> impl Strategy<Value = Vec<(String, String)>> {
    let sign_at = 0..=NAMES.len();
    (proptest::collection::vec(value(), NAMES.len() - 1), sign_at).prop_map(|(values, at)| {
        // It comes first in every string to sign, and is never anything odd.
        let values = std::iter::once("wx77aa88bb99cc00dd".to_owned()).chain(values);
        let mut all: Vec<(String, String)> = NAMES.iter().map(|n| (*n).to_owned()).zip(values).collect();
        all.insert(at, ("sign".to_owned(), SIGN.to_owned()));
        all
    })
}

/// A value as this writer can carry it.
fn carried(writer: &Writer, name: &str, value: &str) -> String {
    let mut value: String = value.chars().filter(|c| !writer.lacks.contains(*c)).collect();
    if writer.ends == Ends::Word && !names::is_prose(name) {
        value.retain(|c| c != ' ');
    }
    if writer.ends == Ends::Word {
        value.retain(|c| !matches!(c, '/' | '#'));
    }
    if writer.ends != Ends::Any {
        value = value.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    }
    if value.is_empty() && writer.empty == Empty::Lost { "x".to_owned() } else { value }
}

fn misread(writer: &Writer, fields: &Pairs) -> Option<String> {
    let fields: Vec<_> = fields.iter().map(|(n, v)| (n.clone(), carried(writer, n, v))).collect();
    let text = (writer.write)(&fields);
    let told = |what: String| Some(format!("{}: {what}\n{text}", writer.name));
    let (case, from) = match reading(text.as_bytes(), &Asked::default()) {
        Ok(reading) => (reading.case, reading.from.en),
        Err(error) => return told(format!("{error:?}")),
    };
    if from != writer.from {
        return told(format!("read as {from}"));
    }
    if case.signature != SIGN {
        return told(format!("the signature is {:?}", case.signature));
    }
    let wanted: Vec<(&str, &str)> =
        fields.iter().filter(|(n, _)| n != "sign").map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let found: Vec<(&str, &str)> = case.fields.iter().collect();
    if found == wanted { None } else { told(format!("{found:?}\ninstead of {wanted:?}")) }
}

/// How many cases proptest tries where nobody asks for another number.
const USUAL: u32 = 256;

#[test]
fn what_was_written_is_read_again() {
    let config = || ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() };
    // The same values in every run, so that a failure is the fault of a change. Other
    // values, and many, are tried with PROPTEST_CASES=5000, which the default knows.
    let asked = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    let runner = || match asked.cases {
        USUAL => TestRunner::new_with_rng(config(), TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
        _ => TestRunner::new(asked.clone()),
    };
    let failure = |writer: &Writer| {
        let is_read =
            |fields: Vec<_>| misread(writer, &fields).map_or(Ok(()), |why| Err(TestCaseError::fail(why)));
        runner().run(&fields(), is_read).err().map(|error| error.to_string())
    };
    let wrong: Vec<String> = WRITERS.iter().filter_map(failure).collect();
    assert!(wrong.is_empty(), "{} misread:\n{}", wrong.len(), wrong.join("\n\n"));
}

/// Found by chance: without its backslash, the value ends early, and a field more is found.
#[test]
fn escapes_of_a_value_are_undone_once() {
    let all = [("sign", SIGN), ("appid", "wx77aa88bb99cc00dd"), ("mch_id", "';a，"), ("nonce_str", "")];
    let all: Vec<_> = all.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    let php = WRITERS.iter().find(|writer| writer.name == "assignments of PHP").unwrap();
    assert_eq!(misread(php, &all), None);
}

#[test]
fn no_notation_is_without_a_writer() {
    let sample = [("appid".to_owned(), "wx1".to_owned()), ("sign".to_owned(), SIGN.to_owned())];
    for row in TABLE {
        let is_row = |writer: &&Writer| (row.name)(&(writer.write)(&sample)).en == writer.from;
        assert!(WRITERS.iter().any(|writer| is_row(&writer)), "{}", (row.name)("").en);
    }
}

/// Dumps of Symfony and Kint, and people who type, leave quotes as they are.
#[test]
fn quotes_that_nobody_escaped_belong_to_the_value() {
    for line in [
        "  \"attach\" => \"a{\"id\":1}\"",
        "attach: \"a{\"id\":1}\",",
        "'attach' => string (9) \"a{\"id\":1}\"",
    ] {
        let text = format!("array:3 [▼\n  \"appid\" => \"wx1\"\n{line}\n  \"sign\" => \"{SIGN}\"\n]");
        let reading = reading(text.as_bytes(), &Asked::default()).unwrap();
        let all: Vec<_> = std::iter::once(&reading.case).chain(&reading.others).collect();
        assert!(all.iter().any(|case| case.fields.get("attach") == Some("a{\"id\":1}")), "{text}\n{all:?}");
    }
}
