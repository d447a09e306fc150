//! Names and values exactly as they crossed the wire, in their order. Unknown
//! names stay, `0` stays, empty values stay: they may all be signed. All text of
//! a message lies in one piece of memory, since messages are made, copied and
//! forgotten by the ten thousand.

use super::bounds::{MAX_FIELDS, MAX_LEAVES, WireError};

/// Most messages that are put together have fewer bytes than this.
const USUAL: usize = 512;

/// An ordered list of names and values; no name twice.
#[derive(Clone, Default)]
pub struct Fields {
    text: String,
    places: Vec<Place>,
}

/// Where a name and its value lie.
#[derive(Clone, Copy)]
struct Place {
    name: (usize, usize),
    value: (usize, usize),
}

impl Fields {
    /// No fields.
    #[must_use]
    pub const fn new() -> Self {
        Self { text: String::new(), places: Vec::new() }
    }

    /// No fields, with room for a message of so many bytes.
    #[must_use]
    pub fn with_room(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), places: Vec::with_capacity(16) }
    }

    /// No fields yet, but the text in which they will be [found](Self::found).
    pub(super) fn within(text: &str) -> Self {
        Self { text: text.to_owned(), places: Vec::with_capacity(16) }
    }

    /// The value of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let (start, end) = self.places[self.find(name)?].value;
        self.text.get(start..end)
    }

    /// The value of this name if it is there and not empty.
    #[must_use]
    pub fn filled(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| !value.is_empty())
    }

    /// Sets a value, in its old place or at the end.
    pub fn set(&mut self, name: impl AsRef<str>, value: impl AsRef<str>) {
        let (name, value) = (name.as_ref(), value.as_ref());
        match self.find(name) {
            None => self.push(name, value),
            Some(at) => {
                let place = self.places[at];
                if place.value.1 - place.value.0 == value.len() {
                    self.text.replace_range(place.value.0..place.value.1, value);
                } else {
                    // The old text stays behind unseen until all of it goes.
                    self.places[at] = self.written(name, value);
                }
            }
        }
    }

    /// Adds a field that was read at byte `at`.
    ///
    /// # Errors
    /// [`WireError::Duplicate`], [`WireError::TooManyFields`].
    pub fn read(
        &mut self,
        at: usize,
        name: impl AsRef<str>,
        value: impl AsRef<str>,
    ) -> Result<(), WireError> {
        let name = name.as_ref();
        self.may_add(at, name, MAX_FIELDS)?;
        self.push(name, value.as_ref());
        Ok(())
    }

    /// Adds a value of a tree, of which there may be more.
    pub(super) fn leaf(&mut self, at: usize, path: &str, value: impl AsRef<str>) -> Result<(), WireError> {
        self.may_add(at, path, MAX_LEAVES)?;
        self.push(path, value.as_ref());
        Ok(())
    }

    /// Adds a field that begins at byte `at` of the text this was made
    /// [within](Self::within), with its value at byte `inside`.
    pub(super) fn found(
        &mut self,
        (at, name): (usize, &str),
        (inside, value): (usize, &str),
    ) -> Result<(), WireError> {
        self.may_add(at, name, MAX_FIELDS)?;
        self.places.push(Place { name: (at, at + name.len()), value: (inside, inside + value.len()) });
        Ok(())
    }

    fn may_add(&self, at: usize, name: &str, most: usize) -> Result<(), WireError> {
        if self.find(name).is_some() {
            return Err(WireError::Duplicate { at, name: name.to_owned() });
        }
        if self.places.len() == most { Err(WireError::TooManyFields) } else { Ok(()) }
    }

    /// Takes a field out.
    pub fn remove(&mut self, name: &str) -> Option<String> {
        let at = self.find(name)?;
        let value = self.pair(self.places[at]).1.to_owned();
        self.places.remove(at);
        Some(value)
    }

    /// The same without the names that are not wanted.
    #[must_use]
    pub fn only(&self, wanted: impl Fn(&str) -> bool) -> Self {
        let mut fields = Self::with_room(USUAL);
        for (name, value) in self.iter().filter(|(name, _)| wanted(name)) {
            fields.push(name, value);
        }
        fields
    }

    /// All pairs in order.
    #[must_use]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &str)> + ExactSizeIterator + Clone {
        self.places.iter().map(|place| self.pair(*place))
    }

    /// How many.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.places.len()
    }

    /// Bytes of all names and values, and of those that were replaced.
    pub(super) const fn size(&self) -> usize {
        self.text.len()
    }

    /// None at all.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    fn pair(&self, place: Place) -> (&str, &str) {
        (&self.text[place.name.0..place.name.1], &self.text[place.value.0..place.value.1])
    }

    fn find(&self, name: &str) -> Option<usize> {
        let (text, name) = (self.text.as_bytes(), name.as_bytes());
        // Most names differ in length or first letter, and that is seen at once.
        let is = |place: &Place| {
            let (start, end) = place.name;
            end - start == name.len()
                && text.get(start..end).is_some_and(|own| own.first() == name.first() && own == name)
        };
        self.places.iter().position(is)
    }

    fn push(&mut self, name: &str, value: &str) {
        let place = self.written(name, value);
        self.places.push(place);
    }

    fn written(&mut self, name: &str, value: &str) -> Place {
        let start = self.text.len();
        let end = start + name.len();
        self.text.push_str(name);
        self.text.push_str(value);
        Place { name: (start, end), value: (end, self.text.len()) }
    }
}

impl PartialEq for Fields {
    /// The same pairs in the same order.
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Fields {}

impl<N: AsRef<str>, V: AsRef<str>> FromIterator<(N, V)> for Fields {
    /// The last value of a name wins.
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        let mut fields = Self::with_room(USUAL);
        fields.extend(pairs);
        fields
    }
}

impl<N: AsRef<str>, V: AsRef<str>> Extend<(N, V)> for Fields {
    fn extend<I: IntoIterator<Item = (N, V)>>(&mut self, pairs: I) {
        for (name, value) in pairs {
            self.set(name, value);
        }
    }
}

/// Names only: a value may be a secret.
impl std::fmt::Debug for Fields {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_place_whatever_their_length() {
        let mut fields: Fields = [("a", "1"), ("b", "22"), ("", "")].into_iter().collect();
        fields.set("a", "longer");
        fields.set("b", "33");
        fields.set("c", "茶");
        let pairs: Vec<_> = fields.iter().collect();
        assert_eq!(pairs, [("a", "longer"), ("b", "33"), ("", ""), ("c", "茶")]);
        assert_eq!(fields.get(""), Some(""));
        assert_eq!(fields.remove("b").as_deref(), Some("33"));
        assert_eq!((fields.get("b"), fields.get("c"), fields.len()), (None, Some("茶"), 3));
        let same: Fields = [("a", "longer"), ("", ""), ("c", "茶")].into_iter().collect();
        assert_eq!(fields, same);
        assert_eq!(fields.only(|name| name != "a"), [("", ""), ("c", "茶")].into_iter().collect());
        assert_eq!(fields.read(7, "c", "x"), Err(WireError::Duplicate { at: 7, name: "c".into() }));
    }
}
