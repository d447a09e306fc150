//! What the store of tokens says, in words: damaged, open to others, away.

use wxkit::api::Word;
use wxkit::api::word::Part;
use wxkit::store::StoreError;

use super::parser::parser_word;
use super::{Error, Exit, of_room, shell_word, typed};

/// A place for tokens that there is not.
pub fn no_such_store(name: &str) -> Error {
    let message = Word::new("不认识存储 “{}”", "there is no store \"{}\"").with([typed(name)]);
    Error::usage(message).hint(Word::new(
        "可选：file、memory、redis://主机:端口",
        "there are: file, memory, redis://HOST:PORT",
    ))
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Disk(trouble) => of_room(Exit::Setting, trouble.into()),
            StoreError::Busy { waited, .. } => Self::new(
                "store.busy",
                Exit::Busy,
                Word::new(
                    "另一个进程已取了 {} 秒还没取完",
                    "another process has been fetching for {} seconds",
                )
                .with([waited.to_string()]),
            )
            .hint(Word::new("稍后再试", "try again later")),
            StoreError::Overtaken { .. } => Self::new(
                "store.busy",
                Exit::Busy,
                Word::new("另一个进程抢先取了", "another process has fetched meanwhile"),
            )
            .hint(Word::new("再试一次", "try again")),
            StoreError::Away { server, why } => Self::new(
                "store.away",
                Exit::Network,
                Word::new("连接不上 Redis {}：{}", "cannot reach Redis at {}: {}").with([Part::from(server), parser_word(&why).into()]),
            )
            .hint(Word::new(
                "没有它就不会向微信取 token，以免各机器互相顶掉；检查 --store 和 Redis",
                "no token is fetched without it, or machines would retire each other's; check --store and Redis",
            )),
            StoreError::Refused { server, why } => Self::new(
                "store.refused",
                Exit::Setting,
                Word::new("Redis {} 拒绝了：{}", "Redis at {} says no: {}").with([Part::from(server), parser_word(&why).into()]),
            )
            .hint(Word::new(
                "检查用户名、密码和权限：redis://用户:密码@主机:端口",
                "check user, password and permissions: redis://USER:PASSWORD@HOST:PORT",
            )),
            StoreError::BadUrl { why } => {
                Self::usage(Word::new("--store 的地址不对：{}", "--store is no address: {}").with([parser_word(&why)])).hint(
                    Word::new("写法：redis://[用户:密码@]主机[:端口][/库号]", "like redis://[USER:PASSWORD@]HOST[:PORT][/DB]"),
                )
            }
            StoreError::Garbled { server, name, why: _ } => {
                let command = format!("redis-cli DEL {}", shell_word(&name));
                let message = Word::new("Redis {} 里的条目损坏：{}", "damaged entry in Redis at {}: {}").with([server, name]);
                Self::new("store.corrupt", Exit::Setting, message)
                    .hint(Word::new(
                        "不会自动重取，因为那会让别处正在用的 token 失效；确认后删除它",
                        "it is not replaced by itself, since a new token would retire the one in use elsewhere; delete it if that is fine",
                    ))
                    .next(command)
            }
            StoreError::Corrupt { path, why: _ } => {
                let path = path.display().to_string();
                let command = format!("rm {}", shell_word(&path));
                Self::new("store.corrupt", Exit::Setting, Word::new("{} 损坏", "{} is damaged").with([path]))
                    .hint(Word::new(
                        "不会自动重取，因为那会让别处正在用的 token 失效；确认后删除它",
                        "it is not replaced by itself, since a new token would retire the one in use elsewhere; delete it if that is fine",
                    ))
                    .next(command)
            }
        }
    }
}
