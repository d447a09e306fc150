//! Who we are in v3: the merchant's key and certificate, the APIv3 key, WeChat
//! Pay's keys. Comes in: settings; goes out: [`V3`], its files read and held against
//! each other. A certificate that has expired, or belongs to another key, is refused.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use wxkit::api::Word;
use wxkit::api::endpoint::Host;
use wxkit::api::keys::{Certificate, KeyError, PrivateKey, PublicKey, V3, WechatKey};
use wxkit::config::{Located, Name, Reference};
use wxkit::explain::{Case, KEY_ID, Scheme};
use wxkit::net;
use wxkit::sign::key::{self, Found, Item};
use wxkit::sign::{self, Aead, Mend, Secret};

use super::error::{self, Error};
use super::files;
use super::input;
use super::wiring::Context;

impl Context {
    /// All that v3 needs, as far as it is known; none without the merchant's key.
    pub fn v3(&self) -> Result<Option<V3>, Error> {
        if let Some(played) = &self.played_v3 {
            return Ok(Some(played.clone()));
        }
        let Some(private) = self.private_key()? else { return Ok(None) };
        let serial = match &self.settings.serial {
            Some(serial) => serial.to_ascii_uppercase(),
            None => self.merchant_certificate(&private)?.ok_or_else(|| error::missing(Name::Serial))?.serial,
        };
        Ok(Some(V3 {
            mch_id: self.settings.mch_id.clone().ok_or_else(|| error::missing(Name::MchId))?,
            serial,
            private: Arc::new(private),
            api_v3_key: self.api_v3_key()?,
            wechat: self.wechat_keys()?,
            stand_in: None,
        }))
    }

    /// The same where there is no way without.
    pub fn needed_v3(&self) -> Result<V3, Error> {
        self.v3()?.ok_or_else(|| error::missing(Name::PrivateKey))
    }

    /// The same for a call: each of WeChat's keys has the name that replies give it.
    pub fn proving_v3(&self) -> Result<V3, Error> {
        let keys = self.needed_v3()?;
        let named = keys.wechat.iter().all(|key| !key.id.is_empty());
        if named { Ok(keys) } else { Err(error::missing(Name::WechatKeyId)) }
    }

    /// The merchant's private key: the one that is named, else the one beside or in
    /// the certificate.
    pub fn private_key(&self) -> Result<Option<PrivateKey>, Error> {
        if let Some(located) = &self.settings.private_key {
            let (place, bytes) = self.private_key_bytes(located)?;
            return PrivateKey::read(&bytes).map(Some).map_err(|why| error::of_key(&place, why));
        }
        if let Some(path) = &self.settings.cert_key {
            let bytes = files::key(path, &*self.stage)?;
            let place = path.display().to_string();
            return PrivateKey::read(&bytes).map(Some).map_err(|why| error::of_key(&place, why));
        }
        let inside = self.certificate_file()?.into_iter().flatten().find_map(|item| match item {
            Item::Private(key) => Some(*key),
            _ => None,
        });
        Ok(inside)
    }

    /// A name of a file is as good as `file:`: nobody's key looks like one.
    fn private_key_bytes(&self, located: &Located) -> Result<(String, Vec<u8>), Error> {
        let path = match &located.reference {
            Reference::Literal(text) if !text.expose().contains("MII") => Some(text.expose().to_owned()),
            Reference::File(path) => Some(path.clone()).filter(|path| !path.starts_with("~/")),
            _ => None,
        };
        if let Some(path) = path {
            return Ok((path.clone(), files::key(Path::new(&path), &*self.stage)?));
        }
        let secret = self.secret(Some(located))?.unwrap_or(Secret::new(""));
        Ok((format!("--{}", located.setting.flag), secret.expose().as_bytes().to_vec()))
    }

    /// The APIv3 key; one that has not 32 bytes is refused before it is used.
    pub fn api_v3_key(&self) -> Result<Option<Secret>, Error> {
        let key = self.secret(self.settings.api_v3_key.as_ref())?;
        match key {
            Some(key) if key.expose().len() != 32 => Err(error::api_v3_key_length(key.expose().len())),
            key => Ok(key),
        }
    }

