//! Text as it crosses, both ways.

use std::cell::Cell;
use std::ops::Deref;
use std::ptr;

use napi::bindgen_prelude::{FromNapiValue, Result, ToNapiValue};
use napi::{check_status, sys, JsError};

/// Text as JavaScript hands it over, in memory that is used again. napi's own way, a `String`, asks
/// for the length first, which V8 counts character by character: 60,000 take 110 us so, there and
/// back, and 66 without.
pub struct Text(Vec<u8>);

/// More bytes than packets and lines have as a rule: their senders end them at 60,000 characters.
const ROOM: usize = 64 * 1024;

/// Bytes of a character, which comes whole or not at all.
const LONGEST_CHARACTER: usize = 4;

thread_local! {
    /// For lines, and for a packet behind them.
    static USED: Cell<[Vec<u8>; 2]> = const { Cell::new([Vec::new(), Vec::new()]) };
}

impl Text {
    /// Writes the value over the earlier text, as far as there is memory.
    unsafe fn write(&mut self, env: sys::napi_env, value: sys::napi_value) -> Result<()> {
        let (start, room) = (self.0.as_mut_ptr().cast(), self.0.capacity());
        let mut length = 0;
        check_status!(
            unsafe { sys::napi_get_value_string_utf8(env, value, start, room, &raw mut length) },
            "no string where one is expected"
        )?;
        // V8 wrote this many bytes of UTF-8, with lone surrogates replaced.
        unsafe { self.0.set_len(length) };
        Ok(())
    }
}

impl FromNapiValue for Text {
    unsafe fn from_napi_value(env: sys::napi_env, value: sys::napi_value) -> Result<Self> {
        let [used, rest] = USED.take();
        USED.set([rest, Vec::new()]);
        let mut text = Self(used);
        text.0.clear();
        text.0.reserve(ROOM);
        unsafe { text.write(env, value) }?;
        // With the end that Node-API writes behind it, the next character had no room.
        if text.0.len() + LONGEST_CHARACTER >= text.0.capacity() {
            let mut whole = 0;
            check_status!(unsafe {
                sys::napi_get_value_string_utf8(env, value, ptr::null_mut(), 0, &raw mut whole)
            })?;
            text.0.reserve(whole + 1);
            unsafe { text.write(env, value) }?;
        }
        Ok(text)
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        // It is V8's UTF-8.
        unsafe { std::str::from_utf8_unchecked(&self.0) }
    }
}

impl Drop for Text {
    fn drop(&mut self) {
        if self.0.capacity() <= 2 * ROOM {
            let [used, _] = USED.take();
            USED.set([std::mem::take(&mut self.0), used]);
        }
    }
}

/// The result of a message function.
pub(super) enum Answer {
    Text(String),
    Bool(bool),
}

/// An answer for JavaScript, or an error that it is to catch. napi's own errors have no codes of ours.
pub struct Outcome(pub(super) super::Result<Answer>);

impl ToNapiValue for Outcome {
    unsafe fn to_napi_value(env: sys::napi_env, outcome: Self) -> Result<sys::napi_value> {
        match outcome.0 {
            Ok(Answer::Text(text)) => unsafe { ToNapiValue::to_napi_value(env, text) },
            Ok(Answer::Bool(is)) => unsafe { ToNapiValue::to_napi_value(env, is) },
            Err(error) => {
                unsafe { JsError::from(error).throw_into(env) };
                Ok(ptr::null_mut())
            }
        }
    }
}
