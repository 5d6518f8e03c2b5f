"""What the project can say about a change, and which sentence fits a tile best."""
