"""The name in what was typed: of talk, titles and all else round it nothing stays."""
