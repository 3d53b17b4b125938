"""Files (附件): photos and papers by content hash."""
