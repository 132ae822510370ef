"""How the shipped weights were made: base encoder, examples, one training loop, two recipes and their evaluation."""