    /// WeChat Pay's keys out of the files that are named, and the certificates that were kept.
    pub fn wechat_keys(&self) -> Result<Vec<WechatKey>, Error> {
        let mut keys = Vec::new();
        for path in self.wechat_key_files() {
            let items = items(&files::bytes(&path)?);
            let before = keys.len();
            keys.extend(items.into_iter().filter_map(|item| self.wechat_key(item)));
            if keys.len() == before {
                return Err(error::no_wechat_key(&path.display().to_string()));
            }
        }
        Ok(keys)
    }

    /// The files that are named, then what `v3 certs` kept for this merchant.
    fn wechat_key_files(&self) -> Vec<PathBuf> {
        let kept = || std::fs::read_dir(self.kept_certificates()?).ok();
        let kept = kept().into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
        let mut kept: Vec<PathBuf> =
            kept.filter(|path| path.extension().is_some_and(|end| end == "pem")).collect();
        kept.sort();
        self.settings.wechat_key.iter().flatten().cloned().chain(kept).collect()
    }

    /// Where proved platform certificates of this merchant are kept: apart for each server
    /// that is called, since a gateway of tests has others than WeChat Pay.
    pub fn kept_certificates(&self) -> Option<PathBuf> {
        let plain = |text: &str| {
            text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect::<String>()
        };
        let (origin, merchant) = (self.origin(Host::Mch), self.settings.mch_id.as_ref()?);
        let state = self.store_dir().ok()?;
        let host = origin.split_once("://").map_or(&*origin, |(_, host)| host);
        Some(state.with_file_name("certificates").join(plain(host)).join(plain(merchant)))
    }

    fn wechat_key(&self, item: Item) -> Option<WechatKey> {
        match item {
            Item::Public(key) => {
                let id = self.settings.wechat_key_id.clone().unwrap_or_default();
                Some(WechatKey { id, key, expires: None })
            }
            Item::Certificate(certificate) => {
                let Certificate { serial, key, not_after, .. } = *certificate;
                Some(WechatKey { id: serial, key, expires: Some(not_after) })
            }
            Item::Private(_) | Item::Useless(_) => None,
        }
    }

    /// The merchant's certificate, if a file of it is named.
    fn merchant_certificate(&self, private: &PrivateKey) -> Result<Option<Certificate>, Error> {
        let Some(path) = &self.settings.cert else { return Ok(None) };
        let place = path.display().to_string();
        let all: Vec<Certificate> =
            self.certificate_file()?.into_iter().flatten().filter_map(certificate).collect();
        if all.is_empty() {
            return Err(error::no_certificate(&place));
        }
        let own = all.into_iter().find(|one| &one.key == private.public());
        let own = own.ok_or_else(|| error::other_key(&place))?;
        let now = i64::try_from(self.clock().now()).unwrap_or(i64::MAX);
        if own.is_valid_at(now) { Ok(Some(own)) } else { Err(error::expired(&place, own.not_after)) }
    }

    /// What is in the file of the certificate: PEM, or PKCS#12 with its password.
    fn certificate_file(&self) -> Result<Option<Vec<Item>>, Error> {
        let Some(path) = &self.settings.cert else { return Ok(None) };
        let bytes = files::bytes(path)?;
        let found = items(&bytes);
        if !is_pkcs12(&found) {
            return Ok(Some(found));
        }
        Ok(Some(items(self.unpacked(&path.display().to_string(), &bytes)?.expose().as_bytes())))
    }

    /// PKCS#12 as PEM; its password is the merchant id unless said otherwise.
    fn unpacked(&self, place: &str, bytes: &[u8]) -> Result<Secret, Error> {
        let password = match self.secret(self.settings.cert_password.as_ref())? {
            Some(password) => password,
            None => Secret::new(self.settings.mch_id.clone().unwrap_or_default()),
        };
        net::unpacked(bytes, &password).map_err(|why| error::of_identity(place, &why))
    }
}

impl Context {
    /// What an AEAD resource holds.
    pub fn opened(&self, aead: Aead<'_>, ciphertext: &str) -> Result<Secret, Error> {
        let key = self.api_v3_key()?.ok_or_else(|| error::missing(Name::ApiV3Key))?;
        text(&sign::open_resource(&key, aead, ciphertext).map_err(error::of_aead)?)
    }

