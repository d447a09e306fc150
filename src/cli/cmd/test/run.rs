//! `test run`: plays scenarios one after the other and tells how each step went. Comes in:
//! files; goes out: lines as it goes, a summary, reports. Ctrl-C ends it with the sum so far.

use std::path::Path;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use wxkit::api::Word;
use wxkit::api::word::Part;
use wxkit::mock::Mock;
use wxkit::net::{self, Stop};
use wxkit::script::{Action, Program, Script};

use super::super::super::args::Args;
use super::super::super::error::Error;
use super::super::super::files;
use super::super::super::input;
use super::super::super::outcome::{Event, Exit, Outcome, View};
use super::super::super::report::{REPORT, Reports};
use super::super::super::verb::{Verb, Words};
use super::super::super::wiring::Context;
use super::super::mock::of_scenario;
use super::act;
use super::scene::Scene;
use super::told::{PLAIN, Played, Told, Verdict, beginning};

/// `test run`
pub(super) const VERB: Verb = Verb {
    noun: "test",
    name: "run",
    about: Word::new(
        "在全新的本地网关上运行场景：下单、付款、通知、期望，旁边是被测程序",
        "Play scenarios, each on a fresh local gateway: call, pay, notify, expect, with your program beside it",
    ),
    example: "test run scenarios/ --report junit=report.xml",
    flags: &[&REPORT],
    words: Words::Many(
        "FILES",
        Word::new("场景文件（TOML），或放着它们的目录", "scenarios (TOML), or a directory of them"),
    ),
    row: None,
    run,
};

fn run(args: &Args, ctx: &Context) -> Result<Outcome, Error> {
    let reports = Reports::asked(args)?;
    let scripts = read(args, ctx)?;
    let _watch = Watch::start(&ctx.stop)?;
    let played: Vec<Played> =
        scripts.into_iter().map(|script| play(ctx, script)).collect::<Result<_, _>>()?;
    if ctx.variable("GITHUB_ACTIONS").as_deref() == Some("true") {
        played.iter().filter_map(|one| one.annotation(ctx.lang)).for_each(|line| ctx.stage.annotation(&line));
    }
    let outcome = outcome(&played, ctx);
    reports.write(ctx, &outcome.data, |lang| played.iter().map(|one| one.suite(lang)).collect())?;
    Ok(outcome)
}

/// A file and what it says, and the gateway that it asks for.
struct Read {
    file: String,
    script: Script,
    seed: u64,
    mock: Mock,
}

/// All of them, before any is played: who wrote one wrongly does not wait for the others.
fn read(args: &Args, ctx: &Context) -> Result<Vec<Read>, Error> {
    let mut all = Vec::new();
    for word in args.words() {
        let is_directory = Path::new(word).is_dir();
        let is_scenario = |path: &Path| !is_directory || path.extension().is_some_and(|kind| kind == "toml");
        let found: Vec<_> = input::files(word)?.into_iter().filter(|path| is_scenario(path)).collect();
        if found.is_empty() {
            let message =
                Word::new("{} 里没有场景（*.toml）", "there is no scenario (*.toml) in {}").with([word]);
            return Err(Error::usage(message).next("wxkit test new"));
        }
        for path in found {
            let (script, scenario) = files::script(&path)?;
            let file = path.display().to_string();
            check(&file, &script, ctx)?;
            let seed = scenario.seed.unwrap_or(0);
            let mock = of_scenario(scenario, ctx).map_err(|error| at(&format!("{file}: [mock]"), error))?;
            all.push(Read { file, script, seed, mock });
        }
    }
    Ok(all)
}

/// What only the command table can tell: whether every call is one.
fn check(file: &str, script: &Script, ctx: &Context) -> Result<(), Error> {
    for step in &script.steps {
        if let Action::Call { words, .. } = &step.action {
            act::check(ctx, words).map_err(|error| at(&format!("{file}:{}", step.line), error))?;
        }
    }
    Ok(())
}

/// An error of a file, with the place where it is.
fn at(place: &str, error: Error) -> Error {
    let message = Word::new("{}：{}", "{}: {}").with([Part::from(place), error.message.clone().into()]);
    Error { code: "scenario.invalid", exit: Exit::Usage, message, ..error }
}

