//! What each action of a scenario does. Comes in: an action and the values kept so far;
//! goes out: what came out of it. Calls nobody but the scenario's own gateway and program.

use std::time::Duration;

use serde_json::{Map, Value, json};
use wxkit::api::Word;
use wxkit::net::{self, Reach, Said};
use wxkit::script::{Action, Body, Deed, Text, shown};
use wxkit::wire::tree::{self, Nulls};
use wxkit::wire::{Fields, Request, query};

use super::super::super::args::GLOBAL;
use super::super::super::error::{self, Error};
use super::super::super::outcome::{Exit, nested};
use super::super::super::wiring::{Command, Context};
use super::done::{Done, Lack, late};
use super::scene::Scene;
use super::told::beginning;

/// First words of the commands that a scenario may use: they talk to its own gateway,
/// and end.
const CALLS: [&str; 6] = ["pay", "v3", "oauth", "token", "ticket", "jssdk"];

/// Whether these words can be a call. What has holes is read when they are filled.
pub(super) fn check(ctx: &Context, words: &[Text]) -> Result<(), Error> {
    let plain: Vec<String> = words.iter().map(|word| word.0.clone()).collect();
    if words.iter().any(|word| word.holes().next().is_some()) {
        let is_call = CALLS.contains(&plain.first().map_or("", String::as_str));
        return if is_call { Ok(()) } else { Err(no_call(&plain)) };
    }
    command(ctx, &plain).map(drop)
}

fn command(ctx: &Context, words: &[String]) -> Result<Command, Error> {
    if words.len() < 2 {
        return Err(no_call(words));
    }
    let command = (ctx.grammar.command)(ctx.lang, words)?;
    if !CALLS.contains(&command.noun) || command.name == "serve" {
        return Err(no_call(words));
    }
    match GLOBAL.iter().find(|flag| command.args.global(flag.name).is_some()) {
        None => Ok(command),
        Some(flag) => {
            let message = Word::new("--{} 不能写在 call 里", "--{} cannot stand in a call");
            Err(Error::usage(message.with([flag.name])).hint(Word::new(
                "地址和密钥就是这个场景自己的网关的；其余的写在 wxkit test run 后面",
                "address and keys are those of the scenario's own gateway; what else there is belongs behind wxkit test run",
            )))
        }
    }
}

fn no_call(words: &[String]) -> Error {
    let message = Word::new("call 不能是 {}", "{} is no call").with([error::typed(&words.join(" "))]);
    Error::usage(message).hint(
        Word::new(
            "写 {} 的命令，如 call = \"pay order\"",
            "it is a command of {}, such as call = \"pay order\"",
        )
        .with([CALLS.join(", ")]),
    )
}

/// A command that failed in a way that says nothing of WeChat.
const UNREACHED: &str = "unreachable";

impl Scene {
    /// Does it; what takes longer than `limit` is given up.
    ///
    /// # Errors
    /// What nobody can expect: an interrupt, something that cannot be done at all.
    pub(super) fn act(&self, action: &Action, limit: Duration) -> Result<Done, Error> {
        match action {
            Action::Call { words, with } => self.call(words, with),
            Action::Http { method, to, headers, body } => {
                let request = self.request(method, to, headers, body)?;
                self.http(&request, limit)
            }
            Action::Order { deed, number, with } => {
                self.order(*deed, &self.fill(number)?, &self.filled(with)?)
            }
            Action::Notify { number, times, sequence } => {
                self.notify(&self.fill(number)?, *times, *sequence, limit)
            }
            Action::Notice(number) => self.notice(&self.fill(number)?),
            Action::Fault(faults) => self.fault(faults),
            Action::Look(path) => self.look(&self.fill(path)?),
            Action::Run(line) => self.run_line(&self.fill(line)?, limit),
            Action::Wait(time) => {
                self.heeded(*time, std::future::pending::<()>())?;
                Ok(Done::well(json!({}), ""))
            }
        }
    }

    /// A command, with fields of the scenario, as the merchant of its gateway.
    fn call(&self, words: &[Text], with: &Value) -> Result<Done, Error> {
        let words = words.iter().map(|word| self.fill(word)).collect::<Result<Vec<_>, _>>()?;
        let command = command(&self.ctx, &words)?;
        let fields = fields_of(&self.filled(with)?)?;
        if !command.takes_fields && !fields.is_empty() {
            let message = Word::new("{} 没有字段", "{} takes no fields").with([words.join(" ")]);
            return Err(Error::usage(message).hint(Word::new(
                "参数写在 call 里，如 call = \"jssdk sign --url https://…\"",
                "its words go into the call, as in call = \"jssdk sign --url https://…\"",
            )));
        }
        match (command.run)(&command.args.with_fields(fields), &self.ctx) {
            Ok(outcome) if outcome.exit == Exit::Done => Ok(Done::well(outcome.data, outcome.answer)),
            Ok(outcome) => {
                let said = Word::new("退出码 {}", "exit code {}").with([outcome.exit.code().to_string()]);
                let mut document = outcome.data;
                document["exit"] = outcome.exit.code().into();
                Ok(Done::well(document, outcome.answer).lacking("exit", said))
            }
            Err(error) if error.exit == Exit::Interrupted => Err(error),
            Err(error) => Ok(refused(error)),
        }
    }

