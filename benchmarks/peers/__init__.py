"""Other programs that tell a name's nationality, asked as their authors made them."""
