"""The alarm desk in the office (报警台): what rings, what it is, who is on duty."""
