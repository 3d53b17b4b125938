"""Public page (公众端): look-up, proof, 119 first."""
