"""What people and other programs meet Yiben by."""
