"""Reading the quote of a professional: what is printed becomes lines that its reader confirms or corrects."""
