"""The pages that count: each module is named as the address it answers."""
