"""What the Ombudsman decided: judgements, faults, clearances, parts left undecided."""
