//! Who answers for what in the sample city: an invented head for every grid, as the report's rules of post have it.

use std::collections::BTreeMap;

use super::rng::mix;
use super::staff::{StaffRole, StaffRow};
use crate::id::GridIndex;
use crate::responsibility::{
    AssignmentRow, ChainRow, DeputyRow, DutyTables, HoldingRow, PersonRow, PostRule, Role,
};
use crate::tree::{Fronts, GridTree};

/// The domain of the chain of forest chiefs, as the fronts name it.
const FOREST: &str = "forest_fire";
/// Of so many level-2 heads one leads a level-3 grid as well.
const ONE_PERSON_OF: usize = 10;

/// What each level-3 grid and each leaf has of the roster.
struct Leaders<'s> {
    /// The head of each level-3 grid, by position in the tree.
    sections: BTreeMap<usize, &'s StaffRow>,
    /// Whoever is directly responsible for each leaf.
    leaves: BTreeMap<usize, &'s StaffRow>,
}

fn leaders<'s>(tree: &GridTree, staff: &'s [StaffRow]) -> Leaders<'s> {
    let mut found = Leaders { sections: BTreeMap::new(), leaves: BTreeMap::new() };
    for member in staff {
        let leaf = member.grid.with_str(|code| tree.find(code));
        let Some(leaf) = leaf else { continue };
        // The roster is sorted by leaf and role: a head stands before the workers of the leaf.
        if member.role != StaffRole::Volunteer {
            found.leaves.entry(leaf.get()).or_insert(member);
        }
        if let (StaffRole::Head, Some(section)) = (member.role, tree.parent(leaf)) {
            found.sections.insert(section.get(), member);
        }
    }
    found
}

/// Draws the tables.
pub(super) fn tables(tree: &GridTree, fronts: &Fronts, staff: &[StaffRow], seed: u64) -> DutyTables {
    let leaders = leaders(tree, staff);
    let mut office = Office { seed, drawn: 0, tables: DutyTables::default() };
    office.tables.rules = PostRule::four_level();
    office.tables.people.extend(staff.iter().map(|member| PersonRow::new(&member.person)));
    for grid in tree.indices() {
        let code = tree.code(grid).to_string();
        match tree.level(grid) {
            1 => office.town(&code),
            2 => office.community(tree, &leaders, grid, &code),
            3 => {
                let post = tree.kind(grid).unwrap_or("group");
                if let Some(head) = leaders.sections.get(&grid.get()) {
                    office.head(&head.person, &code, &format!("{post}_party_secretary"));
                }
            }
            4 => {
                if let Some(holder) = leaders.leaves.get(&grid.get()) {
                    office.tables.assignments.push(AssignmentRow::new(code).person(&holder.person));
                }
            }
            _ => {}
        }
    }
    for member in staff {
        let leaf = member.grid.with_str(|code| tree.find(code));
        let holder = leaf.and_then(|leaf| leaders.leaves.get(&leaf.get()));
        if holder.is_some_and(|holder| holder.person != member.person) {
            let row = AssignmentRow::new(member.grid.to_string()).person(&member.person);
            office.tables.assignments.push(row.role(Role::Supporting.id()));
        }
    }
    for front in fronts.all() {
        let lead = office.person();
        for &grid in front.members() {
            let row = AssignmentRow::new(tree.code(grid).to_string()).person(&lead);
            office.tables.assignments.push(row.domain(front.code().as_str()).front(front.code().as_str()));
        }
    }
    forest_chiefs(tree, &mut office.tables.chains);
    office.tables
}

/// The chain of forest chiefs (林长制): the city, every town, and the level-2 grids that are villages.
fn forest_chiefs(tree: &GridTree, chains: &mut Vec<ChainRow>) {
    let city = tree.code(tree.root()).to_string();
    chains.push(ChainRow::new("forest_chiefs", city).domain(FOREST));
    let towns = tree.descendants_at(tree.root(), 1);
    let villages = tree.descendants_at(tree.root(), 2).filter(|&grid| tree.kind(grid) == Some("village"));
    for grid in towns.chain(villages) {
        if let Some(above) = tree.parent(grid) {
            let row = ChainRow::new("forest_chiefs", tree.code(grid).to_string());
            chains.push(row.parent(tree.code(above).to_string()).domain(FOREST));
        }
    }
}

/// The tables as they fill.
struct Office {
    seed: u64,
    drawn: u64,
    tables: DutyTables,
}

impl Office {
    /// Somebody who is not on the roster of the leaves.
    fn person(&mut self) -> String {
        self.drawn += 1;
        // `mix` gives no two numbers the same result, and the roster counts up from the seed.
        let person = format!("p-{:016x}", mix(self.seed.wrapping_sub(self.drawn)));
        self.tables.people.push(PersonRow::new(&person));
        person
    }

    /// Makes a person who holds a post head of a grid.
    fn head(&mut self, person: &str, grid: &str, post: &str) {
        self.tables.holdings.push(HoldingRow::new(person, post, grid));
        self.tables.assignments.push(AssignmentRow::new(grid).person(person).post(post));
    }

    /// A town has its secretary as head, a deputy, and a supervisor from the city's leadership (四套班子).
    fn town(&mut self, code: &str) {
        let (head, deputy, supervisor) = (self.person(), self.person(), self.person());
        self.head(&head, code, "town_party_secretary");
        self.tables.deputies.push(DeputyRow::new(deputy, head).grid(code));
        let watch = AssignmentRow::new(code).person(supervisor).role(Role::Supervising.id());
        self.tables.assignments.push(watch);
    }

    /// A level-2 grid has its secretary as head; some lead a level-3 grid as well.
    fn community(&mut self, tree: &GridTree, leaders: &Leaders<'_>, grid: GridIndex, code: &str) {
        let first = tree.children(grid).next().and_then(|section| leaders.sections.get(&section.get()));
        let head = match first {
            Some(member) if grid.get().is_multiple_of(ONE_PERSON_OF) => member.person.clone(),
            _ => self.person(),
        };
        self.head(&head, code, "community_party_secretary");
    }
}
