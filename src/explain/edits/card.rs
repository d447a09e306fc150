//! Mistakes of card signatures: values sorted and glued.

use super::super::cause::{self, Cause};
use super::super::draft::{Entry, Role, Sorting, Stay};
use super::edit::{Class, Tier};
use super::jssdk::{self, Ticket, Times};
use super::list::List;
use crate::sign::{Order, Show};

/// Fills the table.
pub(in crate::explain) fn edits(list: &mut List<'_, '_>) {
    let others = list.others();
    jssdk::ticket(list, Ticket::Card, others);
    if let Some((entry, value)) = list.field("timestamp") {
        jssdk::timestamp(list, entry, &value, Times::SDK, others);
    }
    members(list);
    orders(list, cause::C_NOSORT, cause::C_SORT_CULTURE);
    pairs(list);
    for other in others {
        for (entry, name, _) in list.fields() {
            if name.contains("nonce") && other.says(&["nonce"]) {
                list.set(cause::J_NONCE_REGEN, entry, other.value.clone());
            }
        }
        list.add(cause::C_EMPTY, &other.name, &other.value, 1);
    }
    for (name, value) in jssdk::spare_fields(list) {
        list.add(cause::C_EMPTY, &name, &value, 0);
    }
    for join in ["&", ",", " ", "\n", "|"] {
        list.put(cause::J_SEP, Class::Join, &[], move |d| d.join = join).rare(1);
    }
}

fn members(list: &mut List<'_, '_>) {
    let fields = list.fields();
    for (entry, name, value) in &fields {
        list.leave_out(cause::C_EMPTY, &[*entry]).about(name.clone()).rare(u32::from(value.is_empty()));
        for null in List::nulls().into_iter().chain([""]) {
            list.set(cause::C_EMPTY, *entry, null).rare(1);
        }
    }
    let optional: Vec<usize> =
        fields.iter().filter(|(_, n, _)| n == "code" || n == "openid").map(|(e, ..)| *e).collect();
    if optional.len() > 1 {
        list.leave_out(cause::C_EMPTY, &optional);
    }
    for null in List::nulls() {
        list.add(cause::C_EMPTY, "code", null, 0);
        list.add(cause::C_EMPTY, "openid", null, 1);
        list.put(cause::C_EMPTY, Class::Presence, &[], move |d| {
            for name in ["code", "openid"] {
                d.entries.push(Entry { stay: Stay::In, ..Entry::new(name, null) });
            }
        });
    }
}

/// Wrong orders of values.
pub(super) fn orders(list: &mut List<'_, '_>, none: &'static Cause, culture: &'static Cause) {
    for sorting in [Sorting::ValueIgnoreCase, Sorting::ValueCulture] {
        list.put(culture, Class::Order, &[], move |d| d.sorting = sorting.clone());
    }
    list.put(none, Class::Order, &[], |d| d.sorting = Sorting::Right(Order::AsGiven));
    list.put(none, Class::Order, &[], |d| d.sorting = Sorting::Right(Order::ByName));
    list.put(none, Class::Order, &[], |d| d.sorting = Sorting::ValueDescending).rare(1);
    let count = list.right.entries.len();
    for order in jssdk::permutations(count) {
        list.put(none, Class::Order, &[], move |d| d.sorting = Sorting::Fixed(order.clone())).rare(1).tier =
            if count < 5 { Tier::Usual } else { Tier::Rare };
    }
}

fn pairs(list: &mut List<'_, '_>) {
    for ticket in ["api_ticket", "ticket", "jsapi_ticket", "card_ticket", "wx_card_ticket", "apiTicket"] {
        for join in ["&", ""] {
            for sorting in [
                Sorting::Right(Order::ByName),
                Sorting::Right(Order::ByValue),
                Sorting::Right(Order::AsGiven),
                Sorting::Joined,
            ] {
                list.put(cause::C_KEYVAL, Class::Show, &[], move |d| {
                    d.show = Show::Pair;
                    d.join = join;
                    d.sorting = sorting.clone();
                    if let Some(entry) = d.entries.iter_mut().find(|e| e.role == Role::Secret) {
                        entry.name = ticket.into();
                        entry.rank = ticket.into();
                    }
                })
                .rare(u32::from(ticket != "api_ticket"));
            }
        }
    }
}
