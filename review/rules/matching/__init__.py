"""Who reviews what: an optimal assignment on plain values (docs/adr/0022-assignment.md).

`task` says what is asked, `optimise` answers it, `checking` looks at any answer without knowing how it was found, and
`shortage` says of one that cannot exist what is missing and why.
"""
