//! Identity numbers that could be mended, of all rows of both sides.

use super::RepairRow;
use super::place::State;
use crate::roster::FieldKind;
use crate::roster::RosterSide;
use crate::roster::explain::Masking;
use crate::roster::normal::identity::{self, Slip};
use crate::roster::run::Reconciliation;
use crate::roster::side::Values;

impl Reconciliation {
    /// The identity numbers with a wrong check digit that could be mended, of all rows, matched or not; by side, in the order
    /// of the record ids' hashes. Only proposed: rows are compared as they stand, and nothing is put in.
    ///
    /// A number is mended by one slip: one digit, or two neighbours swapped. What is proposed agrees with the row's birth and
    /// sex, and either is the only number that does, or is the counterpart's. Where the birth is not known nothing is
    /// proposed, since nearly every digit could be the wrong one.
    ///
    /// ```
    /// use gridcore::control::Control;
    /// use gridcore::roster::{Masking, RosterCell, RosterTable, Rules, deduplicate};
    /// let roster = RosterTable::new(1)
    ///     .column("身份证号", |_| RosterCell::Text("110101199004071233"))
    ///     .column("出生日期", |_| RosterCell::Text("1990-03-07"));
    /// let answer = deduplicate(&roster, &Rules::default(), None, &mut Control::free())?;
    /// let row = answer.repairs(Masking::Shown).next().expect("one digit of the birth is wrong");
    /// assert_eq!((row.row, row.repair.as_str(), row.confirmed), (0, "110101199003071233", false));
    /// assert_eq!((row.digit, row.swapped), (12, false));
    /// # Ok::<(), gridcore::roster::ReconcileError>(())
    /// ```
    ///
    /// # Complexity
    /// O(r) for r rows with such a number; they were found when the rows were read.
    pub fn repairs(&self, masking: Masking) -> impl Iterator<Item = RepairRow> + '_ {
        let inner = &*self.inner;
        inner.repairs.iter().filter_map(move |repair| {
            let number = |side: RosterSide, at: u32| match inner.side(side).columns.get(repair.field) {
                Some(Values::Id(ids)) => ids.get(at as usize).copied(),
                _ => None,
            };
            let counterpart = match inner.states(repair.side)[repair.at as usize] {
                State::Matched(with) => number(repair.side.other(), with),
                _ => None,
            };
            let told = repair.proposals.iter().find(|(id, _)| Some(*id) == counterpart);
            let (mended, slip) = match (told, &repair.proposals[..]) {
                (Some(&told), _) => told,
                (None, &[only]) => only,
                _ => return None,
            };
            let (digit, swapped) = match slip {
                Slip::Digit(digit) => (digit.into(), false),
                Slip::Swapped(digit) => (digit.into(), true),
            };
            let shown = |id: u128| Some(masking.show(FieldKind::Id, &identity::text(id)?));
            let (id, row) = inner.named(repair.side, repair.at);
            Some(RepairRow {
                side: repair.side,
                id,
                row,
                field: inner.fields.fields.get(repair.field)?.name.clone(),
                value: shown(number(repair.side, repair.at)?)?,
                repair: shown(mended)?,
                digit,
                swapped,
                confirmed: told.is_some(),
            })
        })
    }
}
