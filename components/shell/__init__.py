"""What surrounds every staff screen: layout, navigation, live updates, forms."""
