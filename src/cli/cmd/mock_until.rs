//! When a gateway stops: at Ctrl-C and SIGTERM, and where it is asked for, with the
//! program that started it. Comes in: what was typed, signals, the end of stdin; goes
//! out: a future that is ready then. Reads nothing but for its end.

use wxkit::api::Word;
use wxkit::net;

use super::super::args::{Args, Flag};
use super::super::error::Error;
use super::super::input;

/// `mock --until-eof`
pub static UNTIL_EOF: Flag = Flag::switch(
    "until-eof",
    "标准输入结束时也停止：启动它的程序结束了（哪怕被杀），网关也不会留下",
    "Stop at the end of stdin too: so it never outlives the program that started it, even a killed one",
);

/// Ready when the gateway is to stop. Signals count from this call on.
pub fn asked(args: &Args) -> Result<impl Future<Output = ()> + use<>, Error> {
    let interrupted = net::interrupted();
    let left = args.has(&UNTIL_EOF).then(left_alone).transpose()?;
    Ok(async move {
        match left {
            None => drop(interrupted.await),
            Some(left) => net::select! { _ = interrupted => (), _ = left => () },
        }
    })
}

/// Ready at the end of stdin. A thread of its own waits for it: reading stdin cannot be
/// called off, and must not keep the process from ending.
fn left_alone() -> Result<impl Future, Error> {
    drop(input::stdin("--until-eof")?);
    let (held, left) = net::oneshot::channel::<()>();
    let waiting = net::thread(move || {
        // An input that cannot be read has ended, too.
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        drop(held);
    });
    waiting.map_err(|_| Error::no_thread())?;
    Ok(left)
}

/// Behind `--` stands a program, and stdin is its own.
pub fn not_beside_a_program(args: &Args) -> Result<(), Error> {
    if !args.has(&UNTIL_EOF) {
        return Ok(());
    }
    let message = Word::new(
        "--until-eof 不能和 -- 后面的程序一起用：标准输入归那个程序",
        "--until-eof does not go with a program behind --: stdin is the program's own",
    );
    Err(Error::usage(message).hint(Word::new(
        "不写 --until-eof：程序结束时网关也会结束",
        "leave --until-eof out: the gateway ends with the program",
    )))
}
