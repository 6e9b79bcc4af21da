"""How dangerous a professional judges a person to be: assessments, what was observed, and when somebody must look again."""
