"""Knows the web: fetches government sites and writes down what they say, without judgement."""
