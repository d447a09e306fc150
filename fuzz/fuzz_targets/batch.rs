//! Streams of payloads: cut the same however they are read, and every plain message read and
//! judged as it is alone.
#![no_main]

use std::io::{self, Read};

use libfuzzer_sys::fuzz_target;
use wxkit::api::invoke::verify_pay_v2;
use wxkit::api::scheme::many::{Many, Wrong};
use wxkit::sign::Secret;
use wxkit::wire::batch::{Payloads, Run};
use wxkit::wire::{Fields, json, plain, xml};

fuzz_target!(|bytes: &[u8]| {
    wxkit_fuzz::bounded(|| {
        let [at_once, bytes @ ..] = bytes else { return };
        let at_once = 1 + usize::from(*at_once);
        let whole: Vec<Vec<u8>> = Payloads::new(bytes).filter_map(Result::ok).collect();
        let mut payloads = Payloads::new(Dribble(bytes, at_once));
        let (mut run, mut told) = (Run::default(), 0);
        let key = Secret::new(KEY);
        let (mut reader, mut many) = (plain::Reader::default(), Many::new(&key));
        while payloads.read(&mut run) {
            for payload in run.payloads().filter_map(|(_, payload)| payload.ok()) {
                assert_eq!(whole[told], payload);
                alike(payload, &mut reader, &mut many, &key);
                told += 1;
            }
        }
        assert_eq!(told, whole.len());
    });
});

const KEY: &str = "192006250b4c09247ec02edce69f6a2d";

/// What is plain says what the careful readers and the plain check say.
fn alike(payload: &[u8], reader: &mut plain::Reader, many: &mut Many<()>, key: &Secret) {
    let mut pairs = Vec::new();
    let is_plain = reader.read(payload, &mut pairs);
    let is_alone = plain::Reader::default().read(payload, &mut Vec::new());
    assert_eq!(is_plain, is_alone, "the messages before matter");
    if !is_plain {
        return;
    }
    let read = if payload.starts_with(b"<") { xml::read(payload) } else { json::read(payload) };
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_owned()).unwrap();
    let found: Vec<_> = pairs.iter().map(|(name, value)| (text(name), text(value))).collect();
    let mut verdict = None;
    let taken = many.check(payload, &mut pairs, (), &mut |(), told| verdict = Some(told));
    many.finish(&mut |(), told| verdict = Some(told));
    let Ok(fields) = read else {
        assert_eq!((taken, verdict), (None, None), "refused alone");
        return;
    };
    let mut sorted: Vec<_> = fields.iter().collect();
    sorted.sort_unstable();
    assert!(sorted.into_iter().eq(found.iter().map(|(name, value)| (name.as_str(), value.as_str()))));
    if taken.is_some() {
        assert_eq!(verdict, Some(alone(&fields, key)));
    }
}

fn alone(fields: &Fields, key: &Secret) -> Result<(), Wrong> {
    let wrong = |missing| if missing { Wrong::Missing } else { Wrong::Other };
    verify_pay_v2(fields, key).map(|_| ()).map_err(|broken| wrong(broken.is_missing()))
}

/// A reader that gives so many bytes at a time.
struct Dribble<'a>(&'a [u8], usize);

impl Read for Dribble<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = self.1.min(into.len());
        Read::read(&mut self.0, &mut into[..most])
    }
}
