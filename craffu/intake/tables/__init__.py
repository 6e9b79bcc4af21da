"""Tables as others send them: CSV, XLSX and ODS read as text, cell by cell, with the line of each row and nothing guessed."""
