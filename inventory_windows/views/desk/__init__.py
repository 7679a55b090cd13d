"""What the office sees of windows and corrections, and does about them."""
