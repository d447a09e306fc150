//! The file of profiles as commands change it: `init` and `profile set|unset|use|
//! remove`, one after the other or all at once.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::thread;

use support::{APP_ID, APP_SECRET, Dir, wxkit};

fn file(home: &Dir) -> String {
    std::fs::read_to_string(home.path("config/wxkit/config.toml")).unwrap()
}

/// What is in the directory of the file.
fn beside(home: &Dir) -> Vec<String> {
    let entries = std::fs::read_dir(home.path("config/wxkit")).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn many_at_once_lose_nothing_and_leave_nothing() {
    let home = Dir::new();
    thread::scope(|scope| {
        for number in 0..24 {
            let home = &home;
            scope.spawn(move || {
                let name = format!("p{number}");
                let run = wxkit("init --no-input --app-id").word(APP_ID).word("--name").word(name).home(home);
                run.run().exits(0);
            });
        }
    });
    let listed = wxkit("profile list -q").home(&home).run().exits(0).answer();
    assert_eq!(listed.lines().count(), 24, "{listed}");
    assert_eq!(beside(&home), ["config.toml"]);
}

#[test]
fn of_many_who_want_one_name_one_gets_it() {
    let home = Dir::new();
    let exits: Vec<i32> = thread::scope(|scope| {
        let start = |_| {
            scope.spawn(|| wxkit("init --no-input --name shop --app-id").word(APP_ID).home(&home).run().exit)
        };
        let running: Vec<_> = (0..12).map(start).collect();
        running.into_iter().map(|run| run.join().unwrap()).collect()
    });
    assert_eq!(exits.iter().filter(|exit| **exit == 0).count(), 1, "{exits:?}");
    assert!(exits.iter().all(|exit| matches!(exit, 0 | 3)), "{exits:?}");
}

#[test]
fn a_profile_that_is_named_is_the_one_that_is_made() {
    let home = Dir::new();
    let init =
        wxkit("init --no-input -p shop").env("WXKIT_APP_ID", APP_ID).env("WXKIT_APP_SECRET", APP_SECRET);
    init.env("WXKIT_PAY_KEY_FILE", "/run/secrets/pay")
        .home(&home)
        .run()
        .exits(0)
        .says("")
        .shows("profile shop written");
    let text = file(&home);
    assert!(text.contains("[profile.shop]"), "{text}");
    assert!(text.contains("app_secret = \"env:WXKIT_APP_SECRET\"") && !text.contains(APP_SECRET), "{text}");
    assert!(text.contains("pay_key = \"file:/run/secrets/pay\""), "{text}");
}

#[test]
fn names_and_ids_that_cannot_be_typed_again_are_refused() {
    let home = Dir::new();
    for name in ["", " ", "ｓｈｏｐ", "a,b", "-x", "a\u{3000}b"] {
        let run =
            wxkit("init --no-input --app-id").word(APP_ID).word(format!("--name={name}")).home(&home).run();
        run.exits(2).says("is no name for a profile");
    }
    for id in ["", "ｗｘ０００", "wx 1", "wx1\u{200b}"] {
        let run = wxkit("init --no-input").word(format!("--app-id={id}")).home(&home).run();
        run.exits(2).says("ASCII letters and digits");
    }
    assert!(!std::path::Path::new(&home.path("config/wxkit/config.toml")).exists());
    wxkit("init --no-input --name 店铺 --app-id").word(APP_ID).home(&home).run().exits(0);
}

#[test]
fn values_are_set_and_taken_out_and_comments_stay() {
    let home = Dir::new();
    home.file("config/wxkit/config.toml", "# mine\n[profile.default]\nkey = \"env:OLD\" # the key\n");
    let run = |words: &str| wxkit(words).home(&home).run();
    run("profile set app_id=wx1 pay_key=env:PAY timeout=7")
        .exits(0)
        .shows("profile default: app_id, pay_key, timeout set");
    let text = file(&home);
    assert!(text.starts_with("# mine\n") && text.contains("app_id = \"wx1\""), "{text}");
    assert!(text.contains("pay_key = \"env:PAY\"") && !text.contains("\nkey ="), "{text}");
    run("profile unset timeout key").exits(0).shows("timeout, key taken out");
    assert!(!file(&home).contains("PAY"), "{}", file(&home));
    run("profile unset timeout").exits(0).shows("has no timeout anyway");
    let before = file(&home);
    run("profile set timeout=soon").exits(3).says("timeout cannot be \"soon\"");
    run("profile set appid=wx1").exits(3).says("did you mean app_id?");
    run("profile set app_id=").exits(2).says("wxkit profile unset app_id");
    run("profile set app_id").exits(2).says("is not NAME=VALUE");
    run("profile set app_id=wx1 -p nobody").exits(3).says("there is no profile nobody");
    assert_eq!(file(&home), before, "a refused change changes nothing");
    let secret = wxkit("profile set pay_key=-").stdin("from stdin\n").home(&home).run();
    secret.exits(0).hides("from stdin");
    assert!(file(&home).contains("pay_key = \"from stdin\""));
    run("profile set pay_key=literal-key")
        .exits(0)
        .says("shows in the list of processes")
        .hides("literal-key");
}

#[test]
fn a_first_value_makes_a_first_profile() {
    let home = Dir::new();
    wxkit("profile set app_id=wx1").home(&home).run().exits(0);
    let shown = wxkit("profile show -q").home(&home).run().exits(0);
    assert!(shown.stdout.contains("app_id=wx1"), "{shown}");
}

#[test]
fn profiles_are_chosen_and_removed() {
    let home = Dir::new();
    home.file(
        "config/wxkit/config.toml",
        "default_profile = \"gone\"\n[profile.a]\napp_id = \"wxa\"\n[profile.b]\napp_id = \"wxb\"\n",
    );
    let run = |words: &str| wxkit(words).home(&home).run();
    run("profile show").exits(3).says("there is no profile gone");
    run("profile use c").exits(3).says("there are: a, b");
    run("profile use b").exits(0);
    assert!(run("profile show -q").stdout.contains("app_id=wxb"));
    run("profile remove b").exits(0);
    assert!(!file(&home).contains("wxb") && !file(&home).contains("default_profile"), "{}", file(&home));
    run("profile remove b").exits(3);
    assert_eq!(run("profile list -q").answer(), "a");
}

#[test]
fn an_editor_is_not_started_where_nobody_sits() {
    let home = Dir::new();
    wxkit("profile edit").env("EDITOR", "touch /tmp/never").home(&home).run().exits(3);
    assert!(!std::path::Path::new("/tmp/never").exists());
}
