//! The packages of `packaging/build`, installed as a new user would: from local files,
//! into empty folders, without a registry. What they carry runs, their helpers start and
//! stop gateways, and the examples pass. Needs npm, Python with the programs of
//! `tests/clients/install`, PHPUnit and JUnit; where one is missing, its test says so and
//! passes, but fails where CI is `true`.

#![cfg(any(target_os = "linux", target_os = "macos"))]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Where these tests put things; names that every shell has to quote are in it.
const PLACE: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/packages 空 间");

/// The target that the binary under test was built for.
fn target() -> String {
    let system = match (cfg!(target_os = "macos"), cfg!(target_env = "musl")) {
        (true, _) => "apple-darwin",
        (_, true) => "unknown-linux-musl",
        _ => "unknown-linux-gnu",
    };
    format!("{}-{system}", std::env::consts::ARCH)
}

/// `linux-x64`, as Node names this machine.
fn platform() -> String {
    let system = if cfg!(target_os = "macos") { "darwin" } else { "linux" };
    let processor = if cfg!(target_arch = "x86_64") { "x64" } else { "arm64" };
    format!("{system}-{processor}")
}

/// Whether what a test needs is there.
fn is_there(what: &str, there: bool) -> bool {
    let ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(there || !ci, "{what} is not installed");
    if !there {
        let _ = writeln!(std::io::stderr(), "SKIPPED: {what} is not installed");
    }
    there
}

fn has(program: &str) -> bool {
    is_there(program, Command::new(program).arg("--version").output().is_ok_and(|done| done.status.success()))
}

/// A program that `tests/clients/install` brings, beside the builds of all targets.
fn client(path: &str) -> Option<PathBuf> {
    let builds = Path::new(env!("CARGO_TARGET_TMPDIR")).ancestors().map(|folder| folder.join("clients"));
    let found = builds.map(|clients| clients.join(path)).find(|path| path.exists());
    is_there(path, found.is_some()).then_some(found).flatten()
}

/// An empty folder of this test.
fn empty(name: &str) -> PathBuf {
    let path = Path::new(PLACE).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

/// A program with a home of its own and nothing of this process's environment.
fn run(program: impl AsRef<OsStr>, at: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(at).env_clear().env("PATH", std::env::var_os("PATH").unwrap());
    command.env("HOME", at).env("LC_ALL", "C.UTF-8").env("PYTHONDONTWRITEBYTECODE", "1").stdin(Stdio::null());
    command
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// It succeeds; what it said.
fn succeeds(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}\n{}", said(&output));
    said(&output)
}

/// `packaging/build`, with the binary under test.
fn lay(out: &Path) {
    let mut command = run(Path::new(ROOT).join("packaging/build"), Path::new(ROOT));
    command.env("HOME", std::env::var_os("HOME").unwrap());
    // rustup and cargo may live elsewhere than in the home.
    let kept = ["CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN"];
    command.envs(kept.iter().filter_map(|name| Some((name, std::env::var_os(name)?))));
    command.arg("--binary").arg(format!("{}={}", target(), slim().display()));
    succeeds(command.arg("--out").arg(out).args(["--from", "https://shop.example/wxkit"]));
}

/// The binary under test without what only a debugger reads: a third of its size.
fn slim() -> PathBuf {
    static SLIM: OnceLock<PathBuf> = OnceLock::new();
    let whole = PathBuf::from(env!("CARGO_BIN_EXE_wxkit"));
    let made = SLIM.get_or_init(|| {
        let slim = empty("binary").join("wxkit");
        let stripped = Command::new("strip").arg("-o").arg(&slim).arg(&whole).status();
        if stripped.is_ok_and(|status| status.success()) { slim } else { whole }
    });
    made.clone()
}

/// The packages, made once.
fn packages() -> &'static Path {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(|| {
        let out = empty("laid out");
        lay(&out);
        out
    })
}

