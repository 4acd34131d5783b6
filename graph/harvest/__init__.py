"""The decisions published at lgo.org.uk, brought into a folder politely, once and then again."""
