//! From the register to four levels of grids: what is shared out, merged and split, down to every leaf.

use super::names::{self, Compounds};
use super::rng::Rng;
use super::share::{share, share_from};
use crate::tree::GridTree;

/// People of the city at the end of 2022 (Zhongshan's statistics).
pub(super) const PEOPLE: u64 = 4_431_100;
/// Family households at the census of 2020.
pub(super) const HOUSEHOLDS: u64 = 1_697_001;
/// Towns whose population is known: end of 2022, 南朗街道 2021 (Zhongshan's statistics).
const KNOWN: [(&str, u64); 7] = [
    ("442000118", 774_539),
    ("442000107", 374_498),
    ("442000003", 288_982),
    ("442000001", 255_033),
    ("442000114", 228_946),
    ("442000007", 119_776),
    ("442000008", 114_049),
];
/// 火炬开发区, the town 中山港街道 of the register.
pub(super) const TORCH: &str = "442000003";
/// 翠亨新区, the town 南朗街道 of the register.
pub(super) const CUIHENG: &str = "442000008";
/// Grids on levels 2, 3 and 4: of Torch, of Cuiheng, of the other 21 towns together.
const TORCH_GRIDS: [u64; 3] = [18, 99, 1153];
const CUIHENG_GRIDS: [u64; 3] = [26, 307, 1307];
const OTHER_GRIDS: [u64; 3] = [243, 2894, 7657];

/// A town (镇街): a level-1 grid.
pub(super) struct Town {
    pub code: String,
    pub name: String,
    pub communities: Vec<Community>,
}

/// A level-2 grid: one village, a part of one, or several.
pub(super) struct Community {
    pub code: String,
    pub name: String,
    /// Whether most of its people live under a villagers' committee.
    pub rural: bool,
    pub covers: Vec<Covered>,
    pub sections: Vec<Section>,
}

/// A village, or the part of one, that a level-2 grid covers.
#[derive(Clone)]
pub(super) struct Covered {
    pub village: String,
    pub people: u64,
    pub village_people: u64,
}

/// A level-3 grid: a group or a compound.
pub(super) struct Section {
    pub code: String,
    pub name: String,
    pub group: bool,
    pub leaves: Vec<Leaf>,
}

/// A level-4 grid.
pub(super) struct Leaf {
    pub code: String,
    pub name: String,
    pub people: u64,
    pub households: u64,
}

#[derive(Clone)]
struct Village {
    code: String,
    name: String,
    people: u64,
}

impl Village {
    /// The last three digits tell: 001–199 under a residents' committee, 200–399 under a villagers' committee.
    fn is_rural(&self) -> bool {
        self.code.get(9..10).is_some_and(|digit| digit >= "2")
    }
}

/// A level-2 grid before it has a code: its villages and its share of each.
struct Draft {
    villages: Vec<(Village, u64)>,
    part: Option<usize>,
}

impl Draft {
    fn people(&self) -> u64 {
        self.villages.iter().map(|(_, people)| people).sum()
    }
}

/// Plans the whole city.
pub(super) fn plan(register: &GridTree, seed: u64) -> Vec<Town> {
    let towns: Vec<_> = register.children(register.root()).collect();
    let codes: Vec<String> = towns.iter().map(|&town| register.code(town).to_string()).collect();
    let villages: Vec<u64> = towns.iter().map(|&town| register.children(town).count() as u64).collect();
    let people = town_people(&codes, &villages);

    let level2 = per_town(&codes, 0, &villages, &vec![1; codes.len()]);
    let level3 = per_town(&codes, 1, &people, &level2);
    let leaves = per_town(&codes, 2, &people, &level3);

    let mut rng = Rng::new(seed, "plan");
    let mut city = Vec::new();
    for (place, &town) in towns.iter().enumerate() {
        let weights: Vec<u64> = register.children(town).map(|_| rng.between(60, 180)).collect();
        let shares = share_from(people[place], &weights, 1);
        let villages = register.children(town).zip(shares).map(|(village, people)| Village {
            code: register.code(village).to_string(),
            name: names::core(register.name(village)).to_owned(),
            people,
        });
        let drafts = draft(villages.collect(), level2[place], &mut rng);
        city.push(Town {
            code: codes[place].clone(),
            name: register.name(town).to_owned(),
            communities: communities(&codes[place], drafts, level3[place], leaves[place], &mut rng),
        });
    }
    house(&mut city);
    city
}

/// People per town: as known; what is left over is shared by the number of villages.
fn town_people(codes: &[String], villages: &[u64]) -> Vec<u64> {
    let known = |code: &String| KNOWN.iter().find(|(town, _)| town == code).map(|&(_, people)| people);
    let rest = PEOPLE - KNOWN.iter().map(|&(_, people)| people).sum::<u64>();
    let weights = codes.iter().zip(villages).filter(|(code, _)| known(code).is_none());
    let mut shared = share_from(rest, &weights.map(|(_, &count)| count).collect::<Vec<_>>(), 1).into_iter();
    codes.iter().filter_map(|code| known(code).or_else(|| shared.next())).collect()
}

/// Grids of one level per town: as the two districts report; the others share theirs by weight.
fn per_town(codes: &[String], level: usize, weights: &[u64], floors: &[u64]) -> Vec<u64> {
    let reported = |code: &str| match code {
        TORCH => Some(TORCH_GRIDS[level]),
        CUIHENG => Some(CUIHENG_GRIDS[level]),
        _ => None,
    };
    let others: Vec<usize> = (0..codes.len()).filter(|&town| reported(&codes[town]).is_none()).collect();
    let of_others = |values: &[u64]| others.iter().map(|&town| values[town]).collect::<Vec<_>>();
    let mut shared = share(OTHER_GRIDS[level], &of_others(weights), &of_others(floors)).into_iter();
    codes.iter().filter_map(|code| reported(code).or_else(|| shared.next())).collect()
}

