//! Tab in real shells: bash always, fish where it is installed (in CI it is). Every question is asked of the script as the shell would ask it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::path::Path;
use std::process::Command;

use support::{Dir, has, repository, wxkit};

/// What is typed, and what Tab has to offer: all of these, and none of those.
const ASKED: &[(&str, &[&str], &[&str])] = &[
    ("wxkit pay or", &["order"], &["query"]),
    ("wxkit comp", &["completions"], &["mock"]),
    ("wxkit pay order --out-tr", &["--out-trade-no"], &["--body"]),
    ("wxkit --lang ", &["zh", "en"], &["notes.txt"]),
    ("wxkit -p ", &["shop", "test"], &["notes.txt"]),
    ("wxkit errcode 4002", &["40029"], &["notes.txt"]),
    ("wxkit completions f", &["fish"], &["bash"]),
    ("wxkit pay order bod", &["body="], &["notes.txt"]),
    ("wxkit help pay ref", &["refund"], &["order"]),
    ("wxkit pay order --trade-type N", &["NATIVE"], &["notes.txt"]),
    ("wxkit explain not", &["notes.txt"], &[]),
    ("wxkit --config not", &["notes.txt"], &[]),
    ("wxkit --lang nothing", &[], &["notes.txt"]),
];

/// A home with a profile, a file, and the binary and its script where a shell finds them.
fn home(script: &str) -> Dir {
    let home = Dir::new();
    home.file(
        "config/wxkit/config.toml",
        "[profile.shop]\napp_id = \"wx1\"\n[profile.test]\napp_id = \"wx2\"\n",
    );
    home.file("notes.txt", "");
    home.file("script", std::fs::read_to_string(repository(&format!("completions/{script}"))).unwrap());
    std::fs::create_dir(home.path("bin")).unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_wxkit"), home.path("bin/wxkit")).unwrap();
    home
}

/// Runs a shell in that home; what it says.
fn shell(home: &Dir, program: &str, words: &[&str]) -> String {
    let path = format!("{}:{}", home.path("bin"), std::env::var("PATH").unwrap_or_default());
    let output = Command::new(program)
        .args(words)
        .current_dir(Path::new(&home.0))
        .env_clear()
        .envs([("PATH", path.as_str()), ("HOME", &home.path("")), ("XDG_CONFIG_HOME", &home.path("config"))])
        .envs([("LC_ALL", "C.UTF-8"), ("TERM", "xterm")])
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn check(program: &str, ask: impl Fn(&str) -> String) {
    for (typed, offered, never) in ASKED {
        let said = ask(typed);
        let has = |word: &str| said.split_whitespace().any(|other| other.trim_end_matches('/') == word);
        for word in *offered {
            assert!(has(word), "{program}: no {word} behind {typed:?}: {said}");
        }
        for word in *never {
            assert!(!has(word), "{program}: {word} behind {typed:?}: {said}");
        }
    }
}

#[test]
fn bash() {
    if !has("bash") {
        return;
    }
    let home = home("wxkit.bash");
    // Words as readline cuts them, and file names as readline would add them.
    let ask = r#"
        source ./script
        line=$1; compopt() { [[ "$1 $2" == "-o default" ]] && files=1; return 0; }
        read -ra plain <<<"$line"
        [[ $line == *" " ]] && plain+=("")
        COMP_WORDS=(); for word in "${plain[@]}"; do
            if [[ $word == *=* ]]; then COMP_WORDS+=("${word%%=*}" "=" ); [[ ${word#*=} ]] && COMP_WORDS+=("${word#*=}"); else COMP_WORDS+=("$word"); fi
        done
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE=$line
        _wxkit wxkit "${COMP_WORDS[COMP_CWORD]}" ""
        [[ $files ]] && COMPREPLY+=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    check("bash", |typed| shell(&home, "bash", &["--norc", "-c", ask, "bash", typed]));
    let said = shell(&home, "bash", &["--norc", "-c", ask, "bash", "wxkit pay order trade_type=NA"]);
    assert_eq!(said.trim(), "NATIVE", "only what stands behind the =");
    assert_eq!(shell(&home, "bash", &["--norc", "-c", ask, "bash", "wxkit --lang=z"]).trim(), "zh");
}

#[test]
fn fish() {
    if !has("fish") {
        return;
    }
    let home = home("wxkit.fish");
    check("fish", |typed| {
        let ask = format!("source ./script; complete -C '{typed}'");
        shell(&home, "fish", &["--no-config", "-c", &ask])
    });
}

#[test]
fn what_the_program_itself_says() {
    let home = home("wxkit.bash");
    let ask = |shell: &str, words: &[&str]| {
        let run = wxkit("completions").word(shell).words("--tab -q --");
        words.iter().fold(run, |run, word| run.word(*word)).home(&home).run()
    };
    let powershell = ask("powershell", &["wxkit", "pay", "or."]).exits(0).answer();
    assert_eq!(powershell, "order\tPlace an order that the customer then pays");
    ask("elvish", &["wxkit", "--lang", ""]).exits(0).shows("zh").shows("en");
    ask("zsh", &["wxkit", "--base", ""]).exits(0).shows("http\\://");
    ask("bash", &["wxkit", "explain", ""]).exits(1).prints_nothing();
    // A profile that cannot be read is no reason to fail at every Tab.
    home.file("config/wxkit/config.toml", "[profile.shop\n");
    ask("bash", &["wxkit", "-p", ""]).exits(0).prints_nothing();
}

#[test]
fn powershell_can_read_it() {
    if Command::new("pwsh").arg("--version").output().is_err() {
        return;
    }
    let home = home("_wxkit.ps1");
    let ask = "Copy-Item script script.ps1; . ./script.ps1; (TabExpansion2 'wxkit pay or' 12).CompletionMatches.CompletionText";
    assert_eq!(shell(&home, "pwsh", &["-NoProfile", "-c", ask]).trim(), "order");
}
