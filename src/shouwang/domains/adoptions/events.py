"""What the adoptions room announces as evidence: values adopted or taken back, the notice of a year entered."""

ADOPTED = "parameters.adopted"
YEAR_NOTICE = "calendar.notice"
