//! The gateway's CA at rest, and the files by which programs trust it. Comes in: the
//! directory of this user; goes out: a CA that is the same on every start, its
//! certificate, and variables that name the files. Its key leaves nothing but its own
//! file, which only the user can read.

use std::path::{Path, PathBuf};

use wxkit::api::Word;
use wxkit::client::Clock;
use wxkit::net::{self, Ca, Secure};
use wxkit::sign::Secret;
use wxkit::store::private;
use wxkit::store::reading::Trouble;

use super::error::{self, Error};
use super::outcome::Exit;
use super::wiring::Context;

/// Certificate and key.
const KEPT: &str = "ca-key.pem";
/// The certificate alone.
const CERTIFICATE: &str = "ca.pem";
/// The certificate and the roots of this system.
const BUNDLE: &str = "bundle.pem";
/// What Node trusts in addition.
const NODE: &str = "node.pem";
/// The bundle as Java reads it.
#[cfg(feature = "p12")]
const JAVA: &str = "java.p12";
/// A directory of settings that PHP reads in addition.
const PHP: &str = "php";

/// A CA that was kept.
pub struct Trust {
    ca: Ca,
    directory: PathBuf,
    now: u64,
}

impl Trust {
    /// The CA of this user; made when it is wanted for the first time, or nearly over.
    pub fn kept(ctx: &Context) -> Result<Self, Error> {
        let directory = ctx.ca_directory().ok_or_else(no_home)?;
        // Who trusts a certificate looks at the real time, frozen or not.
        let now = Clock { at: None, nonce: None }.now();
        private::directory(&directory).map_err(no_place)?;
        let turn = private::turn(&directory)?;
        let path = directory.join(KEPT);
        let of_file = |bad: net::NetError| error::of_identity(&path.display().to_string(), &bad);
        let kept = private::read(&path)?.map(|bytes| Secret::new(String::from_utf8_lossy(&bytes)));
        let ca = kept.map(|pem| Ca::kept(&pem, now)).transpose().map_err(of_file)?.flatten();
        let ca = if let Some(ca) = ca {
            ca
        } else {
            let pem = Ca::make(now)?;
            private::replace(&path, pem.expose().as_bytes())?;
            Ca::kept(&pem, now)?.ok_or_else(|| Error::bug("a new CA is over"))?
        };
        drop(turn);
        let trust = Self { ca, directory, now };
        trust.put(CERTIFICATE, trust.certificate().as_bytes())?;
        Ok(trust)
    }

    /// Its certificate, as PEM.
    pub fn certificate(&self) -> &str {
        self.ca.certificate()
    }

    /// Writes its certificate into a file of somebody's.
    pub fn hand_out(&self, path: &str) -> Result<(), Error> {
        Ok(private::replace(Path::new(path), self.certificate().as_bytes())?)
    }

    /// The file of its certificate.
    pub fn path(&self) -> PathBuf {
        self.directory.join(CERTIFICATE)
    }

    /// TLS for a server of these names.
    pub fn secure(&self, names: &[String]) -> Result<Secure, Error> {
        Ok(Secure::of(&self.ca, names, self.now)?)
    }

    /// Writes what programs trust, and the variables by which they find it.
    pub fn variables(&self, ctx: &Context) -> Result<Vec<(&'static str, String)>, Error> {
        let bundle = net::bundle(&self.ca);
        let all = self.put(BUNDLE, bundle.as_bytes())?;
        let node = self.node(ctx)?;
        let php = self.php(&all)?;
        Ok(vec![
            ("SSL_CERT_FILE", all.clone()),
            ("REQUESTS_CA_BUNDLE", all.clone()),
            ("CURL_CA_BUNDLE", all),
            ("NODE_EXTRA_CA_CERTS", node),
            // A colon in front keeps the directories that PHP would look into anyway.
            ("PHP_INI_SCAN_DIR", format!(":{php}")),
        ])
    }

    /// Options by which Java trusts it; none where this build writes no trust stores.
    #[cfg_attr(
        not(feature = "p12"),
        expect(clippy::unnecessary_wraps, reason = "with the feature it can fail")
    )]
    pub fn java(&self) -> Result<Option<String>, Error> {
        #[cfg(not(feature = "p12"))]
        return Ok(None);
        #[cfg(feature = "p12")]
        {
            let store = self.put(JAVA, &net::trust_store(&self.ca)?)?;
            let [file, kind, password] =
                ["", "Type", "Password"].map(|part| format!("-Djavax.net.ssl.trustStore{part}="));
            let store = quoted(&store);
            Ok(Some(format!("{file}{store} {kind}PKCS12 {password}{}", net::STORE_PASSWORD)))
        }
    }

    /// Node has one place for more roots: what a person has put there stays.
    fn node(&self, ctx: &Context) -> Result<String, Error> {
        let ours = self.directory.join(NODE);
        let theirs = ctx.variable("NODE_EXTRA_CA_CERTS").filter(|path| Path::new(path) != ours);
        let theirs = theirs.and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
        self.put(NODE, [self.certificate(), &theirs].concat().as_bytes())
    }

    fn php(&self, bundle: &str) -> Result<String, Error> {
        let directory = self.directory.join(PHP);
        private::directory(&directory)?;
        let _turn = private::turn(&directory)?;
        let lines = format!("curl.cainfo = \"{bundle}\"\nopenssl.cafile = \"{bundle}\"\n");
        private::replace(&directory.join("wxkit.ini"), lines.as_bytes())?;
        Ok(directory.display().to_string())
    }

    /// Writes a file beside the certificate, and tells where it is.
    pub fn put(&self, name: &str, bytes: &[u8]) -> Result<String, Error> {
        let _turn = private::turn(&self.directory)?;
        let path = self.directory.join(name);
        private::replace(&path, bytes)?;
        Ok(path.display().to_string())
    }
}

/// A path inside a list of options, for Java and Node.
pub fn quoted(path: &str) -> String {
    if path.contains(' ') { format!("\"{path}\"") } else { path.to_owned() }
}

fn no_home() -> Error {
    let message = Word::new(
        "没有设置 HOME，不知道网关的 CA 存在哪里",
        "HOME is not set, so there is no place for the CA of the gateway",
    );
    let hint = Word::new("用 XDG_STATE_HOME 指定目录", "name a directory in XDG_STATE_HOME");
    Error::new("setting.no_home", Exit::Setting, message).hint(hint)
}

/// The system keeps us out of the directory, or there is no room for it.
fn no_place(trouble: Trouble) -> Error {
    let is_of_system = matches!(trouble, Trouble::Io { .. });
    let error = Error::from(trouble);
    let hint = Word::new(
        "网关的 CA 存在那里；用 XDG_STATE_HOME 指定别的目录",
        "the CA of the gateway is kept there; name another directory in XDG_STATE_HOME",
    );
    if is_of_system { error.hint(hint) } else { error }
}
