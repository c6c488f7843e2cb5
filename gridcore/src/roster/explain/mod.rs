//! Why: the level and weight of each comparison, as data, sentence and chart.
