"""Places (场所): units, shops and buildings that somebody answers for, and what their owners do there themselves."""