    /// What a file of a bill holds that WeChat Pay sealed for the merchant.
    pub fn opened_file(&self, key: &str, nonce: &str, file: &[u8]) -> Result<Vec<u8>, Error> {
        sign::open_file(key, nonce, file).map(|plain| plain.to_vec()).map_err(error::of_aead)
    }

    /// What a field holds that WeChat Pay sealed for the merchant.
    pub fn unsealed(&self, cipher: &str) -> Result<Secret, Error> {
        let key = self.private_key()?.ok_or_else(|| error::missing(Name::PrivateKey))?;
        text(&key.open(cipher).map_err(error::of_rsa)?)
    }

    /// Puts in the key that proves the case: of a reply or notice, WeChat Pay's that its
    /// serial names, with its others as candidates; else the merchant's certificate or key.
    pub fn hand_key(&self, case: &mut Case) -> Result<(), Error> {
        if case.scheme != Scheme::V3Verify {
            case.secret = self.merchant_proof()?;
            return Ok(());
        }
        let serial = case.fields.filled("serial").unwrap_or_default();
        let mut keys = Vec::new();
        for path in self.wechat_key_files() {
            let bytes = files::bytes(&path)?;
            let label = path.display().to_string();
            let before = keys.len();
            for item in items(&bytes) {
                let pem = item.pem();
                if let (Some(pem), Some(key)) = (pem, self.wechat_key(item)) {
                    keys.push((!key.may_be(serial), label.clone(), pem));
                }
            }
            if keys.len() == before {
                keys.push((true, label, Secret::new(String::from_utf8_lossy(&bytes))));
            }
        }
        keys.sort_by_key(|(is_other, ..)| *is_other);
        let mut keys = keys.into_iter().map(|(_, label, pem)| (label, pem));
        case.secret = keys.next().map(|(_, pem)| pem);
        case.others.extend(keys);
        let id = self.settings.wechat_key_id.clone();
        case.others.extend(id.map(|id| (KEY_ID.to_owned(), Secret::new(id))));
        Ok(())
    }

    /// The public half of the merchant's key, out of the certificate or the key itself.
    pub fn merchant_public(&self) -> Result<Option<PublicKey>, Error> {
        if let Some(certificate) = self.certificate_file()?.into_iter().flatten().find_map(certificate) {
            return Ok(Some(certificate.key));
        }
        Ok(self.private_key()?.map(|key| key.public().clone()))
    }

    fn merchant_proof(&self) -> Result<Option<Secret>, Error> {
        if let Some(certificate) = self.certificate_file()?.into_iter().flatten().find_map(certificate) {
            return Ok(Item::Certificate(Box::new(certificate)).pem());
        }
        Ok(self.private_key()?.and_then(|key| Item::Public(key.public().clone()).pem()))
    }

    /// The key that fields are sealed with: the public one, else the certificate that
    /// is valid longest.
    /// <https://pay.weixin.qq.com/doc/v3/merchant/4012154180>
    pub fn sealing_key(&self) -> Result<WechatKey, Error> {
        let keys = self.wechat_keys()?.into_iter();
        let best = keys.max_by_key(|key| key.expires.unwrap_or(i64::MAX));
        let best = best.ok_or_else(|| error::missing(Name::WechatKey))?;
        if best.id.is_empty() { Err(error::missing(Name::WechatKeyId)) } else { Ok(best) }
    }
}

fn text(plain: &[u8]) -> Result<Secret, Error> {
    String::from_utf8(plain.to_vec()).map(Secret::new).map_err(|_| error::not_text())
}

/// One block of a file, as it may be told.
pub struct Held {
    /// The file, as it was named.
    pub file: String,
    /// What the block is.
    pub thing: Thing,
    /// What had to be mended.
    pub mends: Vec<Word>,
    /// Equal for all files of one key.
    pub fingerprint: Option<String>,
    /// A clean PEM.
    pub pem: Option<Secret>,
}

