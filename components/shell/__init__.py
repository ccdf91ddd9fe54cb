"""Provide what every staff screen uses: layout, navigation, live updates and forms."""
