"""责任体系: bodies and their posts level by level, what each lacks, and the letters that bind them."""
