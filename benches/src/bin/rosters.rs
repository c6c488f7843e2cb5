//! Writes the rosters that are reconciled, for the suite and its peers: `rosters FOLDER hard|odd ROWS SEED`.

use std::error::Error;
use std::path::Path;

use gridcore_benches::rosters::{hard, odd};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, kind, rows, seed] = &*arguments else {
        return Err("wanted is a folder, hard or odd, the number of rows, and a seed".into());
    };
    let draw = match kind.as_str() {
        "hard" => hard,
        "odd" => odd,
        _ => return Err("wanted is hard or odd".into()),
    };
    draw(rows.parse()?, seed.parse()?).write(Path::new(folder))?;
    Ok(())
}
