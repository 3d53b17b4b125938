"""Records (台账): what the plan wants proved and no room of its own holds, in types the pack declares."""