/// Makes `wanted` level-2 grids of the villages of a town: splits the populous, or merges small neighbours.
fn draft(villages: Vec<Village>, wanted: u64, rng: &mut Rng) -> Vec<Draft> {
    if wanted > villages.len() as u64 {
        let people: Vec<u64> = villages.iter().map(|village| village.people).collect();
        let parts = share_from(wanted, &people, 1);
        let split = |(village, parts): (Village, u64)| {
            let weights: Vec<u64> = (0..parts).map(|_| rng.between(80, 120)).collect();
            let shares = share_from(village.people, &weights, 1).into_iter().enumerate();
            shares
                .map(|(part, people)| Draft {
                    villages: vec![(village.clone(), people)],
                    part: (parts > 1).then_some(part + 1),
                })
                .collect::<Vec<_>>()
        };
        return villages.into_iter().zip(parts).flat_map(split).collect();
    }
    let single = |village: Village| {
        let people = village.people;
        Draft { villages: vec![(village, people)], part: None }
    };
    let mut drafts: Vec<Draft> = villages.into_iter().map(single).collect();
    while drafts.len() as u64 > wanted {
        let together = |&place: &usize| drafts[place].people() + drafts[place + 1].people();
        let Some(place) = (0..drafts.len() - 1).min_by_key(together) else { break };
        let second = drafts.remove(place + 1);
        drafts[place].villages.extend(second.villages);
    }
    drafts
}

/// Numbers the level-2 grids of a town and fills them with sections and leaves.
fn communities(town: &str, drafts: Vec<Draft>, level3: u64, leaves: u64, rng: &mut Rng) -> Vec<Community> {
    let people: Vec<u64> = drafts.iter().map(Draft::people).collect();
    let sections = share_from(level3, &people, 1);
    let mut made = Vec::new();
    for (place, draft) in drafts.into_iter().enumerate() {
        let code = format!("{town}{:02}", place + 1);
        let under = |rural| -> u64 {
            draft
                .villages
                .iter()
                .filter(|(village, _)| village.is_rural() == rural)
                .map(|(_, people)| people)
                .sum()
        };
        let rural = under(true) > under(false);
        let covers = draft.villages.iter().map(|(village, people)| Covered {
            village: village.code.clone(),
            people: *people,
            village_people: village.people,
        });
        let villages: Vec<&str> = draft.villages.iter().map(|(village, _)| village.name.as_str()).collect();
        made.push(Community {
            name: names::community(&villages, draft.part),
            rural,
            covers: covers.collect(),
            sections: sections_of(&code, rural, people[place], sections[place], rng),
            code,
        });
    }
    fill(&mut made, leaves, rng);
    made
}

/// The level-3 grids of a level-2 grid, groups before compounds; the people of each wait in its only leaf.
fn sections_of(community: &str, rural: bool, people: u64, count: u64, rng: &mut Rng) -> Vec<Section> {
    let groups = (0..count).filter(|_| rng.chance(if rural { 85 } else { 20 })).count() as u64;
    let weights: Vec<u64> = (0..count)
        .map(|place| if place < groups { rng.between(70, 130) } else { rng.between(100, 200) })
        .collect();
    let shares = share_from(people, &weights, 1);
    let mut compounds = Compounds::new(rng);
    let section = |(place, people): (usize, u64)| {
        let group = (place as u64) < groups;
        let code = format!("{community}{:03}", place + 1);
        let name = if group { names::group(place + 1, rural) } else { compounds.take() };
        let leaf = Leaf { code: String::new(), name: String::new(), people, households: 0 };
        Section { code, name, group, leaves: vec![leaf] }
    };
    shares.into_iter().enumerate().map(section).collect()
}

/// Shares the leaves of a town over its sections by people, and each section's people over its leaves.
fn fill(communities: &mut [Community], leaves: u64, rng: &mut Rng) {
    let sections = || communities.iter().flat_map(|community| &community.sections);
    let people: Vec<u64> =
        sections().map(|section| section.leaves.iter().map(|leaf| leaf.people).sum()).collect();
    let counts = share_from(leaves, &people, 1);
    let sections = communities.iter_mut().flat_map(|community| &mut community.sections);
    for ((section, people), count) in sections.zip(people).zip(counts) {
        let weights: Vec<u64> = (0..count).map(|_| rng.between(70, 130)).collect();
        let leaf = |(place, people): (usize, u64)| Leaf {
            code: format!("{}{:02}", section.code, place + 1),
            name: names::leaf(place + 1),
            people,
            households: 0,
        };
        section.leaves = share_from(people, &weights, 1).into_iter().enumerate().map(leaf).collect();
    }
}

/// Shares the family households over all leaves by people.
fn house(city: &mut [Town]) {
    let people: Vec<u64> = leaves(city).map(|leaf| leaf.people).collect();
    let shares = share_from(HOUSEHOLDS, &people, 1);
    let sections = city.iter_mut().flat_map(|town| &mut town.communities).flat_map(|one| &mut one.sections);
    for (leaf, households) in sections.flat_map(|section| &mut section.leaves).zip(shares) {
        leaf.households = households;
    }
}

/// All leaves, in the order of their codes.
pub(super) fn leaves(city: &[Town]) -> impl Iterator<Item = &Leaf> {
    sections(city).flat_map(|section| &section.leaves)
}

/// All level-3 grids, in the order of their codes.
pub(super) fn sections(city: &[Town]) -> impl Iterator<Item = &Section> {
    city.iter().flat_map(|town| &town.communities).flat_map(|community| &community.sections)
}
