"""Pure judgement: facts and parameters in, a Decision with reasons and clauses out (规则)."""
