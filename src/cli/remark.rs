//! What a person should know of a secret that was found all the same: others can
//! read its file, something stood around it. Comes in: a remark; goes out: words.

use std::path::Path;

use wxkit::api::word::Part;
use wxkit::api::{Message, Word};
use wxkit::config::{Remark, Wrap};

use super::error;

/// A remark on a secret that was found.
pub fn told(flag: &str, remark: &Remark) -> Message {
    match remark {
        Remark::Exposed { path, mode } => exposed(path, *mode),
        Remark::Wrapped(place, wrap) => {
            WRAPPED.with([Part::from(flag), error::place_word(place), wrap_word(*wrap).into()])
        }
    }
}

/// A file with a secret that others can read.
pub fn exposed(path: &Path, mode: u32) -> Message {
    let path = path.display().to_string();
    EXPOSED.with([path.clone(), format!("{mode:o}"), error::shell_word(&path)])
}

const fn wrap_word(wrap: Wrap) -> Word {
    match wrap {
        Wrap::Mark => Word::new("BOM", "a byte order mark"),
        Wrap::Blanks => Word::new("空白", "blanks"),
        Wrap::Quotes => Word::new("引号", "quotes"),
    }
}

const EXPOSED: Word = Word::new(
    "提示：{} 的权限是 {}，别的用户也能读到里面的密钥；请运行 chmod 600 {}",
    "note: {} has mode {}: other users can read the secret in it; run chmod 600 {}",
);
const WRAPPED: Word = Word::new(
    "提示：--{}：{} 里的密钥外面有{}，已去掉",
    "note: --{}: in {}, the secret has {} around it; they were left out",
);
