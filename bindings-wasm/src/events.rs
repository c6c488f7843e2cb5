//! Events: what was reported, filed and closed in time, and what is late.

use gridcore::responsibility::{EventProfile, EventRow, EventTotals, EventWindow, Events as Core};
use wasm_bindgen::prelude::*;

use crate::argument::{array, present, read, seconds, text};
use crate::error::{Answer, refused};
use crate::report::plain;
use crate::responsibility::RawDuty;
use crate::tree::RawTree;

/// Events (事件) over a tree.
#[wasm_bindgen]
pub struct RawEvents {
    core: Core,
}

fn profile(value: &JsValue) -> Result<EventProfile, JsValue> {
    present(value.clone()).map_or_else(|| Ok(EventProfile::standard()), |value| read("profile", &value))
}

#[wasm_bindgen]
impl RawTree {
    /// Reads events.
    pub fn events(&self, rows: &JsValue, profile_: &JsValue) -> Result<RawEvents, JsValue> {
        let rows: Vec<EventRow> = read("rows", &array("rows", rows)?.into())?;
        Ok(RawEvents { core: Core::from_rows(&self.core, &profile(profile_)?, rows).map_err(refused)? })
    }

    /// Loads events that `toJson` saved.
    #[wasm_bindgen(js_name = eventsFromJson)]
    pub fn events_from_json(&self, json: &JsValue) -> Result<RawEvents, JsValue> {
        Ok(RawEvents { core: Core::from_json(&self.core, &text("json", json)?).map_err(refused)? })
    }
}

/// The stages and deadlines of the usual course of an event.
#[wasm_bindgen(js_name = standardEventProfile)]
pub fn standard_event_profile() -> Answer {
    plain(&EventProfile::standard())
}

#[wasm_bindgen]
impl RawEvents {
    /// How many events there are.
    #[must_use]
    pub fn size(&self) -> usize {
        self.core.len()
    }

    /// The events as rows.
    pub fn rows(&self) -> Answer {
        plain(&self.core.to_rows())
    }

    /// The profile they were read with.
    pub fn profile(&self) -> Answer {
        plain(self.core.profile())
    }

    /// The counts and rates of the whole tree.
    pub fn totals(&self, window: &JsValue) -> Answer {
        plain(&EventTotals::from(self.core.totals(&read::<EventWindow>("window", window)?)))
    }

    /// The counts and rates by grid and domain.
    pub fn report(&self, window: &JsValue) -> Answer {
        plain(&self.core.report(&read::<EventWindow>("window", window)?))
    }

    /// What is late at a time, or will be within so many seconds.
    pub fn breaches(&self, now: &JsValue, within: &JsValue) -> Answer {
        plain(&self.core.breaches(seconds("now", now)?, seconds("within", within)?))
    }

    /// Who hears of what is late, along the chain of its domain.
    pub fn escalations(&self, duty: &RawDuty, now: &JsValue, within: &JsValue) -> Answer {
        let (now, within) = (seconds("now", now)?, seconds("within", within)?);
        plain(&self.core.escalations(&duty.core, now, within).map_err(refused)?)
    }

    /// The events as JSON.
    #[wasm_bindgen(js_name = toJson)]
    #[must_use]
    pub fn to_json(&self) -> String {
        self.core.to_json()
    }
}
