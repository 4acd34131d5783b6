"""The tests, the annotation and the benchmarks.

A package of its own, because packages that get installed beside this one bring theirs along.
"""
