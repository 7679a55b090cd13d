"""The words of the help as the project keeps them, and how they become what a reader sees; knows no table."""
