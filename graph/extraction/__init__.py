"""One document in, one record out: sentences, rules, extractors and their pipeline."""
