//! A tree from the bytes of a CSV file: what is read, and every fault of what can't be.
#![cfg(feature = "csv")]

#[path = "oracle/csv.rs"]
mod oracle;

use gridcore::{BuildError, CodeScheme, Fault, GridRow, GridTree, Problem, Root};
use proptest::prelude::*;

fn codes(faults: &[Fault]) -> Vec<(Option<usize>, &str)> {
    faults.iter().map(|fault| (fault.row, fault.code.as_str())).collect()
}

fn faults(file: impl AsRef<[u8]>) -> Vec<Fault> {
    let error = GridTree::builder().weights(["count"]).from_csv(file.as_ref()).expect_err("there are faults");
    error.faults()
}

#[test]
fn marks_line_ends_quotes_and_unknown_columns_are_taken_as_they_come() {
    let file = "\u{FEFF}note,name,code,parent,level,count,kind,footprint\r\n\
        x,\"a \"\"city\"\"\",1,,0,,,\r\n\
        \r\n\
        \"two\r\nlines\",\"north, \"\"old\"\" and\nnew\",11,1,1.0,2.5e1,town,\"{\"\"type\"\":\"\"Point\"\"}\"\r\n\
        ,5\" pipe,12,1,1,-3,,";
    let tree = GridTree::builder().weights(["count"]).from_csv(file.as_bytes()).expect("a tree");
    let [root, north, pipe] = ["1", "11", "12"].map(|code| tree.find(code).expect("it is there"));
    assert_eq!(tree.name(root), "a \"city\"");
    assert_eq!(tree.name(north), "north, \"old\" and\nnew");
    assert_eq!(tree.name(pipe), "5\" pipe");
    assert_eq!([root, north, pipe].map(|grid| tree.weight(grid, "count")), [None, Some(25.0), Some(-3.0)]);
    assert_eq!((tree.kind(north), tree.kind(pipe)), (Some("town"), None));
    assert_eq!(tree.footprint(north), Some("{\"type\":\"Point\"}"));
    assert_eq!([root, north, pipe].map(|grid| tree.row(grid)), [Some(0), Some(1), Some(2)]);
}

#[test]
fn every_fault_of_a_file_stands_in_one_report() {
    let file = "code,parent,name,level,count\n\
        1,,city,0,1\n\
        11,1\n\
        12,1,south,1,1,extra\n\
        13,1,\"east\" end,1,1\n\
        14,1,west,one,1\n\
        15,1,centre,1.5,many\n\
        16,1,harbour,1,inf\n\
        111,11,beneath a torn row,2,\n\
        17,9,lost,1,\n\
        18,1,,1,\n\
        19,1,\"never closed,1,1\n\
        20,1,hill,1,NaN\n";
    assert_eq!(
        codes(&faults(file)),
        [
            (Some(1), "ragged_row"),
            (Some(2), "ragged_row"),
            (Some(3), "stray_quote"),
            (Some(4), "wrong_kind"),
            (Some(5), "wrong_kind"),
            (Some(5), "wrong_kind"),
            (Some(6), "not_finite"),
            (Some(8), "unknown_parent"),
            (Some(9), "empty_name"),
            (Some(10), "unclosed_quote"),
            (Some(11), "not_finite"),
        ]
    );
}

