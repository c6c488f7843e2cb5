//! Laws of fronts: overlays that no territorial total counts.
#[path = "oracle/city.rs"]
mod city;

use city::any_tree;
use gridcore::tree::{FrontRow, Fronts, Label, Measure};
use gridcore::{GridIndex, GridTree, Lang, Problem};
use proptest::prelude::*;

/// Torch's nine fronts: two neighbouring level-2 grids each.
fn torch(tree: &GridTree) -> Fronts {
    let torch = tree.find("T01").expect("it is there");
    let grids: Vec<GridIndex> = tree.children(torch).collect();
    let rows = grids.chunks(2).zip(1..).flat_map(|(pair, number)| {
        let label = Label::new(format!("第{number}战线"), format!("front {number}"));
        FrontRow::members(&format!("f{number}"), &label, pair.iter().map(|&grid| tree.code(grid)))
    });
    Fronts::from_rows(tree, rows).expect("the rows are sound")
}

#[test]
fn the_nine_fronts_of_torch_lie_over_its_territory() {
    let tree = city::city();
    let fronts = torch(&tree);
    assert_eq!(fronts.all().len(), 9);
    let total = |level: u8| -> usize {
        fronts.count_rows().iter().filter(|row| row.level == level).map(|row| row.reached).sum()
    };
    assert_eq!([total(2), total(3), total(4)], [18, 99, 1153]); // 2, 11 and 128.1 for each of the nine
    assert_eq!(fronts.member_counts("f1"), Some(vec![0, 0, 2]));
    assert_eq!(fronts.reached_counts("f1").expect("it is there")[2..4], [2, 11]);
    assert_eq!(tree.counts(), [1, 23, 287, 3300, 10117]);
}

#[test]
fn all_faults_stand_in_one_report() {
    let tree = city::tree_of(&[0, 0]);
    let rows = [
        FrontRow::new("a").zh("甲").grid("g1"),
        FrontRow::new("a").zh("乙").grid("g1"),
        FrontRow::new("").grid("g9"),
        FrontRow::new("b").zh(" ").grid("g2"),
        FrontRow::new(" c").en("c"),
        FrontRow::new("a").grid("nowhere"),
    ];
    let error = Fronts::from_rows(&tree, rows).expect_err("much is wrong");
    let found: Vec<_> = error.list().iter().map(|fault| (fault.row, fault.code())).collect();
    assert_eq!(
        found,
        [
            (1, "conflicting_name"),
            (1, "duplicate_member"),
            (2, "empty_front"),
            (2, "unknown_grid"),
            (3, "empty_name"),
            (4, "malformed_front"),
            (5, "unknown_grid"),
        ]
    );
    assert_eq!(error.code(), "fronts_error");
    let second = error.faults()[1].text(Lang::Zh);
    assert_eq!(second, "第 1 行（从 0 起）：第 0 行已把 g1 列入战线 \"a\"；请删去其一");
}

#[test]
fn a_front_needs_no_member_and_one_name() {
    let tree = city::tree_of(&[0]);
    let fronts = Fronts::from_rows(&tree, [FrontRow::new("empty").en("to be filled")]).expect("it is sound");
    let front = fronts.get("empty").expect("it is there");
    assert_eq!((front.label().zh.as_str(), front.members().len()), ("to be filled", 0));
    assert_eq!(fronts.reached_counts("empty"), Some(vec![]));
    assert_eq!(fronts.to_rows().len(), 1);
    assert_eq!(fronts.member_counts("other"), None);
}

/// A tree with up to four fronts over any of its grids.
fn any_fronts() -> impl Strategy<Value = (GridTree, Vec<FrontRow>)> {
    let member = (0..4_u8, any::<prop::sample::Index>());
    (any_tree(), proptest::collection::vec(member, 0..20)).prop_map(|(tree, picks)| {
        let mut members: Vec<(u8, usize)> =
            picks.iter().map(|(front, pick)| (*front, pick.index(tree.len()))).collect();
        members.sort_unstable();
        members.dedup();
        let rows = members.iter().map(|&(front, position)| {
            let code = tree.code(tree.at(position).expect("it is picked from the tree"));
            FrontRow::new(format!("f{front}")).zh(format!("战线{front}")).grid(code.to_string())
        });
        let rows = rows.collect();
        (tree, rows)
    })
}

proptest! {
    #[test]
    fn a_grid_is_in_the_fronts_of_its_path((tree, rows) in any_fronts()) {
        let fronts = Fronts::from_rows(&tree, rows.clone()).expect("the rows are sound");
        let names = |row: &FrontRow, grid: GridIndex| row.grid.as_deref() == Some(&tree.code(grid).to_string()[..]);
        for grid in tree.indices() {
            let mut wanted: Vec<(String, GridIndex)> = Vec::new();
            for front in ["f0", "f1", "f2", "f3"] {
                let path = tree.path(grid).into_iter().rev();
                let member = |at: &GridIndex| rows.iter().any(|row| row.front == front && names(row, *at));
                wanted.extend(path.into_iter().find(member).map(|from| (front.to_owned(), from)));
            }
            let found: Vec<(String, GridIndex)> =
                fronts.of(grid).iter().map(|one| (one.front.code().to_string(), one.from)).collect();
            let direct: Vec<String> = fronts.direct(grid).map(|front| front.code().to_string()).collect();
            let own: Vec<String> =
                wanted.iter().filter(|(_, from)| *from == grid).map(|(front, _)| front.clone()).collect();
            prop_assert_eq!(found, wanted);
            prop_assert_eq!(direct, own);
        }
    }

    #[test]
    fn a_front_counts_each_grid_once((tree, rows) in any_fronts()) {
        let fronts = Fronts::from_rows(&tree, rows).expect("the rows are sound");
        for row in fronts.count_rows() {
            let front = row.front.as_str();
            let on_level = || tree.indices().filter(|&grid| tree.level(grid) == row.level);
            let reached = on_level().filter(|&grid| fronts.of(grid).iter().any(|one| one.front.code().as_str() == front));
            prop_assert_eq!(row.reached, reached.count());
            let members = on_level().filter(|&grid| fronts.direct(grid).any(|one| one.code().as_str() == front));
            prop_assert_eq!(row.members, members.count());
        }
    }

    #[test]
    fn no_territorial_total_counts_a_front((tree, rows) in any_fronts()) {
        let at: Vec<GridIndex> = tree.indices().collect();
        let total = |tree: &GridTree| tree.rollup(&at, &[Measure::rows("grids")]).expect("nothing is wrong");
        let (counts, before) = (tree.counts(), total(&tree));
        let fronts = Fronts::from_rows(&tree, rows).expect("the rows are sound");
        prop_assert_eq!(fronts.tree().counts(), counts);
        let after = total(fronts.tree());
        prop_assert_eq!(after.columns(), before.columns());
        prop_assert_eq!(fronts.tree(), &tree);
    }

    #[test]
    fn rows_make_the_same_fronts_in_any_order((tree, rows) in any_fronts(), turn in 0..20_usize) {
        let fronts = Fronts::from_rows(&tree, rows.clone()).expect("the rows are sound");
        let mut turned = fronts.to_rows();
        if !turned.is_empty() {
            let by = turn % turned.len();
            turned.rotate_left(by);
        }
        let again = Fronts::from_rows(&tree, turned).expect("the rows are sound");
        prop_assert_eq!(again.all(), fronts.all());
        prop_assert_eq!(again.to_rows(), fronts.to_rows());
    }
}
