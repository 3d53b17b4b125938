"""What the people room announces as evidence: a post is held from its first day on, and no longer after its last."""

APPOINTED = "people.appointed"
# A post whose term is over takes its own announcement back.
WITHDRAWN = "withdrawn"
