"""What is complained about: against whom, by whom, and in which parts."""
