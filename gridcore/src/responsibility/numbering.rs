//! What was read becomes arrays: names by number in their order, rows in the one order they are kept in.

use super::door::{Draft, TEAM};
use super::names::Places;
use super::rows::Role;
use super::store::{ANY, ByPosition, END, START, Spans, Store, sort, starts};
use crate::id::GridCode;
use crate::tree::GridTree;

impl Draft<'_> {
    /// Numbers all names in their order and sorts all rows.
    pub(super) fn numbered(mut self, tree: &GridTree) -> Store {
        let (people, person) = self.people.sorted();
        let (teams, team) = self.teams.sorted();
        let (domains, domain) = self.domains.sorted();
        let (modes, mode) = self.modes.sorted();
        let (fronts, front) = self.fronts.sorted();
        let (posts, post) = self.posts.sorted();
        let (reasons, reason) = self.reasons.sorted_texts();
        let (mut lost, _) = self.lost.sorted::<GridCode>();
        lost.sort_unstable();
        let grids = tree.len() as u32;
        for duty in &mut self.duties {
            duty.party = match duty.party {
                id if id & TEAM != 0 => people.len() as u32 + team.of(id & !TEAM),
                id => person.of(id),
            };
            duty.domain = domain.of(duty.domain);
            duty.mode = mode.of(duty.mode);
            duty.front = front.of(duty.front);
            duty.post = post.of(duty.post);
            duty.reason = reason.of(duty.reason);
            if duty.position >= grids {
                let code = self.lost.list[(duty.position - grids) as usize];
                let code: GridCode = code.parse().expect("it was checked when it was met");
                let place = lost.binary_search(&code).expect("every code that was met is in the list");
                duty.position = grids + place as u32;
            }
        }
        self.name_others(&person, &team, &domain, &post);
        self.chains.rename(|id| domain.of(id));
        let reasons = reasons.into_iter().map(str::to_owned).collect();

        self.away.sort_unstable();
        self.deputies.sort_unstable();
        self.holdings.sort_unstable();
        self.members.sort_unstable();
        self.known.sort_unstable_by_key(|known| known.person);
        let holdings = self.holdings;
        let mut holdings_by_person: Vec<u32> = (0..holdings.len() as u32).collect();
        holdings_by_person.sort_by_key(|&place| {
            let holding = &holdings[place as usize];
            (holding.person, holding.post)
        });
        let mut leads = vec![ANY; teams.len()];
        for member in self.members.iter().filter(|member| member.lead) {
            leads[member.team as usize] = member.person;
        }

        let bounded = |from: i64, until: i64| from != START || until != END;
        let timed = self.duties.iter().any(|duty| bounded(duty.from, duty.until))
            || self.away.iter().any(|away| bounded(away.from, away.until))
            || self.deputies.iter().any(|deputy| bounded(deputy.from, deputy.until));
        let timed_posts = holdings.iter().any(|holding| bounded(holding.from, holding.until));
        let mut strays: Vec<_> = self.duties.extract_if(.., |duty| duty.position >= grids).collect();
        for duty in &mut strays {
            duty.position -= grids;
        }
        sort(&mut strays);
        let (accountable, others) = self.duties.into_iter().partition(|duty| duty.role == Role::Accountable);
        Store {
            tree: tree.clone(),
            accountable: ByPosition::new(tree.len(), accountable),
            others: ByPosition::new(tree.len(), others),
            absent: Spans::new(
                people.len(),
                self.away.iter().map(|away| (away.person, away.from, away.until)),
            ),
            deputies_of: starts(people.len(), self.deputies.iter().map(|deputy| deputy.holder)),
            people,
            teams,
            domains,
            modes,
            fronts,
            posts,
            reasons,
            strays,
            lost,
            away: self.away,
            deputies: self.deputies,
            holdings,
            holdings_by_person,
            members: self.members,
            leads,
            known: self.known,
            rules: self.rules,
            chains: self.chains,
            timed,
            timed_posts,
        }
    }

    /// Gives the rows beside the assignments the numbers that their names have in the end.
    fn name_others(&mut self, person: &Places, team: &Places, domain: &Places, post: &Places) {
        for away in &mut self.away {
            away.person = person.of(away.person);
        }
        for deputy in &mut self.deputies {
            (deputy.holder, deputy.person) = (person.of(deputy.holder), person.of(deputy.person));
            deputy.domain = domain.of(deputy.domain);
        }
        for holding in &mut self.holdings {
            (holding.person, holding.post) = (person.of(holding.person), post.of(holding.post));
        }
        for member in &mut self.members {
            (member.team, member.person) = (team.of(member.team), person.of(member.person));
        }
        for known in &mut self.known {
            known.person = person.of(known.person);
        }
        for ruled in &mut self.rules {
            ruled.post = post.of(ruled.post);
            for id in &mut ruled.domains {
                *id = domain.of(*id);
            }
            ruled.domains.sort_unstable();
        }
    }
}
