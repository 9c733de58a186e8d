"""What a member may send: checks of name, kind and content. No Django here."""
