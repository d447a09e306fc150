//! Words for a scenario that cannot be run: where it is wrong, and what is right there.

use std::time::Duration;

use wxkit::api::word::Part;
use wxkit::api::{Message, Word};
use wxkit::config::{Slip, Wanted, Wrong};

use super::parser::parser_word;
use super::{Error, Exit, typed};

impl From<Slip> for Error {
    fn from(slip: Slip) -> Self {
        let Slip { path, line, wrong } = slip;
        let file = path.display().to_string();
        let (said, hint) = match wrong {
            Wrong::Disk(trouble) => return Self { exit: Exit::Usage, ..trouble.into() },
            wrong => words(wrong),
        };
        let place = line.map_or(file.clone(), |line| format!("{file}:{line}"));
        let message = Word::new("{}：{}", "{}: {}").with([Part::from(place), said.into()]);
        let error = Self::new("scenario.invalid", Exit::Usage, message);
        match hint {
            Some(hint) => error.hint(hint),
            None => error,
        }
    }
}

/// What is wrong, and what is right.
fn words(wrong: Wrong) -> (Message, Option<Message>) {
    match wrong {
        Wrong::Disk(trouble) => (Error::from(trouble).message, None),
        Wrong::NotToml(why) => (Word::new("不是 TOML：{}", "this is not TOML: {}").with([parser_word(&why)]), None),
        Wrong::UnknownKey { key, near, known } => (
            Word::new("不认识 {}", "unknown key {}").with([typed(&key)]),
            Some(match near {
                Some(near) => Word::new("是不是 {}？", "did you mean {}?").with([near]),
                None => Word::new("这里可以写：{}", "here may stand: {}").with([known.join(", ")]),
            }),
        ),
        Wrong::ElsewhereKey { key, with } => (
            Word::new("{} 不能用在这一步", "{} does not go with what this step does").with([key]),
            Some(Word::new("它和 {} 一起用", "it goes with {}").with([with.join(", ")])),
        ),
        Wrong::Kind { key, wanted } => {
            let said = Word::new("{} 应是{}", "{} should be {}");
            (said.with([Part::from(typed(&key)), wanted_word(wanted).into()]), None)
        }
        Wrong::NoAction => (
            Word::new("这一步什么也没做", "this step does nothing").into(),
            Some(ONE_OF.into()),
        ),
        Wrong::TwoActions(first, second) => (
            Word::new("一步里不能既有 {} 又有 {}", "{} and {} do not go together in one step").with([first, second]),
            Some(Word::new("分成两步", "make two steps of it").into()),
        ),
        Wrong::Missing(key) => (Word::new("缺少 {}", "{} is missing").with([key]), None),
        Wrong::NoSteps => (
            Word::new("没有步骤", "there are no steps").into(),
            Some(Word::new(
                "写 [[step]]；wxkit test new 给出一个能运行的样本",
                "write [[step]]; wxkit test new gives a sample that runs",
            )
            .into()),
        ),
        Wrong::TooManySteps(count) => (
            Word::new("{} 步太多了，最多 1000 步", "{} steps are too many: 1000 at most").with([count.to_string()]),
            Some(Word::new("分成几个文件", "make several files of it").into()),
        ),
        Wrong::UnknownName { name, near } => unknown_name(&name, near),
        Wrong::OpenHole => (
            Word::new("${ 没有 } 结尾", "this ${ has no } to end it").into(),
            Some(Word::new("要写 ${ 本身，写成 $${", "$${ stands for ${ itself").into()),
        ),
        Wrong::BadPattern(why) => (
            Word::new("两个 / 之间不是正则表达式：{}", "what stands between the slashes is no pattern: {}").with([parser_word(&why)]),
            None,
        ),
        Wrong::BadName(name) => (
            Word::new("不能保存在 {} 这个名字下", "nothing can be kept under the name {}").with([typed(&name)]),
            Some(Word::new(
                "用字母、数字和 _，不要用 gateway、receiver、program、port、app_id、mch_id、openid",
                "letters, digits and _ will do; gateway, receiver, program, port, app_id, mch_id and openid are taken",
            )
            .into()),
        ),
        Wrong::Mock(error) => {
            let error = Error::from(error);
            (error.message, error.hint)
        }
    }
}