/// What a block is, without the secret in it.
pub enum Thing {
    /// A private key.
    Private,
    /// A public key.
    Public,
    /// A certificate.
    Certificate(Box<Certificate>),
    /// Nothing of use.
    Useless(KeyError),
}

impl Context {
    /// Every block of a file, or of stdin (`-`); PKCS#12 is opened with the password of the settings.
    pub fn held(&self, file: &str) -> Result<Vec<Held>, Error> {
        let is_piped = file == "-";
        let bytes = if is_piped { input::bytes_of(file)? } else { files::bytes(Path::new(file))? };
        let mut found = key::read(&bytes);
        let is_packed = matches!(&*found, [Found { item: Item::Useless(KeyError::Pkcs12), .. }]);
        // Certificates and public keys may be read by all.
        let is_secret = is_packed || found.iter().any(|found| matches!(found.item, Item::Private(_)));
        if is_secret && !is_piped {
            files::key(Path::new(file), &*self.stage)?;
        }
        if is_packed {
            found = key::read(self.unpacked(file, &bytes)?.expose().as_bytes());
        }
        if found.is_empty() {
            found.push(Found { item: Item::Useless(KeyError::Empty), mends: Vec::new() });
        }
        Ok(found.into_iter().map(|found| held(file, found)).collect())
    }
}

fn held(file: &str, Found { item, mends }: Found) -> Held {
    let pem = item.pem();
    // What is no key after all was not damaged either.
    let mends = if matches!(item, Item::Useless(_)) { Vec::new() } else { mends };
    let mends = mends.into_iter().map(mended).collect();
    let (thing, fingerprint) = match item {
        Item::Private(key) => (Thing::Private, Some(key.public().fingerprint())),
        Item::Public(key) => (Thing::Public, Some(key.fingerprint())),
        Item::Certificate(certificate) => {
            let fingerprint = certificate.key.fingerprint();
            (Thing::Certificate(certificate), Some(fingerprint))
        }
        Item::Useless(why) => (Thing::Useless(why), None),
    };
    Held { file: file.to_owned(), thing, mends, fingerprint, pem }
}

const fn mended(mend: Mend) -> Word {
    match mend {
        Mend::Der => Word::new("是二进制 DER，不是 PEM", "binary DER, no PEM"),
        Mend::Utf16 => Word::new("文件是 UTF-16", "the file is UTF-16"),
        Mend::Bom => Word::new("开头有 BOM", "a byte order mark in front"),
        Mend::Quotes => Word::new("外面有引号", "quotes around it"),
        Mend::LiteralNewlines => Word::new("换行写成了 \\n 两个字符", "line breaks written as \\n"),
        Mend::CarriageReturns => Word::new("换行是 CRLF", "line ends are CRLF"),
        Mend::Blanks => {
            Word::new("行首有空格，或用空格代替了换行", "blanks before lines, or in place of line breaks")
        }
        Mend::OneLine => Word::new("base64 挤成一行", "the base64 in one line"),
        Mend::LineLength => Word::new("每行不是 64 个字符", "lines are not 64 characters long"),
        Mend::NoLabels => Word::new("没有 BEGIN/END 行", "no BEGIN and END lines"),
        Mend::NoEnd => Word::new("没有完整的 END 行", "no whole END line"),
        Mend::WrongLabel => Word::new(
            "BEGIN 行写的类型与内容不符（PKCS#1 与 PKCS#8）",
            "the BEGIN line names another kind than the content is (PKCS#1, PKCS#8)",
        ),
        Mend::UrlAlphabet => Word::new("base64 少了 = 或用了 - _", "base64 without its =, or with - and _"),
        Mend::Twice => Word::new("整个又做了一次 base64", "base64 of the whole once more"),
    }
}

fn items(bytes: &[u8]) -> Vec<Item> {
    key::read(bytes).into_iter().map(|found| found.item).collect()
}

fn is_pkcs12(items: &[Item]) -> bool {
    matches!(items, [Item::Useless(KeyError::Pkcs12)])
}

fn certificate(item: Item) -> Option<Certificate> {
    match item {
        Item::Certificate(certificate) => Some(*certificate),
        _ => None,
    }
}
