//! Rows gathered into groups, each named by its first row.

/// Groups of rows in the making: a union-find whose roots are the first rows, so that names do not depend on the order of joins.
pub(crate) struct Gathering {
    parent: Vec<u32>,
}

impl Gathering {
    pub(crate) fn new(rows: u32) -> Self {
        Self { parent: (0..rows).collect() }
    }

    /// The first row of the group; paths are halved on the way.
    pub(crate) fn find(&mut self, mut row: u32) -> u32 {
        while self.parent[row as usize] != row {
            let above = self.parent[self.parent[row as usize] as usize];
            self.parent[row as usize] = above;
            row = above;
        }
        row
    }

    /// Joins two groups; says whether they were two.
    pub(crate) fn join(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (self.find(a), self.find(b));
        self.parent[a.max(b) as usize] = a.min(b);
        a != b
    }

    /// Joins the rows that have the same number.
    pub(crate) fn join_alike(&mut self, numbers: &[u32]) {
        let most = numbers.iter().copied().max().map_or(0, |most| most as usize + 1);
        let mut first = vec![u32::MAX; most];
        for (row, &number) in numbers.iter().enumerate() {
            let first = &mut first[number as usize];
            if *first == u32::MAX {
                *first = row as u32;
            }
            self.join(*first, row as u32);
        }
    }

    /// The groups of a range of rows, as they are now; rows and names count from its start.
    pub(crate) fn groups(&mut self, start: u32, end: u32) -> Groups {
        let mut first = vec![u32::MAX; self.parent.len()];
        let mut groups = Groups { name: Vec::new(), alone: vec![true; (end - start) as usize] };
        for row in 0..end - start {
            let name = &mut first[self.find(start + row) as usize];
            if *name == u32::MAX {
                *name = row;
            } else {
                groups.alone[row as usize] = false;
                groups.alone[*name as usize] = false;
            }
            groups.name.push(*name);
        }
        groups
    }
}

/// Groups of rows.
pub(crate) struct Groups {
    name: Vec<u32>,
    alone: Vec<bool>,
}

impl Groups {
    pub(crate) fn rows(&self) -> usize {
        self.name.len()
    }

    /// The first row of the group.
    pub(crate) fn of(&self, row: u32) -> u32 {
        self.name[row as usize]
    }

    /// Whether the row is a group by itself.
    pub(crate) fn alone(&self, row: u32) -> bool {
        self.alone[row as usize]
    }
}
