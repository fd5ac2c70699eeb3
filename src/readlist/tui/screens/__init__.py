"""One screen a module; each has its style sheet in styles/."""
