"""What the households room announces: nothing. Who stands on the register is proof of nothing; visits are."""