fn unknown_name(name: &str, near: Option<String>) -> (Message, Option<Message>) {
    let said = Word::new("前面没有步骤保存过 {}", "no step before this one has kept {}").with([typed(name)]);
    let hint = match near {
        Some(near) => Word::new("是不是 ${{}}？", "did you mean ${{}}?").with([near]),
        None => Word::new(
            "在前面的步骤里保存它：capture = { {} = \"哪里\" }",
            "keep it in a step before: capture = { {} = \"where it stands\" }",
        )
        .with([typed(name)]),
    };
    (said, Some(hint))
}

/// The code of what is wrong with a program under test.
pub const PROGRAM: &str = "scenario.program";

/// The program under test has ended before anybody could ask it something.
pub fn program_ended(code: u8) -> Error {
    let message = Word::new("程序还没有就绪就以 {} 结束了", "the program ended with {} before it was ready");
    Error::new(PROGRAM, Exit::No, message.with([code.to_string()]))
}

/// It takes too long.
pub fn program_not_ready(patience: Duration) -> Error {
    let message = Word::new("程序在 {} 秒内没有就绪", "the program was not ready within {} seconds");
    let hint = Word::new(
        "它要监听环境变量 PORT 里的端口，或写 url = \"http://127.0.0.1:3000\"；更久就写 within = \"2m\"",
        "it has to listen at the port in its variable PORT, or say url = \"http://127.0.0.1:3000\"; within = \"2m\" gives it longer",
    );
    Error::new(PROGRAM, Exit::No, message.with([patience.as_secs().to_string()])).hint(hint)
}

/// Somebody else answers where it should.
pub fn program_is_there(url: &str) -> Error {
    let message =
        Word::new("启动程序之前，{} 已经有人应答", "somebody answers at {} before the program is started");
    let hint = Word::new(
        "多半是上次留下的进程；停掉它，或让程序监听 ${port}",
        "perhaps a process of another run: stop it, or let the program listen at ${port}",
    );
    Error::new(PROGRAM, Exit::No, message.with([url])).hint(hint)
}

const ONE_OF: Word = Word::new(
    "每步做一件事：call、http、pay、cancel、refund、notify、notice、fault、look、run、wait",
    "each step does one thing: call, http, pay, cancel, refund, notify, notice, fault, look, run, wait",
);

const fn wanted_word(wanted: Wanted) -> Word {
    match wanted {
        Wanted::Text => Word::new("文本", "text"),
        Wanted::Table => Word::new("表：{ 名字 = 值 }", "a table: { name = value }"),
        Wanted::Steps => Word::new("一组 [[step]]", "tables that begin with [[step]]"),
        Wanted::Time => Word::new(
            "时间，如 \"10s\"、\"500ms\"、\"2m\"，最长 10 分钟",
            "a time such as \"10s\", \"500ms\" or \"2m\", ten minutes at most",
        ),
        Wanted::Times => Word::new("1 到 20 的整数", "a whole number from 1 to 20"),
        Wanted::Unix => Word::new("以秒为单位的时间戳", "Unix time in seconds"),
        Wanted::Plain => Word::new(
            "文本、数字、true/false，或由它们组成的列表和表",
            "text, a number, true/false, or lists and tables of them",
        ),
        Wanted::Values => {
            Word::new("文本、数字、true/false，或它们的表", "text, a number, true/false, or a table of them")
        }
        Wanted::Request => {
            Word::new("方法和路径，如 \"POST /orders\"", "a method and a path, like \"POST /orders\"")
        }
        Wanted::Sequence => {
            Word::new(" \"sent\"、\"reversed\" 或 \"at once\"", "\"sent\", \"reversed\" or \"at once\"")
        }
        Wanted::Faults => Word::new(
            "故障，如 \"orderquery:delay=1s,count=1\"，或 \"none\"",
            "a fault such as \"orderquery:delay=1s,count=1\", or \"none\"",
        ),
    }
}
