//! The table of all settings, and what is in force, typed: [`Settings`] has a
//! field for each row. Comes in: the four layers; goes out: one value for every
//! setting, the same for whoever asks. Reads neither file nor environment.

use std::path::PathBuf;
use std::time::Duration;

use super::layer::{Layer, Origin, Value};
use super::reference::Reference;
use super::setting::{Secrecy, Setting, Shape, switch, time};
use crate::sign::SignType;

/// How the address of a server begins.
const HTTP: &[&str] = &["http://", "https://"];
/// The same, or a socket file.
const HUB: &[&str] = &["http://", "https://", "unix:"];

/// From one table: a name, a row and a typed field for each setting.
macro_rules! settings {
    ($($(#[$doc:meta])* $field:ident, $name:ident: $type:ty = $row:expr;)*) => {
        /// The name of a setting.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Name { $($(#[$doc])* $name,)* }

        impl Name {
            /// All of them, in the order in which they are listed.
            pub const ALL: &[Self] = &[$(Self::$name,)*];
        }

        /// All settings, in the same order.
        pub const SETTINGS: &[Setting] = &[$($row.named(stringify!($field)),)*];

        /// What is in force.
        #[derive(Debug, Clone)]
        pub struct Settings {
            written: Layer,
            $($(#[$doc])* pub $field: $type,)*
        }

        impl Settings {
            fn typed(written: Layer) -> Result<Self, BadValue> {
                Ok(Self {
                    $($field: <$type as Typed>::of(Name::$name.setting(), &written)?,)*
                    written,
                })
            }
        }
    };
}

settings! {
    /// `wx…`
    app_id, AppId: Option<String> = Setting::open("app-id", "WXKIT_APP_ID").shaped(Shape::Id);
    /// AppSecret of the official account.
    app_secret, AppSecret: Option<Located> = Setting::secret("app-secret", "WXKIT_APP_SECRET");
    /// Merchant id.
    mch_id, MchId: Option<String> = Setting::open("mch-id", "WXKIT_MCH_ID").shaped(Shape::Id);
    /// APIv2 key of the merchant.
    pay_key, PayKey: Option<Located> = Setting::secret("key", "WXKIT_PAY_KEY");
    /// A ticket in place of the shared one.
    jsapi_ticket, JsapiTicket: Option<Located> = Setting::secret("ticket", "WXKIT_JSAPI_TICKET");
    /// The merchant's certificate.
    cert, Cert: Option<PathBuf> = Setting::open("cert", "WXKIT_CERT");
    /// Its private key, where that is a file of its own.
    cert_key, CertKey: Option<PathBuf> = Setting::open("cert-key", "WXKIT_CERT_KEY");
    /// Its password, where it is not the merchant id.
    cert_password, CertPassword: Option<Located> = Setting::secret("cert-password", "WXKIT_CERT_PASSWORD");
    /// The merchant's RSA key for v3: a PEM, or where one is.
    private_key, PrivateKey: Option<Located> = Setting::secret("private-key", "WXKIT_PRIVATE_KEY");
    /// Serial of the merchant's certificate for v3, where the certificate is not at hand.
    serial, Serial: Option<String> = Setting::open("serial", "WXKIT_SERIAL").shaped(Shape::Id);
    /// APIv3 key of the merchant: 32 bytes.
    api_v3_key, ApiV3Key: Option<Located> = Setting::secret("api-v3-key", "WXKIT_API_V3_KEY");
    /// WeChat Pay's public key and platform certificates; several with a comma between.
    wechat_key, WechatKey: Option<Vec<PathBuf>> = Setting::open("wechat-key", "WXKIT_WECHAT_KEY");
    /// Id of WeChat Pay's public key, `PUB_KEY_ID_…`.
    wechat_key_id, WechatKeyId: Option<String> =
        Setting::open("wechat-key-id", "WXKIT_WECHAT_KEY_ID").shaped(Shape::Id);
    /// Token of the server's address at the official account.
    token, Token: Option<Located> = Setting::secret("token", "WXKIT_TOKEN");
    /// EncodingAESKey beside it.
    aes_key, AesKey: Option<Located> = Setting::secret("aes-key", "WXKIT_AES_KEY");
    /// Where payment notices go.
    notify_url, NotifyUrl: Option<String> = Setting::open("notify-url", "WXKIT_NOTIFY_URL");
    /// Digest to sign with where the fields do not say.
    sign_type, SignType: SignType =
        Setting::open("sign-type", "WXKIT_SIGN_TYPE").shaped(Shape::Choice(&["MD5", "HMAC-SHA256"])).or("MD5");
    /// Origin of all calls in place of WeChat's hosts.
    base, Base: Option<String> = Setting::open("base", "WXKIT_BASE").shaped(Shape::Url(HTTP));
    /// HTTP proxy.
    proxy, Proxy: Option<String> = Setting::open("proxy", "WXKIT_PROXY").shaped(Shape::Url(HTTP));
    /// Roots of trust besides the system's.
    ca_file, CaFile: Option<PathBuf> = Setting::open("ca-file", "WXKIT_CA_FILE");
    /// Time limit of a call.
    timeout, Timeout: Duration = Setting::open("timeout", "WXKIT_TIMEOUT").shaped(Shape::Seconds).or("30");
    /// Where tokens are kept.
    store, Store: StorePlace = Setting::open("store", "WXKIT_STORE").shaped(Shape::Store).or("file");
    /// The directory of the store of files, where it is not the usual one.
    store_dir, StoreDir: Option<PathBuf> = Setting::open("store-dir", "WXKIT_STORE_DIR");
    /// A token central server to ask in place of WeChat.
    hub, Hub: Option<String> = Setting::open("hub", "WXKIT_HUB").shaped(Shape::Url(HUB));
    /// What it knows us by.
    hub_token, HubToken: Option<Located> = Setting::secret("hub-token", "WXKIT_HUB_TOKEN");
    /// Language of the output.
    lang, Lang: Option<String> = Setting::open("lang", "WXKIT_LANG").shaped(Shape::Choice(&["zh", "en"])).for_one_run();
    /// When to use colour.
    color, Color: Option<String> = Setting::open("color", "WXKIT_COLOR")
        .shaped(Shape::Choice(&["auto", "always", "never"])).or("auto").for_one_run();
    /// The profile that was named.
    profile, Profile: Option<String> = Setting::open("profile", "WXKIT_PROFILE").for_one_run();
    /// The file of profiles that was named.
    config, Config: Option<PathBuf> = Setting::open("config", "WXKIT_CONFIG").for_one_run();
    /// The frozen second.
    at, At: Option<u64> = Setting::open("at", "WXKIT_AT").shaped(Shape::Unix).for_one_run();
    /// The frozen dice.
    nonce, Nonce: Option<String> = Setting::open("nonce", "WXKIT_NONCE").for_one_run();
    /// One JSON document on stdout.
    json, Json: bool = Setting::switch("json", "WXKIT_JSON");
    /// Only the answer on stdout.
    quiet, Quiet: bool = Setting::switch("quiet", "WXKIT_QUIET");
    /// Show what crossed the wire.
    verbose, Verbose: bool = Setting::switch("verbose", "WXKIT_VERBOSE");
    /// Show secrets.
    reveal, Reveal: bool = Setting::switch("reveal", "WXKIT_REVEAL");
    /// Never ask.
    no_input, NoInput: bool = Setting::switch("no-input", "WXKIT_NO_INPUT");
    /// Money may move on live hosts.
    yes, Yes: bool = Setting::switch("yes", "WXKIT_YES");
}

/// A secret setting: where the secret is, and who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The setting.
    pub setting: &'static Setting,
    /// Where the secret is.
    pub reference: Reference,
    /// Who says so.
    pub origin: Origin,
}

/// Where tokens are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StorePlace {
    /// In a directory.
    Files,
    /// In this process only.
    Memory,
    /// At a server, by its URL.
    Server(String),
}

/// A value that its setting cannot have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadValue {
    /// The setting.
    pub setting: &'static Setting,
    /// The value.
    pub text: String,
    /// Where it comes from.
    pub origin: Origin,
}

impl Setting {
    /// Whether it can have this value.
    ///
    /// # Errors
    /// [`BadValue`].
    pub fn takes(&'static self, text: &str, origin: Origin) -> Result<(), BadValue> {
        let is_reference = self.secrecy == Secrecy::Secret;
        if is_reference || self.shape.takes(text) {
            return Ok(());
        }
        Err(BadValue { setting: self, text: text.to_owned(), origin })
    }
}

/// The first layer that names a setting decides.
///
/// # Errors
/// A value that its setting cannot have.
pub fn resolve(flags: Layer, env: Layer, profile: Layer) -> Result<Settings, BadValue> {
    Settings::typed(flags.over(env).over(profile).over(defaults()))
}

fn defaults() -> Layer {
    let mut layer = Layer::default();
    for setting in SETTINGS {
        if let Some(text) = setting.default {
            layer.set(setting, text, Origin::Default);
        }
    }
    layer
}

impl Settings {
    /// The same run with another profile below it.
    ///
    /// # Errors
    /// A value that its setting cannot have.
    pub fn with_profile(&self, profile: Layer) -> Result<Self, BadValue> {
        resolve(self.written.of_this_run(), Layer::default(), profile)
    }

    /// A setting as it was written, and who wrote it.
    #[must_use]
    pub fn written(&self, name: Name) -> Option<&Value> {
        self.written.get(name.setting())
    }
}

impl Name {
    /// Its row.
    #[must_use]
    pub const fn setting(self) -> &'static Setting {
        // Names and rows come from the same lines.
        &SETTINGS[self as usize]
    }
}