/// A folder into which the npm packages were installed.
fn npm_project(name: &str, packages: &[String]) -> PathBuf {
    let folder = empty(name);
    let mut npm = run("npm", &folder);
    npm.args(["install", "--offline", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"]);
    fs::write(folder.join("package.json"), "{\"private\": true}").unwrap();
    succeeds(npm.args(packages));
    folder
}

fn tarballs() -> Vec<String> {
    let name = |stem: &str| packages().join(format!("{stem}-{VERSION}.tgz")).display().to_string();
    vec![name(&format!("wxkit-{}", platform())), name("wxkit")]
}

/// A virtual environment into which the wheel was installed: its `bin`.
fn python_project(name: &str) -> Option<PathBuf> {
    let pip = client("python/bin/pip")?;
    let folder = empty(name);
    succeeds(run("python3", &folder).args(["-m", "venv", "--without-pip", "fresh"]));
    let files = fs::read_dir(packages()).unwrap().map(|entry| entry.unwrap().path());
    let wheel = files.into_iter().find(|path| path.extension() == Some(OsStr::new("whl"))).unwrap();
    let mut pip = run(pip, &folder);
    pip.args(["--disable-pip-version-check", "--python", "fresh/bin/python", "install", "--no-index"]);
    succeeds(pip.arg(wheel));
    Some(folder.join("fresh/bin"))
}

/// pytest and what it needs, for a Python that has nothing.
fn pytest_path() -> Option<PathBuf> {
    let lib = client("python/lib")?;
    let version = fs::read_dir(lib).unwrap().next()?.ok()?.path();
    let there = version.join("site-packages/pytest").exists();
    is_there("pytest", there).then(|| version.join("site-packages"))
}

/// A program that starts a gateway and waits to be killed; the gateway ends with it.
fn takes_its_gateway_along(command: &mut Command) {
    let mut child: Child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
    let mut url = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut url).unwrap();
    let address = url.trim().strip_prefix("http://").expect(&url).to_owned();
    TcpStream::connect(&address).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let killed = Instant::now();
    while TcpStream::connect(&address).is_ok() {
        assert!(killed.elapsed() < Duration::from_secs(20), "the gateway outlives its program");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// What is carried runs, hands its exit code on, and hears of a polite end.
fn runs(program: &Path, at: &Path) {
    let demo = succeeds(run(program, at).args(["demo", "--lang", "en"]));
    assert!(demo.contains("all done"), "{demo}");
    let beside =
        run(program, at).args(["mock", "--", "sh", "-c", "test -n \"$WECHAT_BASE\" && exit 7"]).output();
    assert_eq!(beside.unwrap().status.code(), Some(7));
    let script = "\"$0\" mock -- sh -c 'echo up; exec sleep 60' & pid=$!; sleep 2; kill -TERM $pid; wait $pid; echo \"ended $?\"";
    let ended = succeeds(run("sh", at).args(["-c", script]).arg(program));
    assert_eq!(ended.trim(), "up\nended 143");
}

#[test]
fn the_npm_package_is_installed_from_files_and_runs_beside_node() {
    if !has("npm") || !has("node") {
        return;
    }
    let project = npm_project("npm", &tarballs());
    runs(&project.join("node_modules/.bin/wxkit"), &project);
    let script = "require('wxkit').start().then((w) => { console.log(w.url); setInterval(() => {}, 1000); })";
    takes_its_gateway_along(run("node", &project).args(["-e", script]));
    // Whoever forgets to close it ends all the same.
    succeeds(run("node", &project).args(["-e", "require('wxkit').start({ seed: 7, keys: 'keys' })"]));
    assert!(project.join("keys/apiclient_key.pem").exists());
    let bad =
        "require('wxkit').start({ faults: ['nothing:AT_ALL'] }).catch((e) => { console.log(e.message) })";
    let told = succeeds(run("node", &project).args(["-e", bad]));
    assert!(told.contains("ended with 2 before it was ready") && told.contains("nothing:AT_ALL"), "{told}");
}

#[test]
fn without_the_package_of_its_platform_the_launcher_says_what_is_missing() {
    if !has("npm") {
        return;
    }
    let project = npm_project("npm alone", &tarballs()[1..]);
    let done = run(project.join("node_modules/.bin/wxkit"), &project).arg("demo").output().unwrap();
    assert_eq!(done.status.code(), Some(1));
    assert!(said(&done).contains(&format!("@wxkit/{} is not installed", platform())), "{}", said(&done));
    let mut named = run(project.join("node_modules/.bin/wxkit"), &project);
    let told = succeeds(named.env("WXKIT_BINARY", env!("CARGO_BIN_EXE_wxkit")).arg("version"));
    assert!(told.contains(VERSION) && !told.contains("WXKIT_BINARY"), "{told}");
}

#[test]
fn the_examples_of_vitest_and_jest_pass() {
    let Some(runners) = client("node/node_modules/vitest").and(client("node/node_modules/jest")) else {
        return;
    };
    let project = npm_project("node examples", &tarballs());
    let modules = runners.parent().unwrap();
    std::os::unix::fs::symlink(modules.join("vitest"), project.join("node_modules/vitest")).unwrap();
    for (runner, words, example) in [
        ("vitest/vitest.mjs", "run", "vitest/shop.test.mjs"),
        ("jest/bin/jest.js", "--ci", "jest/shop.test.js"),
    ] {
        let folder = project.join(runner.split('/').next().unwrap());
        fs::create_dir_all(&folder).unwrap();
        let from = Path::new(ROOT).join("packaging/examples").join(example);
        fs::copy(&from, folder.join(from.file_name().unwrap())).unwrap();
        let told = succeeds(
            run("node", &project).arg(modules.join(runner)).args([words, &*folder.display().to_string()]),
        );
        assert!(told.contains("2 passed"), "{told}");
    }
}

#[test]
fn the_wheel_is_installed_from_a_file_and_runs_beside_python() {
    let Some(bin) = python_project("python") else { return };
    let at = bin.parent().unwrap().parent().unwrap();
    runs(&bin.join("wxkit"), at);
    // The folder of scripts is nowhere in PATH, and there may be none at all.
    succeeds(run(bin.join("python"), at).env_remove("PATH").args(["-m", "wxkit", "demo"]));
    let script = "import wxkit, time; w = wxkit.start(seed=7); print(w.url, flush=True); time.sleep(60)";
    takes_its_gateway_along(run(bin.join("python"), at).args(["-c", script]));
    let Some(pytest) = pytest_path() else { return };
    let mut tests = run(bin.join("python"), at);
    tests.env("PYTHONPATH", pytest).args(["-m", "pytest", "-q", "-p", "no:cacheprovider"]);
    let told = succeeds(tests.arg(Path::new(ROOT).join("packaging/examples/pytest")));
    assert!(told.contains("2 passed"), "{told}");
    fs::remove_file(bin.join("wxkit")).unwrap();
    let gone = run(bin.join("python"), at).args(["-m", "wxkit", "demo"]).output().unwrap();
    assert!(!gone.status.success() && said(&gone).contains("there is no binary in"), "{}", said(&gone));
}

/// Every line of RECORD is the SHA-256 of its file, by a second reader of the format.
#[test]
fn the_wheel_says_truly_what_is_in_it() {
    if !has("python3") {
        return;
    }
    let script = "
import base64, csv, hashlib, pathlib, sys, zipfile
wheel = zipfile.ZipFile(next(pathlib.Path(sys.argv[1]).glob('*.whl')))
names = set(wheel.namelist())
record = next(n for n in names if n.endswith('.dist-info/RECORD'))
for name, digest, size in csv.reader(wheel.read(record).decode().splitlines()):
    names.remove(name)
    if name != record:
        made = base64.urlsafe_b64encode(hashlib.sha256(wheel.read(name)).digest()).decode().rstrip('=')
        assert digest == 'sha256=' + made and int(size) == wheel.getinfo(name).file_size, name
assert not names, names
";
    succeeds(run("python3", Path::new(PLACE)).args(["-c", script]).arg(packages()));
}

/// The examples for languages without a package find `wxkit` in PATH.
fn with_wxkit(command: &mut Command, at: &Path) {
    let path = format!("{}:{}", slim().parent().unwrap().display(), std::env::var("PATH").unwrap());
    let told = succeeds(command.env("PATH", path).current_dir(at));
    assert!(told.contains("OK (2 tests") || told.contains("2 tests successful"), "{told}");
}

#[test]
fn the_example_of_phpunit_passes() {
    if has("phpunit") {
        let example = Path::new(ROOT).join("packaging/examples/phpunit/ShopTest.php");
        let at = empty("php");
        with_wxkit(run("phpunit", &at).arg("--do-not-cache-result").arg(example), &at);
    }
}

#[test]
fn the_example_of_junit_passes() {
    // Where Debian's junit5 puts it.
    let console = Path::new("/usr/share/java/junit-platform-console.jar");
    if !has("javac") || !is_there("JUnit", console.exists()) {
        return;
    }
    let (at, jars) = (empty("java"), "/usr/share/java/*");
    let example = Path::new(ROOT).join("packaging/examples/junit/ShopTest.java");
    succeeds(
        run("javac", &at).args(["-proc:none", "-encoding", "UTF-8", "-cp", jars, "-d", "."]).arg(example),
    );
    let mut tests = run("java", &at);
    tests.args(["-cp", &format!("{jars}:."), "org.junit.platform.console.ConsoleLauncher", "-c", "ShopTest"]);
    with_wxkit(&mut tests, &at);
}

/// Two runs in two folders give the same bytes, and the list of checksums is true.
#[test]
fn the_same_inputs_give_the_same_bytes() {
    let again = empty("laid out again");
    lay(&again);
    let sums = |folder: &Path| fs::read_to_string(folder.join("SHA256SUMS")).unwrap();
    assert_eq!(sums(packages()), sums(&again));
    assert!(sums(&again).lines().count() >= 5, "{}", sums(&again));
    if has("sha256sum") {
        succeeds(run("sha256sum", &again).args(["--check", "--strict", "--quiet", "SHA256SUMS"]));
    }
    // What others have put there is nobody's to remove.
    fs::write(again.join("notes.txt"), "").unwrap();
    let build = Path::new(ROOT).join("packaging/build");
    let binary = format!("{}={}", target(), slim().display());
    let refused = Command::new(build).args(["--binary", &binary, "--out"]).arg(&again).output().unwrap();
    assert!(!refused.status.success() && said(&refused).contains("left alone"), "{}", said(&refused));
}

#[test]
fn a_binary_that_needs_a_c_library_is_no_static_one() {
    if !cfg!(all(target_os = "linux", target_env = "gnu")) {
        return;
    }
    let binary = format!("{}-unknown-linux-musl={}", std::env::consts::ARCH, env!("CARGO_BIN_EXE_wxkit"));
    let build = Path::new(ROOT).join("packaging/build");
    let refused =
        Command::new(build).args(["--binary", &binary, "--out"]).arg(empty("none")).output().unwrap();
    assert!(!refused.status.success() && said(&refused).contains("no static binary"), "{}", said(&refused));
}

/// The action installs what SHA256SUMS names, and nothing else. It knows the released
/// targets only, so the archive of this machine goes under such a name here.
#[test]
fn the_action_unpacks_only_what_the_checksums_name() {
    let from = empty("action");
    let (system, released) = match std::env::consts::ARCH {
        "x86_64" if cfg!(target_os = "linux") => ("Linux-X64", "x86_64-unknown-linux-musl"),
        "aarch64" if cfg!(target_os = "linux") => ("Linux-ARM64", "aarch64-unknown-linux-musl"),
        "x86_64" => ("macOS-X64", "x86_64-apple-darwin"),
        _ => ("macOS-ARM64", "aarch64-apple-darwin"),
    };
    let folder = format!("wxkit-{VERSION}-{released}");
    fs::create_dir(from.join(&folder)).unwrap();
    fs::copy(slim(), from.join(&folder).join("wxkit")).unwrap();
    let archive = format!("{folder}.tar.gz");
    succeeds(run("tar", &from).args(["-czf", &archive, &folder]));
    let list = format!("sha256sum {archive} > SHA256SUMS || shasum -a 256 {archive} > SHA256SUMS");
    succeeds(run("sh", &from).args(["-c", &list]));
    let install = || {
        let mut install = run(Path::new(ROOT).join("packaging/setup-wxkit/install"), &from);
        let (os, arch) = system.split_once('-').unwrap();
        install.envs([("RUNNER_OS", os), ("RUNNER_ARCH", arch), ("VERSION", ""), ("REF", "")]);
        install.env("FROM", &from).env("RUNNER_TEMP", &from).env("GITHUB_PATH", from.join("path"));
        install.output().unwrap()
    };
    let done = install();
    assert!(done.status.success() && said(&done).contains(VERSION), "{}", said(&done));
    let path = fs::read_to_string(from.join("path")).unwrap();
    assert!(Path::new(path.trim()).join("wxkit").exists(), "{path}");
    fs::write(from.join(&archive), "other bytes").unwrap();
    let refused = install();
    assert!(
        said(&refused).contains("not what SHA256SUMS says") && !refused.status.success(),
        "{}",
        said(&refused)
    );
}

#[test]
fn the_deb_holds_what_it_says() {
    if !cfg!(target_env = "musl")
        || !is_there("dpkg-deb", Command::new("dpkg-deb").arg("--version").output().is_ok())
    {
        return;
    }
    let at = empty("deb");
    let name = fs::read_dir(packages()).unwrap().map(|entry| entry.unwrap().path());
    let deb = name.into_iter().find(|path| path.extension() == Some(OsStr::new("deb"))).unwrap();
    succeeds(run("dpkg-deb", &at).arg("--raw-extract").arg(deb).arg("tree"));
    succeeds(run("md5sum", &at.join("tree")).args(["--check", "--strict", "--quiet", "DEBIAN/md5sums"]));
    runs(&at.join("tree/usr/bin/wxkit"), &at);
}
