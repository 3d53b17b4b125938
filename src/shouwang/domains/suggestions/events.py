"""What the suggestions room announces: nothing. No duty is met, and nobody is counted, by what people suggest."""
