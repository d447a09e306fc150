//! What is committed tells what the binary does: completions, and the commands
//! and exit codes in both READMEs. `WXKIT_UPDATE=1` writes the completions anew.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use support::{Dir, repository, wxkit};

const COMPLETIONS: &[(&str, &str)] = &[
    ("bash", "wxkit.bash"),
    ("zsh", "_wxkit"),
    ("fish", "wxkit.fish"),
    ("powershell", "_wxkit.ps1"),
    ("elvish", "wxkit.elv"),
];

const READMES: &[&str] = &["README.md", "README.zh-CN.md"];

#[test]
fn completions_are_those_of_the_binary() {
    for (shell, file) in COMPLETIONS {
        let made = wxkit("completions").word(*shell).run().exits(0).stdout;
        let path = repository(&format!("completions/{file}"));
        if std::env::var_os("WXKIT_UPDATE").is_some() {
            std::fs::write(&path, &made).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(kept == made, "completions/{file} is not what the binary makes (WXKIT_UPDATE=1 writes it)");
    }
}

fn readme(name: &str) -> String {
    std::fs::read_to_string(repository(name)).unwrap()
}

/// The commands in a README's table: the words in backticks of its first column,
/// "`pay sign` / `verify`" naming two.
fn table_of(text: &str) -> Vec<String> {
    let rows = text.lines().skip_while(|line| !line.starts_with("<!-- commands -->")).skip(3);
    let mut commands = Vec::new();
    for row in rows.take_while(|line| line.starts_with('|')) {
        let cell = row.trim_start_matches('|').split(" | ").next().unwrap();
        let mut noun = "";
        for words in cell.split('`').skip(1).step_by(2) {
            if let Some((first, _)) = words.split_once(' ') {
                noun = first;
                commands.push(words.to_owned());
            } else if noun.is_empty() {
                commands.push(words.to_owned());
            } else {
                commands.push(format!("{noun} {words}"));
            }
        }
    }
    commands
}

#[test]
fn both_readmes_name_every_command() {
    let mut there = support::table::commands();
    there.sort();
    for name in READMES {
        let mut told = table_of(&readme(name));
        told.sort();
        assert_eq!(told, there, "{name}");
    }
}

#[test]
fn both_readmes_have_the_same_shape() {
    let shape = |name: &str| {
        let text = readme(name);
        let mut code = false;
        let mut shape: Vec<String> = Vec::new();
        for line in text.lines() {
            if line.starts_with("```") {
                code = !code;
                shape.extend(code.then(|| line.to_owned()));
            } else if !code && line.starts_with('#') {
                shape.push(line.split(' ').next().unwrap().to_owned());
            }
        }
        shape
    };
    assert_eq!(shape(READMES[0]), shape(READMES[1]));
}

#[test]
fn both_readmes_tell_the_exit_codes() {
    for name in READMES {
        let text = readme(name);
        for code in ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "101", "130"] {
            assert!(text.contains(&format!("| {code} |")), "{name}: {code}");
        }
    }
}

/// The ticket that the READMEs name.
const TICKET: &str = "kgt8ON7yVITDhtdwci0qeQz3ZnN2kKdwH7lQvJoXeXc0VvbJCLbnsZIHEgZCN4oK568W831NKjbslcRCwU3ocr";

/// Every line `$ wxkit …` of a README's transcripts prints what stands below it,
/// where each `$ cat FILE` says what is in the file.
#[test]
fn what_the_readmes_show_is_true() {
    for name in READMES {
        let text = readme(name);
        let home = Dir::new();
        let mut runs = 0;
        for block in text.split("```console\n").skip(1).map(|rest| rest.split("```").next().unwrap()) {
            for piece in block.split("$ ").skip(1) {
                let (command, shown) = piece.split_once('\n').unwrap();
                if let Some(file) = command.strip_prefix("cat ") {
                    home.file(file, shown);
                    continue;
                }
                let command = command.strip_prefix("wxkit ").unwrap();
                let run = command.split('\'').enumerate().fold(wxkit(""), |run, (place, part)| {
                    if place % 2 == 1 { run.word(part) } else { run.words(part) }
                });
                let run = if name.contains("zh") { run.env("LC_ALL", "zh_CN.UTF-8") } else { run };
                let run = run.env("PAY_KEY", support::PAY_KEY).env("TICKET", TICKET);
                let run = run.home(&home).run();
                let said = run.stdout + &run.stderr;
                assert_eq!(said.trim(), shown.trim(), "{name}: $ wxkit {command}");
                runs += 1;
            }
        }
        assert!(runs >= 5, "{name} shows {runs} runs");
    }
}

/// The demo's output was made at a frozen moment, so that it can be compared.
#[test]
fn the_demo_is_shown_as_it_runs() {
    for (name, lang) in READMES.iter().zip(["en", "zh"]) {
        let frozen = "demo --at 1735700000 --nonce 5K8264ILTKCH16CQ2502SI8ZNMTM67VS --lang";
        let said = wxkit(frozen).word(lang).run().exits(0).stdout;
        assert!(
            readme(name).contains(&format!("```text\n$ cargo run -- demo\n{said}```")),
            "{name}:\n{said}"
        );
    }
}
