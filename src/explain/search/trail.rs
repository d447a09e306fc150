//! Which edits a string comes from, in as little memory as a string that waits can carry.
//! Comes in: indices of edits; goes out: the same, once a hash is the one that is looked for.

/// Which edits a string comes from, in the order in which they are made.
#[derive(Clone, Copy)]
pub(in crate::explain) struct Trail {
    first: [u16; Trail::MOST],
    count: u16,
    /// Not among the first: those are the same for many strings, and copying what has
    /// just been changed in one place waits until that is in memory.
    last: Option<u16>,
    sweep: Option<u16>,
    value: u64,
}

impl Trail {
    /// Most edits before the last one: every field left out, and one more mistake.
    const MOST: usize = 17;

    /// These edits.
    pub(in crate::explain) fn new(edits: &[usize]) -> Self {
        let none = Self { first: [0; Self::MOST], count: 0, last: None, sweep: None, value: 0 };
        none.with(edits)
    }

    /// The same with one more, the last.
    pub(in crate::explain) fn and(self, edit: usize) -> Self {
        Self { last: Some(small(edit)), ..self }
    }

    /// The same with more that come before the last.
    pub(in crate::explain) fn with(mut self, edits: &[usize]) -> Self {
        for (place, &edit) in self.first[usize::from(self.count)..].iter_mut().zip(edits) {
            *place = small(edit);
            self.count += 1;
        }
        self
    }

    /// The same with a value of a range.
    pub(in crate::explain) fn swept(self, sweep: usize, value: u64) -> Self {
        Self { sweep: Some(small(sweep)), value, ..self }
    }

    /// Its edits.
    pub(in crate::explain) fn edits(&self) -> Vec<usize> {
        let first = &self.first[..usize::from(self.count)];
        first.iter().chain(&self.last).map(|&edit| usize::from(edit)).collect()
    }

    /// The range and its value, if there is one.
    pub(in crate::explain) fn value(&self) -> Option<(usize, u64)> {
        Some((usize::from(self.sweep?), self.value))
    }
}

fn small(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}
