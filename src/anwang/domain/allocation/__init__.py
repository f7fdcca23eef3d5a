"""Exact allocation of enterprises to officials (二.2).

`rules` holds the forms that a policy fills and needs neither numpy nor numba. The engine is `propose.propose`; see also
`city` (the input), `proposal` (the answer), `explain.Explainer` and `insert.insert`.
"""
