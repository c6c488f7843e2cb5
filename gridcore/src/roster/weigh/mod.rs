//! What levels weigh: training, term frequencies, probabilities.
