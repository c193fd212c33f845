"""Mutation testing of the core: does some test notice when `schedule` or `plan` is slightly wrong?

Written here since neither of the two living tools for it fits (mutmut 3.8, cosmic-ray 8.7). mutmut
changes only what is inside plain functions: not the tables that the plan is made of (shapes, the
order of the checks), nor what is decorated; and it takes module names from paths, which `operator/`
is no part of. cosmic-ray writes each mutant into the work tree and starts the whole suite anew for
it, without knowing which tests could notice.
"""
