//! The layout notation: the report's own figures, round trips, and mismatches.

use gridcore::{Layout, LayoutMismatch, Problem};
use proptest::prelude::*;

#[test]
fn the_layouts_of_the_report() {
    let cuiheng: Layout = "1+26+307+1307".parse().unwrap();
    assert_eq!(cuiheng.total(), 1641);
    let means: Vec<f64> = cuiheng.fan_outs().into_iter().flatten().collect();
    for (mean, expected) in means.iter().zip([26.0, 11.81, 4.257]) {
        assert!((mean - expected).abs() < 0.005, "{mean} and {expected}");
    }
    let city = Layout::new([1, 23, 287, 3300, 10_117]).unwrap();
    assert_eq!(city.total(), 13_728); // 13,727 grids and the city
    assert_eq!(city.to_string(), "1+23+287+3300+10117");
    let means: Vec<f64> = city.fan_outs().into_iter().flatten().collect();
    for (mean, expected) in means.iter().zip([23.0, 12.478, 11.498, 3.066]) {
        assert!((mean - expected).abs() < 0.0005, "{mean} and {expected}");
    }
}

#[test]
fn it_is_read_as_people_write_it() {
    for text in
        ["1+26+307+1307", "１＋２６＋３０７＋１３０７", " 1 + 26 + 307 + 1,307 ", "1+26+三百零七+1，307"]
    {
        assert_eq!(text.parse::<Layout>().unwrap().counts(), [1, 26, 307, 1307], "{text}");
    }
    assert_eq!("7".parse::<Layout>().unwrap().counts(), [7]);
    assert_eq!("1+0+5".parse::<Layout>().unwrap().fan_outs(), [Some(0.0), None]);
}

#[test]
fn every_fault_of_a_layout_is_told() {
    for (text, codes) in [
        ("", vec!["layout_empty"]),
        ("  ", vec!["layout_empty"]),
        ("1++3", vec!["layout_count"]),
        ("+1", vec!["layout_count"]),
        ("1+3+N", vec!["layout_count"]),
        ("1+-3+2.5+3多", vec!["layout_count"; 3]),
        ("1,30", vec!["layout_count"]),
        ("99999999999999999999+1", vec!["layout_too_large"]),
        ("18446744073709551615+1", vec!["layout_too_large"]),
    ] {
        let error = text.parse::<Layout>().expect_err(text);
        let found: Vec<String> = error.faults().into_iter().map(|fault| fault.code).collect();
        assert_eq!(found, codes, "{text}");
    }
    let deep = vec!["1"; 257].join("+");
    assert_eq!(deep.parse::<Layout>().unwrap_err().faults()[0].code, "layout_too_deep");
    assert_eq!(vec!["1"; 256].join("+").parse::<Layout>().unwrap().total(), 256);
    assert_eq!(Layout::new([]).unwrap_err().faults()[0].code, "layout_empty");
}

#[test]
fn levels_that_one_side_lacks_are_mismatches_unless_they_are_empty() {
    let declared: Layout = "1+26".parse().unwrap();
    assert_eq!(declared.check(&[1, 26, 0]), []);
    let extra = LayoutMismatch { level: 2, declared: None, counted: Some(307) };
    assert_eq!(declared.check(&[1, 26, 307]), [extra]);
    assert_eq!(declared.check(&[]).len(), 2);
}

proptest! {
    #[test]
    fn printed_and_read_again_it_is_the_same(counts in prop::collection::vec(0_u64..1 << 50, 1..40)) {
        let layout = Layout::new(counts.clone()).unwrap();
        prop_assert_eq!(&layout.to_string().parse::<Layout>().unwrap(), &layout);
        prop_assert_eq!(layout.total(), counts.iter().sum::<u64>());
        prop_assert!(layout.check(&counts).is_empty());
        #[cfg(feature = "serde")]
        {
            let saved = serde_json::to_string(&layout).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Layout>(&saved).unwrap(), &layout);
        }
    }

    #[test]
    fn a_changed_level_is_the_one_that_is_named(
        counts in prop::collection::vec(0_u64..1000, 1..10), pick in any::<prop::sample::Index>(), by in 1_u64..9,
    ) {
        let layout = Layout::new(counts.clone()).unwrap();
        let mut counted = counts;
        let level = pick.index(counted.len());
        counted[level] += by;
        let expected = LayoutMismatch {
            level,
            declared: Some(layout.counts()[level]),
            counted: Some(counted[level]),
        };
        prop_assert_eq!(layout.check(&counted), vec![expected]);
    }
}
