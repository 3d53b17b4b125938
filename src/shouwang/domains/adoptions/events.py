"""What the adoptions room announces as evidence: that an office adopted values, or took a sheet back."""

ADOPTED = "parameters.adopted"
