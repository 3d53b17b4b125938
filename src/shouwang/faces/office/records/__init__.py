"""Records in the office (台账): overview, lists, forms made from the declaration, one record with its story."""
