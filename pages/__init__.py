"""What people see, one module a screen, plain and NiceGUI alike. Each has `register(...)`."""
