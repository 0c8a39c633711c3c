"""Kernels forked from a process that has already imported what every study imports; Linux only.

A plain kernel spends two to three seconds on importing pandas, scipy and matplotlib before a study does anything. A
warm one is a copy of a process, the template, that imported them once. It is a process of its own in every other
respect: own session, folder, environment, random state and command line. The package under study is never imported in
the template, so that an edited module is always read anew. What the template cannot give exactly as a plain kernel
would be, it refuses, and a plain kernel is started instead.
"""