    fn request(
        &self,
        method: &str,
        to: &Text,
        headers: &[(String, Text)],
        body: &Body,
    ) -> Result<Request, Error> {
        let to = self.fill(to)?;
        let url = if to.starts_with('/') { self.of_program(&to)? } else { to };
        if net::reach(&url) != Some(Reach::Near) {
            return Err(far(&url));
        }
        let request = Request::new(method, url);
        let mut request = match body {
            Body::Nothing => request,
            Body::Json(value) => request.with_body("application/json", self.filled(value)?.to_string()),
            Body::Form(value) => {
                let form = query::write(&fields_of(&self.filled(value)?)?);
                request.with_body("application/x-www-form-urlencoded", form)
            }
            Body::Text(text) => request.with_body("text/plain; charset=utf-8", self.fill(text)?),
        };
        for (name, value) in headers {
            let name = name.to_ascii_lowercase();
            request.headers.retain(|(there, _)| *there != name);
            request.headers.push((name, self.fill(value)?));
        }
        Ok(request)
    }

    fn of_program(&self, path: &str) -> Result<String, Error> {
        let url = self.values.get("program").ok_or_else(|| {
            let message = Word::new("没有程序可以接收 {}", "there is no program to send {} to");
            Error::usage(message.with([path])).hint(Word::new(
                "写 [program] run = \"…\"，或写完整的地址 http://127.0.0.1:…",
                "write [program] with run = \"…\", or the whole address: http://127.0.0.1:…",
            ))
        })?;
        Ok(format!("{}{path}", url.trim_end_matches('/')))
    }

    /// A request to the program, and what it says to that.
    fn http(&self, request: &Request, limit: Duration) -> Result<Done, Error> {
        let transport = self.ctx.watched_transport()?;
        let reply = match self.heeded(limit, transport.send(request))? {
            None => return Ok(late(limit)),
            Some(Err(error)) => {
                let said = error::of_send(&error).message;
                return Ok(Done::well(json!({ "error": UNREACHED }), UNREACHED).lacking("error", said));
            }
            Some(Ok(reply)) => reply,
        };
        let status = reply.status;
        let text = String::from_utf8_lossy(&reply.body);
        let body = serde_json::from_slice(&reply.body).unwrap_or_else(|_| Value::from(&*text));
        let headers: Map<_, _> =
            reply.headers.iter().map(|(name, value)| (name.clone(), value.as_str().into())).collect();
        let document = json!({ "status": status, "headers": headers, "body": body });
        let done = Done::well(document, status.to_string());
        if status < 400 {
            return Ok(done);
        }
        let said = Word::new("HTTP {}：{}", "HTTP {}: {}").with([status.to_string(), beginning(&text)]);
        Ok(done.lacking("status", said))
    }

    fn order(&self, deed: Deed, number: &str, with: &Value) -> Result<Done, Error> {
        let what = match deed {
            Deed::Pay => "pay",
            Deed::Cancel => "close",
            Deed::Refund => "refund",
        };
        let done =
            self.control("POST", &format!("orders/{}/{what}", query::escape(number)), &with.to_string())?;
        Ok(Done { answer: number.to_owned(), ..done })
    }

    fn fault(&self, faults: &[Value]) -> Result<Done, Error> {
        if faults.is_empty() {
            return Ok(Done { answer: String::new(), ..self.control("DELETE", "faults", "")? });
        }
        let faults = self.filled(&Value::from(faults.to_vec()))?;
        let all: Vec<String> = faults.as_array().into_iter().flatten().map(shown).collect();
        Ok(Done { answer: all.join(" "), ..self.control("POST", "faults", &faults.to_string())? })
    }

    fn look(&self, path: &str) -> Result<Done, Error> {
        if path.contains("..") {
            let message = Word::new("look 只看 /_mock/ 下面：{}", "look stays below /_mock/: {}");
            return Err(Error::usage(message.with([error::typed(path)])));
        }
        let done = self.control("GET", path.trim_start_matches("/_mock/").trim_start_matches('/'), "")?;
        let seen = done.document.get("trade_state").or_else(|| done.document.get("count"));
        Ok(Done { answer: seen.map(shown).unwrap_or_default(), ..done })
    }

    fn run_line(&self, line: &str, limit: Duration) -> Result<Done, Error> {
        let said = match self.heeded(limit, net::said_by(line, &self.variables))? {
            None => return Ok(late(limit)),
            Some(said) => said.map_err(|why| Error::io("sh", &why))?,
        };
        let Said { code, stdout, stderr } = said;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_end().to_owned();
        let (stdout, stderr) = (text(&stdout), text(&stderr));
        let answer = beginning(stdout.lines().next().unwrap_or_default());
        let lack = Word::new("退出码 {} {}", "exit code {} {}").with([code.to_string(), beginning(&stderr)]);
        let document = json!({ "exit": code, "stdout": stdout, "stderr": stderr });
        let done = Done::well(document, answer);
        Ok(if code == 0 { done } else { done.lacking("exit", lack) })
    }
}

/// A call that failed: WeChat's own fields, and its code as `error`.
fn refused(error: Error) -> Done {
    let upstream = error.upstream.clone().unwrap_or_default();
    let code = ["err_code", "errcode", "code"].iter().find_map(|name| upstream.filled(name));
    let code = code.unwrap_or(error.code).to_owned();
    let mut document = nested(&upstream, &[]);
    document["error"] = code.as_str().into();
    let said = error.message.clone();
    Done {
        lack: Some(Lack { key: "error", said, error: Some(Box::new(error)) }),
        ..Done::well(document, code)
    }
}

fn fields_of(object: &Value) -> Result<Fields, Error> {
    Ok(tree::read(object.to_string().as_bytes(), Nulls::Refused)?)
}

fn far(url: &str) -> Error {
    let message = Word::new(
        "{} 不在本机：场景只请求本机和内网",
        "{} is not on this machine: scenarios call this machine and private networks only",
    );
    Error::usage(message.with([error::typed(url)])).hint(Word::new(
        "写路径（如 POST /orders），或 http://127.0.0.1:… 这样的地址",
        "write a path, like POST /orders, or an address like http://127.0.0.1:…",
    ))
}
