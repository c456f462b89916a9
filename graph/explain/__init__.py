"""Explains a query: ``sentences`` says what any SPARQL asks in English, and reads such English back."""