#[test]
fn a_torn_row_without_a_parent_is_no_second_root() {
    let lossy =
        GridTree::builder().from_csv_lossy(b"name,code,parent\ncity,1,\nnorth\nsouth,12\neast,13,1\n");
    let found: Vec<_> = lossy.faults.iter().map(|fault| (fault.row, fault.code())).collect();
    assert_eq!(found, [(Some(1), "ragged_row"), (Some(2), "ragged_row")]);
    assert_eq!(lossy.tree.expect("there is one").counts(), [1, 1]);
    assert_eq!(lossy.rejected.iter().map(|row| row.row).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn what_is_wrong_with_the_first_record_is_said_of_the_table() {
    assert_eq!(codes(&faults("")), [(None, "empty_table")]);
    assert_eq!(codes(&faults("\u{FEFF}\r\n\r\n")), [(None, "empty_table")]);
    assert_eq!(codes(&faults("code,parent,name,count\n")), [(None, "empty_table")]);
    assert_eq!(codes(&faults("1,,city,0\n11,1,north,3\n")), [(None, "missing_column"); 4]);
    assert_eq!(
        codes(&faults("code,parent,name,code,note,note\n1,,city\n")),
        [(None, "missing_column"), (None, "repeated_column"), (Some(0), "ragged_row")]
    );
}

#[test]
fn other_encodings_are_named_with_their_remedy() {
    let utf16: Vec<u8> = "\u{FEFF}code,parent,name\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let found = faults(&utf16);
    assert_eq!(codes(&found), [(None, "not_utf8")]);
    assert_eq!(found[0].found.as_deref(), Some("UTF-16LE"));

    // 中山市 and 石岐街道 in GBK.
    let gbk =
        b"code,parent,name\n1,,\xD6\xD0\xC9\xBD\xCA\xD0\n2,1,north\n3,1,\xCA\xAF\xE1\xAA\xBD\xD6\xB5\xC0\n";
    let found = faults_without_weights(gbk).faults();
    assert_eq!(codes(&found), [(Some(0), "not_utf8"), (Some(2), "not_utf8")]);
    assert_eq!(found[1].column.as_deref(), Some("name"));
    assert_eq!(found[1].remedy, "read the file as GBK and pass UTF-8");

    // One row of GBK and one of Latin-1 in a file that is otherwise UTF-8; the third is in a column of no use.
    let mixed = "code,parent,name,note\n1,,中山市,\n2,1,?!?!,\n3,1,caf#,\n4,1,x,#\n"
        .replace("?!", "\u{1}")
        .into_bytes();
    let mixed: Vec<u8> = mixed
        .iter()
        .flat_map(|&byte| match byte {
            1 => vec![0xD6, 0xD0],
            b'#' => vec![0xE9],
            byte => vec![byte],
        })
        .collect();
    let found = faults_without_weights(&mixed).faults();
    assert_eq!(codes(&found), [(Some(1), "not_utf8"), (Some(2), "not_utf8"), (Some(3), "not_utf8")]);
    let looks: Vec<_> = found.iter().map(|fault| fault.found.as_deref().expect("it is named")).collect();
    assert_eq!(looks, ["GBK", "an unknown encoding", "an unknown encoding"]);
    assert_eq!(found[2].column, None);
}

fn faults_without_weights(file: &[u8]) -> BuildError {
    GridTree::builder().from_csv(file).expect_err("there are faults")
}

#[test]
fn a_name_of_ten_megabytes_is_a_fault_of_its_row() {
    let file = format!("code,parent,name\n1,,city\n2,1,\"{}\"\n", "网".repeat(3_500_000));
    assert_eq!(codes(&faults_without_weights(file.as_bytes()).faults()), [(Some(1), "too_long")]);
}

#[test]
fn codes_of_a_scheme_keep_their_zeros() {
    let tree = GridTree::builder()
        .scheme(CodeScheme::beijing_db11())
        .root(Root::Named { code: "000000".parse().expect("a code"), name: "all".into() })
        .from_csv(b"code,parent,name\n000000001,,one\n")
        .expect("a tree");
    assert!(tree.find("000000001").is_some());
}

/// Writes a cell, in quotes if it needs them or is told to.
fn write(cell: &str, quote: bool) -> String {
    if quote || cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

fn outcome(result: Result<GridTree, BuildError>) -> Result<GridTree, Vec<Fault>> {
    result.map_err(|error| error.faults())
}

proptest! {
    #[test]
    fn a_written_table_is_read_as_its_rows(
        rows in prop::collection::vec(("[1-9]{1,2}", "[1-9]{0,1}", "[a-c,\"\r\n 网格]{0,4}", any::<bool>()), 1..12),
        ends in prop_oneof![Just("\n"), Just("\r\n")],
        last in any::<bool>(),
    ) {
        let lines: Vec<String> = rows
            .iter()
            .map(|(code, parent, name, quote)| format!("{},{code},{parent}", write(name, *quote)))
            .collect();
        let file = format!("name,code,parent{ends}{}{}", lines.join(ends), if last { ends } else { "" });
        let rows = rows.iter().map(|(code, parent, name, _)| {
            GridRow::new(code.as_str(), name.as_str()).under(parent.as_str())
        });
        prop_assert_eq!(
            outcome(GridTree::builder().from_csv(file.as_bytes())),
            outcome(GridTree::from_rows(rows))
        );
    }

    #[test]
    fn any_text_is_read_as_one_character_at_a_time_would(body in "[1,\"\r\n网]{0,40}") {
        let file = format!("code,parent,name\n{body}");
        let records = oracle::records(&file);
        let lossy = GridTree::builder().from_csv_lossy(file.as_bytes());
        let torn: Vec<usize> = (1..records.len())
            .filter(|&place| !records[place].sound || records[place].cells.len() != 3)
            .map(|place| place - 1)
            .collect();
        let found: Vec<usize> = lossy
            .faults
            .iter()
            .filter(|fault| matches!(fault.code(), "ragged_row" | "unclosed_quote" | "stray_quote"))
            .filter_map(|fault| fault.row)
            .collect();
        prop_assert_eq!(found, torn);
        let kept = lossy.tree.as_ref().map_or(0, GridTree::len);
        prop_assert_eq!(kept + lossy.rejected.len(), records.len() - 1);
        for grid in lossy.tree.iter().flat_map(GridTree::indices) {
            let tree = lossy.tree.as_ref().expect("it has this grid");
            let cells = &records[tree.row(grid).expect("it is a row") + 1].cells;
            prop_assert_eq!(tree.code(grid), cells[0].as_str());
            prop_assert_eq!(tree.name(grid), cells[2].as_str());
        }
    }

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut file = b"code,parent,name\n".to_vec();
        file.extend(bytes);
        let lossy = GridTree::builder().from_csv_lossy(&file);
        prop_assert!(!lossy.faults.is_empty() || lossy.tree.is_some());
    }
}
