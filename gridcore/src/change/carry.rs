//! What edits of the tree do to the tables beside the assignments: posts held, deputies, chains, layers of modes.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::ChangeFaultKind as K;
use super::ledger::{LedgerAction as A, LedgerItem};
use super::state::{State, derived};
use super::transfer::{Run, Way};
use crate::id::GridCode;
use crate::responsibility::{ChainRow, DeputyRow, HoldingRow, ModeLayer};

impl State<'_> {
    pub(super) fn carry_holdings(&mut self, run: &Run<'_>) {
        let item = |row: &HoldingRow| Some(LedgerItem::Holding { row: row.clone() });
        for was in std::mem::take(&mut self.tables.holdings) {
            self.set_cause(run, &was.grid);
            match run.way(&was.grid) {
                Way::Stays => self.tables.holdings.push(was),
                Way::Gone => self.log(A::Released, None, item(&was), None),
                Way::To(to) => {
                    for new in &to {
                        let row = HoldingRow { grid: new.to_string(), ..was.clone() };
                        let inherited = to.len() > 1 && row.grid != was.grid;
                        if self.tables.holdings.contains(&row) {
                            self.log(A::Joined, None, item(&was), item(&row));
                            continue;
                        }
                        if row != was {
                            let action = if inherited { A::Inherited } else { A::Moved };
                            self.log(action, None, item(&was), item(&row));
                        }
                        self.tables.holdings.push(row);
                    }
                }
            }
        }
    }

    pub(super) fn carry_deputies(&mut self, run: &Run<'_>) {
        let item = |row: &DeputyRow| Some(LedgerItem::Deputy { row: row.clone() });
        for was in std::mem::take(&mut self.tables.deputies) {
            let Some(grid) = was.grid.clone().filter(|grid| !grid.is_empty()) else {
                self.tables.deputies.push(was);
                continue;
            };
            self.set_cause(run, &grid);
            match run.way(&grid) {
                Way::Stays => self.tables.deputies.push(was),
                Way::Gone => self.log(A::Released, None, item(&was), None),
                Way::To(to) => {
                    for new in &to {
                        let row = DeputyRow { grid: Some(new.to_string()), ..was.clone() };
                        if self.tables.deputies.contains(&row) {
                            self.log(A::Joined, None, item(&was), item(&row));
                            continue;
                        }
                        if row != was {
                            let inherited = to.len() > 1 && *new != grid.as_str();
                            let action = if inherited { A::Inherited } else { A::Moved };
                            self.log(action, None, item(&was), item(&row));
                        }
                        self.tables.deputies.push(row);
                    }
                }
            }
        }
    }

    /// Chains of command: each new grid stands once, under the nearest grid above that is another one now.
    pub(super) fn carry_chains(&mut self, run: &Run<'_>) {
        let item = |row: &ChainRow| Some(LedgerItem::Link { row: row.clone() });
        let rows = std::mem::take(&mut self.tables.chains);
        let above: BTreeMap<(&str, &str), &str> = rows
            .iter()
            .filter_map(|row| {
                let parent = row.parent.as_deref().filter(|parent| !parent.is_empty())?;
                Some(((row.chain.as_str(), row.grid.as_str()), parent))
            })
            .collect();
        let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
        for was in &rows {
            self.set_cause(run, &was.grid);
            let to = match run.way(&was.grid) {
                Way::Stays => vec![was.grid.clone()],
                Way::Gone => {
                    self.log(A::Released, None, item(was), None);
                    continue;
                }
                Way::To(to) => to.iter().map(ToString::to_string).collect(),
            };
            for (place, new) in to.iter().enumerate() {
                let mut row = ChainRow { grid: new.clone(), ..was.clone() };
                // Climb past grids that are no more, and past those that have become this very grid. A climb is no
                // longer than the chain, whose rings the door refused.
                let mut next = above.get(&(was.chain.as_str(), was.grid.as_str())).copied();
                row.parent = None;
                while let Some(parent) = next {
                    let found = match run.way(parent) {
                        Way::Stays => Some(parent.to_owned()),
                        Way::Gone => None,
                        // Of the parts of a parent, the one that the grid lies beneath; else the first.
                        Way::To(parts) => {
                            let beneath = |part: &&GridCode| {
                                let ends = (self.tree.find(&part.to_string()), self.tree.find(new));
                                ends.0
                                    .zip(ends.1)
                                    .is_some_and(|(part, grid)| self.tree.is_ancestor(part, grid))
                            };
                            parts.iter().find(beneath).or(parts.first()).map(ToString::to_string)
                        }
                    };
                    if let Some(found) = found.filter(|found| found != new) {
                        row.parent = Some(found);
                        break;
                    }
                    next = above.get(&(was.chain.as_str(), parent)).copied();
                }
                if !seen.insert((row.chain.clone(), row.grid.clone())) {
                    self.log(A::Joined, None, item(was), item(&row));
                    continue;
                }
                if row != *was {
                    let action = if place > 0 { A::Inherited } else { A::Moved };
                    self.log(action, None, item(was), item(&row));
                }
                self.tables.chains.push(row);
            }
        }
    }

    /// Layers: their scopes and their rows.
    pub(super) fn carry_layers(&mut self, run: &Run<'_>) {
        let layers = std::mem::take(&mut self.layers);
        let entered = std::mem::take(&mut self.entered);
        let layer_item = |layer: &ModeLayer| {
            Some(LedgerItem::Layer { mode: layer.mode.clone(), scope: layer.scope.clone() })
        };
        // Layers of one mode whose scopes have become one are one layer; the first of them has its place in the order.
        let mut groups: Vec<(Vec<GridCode>, ModeLayer, Option<usize>)> = Vec::new();
        for (layer, by) in layers.into_iter().zip(entered) {
            self.set_cause(run, &layer.scope);
            let to = match run.way(&layer.scope) {
                Way::Stays => match layer.scope.parse::<GridCode>() {
                    Ok(code) => vec![code],
                    Err(_) => Vec::new(),
                },
                Way::Gone => {
                    for row in &layer.rows {
                        self.log(A::Released, Some(&layer.mode), derived(row), None);
                    }
                    self.log(A::Released, Some(&layer.mode), layer_item(&layer), None);
                    continue;
                }
                Way::To(to) => to,
            };
            for new in &to {
                let now = ModeLayer { scope: new.to_string(), ..ModeLayer::new(layer.mode.as_str(), "") };
                if now.scope != layer.scope {
                    let action = if to.len() > 1 { A::Inherited } else { A::Moved };
                    self.log(action, Some(&layer.mode), layer_item(&layer), layer_item(&now));
                }
                let widened =
                    run.made.get(new).is_some_and(|from| from.iter().any(|old| *old != *layer.scope));
                if widened {
                    self.undecided(K::UndecidedScope { grid: new.clone() });
                }
            }
            let shared = |group: &&mut (Vec<GridCode>, ModeLayer, Option<usize>)| {
                group.1.mode == layer.mode && group.0.iter().any(|code| to.contains(code))
            };
            match groups.iter_mut().find(shared) {
                None => groups.push((to, layer, by)),
                Some((scopes, first, _)) => {
                    if (first.from, first.until) != (layer.from, layer.until) {
                        let common = scopes.iter().find(|code| to.contains(code)).cloned();
                        if let Some(grid) = common {
                            self.fault(K::LayersDiffer { grid });
                        }
                        continue;
                    }
                    scopes.extend(to.into_iter().filter(|code| !scopes.contains(code)).collect::<Vec<_>>());
                    first.rows.extend(layer.rows);
                    for member in layer.teams {
                        let same = |other: &&crate::responsibility::TeamRow| {
                            (&other.team, &other.person) == (&member.team, &member.person)
                        };
                        if !first.teams.iter().any(|other| same(&other)) {
                            first.teams.push(member);
                        }
                    }
                }
            }
        }
        for (scopes, layer, by) in groups {
            let rows = self.carry(run, layer.rows, Some(&layer.mode));
            let mut parts: Vec<ModeLayer> = scopes
                .iter()
                .map(|scope| ModeLayer {
                    mode: layer.mode.clone(),
                    scope: scope.to_string(),
                    from: layer.from,
                    until: layer.until,
                    rows: Vec::new(),
                    teams: layer.teams.clone(),
                })
                .collect();
            for row in rows {
                let inside = |part: &&mut ModeLayer| {
                    let ends = (self.tree.find(&part.scope), self.tree.find(&row.assignment.grid));
                    ends.0.zip(ends.1).is_some_and(|(scope, grid)| self.tree.is_ancestor(scope, grid))
                };
                if let Some(part) = parts.iter_mut().find(inside) {
                    part.rows.push(row);
                } else {
                    // The grid has moved out of the scope, and the mode does not reach it any more.
                    self.set_cause(run, &row.assignment.grid);
                    self.log(A::Released, Some(&layer.mode), derived(&row), None);
                }
            }
            for part in parts {
                self.layers.push(part);
                self.entered.push(by);
            }
        }
    }
}
