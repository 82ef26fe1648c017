//! Numbers as text without an allocation: each record that is routed has some.

use std::ops::Deref;

/// The most digits that a `u64` has.
const MAX: usize = 20;

pub(super) struct Decimal {
    digits: [u8; MAX],
    start: usize,
}

impl Decimal {
    pub(super) fn new(mut number: u64) -> Self {
        let mut it = Self { digits: [b'0'; MAX], start: MAX };
        loop {
            it.start -= 1;
            it.digits[it.start] += (number % 10) as u8;
            number /= 10;
            if number == 0 {
                return it;
            }
        }
    }
}

impl Deref for Decimal {
    type Target = str;

    fn deref(&self) -> &str {
        // Digits are text; an error cannot be.
        std::str::from_utf8(&self.digits[self.start..]).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn numbers_are_written_as_they_are_read() {
        for number in [0, 1, 9, 10, 99, 100, 1 << 53, u64::MAX] {
            assert_eq!(*Decimal::new(number), *number.to_string());
        }
    }
}