/// Plays one scenario, and tells every step when it is done.
fn play(ctx: &Context, read: Read) -> Result<Played, Error> {
    let Read { file, script, seed, mock } = read;
    let name = script.name.clone().unwrap_or_else(|| file.clone());
    let head = if script.name.is_some() { format!("{name}  ({file})") } else { file.clone() };
    say(ctx, vec![View::Head(PLAIN.with([head]))]);
    let mut played = Played { file, name, steps: Vec::new() };
    let mut tell = |told: Told| {
        if !matches!(told.verdict, Verdict::Skipped) {
            say(ctx, told.views(&played.file));
        }
        played.steps.push(told);
    };
    let mut scene = Scene::open(ctx, script.at, seed, mock)?;
    let mut is_well = true;
    if let Some(program) = &script.program {
        let told = started(&mut scene, program);
        is_well = told.has_passed();
        tell(told);
    }
    for (number, step) in (1..).zip(&script.steps) {
        let told =
            if is_well && !ctx.stop.is_asked() { scene.play(step, number) } else { scene.skipped(step) };
        is_well &= told.has_passed();
        tell(told);
    }
    Ok(played)
}

/// The start of the program, as a step of its own.
fn started(scene: &mut Scene, program: &Program) -> Told {
    let start = Instant::now();
    let (verdict, answer) = match scene.start(program) {
        Ok(url) => (Verdict::Passed, url),
        Err(error) => (Verdict::Failed(Box::new(scene.failed(error.into()))), String::new()),
    };
    let title = beginning(&program.run.0);
    Told { line: program.line, title, verdict, answer, time: start.elapsed() }
}

fn say(ctx: &Context, view: Vec<View>) {
    if !ctx.wants_json() {
        ctx.stage.event(&Event { data: Value::Null, answer: None, view });
    }
}

fn outcome(played: &[Played], ctx: &Context) -> Outcome {
    let steps = || played.iter().flat_map(|one| one.steps.iter().map(move |told| (one, told)));
    let count = |wanted: fn(&Verdict) -> bool| steps().filter(|(_, told)| wanted(&told.verdict)).count();
    let passed = count(|verdict| matches!(verdict, Verdict::Passed));
    let failed = count(|verdict| matches!(verdict, Verdict::Failed(_)));
    let skipped = count(|verdict| matches!(verdict, Verdict::Skipped));
    let was_stopped = ctx.stop.is_asked();
    // A run that repeats to the byte does not say how fast the machine was.
    let is_timed = ctx.settings.at.is_none();
    let is_well = |one: &Played| one.steps.iter().all(Told::has_passed);
    let scenarios =
        played.iter().map(|one| json!({ "file": one.file, "name": one.name, "ok": is_well(one) }));
    let data = json!({
        "ok": played.iter().all(is_well),
        "passed": passed, "failed": failed, "skipped": skipped, "interrupted": was_stopped,
        "scenarios": scenarios.collect::<Vec<_>>(),
        "steps": steps().map(|(one, told)| told.value(one, ctx.lang, is_timed)).collect::<Vec<_>>(),
    });
    let counts = [played.len(), passed, failed, skipped].map(|count| count.to_string());
    let sum = Word::new(
        "{} 个场景：{} 步通过，{} 步失败，{} 步跳过",
        "scenarios: {}; steps: {} passed, {} failed, {} skipped",
    )
    .with(counts);
    let outcome = Outcome::new(data, if failed == 0 { "pass" } else { "fail" });
    match () {
        () if was_stopped => {
            let said = Word::new("已中断", "interrupted");
            Outcome { exit: Exit::Interrupted, ..outcome.show(View::Bad(said.into())).show(View::Bad(sum)) }
        }
        () if failed > 0 => outcome.show(View::Bad(sum)).no(),
        () => outcome.show(View::Good(sum)),
    }
}

/// Hears Ctrl-C for as long as scenarios are played: between two steps too, when nobody
/// else listens.
struct Watch {
    done: Option<net::oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Watch {
    fn start(stop: &Stop) -> Result<Self, Error> {
        let (done, ended) = net::oneshot::channel();
        let (stop, (ready, listening)) = (stop.clone(), std::sync::mpsc::channel());
        let thread = net::thread(move || {
            let heard = net::block_on(async {
                let interrupted = net::interrupted();
                let _ = ready.send(());
                net::select! {
                    _ = interrupted => stop.ask(),
                    _ = ended => {}
                }
            });
            drop(heard);
        });
        let thread = thread.map_err(|_| Error::no_thread())?;
        let _ = listening.recv_timeout(Duration::from_secs(1));
        Ok(Self { done: Some(done), thread: Some(thread) })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(done) = self.done.take() {
            let _ = done.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
