//! Squarified treemaps, after Bruls, Huizing and van Wijk, "Squarified Treemaps" (2000).

use crate::id::GridIndex;
use crate::tree::GridTree;

/// A rectangle of the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Frame {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// How far the worst of a row of areas is from a square, if the row runs along a side of this length.
fn worst(side: f64, sum: f64, least: f64, most: f64) -> f64 {
    let (sum2, side2) = (sum * sum, side * side);
    (side2 * most / sum2).max(sum2 / (side2 * least))
}

/// Divides a frame among weights in descending order; a weight of zero gets nothing.
///
/// Rows are laid along the shorter side; a weight joins the row as long as the worst shape in it gets no worse.
///
/// # Complexity
/// O(n) time and space.
fn squarify(weights: &[f64], frame: Frame) -> Vec<Frame> {
    let total: f64 = weights.iter().sum();
    let mut frames = Vec::with_capacity(weights.len());
    let scale = frame.width * frame.height / total;
    let mut rest = frame;
    let mut start = 0;
    while start < weights.len() && weights[start] > 0.0 {
        let side = rest.width.min(rest.height);
        let most = weights[start] * scale;
        let (mut sum, mut end, mut shape) = (most, start + 1, worst(side, most, most, most));
        while end < weights.len() && weights[end] > 0.0 {
            let next = weights[end] * scale;
            let then = worst(side, sum + next, next, most);
            if then > shape {
                break;
            }
            (sum, shape, end) = (sum + next, then, end + 1);
        }
        let upright = rest.width >= rest.height;
        let depth = if side > 0.0 { sum / side } else { 0.0 };
        let mut along = if upright { rest.y } else { rest.x };
        for weight in &weights[start..end] {
            let length = if sum > 0.0 { side * (weight * scale) / sum } else { 0.0 };
            frames.push(if upright {
                Frame { x: rest.x, y: along, width: depth, height: length }
            } else {
                Frame { x: along, y: rest.y, width: length, height: depth }
            });
            along += length;
        }
        if upright {
            rest.x += depth;
            rest.width = (rest.width - depth).max(0.0);
        } else {
            rest.y += depth;
            rest.height = (rest.height - depth).max(0.0);
        }
        start = end;
    }
    frames.resize(weights.len(), Frame { x: rest.x, y: rest.y, width: 0.0, height: 0.0 });
    frames
}

/// Lays a tree into a frame: each grid, down to the cells, divides its frame among its children by their weights, larger
/// first and equals in preorder. The frames come by position; those below cells are empty.
///
/// # Complexity
/// O(n log n) time and O(n) space.
pub(crate) fn treemap(
    tree: &GridTree,
    weights: &[f64],
    is_cell: &[bool],
    frame: Frame,
) -> Vec<Option<Frame>> {
    let mut frames: Vec<Option<Frame>> = vec![None; tree.len()];
    frames[tree.root().get()] = Some(frame);
    for grid in tree.indices() {
        let Some(own) = frames[grid.get()].filter(|_| !is_cell[grid.get()]) else { continue };
        let mut children: Vec<GridIndex> = tree.children(grid).collect();
        children.sort_by(|&a, &b| weights[b.get()].total_cmp(&weights[a.get()]));
        let of_children: Vec<f64> = children.iter().map(|child| weights[child.get()]).collect();
        for (child, frame) in children.into_iter().zip(squarify(&of_children, own)) {
            frames[child.get()] = Some(frame);
        }
    }
    frames
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the paper: areas 6, 6, 4, 3, 2, 2, 1 in a rectangle 6 wide and 4 high.
    #[test]
    fn the_example_of_the_paper() {
        let frame = Frame { x: 0.0, y: 0.0, width: 6.0, height: 4.0 };
        let frames = squarify(&[6.0, 6.0, 4.0, 3.0, 2.0, 2.0, 1.0], frame);
        let found: Vec<[f64; 4]> = frames
            .iter()
            .map(|f| [f.x, f.y, f.width, f.height].map(|n| (n * 100.0).round() / 100.0))
            .collect();
        let wanted = [
            [0.0, 0.0, 3.0, 2.0],
            [0.0, 2.0, 3.0, 2.0],
            [3.0, 0.0, 1.71, 2.33],
            [4.71, 0.0, 1.29, 2.33],
            [3.0, 2.33, 1.2, 1.67],
            [4.2, 2.33, 1.2, 1.67],
            [5.4, 2.33, 0.6, 1.67],
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn areas_are_the_weights() {
        let frame = Frame { x: 10.0, y: 20.0, width: 300.0, height: 70.0 };
        let weights: Vec<f64> = (0..500).map(|i| f64::from(500 - i)).chain([0.0, 0.0]).collect();
        let total: f64 = weights.iter().sum();
        let frames = squarify(&weights, frame);
        for (weight, f) in weights.iter().zip(&frames) {
            assert!((f.width * f.height - weight / total * 21_000.0).abs() < 1e-6);
            assert!(f.x > 9.999 && f.y > 19.999 && f.x + f.width < 310.001 && f.y + f.height < 90.001);
        }
        assert!(squarify(&[0.0, 0.0], frame).iter().all(|f| f.width * f.height == 0.0));
        assert!(squarify(&[], frame).is_empty());
    }
}
