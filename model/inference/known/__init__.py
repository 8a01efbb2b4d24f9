"""What is known by heart: names counted, names that people have agreed on, common words."""
