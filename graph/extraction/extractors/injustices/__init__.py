"""The harm that a fault caused."""
