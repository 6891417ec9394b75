"""What is paid and what it makes providers do."""
