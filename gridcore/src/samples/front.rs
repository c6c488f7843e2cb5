//! The nine fronts (战线) of Torch: an overlay by function over its level-2 grids.

use super::plan::{TORCH, Town};
use crate::tree::{FrontRow, Label};

/// What the fronts might be for; the report says only that there are nine, divided by function.
const FUNCTIONS: [(&str, &str, &str); 9] = [
    ("epidemic_control", "疫情防控战线", "epidemic control"),
    ("forest_fire", "森林防火战线", "forest fire prevention"),
    ("work_safety", "安全生产战线", "work safety"),
    ("policy_outreach", "政策宣传战线", "policy outreach"),
    ("enterprises", "企业服务战线", "services to enterprises"),
    ("rented_housing", "出租屋管理战线", "rented housing"),
    ("transport", "交通保障战线", "transport"),
    ("supplies", "物资保障战线", "supplies"),
    ("disputes", "矛盾调解战线", "settling disputes"),
];

/// The fronts: two neighbouring level-2 grids each.
pub(super) fn fronts(city: &[Town]) -> Vec<FrontRow> {
    let communities = city.iter().filter(|town| town.code == TORCH).flat_map(|town| &town.communities);
    let codes: Vec<&str> = communities.map(|community| community.code.as_str()).collect();
    let pairs = FUNCTIONS.iter().zip(codes.chunks(2));
    pairs.flat_map(|((id, zh, en), grids)| FrontRow::members(id, &Label::new(*zh, *en), grids)).collect()
}
