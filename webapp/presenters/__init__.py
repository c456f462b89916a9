"""From solutions to what a page says: names, links, dates, counts. No SPARQL and no HTML here."""
