//! Copying of short pieces into strings that are put together. Comes in: a piece and as much
//! room; goes out: the room filled. It knows nothing of what the bytes mean.

/// Copies in steps of fixed size: a call that copies any number of bytes costs more than
/// copying a usual name, value, or rest of a message.
#[inline]
pub(super) fn copy(into: &mut [u8], piece: &[u8]) {
    match piece.len() {
        0..4 => into.iter_mut().zip(piece).for_each(|(to, from)| *to = *from),
        4..8 => ends::<4>(into, piece),
        8..16 => ends::<8>(into, piece),
        16..32 => ends::<16>(into, piece),
        32..64 => ends::<32>(into, piece),
        _ => {
            let wholes = into.as_chunks_mut::<64>().0.iter_mut().zip(piece.as_chunks().0);
            wholes.for_each(|(to, from)| *to = *from);
            ends::<64>(into, piece);
        }
    }
}

/// Copies the first and the last `N` bytes, which are all that is left to copy.
#[inline]
fn ends<const N: usize>(into: &mut [u8], piece: &[u8]) {
    if let (Some(to), Some(from)) = (into.first_chunk_mut::<N>(), piece.first_chunk()) {
        *to = *from;
    }
    if let (Some(to), Some(from)) = (into.last_chunk_mut::<N>(), piece.last_chunk()) {
        *to = *from;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_is_copied_whole() {
        let from: Vec<u8> = (0..=255).collect();
        for length in 0..from.len() {
            let mut into = vec![0; length];
            copy(&mut into, &from[..length]);
            assert_eq!(into, from[..length]);
        }
    }
}
