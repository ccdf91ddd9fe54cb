"""What screens are made of: design tokens, plain templates, NiceGUI elements and the wording of Events."""
