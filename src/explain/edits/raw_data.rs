//! Mistakes of the signature of a mini program's user data: `rawData` and the
//! session key, one behind the other. Comes in: the table under way; goes out:
//! its edits.

use super::super::cause;
use super::super::draft::Glue;
use super::edit::Class;
use super::list::List;
use super::{charsets, xpay};

/// Fills the table.
pub(in crate::explain) fn edits(list: &mut List<'_, '_>) {
    let others = list.others();
    if let Some((entry, value)) = list.field("rawData") {
        xpay::text(list, entry, &value, cause::W_RAWDATA, others);
    }
    xpay::secret(list, cause::W_RAWDATA, others);
    for (head, tail) in [
        (&[][..], &[Glue::Text("&"), Glue::Secret][..]),
        (&[], &[Glue::Text("&session_key="), Glue::Secret]),
        (&[], &[Glue::Text("session_key="), Glue::Secret]),
        (&[], &[Glue::Text("&key="), Glue::Secret]),
        (&[Glue::Secret], &[]),
        (&[], &[]),
        (&[Glue::Text("rawData=")], &[Glue::Text("&session_key="), Glue::Secret]),
    ] {
        list.put(cause::W_RAWDATA, Class::Key, &[], move |d| (d.head, d.tail) = (head, tail));
    }
    charsets::edits(list);
}
