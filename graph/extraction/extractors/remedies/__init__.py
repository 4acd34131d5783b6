"""What is to be done: acts, sums, deadlines, answers."""
