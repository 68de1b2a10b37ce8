"""The console phone: a call in a terminal. What is said is printed; keys, words and silence are typed."""
