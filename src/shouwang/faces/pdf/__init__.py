"""Pages as PDF (打印件): for printing and posting up where no browser is at hand."""