/// The setting of this name, or of this flag.
#[must_use]
pub fn setting(name: &str) -> Option<&'static Setting> {
    let by_name = SETTINGS.iter().find(|setting| setting.name == name);
    by_name.or_else(|| SETTINGS.iter().find(|setting| setting.flag == name))
}

/// What a field of [`Settings`] can be.
trait Typed: Sized {
    fn of(setting: &'static Setting, written: &Layer) -> Result<Self, BadValue>;
}

/// A type that one text stands for.
trait OfText: Sized {
    fn of_text(text: &str) -> Option<Self>;
}

fn checked<'a>(setting: &'static Setting, written: &'a Layer) -> Result<Option<&'a Value>, BadValue> {
    match written.get(setting) {
        Some(value) if !setting.shape.takes(value.text()) => Err(bad(setting, value)),
        value => Ok(value),
    }
}

fn bad(setting: &'static Setting, value: &Value) -> BadValue {
    BadValue { setting, text: value.text().to_owned(), origin: value.origin.clone() }
}

impl<T: OfText> Typed for Option<T> {
    fn of(setting: &'static Setting, written: &Layer) -> Result<Self, BadValue> {
        let Some(value) = checked(setting, written)? else { return Ok(None) };
        T::of_text(value.text()).map(Some).ok_or_else(|| bad(setting, value))
    }
}

impl Typed for Option<Located> {
    fn of(setting: &'static Setting, written: &Layer) -> Result<Self, BadValue> {
        Ok(written.get(setting).map(|value| Located {
            setting,
            reference: Reference::of(value.text()),
            origin: value.origin.clone(),
        }))
    }
}

impl Typed for bool {
    fn of(setting: &'static Setting, written: &Layer) -> Result<Self, BadValue> {
        Ok(checked(setting, written)?.and_then(|value| switch(value.text())) == Some(true))
    }
}

/// Those that always have a value: their rows name a default.
macro_rules! with_default {
    ($($type:ty),*) => {$(
        impl Typed for $type {
            fn of(setting: &'static Setting, written: &Layer) -> Result<Self, BadValue> {
                let nothing = || BadValue { setting, text: String::new(), origin: Origin::Default };
                Option::<$type>::of(setting, written)?.ok_or_else(nothing)
            }
        }
    )*};
}
with_default!(SignType, Duration, StorePlace);

impl OfText for String {
    fn of_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl OfText for PathBuf {
    fn of_text(text: &str) -> Option<Self> {
        Some(Self::from(text))
    }
}

impl OfText for Vec<PathBuf> {
    fn of_text(text: &str) -> Option<Self> {
        Some(text.split(',').map(str::trim).filter(|path| !path.is_empty()).map(PathBuf::from).collect())
    }
}

impl OfText for u64 {
    fn of_text(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl OfText for Duration {
    fn of_text(text: &str) -> Option<Self> {
        time(text)
    }
}

impl OfText for SignType {
    fn of_text(text: &str) -> Option<Self> {
        Self::named(text)
    }
}

impl OfText for StorePlace {
    fn of_text(text: &str) -> Option<Self> {
        Some(match text {
            "file" => Self::Files,
            "memory" => Self::Memory,
            url => Self::Server(url.to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(origin: &Origin, pairs: &[(&str, &str)]) -> Layer {
        let mut layer = Layer::default();
        for (name, text) in pairs {
            layer.set(setting(name).unwrap(), *text, origin.clone());
        }
        layer
    }

    fn typed(pairs: &[(&str, &str)]) -> Result<Settings, BadValue> {
        resolve(layer(&Origin::Flag, pairs), Layer::default(), Layer::default())
    }

    #[test]
    fn the_first_layer_that_speaks_decides() {
        let (env, profile) = (Origin::Env("E".into()), Origin::Profile("p".into()));
        let settings = resolve(
            layer(&Origin::Flag, &[("base", "http://flag")]),
            layer(&env, &[("base", "http://env"), ("app_id", "env")]),
            layer(&profile, &[("base", "http://p"), ("app_id", "p"), ("mch_id", "p"), ("timeout", "7")]),
        )
        .unwrap();
        let origin = |name: Name| settings.written(name).map(|value| value.origin.clone());
        assert_eq!(settings.base.as_deref(), Some("http://flag"));
        assert_eq!(settings.app_id.as_deref(), Some("env"));
        assert_eq!((settings.mch_id.as_deref(), settings.timeout), (Some("p"), Duration::from_secs(7)));
        assert_eq!(origin(Name::Base), Some(Origin::Flag));
        assert_eq!(origin(Name::AppId), Some(env));
        assert_eq!(origin(Name::Timeout), Some(profile));
        assert_eq!(origin(Name::Store), Some(Origin::Default));
        assert_eq!(origin(Name::Cert), None);
        let other = settings
            .with_profile(layer(&Origin::Profile("q".into()), &[("base", "http://q"), ("mch_id", "q")]));
        let other = other.unwrap();
        assert_eq!(other.base.as_deref(), Some("http://flag"));
        assert_eq!((other.mch_id.as_deref(), other.timeout), (Some("q"), Duration::from_secs(30)));
    }

    #[test]
    fn flags_and_names_find_the_same_setting() {
        assert_eq!(setting("key"), Some(Name::PayKey.setting()));
        assert_eq!(Name::PayKey.setting().env, "WXKIT_PAY_KEY");
        assert_eq!(setting("nothing"), None);
        for one in SETTINGS {
            assert_eq!(setting(one.flag), Some(one), "{}", one.flag);
            assert_eq!(setting(one.name), Some(one), "{}", one.name);
        }
    }

    #[test]
    fn without_a_word_there_are_defaults() {
        let settings = typed(&[]).unwrap();
        assert_eq!((settings.timeout, &settings.store), (Duration::from_secs(30), &StorePlace::Files));
        assert_eq!((settings.sign_type, settings.json), (SignType::Md5, false));
    }

    #[test]
    fn a_value_of_the_wrong_shape_is_told_with_its_origin() {
        let wrong = |name: &str, text: &str| typed(&[(name, text)]).err().map(|bad| bad.setting.name);
        assert_eq!(wrong("timeout", "soon"), Some("timeout"));
        assert_eq!(wrong("timeout", "0"), Some("timeout"));
        assert_eq!(wrong("timeout", "30"), None);
        assert_eq!(wrong("sign_type", "SHA1"), Some("sign_type"));
        assert_eq!(wrong("json", "maybe"), Some("json"));
        assert_eq!(wrong("json", "ON"), None);
        assert_eq!(wrong("app_id", "ｗｘ００"), Some("app_id"));
        assert_eq!(wrong("mch_id", ""), Some("mch_id"));
        assert_eq!(wrong("mch_id", " 1900000109"), Some("mch_id"));
        assert_eq!(wrong("store", "disk"), Some("store"));
        assert_eq!(wrong("store", "redis://h"), None);
    }
}
